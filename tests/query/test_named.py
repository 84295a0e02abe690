"""Each named query over the sample evidence, and the convention they are written in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from query_store import sample_store

from kg.query import QueryError, find, named, read_query, run
from kg.query.guard import check

STORE = sample_store()


def answer(query: str, columns: str, params: dict[str, str]) -> list[tuple[Any, ...]]:
    """The rows of a named query, reduced to some columns."""
    rows = run(STORE, query, params)
    assert not rows.notes or not rows.rows  # an empty answer is explained
    return [tuple(record[c] for c in columns.split()) for record in rows.records()]


def claim_of(text: str) -> str:
    (iri,) = (r["claim"] for r in run(STORE, "quotes", {"text": text}).records())
    return str(iri)


SAID_BY_SOLVANG = [
    ("2025-03-04", "Iceland “will not be bullied” over fishing"),
    ("2025-03-04", "the North Sea Fisheries Council (NSFC) must publish its figures"),
    ("2025-03-04", "We have never promised Iceland a larger share"),
    ("2025-03-04", "Iceland’s fleet a threat"),
    ("2025-03-06", "Norway would keep its promises"),
]

CASES: list[tuple[str, dict[str, str], str, list[tuple[Any, ...]]]] = [
    ("said", {"speaker": "ingrid  SOLVANG"}, "date content", SAID_BY_SOLVANG),
    ("said", {"speaker": "Ingrid Solvang", "about": "Norway"}, "date content", SAID_BY_SOLVANG[4:]),
    ("said", {"speaker": "Ingrid Solvang", "since": "2025-03-05"}, "date content", SAID_BY_SOLVANG[4:]),
    ("said", {"speaker": "Ingrid Solvang", "until": "2025-03-05"}, "date content", SAID_BY_SOLVANG[:4]),
    ("said", {"speaker": "Ingrid Solvang", "since": "2025-03", "until": "2025"}, "date content", SAID_BY_SOLVANG),
    ("said", {"speaker": "Ingrid Solvang", "until": "2024"}, "date content", []),
    ("said", {"speaker": "urn:kg:country:IS"}, "polarity content", [("negative", "who should pay 😀")]),
    ("said", {"speaker": "IS"}, "polarity content", [("negative", "who should pay 😀")]),
    ("said", {"speaker": "tomás ferreira", "since": "2025-03-06"}, "content", [("whether the council could wait",)]),
    (
        "circumstances",
        {},
        "speaker to from until when place",
        [
            ("Ingrid Solvang", None, "2025-03-04", "2025-03-04", "Tuesday", None),
            ("Ingrid Solvang", "North Sea Fisheries Council", "2025-03-06", "2025-03-06", "Thursday", None),
            ("Ingrid Solvang", "reporters", None, None, None, "Oslo"),
        ],
    ),
    ("circumstances", {"place": "Oslo"}, "to place", [("reporters", "Oslo")]),
    ("circumstances", {"since": "2025-03-05"}, "from when", [("2025-03-06", "Thursday")]),
    ("circumstances", {"until": "2025-03-05", "speaker": "Ingrid Solvang"}, "from when", [("2025-03-04", "Tuesday")]),
    (
        "propositions",
        {},
        "speaker subject not predicate object clause",
        [
            (
                "Ingrid Solvang",
                "North Sea Fisheries Council",
                "",
                "publish",
                "its figures",
                "the North Sea Fisheries Council (NSFC) must publish its figures",
            ),
        ],
    ),
    ("propositions", {"predicate": "PUBLISH", "subject": "NSFC"}, "object", [("its figures",)]),
    ("propositions", {"object": "Iceland"}, "subject", []),
    (
        "about",
        {"about": "Iceland"},
        "speaker act claims negative",
        [
            ("Ingrid Solvang", "statement", 2, 2),
            ("Ingrid Solvang", "accusation", 1, 0),
            ("Jón Arnarson", "belief", 1, 0),
            ("Tomas Ferreira", "denial", 1, 0),
        ],
    ),
    ("about", {"about": "Iceland", "act": "Denial"}, "speaker claims", [("Tomas Ferreira", 1)]),
    (
        "said-to",
        {},
        "speaker to content",
        [
            ("Ingrid Solvang", "North Sea Fisheries Council", "Norway would keep its promises"),
            ("Ingrid Solvang", "reporters", "the North Sea Fisheries Council (NSFC) must publish its figures"),
        ],
    ),
    ("said-to", {"to": "NSFC"}, "content", [("Norway would keep its promises",)]),
    ("said-to", {"speaker": "Ingrid Solvang", "to": "NSFC"}, "content", [("Norway would keep its promises",)]),
    ("said-to", {"speaker": "Petter Solvang"}, "content", []),
    ("spokespeople", {"organisation": "NSFC"}, "speaker role claims", [("Tomas Ferreira", "president", 3)]),
    (
        "spokespeople",
        {"organisation": "Iceland"},
        "speaker role claims",
        [("Iceland", None, 1), ("Jón Arnarson", "foreign minister", 1)],
    ),
    (
        "never-quoted",
        {},
        "name type claims speakers",
        [("North Sea Fisheries Council", "Organisation", 3, 3), ("Norway", "Country", 2, 2)],
    ),
    (
        "second-hand",
        {},
        "speaker content through how",
        [
            ("Tomas Ferreira", "the minister had called Iceland’s fleet a threat", "Reuters", "reported by"),
            ("Ingrid Solvang", "Iceland’s fleet a threat", "Tomas Ferreira", "told by"),
        ],
    ),
    ("second-hand", {"through": "Reuters"}, "speaker", [("Tomas Ferreira",)]),
    ("second-hand", {"through": "Norway"}, "speaker", []),
    (
        "nested",
        {"speaker": "Ingrid Solvang"},
        "speaker act innerSpeaker innerAct innerContent",
        [("Tomas Ferreira", "denial", "Ingrid Solvang", "accusation", "Iceland’s fleet a threat")],
    ),
    ("nested", {"speaker": "Petter Solvang"}, "speaker", []),
    (
        "office-holders",
        {},
        "person office organisation start",
        [
            ("Ingrid Solvang", "Trade Minister", "Norway", None),
            ("Jón Arnarson", "foreign minister", "Iceland", "2024-01-02"),
            ("Tomas Ferreira", "president", "North Sea Fisheries Council", None),
        ],
    ),
    (
        "office-holders",
        {"office": "MINISTER", "on": "2024-01-02"},
        "person",
        [("Ingrid Solvang",), ("Jón Arnarson",)],
    ),
    ("office-holders", {"office": "foreign", "on": "2024"}, "person", [("Jón Arnarson",)]),
    ("office-holders", {"office": "foreign", "on": "2024-01-01"}, "person", []),
    ("office-holders", {"of": "NSFC"}, "person", [("Tomas Ferreira",)]),
    (
        "offices",
        {"person": "Jon Arnarson"},
        "office organisation start end evidence",
        [("foreign minister", "Iceland", "2024-01-02", None, "Iceland’s foreign minister")],
    ),
    ("entities", {"name": "NSFC"}, "name aliases said spoken_of", [("North Sea Fisheries Council", "NSFC", 0, 3)]),
    ("entities", {"name": "Iceland"}, "name type iso said spoken_of", [("Iceland", "Country", "IS", 1, 5)]),
    (
        "articles",
        {},
        "path outlet published claims",
        [
            ("talks.md", "The Northern Ledger", "2025-03-04", 7),
            ("reply.md", "Harbour Dispatch", "2025-03-06", 4),
            ("notes/on the quay.txt", None, None, 2),
        ],
    ),
    ("articles", {"outlet": "harbour dispatch"}, "path", [("reply.md",)]),
    ("many-outlets", {}, "content", []),
    ("changes", {}, "speaker", []),
    ("contradictions", {}, "speaker", []),
    ("one-outlet", {"speaker": "Petter Solvang", "about": "Norway"}, "outlet articles", [(None, 1)]),
    ("quotes", {"act": "warning"}, "speaker source office", [(None, "A senior official", None)]),
    ("quotes", {"speaker": "Jón Arnarson"}, "office about", [("foreign minister, Iceland", "Iceland; Ingrid Solvang")]),
    ("quotes", {"text": "NORWAY WOULD"}, "content published", [("Norway would keep its promises", "2025-03-06")]),
    ("quotes", {"outlet": "Harbour Dispatch", "until": "2025-03-05"}, "content", []),
    ("quotes", {"since": "2025-03-06", "about": "Norway"}, "outlet confidence", [("Harbour Dispatch", 0.9)]),
]


@pytest.mark.parametrize(("name", "params", "columns", "expected"), CASES, ids=lambda v: str(v)[:40])
def test_named_queries_answer(name: str, params: dict[str, str], columns: str, expected: list[tuple[Any, ...]]) -> None:
    assert answer(name, columns, params) == expected


def test_every_named_query_is_tested_described_and_allowed() -> None:
    assert {q.name for q in named()} == {name for name, *_ in CASES} | {"reports", "sentence"}
    assert [q.name for q in named()] == sorted(str(q.name) for q in named())
    for query in named():
        assert query.description.endswith(".")
        assert all(p.description for p in query.parameters)
        assert not check(query.text, ())


def test_quotes_holds_every_claim_once_with_the_agreed_columns() -> None:
    rows = run(STORE, "quotes")
    first = "speaker office act kind polarity content sentence about title outlet published url article confidence"
    assert rows.variables[:14] == tuple(first.split())
    claims = [r["claim"] for r in rows.records()]
    assert len(claims) == len(set(claims)) == 13
    assert [r["published"] for r in rows.records()][-2:] == [None, None]  # the undated come last


def test_sentence_shows_the_passage_and_its_parts() -> None:
    parts = answer("sentence", "part words start end", {"claim": claim_of("talks could collapse")})
    assert [(part, words) for part, words, _, _ in parts] == [
        ("sentence", "A senior official warned that the talks could collapse."),
        ("source", "A senior official"),
        ("cue", "warned"),
        ("content", "the talks could collapse"),
    ]
    start = parts[0][2]
    assert all(parts[0][1][s - start : e - start] == words for _, words, s, e in parts)


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(QueryError, match=r"no query is named 'qoutes'; nearest: quotes"):
        find("qoutes")


def test_files_are_read_only_when_given_as_paths(tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text("# Mine.\nASK { ?s ?p ?o }", encoding="utf-8")
    assert find(file).description == "Mine."
    with pytest.raises(QueryError, match="not SPARQL"):
        run(STORE, str(file))
    with pytest.raises(QueryError, match=r"none\.rq: cannot be read"):
        find(tmp_path / "none.rq")
    file.write_bytes(b"ASK \xff")
    with pytest.raises(QueryError, match="not UTF-8"):
        find(file)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# param: x (thing) — what\nASK { # bind: x as ?x\n }", "KIND of entity"),
        ("# param: x (text) — what\nASK { }", "# bind: x as"),
        ("ASK {\n# bind: x as ?x\n }", "# param: x"),
    ],
)
def test_a_broken_header_is_told(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        read_query(text)
