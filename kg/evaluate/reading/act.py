"""What the speaker does with the content: statement, denial, question, and eight more."""

from __future__ import annotations

from kg.evaluate.reading.align import answer, one_of, right
from kg.evaluate.reading.gold import Item
from kg.evaluate.scores import Counts
from kg.model import Evidence


def score(item: Item, found: Evidence) -> dict[str, Counts]:
    """The act of the claim that answers; where none does, it is missing."""
    assert item.target is not None
    claim = answer(found.claims, item.target)
    given, wanted = claim.act if claim is not None else None, item.label["act"]
    return {
        "accuracy": right(given == wanted),
        "answered": right(claim is not None),
        **one_of("act: ", given, wanted),
    }
