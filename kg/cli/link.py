"""`kg link`: who the entities are to the rest of the world, by a list of one's own or a reconciliation service."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import judge
from kg.cli.console import NOTHING_DONE, STORE, JudgementsOption, StoreOption, say
from kg.cli.judge import AuthorOption, asking, desk_of, print_lines

_MOST = 20  # lines of each sort

_EXAMPLES = """Examples:

kg link --gazetteer people.csv

kg link --gazetteer entities.ftm.json --prefix https://data.example.org/entities/

kg link --reconcile https://wikidata.reconci.link/en/api --person Q5
"""


def register(app: typer.Typer) -> None:
    """Adds this module's command."""
    app.command("link", epilog=_EXAMPLES)(link)


def link(
    gazetteer: Annotated[
        list[Path] | None,
        typer.Option("--gazetteer", metavar="FILE", help="A list: CSV with id and name, or FollowTheMoney entities."),
    ] = None,
    reconcile: Annotated[
        str | None, typer.Option("--reconcile", metavar="URL", help="A reconciliation service; it is asked over HTTP.")
    ] = None,
    prefix: Annotated[
        str | None, typer.Option("--prefix", metavar="IRI", help="What ids of a list that are no IRIs begin with.")
    ] = None,
    person: Annotated[str, typer.Option(metavar="TYPE", help="What the service calls people.")] = "",
    organisation: Annotated[str, typer.Option(metavar="TYPE", help="What the service calls organisations.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would be written, and write nothing.")] = False,
    author: AuthorOption = None,
    store: StoreOption = STORE,
    judgements: JudgementsOption = None,
) -> None:
    """Give entities the identifiers that a list or a service has for them.

    Sure matches are written to the ledger of judgements, where they can be undone; what is in doubt is told.
    """
    from kg.judge import append, describe
    from kg.pipeline.gazetteer import PREFIX
    from kg.pipeline.link import by_gazetteer, by_service

    if not gazetteer and not reconcile:
        raise typer.BadParameter("give --gazetteer FILE or --reconcile URL")
    written, doubts = 0, 0
    with asking():
        who = (author or judge.default_author()).strip()
        for source in [*(gazetteer or ()), *([reconcile] if reconcile else ())]:
            desk, path = desk_of(store, judgements)
            if isinstance(source, Path):
                found = by_gazetteer(desk, source, who, judge.now(), prefix or PREFIX)
            else:
                found = by_service(desk, source, who, judge.now(), {"Person": person, "Organisation": organisation})
            if not dry_run:
                for entry in found.entries:
                    append(path, entry)
            print_lines([f"{describe(entry.decision)} — {entry.reason}" for entry in found.entries[:_MOST]])
            _more(len(found.entries))
            for doubt in found.doubts[:_MOST]:
                say(doubt)
            written, doubts = written + len(found.entries), doubts + len(found.doubts)
            print_lines([f"{source}: {len(found.entries)} of {found.asked} entities, {len(found.doubts)} in doubt"])
    if written and not dry_run:
        print_lines(["the next build, or `kg judge apply`, puts them into the graph"])
    if not written and not doubts:
        raise typer.Exit(NOTHING_DONE)


def _more(count: int) -> None:
    if count > _MOST:
        print_lines([f"and {count - _MOST} more"])
