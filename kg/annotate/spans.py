"""Which stretches of words are a source, a cue or a content: spans chosen by how likely they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

import numpy as np

from kg.annotate.decode import Chances, Scores, bio_spans, chances, viterbi
from kg.annotate.labels import ROLES, Labels
from kg.annotate.weights import Heads

WordSpan = tuple[int, int]

FLOOR = 0.01  # probability below which a span is not looked at
_LIKELY = 0.2  # probability from which a span is taken that the best sequence of labels leaves out
_SAME = 0.3  # Jaccard index from which a likelier span is a better reading of one in the best sequence
_SURE = 9.0  # log odds at which a probability counts as certain


class RoleSpans:
    """The spans of a text, by role and in order, and how likely words are to carry a role."""

    def __init__(self, emissions: Scores, labels: Labels, heads: Heads) -> None:
        self._chances = chances(emissions, heads.role_start, heads.role_follow, labels.roles, FLOOR)
        best = viterbi(emissions, heads.role_start, heads.role_follow)
        self.by_role: dict[str, list[WordSpan]] = {role: [] for role in ROLES}
        for start, end, role in choose(bio_spans([labels.roles[i] for i in best]), self._chances.spans):
            self.by_role[role].append((start, end))
        self._sums = {role: _sums(self._chances, labels, role) for role in ROLES}

    def mean(self, role: str, span: WordSpan) -> float:
        """The mean probability that a word of the span carries the role."""
        sums = self._sums[role]
        return float((sums[span[1]] - sums[span[0]]) / (span[1] - span[0]))

    def log_odds(self, role: str, span: WordSpan) -> float:
        """`mean` as log odds, within bounds."""
        p = self.mean(role, span)
        return float(np.clip(np.log(p + 1e-9) - np.log(1 - p + 1e-9), -_SURE, _SURE))

    def candidates(self, role: str) -> list[tuple[WordSpan, float]]:
        """All spans that may carry the role, overlapping ones too, with their probabilities; in order."""
        return sorted(((s, e), p) for (s, e, r), p in self._chances.spans.items() if r == role)


def _sums(chances: Chances, labels: Labels, role: str) -> Scores:
    both = chances.labels[:, [labels.roles.index("B-" + role), labels.roles.index("I-" + role)]].sum(1)
    sums: Scores = np.concatenate([[0.0], np.cumsum(both)])
    return sums


def choose(
    best: Sequence[tuple[int, int, str]], likely: Mapping[tuple[int, int, str], float]
) -> list[tuple[int, int, str]]:
    """The spans of the best label sequence, each with its likeliest edges, and further likely ones between them.

    The best sequence is the likeliest as a whole; a single span is right more often with the edges that are likeliest
    for it, whatever the rest (minimum Bayes risk: Goel and Byrne 2000). Spans never overlap.
    """
    ranked = sorted((start, end, role) for start, end, role in likely)
    chosen: list[tuple[int, int, str]] = []
    for n, (start, end, role) in enumerate(best):
        after = best[n - 1][1] if n else 0
        after = max(after, chosen[-1][1]) if chosen else after
        before = best[n + 1][0] if n + 1 < len(best) else ranked[-1][1] if ranked else end
        found = (likely.get((start, end, role), 0.0), start, end)
        for other in ranked[bisect_left(ranked, (after,)) : bisect_left(ranked, (end,))]:
            if other[2] == role and other[1] <= before and _jaccard(other, (start, end)) >= _SAME:
                found = max(found, (likely[other], other[0], other[1]))
        chosen.append((found[1], found[2], role))
    free = np.ones(max((end for _, end, _ in [*chosen, *ranked]), default=0), dtype=bool)
    for start, end, _ in chosen:
        free[start:end] = False
    for span in sorted((s for s in ranked if likely[s] > _LIKELY), key=lambda s: (-likely[s], s)):
        if free[span[0] : span[1]].all():
            chosen.append(span)
            free[span[0] : span[1]] = False
    return sorted(chosen)


def _jaccard(a: tuple[int, int, str], b: WordSpan) -> float:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (max(a[1], b[1]) - min(a[0], b[0]))
