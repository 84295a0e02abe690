"""Where the components of a picture stand beside each other: small ones in the gaps that large ones leave.

After Freivalds, Dogrusoz and Kikusts (Disconnected graph layout and the polyomino packing approach, Graph Drawing
2001), with boxes in place of polyominoes.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

Corners = tuple[Floats, Floats]
"""The upper left and the lower right corners of boxes."""

SCREEN = 1.65
"""Width over height of the picture's room on a common screen."""
BETWEEN = 40.0
"""Least distance between boxes of two components, in pixels."""
STEP = 45.0
"""Distance between the places that are tried, in pixels."""


def packed(components: Sequence[Floats], sizes: Sequence[Floats], lines: Sequence[Floats]) -> list[Floats]:
    """The centres of each component's boxes, moved so that no two components overlap; the first stays.

    `lines` are points on the edges of each component, which others keep off too. Components come largest first.
    """
    moved: list[Floats] = []
    taken: list[Corners] = []
    for centres, size, points in zip(components, sizes, lines, strict=True):
        corners = (
            np.concatenate([centres - size / 2, points]) - BETWEEN / 2,
            np.concatenate([centres + size / 2, points]) + BETWEEN / 2,
        )
        shift = _best(corners, taken) if taken else np.zeros(2)
        taken.append((corners[0] + shift, corners[1] + shift))
        moved.append(centres + shift)
    return moved


def _best(corners: Corners, taken: Sequence[Corners]) -> Floats:
    """The shift to a free place after which all fits the smallest screen; of equals, the one most in the middle."""
    uppers = np.concatenate([upper for upper, _ in taken])
    lowers = np.concatenate([lower for _, lower in taken])
    low, high = uppers.min(axis=0), lowers.max(axis=0)
    begin = corners[0].min(axis=0)
    size = corners[1].max(axis=0) - begin
    xs, ys = (np.arange(first, last + STEP, STEP) for first, last in zip(low - size, high, strict=True))
    places = np.stack([g.ravel() for g in np.meshgrid(xs, ys)], axis=1)
    extent = np.maximum(high, places + size) - np.minimum(low, places)
    need = np.maximum(extent[:, 0], extent[:, 1] * SCREEN).round()
    off = (((places + size / 2 - (low + high) / 2) / (SCREEN, 1.0)) ** 2).sum(axis=1).round()
    for i in np.lexsort((np.arange(len(places)), off, need)):
        shift = places[i] - begin
        upper, lower = corners[0] + shift, corners[1] + shift
        apart = ((upper[:, None] >= lowers[None]) | (lower[:, None] <= uppers[None])).any(axis=2)
        if apart.all():
            return np.asarray(shift)
    raise AssertionError("places outside of everything are free")
