"""From scores to labels, spans and trees. Plain numpy; nothing here depends on which windows were run together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Indices = NDArray[np.intp]
Rows = NDArray[np.floating[Any]]
_LEAST = 200.0  # what a label can be worse than the best of its word, as a logarithm


def viterbi(emissions: Scores, start: Scores, follow: Scores) -> Indices:
    """The best label sequence: emissions [words, labels], start [labels], follow [from, to]."""
    if not len(emissions):
        return np.zeros(0, dtype=np.intp)
    best = _along(start + emissions[0], follow + emissions[1:, None], _best_way)
    back = (best[:-1, :, None] + follow).argmax(1).tolist()
    labels = [int(best[-1].argmax())]
    for before in reversed(back):
        labels.append(before[labels[-1]])
    return np.array(labels[::-1], dtype=np.intp)


def marginals(emissions: Scores, start: Scores, follow: Scores) -> NDArray[np.float64]:
    """Probability of each label at each word, given all words: forward-backward (Rabiner 1989), rows scaled to 1.

    Takes what `viterbi` takes; [words, labels].
    """
    both: NDArray[np.float64] = np.multiply(*_sums(emissions, start, follow)[1:])
    both /= both.sum(1, keepdims=True)
    return both


def _sums(
    emissions: Scores, start: Scores, follow: Scores
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """What speaks for each label at each word: the word itself, all up to it, all after it. Rows scaled."""
    scores = emissions.astype(np.float64)
    local = np.exp(np.maximum(scores - scores.max(1, keepdims=True), -_LEAST))  # a row must not vanish
    steps = np.exp(follow.astype(np.float64)) * local[1:, None]
    ahead = _along(np.exp(start.astype(np.float64)) * local[0], steps, _all_ways)
    behind = _along(np.ones(len(start)), steps[::-1].swapaxes(1, 2), _all_ways)[::-1]
    return local, ahead, behind


def _along(first: Rows, steps: Rows, join: Callable[[Rows, Rows], Rows]) -> NDArray[np.float64]:
    """The row `first` [labels] joined with no step, one, two, … [steps, from, to]; [steps + 1, labels].

    Many words at once: neighbouring steps are joined to one, which gives every second row, by the same way, and those
    give the rows between (a parallel scan: Särkkä and García-Fernández 2021). `join` is associative.
    """
    if not len(steps):
        return first[None].astype(np.float64)
    rows = np.empty((len(steps) + 1, len(first)))
    rows[::2] = _along(first, join(steps[:-1:2], steps[1::2]), join)
    rows[1::2] = join(rows[:-1:2, None], steps[::2])[:, 0]
    return rows


def _best_way(before: Rows, after: Rows) -> Rows:
    """The sums of the best ways over the labels in the middle."""
    best = before[:, :, :1] + after[:, :1]
    for label in range(1, after.shape[1]):
        np.maximum(best, before[:, :, label, None] + after[:, label, None], out=best)
    return best


def _all_ways(before: Rows, after: Rows) -> Rows:
    """The products over the labels in the middle, added up and scaled."""
    products = before @ after
    scaled: Rows = products / products.max((1, 2), keepdims=True)
    return scaled


def bio_spans(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """(start, end, type) of the spans that BIO labels mark; an I- without its B- opens a span."""
    spans: list[tuple[int, int, str]] = []
    start, type_ = 0, ""
    for i, label in enumerate([*labels, "O"]):
        if type_ and (label[:1] != "I" or label[2:] != type_):
            spans.append((start, i, type_))
            type_ = ""
        if label[:1] in "BI" and not type_:
            start, type_ = i, label[2:]
    return spans


@dataclass(frozen=True, slots=True)
class Chances:
    """What a label chain holds likely: `labels` [words, labels], the probability of each label at each word, and
    `spans`, (start, end, type) → probability of exactly that span, for those above a floor."""

    labels: NDArray[np.float64]
    spans: Mapping[tuple[int, int, str], float]


def chances(emissions: Scores, start: Scores, follow: Scores, labels: Sequence[str], floor: float) -> Chances:
    """Probabilities of labels and of BIO spans under a linear chain, by forward and backward sums (Rabiner 1989)."""
    local, ahead, behind = _sums(emissions, start, follow)
    each = ahead * behind
    each /= each.sum(1, keepdims=True)
    step = np.exp(follow.astype(np.float64))
    coming = local[1:] * behind[1:]
    spans: dict[tuple[int, int, str], float] = {}
    for opening, label in enumerate(labels):
        if label.startswith("B-"):
            inside = labels.index("I-" + label[2:])
            goes_on = [
                (coming[:, inside] * step[before, inside] / (coming @ step[before])).tolist()
                for before in (opening, inside)
            ]
            for at in np.flatnonzero(each[:, opening] > floor).tolist():
                spans.update(_spans_from(at, label[2:], float(each[at, opening]), goes_on, floor))
    return Chances(each, spans)


def _spans_from(
    at: int, type_: str, p: float, goes_on: Sequence[Sequence[float]], floor: float
) -> Iterator[tuple[tuple[int, int, str], float]]:
    """The likely spans that begin at a word; `goes_on` holds how likely a span just begun, or longer, goes on."""
    first, later = goes_on
    end = at
    while p > floor:
        on = (first if end == at else later)[end] if end < len(later) else 0.0
        end += 1
        if p * (1 - on) > floor:
            yield (at, end, type_), p * (1 - on)
        p *= on


def tree(scores: Scores) -> Indices:
    """The best dependency tree with one root: scores [words, heads], a root on the diagonal; heads of all words.

    Greedy heads when they form a tree already, else the best of the maximum spanning arborescences (Chu and Liu 1965;
    Edmonds 1967) below each root. Roots are tried in the order of what a tree below them could score at most, until
    none of those left can beat the best found: one or two suffice as a rule.
    """
    heads: Indices = scores.argmax(1)
    if _is_tree(heads):
        return heads
    weights = scores.astype(np.float64)
    np.fill_diagonal(weights, -np.inf)
    reachable = weights.max(1)
    bounds = scores.diagonal().astype(np.float64) - reachable + reachable.sum()
    best, best_score = heads, -np.inf
    words = np.arange(len(heads))
    for root in np.argsort(-bounds, kind="stable"):
        if bounds[root] <= best_score:
            break
        found = _arborescence(weights, int(root))
        score = float(scores[words, found].sum(dtype=np.float64))
        if score > best_score:
            best, best_score = found, score
    return best


def _is_tree(heads: Indices) -> bool:
    if int((heads == np.arange(len(heads))).sum()) != 1:
        return False
    state = [0] * len(heads)  # 0 unseen, 1 on the present path, 2 reaches the root
    for word in range(len(heads)):
        path = []
        at = word
        while state[at] == 0 and heads[at] != at:
            state[at] = 1
            path.append(at)
            at = int(heads[at])
        if state[at] == 1:
            return False
        for seen in path:
            state[seen] = 2
    return True


def _arborescence(weights: NDArray[np.float64], root: int) -> Indices:
    """Chu-Liu/Edmonds by contraction; weights [word, head], -inf where barred. The root's head is itself."""
    size = weights.shape[0]
    heads: Indices = weights.argmax(1)
    heads[root] = root
    cycle = _cycle(heads, root)
    if cycle is None:
        return heads
    inside = np.zeros(size, dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    merged = len(outside)  # index of the contracted cycle
    small = np.full((merged + 1, merged + 1), -np.inf)
    small[:merged, :merged] = weights[np.ix_(outside, outside)]
    leaving = weights[np.ix_(outside, cycle)]
    small[:merged, merged] = leaving.max(1)
    kept = weights[cycle, heads[cycle]]
    entering = weights[np.ix_(cycle, outside)] - kept[:, None]
    small[merged, :merged] = entering.max(0)
    small_heads = _arborescence(small, int(np.flatnonzero(outside == root)[0]))
    result: Indices = heads.copy()
    for n, word in enumerate(outside):
        head = small_heads[n]
        result[word] = cycle[int(leaving[n].argmax())] if head == merged else outside[head]
    broken_from = int(small_heads[merged])
    result[cycle[int(entering[:, broken_from].argmax())]] = outside[broken_from]
    result[root] = root
    return result


def _cycle(heads: Indices, root: int) -> Indices | None:
    state = [0] * len(heads)
    state[root] = 2
    for word in range(len(heads)):
        path: list[int] = []
        at = word
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = int(heads[at])
        if state[at] == 1:
            return np.array(path[path.index(at) :], dtype=np.intp)
        for seen in path:
            state[seen] = 2
    return None
