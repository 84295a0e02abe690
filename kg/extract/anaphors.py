"""What may refer back: third-person pronouns, and definite noun phrases ("the minister", "this city", "the alliance").

Which nouns name people, organisations, countries or places is in `data/nouns.tsv`; titles of office are people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg.annotate.tables import cell, read_table
from kg.extract.titles import FORMER, Title
from kg.extract.words import Words

Form = Literal["he", "it", "they", "person", "body", "place", "other"]
"""The kinds of anaphor, each ranked by weights of its own: pronouns, and nouns by what they name. Other nouns are
linked where the grammar tells alone ("Athens is the birthplace of …")."""

PRONOUNS: Mapping[str, tuple[Form, str | None]] = {
    **dict.fromkeys(("he", "him", "his", "himself"), ("he", "m")),
    **dict.fromkeys(("she", "her", "hers", "herself"), ("he", "f")),
    **dict.fromkeys(("it", "its", "itself"), ("it", None)),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), ("they", None)),
}
DETERMINERS = frozenset({"the", "this", "that", "these", "those"})
_POSSESSIVES = frozenset({"my", "his", "her", "our", "their"})
_WIDEST = 8  # tokens from a determiner to its noun
_MODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "NUM"})
_SHOUTED = frozenset({"IT", "HIS", "HER", "HE", "US"})
_DENIED = frozenset("not n't n’t never would could should might may if hardly".split())


@dataclass(frozen=True, slots=True)
class Noun:
    """What a common noun may name: types of entities, kinds of region and organisation, and the gender it tells."""

    types: frozenset[str]
    kinds: frozenset[str]
    gender: str | None


@dataclass(frozen=True, slots=True)
class TitlePhrase:
    """A title with the entity number of the body it is of, and the tokens it spans together with that body."""

    title: Title
    body: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A phrase that may refer back. Tokens `start` to `end` are the mention; `first` is where its noun phrase begins.

    `head` is its noun or pronoun, `lemma` the noun in the singular; `modifiers` are the words between determiner and
    noun, in lower case.
    """

    start: int
    end: int
    first: int
    head: int
    form: Form
    lemma: str
    types: frozenset[str]
    kinds: frozenset[str]
    gender: str | None
    plural: bool
    modifiers: tuple[str, ...] = ()
    title: TitlePhrase | None = None
    predicate: frozenset[str] = frozenset()  # types of what the predicate of a pronoun may be: "It is a town"
    possessed: str | None = None  # what a possessive pronoun's noun names: "its mayor" a Person
    complement: bool = False  # whether "of …" or "for …" after it says which one is meant


@cache
def nouns() -> Mapping[str, Noun]:
    """The table of nouns, by singular."""
    return {
        row["noun"]: Noun(frozenset(cell(row, "types")), frozenset(cell(row, "kinds")), row["gender"] or None)
        for row in read_table("nouns.tsv", "extract")
    }


_PRONOUN_TYPES: Mapping[Form, frozenset[str]] = {
    "he": frozenset({"Person", "someone"}),
    "it": frozenset({"Organisation", "Country", "Place", "something"}),
    "they": frozenset({"Organisation", "Country", "several", "joint"}),
}


def find_anaphors(
    words: Words, titles: Iterable[TitlePhrase], names: Mapping[int, str], known: Mapping[str, frozenset[str]]
) -> list[Anaphor]:
    """All anaphors of an article, in order. `titles` are those beside no name, `names` the types of tokens in names,
    `known` the nouns by which the article itself calls something it names, with the types of what they name."""
    by_head = {t.title.head: t for t in titles}
    found = []
    for i, lower in enumerate(words.lower):
        if i in names:
            continue
        if lower in PRONOUNS:
            if _is_pronoun(words, i):
                form, gender = PRONOUNS[lower]
                found.append(
                    Anaphor(
                        i,
                        i + 1,
                        i,
                        i,
                        form,
                        lower,
                        _PRONOUN_TYPES[form],
                        frozenset(),
                        gender,
                        form == "they",
                        predicate=_predicate_types(words, i),
                        possessed=_possessed(words, i),
                    )
                )
        elif lower == "two" and _is_phrase(words, i):
            types = _PRONOUN_TYPES["they"] - {"Organisation", "Country"}
            found.append(Anaphor(i - 1, i + 1, i - 1, i, "they", lower, types, frozenset(), None, True))
        elif words.pos[i] in ("NOUN", "PROPN") and i:
            anaphor = _noun_phrase(words, i, by_head.get(i), names, known)
            if anaphor is not None:
                found.append(anaphor)
    return found


