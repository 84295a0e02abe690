"""A long text as overlapping windows, and the windows' scores as one text's again.

Windows end where a paragraph ends, or else a sentence, if one does in their last part, and begin with what stands
before: a claim is seldom cut, and the next speaker seldom unknown. In the overlap each word takes its scores from the
window in which it stands farther from an edge. Every window is run alone, so a text's scores depend on that text only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from kg.annotate.decode import Scores
from kg.annotate.encode import PieceEncoder, Word

LIMIT = 254  # pieces of a window, special ones not counted
ROOM = 0.6  # share of a window from which on it may end early, at a break
CONTEXT = 40  # pieces that a window repeats from before a break, at most
OVERLAP = 32  # the same where no break is near
_CLOSERS = frozenset("\"'”’)]»")

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
    upto = [0, *accumulate(len(encoder.pieces(word.text)) for word in words)]  # pieces before each word
    breaks = [_break_at(words, at) for at in range(len(words))]
    bounds, start = [], 0
    while start < len(words):
        end = _end(upto, breaks, start)
        bounds.append((start, end))
        if end == len(words):
            break
        start = _next_start(upto, breaks, start, end)
    return [_lay_out(words, encoder, start, end) for start, end in bounds]


def _break_at(words: Sequence[Word], at: int) -> int:
    """2 where a paragraph begins, 1 where a sentence seems to, else 0."""
    if words[at].break_before:
        return 2
    last = at - 1
    while last > 0 and words[last].text in _CLOSERS:
        last -= 1
    return int(at > 0 and words[last].text in (".", "?", "!") and not words[at].text[0].islower())


def _end(upto: Sequence[int], breaks: Sequence[int], start: int) -> int:
    """Where a window ends: the last paragraph's end in its last part, else a sentence's, else where it is full."""
    full = bisect_right(upto, upto[start] + LIMIT) - 1
    if full >= len(breaks):
        return len(breaks)
    early = bisect_left(upto, upto[start] + ROOM * LIMIT, lo=start + 1)
    return max(range(early, full + 1), key=lambda at: (breaks[at], at), default=full)


def _next_start(upto: Sequence[int], breaks: Sequence[int], start: int, end: int) -> int:
    """Where the next window starts: at the earliest break within reach before the end, the strongest one first."""
    far = max(start + 1, bisect_left(upto, upto[end] - CONTEXT))
    best = max(range(far, end), key=lambda at: (breaks[at], -at), default=end)
    if breaks[end] and best < end and breaks[best]:
        return best
    return max(start + 1, bisect_left(upto, upto[end] - OVERLAP))


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

    first = bisect_right(windows, start, key=attrgetter("end"))
    last = bisect_left(windows, end, key=attrgetter("start"))
    return max(windows[first:last], key=fit) if last - first > 1 else windows[first]
