"""Country mentions of one article, and which names are mere places.

The gazetteer says what a form may stand for (`doc.spans["countries"]`); here it is decided what it does stand for in
its sentence: a country, a government acting for one (metonym), a place, or part of another entity's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.metonyms import acts_as_state
from kg.extract.words import Words
from kg.model import MentionKind

_KINDS: dict[str, MentionKind] = {
    "name": "name",
    "abbreviation": "name",
    "demonym": "demonym",
    "capital": "metonym",
    "seat": "metonym",
}
# Bodies of a state: "the Russian Foreign Ministry" speaks of Russia, "American Airlines" not of America.
_STATE_BODIES = frozenset(
    """
    administration agency ambassador army assembly attorney cabinet coast command commission congress consulate
    council court customs defence defense department deputies diet duma embassy force forces government guard house
    judiciary justice legislature marine marines military ministry mission navy parliament police senate state supreme
    treasury
    """.split()
)
_PRIVATE = frozenset("bank chamber times post journal party university institute association union network".split())
_OFFICE_WORDS = frozenset(
    """
    adviser advisor aide aides correspondent insider official officials spokesman spokesmen spokesperson
    spokespeople spokeswoman source sources staff staffer staffers press chief counsel communications
    """.split()
)


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in the text: tokens `start` to `end` (exclusive) and its label, PER, ORG, LOC or MISC."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class CountryMention:
    """Tokens that stand for a country, its ISO 3166-1 alpha-2 code, and how they do."""

    start: int
    end: int
    iso: str
    kind: MentionKind


def find_countries(words: Words, names: Sequence[Found]) -> tuple[list[CountryMention], list[Found]]:
    """The country mentions, in order, and the capitals and seats that are places where they stand.

    `names` are the article's names after repair, in order and without overlap. A match inside one of them counts only
    when the rest of that name is no name ("eastern Ukraine"), or is a body of that state.
    """
    matches = list(words.doc.spans.get("countries", ()))
    matches.sort(key=lambda s: (s.start, -s.end))
    owner = _owners(names, len(words))
    states = {i for s in matches for i in range(s.start, s.end)}
    countries, places = [], []
    for match in matches:
        start, end, kind = match.start, match.end, _KINDS.get(match.id_)
        name = owner[start] or owner[end - 1]
        if kind is None or (name is not None and not _may_speak_of_country(words, name, start, end, states)):
            continue
        acts = kind != "metonym" or (
            (match.id_ == "seat" and _before_office(words, end))
            or acts_as_state(words, start, end, states.__contains__)
        )
        if acts:
            countries.append(CountryMention(start, end, match.label_, kind))
        elif name is None or (name.start, name.end) == (start, end):
            places.append(Found(start, end, "LOC"))
    return countries, places


def _owners(names: Sequence[Found], size: int) -> list[Found | None]:
    """The name each token stands in, if any."""
    owner: list[Found | None] = [None] * size
    for name in names:
        for i in range(name.start, name.end):
            owner[i] = name
    return owner


def _before_office(words: Words, end: int) -> bool:
    """Whether the next word is someone who works there: "White House press secretary"."""
    return end < len(words) and words.lower[end] in _OFFICE_WORDS


def _may_speak_of_country(words: Words, name: Found, start: int, end: int, states: set[int]) -> bool:
    """Whether a country's name at `start` to `end` speaks of the country although it stands in another name."""
    if (name.start, name.end) == (start, end) or not (name.start <= start and end <= name.end):
        return name.label != "PER"
    rest = [i for i in range(name.start, name.end) if i not in states]
    if not any(words.is_capitalised(i) for i in rest if words.lower[i] not in ("the", "eastern", "western")):
        return name.label != "PER"
    if name.label == "LOC":
        return _is_direction(words, rest) or words.text[start - 1] == "," or words.is_possessive(end)
    return name.label == "ORG" and _is_state_body(words, name, start, end)


def _is_direction(words: Words, rest: Sequence[int]) -> bool:
    directions = ("eastern", "western", "northern", "southern", "central", "the", "upper", "lower")
    return all(words.lower[i] in directions for i in rest)


def _is_state_body(words: Words, name: Found, start: int, end: int) -> bool:
    """Whether an organisation's name is a body of the state named at its beginning or after its last "of"."""
    inside = {words.lower[i] for i in range(name.start, name.end)}
    at_start = start == name.start or (start == name.start + 1 and words.lower[name.start] == "the")
    at_end = end == name.end and words.lower[start - 1] in ("of", "the")
    private = inside & (_PRIVATE if "deputies" not in inside else _PRIVATE - {"chamber"})
    return (at_start or at_end) and bool(inside & _STATE_BODIES) and not private
