"""`kg evaluate`: scores of the reader on gold corpora."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import STORE, JudgementsOption, StoreOption, console, progress, say
from kg.errors import RunError


class Half(StrEnum):
    """Which half of the gold made for this project is scored."""

    dev = "dev"
    final = "final"


class Format(StrEnum):
    """How `kg evaluate` prints."""

    table = "table"
    json = "json"


_EXAMPLES = """Examples:

kg evaluate --data data/

kg evaluate attribution names --data data/ --limit 50

kg evaluate storyline

kg evaluate syntax --data data/ --format json > scores.json

kg evaluate reading --data data/ --groups
"""


def register(app: typer.Typer) -> None:
    """Adds this module's command."""
    app.command("evaluate", epilog=_EXAMPLES)(evaluate)


def evaluate(
    tasks: Annotated[
        list[str] | None, typer.Argument(metavar="TASK...", help="Tasks or families of tasks; by default most.")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The folder of corpora, with attribution/, entities/ and syntax-coref/."),
    ] = None,
    gold: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder of gold made for this project: tests/gold of its source.")
    ] = Path("tests/gold"),
    limit: Annotated[int | None, typer.Option(min=1, help="Read at most so many documents of each corpus.")] = None,
    format: Annotated[Format, typer.Option(help="How to print the scores.")] = Format.table,
    groups: Annotated[bool, typer.Option("--groups", help="Break figures down, by publisher for example.")] = False,
    weights: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Weights that kg.train wrote, instead of the shipped ones.")
    ] = None,
    half: Annotated[Half, typer.Option(help="The half of the gold; final is for final scores.")] = Half.dev,
    store: StoreOption = STORE,
    judgements: JudgementsOption = None,
) -> None:
    """Score the reader on gold corpora. The store is left alone."""
    from kg.evaluate import evaluate as score
    from kg.evaluate import select

    try:
        chosen = select(tasks or None)
    except RunError as error:
        raise typer.BadParameter(str(error), param_hint="TASK") from None
    from kg.annotate import load

    with progress("evaluating") as step:
        report = score(
            load(weights=weights),
            data,
            chosen,
            limit,
            lambda task, done, total: step(done, total, task),
            gold,
            half.value,
        )
    for note in report.notes:
        say(note)
    if format is Format.json:
        sys.stdout.write(report.to_json())
    else:
        console().print(report.table(groups))
