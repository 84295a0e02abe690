"""The command line: thin commands over the library. `main` is the console script `kg`.

Exit codes: 0 done; 1 done, but some articles were skipped; 2 wrong use; 3 nothing could be done.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import typer

from kg.cli import build, evaluate, extract, graph, judge, link, query, serve
from kg.cli.console import NOTHING_DONE, SKIPPED, WRONG_USE, say
from kg.errors import KgError

__all__ = ["NOTHING_DONE", "SKIPPED", "WRONG_USE", "app", "main"]

_EXAMPLES = """Examples:

kg build articles/ — a graph of all articles in a folder: output/graph.html, .ttl, .nq

kg query quotes --format csv > quotes.csv — who said what, as a spreadsheet

kg extract article.txt --format table — what is found in one article
"""

app = typer.Typer(
    name="kg",
    help="Who said what about whom: a knowledge graph of claims, read from news articles.",
    epilog=_EXAMPLES,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

# Every command, in the order of the help.
for _module in (build, extract, query, graph, serve, judge, link, evaluate):
    _module.register(app)

# Typer carries its own copy of Click from some version on; these are its errors whichever copy it uses.
_UsageError: type[Exception] = typer.BadParameter.__bases__[0]
_ClickError: type[Exception] = _UsageError.__bases__[0]


@app.callback(invoke_without_command=True)
def _kg(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", help="Print the version and exit."),
) -> None:
    if version:
        from kg.config import version as current

        typer.echo(f"kg {current()}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(WRONG_USE)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line with these arguments (default: the process's) and exits with its code."""
    # numpy's own threads would take the cores from the network, which runs beside it; it must be said before its import
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that cannot show a character shows another in its place
            stream.reconfigure(**({"errors": "replace"} if stream.isatty() else {"encoding": "utf-8", "newline": "\n"}))
    sys.exit(_run(sys.argv[1:] if arguments is None else list(arguments)))


def _run(arguments: list[str]) -> int:
    try:
        code = app(arguments, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except _ClickError as error:
        say(f"{error.format_message().rstrip('.')}; see {_command_of(error)} --help")  # type: ignore[attr-defined]
        return WRONG_USE
    except (BrokenPipeError, SystemExit):  # whoever read the output has enough; Typer makes that an exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, typer.Abort):
        say("stopped")
        return 130
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> int:
    from kg.config import debug

    if debug():
        raise error
    if isinstance(error, KgError):
        from kg.query.errors import QueryError

        say(str(error))
        return WRONG_USE if isinstance(error, QueryError) else NOTHING_DONE
    if isinstance(error, OSError):
        say(f"{error.filename or 'input or output'}: {error.strerror or error}")
        return NOTHING_DONE
    say(f"{type(error).__name__}: {error}; this is a fault of kg: please report it with what KG_DEBUG=1 shows")
    return NOTHING_DONE


def _command_of(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    return context.command_path if context else "kg"
