"""Places of nodes: none overlap, joined ones are near, and the same graph stands the same way."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest

from kg.view.layout import layout


def graph(n: int) -> tuple[list[tuple[float, float]], list[tuple[int, int]]]:
    """Hubs and leaves, a chain apart from them, and two loners; boxes of many sizes."""
    chain = [(n - 6, n - 5), (n - 5, n - 4), (n - 4, n - 3)]
    edges = [*nx.barabasi_albert_graph(n - 6, 2, seed=4).edges, *chain]
    return [(40.0 + (i * 37) % 130, 30.0 + (i * 11) % 40) for i in range(n)], edges


@pytest.mark.parametrize("n", [15, 100, 600])
def test_boxes_do_not_overlap(n: int) -> None:
    boxes, edges = graph(n)
    centres = layout(boxes, edges)
    for ((x, y), (w, h)), ((u, v), (s, t)) in combinations(zip(centres, boxes, strict=True), 2):
        assert abs(x - u) >= (w + s) / 2 or abs(y - v) >= (h + t) / 2


def test_joined_boxes_are_nearer_than_others() -> None:
    boxes, edges = graph(100)
    centres = layout(boxes, edges)

    def distance(a: int, b: int) -> float:
        return float(((centres[a][0] - centres[b][0]) ** 2 + (centres[a][1] - centres[b][1]) ** 2) ** 0.5)

    joined = [distance(a, b) for a, b in edges]
    every = [distance(a, b) for a, b in combinations(range(94), 2)]
    assert sum(joined) / len(joined) < 0.7 * sum(every) / len(every)


def test_same_graph_same_picture() -> None:
    boxes, edges = graph(60)
    assert layout(boxes, edges) == layout(boxes, [(b, a) for a, b in edges[::-1]])


@pytest.mark.parametrize("n", [0, 1, 2])
def test_tiny_graphs(n: int) -> None:
    assert len(layout([(50.0, 20.0)] * n, [(0, 1)] if n > 1 else [])) == n


def test_an_arrangement_is_kept() -> None:
    boxes, edges = graph(60)
    first = layout(boxes, edges)
    again = layout(boxes, edges, first)
    same = [(a[0] - b[0]) * (c[0] - d[0]) > 0 for (a, c), (b, d) in combinations(zip(first, again, strict=True), 2)]
    assert sum(same) > 0.75 * len(same)
