"""Claims → groups that report one statement each: candidates found by an index, scored, and joined by average linkage.

No step looks at all pairs: a claim is compared with its neighbours in its article, and with a fixed number of those
nearest in time, on either side, with which it shares a speaker and a telling word, or a run of words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations

from kg.resolve.claims.alike import score
from kg.resolve.claims.statements import Statement

LEAST = 0.4
"""The mean probability that two members of a group report one statement (average linkage)."""

_KEYS = 8  # the most telling words of a claim
_NEAR = 12  # claims under one key that it is compared with
_BESIDE = 2  # places in its article
_LARGEST = 12  # members of a group that stand for all of it in a comparison

Pair = tuple[int, int]


def clusters(told: Sequence[Statement]) -> list[tuple[Statement, ...]]:
    """All claims, each in one group; members in their order, groups by their first member."""
    scores: dict[Pair, float] = {}

    def alike(pair: Pair) -> float:
        if pair not in scores:
            scores[pair] = score(told[pair[0]], told[pair[1]])
        return scores[pair]

    pairs = sorted((-alike(pair), pair) for pair in candidates(told))
    group = list(range(len(told)))
    members = {n: [n] for n in group}
    for value, (one, other) in pairs:
        if -value < LEAST:
            break
        first, second = sorted((group[one], group[other]))
        if first != second and _mean(members[first], members[second], alike) >= LEAST:
            for member in members[second]:
                group[member] = first
            members[first] = sorted(members[first] + members.pop(second))
    return [tuple(told[n] for n in members[first]) for first in sorted(members)]


def _mean(one: Sequence[int], other: Sequence[int], alike: Callable[[Pair], float]) -> float:
    some, others = one[:_LARGEST], other[:_LARGEST]
    total = sum(alike((min(a, b), max(a, b))) for a in some for b in others)
    return total / (len(some) * len(others))


def candidates(told: Sequence[Statement]) -> set[Pair]:
    """Pairs worth comparing, by their places in `told`; their number grows with that of the claims, not its square."""
    shelves: defaultdict[Hashable, list[int]] = defaultdict(list)
    articles: defaultdict[int, list[int]] = defaultdict(list)
    for n, statement in enumerate(told):
        articles[statement.article].append(n)
        for key in _keys(statement):
            shelves[key].append(n)
    pairs = {pair for shelf in shelves.values() for pair in _near(shelf, _NEAR)}
    pairs.update(pair for there in articles.values() for pair in _near(there, _BESIDE))
    return pairs


def _near(shelf: Sequence[int], reach: int) -> Iterator[Pair]:
    """Pairs of a sorted list whose places are at most `reach` apart."""
    if len(shelf) <= reach:
        yield from combinations(shelf, 2)
        return
    for place, one in enumerate(shelf):
        for other in shelf[place + 1 : place + 1 + reach]:
            yield one, other


def _keys(statement: Statement) -> Iterable[Hashable]:
    telling = sorted(statement.stems, key=lambda s: (-statement.stems[s], s))[:_KEYS]
    for speaker in sorted(statement.speakers) or [""]:
        yield from ((speaker, stem) for stem in telling)
    yield from sorted(statement.runs)[:_KEYS]  # copies of the words, whoever is read as their speaker
