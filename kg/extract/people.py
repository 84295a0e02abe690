"""Which name mentions of one article are of one person.

Full names come first: two of them are one person only when no part contradicts ("Hillary Clinton", "Hillary Rodham
Clinton"; never "Bill Clinton"). A bare surname then joins the full name it fits. When several people bear it, news
English gives it to whoever bore it first in the article and names the others in full: on PolNeAR's articles with both
Clintons, the first introduced is right for 87 in 100 bare "Clinton", the most frequent for 79, the latest for 65.
An honorific, a gender or a title that fits only one of them goes before that order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from kg.extract.names import PersonName, fits, given_name_genders, nicknames, usual_gender

_LONG = 7  # letters in a surname from which a slip in it is told from another name
_MANY = 200  # bearers of one name that are weighed: no article about people has more, and a list of names may


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """One name mention: its tokens (`start` to `end`, exclusive), and what stands around the name.

    `gender` is "f" or "m" where an honorific or a gendered title tells, else None; `titles` are the words of the title
    before it, in lower case, honorifics apart. `another` says that the text introduces a namesake here.
    """

    start: int
    end: int
    name: PersonName
    gender: str | None = None
    titles: frozenset[str] = frozenset()
    another: bool = False


@dataclass(slots=True)
class _Cluster:
    members: list[int] = field(default_factory=list)
    names: list[PersonName] = field(default_factory=list)
    genders: list[str] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)

    def add(self, index: int, mention: NamedPerson) -> None:
        self.members.append(index)
        if mention.name not in self.names:
            self.names.append(mention.name)
        if mention.gender:
            self.genders.append(mention.gender)
        self.titles |= mention.titles

    @property
    def gender(self) -> str | None:
        return gender_of(self.names, self.genders)


def gender_of(names: Sequence[PersonName], told: Sequence[str]) -> str | None:
    """A person's gender as the text tells it (first of `told`), else as the given name does; None if neither."""
    if told:
        return told[0]
    for name in names:
        if name.is_full and not name.abbreviated and (usual := usual_gender(name.parts[0])):
            return usual
    for name in names:
        if len(name.parts) == 1 and name.parts[0] in given_name_genders() and len(names) == 1:
            return given_name_genders()[name.parts[0]]
    return None


def cluster_people(mentions: Sequence[NamedPerson]) -> list[list[int]]:
    """Indexes into `mentions` (which are in text order), grouped by person; groups in order of first mention."""
    clusters: list[_Cluster] = []
    full = _full_names(mentions)
    _join_full_names(mentions, full, clusters)
    _join_partial_names(mentions, sorted(set(range(len(mentions))) - set(full)), clusters)
    for cluster in clusters:
        cluster.members.sort()
    return sorted((c.members for c in clusters), key=lambda members: members[0])


def _full_names(mentions: Sequence[NamedPerson]) -> list[int]:
    """Mentions by full name: not "bin Salman", nor "Wasserman Schultz" beside "Debbie Wasserman Schultz"."""
    tails = {m.name.parts[k:] for m in mentions for k in range(1, len(m.name.parts) - 1)}
    return [
        i
        for i, m in enumerate(mentions)
        if m.name.is_full and (m.name.parts not in tails or m.name.parts[0] in given_name_genders())
    ]


def _join_full_names(mentions: Sequence[NamedPerson], full: Sequence[int], clusters: list[_Cluster]) -> None:
    """Names with initials for given names come after the others, which tell more about who there is."""
    by_surname: dict[str, list[_Cluster]] = {}
    for i in sorted(full, key=lambda i: (mentions[i].name.abbreviated, i)):
        mention = mentions[i]
        rivals = by_surname.setdefault(mention.name.parts[-1], [])
        fitting = [
            c
            for c in rivals[-_MANY:]
            if all(fits(mention.name, n) for n in c.names) and not _contradict(mention.gender, c.gender)
        ]
        exact = [c for c in fitting if mention.name in c.names]
        chosen = exact or fitting
        if chosen and not mention.another:
            cluster = max(chosen, key=lambda c: c.members[-1])
        else:
            cluster = _Cluster()
            rivals.append(cluster)
            clusters.append(cluster)
        cluster.add(i, mention)


