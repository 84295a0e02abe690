"""`kg serve`: the graph of a store over HTTP, on this machine."""

from __future__ import annotations

import webbrowser
from typing import Annotated

import typer

from kg.cli.console import STORE, JudgementsOption, StoreOption, say_if_outdated
from kg.cli.judge import AuthorOption, default_author, now
from kg.errors import RunError
from kg.store import open_store

_EXAMPLES = """Examples:

kg serve --open

kg serve --store stores/may --port 8080

kg serve --time-limit 30 --row-limit 100000

curl 'http://127.0.0.1:8000/sparql' --data-urlencode 'query=SELECT ?name { ?p a schema:Person ; skos:prefLabel ?name }'
"""
_MIB = 1024 * 1024


def register(app: typer.Typer) -> None:
    """Adds this module's command."""
    app.command("serve", epilog=_EXAMPLES)(serve)


def serve(
    store: StoreOption = STORE,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The port on 127.0.0.1; 0 for any that is free.")
    ] = 8000,
    show: Annotated[bool, typer.Option("--open", help="Open the first page in the browser.")] = False,
    seconds: Annotated[
        float, typer.Option("--time-limit", min=0.1, metavar="SECONDS", help="How long a query may run.")
    ] = 10.0,
    memory: Annotated[
        int, typer.Option("--memory-limit", min=32, metavar="MIB", help="How much memory a query may take.")
    ] = 512,
    rows: Annotated[
        int, typer.Option("--row-limit", min=1, metavar="ROWS", help="How many rows an answer may have.")
    ] = 10_000,
    author: AuthorOption = None,
    judgements: JudgementsOption = None,
) -> None:
    """Serve the graph on this machine: the explorer, a page for each thing, search, judgements and SPARQL.

    A store that is built anew meanwhile is served anew. Stop with Ctrl+C.
    """
    try:
        from kg.serve import Judge, Limits
        from kg.serve import serve as run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "kg":
            raise
        raise RunError(f'kg serve needs the package {error.name}: pip install "kg[serve]"') from None
    with open_store(store) as opened:
        say_if_outdated(opened, judgements)

    def ready(url: str) -> None:
        typer.echo(f"serving {store} at {url} (Ctrl+C stops)")
        if show:
            webbrowser.open(url)

    judge = Judge(judgements, lambda: author or default_author(), now)
    run(store, port, Limits(seconds=seconds, memory=memory * _MIB, rows=rows), judge, ready)