def _predicate_types(words: Words, i: int) -> frozenset[str]:
    head = words.head[i]
    if words.dep[i] != "nsubj" or words.pos[head] != "NOUN" or not words.children_of(head, "cop"):
        return frozenset()
    noun = nouns().get(words.lower[head])
    return noun.types if noun is not None else frozenset({"something"})


def _possessed(words: Words, i: int) -> str | None:
    head = words.head[i]
    if words.tag[i] != "PRP$" or head <= i:
        return None
    lemma = words.lemma[head] if words.tag[head] == "NNS" else words.lower[head]
    noun = nouns().get(lemma)
    return min(noun.types, default=None) if noun is not None else "other"


def _is_pronoun(words: Words, i: int) -> bool:
    shouted = words.text[i] in _SHOUTED
    return not shouted and (words.tag[i].startswith("PRP") or not words.tag[i]) and words.dep[i] != "expl"


def _is_phrase(words: Words, i: int) -> bool:
    """Whether a number stands with "the" for those it counts: "The two met"."""
    alone = i + 1 >= len(words) or words.pos[i + 1] not in ("NOUN", "PROPN", "ADJ", "NUM", "ADP")
    return i > 0 and words.lower[i - 1] == "the" and alone and words.text[i + 1 : i + 2] != ["-"]


def _noun_phrase(
    words: Words, i: int, title: TitlePhrase | None, names: Mapping[int, str], known: Mapping[str, frozenset[str]]
) -> Anaphor | None:
    plural = words.tag[i] in ("NNS", "NNPS") or (title is not None and title.title.plural)
    lemma = words.lemma[i] if plural else words.lower[i]
    noun = nouns().get(lemma)
    if title is None and words.pos[i] == "PROPN" and not words.text[i].islower():
        return None
    if title is None and noun is None and lemma not in known and not words.children_of(i, "cop"):
        return None
    end = max(i + 1, title.title.end) if title is not None else i + 1
    if _goes_on(words, end, names):
        return None
    first = _determiner(words, title.start if title is not None else i)
    possessed = title is not None and any(words.is_possessive(k) for k in range(title.start, title.title.start))
    if first is None and not possessed:
        return None
    start = first if first is not None else title.start if title is not None else i
    if words.lower[start] in _POSSESSIVES and not (title is None and noun is not None and "Person" in noun.types):
        return None
    if is_apposition(words, start, end):
        return None
    inside = range(start + (first is not None), title.title.start if title is not None else i)
    person = title is not None or (noun is not None and noun.types == {"Person"})
    if not person and any(names.get(k) in ("Person", "Organisation") for k in inside):
        return None
    named = person and not (title is not None and title.body is not None)  # "the Roe aide": names tell, too
    modifiers = tuple(words.lower[k] for k in inside if (named or k not in names) and _tells(words, k))
    if title is not None:
        gender = title.title.gender or (noun.gender if noun else None)
        return Anaphor(
            title.title.start, title.title.end, start, i, "person", lemma, frozenset({"Person", "someone"}),
            frozenset(), gender, plural, modifiers, title,
            complement=_has_complement(words, title.end),
        )  # fmt: skip
    types = noun.types if noun is not None else known.get(lemma, frozenset())
    form: Form = "person" if "Person" in types else "body" if "Organisation" in types else "place"
    if not types:
        types, form = frozenset({"Person", "Organisation", "Country", "Place"}), "other"
    unnamed = "someone" if form == "person" else "something"
    return Anaphor(
        start, end, start, i, form, lemma, types | {unnamed}, noun.kinds if noun is not None else frozenset(),
        noun.gender if noun is not None else None, plural, modifiers,
        complement=_has_complement(words, end),
    )  # fmt: skip


