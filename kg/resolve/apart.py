"""Two people of one full name whom an article was read to take for one.

Where some article tells two bearers of a name apart, another may speak of both without saying so. It does where it
introduces the name twice, with offices that one person does not hold at a time ("The deputy, Andrei Rusu, …
Infrastructure Minister Andrei Rusu …").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kg.judge import split
from kg.model import Entity, Evidence, Mention
from kg.resolve.names import person_parts
from kg.resolve.tables import kind_of_office
from kg.resolve.titles import office_words

Parts = tuple[str, ...]
_MARK = "+"  # between an entity's id and the number of its part; judgements have another one


def told_apart(records: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The records in the given order, with such entities taken apart. Claims and offices follow the mentions."""
    every = tuple(records)
    shared = {parts for record in every for parts in _shared(record)}
    return tuple(_apart(record, shared) for record in every) if shared else every


def _shared(record: Evidence) -> list[Parts]:
    """Full names that two people of an article bear."""
    count = Counter(parts for e in record.entities if e.type == "Person" for parts in {p for _, p in _full(e)})
    return [parts for parts, times in count.items() if times > 1]


def _full(entity: Entity) -> list[tuple[Mention, Parts]]:
    """The mentions by a full name, with its parts."""
    named = [(m, person_parts(m.text)) for m in entity.mentions if m.kind == "name"]
    return [(mention, parts) for mention, parts in named if len(parts) > 1]


def _apart(record: Evidence, shared: set[Parts]) -> Evidence:
    groups = {
        entity.id: introduced
        for entity in record.entities
        if entity.type == "Person" and len(introduced := _introduced(entity, shared)) == 2
    }
    return split(record, groups, _MARK) if groups else record


def _introduced(entity: Entity, shared: set[Parts]) -> Sequence[Sequence[Mention]]:
    """The mentions by a shared name that each come with an office of another kind."""
    found: dict[str, Mention] = {}
    names = [mention for mention, parts in _full(entity) if parts in shared]
    for office in sorted(entity.offices, key=lambda office: office.evidence):
        words, over = office_words(office.title)
        inside = [m for m in names if office.evidence.start <= m.start and m.end <= office.evidence.end]
        if inside and not over and (kind := kind_of_office(words)):
            found.setdefault(kind, inside[0])
    return [[mention] for mention in sorted(set(found.values()))]
