"""The mentions of all entities of an article, looked up by place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.model import Entity, Mention

_FARTHEST = 200  # characters a mention that reaches into a span may begin before it


@dataclass(frozen=True, slots=True)
class Mentions:
    """Mentions with their entities, sorted by first character."""

    pairs: tuple[tuple[Mention, Entity], ...]

    def within(self, start: int, end: int) -> Sequence[tuple[Mention, Entity]]:
        """Those that stand wholly between two characters."""
        first = bisect_left(self.pairs, start, key=_start)
        last = bisect_left(self.pairs, end, lo=first, key=_start)
        return [pair for pair in self.pairs[first:last] if pair[0].end <= end]

    def cut(self, start: int, end: int) -> Sequence[tuple[Mention, Entity]]:
        """Those that overlap the edge of a stretch of text."""
        first = bisect_left(self.pairs, start - _FARTHEST, key=_start)
        last = bisect_left(self.pairs, end, lo=first, key=_start)
        found = self.pairs[first:last]
        return [(m, e) for m, e in found if m.end > start and not (start <= m.start and m.end <= end)]


def mentions_of(entities: Iterable[Entity]) -> Mentions:
    """All mentions of these entities."""
    pairs = [(mention, entity) for entity in entities for mention in entity.mentions]
    return Mentions(tuple(sorted(pairs, key=lambda pair: (pair[0], pair[1].id))))


def _start(pair: tuple[Mention, Entity]) -> int:
    return pair[0].start
