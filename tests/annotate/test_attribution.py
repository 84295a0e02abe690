"""Spans and links on scores made by hand."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.annotate.attribution import Attribution, attributions
from kg.annotate.confidence import TERMS, Calibration
from kg.annotate.decode import bio_spans
from kg.annotate.labels import Labels, legal
from kg.annotate.weights import Heads
from kg.annotate.windows import WindowScores

LABELS = Labels((), (), (), ())
YES, NO = 4.0, -6.0
RISING = Calibration(dict.fromkeys(TERMS, 0.5))
Links = Mapping[tuple[int, int], float]


def heads() -> Heads:
    start, follow = legal(LABELS.roles)
    none = np.zeros(0, dtype=np.float32)
    roles = (np.where(allowed, 0, -1e4).astype(np.float32) for allowed in (start, follow))
    return Heads(*roles, none, none, none, none)


def emissions(text: str) -> NDArray[np.float32]:
    """Scores that favour these roles: S, Q and C begin a source, cue and content, small letters go on, "." is none."""
    order = {".": "O", "S": "B-source", "s": "I-source", "Q": "B-cue", "q": "I-cue", "C": "B-content", "c": "I-content"}
    scores = np.zeros((len(text), len(LABELS.roles)), dtype=np.float32)
    for i, letter in enumerate(text):
        scores[i, LABELS.roles.index(order[letter])] = 8
    return scores


def pairs(size: int, links: Links) -> NDArray[np.float32]:
    scores = np.full((size, size), NO, dtype=np.float32)
    for (word, cue), value in links.items():
        scores[word, cue] = value
    return scores


def read(text: str, sources: Links, contents: Links, cut: int | None = None) -> list[str]:
    """The attributions found, as "source < cue < contents" in letters' positions."""
    bounds = [(0, len(text))] if cut is None else [(0, cut + 3), (cut, len(text))]
    roles, source, content = emissions(text), pairs(len(text), sources), pairs(len(text), contents)
    windows = [
        WindowScores(a, b, {"roles": roles[a:b], "source_links": source[a:b, a:b], "content_links": content[a:b, a:b]})
        for a, b in bounds
    ]
    found = attributions(windows, LABELS, heads(), RISING, list(text))
    assert list(found) == sorted(found, key=lambda a: min(s[0] for s in (a.source, a.cue, *a.contents) if s))
    assert all(0 < a.confidence <= 1 for a in found)
    every = [span for a in found for span in (a.cue, *a.contents) if span]
    marked = [(a, b) for a, b, role in bio_spans([LABELS.roles[i] for i in roles.argmax(1)]) if role != "source"]
    assert sorted(every) == marked  # nothing lost, nothing in two attributions but sources
    return [written(a) for a in found]


def written(a: Attribution) -> str:
    def at(span: tuple[int, int] | None) -> str:
        return f"{span[0]}-{span[1]}" if span else "?"

    return f"{at(a.source)} {at(a.cue)} {' '.join(at(c) for c in a.contents)}".strip()


@pytest.mark.parametrize(
    ("text", "sources", "contents", "expected"),
    [
        ("Ss.Q.Ccc", {(0, 3): YES, (1, 3): YES}, {(5, 3): YES, (6, 3): YES, (7, 3): YES}, ["0-2 3-4 5-8"]),
        ("CcQS", {(3, 2): YES}, {(0, 2): YES, (1, 2): YES}, ["3-4 2-3 0-2"]),
        # content on both sides of the cue
        ("C.SQ.C", {(2, 3): YES}, {(0, 3): YES, (5, 3): YES}, ["2-3 3-4 0-1 5-6"]),
        # two statements crossing: each span to its own cue, not to the nearest
        ("SQSQ.C", {(0, 1): YES, (2, 3): YES}, {(5, 1): YES}, ["0-1 1-2 5-6", "2-3 3-4"]),
        # one source for two cues
        ("SQCQC", {(0, 1): YES, (0, 3): 1.0}, {(2, 1): YES, (4, 3): YES}, ["0-1 1-2 2-3", "0-1 3-4 4-5"]),
        # of two sources that point to one cue the surer one gets it; the other stands alone
        ("SSQC", {(0, 2): 1.0, (1, 2): YES}, {(3, 2): YES}, ["0-1 ?", "1-2 2-3 3-4"]),
        # a cue without a content gets the one that costs least of another's two; not when that is dear
        ("Q.C.C.Q", {}, {(2, 0): YES, (4, 0): YES, (4, 6): 1.0}, ["? 0-1 2-3", "? 6-7 4-5"]),
        ("Q.C.C.Q", {}, {(2, 0): YES, (4, 0): YES}, ["? 0-1 2-3 4-5", "? 6-7"]),
        # a link too unlikely leaves the spans apart
        ("SQ.C", {}, {}, ["0-1 ?", "? 1-2", "? ? 3-4"]),
        ("QC", {}, {(1, 0): YES}, ["? 0-1 1-2"]),
        ("C", {}, {}, ["? ? 0-1"]),
        ("...", {}, {}, []),
    ],
)
def test_links(text: str, sources: Links, contents: Links, expected: list[str]) -> None:
    assert read(text, sources, contents) == expected


