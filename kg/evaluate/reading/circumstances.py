"""To whom, when and where a claim was uttered."""

from __future__ import annotations

from kg.evaluate.corpora import Interval
from kg.evaluate.reading.align import (
    agree,
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
    """Three accuracies, exact spans beside them, and each accuracy over the items alone for which gold has something.

    Where no claim answers, all are wrong.
    """
    assert item.target is not None
    label, claim = item.label, answer(found.claims, item.target)
    spans = {
        "addressee": (place(claim.addressee) if claim else None, interval(label["addressee"])),
        "said on": (place(claim.said_on.span) if claim and claim.said_on else None, interval(label["said_on"])),
        "place": (place(claim.place_span) if claim else None, interval(label["place"])),
    }
    correct = {
        "addressee": claim is not None
        and _same_span(*spans["addressee"])
        and same_names(names_of(found, claim.addressees), gold_names(label["addressees"])),
        "said on": claim is not None and _same_time(claim, spans["said on"], label["said_on"]),
        "place": claim is not None and _same_place(claim, found, label["place"]),
    }
    counts = {name: right(is_right) for name, is_right in correct.items()}
    for name, (ours, gold) in spans.items():
        counts[f"{name}, exact span"] = Counts(
            int(ours == gold is not None), int(ours is not None), int(gold is not None)
        )
        if gold is not None:
            counts[f"{name}, where gold has one"] = right(correct[name])
    counts["answered"] = right(claim is not None)
    return counts


def _same_span(ours: Interval | None, gold: Interval | None) -> bool:
    """Both null, or overlapping."""
    return ours is gold if ours is None or gold is None else overlaps([ours], [gold])


def _same_time(claim: Claim, spans: tuple[Interval | None, Interval | None], gold: dict[str, str] | None) -> bool:
    """Equal values; where both leave the days open, overlapping words."""
    said_on = claim.said_on
    if said_on is None or gold is None:
        return (said_on is None) == (gold is None)
    return said_on.value == gold["value"] and (said_on.value is not None or _same_span(*spans))


def _same_place(claim: Claim, found: Evidence, gold: dict[str, str] | None) -> bool:
    if claim.place is None or gold is None:
        return (claim.place is None) == (gold is None)
    return agree((found.entity(claim.place).name, None), (gold["name"], None))
