"""What speaks for and against two profiles being of one, as named features: a score is their sum, weight by weight.

All weights stand in one table. A score of `JOIN` makes two one; one of `UNSURE` or more, short of that, is a doubt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from kg.resolve.names import initials, nearly, organisation_words, person_parts, sounds
from kg.resolve.profiles import OfficeKey, Profile
from kg.resolve.tables import given_names, kind_of_office, nicknames

_MONTH = 31  # days within which few change from one sort of office to another
JOIN = 3.0
UNSURE = 2.0
MARGIN = 0.75
"""How far the best candidate must be ahead of the next one where a name alone does not decide."""

WEIGHTS: Mapping[str, float] = {
    "same country code": 4.0,
    "known under both names": 4.0,
    "same full name": 4.0,
    "one word for a name": -1.0,
    "surname": 2.0,
    "given name": 2.0,
    "given names differ": -6.0,
    "spelt differently": -1.0,
    "surname alone": 1.0,
    "mostly the one called so": 1.0,
    "same name": 4.0,
    "long names differ": -4.0,
    "acronym": 2.0,
    "acronym with gaps": 1.0,
    "part of the name": 2.0,
    "mostly the one with this part": 0.8,
    "read as another type": -2.0,
    "has what only people have": -4.0,
    "mostly read as the other type": 1.0,
    "the name of an outlet": 3.0,
    "same office": 2.5,
    "same title": 1.2,
    "similar title": 0.6,
    "other title": -1.5,
    "office of another country": -1.5,
    "office of another kind": -4.0,
    "same country": 1.0,
    "other country": -2.0,
    "company": 3.0,
    "same outlet": 0.4,
    "near in time": 0.3,
    "other gender": -2.0,
    "held the office then": 3.0,
    "held such an office then": 2.0,
    "named in the article": 1.5,
}
"""What each feature counts for; its value, mostly 0 to 1, is multiplied by this."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that speaks for (or against) two being one: its name in `WEIGHTS`, and how far it holds."""

    name: str
    value: float

    @property
    def points(self) -> float:
        """What it adds to the score."""
        return WEIGHTS[self.name] * self.value

    def __str__(self) -> str:
        return f"{self.name} {self.points:+.2f} ({self.value:.2f} × {WEIGHTS[self.name]:g})"


def score(features: tuple[Feature, ...]) -> float:
    """The sum of the points, rounded so that it does not depend on the order of addition."""
    return round(sum(f.points for f in features), 6)


def compare(one: Profile, other: Profile, *, share: float = 1.0) -> tuple[Feature, ...]:
    """The features of two profiles. `share` says how much of all that the shorter of two names fits
    is the other's, 0 to 1.

    Names decide what they are compared as: two full names, a full name and a part of it, two names of organisations.
    """
    if one.type != other.type:
        found = [*_across_types(one, other), *_circumstances(one, other)]
    elif one.type == "Person":
        found = [*_person_names(one, other, share), *_offices(one, other), *_person(one, other)]
        found += _circumstances(one, other)
    else:
        found = [*_organisation_names(one, other, share), *_circumstances(one, other)]
    return tuple(f for f in found if round(f.value, 3))


# --- names of people ------------------------------------------------------------------------------------------------


def full_names(profile: Profile) -> list[tuple[str, ...]]:
    """The names of two parts or more that are not all initials but the last, most frequent first."""
    return [parts for parts in _parts(profile) if len(parts) > 1]


def _parts(profile: Profile) -> list[tuple[str, ...]]:
    count: Counter[tuple[str, ...]] = Counter()
    for name, times in profile.names.items():
        if parts := person_parts(name):
            count[parts] += times
    return sorted(count, key=lambda parts: (-count[parts], parts))


