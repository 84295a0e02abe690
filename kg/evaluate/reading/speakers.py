"""Who the source of a claim is: one person, organisation or country, several together, or nobody with a name."""

from __future__ import annotations

from kg.evaluate.reading.align import (
    answer,
    gold_names,
    names_of,
    overlaps,
    place,
    right,
    same_names,
)  # fmt: skip
from kg.evaluate.reading.gold import Item, interval
from kg.evaluate.scores import Counts
from kg.model import Claim, Evidence


def score(item: Item, found: Evidence) -> dict[str, Counts]:
    """Names, class and source of the claim that answers; where none does, all are wrong."""
    assert item.target is not None
    claim = answer(found.claims, item.target)
    gold, source = gold_names(item.label["speakers"]), interval(item.label["source"])
    ours = names_of(found, claim.speakers) if claim is not None else []
    given = place(claim.source) if claim is not None else None
    counts = {
        "speakers": right(claim is not None and same_names(ours, gold)),
        "class": right(claim is not None and class_of(claim, found) == item.label["class"]),
        "source": Counts(
            int(given is not None and source is not None and overlaps([given], [source])),
            int(given is not None),
            int(source is not None),
        ),
        "source, exact": Counts(int(given == source is not None), int(given is not None), int(source is not None)),
        "answered": right(claim is not None),
        f"speakers: {item.label['class']}": right(claim is not None and same_names(ours, gold)),
    }
    if item.label["class"] == "unnamed":
        counts["unnamed stay unnamed"] = right(claim is not None and not claim.speakers)
    return counts


def class_of(claim: Claim, found: Evidence) -> str:
    """The class of GUIDELINE.md, as far as a claim tells: a joint source of which one or none is named looks like
    one of a single member."""
    if claim.source is None:
        return "unknown"
    if len(claim.speakers) > 1:
        return "joint"
    return found.entity(claim.speakers[0]).type.lower() if claim.speakers else "unnamed"
