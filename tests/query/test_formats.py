"""Answers as text."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Triple, parse_query_results
from query_store import sample_store

from kg.query import FORMATS, Rows, run, to_text

INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
ROWS = Rows(
    "select",
    ("name", "n"),
    (
        (Literal('=cmd|"x"!A1\n[bold]é[/bold]\x1b[31m'), Literal("-3", datatype=INTEGER)),
        (NamedNode("urn:kg:vocabulary#said"), None),
        (Literal("évidence", language="fr"), Literal("\N{RIGHT-TO-LEFT OVERRIDE}+1")),
    ),
)


def test_json_and_xml_are_the_standard_ones_and_lose_nothing() -> None:
    solutions = parse_query_results(to_text(ROWS, "json").encode(), format=QueryResultsFormat.JSON)
    assert isinstance(solutions, QuerySolutions)
    assert tuple(v.value for v in solutions.variables) == ROWS.variables
    assert tuple(tuple(s) for s in solutions) == ROWS.rows
    tree = ElementTree.fromstring(to_text(ROWS, "xml"))  # \x1b has no place in XML 1.0
    texts = [e.text for e in tree.iter() if e.tag.endswith("}literal")]
    assert texts[0] == '=cmd|"x"!A1\n[bold]é[/bold]\N{REPLACEMENT CHARACTER}[31m'


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_every_format_takes_every_form_of_answer(format: str) -> None:
    for rows in (ROWS, Rows("select", ("a",)), Rows("ask", boolean=True), Rows("graph", triples=(_triple(),))):
        assert to_text(rows, format).endswith("\n")
    assert "true" in to_text(Rows("ask", boolean=True), format)
    assert "urn:s" in to_text(Rows("graph", triples=(_triple(),)), format)


def test_csv_is_safe_for_spreadsheets_and_exact_when_asked() -> None:
    read = list(csv.reader(io.StringIO(to_text(ROWS, "csv"), newline="")))
    assert read[0] == ["name", "n"]
    assert read[1] == ["'" + '=cmd|"x"!A1\n[bold]é[/bold]\x1b[31m', "-3"]  # a number may be negative
    assert read[2] == ["urn:kg:vocabulary#said", ""]
    exact = to_text(ROWS, "csv", formulas=True, bom=True)
    assert exact.startswith("\N{BYTE ORDER MARK}name,n\r\n")
    assert '\r\n"=cmd|""x""!A1\n' in exact


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_begins_like_a_formula(start: str) -> None:
    rows = Rows("select", ("a", "b"), ((Literal(f"{start}1+1"), Literal("x")),))
    assert next(csv.reader(io.StringIO(to_text(rows, "csv").split("\r\n", 1)[1], newline="")))[0] == f"'{start}1+1"


@pytest.mark.parametrize("width", [20, 200])
def test_the_table_shows_markup_as_text_and_no_control_characters(width: int) -> None:
    shown = to_text(ROWS, "table", width=width)
    assert "[bold]é[/bold]" in shown
    assert "kg:said" in shown
    assert not {"\x1b", "\N{RIGHT-TO-LEFT OVERRIDE}"} & set(shown)
    assert ("─" in shown) == (width == 200)  # too narrow for columns: a block for each row


def test_joined_emoji_stay_whole() -> None:
    family = "👩\N{ZERO WIDTH JOINER}🚒"
    assert family in to_text(Rows("select", ("a",), ((Literal(family),),)))


def test_quotes_as_csv_reads_back_row_by_row() -> None:
    rows = run(sample_store(), "quotes")
    read = list(csv.DictReader(io.StringIO(to_text(rows, "csv"), newline="")))
    assert [r["content"] for r in read] == [r["content"] for r in rows.records()]
    assert json.loads(to_text(rows, "json"))["head"]["vars"] == list(rows.variables)


def _triple() -> Triple:
    return Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal("true"))
