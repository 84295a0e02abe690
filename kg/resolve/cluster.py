"""Profiles → clusters: who is compared with whom, in what order, and what is decided.

No step compares all with all. Each starts from blocks of those that share something (a full name, the sound of a
surname but for one letter, an acronym, a rare word), and looks at a bounded number of candidates in a block, those
nearest in time. In turn:

1. countries and places are one by code or name, well-known organisations by the table that ships with the package;
2. bearers of one full name, and organisations of one name, join unless what is said around them tells them apart;
3. organisations join by acronym and by parts of their names;
4. names of people that sound alike, or are spelt nearly alike, join where the rest agrees;
5. a surname alone, or one with initials, goes to the one candidate that is clearly the best;
6. what was read as a person (an outlet also as a place) and is an organisation elsewhere joins that one;
7. people called by an office alone go to the one who is seen to have held it then (`kg.resolve.holders`).

Two people of one article are never joined, nor any that a judgement keeps apart. What falls short stays apart, and is
kept as a doubt. All is done in an order that depends on the articles alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kg.judge import Link, Partition
from kg.model import Entity, Evidence, Member
from kg.resolve import blocks
from kg.resolve.decisions import Decision
from kg.resolve.features import JOIN, MARGIN, UNSURE, Feature, compare, full_names, score
from kg.resolve.holders import find_holders
from kg.resolve.names import fold, organisation_words, person_parts
from kg.resolve.profiles import Profile, called, profiles
from kg.resolve.tables import known_item

_ESTABLISHED = 3  # articles that make a namesake more than a slip of reading
_DOMINANT = 3  # times the articles of a slight namesake
_HEADS = 16  # namesakes that a new bearer of the name is compared with
Outcome = Literal["joined", "unsure", "apart"]
_SAME_CODE = (Feature("same country code", 1.0),)
_SAME_NAME = (Feature("same name", 1.0),)
_KNOWN = {"code": _SAME_CODE, "item": (Feature("known under both names", 1.0),)}


@dataclass(frozen=True, slots=True)
class Clustering:
    """Clusters of members in order of first mention, the decisions that joined them, and the doubts that remain.

    Whom an article calls by an office alone is in none, where nothing was decided or doubted of them.
    """

    clusters: tuple[tuple[Member, ...], ...]
    joined: tuple[Decision, ...]
    doubts: tuple[Decision, ...]
    profile_of: Mapping[Member, Profile] = field(default_factory=dict, repr=False, compare=False)

    def weigh(self, one: Member, other: Member) -> tuple[Feature, ...] | None:
        """The features of the clusters that two members are in; None where one is a country."""
        mine, its = self.profile_of.get(one), self.profile_of.get(other)
        return None if mine is None or its is None else compare(mine, its)


def cluster(
    records: Sequence[Evidence], ordered: Sequence[Member], links: Iterable[Link], judged: Collection[Member] = ()
) -> Clustering:
    """Who is who. `ordered` are all entities of the records, by first mention; `links` are what judgements say of them,
    and `judged` those of whom judgements say something else."""
    clerk = Clerk(records, ordered, links)
    clerk.nobody -= set(judged)
    clerk.known()
    clerk.namesakes()
    clerk.organisations()
    clerk.spellings()
    clerk.surnames()
    clerk.misread()
    clerk.unnamed(records)
    return clerk.result()


class Clerk:
    """The state of one run, and its steps in the order of `cluster`."""

    def __init__(self, records: Sequence[Evidence], ordered: Sequence[Member], links: Iterable[Link]) -> None:
        self.ordered = ordered
        self.rank = {member: n for n, member in enumerate(ordered)}
        self.entities = {Member(r.article.key, e.id): e for r in records for e in r.everyone}
        self.nobody = {Member(r.article.key, e.id) for r in records for e in r.unnamed}  # until it is told who they are
        self.partition: Partition[Member] = Partition()
        self.joined: list[Decision] = []
        self.doubts: list[Decision] = []
        self.profile_of: dict[Member, Profile] = profiles(records)
        self.settled: set[Member] = set()  # by judgements that say with whom they are one
        self.shared = _shared_names(records)
        for link in links:
            self.nobody -= {link.one, link.other}
            self.settled |= {link.one, link.other} if link.same else set()
            if link.same:
                self._judged_same(link)
            else:
                self.partition.part(link.one, link.other)

    def result(self) -> Clustering:
        """Clusters as they are now; of a doubt about two that became one after all, nothing is left."""
        members: defaultdict[Member, list[Member]] = defaultdict(list)
        in_doubt = {member for doubt in self.doubts for member in (doubt.one, doubt.other)}
        for member in self.ordered:
            if member not in self.nobody or member in in_doubt:
                members[self.partition.root(member)].append(member)
        doubts: dict[tuple[Member, ...], Decision] = {}
        for doubt in self.doubts:
            roots = sorted((self.partition.root(doubt.one), self.partition.root(doubt.other)), key=self._rank)
            if roots[0] != roots[1] and not self.partition.parted(*roots):
                best = doubts.setdefault(tuple(roots), doubt)
                if best.score < doubt.score:
                    doubts[tuple(roots)] = doubt
        ranked = sorted(doubts.values(), key=lambda d: (-d.score, self.rank[d.one], self.rank[d.other]))
        profile_of = {m: p for m in self.ordered if (p := self._known(m)) is not None}
        return Clustering(tuple(map(tuple, members.values())), tuple(self.joined), tuple(ranked), profile_of)

    # --- steps --------------------------------------------------------------------------------------------------

    def known(self) -> None:
        """Countries by ISO code or name, places by name, well-known organisations by what tables call them."""
        heads: defaultdict[tuple[str, ...], list[Member]] = defaultdict(list)
        for member in self.ordered:
            if (key := _known_key(self.entities[member])) is None:
                continue
            features = _KNOWN.get(key[0], _SAME_NAME)
            for head in heads[key]:
                if self.partition.joined(head, member) or not self.partition.parted(head, member):
                    self._record(head, member, features)
                    break
            else:
                heads[key].append(member)

    def namesakes(self) -> None:
        """Bearers of one full name, those of whom most is said first."""
        found: defaultdict[tuple[str, ...], list[Profile]] = defaultdict(list)
        for profile in self._profiles():
            for key in _name_keys(profile):
                found[key].append(profile)
        for bearers in found.values():
            self._part(sorted(bearers, key=lambda p: (*_silence(p), self.rank[p.first])))

    def _part(self, bearers: Sequence[Profile]) -> None:
        """Tells namesakes apart: each goes to the one that it fits, or is another one itself.

        In a second round those between two, and those alone, are looked at again, now that more is known of the others.
        """
        heads: list[Member] = []
        between: list[Member] = []
        for profile in bearers:
            outcome = self._place(self._of(profile), self._largest(heads), crowded=True)
            if outcome == "unsure":
                between.append(profile.first)
            elif outcome == "apart" and not any(self.partition.joined(profile.first, head) for head in heads):
                heads.append(profile.first)
        for head in heads:
            current = self.profile_of[self.partition.root(head)]
            if len(heads) > 1 and len(current.members) < _ESTABLISHED:
                larger = [p for p in self._largest(heads) if len(p.members) > len(current.members)]
                self._place(current, larger, crowded=True)
        for member in between:
            self._place(self.profile_of[self.partition.root(member)], self._largest(heads), crowded=True)

    def _largest(self, heads: Sequence[Member]) -> list[Profile]:
        found = list({id(p): p for p in (self.profile_of[self.partition.root(head)] for head in heads)}.values())
        return found if len(found) <= _HEADS else sorted(found, key=lambda p: -len(p.members))[:_HEADS]

    def organisations(self) -> None:
        """Short names of organisations, and at last acronyms, to the longer names that they fit."""
        index = blocks.OrganisationIndex(p for p in self._profiles() if p.type == "Organisation")
        for profile in index.longest_first():
            current = self._of(profile)
            self._place(current, self._open(index.candidates(profile)), crowded=True)

    def spellings(self) -> None:
        """Full names that are spelt otherwise: pairs by score, the best first."""
        people = [p for p in self._profiles() if p.type == "Person" and full_names(p) and not _has_initial(p)]
        scored = []
        for one, other in blocks.alike(people):
            if self._may_join(one, other) and not _are_namesakes(found := compare(one, other)):
                scored.append((-score(found), self.rank[one.first], self.rank[other.first], one, other, found))
        scored.sort(key=lambda row: row[:3])
        for points, _, _, one, other, found in scored:
            if -points < UNSURE:
                break
            mine, its = self._of(one), self._of(other)
            if mine is its or not self._may_join(mine, its):
                continue
            if mine is not one or its is not other:
                found = compare(mine, its)
            if not _are_namesakes(found):
                self._decide(mine, its, found)

    def surnames(self) -> None:
        """Surnames alone and with initials, those of whom most is said first."""
        people = [p for p in self._profiles() if p.type == "Person" and p.names]
        index = blocks.SurnameIndex(p for p in people if full_names(p) and not _has_initial(p))
        short = [p for p in people if (not full_names(p) or _has_initial(p)) and not self._is_between_namesakes(p)]
        short.sort(key=lambda p: (not full_names(p), *_silence(p), self.rank[p.first]))
        for profile in short:
            current = self._of(profile)
            if self._place(current, self._open(index.candidates(profile)), crowded=True) == "apart":
                index.add(current)

    def _is_between_namesakes(self, profile: Profile) -> bool:
        """Whether an article has two of one full name with this surname, so that nobody can tell which it means."""
        surnames = {parts[-1] for name in profile.names if (parts := person_parts(name))}
        return any((article, surname) in self.shared for article in profile.articles for surname in surnames)

    def misread(self) -> None:
        """People and places that have the name of an organisation: those without what only people have, and outlets."""
        things: defaultdict[tuple[str, ...], list[Profile]] = defaultdict(list)
        every = list(self._profiles())
        for profile in every:
            if profile.type == "Organisation":
                for name in {organisation_words(name) for name in profile.names} - {()}:
                    things[name].append(profile)
        for profile in every:
            if profile.names and (profile.type == "Person" or (profile.type == "Place" and profile.is_outlet)):
                names = sorted({organisation_words(name) for name in profile.names} & things.keys())
                near = blocks.nearest(profile, [p for name in names for p in things[name]])
                self._place(profile, [self._of(p) for p in near], crowded=True)

    def unnamed(self, records: Sequence[Evidence]) -> None:
        """People called by an office alone, to whoever is seen to have held it then."""
        holders, asked = find_holders(records, self.ordered, self.partition.root)
        for one in asked:
            fitting = [] if one.member in self.settled else holders.candidates(one)
            candidates = [(found, holder) for holder, found in fitting if not self.partition.parted(holder, one.member)]
            if not candidates:
                continue
            candidates.sort(key=lambda pair: (-score(pair[0]), self.rank[pair[1]]))
            found, best = candidates[0]
            near = [c for c in candidates[1:3] if score(found) - score(c[0]) < MARGIN]
            if not near and score(found) >= JOIN:
                self.nobody.discard(one.member)
                self._record(best, one.member, found)
            elif score(found) >= UNSURE:
                rivals = (near[0][1], best) if near else (None,)
                for (features, holder), rival in zip(candidates, rivals, strict=False):
                    self.doubts.append(Decision(one.member, holder, False, features, rival))

    # --- deciding -----------------------------------------------------------------------------------------------

    def _place(self, profile: Profile, candidates: Sequence[Profile], *, crowded: bool) -> Outcome:
        """Joins a profile to the best candidate, where one is good enough and, in a crowd, clearly the best."""
        distinct = {id(c): c for c in candidates if c is not profile and self._may_join(c, profile)}.values()
        if not distinct:
            return "apart"
        everyone = sum(len(c.members) for c in distinct if _is_named(c)) or 1
        scored = [(compare(profile, c, share=len(c.members) / everyone), c) for c in distinct]
        scored.sort(key=lambda pair: (-score(pair[0]), self.rank[pair[1].first]))
        close = [(f, c) for f, c in scored if score(scored[0][0]) - score(f) < MARGIN]
        largest = max(close, key=lambda pair: len(pair[1].members))[1]
        (found, best), *near = [pair for pair in close if not self._is_slight(pair[1], largest)]
        if crowded and near and score(found) >= JOIN:
            if all(self.partition.parted(best.first, c.first) for _, c in near):
                # a judgement about these two says nothing of others, who stay with whoever came first
                found, best = min([(found, best), *near], key=lambda pair: self.rank[pair[1].first])
                return self._decide(profile, best, found)
            for (features, candidate), (_, rival) in zip(scored[:2], scored[1::-1], strict=True):
                self.doubts.append(Decision(profile.first, candidate.first, False, features, rival.first))
            return "unsure"
        return self._decide(profile, best, found)

    def _is_slight(self, rival: Profile, best: Profile) -> bool:
        """Whether a rival, if nobody judged that it is another, may be a slip of reading or is too rare to be meant."""
        size = len(rival.members)
        slight = size < _ESTABLISHED and len(best.members) >= _DOMINANT * size and rival.type == "Person"
        return slight and not self.partition.parted(best.first, rival.first)

    def _decide(self, one: Profile, other: Profile, found: tuple[Feature, ...]) -> Outcome:
        points = score(found)
        if points < JOIN:
            if points >= UNSURE:
                self.doubts.append(Decision(one.first, other.first, False, found))
            return "apart"
        self._record(one.first, other.first, found)
        return "joined"

    def _record(self, one: Member, other: Member, found: tuple[Feature, ...]) -> None:
        """Joins what may be joined, and keeps why."""
        if not self.partition.joined(one, other):
            self._join(one, other)
            self.joined.append(Decision(one, other, True, found))

    def _join(self, one: Member, other: Member) -> None:
        mine, its = self._known(one), self._known(other)
        self.partition.join(one, other)
        whole = mine or its
        if mine is not None and its is not None:
            whole, small = (mine, its) if len(mine.members) >= len(its.members) else (its, mine)
            whole.absorb(small)
            whole.first = min(mine.first, its.first, key=self._rank)
        if whole is not None:
            self.profile_of[self.partition.root(one)] = whole

    def _judged_same(self, link: Link) -> None:
        """What an article says of two stands back where a judgement makes one of them another's."""
        if not self.partition.joined(link.one, link.other):
            self._join(link.one, link.other)
            if (whole := self._known(link.one)) is not None:
                whole.articles -= {link.one.article, link.other.article}

    def _may_join(self, one: Profile, other: Profile) -> bool:
        if one.type == other.type == "Person" and not one.articles.isdisjoint(other.articles):
            return False
        return not self.partition.parted(one.first, other.first)

    def _open(self, candidates: Iterable[Profile]) -> list[Profile]:
        """The clusters that candidates are in now."""
        return [self._of(c) for c in candidates]

    def _of(self, profile: Profile) -> Profile:
        return self.profile_of[self.partition.root(profile.first)]

    def _known(self, member: Member) -> Profile | None:
        return self.profile_of.get(self.partition.root(member))

    def _profiles(self) -> Iterable[Profile]:
        """All clusters but countries, in order of first mention."""
        seen: set[int] = set()
        for member in self.ordered:
            profile = self._known(member)
            if profile is not None and id(profile) not in seen:
                seen.add(id(profile))
                yield profile

    def _rank(self, member: Member) -> int:
        return self.rank[member]


