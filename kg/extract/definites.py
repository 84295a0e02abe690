"""Reference without a name or a pronoun for people: "the minister", "the ministry", "the country", "its".

Each links only where exactly one entity of the article fits, introduced before; a title two people hold links to none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.extract.referents import Ref
from kg.extract.titles import Title
from kg.extract.words import Words

ORGANISATION_NOUNS = frozenset(
    """
    academy administration agency airline alliance army assembly association authority bank bloc board bureau
    coalition college commission committee company conference congress corporation council court department embassy
    federation force foundation fund group institute institution league ministry movement network newspaper
    organisation organization parliament party school senate society times tribunal union university
    """.split()
)


@dataclass(frozen=True, slots=True)
class Held:
    """A title somebody named in the article holds: its words, who holds it, of what body, and from which token on."""

    keys: frozenset[str]
    former: bool
    person: int
    body: int | None
    since: int


def link_titles(
    words: Words, titles: Sequence[tuple[Title, int | None, int, int]], held: Sequence[Held]
) -> list[tuple[Title, int]]:
    """Titles standing alone, with the one person each refers to.

    Every title comes with its own body's entity number or None, and the tokens its phrase spans with that body.
    """
    by_word: dict[str, list[Held]] = {}
    for h in held:
        for key in h.keys:
            by_word.setdefault(key, []).append(h)
    linked = []
    for title, body, start, end in titles:
        if not _is_definite(words, title, start, end):
            continue
        rare = min((by_word.get(key, []) for key in title.keys), key=len, default=[])
        person = _only_holder(rare, title, body)
        if person is not None:
            linked.append((title, person))
    return linked


def _only_holder(held: Sequence[Held], title: Title, body: int | None) -> int | None:
    """The one person who was said to hold a title before it stands alone; None when nobody or several did."""
    person = None
    for h in held:
        fits = title.keys <= h.keys and h.former == title.former and (body is None or body == h.body)
        if fits and h.since < title.start:
            if person not in (None, h.person):
                return None
            person = h.person
    return person


def _is_definite(words: Words, title: Title, start: int, end: int) -> bool:
    """Whether a title's phrase points at one holder: "the …", "Ukraine's …"; no predicate, compound or unknown body."""
    if title.plural or (end < len(words) and (words.pos[end] in ("NOUN", "PROPN") or words.text[end] == "-")):
        return False
    if end < len(words) and words.lower[end] in ("of", "for"):
        return False
    at = start - 1
    if title.former and at >= 0 and words.lower[at] in ("former", "then", "late"):
        at -= 1
    definite = (at >= 0 and words.lower[at] == "the") or any(words.is_possessive(i) for i in range(start, title.start))
    predicate = words.parsed and (
        bool(words.children_of(title.head, "cop")) or words.dep[title.head] in ("appos", "xcomp", "compound")
    )
    return definite and not predicate


def link_nouns(
    words: Words, names: Mapping[int, Sequence[str]], since: Mapping[int, int]
) -> list[tuple[int, int, int]]:
    """ "the ministry" and the like, as token spans with the number of the only organisation named by that noun.

    `names` are the names of each organisation, `since` the token each is first mentioned at.
    """
    owners: dict[str, set[int]] = {}
    for node, forms in names.items():
        for word in {w for form in forms for w in form.lower().split()} & ORGANISATION_NOUNS:
            owners.setdefault(word, set()).add(node)
    linked = []
    for i, word in enumerate(words.lower):
        nodes = owners.get(word)
        if nodes and len(nodes) == 1 and i and words.lower[i - 1] == "the" and _ends_phrase(words, i + 1):
            (node,) = nodes
            if since[node] < i - 1 and not words.is_capitalised(i):
                linked.append((i - 1, i + 1, node))
    return linked


def _ends_phrase(words: Words, at: int) -> bool:
    """Whether a noun phrase ends before token `at`: no further noun, no complement that says which one is meant."""
    if at >= len(words):
        return True
    return words.pos[at] not in ("NOUN", "PROPN") and words.lower[at] not in ("of", "for", "that", "which", "-")


def link_only_country(words: Words, countries: Sequence[int], since: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """ "the country" as token spans, in an article that speaks of one country alone."""
    if len(countries) != 1:
        return []
    node = countries[0]
    return [
        (i - 1, i + 1, node)
        for i, word in enumerate(words.lower)
        if word == "country" and i and words.lower[i - 1] == "the" and since[node] < i and _ends_phrase(words, i + 1)
    ]


def link_possessives(words: Words, refs: Mapping[int, Sequence[Ref]]) -> list[tuple[int, int, int]]:
    """ "its" and "itself" after an organisation or country that is the subject of the same clause ("NATO said its
    forces …"), as token spans with its number."""
    if not words.parsed:
        return []
    by_token = {
        i: ref
        for group in refs.values()
        for ref in group
        if ref.type in ("Organisation", "Country") and ref.kind in ("name", "metonym")
        for i in range(ref.start, ref.end)
    }
    linked = []
    for i, word in enumerate(words.lower):
        if word in ("its", "itself"):
            subject = _clause_subject(words, i)
            ref = by_token.get(subject) if subject is not None else None
            if ref is not None and ref.end <= i:
                linked.append((i, i + 1, ref.node))
    return linked


def _clause_subject(words: Words, i: int) -> int | None:
    """The subject of the nearest clause above token `i` that has one."""
    at = i
    for _ in range(12):
        if words.head[at] == at:
            return None
        at = words.head[at]
        for child in words.children_of(at, "nsubj", "nsubj:pass"):
            return child if child < i else None
    return None
