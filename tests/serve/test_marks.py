"""Texts cut into stretches: all claims of an article, and two reports compared."""

from __future__ import annotations

from typing import Any

import pytest

from kg.serve.marks import compared, stretches


def claim(start: int, *parts: tuple[str, str]) -> dict[str, Any]:
    return {"start": start, "passage": list(parts)}


BODY = "Ann said Bob denied it. Rain fell."
OUTER = claim(0, ("Ann", "source"), (" ", ""), ("said", "cue"), (" ", ""), ("Bob denied it", "content"), (".", ""))
INNER = claim(
    0, ("Ann said ", ""), ("Bob", "source"), (" ", ""), ("denied", "cue"), (" ", ""), ("it", "content"), (".", "")
)


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        ([], [(BODY, "", 0, ())]),
        (
            [OUTER],
            [("Ann", "source", 0, (1,)), (" ", "", 0, ()), ("said", "cue", 0, ()), (" ", "", 0, ()),
             ("Bob denied it", "content", 1, ()), (". Rain fell.", "", 0, ())],
        ),
        (
            [OUTER, INNER],
            [("Ann", "source", 0, (1,)), (" ", "", 0, ()), ("said", "cue", 0, ()), (" ", "", 0, ()),
             ("Bob", "source", 1, (2,)), (" ", "content", 1, ()), ("denied", "cue", 1, ()), (" ", "content", 1, ()),
             ("it", "content", 2, ()), (". Rain fell.", "", 0, ())],
        ),
        ([claim(30, ("fell. And more", "content"))], [(BODY, "", 0, ())]),
        ([claim(24, ("Rain", ""))], [(BODY, "", 0, ())]),
    ],
)  # fmt: skip
def test_stretches(claims: list[dict[str, Any]], found: list[tuple[str, str, int, tuple[int, ...]]]) -> None:
    cut = stretches(BODY, claims)
    assert [(s.text, s.role, s.depth, s.begins) for s in cut] == found
    assert "".join(s.text for s in cut) == BODY


def test_an_empty_text() -> None:
    assert stretches("", []) == []


@pytest.mark.parametrize(
    ("one", "other", "own"),
    [
        ("the dam is safe", "the dam is safe", ([], [])),
        ("the dam is safe", "The dam was safe", (["is"], ["was"])),
        ("the old dam is safe", "the dam is not at all safe", (["old"], ["not at all"])),
        ("no", "", (["no"], [])),
        ("💧", "…", ([], [])),
    ],
)
def test_words_that_differ(one: str, other: str, own: tuple[list[str], list[str]]) -> None:
    sides = compared(*(claim(0, ("She", "source"), (" said ", ""), (text, "content")) for text in (one, other)))
    assert tuple([piece["text"] for piece in side if piece["own"]] for side in sides) == own
    for side, text in zip(sides, (one, other), strict=True):
        assert "".join(piece["text"] for piece in side) == f"She said {text}"


def test_long_texts_are_shown_uncompared() -> None:
    long = claim(0, ("word " * 5000, "content"))
    one, other = compared(long, claim(0, ("other", "content")))
    assert not any(piece["own"] for piece in (*one, *other))
