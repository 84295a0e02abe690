"""Candidates: who shares enough of a name to be worth comparing. Large blocks are cut, never compared whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from kg.resolve.features import full_names
from kg.resolve.names import initials, organisation_words, person_parts, sounds
from kg.resolve.profiles import Profile
from kg.resolve.tables import nicknames

_MOST = 24  # candidates for one profile
_BLOCK = 32  # profiles of a block that are all compared with each other; in a larger one, neighbours in the alphabet
_WINDOW = 8
_SHORTEST = 5  # letters of a surname that may be misspelt


def nearest(profile: Profile, candidates: Sequence[Profile]) -> list[Profile]:
    """At most `_MOST` of the candidates: those published nearest in time, of equals the first."""
    if len(candidates) <= _MOST:
        return list(candidates)
    order = sorted(range(len(candidates)), key=lambda n: (_gap(profile, candidates[n]), n))
    return [candidates[n] for n in sorted(order[:_MOST])]


def _gap(one: Profile, other: Profile) -> int:
    if not one.days or not other.days:
        return 1 << 30
    return max(one.days[0] - other.days[1], other.days[0] - one.days[1], 0)


def alike(people: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Pairs with full names whose surnames sound alike but for one letter, and whose given names may be the same.

    Surnames with a letter left out meet those with another letter left out (symmetric deletion, Garbe 2012).
    """
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, person in enumerate(people):
        for key in sorted(_spelling_keys(person)):
            found[key].append(number)
    seen: set[tuple[int, int]] = set()
    for block in found.values():
        if len(block) <= _BLOCK:
            pairs: Iterable[tuple[int, int]] = combinations(block, 2)
        else:
            row = sorted(block, key=lambda n: (_alphabet(people[n]), n))
            pairs = ((a, b) for k, a in enumerate(row) for b in row[k + 1 : k + 1 + _WINDOW])
        for one, other in pairs:
            pair = (min(one, other), max(one, other))
            if pair not in seen:
                seen.add(pair)
                yield people[pair[0]], people[pair[1]]


def _spelling_keys(person: Profile) -> Iterator[tuple[str, str]]:
    for parts in set(full_names(person)[:4]):
        given, surname = sounds(parts[0]), sounds(parts[-1])
        first = {given[0], *(name[0] for name in nicknames().get(given, ()))}
        cut = {surname}
        if len(surname) >= _SHORTEST:
            cut |= {surname[:k] + surname[k + 1 :] for k in range(len(surname))}
        yield from ((letter, form) for letter in first for form in cut)


def _alphabet(person: Profile) -> tuple[str, ...]:
    parts = full_names(person)[0]
    return (sounds(parts[-1]), *map(sounds, parts[:-1]))


class SurnameIndex:
    """People by the sound of their surnames."""

    def __init__(self, people: Iterable[Profile]) -> None:
        self._bearers: defaultdict[str, list[Profile]] = defaultdict(list)
        for person in people:
            self.add(person)

    def add(self, person: Profile) -> None:
        """Makes a person a candidate from now on."""
        for surname in sorted({sounds(parts[-1]) for name in person.names if (parts := person_parts(name))}):
            self._bearers[surname].append(person)

    def candidates(self, person: Profile) -> list[Profile]:
        """Those with a surname that sounds the same."""
        surnames = sorted({sounds(parts[-1]) for name in person.names if (parts := person_parts(name))})
        return nearest(person, [p for surname in surnames for p in self._bearers.get(surname, ())])


class OrganisationIndex:
    """Organisations by names, by what their initials give, and by the rarest words of their names."""

    def __init__(self, organisations: Iterable[Profile]) -> None:
        self._all = list(organisations)
        self._names = {id(p): sorted({organisation_words(n) for n in p.names} - {()}) for p in self._all}
        self._by: defaultdict[tuple[str, str], list[Profile]] = defaultdict(list)
        self._times: Counter[str] = Counter(
            word for p in self._all for word in {w for words in self._names[id(p)] for w in words}
        )
        for profile in self._all:
            for key in sorted({key for words in self._names[id(profile)] for key in _keys(words)}):
                self._by[key].append(profile)

    def longest_first(self) -> list[Profile]:
        """Those with the most words in their longest name first; of equals, the first."""
        return sorted(self._all, key=lambda p: -self._size(p))

    def _size(self, profile: Profile) -> int:
        return max((len(words) for words in self._words(profile)), default=0)

    def _words(self, profile: Profile) -> list[tuple[str, ...]]:
        """Its names as words, whether it is of the index or is only compared with it."""
        known = self._names.get(id(profile))
        return sorted({organisation_words(n) for n in profile.names} - {()}) if known is None else known

    def candidates(self, profile: Profile) -> list[Profile]:
        """Those that share a name, that a name is an acronym of, or whose longer names have its rarest word."""
        size = self._size(profile)
        found: list[Profile] = []
        for words in self._words(profile):
            wanted = [("name", " ".join(words)), ("word", min(words, key=lambda w: (self._times[w], w)))]
            if len(words) == 1:
                wanted += [("acronym", words[0]), ("ends", words[0][0] + words[0][-1])]
            for key in wanted:
                found += nearest(
                    profile, [p for p in self._by.get(key, ()) if p is not profile and self._size(p) >= size]
                )
        return nearest(profile, list({id(p): p for p in found}.values()))


def _keys(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield "name", " ".join(words)
    yield from (("word", word) for word in words)
    yield from (("acronym", letters) for letters in initials(words))
    if len(words) > 2:
        yield "ends", words[0][0] + words[-1][0]
