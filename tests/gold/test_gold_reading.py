"""The gold of reading is whole and sound, and its agreement is counted right."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent / "reading"
sys.path.insert(0, str(HERE))

import agreement  # noqa: E402
from show import SCHEMAS, half, read_items  # noqa: E402

HALVES = ("dev", "final")


def gold(topic: str) -> dict[str, dict[str, Any]]:
    return {k: v for name in HALVES for k, v in agreement.read_bare(HERE / "gold" / name / f"{topic}.ndjson").items()}


def spans(value: Any) -> Iterator[tuple[int, int]]:
    if isinstance(value, dict):
        if "start" in value:
            yield value["start"], value["end"]
        for part in value.values():
            yield from spans(part)
    elif isinstance(value, list):
        for part in value:
            yield from spans(part)


@pytest.mark.parametrize("topic", SCHEMAS)
def test_topics_are_large_enough_and_half_stand_off(topic: str) -> None:
    items = read_items(topic)
    assert len(items) >= (200 if topic == "coreference-sources" else 60)
    assert 2 * sum("document" in item for item in items) >= len(items)


@pytest.mark.parametrize("topic", SCHEMAS)
@pytest.mark.parametrize("name", HALVES)
def test_halves_of_gold_hold_their_items_and_no_others(topic: str, name: str) -> None:
    lines = (HERE / "gold" / name / f"{topic}.ndjson").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [x["id"] for x in read_items(topic) if half(x["id"]) == name]


@pytest.mark.parametrize("topic", SCHEMAS)
def test_gold_lies_inside_its_items(topic: str) -> None:
    labels = gold(topic)
    for item in read_items(topic):
        label = {k: v for k, v in labels[item["id"]].items() if k != "named_at"}  # which may lie anywhere before it
        assert set(labels[item["id"]]) == {"id", *SCHEMAS[topic]}
        low, high = (0, len(item["text"])) if "text" in item else (item["start"], item["end"])
        assert all(low <= start < end <= high for start, end in spans(label)), item["id"]
        if "text" in item:
            found = [item["text"][start:end] for start, end in spans(label)]
            assert all(words == words.strip() for words in found), item["id"]


@pytest.mark.parametrize("topic", SCHEMAS)
def test_gold_takes_over_what_both_annotators_have(topic: str) -> None:
    a, b = agreement.annotations(topic)
    labels = gold(topic)
    assert all(labels[key] == a[key] for key in a if a[key] == b[key])


def test_readme_shows_the_agreement_of_these_labels() -> None:
    assert agreement.table(list(SCHEMAS), HALVES) in (HERE / "README.md").read_text(encoding="utf-8")


def span(start: int, end: int) -> dict[str, int]:
    return {"start": start, "end": end}


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        ("Leila Haddad", "Haddad", True),
        ("the United Nations", "United Nations", True),
        ("Sen. Ana Ruiz", "Ana Ruiz", True),
        ("U.S. PIRG", "US PIRG", True),
        ("Ana Ruiz", "Ana Kron", False),
        (None, None, True),
        (None, "Ruiz", False),
    ],
)
def test_names_agree(a: str | None, b: str | None, agree: bool) -> None:
    assert agreement.names_agree(a, b) is agree


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [(span(0, 10), span(0, 5), True), (span(0, 10), span(0, 4), False), (None, None, True), (None, span(0, 1), False)],
)
def test_spans_overlap_by_jaccard(a: Any, b: Any, same: bool) -> None:
    assert agreement.overlap(a, b) is same


def test_kappa_and_macro_f1() -> None:
    kappa = agreement.Kappa([("x", "x")] * 4 + [("x", "y"), ("y", "x")] + [("y", "y")] * 4)
    assert kappa.value == pytest.approx(0.6)
    assert kappa.macro_f1 == pytest.approx(0.8)


def test_matching_finds_as_many_pairs_as_there_are() -> None:
    near = {("a", 1), ("a", 2), ("b", 1)}  # a greedy matcher gives 1 to a and leaves b alone
    assert agreement.match(["a", "b"], [1, 2], lambda x, y: (x, y) in near) == [("a", 2), ("b", 1)]


def claim(name: str, cue: tuple[int, int] | None, within: str | None = None, by: str | None = None) -> dict[str, Any]:
    cue_span = cue and span(*cue)
    return {"id": name, "cue": cue_span, "content": [span(20, 40)], "source": None, "within": within, "reported_by": by}


def test_links_of_nested_claims() -> None:
    a = {"claims": [claim("c1", (5, 9), by="BBC"), claim("c2", (22, 26), within="c1", by="BBC")]}
    b = {"claims": [claim("c1", (22, 30), within="c2", by="the BBC"), claim("c2", (5, 9), by="Reuters")]}
    measures = agreement.nested([(a, b)])
    assert measures["within, F1"].value == 1.0  # ids and order do not matter, cues share a word
    assert measures["reported_by, F1"].value == 0.5
    assert measures["links, F1"].value == pytest.approx(2 / 3)
    assert measures["claims, F1"].value == 1.0


def proposition(predicate: int, object_: int | None, negated: bool = False) -> dict[str, Any]:
    object_span = None if object_ is None else span(object_, object_ + 5)
    names = {"subject_name": None, "object_name": None, "main": True, "negated": negated}
    return {"subject": span(0, 4), "predicate": span(predicate, predicate + 4), "object": object_span, **names}


def test_propositions_need_the_object_and_the_negation() -> None:
    a = {"propositions": [proposition(5, 10), proposition(20, None), proposition(30, 40)]}
    b = {"propositions": [proposition(5, 10), proposition(20, 25), proposition(30, 40, negated=True)]}
    measures = agreement.propositions([(a, b)])
    assert measures["subject and predicate, F1"].value == 1.0
    assert measures["propositions, F1"].value == pytest.approx(1 / 3)


def test_unnamed_speakers_agree_by_their_source() -> None:
    quote = {"content": span(10, 20), "cue": None, "speakers": [], "source": span(0, 8)}
    other = {**quote, "source": span(22, 30)}
    assert agreement.quotes([({"quotes": [quote]}, {"quotes": [quote]})])["speakers, accuracy"].value == 1.0
    assert agreement.quotes([({"quotes": [quote]}, {"quotes": [other]})])["speakers, accuracy"].value == 0.0