def _person_names(one: Profile, other: Profile, share: float) -> Iterator[Feature]:
    mine, its = full_names(one), full_names(other)
    if not mine or not its:
        yield from _partial(one, other, share)
        return
    if any(parts in its and len(parts[0]) > 1 for parts in mine):
        yield Feature("same full name", 1.0)
        return
    surname, given = max(
        (
            (_surname(a[-1], b[-1]), _given(a, b))
            for a, b in product(mine[:4], its[:4])
        ),
        key=lambda pair: (min(pair), sum(pair)),
    )  # fmt: skip
    yield Feature("surname", surname)
    yield Feature("given name", given)
    yield Feature("given names differ", float(not given or not surname))
    yield Feature("spelt differently", 1.0)
    initials = [all(len(parts[0]) == 1 for parts in names) for names in (mine, its)]
    if given and surname and initials[0] != initials[1]:
        yield Feature("mostly the one called so", share)


def _partial(one: Profile, other: Profile, share: float) -> Iterator[Feature]:
    """A surname alone, against a full name or another one alone."""
    mine, its = _parts(one), _parts(other)
    best = max((_surname(a[-1], b[-1]) for a, b in product(mine[:4], its[:4])), default=0.0)
    yield Feature("surname alone", best)
    if best and (full_names(one) or full_names(other)):
        yield Feature("mostly the one called so", share)


def _surname(one: str, other: str) -> float:
    if one == other:
        return 1.0
    mine, its = sounds(one), sounds(other)
    return 0.9 if mine == its else 0.4 if nearly(mine, its) else 0.0


