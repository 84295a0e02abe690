"""`kg view` and `kg export`: the graph of a store as files."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import STORE, JudgementsOption, StoreOption, one_line, say, say_if_outdated
from kg.config import DEFAULT_OUTPUT
from kg.store import open_store

_VIEW_EXAMPLES = """Examples:

kg view --open

kg view --store stores/may --output results/may
"""
_EXPORT_EXAMPLES = """Examples:

kg export --format csv > quotes.csv

kg export --format graphml --output network.graphml
"""


def register(app: typer.Typer) -> None:
    """Adds this module's commands."""
    app.command("view", epilog=_VIEW_EXAMPLES)(view)
    app.command("export", epilog=_EXPORT_EXAMPLES)(export)


def view(
    store: StoreOption = STORE,
    output: Annotated[
        Path, typer.Option("--output", metavar="DIR", help="Where the page goes, as graph.html.")
    ] = DEFAULT_OUTPUT,
    show: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    judgements: JudgementsOption = None,
) -> None:
    """Write the page of the graph, one HTML file that needs no network."""
    from kg.view import write_page

    page = output / "graph.html"
    with open_store(store) as opened:
        say_if_outdated(opened, judgements)
        write_page(opened.graph.open(), page)
    typer.echo(one_line(str(page)))
    if show and not webbrowser.open(page.resolve().as_uri()):
        say(f"no browser was found; open {page} in one")


def export(
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="One of the formats below.")],
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="The file to write; standard output without it.")
    ] = None,
    store: StoreOption = STORE,
    judgements: JudgementsOption = None,
) -> None:
    """Write the graph in another format.

    csv: the quotes as a table; graphml: a network of who speaks about whom; jsonl: a claim a line; jsonld, ttl: what
    queries see; nq, trig: all of it, raw evidence too.
    """
    from kg.export import EXPORTERS, write

    if format not in EXPORTERS:
        raise typer.BadParameter(f"{format!r} is not one of {', '.join(sorted(EXPORTERS))}", param_hint="--format")
    with open_store(store) as opened:
        say_if_outdated(opened, judgements)
        write(opened.graph.open(), format, output or sys.stdout.buffer)
    if output:
        typer.echo(one_line(str(output)))
