"""Where nodes stand on the page: the same graph gives the same picture.

Written here because networkx lays out 500 nodes and more only with scipy, or in fifteen seconds, and knows nothing of
labels. The steps, for each connected component: stress majorisation by the lengths of paths (Gansner, Koren and North,
Graph Drawing 2004) where it is small, Fruchterman and Reingold's forces (Software: Practice and Experience 21, 1991)
where it is large, from a start without randomness; its long axis is laid flat, and boxes that overlap are pushed apart.
Then small components go into the gaps that large ones leave. Sums run in a fixed order, without BLAS, so that they do
not depend on the number of threads.
"""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.view.packing import SCREEN, packed

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

SPACING = 145.0
"""Length an edge strives for, in pixels at zoom 1: room for its label."""
WIDER = 1.35
"""Stretch of the x axis of what is drawn in: labels and screens are wider than high."""
GAP = 20.0
"""Least distance between two boxes, in pixels."""
GRAVITY = 0.8
"""Pull towards the middle, per pixel of distance, against stragglers."""
STEPS = 160
SMALL = 130
"""Boxes of a component up to which it is placed by the lengths of paths: better, but slower than by forces."""
ROUNDS = 60
FEW, LONGER = 24, 1.3
"""Up to so many boxes, edges strive for more length: there is room for what is written along them."""
CLEARED = 40_000
"""Lines times boxes up to which boxes are moved off lines; beyond, lines cross everything anyway."""
SLACK = 80.0
"""How near, beyond touching, two boxes are when they are watched for overlaps."""


def layout(
    boxes: Sequence[tuple[float, float]],
    edges: Sequence[tuple[int, int]],
    start: Sequence[tuple[float, float]] | None = None,
) -> list[tuple[int, int]]:
    """Centres of boxes (width, height) so that joined ones are near and none overlap; pixels, around the origin.

    `edges` are pairs of indices into `boxes`; direction and repetition do not matter. With `start`, a place for each
    box, the result keeps to that arrangement where it can.
    """
    if not boxes:
        return []
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(boxes)))
    # In one order: sums of the same forces in another would end a pixel apart.
    graph.add_edges_from(sorted({(min(edge), max(edge)) for edge in edges if edge[0] != edge[1]}))
    components = sorted((sorted(c) for c in nx.connected_components(graph)), key=lambda c: (-len(c), c[0]))
    sizes = np.array(boxes, dtype=float)
    begin = None if start is None else np.array(start, dtype=float)
    placed = [_component(graph, m, sizes[m], None if begin is None else begin[m]) for m in components]
    lines = [_points(graph, m, c) for m, c in zip(components, placed, strict=True)]
    centres = np.zeros((len(boxes), 2))
    for members, positions in zip(components, packed(placed, [sizes[m] for m in components], lines), strict=True):
        centres[members] = positions
    low, high = (centres - sizes / 2).min(axis=0), (centres + sizes / 2).max(axis=0)
    return [(round(x), round(y)) for x, y in (centres - (low + high) / 2).tolist()]


