"""What articles say of somebody's offices, taken together: who held what of what body, from when to when.

An article of a day that calls somebody a minister says that they are one on that day; "former" and "then-" say that the
office is over by then; dates in the text ("since 2022", "was sworn in on Thursday") bound it. Sightings of one office
under a longer and a shorter title ("energy minister", "minister") become one tenure, with all their evidence. A body
that the text names beside the title counts for more than one that was only the article's sole country.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.resolve.names import fold, tidy
from kg.resolve.records import Quote, Tenure
from kg.resolve.tables import kind_of_office
from kg.resolve.titles import office_words, same_office


@dataclass(frozen=True, slots=True)
class Sighting:
    """One article's word on an office. `of` is an id of the synthesis, `named` whether the words say it themselves.

    `day` is the ISO 8601 date of publication, "" where unknown.
    """

    title: str
    of: str | None
    named: bool
    start: str | None
    end: str | None
    day: str
    quote: Quote


def tenures(sightings: Iterable[Sighting], is_country: Mapping[str, bool]) -> tuple[Tenure, ...]:
    """The tenures of one person, sorted. `is_country` tells of every body's id whether it is a country's."""
    found = [tenure for tenure, _ in offices(sightings, is_country)]
    return tuple(sorted(found, key=lambda t: (fold(t.title), t.of or "", t.start or "", t.end or "", t.over)))


def offices(sightings: Iterable[Sighting], is_country: Mapping[str, bool]) -> list[tuple[Tenure, Sequence[Sighting]]]:
    """The tenures of one person, each with the sightings that it is made of."""
    placed = _with_bodies(sorted(sightings, key=_order), is_country)
    return [(_tenure(own), own) for own in _offices(placed)]


def holds(tenure: Tenure, day: str) -> bool:
    """Whether the office was held on a day (ISO 8601), as far as is known; dates count as exactly as they are given."""
    if not day or (tenure.over and tenure.end is None):
        return False
    start, end = tenure.start, tenure.end
    return (start is None or start <= day[: len(start)]) and (end is None or day[: len(end)] <= end)


def _order(sighting: Sighting) -> tuple[str, Quote]:
    return sighting.day, sighting.quote


# --- of what body -------------------------------------------------------------------------------------------------


def _with_bodies(sightings: Sequence[Sighting], is_country: Mapping[str, bool]) -> list[Sighting]:
    """Where the words name no body, that of the same office said more fully; else the country of a state's officer."""
    sightings = [replace(s, of=None) if "opposition" in fold(s.title).split() else s for s in sightings]
    named = [s for s in sightings if s.of and s.named]
    countries = Counter(s.of for s in named if s.of and is_country.get(s.of))
    home = min(countries, key=lambda of: (-countries[of], of), default=None)
    placed = []
    for sighting in sightings:
        of = sighting.of
        if not (of and sighting.named):
            bodies = Counter(s.of for s in named if same_office(s.title, sighting.title))
            fullest = min(bodies, key=lambda body: (-bodies[body], body or ""), default=None)
            of = fullest or (home if _of_a_state(sighting.title) else None) or of
        placed.append(replace(sighting, of=of))
    return placed


def _of_a_state(title: str) -> bool:
    return kind_of_office(office_words(title)[0]) == "state"


# --- one office ---------------------------------------------------------------------------------------------------


def _offices(sightings: Sequence[Sighting]) -> Iterator[list[Sighting]]:
    """Sightings of one office each. The fullest titles come first, and shorter forms go where most of them are."""
    groups: list[list[Sighting]] = []
    for sighting in sorted(sightings, key=lambda s: (-len(office_words(s.title)[0]), s.of is None, _order(s))):
        fitting = [g for g in groups if _fits(sighting, g[0])]
        if fitting:
            near = [g for g in fitting if _agree_in_time(sighting, g)] or fitting
            max(near, key=lambda g: (len(g), -groups.index(g))).append(sighting)
        else:
            groups.append([sighting])
    yield from groups


def _fits(sighting: Sighting, other: Sighting) -> bool:
    if sighting.of and sighting.of == other.of and office_words(sighting.title)[0] == {"head"}:
        return True  # "who leads the company": its chief executive, if the person is that
    same_body = sighting.of == other.of or None in (sighting.of, other.of)
    return same_body and same_office(sighting.title, other.title)


def _agree_in_time(sighting: Sighting, group: Sequence[Sighting]) -> bool:
    return office_words(sighting.title)[1] in {office_words(other.title)[1] for other in group}


def _tenure(own: Sequence[Sighting]) -> Tenure:
    start, end = _stated(s.start for s in own), _stated(s.end for s in own)
    over = False
    if end is None:
        end, over = _over(own)
        if end is not None and start is not None and end < start[: len(end)]:
            end = None
    bodies = Counter(s.of for s in own if s.of)
    return Tenure(
        title=_title(own),
        of=min(bodies, key=lambda of: (-bodies[of], of), default=None),
        start=start,
        end=end,
        over=over,
        evidence=tuple(sorted({s.quote for s in own})),
    )


def _stated(dates: Iterable[str | None]) -> str | None:
    """The date most articles give; a more exact one says the same as a less exact one that it lies in."""
    found = Counter(filter(None, dates))
    support = {date: sum(n for other, n in found.items() if date.startswith(other)) for date in found}
    return min(support, key=lambda date: (-support[date], -len(date), date), default=None)


def _over(own: Sequence[Sighting]) -> tuple[str | None, bool]:
    """When the office ended as the days tell on which it was held and was over; whether it is over at an unknown time.

    The end is the last day it was seen held before it was said to be over: the day that contradicts the fewest
    articles, of equals the earliest.
    """
    over = sorted(s.day for s in own if office_words(s.title)[1])
    held = sorted(s.day for s in own if not office_words(s.title)[1])
    if not over:
        return None, False
    days = ["", *sorted(set(filter(None, held)))]
    wrong = {day: sum(o <= day for o in over) + sum(h > day for h in held) for day in days}
    last = min(days, key=lambda day: (wrong[day], day))
    if last == max(days) and last and not any(o > last for o in over):
        return None, False
    return last or None, True


def _title(own: Sequence[Sighting]) -> str:
    """The commonest of the fullest titles, without "former" and its like."""
    longest = max(len(office_words(s.title)[0]) for s in own)
    fullest = [s for s in own if len(office_words(s.title)[0]) == longest]
    # "who chairs the committee" makes a title that nobody wrote
    written = [s for s in fullest if set(fold(s.title).split()[:1]) <= set(fold(s.quote.span.text).split())]
    titles = Counter(_bare(s.title) for s in written or fullest)
    return min(titles, key=lambda title: (-titles[title], title))


def _bare(title: str) -> str:
    words = tidy(title).split()
    while len(words) > 1 and office_words(f"{words[0]} x")[1]:
        words.pop(0)
    return " ".join(words)
