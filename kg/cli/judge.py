"""`kg judge`: writes judgements into the ledger, lists them, and says why two entities are one or not."""

from __future__ import annotations

import getpass
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from kg.cli.build import FilesOption, finish
from kg.cli.console import STORE, WRONG_USE, JudgementsOption, StoreOption, one_line, say
from kg.errors import RunError

if TYPE_CHECKING:
    from kg.judge import Decision, Entry, Field, Relation, Rulings
    from kg.pipeline.desk import Desk, Meant

_MOST = 12  # changes that are told one by one

_EXAMPLES = """Examples:

kg judge same "Tomas Ferreira" Ferreira@reply.md --reason "the council's president"

kg judge different "John Smith@monday.txt" "John Smith@friday.txt"

kg judge speaker 3f2a91c0 "Ingrid Solvang"

kg judge wrong 3f2a91c0 polarity negative

kg judge list --conflicts
"""
_NAMES = """An entity is named by any of its names, by its IRI, or as NAME@ARTICLE, with an article's path, URL or id;
a claim by its IRI or the first characters of the IRI's last part, as `kg query quotes` shows it."""

ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it is kept with the judgement.")]
AuthorOption = Annotated[
    str | None,
    typer.Option("--author", metavar="NAME", help="Who judges; by default as git's user.name, or the login."),
]
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="A name, an IRI, or NAME@ARTICLE.")]
ClaimArgument = Annotated[str, typer.Argument(metavar="CLAIM", help="The claim's IRI, or how its last part begins.")]

judge_app = typer.Typer(
    name="judge",
    help="Decide what the reader or the rules got wrong. Judgements win over both, and are kept in a file of their own."
    f"\n\n{_NAMES}",
    epilog=_EXAMPLES,
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def register(app: typer.Typer) -> None:
    """Adds this module's commands."""
    app.add_typer(judge_app, name="judge")


@judge_app.command("same", epilog='Example:\n\nkg judge same "Tomas Ferreira" Ferreira@reply.md')
def same(
    one: NameArgument,
    other: NameArgument,
    reason: ReasonOption = "",
    author: AuthorOption = None,
    store: StoreOption = STORE,
    judgements: JudgementsOption = None,
) -> None:
    """Two entities are one."""
    _judge_pair("same", one, other, author, reason, store, judgements)


@judge_app.command("different", epilog='Example:\n\nkg judge different "John Smith@a.txt" "John Smith@b.txt"')
def different(
    one: NameArgument,
    other: NameArgument,
    reason: ReasonOption = "",
    author: AuthorOption = None,
    store: StoreOption = STORE,
    judgements: JudgementsOption = None,
) -> None:
    """Two mentions are of different entities. Others of the same name stay with the one that is mentioned first."""
    _judge_pair("different", one, other, author, reason, store, judgements)


@judge_app.command("unsure", epilog='Example:\n\nkg judge unsure "I. Solvang" "Ingrid Solvang" --reason "sisters?"')
def unsure(
    one: NameArgument,
    other: NameArgument,
    reason: ReasonOption = "",
    author: AuthorOption = None,
    store: StoreOption = STORE,
    judgements: JudgementsOption = None,
) -> None:
    """Nobody can tell whether two are one: they stay apart, and earlier judgements of them count no more."""
    _judge_pair("unsure", one, other, author, reason, store, judgements)


@judge_app.command("speaker", epilog='Example:\n\nkg judge speaker 3f2a91c0 "Ingrid Solvang"')
def speaker(
    claim: ClaimArgument,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME...", help="Who said it; several who said it together.")
    ] = None,
    nobody: Annotated[bool, typer.Option("--nobody", help="Whoever said it is not named.")] = False,
    reason: ReasonOption = "",
    author: AuthorOption = None,
    store: StoreOption = STORE,
    judgements: JudgementsOption = None,
) -> None:
    """A claim is somebody else's."""
    from kg.judge import Speaker

    if bool(names) == nobody:
        raise typer.BadParameter("give who said it, or --nobody", param_hint="NAME")

    def decide(desk: Desk) -> Decision:
        meant = [desk.mention(name) for name in names or ()]
        _echo(desk, meant)
        return Speaker(desk.quote(desk.claim(claim)), tuple(m.quote for m in meant))

    _judge(decide, author, reason, store, judgements)


