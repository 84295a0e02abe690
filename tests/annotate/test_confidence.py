"""The confidence of attributions, and the calibration that ships."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import asdict
from pathlib import Path

import pytest

from kg.annotate.confidence import FILE, TERMS, Calibration, Sureness, load_calibration
from kg.annotate.weights import FOLDER
from kg.errors import RunError

ALL = Sureness(True, 0.9, 0.8, 0.7, 0.6)


def only(term: str, value: float = 1.0) -> Calibration:
    return Calibration({**dict.fromkeys(TERMS, 0.0), term: value})


@pytest.mark.parametrize(
    ("term", "sureness", "expected"),
    [
        ("source", ALL, 0.9),
        ("content", ALL, 0.8),
        ("source link", ALL, 0.7),
        ("content link", ALL, 0.6),
        ("content", Sureness(), 0.5),
        ("no cue", ALL, 0.5),
        ("no cue", Sureness(), 1 / (1 + math.exp(-1))),
        ("no source", Sureness(True), 1 / (1 + math.exp(-1))),
        ("content", Sureness(True, content=1.0), 0.9999),
        ("content", Sureness(True, content=0.0), 0.0001),
    ],
)
def test_terms_are_log_odds_and_what_is_missing(term: str, sureness: Sureness, expected: float) -> None:
    assert only(term)(sureness) == pytest.approx(expected)


def test_a_calibration_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = Calibration(dict(zip(TERMS, range(len(TERMS)), strict=True)), "two claims", "abc")
    written.save(tmp_path)
    assert load_calibration(tmp_path, Path("nowhere")) == written
    assert load_calibration(Path("nowhere"), tmp_path) == written


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"coefficients": {"constant": 1}, "fitted_on": "", "reader": ""}'])
def test_a_broken_calibration_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(RunError, match=r"calibration.json: not a calibration .* kg.train.calibrate"):
        load_calibration(tmp_path, FOLDER)
    with pytest.raises(RunError, match=r"calibration.json: missing"):
        load_calibration(tmp_path / "none", tmp_path / "none")


def test_the_calibration_that_ships_was_fitted_on_the_weights_that_ship() -> None:
    """Otherwise run `python -m kg.train.calibrate --data DIR`."""
    shipped = load_calibration(FOLDER, FOLDER)
    assert shipped.reader == hashlib.sha256((FOLDER / "reader.onnx").read_bytes()).hexdigest()
    assert asdict(shipped) == json.loads((FOLDER / FILE).read_text(encoding="utf-8"))
    sure, unsure = Sureness(True, 0.99, 0.99, 0.99, 0.99), Sureness(True, 0.6, 0.6, 0.6, 0.6)
    assert shipped(sure) > 0.8 > 0.5 > shipped(unsure) > shipped(Sureness())
