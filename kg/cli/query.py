"""`kg query`: named queries and SPARQL of one's own."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import STORE, JudgementsOption, StoreOption, console, one_line, say, say_if_outdated

if TYPE_CHECKING:
    from kg.query import NamedQuery


class Format(StrEnum):
    """How `kg query` prints; one for each of `kg.query.FORMATS`."""

    table = "table"
    csv = "csv"
    json = "json"
    xml = "xml"


_EXAMPLES = """Examples:

kg query — the named queries, a line each

kg query quotes --format csv > quotes.csv

kg query said --param speaker="Mark Rutte" --param since=2025-02

kg query 'SELECT ?name WHERE { ?p a schema:Person ; skos:prefLabel ?name }'

kg query mine.rq --format json
"""


def register(app: typer.Typer) -> None:
    """Adds this module's command."""
    app.command("query", epilog=_EXAMPLES)(query)


def query(
    question: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME|FILE.rq|SPARQL",
            help="A named query, a file with SPARQL, SPARQL itself, or - for standard input; "
            "without it the named queries are listed.",
        ),
    ] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", metavar="NAME=VALUE", help="A parameter of the query; repeatable.")
    ] = None,
    format: Annotated[Format, typer.Option(help="How to print the answer.")] = Format.table,
    everything: Annotated[bool, typer.Option("--all", help="Ask raw evidence and judgements too.")] = False,
    bom: Annotated[bool, typer.Option("--bom", help="Begin CSV with a byte-order mark, for spreadsheets.")] = False,
    formulas: Annotated[
        bool, typer.Option("--formulas", help="Leave CSV cells that begin like a formula as they are.")
    ] = False,
    store: StoreOption = STORE,
    judgements: JudgementsOption = None,
) -> None:
    """Ask the graph, in SPARQL or by the name of a query."""
    if question is None:
        _list()
        return
    from kg.query import run, to_text
    from kg.store import open_store

    params = dict(map(_parameter, param or ()))
    with open_store(store) as opened:
        say_if_outdated(opened, judgements)
        rows = run(opened.graph.open(), _meant(question), params, everything=everything)
    for note in rows.notes:
        say(note)
    width = console().width if format is Format.table else None
    sys.stdout.write(to_text(rows, format.value, width=width, bom=bom, formulas=formulas))


def _parameter(option: str) -> tuple[str, str]:
    name, equals, value = option.partition("=")
    if not equals or not name.strip():
        raise typer.BadParameter(f"{option!r} is not NAME=VALUE", param_hint="--param")
    return name.strip(), value


def _meant(question: str) -> str | Path:
    """The text of standard input, a file, or the name or SPARQL text as given."""
    if question == "-":
        return sys.stdin.read()
    if question.endswith((".rq", ".sparql")) and "\n" not in question:
        return Path(question)
    return question


def _list() -> None:
    from kg.query import named

    for found in named():
        typer.echo(one_line(f"{found.name}: {found.description}"))
        for line in _parameters(found):
            typer.echo(f"    {line}")


def _parameters(query: NamedQuery) -> list[str]:
    return [
        one_line(f"--param {p.name}=… {'' if p.optional else '(needed) '}{p.description}") for p in query.parameters
    ]
