"""Entries of a ledger, put to the evidence at hand: what they say of it, and which of them say nothing any more.

Where entries contradict each other, the later one wins. Nothing depends on the order of entries or of evidence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from kg.judge.ledger import in_order
from kg.judge.locate import ClaimId, Located, Locator, Lost, Place
from kg.judge.partition import Partition
from kg.judge.records import Entry, Hide, Identity, Pair, Speaker, Undo, Wrong, describe
from kg.judge.revise import correct, hide, part_id, split
from kg.model import Evidence, Member

Standing = Literal["in force", "undone", "overruled", "orphan"]


@dataclass(frozen=True, slots=True)
class Link:
    """Two entities of articles are one, or are not, as an entry says; not the same, too, where nobody can tell."""

    same: bool
    one: Member
    other: Member
    entry: str


@dataclass(frozen=True, slots=True)
class Orphan:
    """An entry whose words cannot be found in the evidence, and why."""

    entry: Entry
    why: str

    def __str__(self) -> str:
        return f"judgement {self.entry.id} applies to nothing: {self.why} ({describe(self.entry.decision)})"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people decided differently; the later decision holds."""

    holds: Entry
    overruled: Entry

    def __str__(self) -> str:
        one, other = self.holds, self.overruled
        return (
            f"{one.author} ({one.id}, {one.time[:10]}) decided that {describe(one.decision)}; it holds over "
            f"{other.author} ({other.id}, {other.time[:10]}), who decided that {describe(other.decision)}"
        )


