"""Claims across articles: which are one statement, on how many reports it stands, and what cannot stand together.

Each is scored twice: on what was extracted and resolved, and with the gold's claims and people in its place ("gold
claims"), which shows what grouping itself does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

from kg.evaluate.report import Figure
from kg.evaluate.scores import Counts
from kg.evaluate.storyline.gold import GoldStory
from kg.evaluate.storyline.identity import bcubed
from kg.evaluate.storyline.perfect import perfect
from kg.evaluate.storyline.result import Result
from kg.judge import ClaimId
from kg.resolve import ClaimGroup, ClaimLink
from kg.resolve.claims.group import group_claims

_LINKS = {"change": "changes", "contradiction": "contradictions"}


@dataclass(frozen=True, slots=True)
class Grouped:
    """Groups and links, and which claim each gold claim, by id, is among them."""

    gold: GoldStory
    claims: Mapping[str, ClaimId]
    groups: tuple[ClaimGroup, ...]
    links: tuple[ClaimLink, ...]


def claims(result: Result) -> Iterator[Figure]:
    """B-cubed of claim groups, independence counts, changes and contradictions; as found, then with gold claims."""
    found = Grouped(result.gold, result.claims, result.synthesis.groups, result.synthesis.links)
    yield Figure("claims found", 100 * len(result.claims) / max(len(result.gold.claims), 1))
    yield from _figures(found, "")
    evidence, people = perfect(result)
    grouping = group_claims(evidence, people.claims, people.entities)
    keys = {article.path: article.key for article in result.gold.articles}
    ids = {claim.id: ClaimId(keys[claim.article], claim.id) for claim in result.gold.claims}
    yield from _figures(Grouped(result.gold, ids, grouping.groups, grouping.links), ", gold claims")


def _figures(grouped: Grouped, suffix: str) -> Iterator[Figure]:
    precision, recall, f1 = groups(grouped)
    yield Figure(f"claim groups{suffix}", 100 * f1)
    yield Figure(f"claim groups{suffix}: precision", 100 * precision)
    yield Figure(f"claim groups{suffix}: recall", 100 * recall)
    yield Figure(f"independence exact{suffix}", 100 * independence(grouped, 1))
    yield Figure(f"independence exact, several claims{suffix}", 100 * independence(grouped, 2))
    both = Counts()
    for kind, name in _LINKS.items():
        counts = links(grouped, kind)
        both += counts
        yield Figure(f"{name}{suffix}", 100 * counts.f1, counts=counts)
    yield Figure(f"changes and contradictions{suffix}", 100 * both.f1, counts=both)


def groups(grouped: Grouped) -> tuple[float, float, float]:
    """B-cubed precision, recall and F1 over all gold claims; one that was not found is alone."""
    of = _group_of(grouped)
    wanted = {claim.id: claim.group for claim in grouped.gold.claims}
    key: dict[str, Hashable] = {id: of.get(id, ("not found", id)) for id in wanted}
    return bcubed(wanted, key)


def independence(grouped: Grouped, least: int) -> float:
    """The share of gold groups of at least so many claims whose number of independent reports is right, 0 to 1.

    A gold group is compared with the group that holds most of its claims; one of which no claim was found is wrong.
    """
    found = {group.id: group for group in grouped.groups}
    of = _group_of(grouped)
    asked = [row for row in grouped.gold.groups if len(row["claims"]) >= least]
    right = 0
    for row in asked:
        count = Counter(of[id] for id in row["claims"] if id in of)
        if count:
            best = min(count, key=lambda group: (-count[group], group))
            right += len(found[best].reports) == row["independent"]
    return right / max(len(asked), 1)


def links(grouped: Grouped, kind: str) -> Counts:
    """Pairs of gold groups that are linked, whatever their order; what is no gold group counts as wrong.

    A correction is neither change nor contradiction: whoever links what an outlet took back is neither right nor wrong.
    """
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    of = _group_of(grouped)
    for claim in grouped.gold.claims:
        if claim.id in of:
            votes[of[claim.id]][claim.group] += 1
    gold_of = {group: min(count, key=lambda g: (-count[g], g)) for group, count in votes.items()}
    rows = {k: {frozenset((r["from"], r["to"])) for r in grouped.gold.links if r["kind"] == k} for k in _KINDS}
    predicted = {
        frozenset(gold_of.get(end, f"no gold: {end}") for end in (link.one, link.other))
        for link in grouped.links
        if link.kind == kind
    } - rows["correction"]
    return Counts(len(predicted & rows[kind]), len(predicted), len(rows[kind]))


_KINDS = ("change", "contradiction", "correction")


def _group_of(grouped: Grouped) -> dict[str, str]:
    """The group that each gold claim went to, as far as found."""
    of = {claim: group.id for group in grouped.groups for claim in group.claims}
    return {id: of[claim] for id, claim in grouped.claims.items() if claim in of}
