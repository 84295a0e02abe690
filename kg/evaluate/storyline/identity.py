"""Who is who: B-cubed over the gold's mentions, and homonyms that were made one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from itertools import combinations
from typing import TypeVar

from kg.evaluate.report import Figure
from kg.evaluate.storyline.gold import GoldMention
from kg.evaluate.storyline.result import Result
from kg.resolve import fold


def identity(result: Result) -> Iterator[Figure]:
    """B-cubed of all gold mentions, of those that were found at all, and of names alone; and homonyms merged."""
    gold = result.gold.mentions
    key = {mention: result.entity(mention) or mention for mention in gold}
    everything = {m: m.entity for m in gold}
    found = {m: m.entity for m in gold if m in result.mentions}
    names = {m: m.entity for m in gold if m.kind == "name"}
    yield from _figures("identity", everything, key)
    yield Figure("identity, mentions found", 100 * bcubed(found, key)[2])
    yield Figure("identity, names", 100 * bcubed(names, key)[2])
    yield Figure("mentions found", 100 * len(found) / max(len(gold), 1))
    yield Figure("homonyms merged", len(merged(result)), "pairs")


def _figures(name: str, gold: Mapping[GoldMention, str], key: Mapping[GoldMention, Hashable]) -> Iterator[Figure]:
    precision, recall, f1 = bcubed(gold, key)
    yield Figure(name, 100 * f1)
    yield Figure(f"{name}: precision", 100 * precision)
    yield Figure(f"{name}: recall", 100 * recall)


_T = TypeVar("_T", bound=Hashable)


def bcubed(gold: Mapping[_T, str], found: Mapping[_T, Hashable]) -> tuple[float, float, float]:
    """Precision, recall and F1, 0 to 1, of a clustering of the things in `gold` (Bagga and Baldwin 1998).

    A thing that was not found must be alone in its cluster: then it costs recall.
    """
    if not gold:
        return 0.0, 0.0, 0.0
    wanted = Counter(gold.values())
    given = Counter(found[m] for m in gold)
    both = Counter((entity, found[m]) for m, entity in gold.items())
    precision = sum(n * n / given[key] for (_, key), n in both.items()) / len(gold)
    recall = sum(n * n / wanted[entity] for (entity, _), n in both.items()) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def merged(result: Result) -> list[tuple[str, str]]:
    """Pairs of people of one surname, by gold id, of whom two names or more each landed in one entity."""
    held: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mention in result.gold.mentions:
        entity = result.entity(mention)
        if entity is not None and mention.kind == "name" and result.gold.types[mention.entity] == "Person":
            held[entity][mention.entity] += 1
    pairs = set()
    for people in held.values():
        for one, other in combinations(sorted(people), 2):
            if _surname(result, one) == _surname(result, other) and min(people[one], people[other]) > 1:
                pairs.add((one, other))
    return sorted(pairs)


def _surname(result: Result, person: str) -> str:
    return fold(result.gold.names[person]).split()[-1]
