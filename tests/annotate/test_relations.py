"""The relations of a reading, against the plain sum over both words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kg.annotate.labels import Labels
from kg.annotate.reading import interpret
from kg.annotate.weights import FOLDER, load_heads
from kg.annotate.windows import WindowScores

RELATIONS, WIDTH = ("root", "nsubj", "obj", "det"), 5
LABELS = Labels(("T",), ("P",), RELATIONS, ("k0|",))


def test_each_word_has_the_likeliest_relation_to_its_head() -> None:
    rng = np.random.default_rng(4)
    size = 60
    square, rows = (size, size), (size, WIDTH)

    def some(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        return rng.standard_normal(shape).astype(np.float32)

    scores = {"arcs": some(*square), "dep_left": some(*rows), "dep_right": some(*rows)}
    scores |= {name: some(*square) for name in ("source_links", "content_links")}
    scores |= {"tags": some(size, 1), "pos": some(size, 1), "lemmas": some(size, 1)}
    scores |= {"names": some(size, len(LABELS.names)), "roles": some(size, len(LABELS.roles))}
    weight = some(len(RELATIONS), WIDTH + 1, WIDTH + 1)
    heads = replace(load_heads(FOLDER), dep_weight=weight)
    found = interpret([WindowScores(0, size, scores)], LABELS, heads, [0, 20, 45], ["word"] * size)
    for word, head in enumerate(found.heads):
        left, right = np.append(scores["dep_left"][word], 1), np.append(scores["dep_right"][head], 1)
        assert found.deps[word] == np.argmax([left @ each @ right for each in weight])
    assert len(set(found.deps.tolist())) == len(RELATIONS)
