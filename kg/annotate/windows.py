"""A long text as overlapping windows, and the windows' scores as one text's again.

Windows end at a fixed number of pieces and overlap; each word takes its scores from the window in which it stands
farther from an edge. Every window is run alone, so a text's scores depend on that text only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kg.annotate.decode import Scores
from kg.annotate.encode import PieceEncoder, Word

LIMIT = 254  # pieces of a window, special ones not counted
OVERLAP = 32  # pieces that two neighbouring windows share, at most

Run = Callable[[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]], dict[str, Scores]]


@dataclass(frozen=True, slots=True)
class WindowInput:
    """Words `start` to `end` of a text, laid out for the encoder."""

    start: int
    end: int
    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    firsts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WindowScores:
    """What the network said of words `start` to `end`; arrays by head, rows are words of the window."""

    start: int
    end: int
    scores: dict[str, Scores]


def split(words: Sequence[Word], encoder: PieceEncoder) -> list[WindowInput]:
    """The windows of a text; none for a text without words."""
    sizes = [len(encoder.pieces(word.text)) for word in words]
    bounds, start = [], 0
    while start < len(sizes):
        end = _fill(sizes, start)
        bounds.append((start, end))
        if end == len(sizes):
            break
        start = _step_back(sizes, start, end)
    return [_lay_out(words, encoder, start, end) for start, end in bounds]


def _fill(sizes: Sequence[int], start: int) -> int:
    end, pieces = start, 0
    while end < len(sizes) and pieces + sizes[end] <= LIMIT:
        pieces += sizes[end]
        end += 1
    return end


def _step_back(sizes: Sequence[int], start: int, end: int) -> int:
    pieces, at = 0, end
    while at - 1 > start and pieces + sizes[at - 1] <= OVERLAP:
        at -= 1
        pieces += sizes[at]
    return at


def _lay_out(words: Sequence[Word], encoder: PieceEncoder, start: int, end: int) -> WindowInput:
    ids, shapes, firsts = encoder.lay_out(words[start:end])
    if len(firsts) == 1:  # the exported graph takes two words or more: a lone one is given twice
        firsts = firsts * 2
    arrays = (np.array(values, dtype=np.int64) for values in (ids, shapes, firsts))
    return WindowInput(start, end, *arrays)


def owned(windows: Sequence[WindowScores]) -> list[tuple[int, int]]:
    """For each window the words that are its own: seams lie in the middle of the overlaps."""
    if not windows:
        return []
    seams = [(before.end + after.start) // 2 for before, after in pairwise(windows)]
    return list(zip([windows[0].start, *seams], [*seams, windows[-1].end], strict=True))


def merge(windows: Sequence[WindowScores], head: str) -> Scores:
    """A head's scores for all words of the text, each from the window that owns it."""
    parts = [w.scores[head][a - w.start : b - w.start] for w, (a, b) in zip(windows, owned(windows), strict=True)]
    return np.concatenate(parts)


def best_window(windows: Sequence[WindowScores], start: int, end: int) -> WindowScores:
    """The window that holds most of words `start` to `end`, and among equals with most room around them."""

    def fit(w: WindowScores) -> tuple[int, int, int]:
        held = min(end, w.end) - max(start, w.start)
        return held, min(start - w.start, w.end - end), -w.start

    first, last = bisect_right(windows, start, key=lambda w: w.end), bisect_left(windows, end, key=lambda w: w.start)
    return max(windows[first:last], key=fit)