@judge_app.command(
    "wrong", epilog='Examples:\n\nkg judge wrong 3f2a91c0 act denial\n\nkg judge wrong 3f2a91c0 cue "said"'
)
def wrong(
    claim: ClaimArgument,
    field: Annotated[
        str, typer.Argument(metavar="FIELD", help="kind, act, polarity, modality, source, cue or content.")
    ],
    values: Annotated[
        list[str] | None,
        typer.Argument(metavar="VALUE...", help="What is right: a word of the field's list, or words of the article."),
    ] = None,
    none: Annotated[bool, typer.Option("--none", help="There is no such span.")] = False,
    reason: ReasonOption = "",
    author: AuthorOption = None,
    store: StoreOption = STORE,
    judgements: JudgementsOption = None,
) -> None:
    """A claim's kind, act, polarity, modality or one of its spans is wrong."""
    from kg.judge import FIELD_VALUES, Wrong
    from kg.judge.records import Field

    if field not in get_args(Field):
        raise typer.BadParameter(f"{field!r} is not one of {', '.join(get_args(Field))}", param_hint="FIELD")
    right = cast("Field", field)
    given = values or []
    words = FIELD_VALUES.get(field)
    if words and (len(given) != 1 or given[0] not in words or none):
        raise typer.BadParameter(f"for {field} give one of {', '.join(words)}", param_hint="VALUE")
    if not words and (bool(given) == none or (len(given) > 1 and field != "content") or (none and field == "content")):
        advice = "its words, several in order if it has several parts" if field == "content" else "its words, or --none"
        raise typer.BadParameter(f"for {field} give {advice}", param_hint="VALUE")

    def decide(desk: Desk) -> Decision:
        found = desk.claim(claim)
        if words:
            return Wrong(desk.quote(found), right, given[0])
        quote, spans = desk.spans(found, given)
        return Wrong(quote, right, spans)

    _judge(decide, author, reason, store, judgements)


@judge_app.command("hide", epilog='Example:\n\nkg judge hide 3f2a91c0 --reason "a headline of another article"')
def hide(
    claim: ClaimArgument,
    reason: ReasonOption = "",
    author: AuthorOption = None,
    store: StoreOption = STORE,
    judgements: JudgementsOption = None,
) -> None:
    """A claim is none, or is not to be shown; it stays in the evidence."""
    from kg.judge import Hide

    _judge(lambda desk: Hide(desk.quote(desk.claim(claim))), author, reason, store, judgements)


@judge_app.command("undo", epilog="Example:\n\nkg judge undo 9b1c")
def undo(
    id: Annotated[str, typer.Argument(metavar="ID", help="The judgement's id, or how it begins; see kg judge list.")],
    reason: ReasonOption = "",
    author: AuthorOption = None,
    store: StoreOption = STORE,
    judgements: JudgementsOption = None,
) -> None:
    """A judgement counts no more. It stays in the ledger; undoing the undo puts it back in force."""
    from kg.judge import Undo
    from kg.pipeline.desk import NotOne

    def decide(desk: Desk) -> Decision:
        found = [e for e in desk.entries if e.id.startswith(id.strip().lower())]
        if len(found) != 1:
            candidates = [_line(entry) for entry in found]
            raise NotOne(
                f"{len(found) or 'no'} judgements have an id that begins with {id!r}; see kg judge list", candidates
            )
        return Undo(found[0].id)

    _judge(decide, author, reason, store, judgements)


@judge_app.command("apply", epilog="Example:\n\nkg judge apply --output output")
def apply(store: StoreOption = STORE, output: FilesOption = None, judgements: JudgementsOption = None) -> None:
    """Make the graph follow the judgements now, without reading articles."""
    from kg.pipeline import follow

    finish(follow(store, judgements=judgements), store, output)


@judge_app.command("list", epilog="Examples:\n\nkg judge list\n\nkg judge list --orphans")
def list_(
    orphans: Annotated[
        bool, typer.Option("--orphans", help="Those whose words are not in the articles any more.")
    ] = False,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="Those of two people that contradict each other.")
    ] = False,
    doubts: Annotated[
        bool, typer.Option("--unsure", help="Pairs of which nobody can tell, judged so or found so.")
    ] = False,
    store: StoreOption = STORE,
    judgements: JudgementsOption = None,
) -> None:
    """List the judgements, what became of each, and what contradicts what."""
    with asking():
        desk = desk_of(store, judgements)[0]
    lines: list[str] = []
    if orphans:
        lines += map(str, desk.rulings.orphans)
    if conflicts:
        lines += map(str, desk.rulings.conflicts)
    if doubts:
        lines += [_line(e, desk.rulings) for e in desk.entries if _is_doubt(e, desk.rulings)]
        lines += desk.doubts()
    if not (orphans or conflicts or doubts):
        lines += [_line(e, desk.rulings) for e in desk.entries]
    print_lines(lines)
    if not lines:
        say("none" if doubts or desk.entries else "no judgements yet")


