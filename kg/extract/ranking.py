"""How well an entity fits an anaphor: named features, and one weight for each kind of anaphor (`data/reference.tsv`).

A log-linear ranking of entities (Denis and Baldridge 2008): every entity that may be meant, and nobody, gets the sum of
its features' weights; the shares of their exponentials are probabilities. The features are the classic ones: distance,
grammatical role and decayed salience (Lappin and Leass 1994), parallel roles, gender and number, the words of a noun,
and what news adds, who spoke last. The weights are learnt from the entities of GUM's training part.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.annotate.tables import read_table

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer: an entity's number (negative: somebody or something without a name), or None for nobody."""

    node: int | None
    features: Features


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """The weights of features by kind of anaphor. The table is read once."""
    table: dict[str, dict[str, float]] = {}
    for row in read_table("reference.tsv", "extract"):
        table.setdefault(row["anaphor"], {})[row["feature"]] = float(row["weight"])
    return table


def probabilities(form: str, options: Sequence[Option]) -> list[float]:
    """The probability of each option."""
    own = weights().get(form, {})
    scores = [sum(own.get(name, 0.0) * value for name, value in option.features.items()) for option in options]
    top = max(scores)
    shares = [math.exp(score - top) for score in scores]
    total = sum(shares)
    return [share / total for share in shares]


def threshold(form: str) -> float:
    """The probability that somebody with a name is meant, from which a link is made; learnt with the weights."""
    return weights().get(form, {}).get("threshold", 0.5)