def _given(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How well two given names agree, with the middle names they both have."""
    a, b = sounds(one[0]), sounds(other[0])
    middles = zip(one[1:-1], other[1:-1], strict=False)
    if any(x != y and (len(x) > 1 < len(y) or x[0] != y[0]) for x, y in middles):
        return 0.0
    if one[0] == other[0]:
        return 1.0 if len(a) > 1 else 0.3
    if a == b:
        return 0.9
    if 1 in (len(a), len(b)):
        return 0.3 * (a[0] == b[0])
    if b in nicknames().get(a, ()):
        return 0.8
    if _short_for(a, b) or _short_for(b, a):
        return 0.7
    return 0.4 if nearly(a, b) and not (a in given_names() and b in given_names()) else 0.0


def _short_for(short: str, long: str) -> bool:
    """Whether a name is another cut off, with or without an ending of endearment: "Keti" for "Ketevan"."""
    stem = short[:-1] if short[-1] in "aeiou" else short
    return len(stem) >= 3 and len(short) < len(long) and long.startswith(stem)


# --- organisations, and what was read as something else ------------------------------------------------------------


def _organisation_names(one: Profile, other: Profile, share: float) -> Iterator[Feature]:
    mine, its = ({organisation_words(name) for name in p.names} - {()} for p in (one, other))
    if shared := mine & its:
        long = [{words for words in names if len(words) > 1} for names in (mine, its)]
        yield Feature("same name", 1.0)
        yield Feature("long names differ", float(all(long) and not shared & long[0]))
        return
    acronym = max((_acronym(a, b) for a, b in (*product(mine, its), *product(its, mine))), default=0)
    if acronym:
        yield Feature("acronym" if acronym == 2 else "acronym with gaps", 1.0)
        yield Feature("mostly the one with this part", share)
        return
    part = max((_part(a, b) for a, b in (*product(mine, its), *product(its, mine))), default=0.0)
    yield Feature("part of the name", part)
    if part:
        yield Feature("mostly the one with this part", share)


def _acronym(short: tuple[str, ...], long: tuple[str, ...]) -> int:
    """2 where one word is what the initials of the other words give; 1 where it leaves some of them out."""
    if len(short) != 1 or len(long) < 3 or not 2 < len(short[0]) <= 8:
        return 0
    letters = short[0]
    if letters in initials(long):
        return 2
    rest = iter("".join(word[0] for word in long))
    within = all(letter in rest for letter in letters)
    return int(within and letters[0] == long[0][0] and letters[-1] == long[-1][0] and len(letters) >= len(long) - 3)


def _part(short: tuple[str, ...], long: tuple[str, ...]) -> float:
    """The share of a name that another is a run of, 0 where it is none; one word alone must begin or end the name."""
    size = len(short)
    if not 0 < size < len(long):
        return 0.0
    at = next((k for k in range(len(long) - size + 1) if long[k : k + size] == short), None)
    if at is None or (size == 1 and (len(long) > 3 or at not in (0, len(long) - 1))):
        return 0.0
    return 0.5 + 0.5 * sum(map(len, short)) / sum(map(len, long))


def _across_types(one: Profile, other: Profile) -> Iterator[Feature]:
    mine, its = ({organisation_words(name) for name in p.names} - {()} for p in (one, other))
    shared = mine & its
    yield Feature("same name", float(bool(shared)))
    if shared:
        yield Feature("one word for a name", float(all(len(words) == 1 for words in shared)))
    yield Feature("read as another type", 1.0)
    for person in (one, other):
        if person.type == "Person":
            yield Feature("has what only people have", _human(person))
    less, more = sorted((one, other), key=lambda p: len(p.members))
    yield Feature("mostly read as the other type", float(len(more.members) >= 2 * len(less.members)))
    yield Feature("the name of an outlet", float(bool(shared) and one.is_outlet and other.is_outlet))


def _human(person: Profile) -> float:
    """How surely it is a person: an office or a given name tells; pronouns are misread at times, and tell if many."""
    if person.offices or any(_given_name(parts) for parts in full_names(person)):
        return 1.0
    return min(person.genders.total() / (2 * len(person.members)), 1.0)


def _given_name(parts: tuple[str, ...]) -> bool:
    return sounds(parts[0]) in given_names()


# --- what is said around the names ---------------------------------------------------------------------------------


def _offices(one: Profile, other: Profile) -> Iterator[Feature]:
    """The best agreement of two offices; where none agrees, the worst disagreement."""
    pairs = [(a, b, one.offices[a], other.offices[b]) for a, b in product(_main(one), _main(other))]
    found = [Feature(*_office(a, b, held.meets(its), held.meets(its, _MONTH))) for a, b, held, its in pairs]
    if found:
        best, worst = (choose(found, key=lambda f: (f.points, f.name)) for choose in (max, min))
        yield best if best.points > 0 else worst


def _main(profile: Profile) -> list[OfficeKey]:
    offices = profile.offices
    return sorted(offices, key=lambda o: (-offices[o].times, o.body, sorted(o.words), o.over))[:6]


def _office(one: OfficeKey, other: OfficeKey, meet: bool, near: bool) -> tuple[str, float]:
    """What two offices say; `meet` where they were seen at one time, so that nobody can have changed between them, and
    `near` where that was so soon one after the other that few change to another sort of office."""
    bodies = (one.body, other.body)
    alike = one.words == other.words
    if alike and one.body == other.body != "":
        return "same office", 1.0
    if alike:
        return "same title", 1.0 if "" in bodies else 0.3
    if one.words < other.words or other.words < one.words:
        return "similar title", 1.0 if "" in bodies or one.body == other.body else 0.3
    if one.over or other.over or one.body == other.body != "":
        return "other title", 0.0
    kinds = (kind_of_office(one.words), kind_of_office(other.words))
    if "" not in kinds and kinds[0] != kinds[1]:
        return "office of another kind", 1.0 if near else 0.4
    if all(len(body) == 2 and body.isupper() for body in bodies):
        return "office of another country", 1.0
    return "other title", 1.0 if meet else 0.4


def _person(one: Profile, other: Profile) -> Iterator[Feature]:
    mine, its = one.countries, other.countries
    if mine and its:
        shared = sum(min(mine[iso] / mine.total(), its[iso] / its.total()) for iso in sorted(mine))
        if shared:
            yield Feature("same country", shared)
        else:
            yield Feature("other country", 1.0 if min(mine.total(), its.total()) > 1 else 0.6)
    genders = [p.genders["m"] - p.genders["f"] for p in (one, other)]
    if genders[0] * genders[1] < 0:  # one pronoun may be misread
        yield Feature("other gender", min(1.0, min(map(abs, genders)) / 2))


def _circumstances(one: Profile, other: Profile) -> Iterator[Feature]:
    yield Feature("company", one.likeness(other))
    yield Feature("same outlet", float(not one.outlets.isdisjoint(other.outlets)))
    if one.days and other.days:
        gap = max(one.days[0] - other.days[1], other.days[0] - one.days[1], 0)
        yield Feature("near in time", 1 / (1 + gap / 30))
