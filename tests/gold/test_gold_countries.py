"""The gold of countries is sound, and names every country there is."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "countries"
SPEC = importlib.util.spec_from_file_location("countries_check", HERE / "check.py")
assert SPEC
assert SPEC.loader
check = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(check)

SENTENCES = [s for name in check.HALVES for s in check.read(name)]


def test_labels_are_sound() -> None:
    assert check.problems(SENTENCES) == []


@pytest.mark.parametrize(
    ("start", "end", "iso", "kind"),
    [(3, 7, "TD", "name"), (0, 4, "TD", "name"), (3, 8, "XX", "name"), (3, 8, "TD", "title"), (2, 8, "TD", "name")],
)
def test_unsound_labels_are_found(start: int, end: int, iso: str, kind: str) -> None:
    label = {"start": start, "end": end, "iso": iso, "kind": kind}
    assert check.problems([{"id": "x", "text": "In Chads.", "labels": [label]}])


def test_every_country_is_called_by_name() -> None:
    assert check.ISO - {label["iso"] for s in SENTENCES for label in s["labels"] if label["kind"] == "name"} == set()
    assert len(check.ISO) == 250


def test_sizes() -> None:
    kinds = [label["kind"] for s in SENTENCES for label in s["labels"]]
    assert len(SENTENCES) >= 420
    assert all(kinds.count(kind) >= 100 for kind in check.KINDS)
    assert sum(not s["labels"] for s in SENTENCES) >= 100
    assert len({s["text"] for s in SENTENCES}) == len({s["id"] for s in SENTENCES}) == len(SENTENCES)


@pytest.mark.parametrize("name", check.HALVES)
def test_halves_hold_their_sentences_and_no_others(name: str) -> None:
    assert {check.half(s["id"]) for s in check.read(name)} == {name}
    assert len(check.read(name)) >= 200