def _tells(words: Words, k: int) -> bool:
    """Whether a word before a noun may tell which one is meant: no mark, no part of "48-year-old"."""
    return words.text[k][:1].isalnum() and "-" not in words.text[k - 1 : k + 2] and not words.is_possessive(k)


def is_apposition(words: Words, start: int, end: int) -> bool:
    """Whether a noun phrase stands between commas beside a name: "Ana Roe, the mayor," and "the mayor, Ana Roe,"."""
    before = start > 1 and words.text[start - 1] == "," and words.pos[start - 2] == "PROPN"
    closed = end < len(words) and words.text[end] == ","
    after = closed and end + 1 < len(words) and words.pos[end + 1] == "PROPN"
    return (before and (closed or words.dep[_last(words, start, end)] == "appos")) or after


def _last(words: Words, start: int, end: int) -> int:
    return next((i for i in range(start, end) if not start <= words.head[i] < end), end - 1)


def _has_complement(words: Words, end: int) -> bool:
    return end < len(words) and words.lower[end] in ("of", "for")


def _goes_on(words: Words, end: int, names: Mapping[int, str]) -> bool:
    """Whether the noun before token `end` is no head: a noun or a name follows in its phrase."""
    if end >= len(words):
        return False
    return words.pos[end] in ("NOUN", "PROPN") or words.text[end] in ("-", "–") or end in names


def _determiner(words: Words, i: int) -> int | None:
    """The determiner of the noun phrase whose noun, or title with its body, begins at token `i`."""
    for k in range(i - 1, max(-1, i - 1 - _WIDEST), -1):
        if words.lower[k] in DETERMINERS and words.tag[k] in ("DT", "", "NN"):
            return k
        if words.lower[k] in _POSSESSIVES and words.tag[k] == "PRP$":
            return k
        fits = words.pos[k] in _MODIFIERS or words.text[k] == "-" or words.tag[k] in ("VBN", "VBG", "RBS", "RBR")
        fits = fits or words.text[k] == " " or (words.tag[k] == "RB" and words.tag[k + 1] == "JJ")
        if not fits and words.lower[k] not in FORMER:
            return None
    return None


_APPOSITIVE = frozenset(
    "borough city county island kingdom municipality nation province republic state town village".split()
)


def of_name(words: Words, i: int, names: Mapping[int, int]) -> int | None:
    """The entity that a noun is the kind of: "the city of Phoenix". `names` has entities by tokens of their names."""
    at = i + 1
    if words.lower[i] not in _APPOSITIVE or words.lower[at : at + 1] != ["of"]:
        return None
    at += 1 + (words.lower[at + 1 : at + 2] == ["the"])
    return names.get(at)


def predicate_of(words: Words, i: int) -> int | None:
    """The subject of which a noun is the predicate, as a token: "It is the largest town"."""
    if not words.children_of(i, "cop") or any(words.lower[k] in _DENIED for k in words.children_of(i, "advmod", "aux")):
        return None
    subjects = words.children_of(i, "nsubj")
    return subjects[0] if len(subjects) == 1 else None


def descriptions(words: Words, head_of: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Nouns by which the text calls what it names, as (token of the noun, entity number).

    "Powell's, a bookstore,", "Powell's is a bookstore", "Powell's, which is a bookstore", "bookstore owner Ann Powell".
    `head_of` has the entity of every name by the token that heads it.
    """
    if not words.parsed:
        return
    for i, pos in enumerate(words.pos):
        if pos != "NOUN":
            continue
        for name in _described(words, i):
            beside = words.dep[i] in ("compound", "nmod")
            if name in head_of and (not beside or words.lower[i] in nouns()):
                yield i, head_of[name]
                break


def _described(words: Words, i: int) -> Sequence[int]:
    """The tokens that the noun `i` may describe."""
    found = list(words.children_of(i, "appos", "flat"))
    if words.dep[i] in ("appos", "compound", "flat", "nmod"):
        head = words.head[i]
        if words.dep[i] in ("appos", "flat") or (head > i and words.pos[head] == "PROPN"):
            found.append(head)
    subject = predicate_of(words, i)
    if subject is not None:
        relative = words.lower[subject] in ("who", "which", "that") and words.dep[i].startswith("acl")
        found.append(words.head[i] if relative else subject)
    return found