@judge_app.command("why", epilog='Example:\n\nkg judge why "Ingrid Solvang" "Petter Solvang"')
def why(
    one: NameArgument,
    other: NameArgument,
    store: StoreOption = STORE,
    judgements: JudgementsOption = None,
) -> None:
    """Say which rules or judgements make two names one entity, or keep them apart."""
    with asking():
        desk, _ = desk_of(store, judgements)
        some, others = desk.mention(one), desk.mention(other)
        reasons = desk.why(some, others)
    _echo(desk, [some, others])
    print_lines(["one entity:" if reasons.one else "two entities:", *(f"  {reason}" for reason in reasons.because)])


def now() -> str:
    """The time of a judgement, in UTC: the one place where the clock counts."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def default_author() -> str:
    """Git's user.name, else the name of the login."""
    try:
        done = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, timeout=5, check=False)
        if done.returncode == 0 and done.stdout.strip():
            return done.stdout.strip()
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        pass
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise RunError("nobody knows who you are here; say so with --author") from None


def _judge_pair(
    relation: Relation, one: str, other: str, author: str | None, reason: str, store: Path, judgements: Path | None
) -> None:
    from kg.judge import Pair
    from kg.pipeline.desk import NotOne

    def decide(desk: Desk) -> Decision:
        meant = [desk.mention(one), desk.mention(other)]
        if meant[0].place == meant[1].place:
            where = desk.appearances(meant[0].entity)
            raise NotOne("both names stand for the same mention; name one by another article:", where)
        _echo(desk, meant)
        return Pair(relation, *sorted(m.quote for m in meant))

    _judge(decide, author, reason, store, judgements)


def _judge(
    decide: Callable[[Desk], Decision], author: str | None, reason: str, store: Path, judgements: Path | None
) -> None:
    """Writes a judgement, and tells what it will change."""
    from kg.judge import Entry, append

    with asking():
        desk, path = desk_of(store, judgements)
        entry = Entry(decide(desk), (author or default_author()).strip(), now(), reason.strip())
        coming = desk.changes([*desk.entries, entry])
        append(path, entry)
    print_lines([f"written to {path}: {_line(entry)}"])
    if not coming:
        print_lines(["this changes nothing now: the graph will say so anyway, and keep to it"])
        return
    more = [f"  and {len(coming) - _MOST} more"] if len(coming) > _MOST else []
    print_lines(
        ["the next build, or `kg judge apply`, changes this:", *(f"  {line}" for line in coming[:_MOST]), *more]
    )


def desk_of(store: Path, judgements: Path | None) -> tuple[Desk, Path]:
    """The evidence and judgements of a store laid out, and the ledger's path."""
    from kg.judge import read_ledger
    from kg.pipeline import ledger_path
    from kg.pipeline.desk import Desk
    from kg.store import open_store

    with open_store(store) as opened:
        path = ledger_path(opened, judgements)
        if judgements is not None and path != ledger_path(opened):
            say(f"to use {path}, build or apply with --judgements {path} once")
        return Desk(opened, read_ledger(path)), path


@contextmanager
def asking() -> Iterator[None]:
    """A name that is not one thing is wrong use; what it could be is told."""
    from kg.pipeline.desk import NotOne

    try:
        yield
    except NotOne as error:
        say(str(error))
        for line in error.candidates:
            say(f"  {line}")
        raise typer.Exit(WRONG_USE) from None


def _echo(desk: Desk, meant: Sequence[Meant]) -> None:
    print_lines([desk.shown(one) for one in meant])


def _is_doubt(entry: Entry, rulings: Rulings) -> bool:
    return entry.name == "unsure" and rulings.standing[entry.id] == "in force"


def _line(entry: Entry, rulings: Rulings | None = None) -> str:
    from kg.judge import describe

    standing = rulings.standing[entry.id] if rulings else "in force"
    note = "" if standing == "in force" else f" [{standing}]"
    reason = f" — {entry.reason}" if entry.reason else ""
    return f"{entry.id} {entry.time[:10]} {entry.author}: {describe(entry.decision)}{reason}{note}"


def print_lines(lines: Sequence[str]) -> None:
    """Lines for people, safe to print; those that begin with two spaces stay indented."""
    for line in lines:
        indent = "  " if line.startswith("  ") else ""
        typer.echo(indent + one_line(line))
