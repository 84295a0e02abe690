"""Names of bodies that the words around them give away: cut ones, an acronym's long name, an acronym before an office,
a nickname.

The reader model misses names that it never saw, made-up ones above all; the text often says what they are.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from kg.extract.kinds import ORGANISATION_NOUNS
from kg.extract.names import is_acronym, stands_for
from kg.extract.places import Found
from kg.extract.titles import PORTFOLIOS, Title
from kg.extract.words import Words

_SMALL = frozenset("a an and at by for in of on the to & - – de del der des du la".split())
_LONGEST = 12  # tokens of a long name
_SHOUTED = frozenset("alert breaking exclusive listen live opinion photo photos read report update video watch".split())
_CALLED = frozenset({"called", "dubbed", "nicknamed"})
_CALL = frozenset({"call", "calls", "called", "dub", "dubs", "dubbed", "nickname", "nicknames", "nicknamed"})
_FARTHEST = 8  # tokens between a name and what it is called


def whole_bodies(words: Words, names: Iterable[Found]) -> Iterator[Found]:
    """Bodies of which the names are parts that the model cut: "Organisation for | Black Sea Transit | and Energy"."""
    for name in names:
        if name.label == "PER":
            continue
        start, end = _head_before(words, name), name.end
        headed = any(words.lower[i] in ORGANISATION_NOUNS for i in range(start, name.start + 1))
        if headed and end - start > 2 and words.lower[end : end + 1] == ["and"] and _is_portfolio(words, end + 1):
            end += 2
        if headed and (start, end) != (name.start, name.end):
            yield Found(start, end, "ORG")


def _head_before(words: Words, name: Found) -> int:
    """Where the body begins that is for, on or of what the name says; the name's own start where there is none."""
    i = name.start - 2 - (words.lower[name.start - 1 : name.start] == ["the"])
    link = words.lower[i + 1] if i >= 0 else ""
    fits = link in ("for", "on") or (link == "of" and name.label == "ORG")
    body = fits and words.is_capitalised(i) and words.lower[i] in ORGANISATION_NOUNS
    return i if body and words.sentence[i] == words.sentence[name.start] else name.start


def _is_portfolio(words: Words, i: int) -> bool:
    """Whether the one word with a capital at token `i` is a field of work: "and Energy"."""
    alone = i + 1 >= len(words) or not words.is_capitalised(i + 1)
    return i < len(words) and words.is_capitalised(i) and words.lower[i] in PORTFOLIOS and alone


def before_people(words: Words, marked: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Names as marked (tokens from first to last, label), a body apart from the full name that was taken into it.

    "the leader of Civic Horizon | Eva Roe", where the article calls somebody Roe, too.
    """
    surnames = {words.text[end - 1] for _, end, label in marked if label == "PER"}
    for start, end, label in marked:
        size = end - start
        full = label in ("ORG", "MISC") and size > 3 and words.text[end - 1] in surnames
        full = full and not _is_shouted(words, start, end)
        if full and all(words.is_capitalised(i) and words.pos[i] == "PROPN" for i in (end - 3, end - 2, end - 1)):
            yield start, end - 2, label
            yield end - 2, end, "PER"
        else:
            yield start, end, label


def _is_shouted(words: Words, start: int, end: int) -> bool:
    """Whether the words beside a name all have capitals, as in a headline, or there are none."""
    around = range(max(0, start - 3), min(len(words), end + 3))
    beside = (i for i in around if not start <= i < end and words.sentence[i] == words.sentence[start])
    return not any(words.text[i].isalpha() and words.text[i].islower() for i in beside)


def long_names(words: Words) -> Iterator[Found]:
    """Names that the acronym in brackets behind them spells out (Schwartz and Hearst 2003), in order.

    "Organisation for Black Sea Transit and Energy (OBSTE)" whatever the model took for a name of it.
    """
    for at in range(2, len(words) - 2):
        if words.text[at] != "(" or words.text[at + 2] != ")" or not is_acronym(words.text[at + 1]):
            continue
        if len(words.text[at + 1]) > 2 and (start := _begins(words, at)) is not None:
            yield Found(start, at, "ORG")


def _begins(words: Words, end: int) -> int | None:
    """Where the name begins that ends before token `end` and that the acronym in brackets there stands for."""
    for start in range(end - 1, max(-1, end - 1 - _LONGEST), -1):
        capital = words.is_capitalised(start)
        if not (capital or words.lower[start] in _SMALL) or words.sentence[start] != words.sentence[end]:
            return None
        if capital and stands_for(words.text[end + 1], words.body[words.start[start] : words.end[end - 1]]):
            return start
    return None


def replaced(names: Iterable[Found], others: Sequence[Found]) -> list[Found]:
    """The names, with others in place of those that they touch; in order."""
    taken = {i for other in others for i in range(other.start, other.end)}
    kept = [name for name in names if taken.isdisjoint(range(name.start, name.end))]
    return sorted([*kept, *others], key=lambda f: f.start)


def before_offices(words: Words, titles: Iterable[Title], taken: Container[int]) -> Iterator[Found]:
    """Acronyms that stand before an office, and so are of a body: "OBSTE spokesman Theo Marchetti"."""
    states = {i for span in words.doc.spans.get("countries", ()) for i in range(span.start, span.end)}
    for title in titles:
        i = title.start - 1
        if i < 0 or i in taken or i in states or not title.is_office or words.tag[i] not in ("NNP", "NNPS", "NN", ""):
            continue
        if (
            is_plain_acronym(words.text[i])
            and words.lower[i] not in _SHOUTED
            and words.text[title.head].islower() | (words.text[title.head][1:].islower())
        ):
            yield Found(i, i + 1, "ORG")


def is_plain_acronym(text: str) -> bool:
    """Whether a word is three to eight capital letters: fewer are initials or countries, more are shouted."""
    return 2 < len(text) <= 8 and text.isalpha() and text.isupper()


def nicknames(words: Words, names: Iterable[Found]) -> Iterator[tuple[Found, Found]]:
    """Bodies with what the text says they are called: "the Agency for Roads, which drivers call the Crow".

    The nickname is what stands there with a capital, whether the model took it for a name or not.
    """
    for name in names:
        if name.label == "ORG" and (start := _nickname(words, name.end)) is not None:
            end = start
            while end < len(words) and words.is_capitalised(end) and words.text[end].isalpha():
                end += 1
            if end > start and words.sentence[start] == words.sentence[name.start]:
                yield name, Found(start, end, "ORG")


def _nickname(words: Words, at: int) -> int | None:
    """Where a nickname begins behind a name that ends at token `at`; None where none is told."""
    if words.text[at : at + 1] not in ([","], ["("]):
        return None
    relative = words.lower[at + 1 : at + 2] in (["which"], ["whom"])
    for i in range(at + 1, min(at + 1 + _FARTHEST, len(words))):
        if words.text[i] in (",", ".", ";", "\n"):
            return None
        as_one = words.lower[i : i + 2] == ["known", "as"]
        if as_one or (words.lower[i] in (_CALL if relative else _CALLED)):
            start = i + 1 + as_one
            return start + (words.lower[start : start + 1] == ["the"])
    return None
