"""Countries against their gold, on hand-built sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy

from kg.annotate import components  # noqa: F401  (registers kg_countries)
from kg.errors import RunError
from kg.evaluate import evaluate
from kg.evaluate.countries import named, score_countries
from kg.evaluate.scores import Counts
from kg.model import Entity, Mention

CHAD, FRENCH = (0, 4, "TD", "name"), (10, 16, "FR", "demonym")


def test_only_what_names_a_country_counts() -> None:
    chad = Entity("e1", "Country", "Chad", (Mention(0, 4, "Chad", "name"), Mention(20, 22, "it", "pronoun")), iso="TD")
    olsen = Entity("e2", "Person", "Chad Olsen", (Mention(30, 40, "Chad Olsen", "name"),))
    assert named([chad, olsen]) == {CHAD}


def test_place_and_code_must_agree_and_kinds_are_told_apart() -> None:
    scores = score_countries(
        frozenset({CHAD, (10, 16, "FR", "name"), (30, 35, "XK", "metonym")}), frozenset({CHAD, FRENCH})
    )
    assert scores["countries"] == Counts(2, 3, 2)
    assert scores["countries, and kind"] == Counts(1, 3, 2)
    assert (scores["name"], scores["demonym"]) == (Counts(1, 1, 1), Counts(1, 1, 1))
    assert scores["metonym"] == Counts(0, 1, 0)
    assert score_countries(frozenset({(0, 4, "NE", "name")}), frozenset({CHAD}))["countries"] == Counts(0, 1, 1)


def write(folder: Path, *sentences: dict[str, Any]) -> Path:
    (folder / "countries").mkdir()
    lines = "".join(json.dumps(sentence) + "\n" for sentence in sentences)
    (folder / "countries" / "dev.ndjson").write_text(lines, encoding="utf-8")
    return folder


def test_the_task_reads_each_sentence_as_an_article(tmp_path: Path) -> None:
    label = {"start": 3, "end": 7, "iso": "TD", "kind": "name"}
    folder = write(
        tmp_path,
        {"id": "c-1", "group": "name", "text": "In Chad it rained.", "labels": [label]},
        {"id": "c-2", "group": "trap", "text": "The turkey was dry.", "labels": []},
    )
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_countries")
    report = evaluate(nlp, None, ["countries"], gold=folder)
    assert report.figure("countries", "countries").counts == Counts(1, 1, 1)
    with pytest.raises(RunError, match=r"final.ndjson: no such file"):
        evaluate(nlp, None, ["countries"], gold=folder, half="final")


def test_a_broken_sentence_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path, {"id": "c-1", "group": "name", "text": "In Chad.", "labels": [{"start": 3}]})
    with pytest.raises(RunError, match=r"dev.ndjson:1: the sentence is not as described"):
        evaluate(spacy.blank("en"), None, ["countries"], gold=folder)
