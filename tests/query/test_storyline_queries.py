"""Every named query asked of the storyline's gold, and what is said when nothing fits."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from storyline_store import storyline_store

from kg.query import named, run, to_text

ANNEX = "“There is no secret annex to this accord. There are five chapters, and you know their titles,”"
CHAVDAROV = {"speaker": "Yulian Chavdarov"}

# Query, parameters, columns, and the rows that must be among the first ones.
CASES: list[tuple[str, dict[str, str], str, list[tuple[Any, ...]]]] = [
    ("about", {"about": "Argo Link"}, "speaker act", [("Radu Voinea", "statement")]),
    ("articles", {"outlet": "Spark365"}, "published", [("2025-03-04",), ("2025-03-06",)]),
    (
        "changes",
        {"speaker": "Pavlos Vlachakis"},
        "earlier earlierDay laterDay",
        [("“The tariff chapter is closed.”", "2025-03-05", "2025-03-15")],
    ),
    ("changes", CHAVDAROV, "earlier earlierDay laterDay", [(ANNEX, "2025-03-04", "2025-03-18")]),
    (
        "contradictions",
        {"speaker": "Radu Voinea"},
        "speaker otherSpeaker",
        [("Andrei Rusu", "Radu Voinea"), ("Radu Voinea", "Yulian Chavdarov")],
    ),
    ("entities", {"name": "OBSTE"}, "name type", [("Organisation for Black Sea Transit and Energy", "Organisation")]),
    (
        "many-outlets",
        CHAVDAROV,
        "content first firstOutlet",
        [(ANNEX, "2025-03-04", "Euxine News Agency")],
    ),
    (
        "nested",
        {"speaker": "Ilinca Voinea"},
        "speaker innerSpeaker innerContent",
        [("Andrei Rusu", "Ilinca Voinea", "that Romania would sign whatever Sofia decided")],
    ),
    ("never-quoted", {}, "name type", [("Romania", "Country"), ("National Assembly", "Organisation")]),
    (
        "office-holders",
        {"office": "energy minister", "on": "2025-03-21"},
        "person organisation",
        [("Radostina Mileva", "Bulgaria")],
    ),
    (
        "offices",
        {"person": "Radostina Mileva"},
        "office start end",
        [("deputy energy minister", None, "2025-03-20"), ("energy minister", "2025-03-20", None)],
    ),
    (
        "one-outlet",
        {"speaker": "Lotte Brandt", "outlet": "Pontus TV"},
        "outlet articles first",
        [("Pontus TV", 1, "2025-03-18")],
    ),
    ("quotes", {**CHAVDAROV, "act": "denial", "until": "2025-03-04"}, "outlet", [("Euxine News Agency",)]),
    ("said", {"speaker": "Boyan Krastanov", "about": "Bulgaria"}, "date", [("2025-03-27",)]),
    ("said-to", {"to": "Dobrudzha Kurier"}, "speaker", [("Yulian Chavdarov",)]),
    (
        "second-hand",
        {"through": "Pontus TV"},
        "speaker how outlet",
        [("Yulian Chavdarov", "reported by", "Euxine News Agency")],
    ),
    ("spokespeople", {"organisation": "OBSTE"}, "speaker role", [("Theo Marchetti", "spokesman")]),
]


@pytest.mark.parametrize(("name", "params", "columns", "expected"), CASES, ids=lambda v: str(v)[:30])
def test_the_storyline_answers(
    name: str, params: dict[str, str], columns: str, expected: list[tuple[Any, ...]]
) -> None:
    found = [tuple(r[c] for c in columns.split()) for r in run(storyline_store(), name, params).records()]
    assert [row for row in found if row in expected][: len(expected)] == expected, found[:10]


def test_a_statement_leads_to_its_reports_and_each_to_its_sentence() -> None:
    store = storyline_store()
    group = next(r["group"] for r in run(store, "many-outlets", CHAVDAROV).records() if r["content"] == ANNEX)
    rows = list(run(store, "reports", {"claim": str(group)}).records())
    assert len({r["report"] for r in rows}) == 3  # what the gold counts
    assert {r["outlet"] for r in rows} >= {"Euxine News Agency", "Pontus TV", "Spark365", "Dobrudzha Kurier"}
    wire = {r["report"] for r in rows if r["outlet"] in ("Euxine News Agency", "Pontus TV", "Spark365")}
    assert len(wire) == 1, "reprints are one report"
    again = run(store, "reports", {"claim": str(rows[0]["claim"])})
    assert [r["claim"] for r in again.records()] == [r["claim"] for r in rows]
    parts = list(run(store, "sentence", {"claim": str(rows[0]["claim"])}).records())
    assert parts[0]["part"] == "sentence"


def test_every_named_query_is_asked() -> None:
    elsewhere = {"circumstances", "propositions"}  # of what the storyline's gold does not have; see test_named.py
    assert {q.name for q in named()} == {name for name, *_ in CASES} | {"reports", "sentence"} | elsewhere


def test_quotes_is_a_whole_table_that_a_spreadsheet_opens() -> None:
    rows = run(storyline_store(), "quotes")
    text = to_text(rows, "csv", bom=True)
    assert text.startswith("\N{BYTE ORDER MARK}speaker,office,act,")
    table = list(csv.reader(io.StringIO(text.removeprefix("\N{BYTE ORDER MARK}"))))
    assert len(table) == len(rows) + 1 == 376
    assert {len(line) for line in table} == {len(rows.variables)}
    assert not any(cell[:1] in "=+-@" for line in table for cell in line if cell)
    assert sorted({line[0] for line in table if "Anaklia would be ready" in line[5]}) == ["Ketevan Maisuradze"]


@pytest.mark.parametrize(
    ("query", "params", "note"),
    [
        ("said", {"speaker": "krast"}, "'krast' is taken for Boyan Krastanov"),
        ("said", {"speaker": "rado mil"}, "'rado mil' is taken for Radostina Mileva"),
        ("said", {"speaker": "Vo"}, "'Vo' begins several names: Ilinca Voinea; Radu Voinea"),
        ("said", {"speaker": "Krastonov"}, "no entity is called 'Krastonov'; nearest: Krastanov, "),
        (
            "quotes",
            {"speaker": "Boyan Krastanov", "until": "2025-03-01"},
            "nothing fits; without until='2025-03-01' there would be ",
        ),
        ("said", {"speaker": "Constitutional Court"}, "nothing fits: the graph has no such claim or fact"),
    ],
)
def test_names_are_completed_and_an_empty_answer_explained(query: str, params: dict[str, str], note: str) -> None:
    rows = run(storyline_store(), query, params)
    assert len(rows.notes) == 1
    assert rows.notes[0].startswith(note)
    assert bool(rows) == ("taken for" in note)
