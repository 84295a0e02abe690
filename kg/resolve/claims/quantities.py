"""Amounts in words and figures, and whether two of them can both be right."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from kg.resolve.claims.words import stem
from kg.resolve.names import fold

_AMOUNT = re.compile(
    r"(?P<bound>at least|no less than|more than|over|at most|no more than|less than|fewer than|under|up to|"
    r"above|below|exceed(?:s|ed|ing)?)?\s*"
    r"(?P<sign>[$€£¥])?\s?(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d:/])"
    r"(?:[\s-]?(?P<scale>hundred|thousand|million|billion|trillion|bn|m|k)\b)?"
    r"(?:\s?(?P<percent>%|per ?cent\b)|[\s-](?P<unit>[a-z]{3,}))?"
    r"(?P<after>,? (?:at the very least|at least|or more|at most|or less))?",
    re.IGNORECASE,
)
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12,
}  # fmt: skip
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen"}
_UP = re.compile(r"at (?:the very )?least|no less|more|over|above|exceed", re.IGNORECASE)
_NO_UNIT = frozenset(
    "of and or the per in to for from january february march april may june july august september "
    "october november december year years day days month months week weeks hour hours am pm".split()
)
_TOLERANCE = 0.1


@dataclass(frozen=True, slots=True)
class Quantity:
    """So much of something: from `least` to `most`, in one unit, as a stem ("euro", "percent")."""

    least: float
    most: float
    unit: str


def quantities(text: str) -> frozenset[Quantity]:
    """The amounts that have a unit; neither years nor dates."""
    return frozenset(q for match in _AMOUNT.finditer(text) if (q := _quantity(match)))


def _quantity(match: re.Match[str]) -> Quantity | None:
    unit = "percent" if match["percent"] else _SIGNS.get(match["sign"] or "") or (match["unit"] or "").lower()
    if not unit or unit in _NO_UNIT:
        return None
    value = float(match["figure"].replace(",", "")) * _SCALES.get((match["scale"] or "").lower(), 1.0)
    bound = match["bound"] or match["after"]
    if not bound:
        return Quantity(value, value, stem(fold(unit)))
    up = bool(_UP.search(bound)) and not bound.lower().startswith("no more")
    return Quantity(value, math.inf, stem(fold(unit))) if up else Quantity(0.0, value, stem(fold(unit)))


def at_odds(one: frozenset[Quantity], other: frozenset[Quantity]) -> bool:
    """Whether they have amounts of one unit, and none of these can be the same, roundly."""
    pairs = [(a, b) for a in one for b in other if a.unit == b.unit]
    return bool(pairs) and not any(_may_be_one(a, b) for a, b in pairs)


def _may_be_one(a: Quantity, b: Quantity) -> bool:
    return a.least <= b.most * (1 + _TOLERANCE) and b.least <= a.most * (1 + _TOLERANCE)