def _component(graph: nx.Graph[int], members: list[int], sizes: Floats, start: Floats | None) -> Floats:
    """Centres of one component's boxes, its upper left corner at the origin."""
    centres = _seeds(graph, members) if start is None else _drawn_in(start)
    position = {node: i for i, node in enumerate(members)}
    ends = np.array([(position[a], position[b]) for a, b in graph.subgraph(members).edges], dtype=np.intp).reshape(
        -1, 2
    )
    if len(members) <= SMALL:
        centres = _stress(centres, _lengths(graph, members))
    else:
        centres = _forces(centres, ends, STEPS if start is None else STEPS // 4)
    centres = _separate(_roomy(_flat(centres, turn=start is None), sizes + GAP), sizes + GAP)
    centres = _clear(centres, ends, sizes)
    return np.asarray(centres - (centres - sizes / 2).min(axis=0))


def _seeds(graph: nx.Graph[int], members: list[int]) -> Floats:
    """Hubs in the middle of a sunflower's seeds: no randomness, and few edges to untangle."""
    order = sorted(range(len(members)), key=lambda i: (-graph.degree(members[i]), i))
    turn = np.arange(len(members)) * np.pi * (3 - 5**0.5)
    centres = np.empty((len(members), 2))
    centres[order] = (SPACING * 0.6 * np.sqrt(np.arange(len(members))) * np.array([np.cos(turn), np.sin(turn)])).T
    return centres


def _drawn_in(start: Floats) -> Floats:
    """Given places, as close together as the seeds of as many boxes, and not stretched."""
    centres = (start - start.mean(axis=0)) / (WIDER, 1.0)
    spread = float(np.sqrt((centres**2).sum(axis=1).mean()))
    return np.asarray(centres * (SPACING * 0.42 * len(centres) ** 0.5 / spread) if spread else centres)


def _lengths(graph: nx.Graph[int], members: list[int]) -> Floats:
    """Of the shortest paths between all of a component's nodes, in edges."""
    lengths = np.zeros((len(members), len(members)))
    position = {node: i for i, node in enumerate(members)}
    for node in members:
        for other, length in nx.single_source_shortest_path_length(graph, node).items():
            lengths[position[node], position[other]] = length
    return lengths


def _stress(centres: Floats, lengths: Floats) -> Floats:
    """Distances as near as may be to the lengths of paths, near pairs counting most: one node after the other."""
    centres = centres.copy()
    spacing = SPACING * (LONGER if len(centres) <= FEW else 1.0)
    for _ in range(ROUNDS if len(centres) > 1 else 0):
        for i in range(len(centres)):
            rest = np.arange(len(centres)) != i
            away = centres[i] - centres[rest]
            distance = np.maximum(np.sqrt((away**2).sum(axis=1)), 1.0)
            weight = lengths[i, rest] ** -2
            ideal = centres[rest] + away * (spacing * lengths[i, rest] / distance)[:, None]
            centres[i] = (weight[:, None] * ideal).sum(axis=0) / weight.sum()
    return centres


def _flat(centres: Floats, turn: bool) -> Floats:
    """Turned so that the longest direction is the horizontal one, and stretched towards the shape of a screen."""
    if len(centres) < 3:
        return centres * (WIDER, 1.0)
    x, y = (centres - centres.mean(axis=0)).T
    if turn:
        angle = 0.5 * float(np.arctan2(2 * (x * y).sum(), (x * x).sum() - (y * y).sum()))
        x, y = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    wide, high = float(x.std()), float(y.std())
    return np.stack([x * min(max(SCREEN * high / max(wide, 1.0), 1.0), 1.6), y], axis=1)


def _forces(centres: Floats, ends: Indices, steps: int) -> Floats:
    reach = SPACING * len(centres) ** 0.5 * steps / STEPS
    for step in range(steps if len(centres) > 1 else 0):
        # Towards each node from each other: difference times SPACING² / distance², without forming the differences.
        x, y = centres[:, 0], centres[:, 1]
        weight = (x[:, None] - x) ** 2
        weight += (y[:, None] - y) ** 2
        np.maximum(weight, 1.0, out=weight)
        np.divide(SPACING**2, weight, out=weight)
        total = weight.sum(axis=1)
        move = np.stack([x * total - (weight * x).sum(axis=1), y * total - (weight * y).sum(axis=1)], axis=1)
        move -= GRAVITY * centres
        along = centres[ends[:, 0]] - centres[ends[:, 1]]
        pull = along * (np.sqrt((along**2).sum(axis=1, keepdims=True)) / SPACING)
        np.subtract.at(move, ends[:, 0], pull)
        np.add.at(move, ends[:, 1], pull)
        length = np.sqrt((move**2).sum(axis=1, keepdims=True))
        most = reach * 0.12 * (1 - step / steps) ** 2 + 1.0
        centres = centres + move * np.minimum(1.0, most / np.maximum(length, 1e-9))
    return centres


def _roomy(centres: Floats, sizes: Floats) -> Floats:
    """Spread the centres where they stand too densely for their boxes: pushing all of them apart would take long."""
    spread = centres.std(axis=0)
    have = 4 * np.pi * float(spread[0] * spread[1])
    need = 1.6 * float((sizes[:, 0] * sizes[:, 1]).sum())
    return centres * max(1.0, (need / have) ** 0.5) if have else centres


def _separate(centres: Floats, sizes: Floats) -> Floats:
    """Push overlapping boxes apart along the axis on which they overlap less, until none do."""
    half = sizes / 2
    near = np.empty((0, 2), dtype=np.intp)
    moved = SLACK
    for _ in range(1500):
        if moved >= SLACK / 2:  # only then can a pair that was far apart have come to overlap
            near, seen = _near(centres, half), centres.copy()
        first, second = near.T
        apart = centres[first] - centres[second]
        over = half[first] + half[second] - np.abs(apart)
        hit = (over > 0.5).all(axis=1)
        if not hit.any():
            break
        first, second, apart, depth = first[hit], second[hit], apart[hit], over[hit]
        rows = np.arange(len(first))
        axis = np.argmin(depth, axis=1)
        push = 0.52 * depth[rows, axis] * np.where(apart[rows, axis] >= 0, 1.0, -1.0)
        np.add.at(centres, (first, axis), push)
        np.subtract.at(centres, (second, axis), push)
        moved = float(np.abs(centres - seen).max())
    return centres


def _clear(centres: Floats, ends: Indices, sizes: Floats) -> Floats:
    """Move boxes off lines that run between two others, where there are few enough lines for that to succeed."""
    if len(ends) * len(centres) > CLEARED:
        return centres
    first, second = ends.T
    nodes = np.arange(len(centres))
    foreign = (nodes != first[:, None]) & (nodes != second[:, None])
    radius = np.minimum(sizes.min(axis=1), SPACING) / 2 + GAP
    for _ in range(60):
        along = centres[second] - centres[first]
        length = np.maximum((along**2).sum(axis=1), 1.0)
        offset = centres[None, :, :] - centres[first][:, None, :]
        part = np.clip((offset * along[:, None, :]).sum(axis=2) / length[:, None], 0.0, 1.0)
        away = offset - part[:, :, None] * along[:, None, :]
        distance = np.sqrt((away**2).sum(axis=2))
        short = np.where(foreign & (part > 0) & (part < 1), radius - distance, 0.0)
        if short.max(initial=0.0) <= 1.0:
            break
        # Straight on a line, a box steps to the line's left.
        left = np.stack([along[:, 1], -along[:, 0]], axis=1) / np.sqrt(length)[:, None]
        direction = np.where(distance[:, :, None] > 1, away / np.maximum(distance, 1.0)[:, :, None], left[:, None, :])
        push = (direction * np.maximum(short, 0.0)[:, :, None]).sum(axis=0)
        centres = _separate(centres + 0.4 * push, sizes + GAP)
    return centres


def _near(centres: Floats, half: Floats) -> Indices:
    """Pairs of boxes that overlap or nearly do, each once, in order."""
    close = np.triu(np.ones((len(centres), len(centres)), dtype=bool), 1)
    for axis in (0, 1):
        c, h = centres[:, axis], half[:, axis] + SLACK / 2
        close &= np.abs(c[:, None] - c) < h[:, None] + h
    return np.argwhere(close)


def _points(graph: nx.Graph[int], members: list[int], centres: Floats) -> Floats:
    """Points along the edges of a component, dense enough that nothing fits between them."""
    position = {node: i for i, node in enumerate(members)}
    ends = np.array([(position[a], position[b]) for a, b in sorted(graph.subgraph(members).edges)], dtype=np.intp)
    parts = np.arange(0.1, 1.0, 0.1)[:, None, None]
    if not len(ends):
        return np.empty((0, 2))
    return np.asarray((centres[ends[:, 0]] * (1 - parts) + centres[ends[:, 1]] * parts).reshape(-1, 2))
