"""Sources, cues and contents, and which belongs to which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.annotate.decode import Scores, bio_spans, viterbi
from kg.annotate.labels import Labels
from kg.annotate.weights import Heads
from kg.annotate.windows import WindowScores, best_window, merge

LINKED = 0.0  # logit from which a source that already has a better cue is taken to serve another one too
UNLIKELY = -3.0  # logit below which a span is left without a cue

WordSpan = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution in word offsets. A span that found no partner stands in an attribution of its own.

    `confidence` is the product of the mean label probabilities of its spans and the probabilities of its links.
    """

    source: WordSpan | None
    cue: WordSpan | None
    contents: tuple[WordSpan, ...]
    confidence: float


def attributions(windows: Sequence[WindowScores], labels: Labels, heads: Heads) -> tuple[Attribution, ...]:
    """Decode role spans for a whole text and link them, in the order of their first words."""
    emissions = merge(windows, "roles")
    best = viterbi(emissions, heads.role_start, heads.role_follow)
    spans = bio_spans([labels.roles[i] for i in best])
    sure = _certainty(emissions, best)
    by_role = {role: [(a, b) for a, b, r in spans if r == role] for role in ("source", "cue", "content")}
    cues = by_role["cue"]
    sources = _sources_of(windows, by_role["source"], cues)
    contents = {c: _best_cue(windows, "content_links", c, cues) for c in by_role["content"]}
    found = [_assemble(cue, sources, contents, sure) for cue in cues]
    used = {a.source for a in found}
    lone = [Attribution(s, None, (), sure(s)) for s in by_role["source"] if s not in used]
    lone += [Attribution(None, None, (c,), sure(c)) for c, (cue, _) in contents.items() if cue is None]
    return tuple(sorted([*found, *lone], key=_first_word))


class _certainty:  # a function with a table
    """Mean probability of the labels chosen for a span, by softmax of the emissions."""

    def __init__(self, emissions: Scores, best: NDArray[np.intp]) -> None:
        shifted = emissions - emissions.max(1, keepdims=True)
        chosen = shifted[np.arange(len(best)), best]
        self.p = np.exp(chosen) / np.exp(shifted).sum(1)

    def __call__(self, span: WordSpan) -> float:
        return float(self.p[span[0] : span[1]].mean())


def _link(windows: Sequence[WindowScores], head: str, span: WordSpan, cue: WordSpan) -> float:
    """Mean logit that the words of a span belong to a cue; minus infinity when no window holds both."""
    window = best_window(windows, min(span[0], cue[0]), max(span[1], cue[1]))
    a, b = max(span[0], window.start), min(span[1], window.end)
    if a >= b or not window.start <= cue[0] < window.end:
        return -np.inf
    return float(window.scores[head][a - window.start : b - window.start, cue[0] - window.start].mean())


def _best_cue(
    windows: Sequence[WindowScores], head: str, span: WordSpan, cues: Sequence[WordSpan]
) -> tuple[WordSpan | None, float]:
    near = [cue for cue in cues if abs(cue[0] - span[0]) < 400 or abs(cue[0] - span[1]) < 400]
    scored = [(_link(windows, head, span, cue), cue) for cue in near]
    logit, cue = max(scored, default=(-np.inf, None))
    return (cue, logit) if cue is not None and logit > UNLIKELY else (None, logit)


def _sources_of(
    windows: Sequence[WindowScores], sources: Sequence[WordSpan], cues: Sequence[WordSpan]
) -> dict[WordSpan, tuple[WordSpan, float]]:
    """For each cue its source: every source goes to its best cue and to each further one it likely serves."""
    taken: dict[WordSpan, tuple[WordSpan, float]] = {}
    for source in sources:
        best, _ = _best_cue(windows, "source_links", source, cues)
        for cue in cues:
            if cue != best and abs(cue[0] - source[0]) > 100:
                continue
            logit = _link(windows, "source_links", source, cue)
            likely = cue == best or logit > LINKED
            if likely and (cue not in taken or taken[cue][1] < logit):
                taken[cue] = (source, logit)
    return taken


def _assemble(
    cue: WordSpan,
    sources: dict[WordSpan, tuple[WordSpan, float]],
    contents: dict[WordSpan, tuple[WordSpan | None, float]],
    sure: _certainty,
) -> Attribution:
    source, source_logit = sources.get(cue, (None, np.inf))
    mine = [(content, logit) for content, (its, logit) in contents.items() if its == cue]
    confidence = sure(cue) * (sure(source) * _sigmoid(source_logit) if source else 1.0)
    if mine:
        confidence *= max(sure(content) * _sigmoid(logit) for content, logit in mine)
    return Attribution(source, cue, tuple(content for content, _ in mine), confidence)


def _sigmoid(logit: float) -> float:
    return float(1 / (1 + np.exp(-logit)))


def _first_word(a: Attribution) -> int:
    return min(s[0] for s in (a.source, a.cue, *a.contents) if s)
