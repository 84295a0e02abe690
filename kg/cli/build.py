"""`kg build`, `kg add`, `kg retract` and `kg gc`: articles into a store and out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from kg.cli.console import (
    NOTHING_DONE,
    STORE,
    JudgementsOption,
    StoreOption,
    console,
    exit_code,
    one_line,
    progress,
    say,
)
from kg.config import DEFAULT_OUTPUT, DEFAULT_PATH, Settings
from kg.errors import RunError

if TYPE_CHECKING:
    from kg.pipeline import Progress, Summary

_BUILD_EXAMPLES = """Examples:

kg build — the articles in seeds/

kg build articles/ more.csv --store stores/may --output results/may

kg build articles/ --workers 4
"""
_ADD_EXAMPLES = """Examples:

kg add today/

kg add news.jsonl --output output

cat article.txt | kg add -
"""
_RETRACT_EXAMPLES = """Examples:

kg retract articles/wrong.txt

kg retract https://example.org/2025/wrong --output output
"""

WorkersOption = Annotated[
    int, typer.Option("--workers", min=1, help="How many processes extract; the result is the same.")
]
BaseOption = Annotated[
    str | None,
    typer.Option("--base", metavar="IRI", help="What the IRIs of the graph start with; by default as before."),
]
FilesOption = Annotated[
    Path | None, typer.Option("--output", metavar="DIR", help="Write graph.ttl, graph.nq and graph.html here, too.")
]

_ENTITIES = {
    "Person": ("person", "people"),
    "Organisation": ("organisation", "organisations"),
    "Country": ("country", "countries"),
    "Place": ("place", "places"),
}

_T = TypeVar("_T")


def register(app: typer.Typer) -> None:
    """Adds this module's commands."""
    app.command("build", epilog=_BUILD_EXAMPLES)(build)
    app.command("add", epilog=_ADD_EXAMPLES)(add)
    app.command("retract", epilog=_RETRACT_EXAMPLES)(retract)
    app.command("gc", epilog="Example:\n\nkg gc --store stores/may")(gc)


def build(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help=f"Files, folders, or - for standard input; by default {DEFAULT_PATH}/."),
    ] = None,
    store: StoreOption = STORE,
    output: Annotated[
        Path, typer.Option("--output", metavar="DIR", help="Where graph.ttl, graph.nq and graph.html go.")
    ] = DEFAULT_OUTPUT,
    workers: WorkersOption = 1,
    base: BaseOption = None,
    judgements: JudgementsOption = None,
) -> None:
    """Make the store hold exactly the articles at PATH, and write the graph and its page.

    Articles that did not change are not read again; those no longer at PATH are retracted.
    """
    if not paths and not DEFAULT_PATH.exists():
        raise typer.BadParameter(f"none given, and there is no folder {DEFAULT_PATH} here", param_hint="PATH")
    from kg.pipeline import build as make

    found = paths or [str(DEFAULT_PATH)]
    settings = _settings(base, workers)
    summary = _run(
        found, lambda progress: make(found, store, settings=settings, progress=progress, judgements=judgements)
    )
    finish(summary, store, output)


def add(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")],
    store: StoreOption = STORE,
    output: FilesOption = None,
    workers: WorkersOption = 1,
    base: BaseOption = None,
    judgements: JudgementsOption = None,
) -> None:
    """Put articles into the store beside those it holds; a changed one takes the place of its old version."""
    from kg.pipeline import add as put

    settings = _settings(base, workers)
    summary = _run(
        paths, lambda progress: put(paths, store, settings=settings, progress=progress, judgements=judgements)
    )
    finish(summary, store, output)


def retract(
    names: Annotated[
        list[str], typer.Argument(metavar="PATH|ID...", help="Articles by path, URL or id; folders for all in them.")
    ],
    store: StoreOption = STORE,
    output: FilesOption = None,
    judgements: JudgementsOption = None,
) -> None:
    """Take articles out of the store. What was found in them is kept until `kg gc`."""
    from kg.pipeline import retract as take_out

    with _told():
        summary = take_out(names, store, judgements=judgements)
    finish(summary, store, output)


