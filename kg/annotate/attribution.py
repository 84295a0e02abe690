"""Sources, cues and contents, and which belongs to which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kg.annotate.confidence import Calibration, Sureness
from kg.annotate.decode import bio_spans, marginals, viterbi
from kg.annotate.labels import Labels
from kg.annotate.weights import Heads
from kg.annotate.windows import WindowScores, best_window, merge

LINKED = 0.0  # logit from which a source that already has a better cue is taken to serve another one too
UNLIKELY = -3.0  # logit below which a span is left without a cue

WordSpan = tuple[int, int]
_Draft = tuple[WordSpan | None, WordSpan | None, tuple[WordSpan, ...], Sureness]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution in word offsets. A span that found no partner stands in an attribution of its own.

    `confidence` is what the calibration makes of `sureness`.
    """

    source: WordSpan | None
    cue: WordSpan | None
    contents: tuple[WordSpan, ...]
    confidence: float
    sureness: Sureness


def attributions(
    windows: Sequence[WindowScores], labels: Labels, heads: Heads, calibration: Calibration
) -> tuple[Attribution, ...]:
    """Decode role spans for a whole text and link them, in the order of their first words."""
    emissions = merge(windows, "roles")
    best = viterbi(emissions, heads.role_start, heads.role_follow)
    roles = bio_spans([labels.roles[i] for i in best])
    chosen = marginals(emissions, heads.role_start, heads.role_follow)[np.arange(len(best)), best]

    def sure(span: WordSpan) -> float:
        return float(chosen[span[0] : span[1]].mean())

    by_role = {role: [(a, b) for a, b, r in roles if r == role] for role in ("source", "cue", "content")}
    cues = by_role["cue"]
    sources = _sources_of(windows, by_role["source"], cues)
    contents = {c: _best_cue(windows, "content_links", c, cues) for c in by_role["content"]}
    drafts: list[_Draft] = [_assemble(cue, sources, contents, sure) for cue in cues]
    used = {source for source, *_ in drafts}
    drafts += [(s, None, (), Sureness(source=sure(s))) for s in by_role["source"] if s not in used]
    drafts += [(None, None, (c,), Sureness(content=sure(c))) for c, (cue, _) in contents.items() if cue is None]
    found = [
        Attribution(source, cue, spans, calibration(sureness), sureness) for source, cue, spans, sureness in drafts
    ]
    return tuple(sorted(found, key=_first_word))


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
    sure: Callable[[WordSpan], float],
) -> _Draft:
    mine = [(content, logit) for content, (its, logit) in contents.items() if its == cue]
    spans = tuple(content for content, _ in mine)
    sureness = Sureness(has_cue=True)
    source, source_logit = sources.get(cue, (None, 0.0))
    if source is not None:
        sureness = replace(sureness, source=sure(source), source_link=_sigmoid(source_logit))
    if mine:
        longest, logit = max(mine, key=lambda pair: pair[0][1] - pair[0][0])
        sureness = replace(sureness, content=sure(longest), content_link=_sigmoid(logit))
    return source, cue, spans, sureness


def _sigmoid(logit: float) -> float:
    return float(1 / (1 + np.exp(-logit)))


def _first_word(a: Attribution) -> int:
    return min(s[0] for s in (a.source, a.cue, *a.contents) if s)
