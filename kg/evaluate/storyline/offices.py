"""Who held what when: asked for every day of the story, and for the middle of the years before it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from kg.evaluate.report import Figure
from kg.evaluate.scores import Counts
from kg.evaluate.storyline.gold import GoldOffice
from kg.evaluate.storyline.result import Result
from kg.resolve import Tenure, fold, holds

_YEARS_BEFORE = 20
_DISTINCTIVE = frozenset({"deputy", "vice", "assistant", "former"})


def offices(result: Result) -> Iterator[Figure]:
    """F1 of (person, office, day). A gold office and one of ours are the same when its body is, and their titles agree.

    Days of which the articles do not tell whether the office was held, before a start that is unknown, do not count, be
    the start unknown to the gold or to us.
    """
    counts = offices_at_dates(result)
    yield Figure("offices at date", 100 * counts.f1, counts=counts)


def offices_at_dates(result: Result) -> Counts:
    """The counts behind `offices`."""
    gold_of = _who(result)
    first, days = _days(result)
    known: defaultdict[str, list[GoldOffice]] = defaultdict(list)
    for office in result.gold.offices:
        known[office.person].append(office)
    correct = predicted = wanted = 0
    for day in days:
        held = {
            (gold_of[entity.id], _match(known[gold_of[entity.id]], tenure, gold_of, day) or _key(tenure, gold_of))
            for entity in result.synthesis.entities
            if gold_of.get(entity.id) in known
            for tenure in entity.offices
            if holds(tenure, day.isoformat()) and not (tenure.start is None and day < first)
        }
        unknown = {(o.person, o) for o in result.gold.offices if o.start is None and day < first}
        right = {(o.person, o) for o in result.gold.offices if _holds(o.start, o.end, day)} - unknown
        held -= unknown
        correct += len(held & right)
        predicted += len(held)
        wanted += len(right)
    return Counts(correct, predicted, wanted)


def _days(result: Result) -> tuple[date, list[date]]:
    """The day of the first article; the middle of each year before, and every day from then to the last article."""
    published = sorted(date.fromisoformat(a.published[:10]) for a in result.gold.articles if a.published)
    story = [published[0] + timedelta(n) for n in range((published[-1] - published[0]).days + 1)]
    return published[0], [date(published[0].year - n, 7, 1) for n in range(_YEARS_BEFORE, 0, -1)] + story


def _who(result: Result) -> dict[str, str]:
    """Which gold entity each of ours is: the one that most of its mentions are of."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mention in result.gold.mentions:
        if (entity := result.entity(mention)) is not None:
            votes[entity][mention.entity] += 1
    return {entity: min(count, key=lambda g: (-count[g], g)) for entity, count in votes.items()}


def _holds(start: str | None, end: str | None, day: date) -> bool:
    """Whether an interval of dates, each as exact as a year, a month or a day, holds a day."""
    text = day.isoformat()
    return (start is None or start <= text[: len(start)]) and (end is None or text[: len(end)] <= end)


def _match(known: list[GoldOffice], tenure: Tenure, gold_of: Mapping[str, str], day: date) -> GoldOffice | None:
    """The gold office that the tenure is, one that was held that day before one that was not."""
    of = gold_of.get(tenure.of or "", tenure.of)
    fitting = [o for o in known if of in (o.of, _country(o.of)) and _agree(o.title, tenure.title)]
    return min(fitting, key=lambda o: (not _holds(o.start, o.end, day), known.index(o)), default=None)


def _country(of: str) -> str:
    return of.upper() if len(of) == 2 else of


def _key(tenure: Tenure, gold_of: Mapping[str, str]) -> tuple[str, str]:
    return fold(tenure.title), gold_of.get(tenure.of or "", tenure.of or "")


def _agree(one: str, other: str) -> bool:
    """Whether one title has all words of the other, and both or neither are a deputy's."""
    words = [set(fold(title).split()) - {"of", "the", "for", "to"} for title in (one, other)]
    return (words[0] <= words[1] or words[1] <= words[0]) and len({frozenset(w & _DISTINCTIVE) for w in words}) == 1
