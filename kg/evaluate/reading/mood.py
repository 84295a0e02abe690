"""Polarity and modality of claims."""

from __future__ import annotations

from kg.evaluate.reading.align import answer, one_of, right
from kg.evaluate.reading.gold import Item
from kg.evaluate.scores import Counts
from kg.model import Evidence


def score(item: Item, found: Evidence) -> dict[str, Counts]:
    """Both of the claim that answers; where none does, they are missing."""
    assert item.target is not None
    claim = answer(found.claims, item.target)
    polarity, modality = (claim.polarity, claim.modality) if claim is not None else (None, None)
    return {
        "polarity: accuracy": right(polarity == item.label["polarity"]),
        "modality: accuracy": right(modality == item.label["modality"]),
        "answered": right(claim is not None),
        **one_of("polarity ", polarity, item.label["polarity"]),
        **one_of("modality ", modality, item.label["modality"]),
    }