def test_links_across_windows_are_those_of_a_window_that_holds_both() -> None:
    text = "SQ" + "." * 6 + "SQ.C" + "." * 8
    sources, contents = {(0, 1): YES, (8, 9): YES}, {(11, 9): YES, (11, 1): YES + 1}
    assert read(text, sources, contents) == ["0-1 1-2 11-12", "8-9 9-10"]
    assert read(text, sources, contents, cut=7) == ["0-1 1-2", "8-9 9-10 11-12"]


def test_sureness_is_that_of_the_labels_and_of_the_links() -> None:
    def found(link: float, weight: float) -> Attribution:
        window = WindowScores(
            0, 3,
            {
                "roles": emissions("SQC") * weight,
                "source_links": pairs(3, {(0, 1): YES}),
                "content_links": pairs(3, {(2, 1): link}),
            },
        )  # fmt: skip
        (one,) = attributions([window], LABELS, heads(), RISING, list("SQC"))
        return one

    assert found(YES, 1).confidence > found(1, 1).confidence > found(-2, 1).confidence
    assert found(YES, 1).confidence > found(YES, 0.5).confidence
    sureness = found(1, 1).sureness
    assert sureness.has_cue
    assert sureness.content_link == pytest.approx(1 / (1 + np.exp(-1)))
    assert sureness.source_link == pytest.approx(1 / (1 + np.exp(-YES)))
    assert sureness.source is not None
    assert 0.99 < sureness.source < 1


def test_the_longest_content_counts() -> None:
    roles, sources, contents = emissions("QC.Ccc"), pairs(6, {}), pairs(6, {(1, 0): 3, (3, 0): 2, (4, 0): 2, (5, 0): 2})
    window = WindowScores(0, 6, {"roles": roles, "source_links": sources, "content_links": contents})
    (one,) = attributions([window], LABELS, heads(), RISING, list("QC.Ccc"))
    assert one.contents == ((1, 2), (3, 6))
    assert one.sureness.content_link == pytest.approx(1 / (1 + np.exp(-2)))
    assert one.sureness.source is None


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Cccc.S", ["“", "Go", ".", "”", "―", "Ruiz"], ["5-6 4-5 0-4"]),
        ("CccccS", ["“", "Go", ".", "”", "―", "Ruiz"], ["5-6 4-5 0-4"]),  # the content took the dash in
        ("S.Cc", ["RUIZ", ":", "Go", "now"], ["0-1 1-2 2-4"]),
        ("S.Cc", ["RUIZ", ",", "Go", "now"], ["0-1 ?", "? ? 2-4"]),
        ("Cc.S", ["Go", "now", ";", "Ruiz"], ["? ? 0-2", "3-4 ?"]),
    ],
)
def test_marks_join_lone_spans(text: str, words: list[str], expected: list[str]) -> None:
    window = WindowScores(
        0, len(text),
        {"roles": emissions(text), "source_links": pairs(len(text), {}), "content_links": pairs(len(text), {})},
    )  # fmt: skip
    assert [written(a) for a in attributions([window], LABELS, heads(), RISING, words)] == expected


def test_a_cue_without_a_source_is_given_a_likely_one() -> None:
    roles = emissions(".QC")
    roles[0, LABELS.roles.index("B-source")] = 6.3  # less likely than none, but likely
    window = WindowScores(
        0, 3, {"roles": roles, "source_links": pairs(3, {(0, 1): YES}), "content_links": pairs(3, {(2, 1): YES})}
    )
    assert [written(a) for a in attributions([window], LABELS, heads(), RISING, ["he", "said", "so"])] == [
        "0-1 1-2 2-3"
    ]
    window.scores["source_links"][0, 1] = NO
    assert [written(a) for a in attributions([window], LABELS, heads(), RISING, ["he", "said", "so"])] == ["? 1-2 2-3"]
