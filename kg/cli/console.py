"""What commands share: options, printing that hostile text cannot steer, progress, and exit codes."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from kg.config import DEFAULT_JUDGEMENTS, DEFAULT_STORE

if TYPE_CHECKING:
    from rich.console import Console

    from kg.store import Store

DONE = 0
SKIPPED = 1
WRONG_USE = 2
NOTHING_DONE = 3

_JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"  # emoji and some scripts need them

StoreOption = Annotated[Path, typer.Option("--store", metavar="DIR", help="The folder of the store.")]
STORE = DEFAULT_STORE
JudgementsOption = Annotated[
    Path | None,
    typer.Option(
        "--judgements",
        metavar="FILE",
        help=f"The ledger of judgements; by default the one the store was built with, at first {DEFAULT_JUDGEMENTS}.",
    ),
]


def one_line(text: str) -> str:
    """Text as one line that is safe to print: no control characters, none that change the direction of writing."""
    spaced = " ".join(text.split())
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") and c not in _JOINERS else c
        for c in spaced
    )


def say(message: str) -> None:
    """One line on standard error, for notes and errors."""
    print(one_line(f"kg: {message}"), file=sys.stderr, flush=True)


def say_if_outdated(store: Store, judgements: Path | None) -> None:
    """A note when the graph that is asked does not follow the judgements as they are now."""
    from kg.pipeline.judgements import outdated

    if note := outdated(store, judgements):
        say(note)


def exit_code(done: int, skipped: int) -> int:
    """The exit code of a run over articles: how many could be used, how many could not."""
    if not skipped:
        return DONE
    return SKIPPED if done else NOTHING_DONE


def console(stderr: bool = False) -> Console:
    """A rich console that takes text literally. Where there is no terminal, lines are 120 characters."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else shutil.get_terminal_size((120, 24)).columns
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)


class Step(Protocol):
    """Called when one more thing is done: how many are, of how many (None: nobody knows), and what it was or is."""

    def __call__(self, done: int, total: int | None = None, what: str = "") -> None: ...


@contextmanager
def progress(title: str, printing: bool = False) -> Iterator[Step]:
    """A progress bar on standard error while the block runs, where that is a terminal; nothing elsewhere.

    A block that is `printing` has none when what it prints goes to a terminal too.
    """
    if not sys.stderr.isatty() or (printing and sys.stdout.isatty()):
        yield _ignore
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[what]}", markup=False),
    )
    with Progress(*columns, console=console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task(title, total=None, what="")

        def step(done: int, total: int | None = None, what: str = "") -> None:
            bar.update(task, completed=done, total=total, what=one_line(what)[:40])

        yield step


def _ignore(done: int, total: int | None = None, what: str = "") -> None:
    pass
