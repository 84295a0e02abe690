"""Where the components of a picture stand beside each other: small ones in the gaps that large ones leave.

After Freivalds, Dogrusoz and Kikusts (Disconnected graph layout and the polyomino packing approach, Graph Drawing
2001): each component is the squares of a grid that its boxes and lines touch.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Cells = NDArray[np.intp]
"""Squares of the grid, as rows of their column and line."""

SCREEN = 1.65
"""Width over height of the picture's room on a common screen."""
BETWEEN = 40.0
"""Least distance between boxes of two components, in pixels."""
CELL = 40.0
"""Side of a square, in pixels."""


def packed(components: Sequence[Floats], sizes: Sequence[Floats], lines: Sequence[Floats]) -> list[Floats]:
    """The centres of each component's boxes, moved so that no two components overlap.

    `lines` are points on the edges of each component, which others keep off too. Components come largest first.
    """
    moved: list[Floats] = []
    taken: Cells = np.empty((0, 2), dtype=np.intp)
    for centres, size, points in zip(components, sizes, lines, strict=True):
        upper = np.concatenate([centres - size / 2, points]) - BETWEEN / 2
        lower = np.concatenate([centres + size / 2, points]) + BETWEEN / 2
        origin = upper.min(axis=0)
        cells = _cells(upper - origin, lower - origin)
        at = _best(cells, taken) if len(taken) else np.zeros(2, dtype=np.intp)
        taken = np.concatenate([taken, cells + at])
        moved.append(centres - origin + at * CELL)
    return moved


def _cells(upper: Floats, lower: Floats) -> Cells:
    """The squares that rectangles touch, each once."""
    first, last = np.floor(upper / CELL).astype(np.intp), np.ceil(lower / CELL).astype(np.intp)
    grid = np.zeros(last.max(axis=0), dtype=bool)
    for (left, top), (right, bottom) in zip(first, last, strict=True):
        grid[left:right, top:bottom] = True
    return np.argwhere(grid)


def _best(cells: Cells, taken: Cells) -> Cells:
    """The free place after which all fits the smallest screen; of equals, the one most in the middle."""
    low, high = taken.min(axis=0), taken.max(axis=0) + 1
    size = cells.max(axis=0) + 1
    # Places from just left of and above all that is taken to just right of and below it, on a grid with that margin.
    margin, room = size, high - low
    grid = np.zeros(room + 2 * margin, dtype=bool)
    grid[tuple((taken - low + margin).T)] = True
    columns, rows = room + margin + 1
    blocked = np.zeros((columns, rows), dtype=bool)
    for x, y in cells:
        blocked |= grid[x : x + columns, y : y + rows]
    places = np.argwhere(~blocked) + low - margin
    extent = np.maximum(high, places + size) - np.minimum(low, places)
    need = np.maximum(extent[:, 0], np.round(extent[:, 1] * SCREEN))
    off = (((places + size / 2 - (low + high) / 2) / (SCREEN, 1.0)) ** 2).sum(axis=1).round(3)
    best = np.lexsort((places[:, 1], places[:, 0], off, need))[0]
    return np.asarray(places[best], dtype=np.intp)
