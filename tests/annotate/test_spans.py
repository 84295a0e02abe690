"""The choice of spans by how likely each is."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kg.annotate.spans import choose

Span = tuple[int, int, str]


@pytest.mark.parametrize(
    ("best", "likely", "expected"),
    [
        ([(0, 3, "cue")], {(0, 3, "cue"): 0.4}, [(0, 3, "cue")]),
        ([(0, 3, "cue")], {(0, 3, "cue"): 0.3, (1, 3, "cue"): 0.5}, [(1, 3, "cue")]),
        # too little of it is left, or it is another role's
        ([(0, 9, "content")], {(0, 9, "content"): 0.1, (7, 9, "content"): 0.5}, [(0, 9, "content")]),
        ([(0, 3, "cue")], {(0, 3, "cue"): 0.1, (0, 2, "source"): 0.5}, [(0, 3, "cue")]),
        # never into the next one's words, whatever its own edges
        (
            [(0, 3, "cue"), (3, 5, "content")],
            {(0, 3, "cue"): 0.2, (0, 4, "cue"): 0.6, (3, 5, "content"): 0.3},
            [(0, 3, "cue"), (3, 5, "content")],
        ),
        # a likely span between them, but not a less likely one that crosses it
        (
            [(0, 1, "cue")],
            {(0, 1, "cue"): 0.9, (4, 6, "source"): 0.4, (5, 7, "source"): 0.3},
            [(0, 1, "cue"), (4, 6, "source")],
        ),
        ([(0, 1, "cue")], {(0, 1, "cue"): 0.9, (4, 6, "source"): 0.1}, [(0, 1, "cue")]),
        ([], {}, []),
    ],
)  # fmt: skip
def test_choose(best: list[Span], likely: Mapping[Span, float], expected: list[Span]) -> None:
    assert choose(best, likely) == expected
