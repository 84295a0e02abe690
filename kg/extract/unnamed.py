"""People whom an article calls by their office alone: "Bulgaria's energy minister", "its foreign minister".

The article names nobody, so they are no entities of it; who held the office then, other articles may tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.anaphors import DETERMINERS, TitlePhrase, is_apposition
from kg.extract.discourse import Seen
from kg.extract.referents import Ref
from kg.extract.titles import FORMER, Title
from kg.extract.words import Words
from kg.model import MentionKind

_THEIR = frozenset({"its", "their"})
_ROLE = frozenset("as became become becomes named appointed elected nominated once remain remains".split())
"""Before a title they make it what somebody is or shall be, no reference to who it is."""
_OPEN = frozenset("a an any another each every future next no potential some such what which".split())
_BODIES = frozenset({"Country", "Organisation"})
_INSIDE = frozenset({"ADJ", "NUM", "PROPN"})
_FARTHEST = 5  # tokens from a title to what says whose it is


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A title that stands for whoever holds it: the number of its body, the tokens of both, whether it is over.

    `mentions` are all that go back to it, as tokens from first to last (exclusive), and how.
    """

    phrase: TitlePhrase
    body: int | None
    start: int
    end: int
    former: bool
    mentions: tuple[tuple[int, int, MentionKind], ...]


def find_unnamed(
    words: Words,
    phrases: Sequence[TitlePhrase],
    refs: Mapping[int, Sequence[Ref]],
    chains: Mapping[int, tuple[int, Sequence[Seen]]],
) -> list[Unnamed]:
    """Definite titles of office that go back to nobody with a name, one for each person, in order.

    `phrases` are titles beside no name; `chains` tell by their heads whom they mean, and all mentions of them.
    """
    heads = {phrase.title.head: phrase.title for phrase in phrases}
    found: dict[int, Unnamed] = {}
    for phrase in phrases:
        title = phrase.title
        if title.plural or not title.is_office or any(r.kind == "title" for r in refs.get(title.start, ())):
            continue
        start = _whose(words, phrase)
        if start is None or _goes_on(words, phrase.end) or words.children_of(title.head, "cop"):
            continue
        if start and (words.lower[start - 1] in _ROLE or words.pos[start - 1] == "PROPN"):
            continue
        if is_apposition(words, start, phrase.end):
            continue
        body, first = phrase.body, phrase.start
        if body is None and words.lower[start] in _THEIR:
            owners = {r.node for r in refs.get(start, ()) if r.type in _BODIES}
            body, first = (owners.pop(), start) if len(owners) == 1 else (None, first)
        former = title.former or words.lower[first - 1] in FORMER
        node, seen = chains.get(title.head, (title.head, ()))
        one = Unnamed(phrase, body, first, phrase.end, former, tuple(_mentions(title, seen, heads)))
        if node not in found or (found[node].body is None and body is not None):
            found[node] = one
    return sorted(found.values(), key=lambda one: one.start)


def _mentions(title: Title, seen: Iterable[Seen], heads: Mapping[int, Title]) -> Iterator[tuple[int, int, MentionKind]]:
    """The title, and what goes back to it: titles in full, pronouns and nouns."""
    spans: dict[int, tuple[int, int, MentionKind]] = {title.start: (title.start, title.end, "title")}
    for one in seen:
        if (other := heads.get(one.root)) is not None:
            spans[other.start] = (other.start, other.end, "title")
        else:
            spans.setdefault(one.start, (one.start, one.end, "pronoun" if one.how == "pronoun" else "nominal"))
    yield from sorted(spans.values())


def _whose(words: Words, phrase: TitlePhrase) -> int | None:
    """The determiner or possessor that makes a title one that somebody holds: "the", "its", "Bulgaria's"."""
    for i in range(phrase.start - 1, max(-1, phrase.start - 1 - _FARTHEST), -1):
        if words.lower[i] in DETERMINERS | _THEIR:
            return i
        if words.lower[i] in _OPEN:
            return None
        if words.is_possessive(i) or (words.pos[i] not in _INSIDE and words.lower[i] not in FORMER):
            break
    return phrase.start if phrase.start < phrase.title.start else None


def _goes_on(words: Words, end: int) -> bool:
    return end < len(words) and (words.pos[end] in ("NOUN", "PROPN") or words.text[end] in ("-", "–"))
