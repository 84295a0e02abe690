"""Clusters of claims as records: when it was said and by whom, who had it first, and how many stand behind it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Evidence
from kg.resolve.claims.cluster import clusters
from kg.resolve.claims.lexicon import meanings
from kg.resolve.claims.links import links
from kg.resolve.claims.oppose import Cast
from kg.resolve.claims.records import ClaimGroup, ClaimLink
from kg.resolve.claims.reports import overlaps, reports
from kg.resolve.claims.statements import Days, Statement, by_date, statements
from kg.resolve.claims.words import stems, words
from kg.resolve.records import ResolvedClaim, ResolvedEntity


@dataclass(frozen=True, slots=True)
class Grouping:
    """All claims in groups, sorted by id, and the links between groups, sorted."""

    groups: tuple[ClaimGroup, ...]
    links: tuple[ClaimLink, ...]


def group_claims(
    records: Sequence[Evidence], claims: Iterable[ResolvedClaim], entities: Sequence[ResolvedEntity]
) -> Grouping:
    """Which claims report one statement, and which statements cannot stand together.

    `claims` and `entities` must be resolved from these same records. Every claim is in one group, often alone. Nothing
    is decided about what is true: links say what contradicts what, and all claims stay. KeyError when a claim is of no
    record.
    """
    ordered = by_date(records)
    told = statements(ordered, claims, entities)
    shared = overlaps([record.article.body for record in ordered])
    parts = clusters(told)
    groups = [_group(part, shared) for part in parts]
    found = links(list(zip(groups, parts, strict=True)), cast_of(ordered, entities))
    return Grouping(tuple(sorted(groups, key=lambda g: g.id)), tuple(found))


def cast_of(records: Iterable[Evidence], entities: Iterable[ResolvedEntity]) -> Cast:
    """What links need to know of the entities."""
    everybody = tuple(entities)
    called = {name for entity in everybody for name in (entity.name, *entity.alternatives)}
    called |= {m.text for r in records for e in r.entities for m in e.mentions if m.kind in ("name", "demonym")}
    return Cast(
        {entity.id: entity.name for entity in everybody},
        {entity.id: frozenset(t.of for t in entity.offices if t.of) for entity in everybody},
        frozenset(stem for name in called for stem in stems(words(name))),
        {
            e.id: meanings(s for n in (e.name, *e.alternatives, *(t.title for t in e.offices)) for s in stems(words(n)))
            for e in everybody
        },
    )


def _group(members: Sequence[Statement], shared: Mapping[tuple[int, int], float]) -> ClaimGroup:
    days = _days(members)
    first = members[0]
    return ClaimGroup(
        id=_digest(first.id.article, *(f"{span.start}-{span.end}" for span in first.claim.content), first.id.claim),
        claims=tuple(m.id for m in members),
        speakers=tuple(sorted(_speakers(members))),
        since=days[0].isoformat() if days else None,
        until=days[1].isoformat() if days else None,
        negative=2 * sum(m.negative for m in members) > len(members),
        reports=tuple(tuple(m.id for m in part) for part in reports(members, shared)),
    )


def _speakers(members: Sequence[Statement]) -> frozenset[str]:
    """Those that most members name; of several, those that the earliest does."""
    count = Counter(m.speakers for m in members if m.speakers)
    return max(count, key=count.__getitem__, default=frozenset())


def _days(members: Sequence[Statement]) -> Days | None:
    """The shortest time that a member gives; of several, the earliest."""
    known = [m.days for m in members if m.dated and m.days] or [m.days for m in members if m.days]
    return min(known, key=lambda days: (days[1] - days[0], days), default=None)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
