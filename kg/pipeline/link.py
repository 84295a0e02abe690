"""Entities of a store ↔ what lists and services know: sure matches become judgements, with the list as their reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.judge import Entry, Identity
from kg.model import EntityType, Member
from kg.pipeline.desk import Desk
from kg.pipeline.gazetteer import PREFIX, read_gazetteer, rows_by_iri
from kg.pipeline.reconcile import Query, Service
from kg.resolve import matches, named_entities


@dataclass(frozen=True, slots=True)
class Linked:
    """What a list or a service gave: entries for the ledger, and lines for people about what is in doubt."""

    entries: tuple[Entry, ...]
    doubts: tuple[str, ...]
    asked: int


@dataclass(frozen=True, slots=True)
class _Found:
    """Who an entity is for sure, by an IRI, and why."""

    member: Member
    iri: str
    reason: str


def by_gazetteer(desk: Desk, path: Path, author: str, time: str, prefix: str = PREFIX) -> Linked:
    """Entities that a user's list knows. RunError when it cannot be read."""
    rows = list(rows_by_iri(read_gazetteer(path, prefix)))
    known = named_entities(desk.evidence, desk.rulings)
    sure: list[_Found] = []
    doubts = []
    for match in matches(known, rows):
        name, iri = match.row.names[0], match.row.iri
        if match.sure:
            sure.append(_Found(match.member, iri, f"{path.name}: {name}, {match.score:.2f} points"))
        else:
            doubts.append(f"{desk.called(match.member)} may be {name} ({iri}): {match.score:.2f} points")
    return Linked(_entries(desk, sure, author, time), tuple(doubts), len(known))


def by_service(desk: Desk, url: str, author: str, time: str, types: Mapping[EntityType, str] | None = None) -> Linked:
    """Entities that a reconciliation service knows: those it calls a match. RunError when it does not answer well."""
    service = Service(url)
    known = named_entities(desk.evidence, desk.rulings)
    names = [max(k.profile.names, key=lambda name: (len(name.split()), k.profile.names[name], name)) for k in known]
    queries = [Query(name, (types or {}).get(k.profile.type, "")) for name, k in zip(names, known, strict=True)]
    sure: list[_Found] = []
    doubts = []
    for one, candidates in zip(known, service.ask(queries), strict=True):
        matching = [c for c in candidates if c.match]
        if len(matching) == 1:
            (best,) = matching
            sure.append(_Found(one.member, best.iri, f"{service.name}: {best.name}, score {best.score:g}"))
        elif candidates:
            best = candidates[0]
            doubts.append(f"{desk.called(one.member)} may be {best.name} ({best.iri}): score {best.score:g}")
    given = Counter(found.iri for found in sure)
    for found in sure:
        if given[found.iri] > 1:  # of several entities, the service cannot tell which one it means
            doubts.append(f"{desk.called(found.member)} may be {found.iri}, and so may another: {found.reason}")
    return Linked(
        _entries(desk, [f for f in sure if given[f.iri] == 1], author, time), tuple(doubts), len(known)
    )  # fmt: skip


def _entries(desk: Desk, sure: Iterable[_Found], author: str, time: str) -> tuple[Entry, ...]:
    """Those that say what no entry of the ledger says already, in force or not: what was undone stays undone."""
    said = {entry.decision for entry in desk.entries if isinstance(entry.decision, Identity)}
    known = {(member, iri) for member, iris in desk.rulings.identities.items() for iri in iris}
    entries = []
    for found in sure:
        decision = Identity(desk.earliest(found.member), found.iri)
        if decision not in said and not any((m, found.iri) in known for m in desk.members_with(found.member)):
            entries.append(Entry(decision, author, time, found.reason))
    return tuple(entries)
