"""How sure it is that two claims report one statement: named features, weighed.

The weights were fitted by logistic regression on one half of the storyline's speakers, and hold on the other half; the
figures, and what sentence encoders would add to them, are in `tests/gold/storyline-gold/README.md`. Three weights are
set by hand, for what the storyline has too little of: `one word`, `dated apart`, `opposite and apart`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from kg.resolve.claims.statements import Statement

WEIGHTS: Mapping[str, float] = {
    "bias": -3.2,
    "shared": 2.6,
    "contained": 4.1,
    "verbatim": 1.6,
    "opposite": -1.3,
    "opposite and apart": -3.0,
    "one article": -1.0,
    "neighbours": 1.5,
    "same day": 1.8,
    "apart": -3.1,
    "undated": -0.6,
    "one word": -0.5,
    "dated apart": -3.0,
}
"""What each feature adds to the logarithm of the odds; `bias` is where they start."""

_FEW = 10.0  # weight of words under which shared ones prove little
_LONGEST = 10  # days after which distance in time says no more


def features(one: Statement, other: Statement) -> dict[str, float]:
    """What speaks for and against two claims of one speaker being one statement. All lie between 0 and 1.

    `shared` is the weighed share of stems that both have (Jaccard), `contained` that of the shorter one's stems in the
    longer; `verbatim` the share of the shorter one's runs of three words. `one word` is one shared stem and no more.
    `apart` grows with the days between; `dated apart` says that the text gives two different days.
    """
    common = len(one.stems.keys() & other.stems.keys())
    both = sum(w for s, w in one.stems.items() if s in other.stems)
    lighter = min(one.weight, other.weight)
    fewer = min(len(one.runs), len(other.runs))
    neighbours = one.article == other.article and abs(one.position - other.position) == 1
    gap = days_between(one, other)
    return {
        "shared": both / max(one.weight + other.weight - both, 1e-9),
        "contained": both / max(lighter, _FEW),
        "verbatim": len(one.runs & other.runs) / fewer if fewer else 0.0,
        "one word": float(common == 1 and min(len(one.stems), len(other.stems)) > 2),
        "opposite": float(one.negative != other.negative),
        "opposite and apart": float(one.negative != other.negative and bool(gap)),
        "one article": float(one.article == other.article),
        "neighbours": float(neighbours),
        "same day": float(gap == 0),
        "apart": min(gap, _LONGEST) / _LONGEST if gap is not None else 0.0,
        "undated": float(gap is None),
        "dated apart": float(bool(gap) and one.dated and other.dated),
    }


def score(one: Statement, other: Statement) -> float:
    """The probability, 0 to 1, that both report one statement; 0 where their speakers differ."""
    if not may_be_one(one, other):
        return 0.0
    return probability(features(one, other))


def probability(found: Mapping[str, float]) -> float:
    """The logistic function of the weighed features."""
    odds = WEIGHTS["bias"] + sum(WEIGHTS[name] * value for name, value in found.items())
    return 1 / (1 + math.exp(-odds))


def may_be_one(one: Statement, other: Statement) -> bool:
    """Whether the speakers allow it: mostly the same ones; or, where one is unknown, one copies the other's words.

    Two sources without a name must share a word, an article, or the words of the claim.
    """
    if one.speakers and other.speakers:
        return 2 * len(one.speakers & other.speakers) >= len(one.speakers | other.speakers)
    if one.speakers or other.speakers:
        return copied(one, other)
    return bool(one.source & other.source) or one.article == other.article or copied(one, other)


def copied(one: Statement, other: Statement) -> bool:
    """Whether most of the shorter content stands in the longer one word for word, and is long enough to tell."""
    fewer = min(len(one.runs), len(other.runs))
    return fewer >= 3 and len(one.runs & other.runs) >= 0.6 * fewer


def days_between(one: Statement, other: Statement) -> int | None:
    """Days from one's time to the other's, 0 where they may be the same; None where either is open."""
    if one.days is None or other.days is None:
        return None
    return max((one.days[0] - other.days[1]).days, (other.days[0] - one.days[1]).days, 0)
