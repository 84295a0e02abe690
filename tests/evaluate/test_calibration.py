"""Calibration of confidence, on claims made by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy

from kg.annotate.confidence import Calibration, Sureness
from kg.evaluate import evaluate
from kg.evaluate.calibration import Judged, cross_fitted, expected_error, fit, is_right
from kg.evaluate.scores import characters
from kg.model import Claim, Span

GOLD = [(characters([(0, 4)]), characters([(10, 20)])), (frozenset[int](), characters([(30, 40)]))]


def claim(source: tuple[int, int] | None, *content: tuple[int, int]) -> Claim:
    spans = tuple(Span(start, end, "x" * (end - start)) for start, end in content)
    of = Span(*source, "x") if source else None
    return Claim(id="c1", kind="indirect", content=spans, passage=spans[0], source=of)


@pytest.mark.parametrize(
    ("found", "right"),
    [
        (claim((2, 6), (10, 20)), True),
        (claim((2, 6), (12, 17)), True),
        (claim((2, 6), (12, 16)), False),
        (claim((2, 6), (10, 15), (16, 20)), True),
        (claim((5, 6), (10, 20)), False),
        (claim(None, (10, 20)), False),
        (claim(None, (30, 40)), True),
        (claim((0, 4), (30, 40)), False),
    ],
)
def test_a_claim_is_right_by_who_said_what(found: Claim, right: bool) -> None:
    assert is_right(found, GOLD) == right


def test_the_error_is_the_mean_distance_over_bins_of_equally_many() -> None:
    confidence = np.array([0.2] * 14 + [0.9] * 16)
    right = np.array([0.0] * 14 + [1.0] * 16)
    assert expected_error(confidence, right) == pytest.approx((14 * 0.2 + 16 * 0.1) / 30)
    assert expected_error(right, right) == 0
    assert expected_error(np.array([0.5]), np.array([1.0])) == 0.5
    assert expected_error(np.array([]), np.array([])) == 0


def drawn(count: int, documents: int) -> tuple[list[Judged], np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Claims that are right with a known probability: a calibration's with coefficients of 1 for content and link."""
    random = np.random.default_rng(0)
    terms = {**dict.fromkeys(Calibration().coefficients, 0.0), "content": 1.0, "content link": -0.5, "constant": 0.5}
    truth = Calibration(terms)
    claims, chances = [], []
    for n in range(count):
        sureness = Sureness(True, 0.5, random.uniform(0.05, 0.95), 0.5, random.uniform(0.05, 0.95))
        chances.append(truth(sureness))
        claims.append(Judged(f"d{n % documents}", 0.5, bool(random.random() < chances[-1]), sureness))
    return claims, np.array(chances)


def test_a_fit_finds_the_coefficients_that_made_the_data() -> None:
    claims, _ = drawn(4000, 40)
    found = fit(claims)
    assert (found["content"], found["content link"], found["constant"]) == pytest.approx((1, -0.5, 0.5), abs=0.12)
    assert found["no cue"] == 0
    assert set(fit([]).values()) == {0.0}


def test_cross_fitting_knows_nothing_of_the_half_it_scores() -> None:
    claims, chances = drawn(4000, 40)
    right = np.array([c.right for c in claims])
    assert np.abs(cross_fitted(claims) - chances).mean() < 0.02
    assert expected_error(cross_fitted(claims), right) < 0.05 < expected_error(np.full(4000, 0.9), right)
    assert cross_fitted([Judged("d1", 0.31, True, None), *claims])[0] == 0.31  # found by a rule: kept
    turned = [Judged(c.document, c.confidence, c.document != "d1" and c.right, c.sureness) for c in claims]
    own = np.array([c.document == "d1" for c in claims])
    assert (cross_fitted(turned)[own] == cross_fitted(claims)[own]).all()


def test_the_task_runs_where_the_reader_finds_nothing(data: Path) -> None:
    report = evaluate(spacy.blank("en"), data, ["calibration"])
    assert report.figure("calibration", "ECE").value == 0
    assert report.figure("calibration", "claims right").value == 0
    assert '"unit": ""' in report.to_json()
