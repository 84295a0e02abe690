"""Claims within claims, and the outlets through which claims reached the article."""

from __future__ import annotations

from typing import Any

from kg.evaluate.reading.align import agree, paired, place, places, shared
from kg.evaluate.reading.gold import Item, interval, intervals
from kg.evaluate.scores import Counts, characters
from kg.model import Claim, Evidence

_BY_CONTENT = 1e-6  # claims without a cue are paired by content, and after those with one


def score(item: Item, found: Evidence) -> dict[str, Counts]:
    """Links right, given and wanted; "claims" are those whose cues share a word.

    Our claims are those that stand in the item by their cue, or without one by their content.
    """
    wanted = item.label["claims"]
    ours = [claim for claim in found.claims if item.start <= _anchor(claim)[0] and _anchor(claim)[1] <= item.end]
    pairs = paired(lambda i, j: _closeness(ours[i], wanted[j]), len(ours), len(wanted))
    within = _within(ours, wanted, pairs)
    reported = _reported(ours, wanted, pairs, found)
    return {
        "links": within + reported,
        "within": within,
        "reported by": reported,
        "claims": Counts(len(pairs), len(ours), len(wanted)),
    }


def _anchor(claim: Claim) -> tuple[int, int]:
    first = claim.cue or claim.content[0]
    return first.start, first.end


def _closeness(claim: Claim, wanted: dict[str, Any]) -> float:
    """Characters that the cues share; a null cue goes by content."""
    cue, gold_cue = place(claim.cue), interval(wanted["cue"])
    ours, theirs = characters(places(claim.content)), characters(intervals(wanted["content"]))
    same = len(ours & theirs) / len(ours | theirs)
    if cue is not None and gold_cue is not None:
        common = shared(cue, gold_cue)
        return common + same if common else 0.0
    return _BY_CONTENT * same if same else 0.0


def _within(ours: list[Claim], wanted: list[dict[str, Any]], pairs: dict[int, int]) -> Counts:
    number = {claim.id: i for i, claim in enumerate(ours)}
    gold_number = {claim["id"]: j for j, claim in enumerate(wanted)}
    links = [(i, number[claim.within]) for i, claim in enumerate(ours) if claim.within in number]
    gold = {(j, gold_number[claim["within"]]) for j, claim in enumerate(wanted) if claim["within"] is not None}
    correct = sum((pairs.get(i), pairs.get(outer)) in gold for i, outer in links)
    return Counts(correct, len(links), len(gold))


def _reported(ours: list[Claim], wanted: list[dict[str, Any]], pairs: dict[int, int], found: Evidence) -> Counts:
    given = [(i, found.entity(claim.reported_by).name) for i, claim in enumerate(ours) if claim.reported_by]
    correct = 0
    for i, name in given:
        gold = wanted[pairs[i]]["reported_by"] if i in pairs else None
        correct += gold is not None and agree((name, None), (gold, None))
    return Counts(correct, len(given), sum(claim["reported_by"] is not None for claim in wanted))
