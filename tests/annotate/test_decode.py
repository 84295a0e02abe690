"""Decoding, compared with every possible answer on small inputs."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.annotate.decode import bio_spans, chances, marginals, tree, viterbi
from kg.annotate.labels import bio, legal

LABELS = bio(("A", "B"))
BARRED = -1e4


def chain(rng: np.random.Generator) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    start, follow = legal(LABELS)
    size = len(LABELS)
    return (
        np.where(start, rng.normal(size=size), BARRED).astype(np.float32),
        np.where(follow, rng.normal(size=(size, size)), BARRED).astype(np.float32),
    )


@pytest.mark.parametrize("words", [1, 2, 4])
@pytest.mark.parametrize("seed", range(3))
def test_marginals_are_shares_of_all_legal_sequences(words: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    start, follow = chain(rng)
    emissions = rng.normal(scale=2, size=(words, len(LABELS))).astype(np.float32)
    shares = np.zeros((words, len(LABELS)))
    for path in product(range(len(LABELS)), repeat=words):
        steps = sum(float(follow[a, b]) for a, b in pairwise(path))
        score = float(start[path[0]]) + steps + sum(float(emissions[t, label]) for t, label in enumerate(path))
        shares[range(words), path] += np.exp(score)
    shares /= shares.sum(1, keepdims=True)
    np.testing.assert_allclose(marginals(emissions, start, follow), shares, atol=1e-9)


def test_marginals_stay_numbers_where_every_legal_label_is_absurd() -> None:
    start, follow = chain(np.random.default_rng(0))
    emissions = np.full((2, len(LABELS)), -5e3, dtype=np.float32)
    emissions[:, LABELS.index("I-A")] = 5e3
    found = marginals(emissions, start, follow)
    np.testing.assert_allclose(found.sum(1), 1)


@pytest.mark.parametrize("words", [1, 2, 3, 5])
@pytest.mark.parametrize("seed", range(5))
def test_viterbi_finds_the_best_legal_sequence(words: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    start, follow = chain(rng)
    emissions = rng.normal(scale=2, size=(words, len(LABELS))).astype(np.float32)
    may_start, may_follow = legal(LABELS)

    def score(path: tuple[int, ...]) -> float:
        steps = sum(float(follow[a, b]) for a, b in pairwise(path))
        return float(start[path[0]]) + steps + sum(float(emissions[t, label]) for t, label in enumerate(path))

    possible = [
        path
        for path in product(range(len(LABELS)), repeat=words)
        if may_start[path[0]] and all(may_follow[a][b] for a, b in pairwise(path))
    ]
    assert tuple(viterbi(emissions, start, follow)) == max(possible, key=score)


@pytest.mark.parametrize("words", [1, 2, 4])
@pytest.mark.parametrize("seed", range(3))
def test_chances_are_those_of_all_sequences_together(words: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    start, follow = chain(rng)
    emissions = rng.normal(scale=2, size=(words, len(LABELS))).astype(np.float32)
    weights: dict[tuple[int, ...], float] = {}
    for path in product(range(len(LABELS)), repeat=words):
        steps = sum(float(follow[a, b]) for a, b in pairwise(path))
        weights[path] = np.exp(
            float(start[path[0]]) + steps + sum(float(emissions[t, label]) for t, label in enumerate(path))
        )
    everything = sum(weights.values())
    of_labels = np.zeros((words, len(LABELS)))
    of_spans: dict[tuple[int, int, str], float] = {}
    for path, weight in weights.items():
        of_labels[np.arange(words), list(path)] += weight / everything
        if weight:
            for span in bio_spans([LABELS[i] for i in path]):
                of_spans[span] = of_spans.get(span, 0.0) + weight / everything
    found = chances(emissions, start, follow, LABELS, floor=0.05)
    assert np.allclose(found.labels, of_labels)
    assert found.spans == pytest.approx({span: p for span, p in of_spans.items() if p > 0.05})


def test_viterbi_obeys_the_chain_against_the_emissions() -> None:
    start, follow = chain(np.random.default_rng(0))
    emissions = np.zeros((3, len(LABELS)), dtype=np.float32)
    emissions[:, LABELS.index("I-B")] = 50  # illegal at the start, and after anything but B-B
    assert [LABELS[i] for i in viterbi(emissions, start, follow)] == ["B-B", "I-B", "I-B"]


def test_viterbi_of_nothing() -> None:
    start, follow = chain(np.random.default_rng(0))
    assert viterbi(np.zeros((0, len(LABELS)), dtype=np.float32), start, follow).tolist() == []


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        ("", []),
        ("O O", []),
        ("B-A", [(0, 1, "A")]),
        ("B-A I-A O", [(0, 2, "A")]),
        ("O B-A I-A", [(1, 3, "A")]),
        ("B-A B-A", [(0, 1, "A"), (1, 2, "A")]),
        ("B-A I-A B-B I-B", [(0, 2, "A"), (2, 4, "B")]),
        ("B-A I-B", [(0, 1, "A"), (1, 2, "B")]),
        ("O I-A I-A O", [(1, 3, "A")]),
        ("B-A O I-A", [(0, 1, "A"), (2, 3, "A")]),
    ],
)
def test_bio_spans(labels: str, spans: list[tuple[int, int, str]]) -> None:
    assert bio_spans(labels.split()) == spans


def is_tree(heads: tuple[int, ...]) -> bool:
    """Exactly one word is its own head, and every word reaches it."""
    roots = [i for i, head in enumerate(heads) if i == head]
    if len(roots) != 1:
        return False
    for i in range(len(heads)):
        at = i
        for _ in heads:
            at = heads[at]
        if at != roots[0]:
            return False
    return True


def weight(scores: NDArray[np.float32], heads: tuple[int, ...]) -> float:
    return sum(float(scores[i, head]) for i, head in enumerate(heads))


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("kind", ["even", "many roots", "no roots", "cycles", "ties"])
def test_tree_is_the_best_of_all_with_one_root(size: int, kind: str) -> None:
    trees = [heads for heads in product(range(size), repeat=size) if is_tree(heads)]
    assert len(trees) == size ** (size - 1)  # Cayley's formula, for rooted trees
    for seed in range(12):
        rng = np.random.default_rng(seed)
        scores = rng.normal(scale=3, size=(size, size)).astype(np.float32)
        if kind == "many roots":
            scores += 20 * np.eye(size, dtype=np.float32)
        elif kind == "no roots":
            scores -= 20 * np.eye(size, dtype=np.float32)
        elif kind == "cycles":
            scores[np.arange(size), np.roll(np.arange(size), 1)] += 10
        elif kind == "ties":
            scores = np.rint(scores / 4).astype(np.float32)
        found = tuple(int(head) for head in tree(scores))
        assert is_tree(found)
        assert weight(scores, found) == pytest.approx(max(weight(scores, heads) for heads in trees), abs=1e-4)


@pytest.mark.parametrize("size", [40, 254])
def test_long_sentences_are_trees(size: int) -> None:
    scores = np.random.default_rng(size).normal(size=(size, size)).astype(np.float32)
    assert is_tree(tuple(int(head) for head in tree(scores)))
    assert is_tree(tuple(int(head) for head in tree(np.zeros((size, size), dtype=np.float32))))