def _known_key(entity: Entity) -> tuple[str, ...] | None:
    if entity.type == "Organisation":
        items = {item for name in called(entity) if (item := known_item(name))}
        return ("item", items.pop()) if len(items) == 1 else None
    if entity.type == "Country":
        return ("code", entity.iso) if entity.iso else ("country", fold(entity.name))
    return ("place", fold(entity.name)) if entity.type == "Place" and fold(entity.name) else None


def _name_keys(profile: Profile) -> list[tuple[str, ...]]:
    """What namesakes share: full names of people without initials, the fullest name of anything else."""
    if profile.type == "Person":
        return [("Person", *parts) for parts in full_names(profile) if len(parts[0]) > 1]
    if profile.type == "Organisation" and profile.names:
        words = organisation_words(next(iter(profile.names)))
        return [("Organisation", *words)] if words else []
    return []


def _shared_names(records: Iterable[Evidence]) -> set[tuple[str, str]]:
    """Articles, by key, in which two people have one full name, with the surname."""
    found = set()
    for record in records:
        people = [e for e in record.entities if e.type == "Person"]
        names = Counter(parts for e in people for parts in {person_parts(n) for n in called(e)} if len(parts) > 1)
        found |= {(record.article.key, parts[-1]) for parts, times in names.items() if times > 1}
    return found


def _are_namesakes(found: tuple[Feature, ...]) -> bool:
    """Whether two bear one full name, so that it was decided already whether they are one."""
    return any(feature.name == "same full name" for feature in found)


def _is_named(profile: Profile) -> bool:
    """Whether it has a name that says who it is; a surname alone does not."""
    return profile.type != "Person" or bool(full_names(profile))


def _has_initial(profile: Profile) -> bool:
    return all(len(parts[0]) == 1 for parts in full_names(profile))


def _silence(profile: Profile) -> tuple[bool, bool, bool]:
    """For sorting: those with an office of a known body first, then those with any, then those with a country."""
    return (
        not any(office.body for office in profile.offices),
        not profile.offices,
        not profile.countries,
    )