@dataclass(frozen=True, slots=True)
class Rulings:
    """What a ledger says of some evidence. `entries` are all of the ledger, by time; `standing` is by their ids.

    `links` say who is who, without contradiction. `identities` are IRIs that authorities have for
    entities. `speakers` names the right ones of claims. `changed` says which
    entries changed a claim. `revised` holds the changed evidence of the articles, by key, where entities were taken
    apart, fields corrected or claims hidden. `located` is what each entry in force or overruled names.
    """

    entries: tuple[Entry, ...] = ()
    standing: Mapping[str, Standing] = field(default_factory=dict)
    overruled_by: Mapping[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    identities: Mapping[Member, tuple[str, ...]] = field(default_factory=dict)
    speakers: Mapping[ClaimId, tuple[Member, ...]] = field(default_factory=dict)
    hidden: tuple[ClaimId, ...] = ()
    changed: Mapping[ClaimId, tuple[str, ...]] = field(default_factory=dict)
    revised: Mapping[str, Evidence] = field(default_factory=dict)
    located: Mapping[str, Located] = field(default_factory=dict)
    orphans: tuple[Orphan, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @property
    def applied(self) -> int:
        """How many entries are in force, not counting those that only undo others."""
        return sum(self.standing[e.id] == "in force" and not isinstance(e.decision, Undo) for e in self.entries)


def apply(entries: Iterable[Entry], evidence: Iterable[Evidence]) -> Rulings:
    """What the entries say of the evidence. Pure; see `Rulings`."""
    ordered = in_order(entries)
    return _Court(ordered, Locator(evidence)).rulings() if ordered else Rulings()


def undone(entries: Iterable[Entry]) -> frozenset[str]:
    """The ids of entries that an undo in force names. Ids are made from content, so no two can undo each other."""
    known = {entry.id: entry for entry in entries}
    pending = Counter(e.decision.entry for e in known.values() if isinstance(e.decision, Undo))
    ready = sorted(id for id in known if id not in pending)
    out: set[str] = set()
    while ready:
        entry = known[ready.pop()]
        if isinstance(entry.decision, Undo):
            target = entry.decision.entry
            if entry.id not in out:
                out.add(target)
            pending[target] -= 1
            if target in known and not pending[target]:
                ready.append(target)
    return frozenset(out)


class _Court:
    """One hearing: the steps of `apply`, each of which adds to what the rulings are made from."""

    def __init__(self, entries: Sequence[Entry], locator: Locator) -> None:
        self.entries, self.locator = entries, locator
        self.located: dict[str, Located] = {}
        self.orphans: list[Orphan] = []
        self.overruled_by: dict[str, str] = {}
        self.conflicts: list[Conflict] = []
        self.undone = undone(entries)
        self.revised: dict[str, Evidence] = {}
        self.parts: dict[Place, Member] = {}

    def rulings(self) -> Rulings:
        self._locate()
        links, identities = self._who_is_who()
        claims = self._last_of((Speaker, Wrong, Hide), self._about_claim)
        changed: defaultdict[ClaimId, list[str]] = defaultdict(list)
        for entry in claims:
            changed[self._claim(entry)].append(entry.id)
        speakers = {
            self._claim(entry): tuple(self._member(place) for place in self.located[entry.id].mentions)
            for entry in claims
            if isinstance(entry.decision, Speaker)
        }
        hidden = self._revise(claims)
        return Rulings(
            entries=tuple(self.entries),
            standing={entry.id: self._standing(entry.id) for entry in self.entries},
            overruled_by=self.overruled_by,
            links=links,
            identities=identities,
            speakers=speakers,
            hidden=hidden,
            changed={claim: tuple(sorted(ids)) for claim, ids in changed.items()},
            revised=self.revised,
            located=self.located,
            orphans=tuple(self.orphans),
            conflicts=tuple(sorted(self.conflicts, key=lambda c: (c.overruled.order, c.holds.order))),
        )

    def _standing(self, id: str) -> Standing:
        if id in self.undone:
            return "undone"
        if id in self.overruled_by:
            return "overruled"
        return "in force" if id in self.located else "orphan"

    def _locate(self) -> None:
        known = {entry.id for entry in self.entries}
        for entry in self.entries:
            if entry.id in self.undone:
                continue
            try:
                if isinstance(entry.decision, Undo) and entry.decision.entry not in known:
                    raise Lost("the ledger has no such entry")
                found = self.locator.locate(entry.decision)
                if entry.name == "different" and found.mentions[0] == found.mentions[1]:
                    raise Lost("both quotations are of one mention; judge again, or undo it")
                self.located[entry.id] = found
            except Lost as lost:
                self.orphans.append(Orphan(entry, str(lost)))

    def _last_of(self, kinds: tuple[type, ...], matter: Callable[[Entry], tuple[Hashable, Any]]) -> list[Entry]:
        """The entries of some kinds that no later one on the same matter contradicts, latest first.

        `matter` gives what an entry decides about, and what it decides.
        """
        last: dict[Hashable, tuple[Any, Entry]] = {}
        stay = []
        for entry in reversed(self.entries):
            if isinstance(entry.decision, kinds) and entry.id in self.located and entry.id not in self.overruled_by:
                subject, value = matter(entry)
                decided, by = last.setdefault(subject, (value, entry))
                if decided == value:
                    stay.append(entry)
                else:
                    self._overrule(entry, by)
        return stay

    def _overrule(self, entry: Entry, by: Entry) -> None:
        self.overruled_by[entry.id] = by.id
        if entry.author != by.author:
            self.conflicts.append(Conflict(by, entry))

    # --- who is who ---------------------------------------------------------------------------------------------

    def _who_is_who(self) -> tuple[tuple[Link, ...], dict[Member, tuple[str, ...]]]:
        """Pairs within one entity of an article first, since they may take it apart; then all others."""
        pairs = [e for e in self.entries if isinstance(e.decision, Pair) and e.id in self.located]
        inner = {e.id for e in pairs if len({place.member for place in self.located[e.id].mentions}) == 1}
        places: Partition[Place] = Partition()
        self._accept(places, inner, lambda place: place)
        self._take_apart(places, inner)
        partition: Partition[Member] = Partition()
        accepted = self._accept(partition, {e.id for e in pairs}, self._member)
        links = []
        for entry in accepted:
            one, other = map(self._member, self.located[entry.id].mentions)
            if one != other:
                links.append(Link(_is_same(entry), min(one, other), max(one, other), entry.id))
        identified = self._last_of((Identity,), self._identity)
        links += self._of_one_identity(partition, identified)
        links += self._kept_open(partition, (e for e in pairs if e.name == "unsure" and e.id not in self.overruled_by))
        identities: defaultdict[Member, set[str]] = defaultdict(set)
        for entry in identified:
            identities[self._identified(entry)].add(_iri(entry))
        return (
            tuple(sorted(links, key=lambda link: (link.one, link.other, link.entry))),
            {member: tuple(sorted(iris)) for member, iris in sorted(identities.items())},
        )

    def _identity(self, entry: Entry) -> tuple[Hashable, Any]:
        assert isinstance(entry.decision, Identity)
        return (self._identified(entry), entry.decision.authority), entry.decision.iri

    def _identified(self, entry: Entry) -> Member:
        return self._member(self.located[entry.id].mentions[0])

    def _of_one_identity(self, partition: Partition[Member], identified: Iterable[Entry]) -> Iterator[Link]:
        """What has one IRI is one, unless judgements keep it apart."""
        firsts: dict[str, Member] = {}
        for entry in sorted(identified, key=lambda e: e.order):
            member = self._identified(entry)
            first = firsts.setdefault(_iri(entry), member)
            if first != member and partition.join(first, member):
                yield Link(True, min(first, member), max(first, member), entry.id)

    def _accept(self, partition: Partition[Any], ids: set[str], thing: Callable[[Place], Any]) -> list[Entry]:
        """Puts judged pairs into the partition, latest first, so that an earlier one that contradicts does not hold."""

        def matter(entry: Entry) -> tuple[Hashable, Any]:
            mentions = frozenset(self.located[entry.id].mentions)
            things = frozenset(map(thing, mentions))
            return (things if len(things) == 2 else mentions) if entry.id in ids else entry.id, entry.name

        accepted: list[Entry] = []
        for entry in self._last_of((Pair,), matter):
            if entry.id not in ids or entry.name == "unsure":
                continue
            one, other = map(thing, self.located[entry.id].mentions)
            if partition.join(one, other) if _is_same(entry) else partition.part(one, other):
                accepted.append(entry)
                continue
            sides = {partition.root(one), partition.root(other)}
            others = (e for e in accepted if {partition.root(thing(p)) for p in self.located[e.id].mentions} == sides)
            self._overrule(entry, next(others))
        return accepted

    def _kept_open(self, partition: Partition[Member], unsure: Iterable[Entry]) -> Iterator[Link]:
        """What nobody can tell is kept apart from any score; what other judgements make one of it stays one."""
        for entry in unsure:
            one, other = map(self._member, self.located[entry.id].mentions)
            if not partition.joined(one, other):
                yield Link(False, min(one, other), max(one, other), entry.id)

    def _take_apart(self, places: Partition[Place], inner: set[str]) -> None:
        """Splits the entities of which mentions are judged to be different; fills `revised` and `parts`."""
        judged = {place for id in inner for place in self.located[id].mentions if id not in self.overruled_by}
        by_member: defaultdict[Member, list[Place]] = defaultdict(list)
        for place in sorted(judged):
            by_member[place.member].append(place)
        by_article: defaultdict[str, dict[str, list[list[Place]]]] = defaultdict(dict)
        for member, there in by_member.items():
            groups = _groups(places, there)
            if len(groups) > 1:
                by_article[member.article][member.entity] = groups
        for key, entities in sorted(by_article.items()):
            mentions = {id: [[place.mention for place in g] for g in groups] for id, groups in entities.items()}
            self.revised[key] = split(self.locator.records[key], mentions)
            for id, groups in entities.items():
                for number in range(len(groups)):
                    part = Member(key, part_id(id, number))
                    for mention in self.revised[key].entity(part.entity).mentions:
                        self.parts[Place(Member(key, id), mention)] = part

    def _member(self, place: Place) -> Member:
        """The entity that a mention belongs to, after entities were taken apart."""
        return self.parts.get(place, place.member)

    # --- claims -------------------------------------------------------------------------------------------------

    def _claim(self, entry: Entry) -> ClaimId:
        claim = self.located[entry.id].claim
        assert claim is not None
        return claim

    def _about_claim(self, entry: Entry) -> tuple[Hashable, Any]:
        found = self.located[entry.id]
        match entry.decision:
            case Speaker():
                return ("speaker", found.claim), frozenset(self._member(place) for place in found.mentions)
            case Wrong(_, name, value):
                return (name, found.claim), value if isinstance(value, str) else found.spans
        return ("hide", found.claim), True

    def _revise(self, claims: Iterable[Entry]) -> tuple[ClaimId, ...]:
        """Corrects fields and hides claims; returns those hidden."""
        hidden = {self._claim(entry) for entry in claims if isinstance(entry.decision, Hide)}
        for entry in claims:
            if isinstance(entry.decision, Wrong):
                claim, value = self._claim(entry), entry.decision.value
                right = value if isinstance(value, str) else self.located[entry.id].spans
                before = self.revised.get(claim.article, self.locator.records[claim.article])
                self.revised[claim.article] = correct(before, claim.claim, entry.decision.field, right)
        for key in sorted({claim.article for claim in hidden}):
            before = self.revised.get(key, self.locator.records[key])
            self.revised[key] = hide(before, {claim.claim for claim in hidden if claim.article == key})
        return tuple(sorted(hidden))


def _iri(entry: Entry) -> str:
    assert isinstance(entry.decision, Identity)
    return entry.decision.iri


def _is_same(entry: Entry) -> bool:
    return entry.name == "same"


def _groups(partition: Partition[Place], places: Sequence[Place]) -> list[list[Place]]:
    """Sorted places in as few groups as may be one; the first group has the first place."""
    groups: list[list[Place]] = []
    for place in places:
        home = next((g for g in groups if partition.join(g[0], place)), None)
        if home is None:
            groups.append([place])
        else:
            home.append(place)
    return groups
