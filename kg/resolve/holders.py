"""Who is meant by an office alone ("Bulgaria's energy minister"): whoever is seen to have held it on that day.

Tenures of all that have a name are looked up by body and title. Where the same article names one person alone who held
such an office then, it is that one, although the words are fewer ("the Georgian minister") or name no body ("its
foreign minister"); else body and title must be the same, and one person alone must have held it. Where two fit, nobody
can tell, and that is a doubt. Bare words ("the president") tell nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kg.model import Entity, Evidence, Member
from kg.resolve.features import Feature
from kg.resolve.profiles import called
from kg.resolve.records import Tenure
from kg.resolve.sightings import sightings, spoken_of
from kg.resolve.tenures import Sighting, holds, offices
from kg.resolve.titles import RANKS, office_words

Words = frozenset[str]
SHARED = frozenset(
    """
    adviser ambassador attorney commissioner congressman councillor councilman councilwoman delegate diplomat judge
    justice lawmaker lobbyist member official officer partner professor representative senator shareholder
    """.split()
)
"""Offices that several hold at a time: no title says which of them is meant."""
_MANY = 8  # of an office that more people hold at a time, no title says who is meant
_SEEN_WITHIN = 183  # days from when an office was seen held to when it is taken to be held, if no dates are told


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody called by an office alone: the office's words, its body ("" unknown), and the article's day."""

    member: Member
    words: Words
    over: bool
    body: str
    day: str


@dataclass(frozen=True, slots=True)
class _Held:
    """An office that somebody held: all ways in which it is called, and the days on which it was seen held."""

    holder: Member
    tenure: Tenure
    titles: frozenset[Words]
    days: tuple[str, ...]

    def fits(self, asked: Asked) -> bool:
        """Whether it may be the one that is asked for."""
        bodies = {asked.body, self.tenure.of or ""} - {""}
        may_be = self._may_be(asked.words) if asked.body else asked.words in self.titles
        return len(bodies) < 2 and may_be and self._at(asked.day, asked.over)

    def is_called(self, asked: Asked) -> bool:
        """Whether it has the same title of the same body, as far as any article says."""
        return asked.words in self.titles and asked.body == self.tenure.of

    def _may_be(self, words: Words) -> bool:
        """Whether the words are one of its titles, or a shorter or longer form of the fullest one."""
        full = office_words(self.tenure.title)[0]
        return words in self.titles or (words & RANKS == full & RANKS and (words <= full or full <= words))

    def _at(self, day: str, over: bool) -> bool:
        """Whether it was held on a day, or was over by then: seen so near it, or between dates that are told."""
        if not day:
            return False
        if over:
            return self.tenure.end is not None and self.tenure.end[:10] <= day
        if not holds(self.tenure, day):
            return False
        told = self.tenure.start is not None and self.tenure.end is not None
        return told or any(_apart(day, seen) <= _SEEN_WITHIN for seen in self.days)


def _apart(day: str, other: str) -> int:
    return abs((date.fromisoformat(day) - date.fromisoformat(other)).days)


def find_holders(
    records: Sequence[Evidence], ordered: Sequence[Member], root: Callable[[Member], Member]
) -> tuple[Holders, list[Asked]]:
    """Who held what, and whom the articles call by an office alone.

    `ordered` are all members in order of first mention, and `root` says which one stands for each member's cluster.
    """
    rank = {member: n for n, member in enumerate(ordered)}
    where = {member: str(rank[root(member)]) for member in ordered}
    seen: defaultdict[Member, list[tuple[Evidence, Entity]]] = defaultdict(list)
    named: dict[str, dict[Member, None]] = {}
    countries = {}
    asked = []
    for record in records:
        key = record.article.key
        for entity in record.entities:
            member = Member(key, entity.id)
            countries[where[member]] = entity.iso is not None
            if entity.type == "Person":
                seen[root(member)].append((record, entity))
                if called(entity):
                    named.setdefault(key, {})[root(member)] = None
        for entity in record.unnamed:
            (office,) = entity.offices
            words, over = office_words(office.title)
            body = where[Member(key, office.of)] if office.of else ""
            asked.append(Asked(Member(key, entity.id), words, over, body, spoken_of(record, entity)))
    holders = Holders({key: sorted(there, key=rank.__getitem__) for key, there in named.items()})
    for holder in sorted(seen, key=rank.__getitem__):
        if found := sightings(seen[holder], where):
            holders.add(holder, found, countries)
    return holders, sorted(asked, key=lambda one: rank[one.member])


@dataclass(slots=True)
class Holders:
    """The offices of everybody with a name. `named` says who is named in each article, by key."""

    named: Mapping[str, Sequence[Member]]
    _of: dict[Member, list[_Held]] = field(default_factory=lambda: defaultdict(list))
    _by: dict[tuple[str, Words], list[_Held]] = field(default_factory=lambda: defaultdict(list))

    def add(self, holder: Member, seen: Iterable[Sighting], is_country: Mapping[str, bool]) -> None:
        """Takes in all that is seen of one person's offices."""
        for tenure, own in offices(seen, is_country):
            held = [s for s in own if not office_words(s.title)[1]]
            titles = frozenset(office_words(s.title)[0] for s in own)
            one = _Held(holder, tenure, titles, tuple(sorted({s.day for s in held if s.day})))
            self._of[holder].append(one)
            for words in titles:
                self._by[tenure.of or "", words].append(one)

    def candidates(self, asked: Asked) -> list[tuple[Member, tuple[Feature, ...]]]:
        """Who may be meant, with what speaks for each; nobody where many hold such an office. In order of `add`."""
        if asked.words & SHARED or (not asked.body and len(asked.words) < 2):
            return []
        here: list[tuple[Member, tuple[Feature, ...]]] = [
            (holder, (Feature(_how(found, asked), 1.0), Feature("named in the article", 1.0)))
            for holder in self.named.get(asked.member.article, ())
            if (found := [held for held in self._of.get(holder, ()) if held.fits(asked)])
        ]
        if here or not asked.body or asked.over:
            return here
        others = dict.fromkeys(held.holder for held in self._by.get((asked.body, asked.words), ()) if held.fits(asked))
        return [] if len(others) > _MANY else [(holder, (Feature("held the office then", 1.0),)) for holder in others]


def _how(found: Sequence[_Held], asked: Asked) -> str:
    return "held the office then" if any(held.is_called(asked) for held in found) else "held such an office then"