def gc(store: StoreOption = STORE, judgements: JudgementsOption = None) -> None:
    """Forget what was found in retracted articles and old versions."""
    from kg.pipeline import gc as forget

    gone = forget(store, judgements=judgements)
    typer.echo(f"forgot {gone} {'record' if gone == 1 else 'records'} of evidence" if gone else "nothing to forget")


def _settings(base: str | None, workers: int) -> Settings:
    try:
        return Settings(base=base, workers=workers)
    except RunError as error:
        raise typer.BadParameter(str(error)) from None


def _run(paths: Sequence[str], work: Callable[[Progress], _T]) -> _T:
    """Does the work with a progress bar, and tells which files nobody looked at."""
    from kg.read import files_left_out

    with _told(), progress("reading articles") as step:
        result = work(lambda done, total, path: step(done, total, path))
    if others := files_left_out(paths):
        kinds = ", ".join(f"{count} {suffix or 'without suffix'}" for suffix, count in others.items())
        say(f"files of other kinds were passed over: {kinds}")
    return result


@contextmanager
def _told() -> Iterator[None]:
    """When none of the articles can be used, says why for each."""
    from kg.pipeline import NothingDone

    try:
        yield
    except NothingDone as error:
        for skipped in error.skipped:
            say(str(skipped))
        if not error.skipped:
            say(str(error))
        raise typer.Exit(NOTHING_DONE) from None


def finish(summary: Summary, store: Path, output: Path | None) -> None:
    """Writes the files where they are wanted, tells what a run did, and exits."""
    from kg.pipeline import write_files

    for line in (*map(str, summary.skipped), *summary.orphans, *summary.conflicts):
        say(line)
    files = write_files(store, output) if output else ()
    _print(summary)
    if files:
        typer.echo(one_line(f"written: {', '.join(map(str, files))}"))
    raise typer.Exit(exit_code(summary.articles, len(summary.skipped)))


def _print(summary: Summary) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right")
    table.add_column()
    for count, what in _lines(summary):
        table.add_row(Text(f"{count:,}", style="bold"), Text(what))
    out = console()
    out.print(table)
    if not summary.changed:
        out.print(Text("nothing changed"))


def _lines(summary: Summary) -> Iterator[tuple[int, str]]:
    done = {
        "new": summary.added,
        "changed": summary.superseded,
        "unchanged": summary.unchanged,
        "retracted": summary.retracted,
        "read again by another extractor": summary.reread,
    }
    yield summary.articles, f"{_plural('article', summary.articles)}{_details(done)}"
    if summary.skipped:
        yield len(summary.skipped), "skipped"
    if summary.without_date:
        yield summary.without_date, "without a date: timelines leave them out"
    if summary.without_outlet:
        yield summary.without_outlet, "without an outlet: comparisons of outlets leave them out"
    for kind, (one, many) in _ENTITIES.items():
        if count := summary.entities.get(kind, 0):
            yield count, one if count == 1 else many
    claims = sum(summary.claims.values())
    yield claims, f"{_plural('claim', claims)}{_details(summary.claims)}"
    if summary.judgements:
        yield summary.judgements, f"{_plural('judgement', summary.judgements)} in force"
    if summary.orphans:
        yield len(summary.orphans), "without effect, since what they name is not there: see kg judge list --orphans"
    yield summary.quads, f"{_plural('statement', summary.quads)} in the graph (RDF quads)"


def _plural(noun: str, count: int) -> str:
    return noun if count == 1 else f"{noun}s"


def _details(counts: Mapping[str, int]) -> str:
    parts = [f"{count:,} {name}" for name, count in counts.items() if count]
    return f": {', '.join(parts)}" if parts else ""
