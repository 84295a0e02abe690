"""Answers as text, for people, spreadsheets and programs: one row of the table `FORMATS` each.

Everything shown may come from hostile text. For people, control and direction-changing characters are replaced and
nothing is read as markup; for spreadsheets, no cell begins like a formula.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Protocol
from xml.sax.saxutils import quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, RdfFormat, Triple

from kg.assemble.vocabulary import PREFIXES
from kg.query.rows import XSD, Rows, Term, plain

_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")  # the full-width forms begin formulas in some locales
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
_NARROWEST = 12  # characters a column of the table needs to be readable
_DEFAULT_WIDTH = 100


class Formatter(Protocol):
    """Rows to text. Each ignores the options that mean nothing to it."""

    def __call__(self, rows: Rows, *, width: int | None, bom: bool, formulas: bool) -> str: ...


def to_text(
    rows: Rows, format: str = "table", *, width: int | None = None, bom: bool = False, formulas: bool = False
) -> str:
    """An answer in one of `FORMATS`. KeyError when there is no such format.

    `width` is the number of characters a table may take (default 100). `bom` puts a byte-order mark before CSV, which
    some spreadsheets need to recognise UTF-8. With `formulas`, CSV cells stand as they are; without, a text that begins
    like a formula gets an apostrophe in front, so that a spreadsheet shows it instead of running it.
    """
    return FORMATS[format](rows, width=width, bom=bom, formulas=formulas)


def to_table(rows: Rows, *, width: int | None = None, bom: bool = False, formulas: bool = False) -> str:
    """For reading: columns where they fit, else one block per row. IRIs are abbreviated by our prefixes."""
    columns, cells = rows.table()
    width = width or _DEFAULT_WIDTH
    shown = [tuple(_shown(term) for term in row) for row in cells]
    if not shown:
        return "(no rows)\n"
    return _blocks(columns, shown) if len(columns) * _NARROWEST > width else _columns(columns, shown, width)


def _columns(columns: tuple[str, ...], rows: list[tuple[str, ...]], width: int) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    out = io.StringIO()
    Console(file=out, width=width, color_system=None, force_terminal=False, legacy_windows=False).print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _blocks(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    longest = max(map(len, columns))
    blocks = (
        "".join(f"{name:>{longest}}  {cell}\n" for name, cell in zip(columns, row, strict=True) if cell) for row in rows
    )
    return "\n".join(blocks)


def _shown(term: Term | None) -> str:
    if term is None:
        return ""
    return visible(_abbreviated(term.value) if isinstance(term, NamedNode) else str(_lexical(term)))


def _abbreviated(iri: str) -> str:
    for prefix, namespace in sorted(PREFIXES.items()):
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def visible(text: str) -> str:
    """Text safe to print on a terminal: line breaks become spaces, control and formatting characters become U+FFFD.

    Among the latter are those that change the direction of writing; joiners, which emoji and scripts need, stay.
    """
    spaced = " ".join(text.split())
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") and c not in _JOINERS else c
        for c in spaced
    )


def to_csv(rows: Rows, *, width: int | None = None, bom: bool = False, formulas: bool = False) -> str:
    """Comma-separated values with a header line (RFC 4180), IRIs in full, unbound as empty."""
    columns, cells = rows.table()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in cells:
        writer.writerow(_cell(term, formulas) for term in row)
    return ("\N{BYTE ORDER MARK}" if bom else "") + out.getvalue()


def _cell(term: Term | None, formulas: bool) -> str:
    if term is None:
        return ""
    text = _lexical(term)
    is_number = isinstance(plain(term), (int, float))
    return text if formulas or is_number or text[:1] not in _FORMULA_STARTS else "'" + text


def _lexical(term: Term) -> str:
    return str(term) if isinstance(term, Triple) else term.value


def to_json(rows: Rows, *, width: int | None = None, bom: bool = False, formulas: bool = False) -> str:
    """SPARQL 1.1 Query Results JSON; a graph as JSON-LD."""
    return _standard(rows, QueryResultsFormat.JSON, RdfFormat.JSON_LD)


def to_xml(rows: Rows, *, width: int | None = None, bom: bool = False, formulas: bool = False) -> str:
    """SPARQL Query Results XML; a graph as RDF/XML. Characters that XML 1.0 cannot hold become U+FFFD."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", _standard(rows, QueryResultsFormat.XML, RdfFormat.RDF_XML))


def _standard(rows: Rows, format: QueryResultsFormat, graph: RdfFormat) -> str:
    from pyoxigraph import serialize

    if rows.form != "graph":
        return results(rows, format).decode() + "\n"
    text = serialize(rows.triples, format=graph, prefixes=PREFIXES)
    assert text is not None
    return text.decode() + "\n"


def results(rows: Rows, format: QueryResultsFormat, link: str | None = None) -> bytes:
    """The rows of a SELECT, or the answer of an ASK, in one of the SPARQL 1.1 formats.

    `link` is an IRI that tells more about the answer, for the head of those formats that have one. Written by
    pyoxigraph, which reads results back from JSON alone, so rows go through JSON first.
    """
    from pyoxigraph import parse_query_results

    data = _results_json(rows, link)
    if format == QueryResultsFormat.JSON:
        return data
    text = parse_query_results(data, format=QueryResultsFormat.JSON).serialize(format=format)
    assert text is not None
    if format != QueryResultsFormat.XML:
        return text
    if link:
        text = text.replace(b"</head>", f"<link href={quoteattr(link)}/></head>".encode(), 1)
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text.decode()).encode()


def _results_json(rows: Rows, link: str | None = None) -> bytes:
    data: dict[str, Any] = {"head": {}, "boolean": rows.boolean}
    if rows.form == "select":
        bindings = [
            {name: _json_term(t) for name, t in zip(rows.variables, row, strict=True) if t is not None}
            for row in rows.rows
        ]
        data = {"head": {"vars": rows.variables}, "results": {"bindings": bindings}}
    if link:
        data["head"]["link"] = [link]
    return json.dumps(data, ensure_ascii=False).encode()


def _json_term(term: Term) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        extra = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
        return {"type": "literal", "value": term.value, **({} if extra == {"datatype": XSD + "string"} else extra)}
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}


FORMATS: Mapping[str, Formatter] = {"table": to_table, "csv": to_csv, "json": to_json, "xml": to_xml}
