"""Components beside each other: apart, in the gaps, and where the same ones stood before."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from kg.view.packing import BETWEEN, packed

NONE = np.empty((0, 2))


def squares(n: int, side: float = 100.0) -> tuple[np.ndarray, np.ndarray]:
    """A ring of boxes with a hole in the middle."""
    turn = 2 * np.pi * np.arange(n) / n
    return np.stack([600 * np.cos(turn), 400 * np.sin(turn)], axis=1), np.full((n, 2), side)


def test_a_small_one_goes_into_the_gap_of_a_large_one() -> None:
    (ring, sizes), (one, size) = squares(16), (np.zeros((1, 2)), np.array([[120.0, 80.0]]))
    around, inside = packed([ring, one], [sizes, size], [NONE, NONE])
    assert (around.min(axis=0) < inside[0]).all()
    assert (inside[0] < around.max(axis=0)).all()


def test_lines_are_kept_free() -> None:
    (ring, sizes), (one, size) = squares(16), (np.zeros((1, 2)), np.array([[120.0, 80.0]]))
    across = np.stack(np.meshgrid(np.arange(-600, 601, 30.0), np.arange(-400, 401, 30.0)), axis=-1).reshape(-1, 2)
    around, beside = packed([ring, one], [sizes, size], [across, NONE])
    assert (beside[0] < around.min(axis=0)).any() or (beside[0] > around.max(axis=0)).any()


@pytest.mark.parametrize("n", [2, 40])
def test_no_two_are_nearer_than_they_may(n: int) -> None:
    sizes = [np.full((3, 2), 60.0 + 7 * (i % 5)) for i in range(n)]
    parts = [np.array([[0.0, 0.0], [150.0, 10.0 * i], [-80.0, 120.0]]) for i in range(n)]
    moved = packed(parts, sizes, [NONE] * n)
    assert [np.ptp(m, axis=0).tolist() for m in moved] == [np.ptp(p, axis=0).tolist() for p in parts]
    for (a, s), (b, t) in combinations(zip(moved, sizes, strict=True), 2):
        apart = np.abs(a[:, None] - b[None]) - (s[:, None] + t[None]) / 2
        assert (apart >= BETWEEN - 1e-6).any(axis=2).all()
    again = packed(parts, sizes, [NONE] * n)
    assert all((m == k).all() for m, k in zip(moved, again, strict=True))
