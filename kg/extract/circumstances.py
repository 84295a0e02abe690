"""When and where a claim was uttered, and to whom: what modifies the cue or its occasion, never what is told."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.extract.addressee import addressee_of
from kg.extract.days import Days, day_of
from kg.extract.lexicon import cue_of
from kg.extract.referents import Referents
from kg.extract.utterance import Utterance, utterances_of
from kg.extract.when import Setting, Time, find_times, value_of
from kg.extract.words import Words
from kg.model import Claim, Span, When

_AHEAD = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_PLACING = frozenset({"in", "at", "from", "near", "outside", "on"})
_GOING_ON = frozenset({"added", "continued", "concluded", "went", "adding"})


@dataclass(frozen=True, slots=True)
class _Dated:
    """A time expression as tokens, and the days it stands for when it lies in the past."""

    time: Time
    start: int
    end: int
    told: Days | None


def with_circumstances(
    words: Words, claims: Sequence[Claim], referents: Referents, published: str | None
) -> list[Claim]:
    """The claims with `said_on` and `place`. `published` is the article's ISO 8601 date or date-time.

    Linear in the text's length. Without a date, expressions that are counted from it have no value.
    """
    day = day_of(published)
    times = _dated(words, find_times(words.body), Setting(day))
    places = _places(words, referents)
    starts, place_starts = [t.start for t in times], [p[0] for p in places]
    done: list[Claim] = []
    for claim, utterance in zip(claims, utterances_of(words, claims), strict=True):
        if utterance is None:
            done.append(claim)
            continue
        first, end = utterance.window
        near = times[bisect_left(starts, first) : bisect_left(starts, end)]
        where = places[bisect_left(place_starts, first) : bisect_left(place_starts, end)]
        cue = words.doc[utterance.cue.start : utterance.cue.stop]
        addressee = addressee_of(utterance, cue_of(cue))
        place = _where(utterance, where)
        done.append(
            replace(
                claim,
                addressees=referents.head_of(addressee) if addressee is not None else (),
                addressee=_span(words, addressee.start, addressee.end) if addressee is not None else None,
                said_on=_when(utterance, near, day),
                place=place[2] if place else None,
                place_span=_span(words, place[0], place[1]) if place else None,
            )
        )
    return done


def _dated(words: Words, times: Sequence[Time], setting: Setting) -> list[_Dated]:
    """The expressions as tokens; those that count from another one take the last told before them.

    That is one of the same paragraph or the one before, else the next of the same paragraph.
    """
    places = [(bisect_right(words.start, t.start) - 1, bisect_left(words.start, t.end)) for t in times]
    values = [None if t.told else value_of(t, setting) for t in times]
    paragraphs = [words.paragraph[start] for start, _ in places]
    following = _following(paragraphs, values)
    found: list[_Dated] = []
    latest: tuple[int, Days] | None = None
    for n, (time, (start, end)) in enumerate(zip(times, places, strict=True)):
        value = values[n]
        if time.told:
            told = latest[1] if latest and paragraphs[n] - latest[0] <= 1 else following[n]
            value = value_of(time, replace(setting, told=told))
        if value is not None:
            latest = paragraphs[n], value
        found.append(_Dated(time, start, end, value))
    return found


def _following(paragraphs: Sequence[int], values: Sequence[Days | None]) -> list[Days | None]:
    """For each expression the first days told after it in its paragraph."""
    found: list[Days | None] = [None] * len(values)
    for n in range(len(values) - 2, -1, -1):
        if paragraphs[n] == paragraphs[n + 1]:
            found[n] = values[n + 1] or found[n + 1]
    return found


def _when(utterance: Utterance, times: Sequence[_Dated], day: date | None) -> When | None:
    found = []
    for dated in times:
        distance = utterance.distance(dated.start, dated.end)
        if distance is not None:
            length = (dated.told.last - dated.told.first).days if dated.told else 10**6
            found.append(((length, distance, dated.start), dated))
    if not found:
        return None
    best = min(found, key=lambda item: item[0])[1]
    value = best.told
    if _is_ahead(utterance) and not best.time.told:
        value = value_of(best.time, Setting(day, ahead=True))
    return When(Span(best.time.start, best.time.end, best.time.text), value.iso if value else None)


def _is_ahead(utterance: Utterance) -> bool:
    words = utterance.words
    return any(words.lower[i] in _AHEAD for i in [*utterance.cue, *words.children_of(utterance.head, "aux")])


def _places(words: Words, referents: Referents) -> list[tuple[int, int, str]]:
    """Named countries and places as (first token, end, entity), in order."""
    return sorted(
        (bisect_left(words.start, m.start), bisect_left(words.start, m.end), entity.id)
        for entity in referents.entities
        if entity.type in ("Place", "Country")
        for m in entity.mentions
        if m.kind == "name"
    )


def _where(utterance: Utterance, places: Sequence[tuple[int, int, str]]) -> tuple[int, int, str] | None:
    words, found = utterance.words, []
    for start, end, entity in places:
        origin = start > 1 and words.lower[start - 1] == "from" and words.pos[start - 2] in ("NOUN", "PROPN")
        topic = start > 1 and words.lower[start - 1] == "on" and words.pos[start - 2] == "NOUN"  # "policies on Iran"
        if start and words.lower[start - 1] in _PLACING and not (origin or topic) and not words.is_possessive(end):
            distance = utterance.distance(start, end)
            if distance is not None:
                found.append((distance, start, end, entity))
    return min(found)[1:] if found else None


def _span(words: Words, start: int, end: int) -> Span:
    """The characters of tokens `start` to `end` (exclusive)."""
    first, last = words.start[start], words.end[end - 1]
    return Span(first, last, words.body[first:last])
