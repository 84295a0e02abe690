"""A list of known people and organisations, put beside the entities of the articles: who is which row, and why.

Rows become profiles and are weighed as entities are (`kg.resolve.features`). An entity is a row's only where each is
clearly the best for the other: of two people of one name, a list with one of them cannot say which it means unless
offices or countries tell. Those are left in doubt.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.judge import Rulings
from kg.model import EntityType, Evidence, Member
from kg.resolve.blocks import OrganisationIndex, SurnameIndex
from kg.resolve.features import JOIN, MARGIN, UNSURE, Feature, compare, full_names, score
from kg.resolve.names import fold
from kg.resolve.profiles import Held, OfficeKey, Profile
from kg.resolve.resolve import clustered, revised
from kg.resolve.titles import office_words


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that a list knows: its IRI, names (the usual one first), ISO codes of countries, titles of offices."""

    iri: str
    type: EntityType
    names: tuple[str, ...]
    countries: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A row that an entity may be: `member` is the entity's earliest. `sure` where neither has another near it."""

    member: Member
    row: Row
    features: tuple[Feature, ...]
    sure: bool

    @property
    def score(self) -> float:
        """The sum of the features' points."""
        return score(self.features)


@dataclass(frozen=True, slots=True)
class Known:
    """An entity as lists and services are asked about it: its earliest member, and all that is known of it."""

    member: Member
    profile: Profile


def named_entities(evidence: Iterable[Evidence], judgements: Rulings) -> list[Known]:
    """People with a full name, organisations and places, in order of first mention."""
    clustering = clustered(revised(evidence, judgements), judgements)
    found = []
    for members in clustering.clusters:
        profile = clustering.profile_of.get(members[0])
        if profile is not None and profile.names and (profile.type != "Person" or full_names(profile)):
            found.append(Known(members[0], profile))
    return found


def matches(known: Iterable[Known], rows: Sequence[Row]) -> list[Match]:
    """For every entity that a row may be the best such row, in order of first mention; those in doubt, too."""
    index = _Index(rows)
    found: list[tuple[Known, Row, tuple[Feature, ...], bool]] = []
    for one in known:
        scored = [(compare(one.profile, profile), row) for row, profile in index.candidates(one.profile)]
        scored = sorted((s for s in scored if score(s[0]) >= UNSURE), key=lambda s: (-score(s[0]), s[1].iri))
        if scored:
            clear = len(scored) == 1 or score(scored[0][0]) - score(scored[1][0]) >= MARGIN
            found.append((one, scored[0][1], scored[0][0], clear))
    best: defaultdict[str, list[float]] = defaultdict(list)
    for _, row, features, _ in found:
        best[row.iri].append(score(features))
    return [
        Match(one.member, row, features, clear and score(features) >= JOIN and _is_first(features, best[row.iri]))
        for one, row, features, clear in found
    ]


def _is_first(features: tuple[Feature, ...], all_of_row: Sequence[float]) -> bool:
    """Whether no other entity comes as near to the row."""
    return sum(points > score(features) - MARGIN for points in all_of_row) == 1


class _Index:
    """Rows by what their names share with those of entities."""

    def __init__(self, rows: Sequence[Row]) -> None:
        profiles = {number: _profile(row, number) for number, row in enumerate(rows)}
        self._row = {id(profile): rows[number] for number, profile in profiles.items()}
        self._people = SurnameIndex(p for p in profiles.values() if p.type == "Person")
        self._organisations = OrganisationIndex(p for p in profiles.values() if p.type == "Organisation")
        self._by_name: defaultdict[tuple[str, str], list[Profile]] = defaultdict(list)
        for profile in profiles.values():
            for name in sorted({fold(name) for name in profile.names}):
                self._by_name[profile.type, name].append(profile)

    def candidates(self, profile: Profile) -> Iterator[tuple[Row, Profile]]:
        """The rows worth comparing with an entity."""
        found = {}
        if profile.type == "Person":
            found = {id(p): p for p in self._people.candidates(profile)}
        for name in sorted({fold(name) for name in profile.names}):
            found |= {id(p): p for p in self._by_name.get((profile.type, name), ())}
        if profile.type == "Organisation":
            found |= {id(p): p for p in self._organisations.candidates(profile)}
        for key, candidate in found.items():
            yield self._row[key], candidate


def _profile(row: Row, number: int) -> Profile:
    offices: Mapping[OfficeKey, Held] = {
        OfficeKey(words, body): Held(1, 0, 0)
        for title in row.offices
        for words, _ in [office_words(title)]
        if words
        for body in row.countries[:1] or ("",)
    }
    return Profile(
        first=Member(row.iri, str(number)),
        members=[Member(row.iri, str(number))],
        types=Counter({row.type: 1}),
        names=Counter(dict.fromkeys(row.names, 1)),
        articles=set(),
        offices=dict(offices),
        countries=Counter(row.countries),
    )