def _join_partial_names(mentions: Sequence[NamedPerson], partial: Sequence[int], clusters: list[_Cluster]) -> None:
    index = _Index(clusters)
    alone: dict[tuple[str, ...], list[_Cluster]] = {}
    for i in partial:
        mention = mentions[i]
        owner = index.owner(mention, i)
        if owner is None:
            same = alone.setdefault(mention.name.parts, [])
            owner = next((c for c in same if not _contradict(mention.gender, c.gender)), None)
            if owner is None:
                owner = _Cluster()
                same.append(owner)
                clusters.append(owner)
        owner.add(i, mention)


class _Index:
    """Full names by what people are called for short."""

    def __init__(self, clusters: Sequence[_Cluster]) -> None:
        self.first = {id(c): min(c.members) for c in clusters}
        self.by_end: dict[tuple[str, ...], list[_Cluster]] = {}
        self.by_given: dict[str, list[_Cluster]] = {}
        for cluster in clusters:
            ends = {n.parts[k:] for n in cluster.names for k in range(1, len(n.parts))}
            given = {n.parts[0] for n in cluster.names if not n.abbreviated}
            given |= {n.parts[0] + " " + n.parts[1] for n in cluster.names if len(n.parts) > 2}
            for end in sorted(ends):
                self.by_end.setdefault(end, []).append(cluster)
            for name in sorted(given):
                self.by_given.setdefault(name, []).append(cluster)

    def owner(self, mention: NamedPerson, position: int) -> _Cluster | None:
        """Who is meant by a short name: the bearers of the surname first, then the only bearer of the given name."""
        parts = mention.name.parts
        bearers = [c for c in self.by_end.get(parts, self._misspelt(parts))[:_MANY] if self._may_be(mention, c)]
        if bearers:
            fitting = self._by_title(mention, bearers)
            # of two people of one full name, a surname alone means neither for sure
            names = [name for c in fitting for name in {(n.parts, n.suffix) for n in c.names if n.is_full}]
            return None if len(names) > len(set(names)) else self._introduced(fitting, position)
        called = self.by_given.get(" ".join(parts), [])[:_MANY]
        if not called and len(parts) == 1:
            others = nicknames().get(parts[0], frozenset())
            called = [c for other in sorted(others) for c in self.by_given.get(other, [])]
        called = [c for c in {id(c): c for c in called}.values() if self._may_be(mention, c)]
        earlier = [c for c in called if self.first[id(c)] < position]
        return next((group[0] for group in (earlier, called) if len(group) == 1), None)

    def _misspelt(self, parts: tuple[str, ...]) -> list[_Cluster]:
        """Bearers of the one long surname that differs by a letter put in or left out: "McLenney" for "McClenney"."""
        if len(parts) != 1 or len(parts[0]) < _LONG or parts[0] in self.by_given:
            return []
        name = parts[0]
        near = [
            end
            for end in self.by_end
            if len(end) == 1
            and abs(len(end[0]) - len(name)) == 1
            and end[0][0] == name[0]
            and Levenshtein.distance(end[0], name, score_cutoff=1) == 1
        ]
        return self.by_end[near[0]] if len(near) == 1 else []

    def _introduced(self, clusters: Sequence[_Cluster], position: int) -> _Cluster:
        """The one introduced first, of those introduced before `position` if there are any."""
        earlier = [c for c in clusters if self.first[id(c)] < position]
        return min(earlier or clusters, key=lambda c: self.first[id(c)])

    @staticmethod
    def _by_title(mention: NamedPerson, clusters: Sequence[_Cluster]) -> Sequence[_Cluster]:
        """Those whose titles share a word with the mention's; all when that is nobody."""
        return [c for c in clusters if mention.titles & c.titles] or clusters

    @staticmethod
    def _may_be(mention: NamedPerson, cluster: _Cluster) -> bool:
        suffixes = {n.suffix for n in cluster.names}
        return not _contradict(mention.gender, cluster.gender) and (
            not mention.name.suffix or mention.name.suffix in suffixes
        )


def _contradict(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and a != b
