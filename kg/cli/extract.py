"""`kg extract`: what is found in each article, without a store."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import STORE, JudgementsOption, StoreOption, console, exit_code, one_line, progress, say
from kg.errors import ArticleError

if TYPE_CHECKING:
    from rich.table import Table

    from kg.model import Claim, Evidence, Span

_LONGEST_CONTENT = 160  # characters
_CLAIM_WIDTHS = {"speaker": 4, "cue": 3, "content": 8, "about": 4}
_NO_WIDTHS: Mapping[str, int] = MappingProxyType({})


class Format(StrEnum):
    """How `kg extract` prints."""

    jsonl = "jsonl"
    table = "table"


def register(app: typer.Typer) -> None:
    """Adds this module's command."""
    app.command("extract", epilog=_EXAMPLES)(extract)


_EXAMPLES = """Examples:

kg extract article.txt --format table

kg extract articles/ > articles.found.jsonl

cat article.txt | kg extract -
"""


def extract(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")],
    format: Annotated[
        Format, typer.Option(help="jsonl: one JSON object per article; table: for reading.")
    ] = Format.jsonl,
    store: StoreOption = STORE,
    judgements: JudgementsOption = None,
) -> None:
    """Print what is found in each article: entities, offices, and who claims what. The store is left alone."""
    write = {Format.jsonl: _write_json, Format.table: _write_table}[format]
    done = skipped = 0
    with progress("reading articles", printing=True) as step:
        for item in evidence_of(paths):
            if isinstance(item, ArticleError):
                say(str(item))
                skipped += 1
            else:
                write(item)
                done += 1
            step(done + skipped)
    raise typer.Exit(exit_code(done, skipped))


def evidence_of(paths: Sequence[str]) -> Iterator[Evidence | ArticleError]:
    """What is found in the articles at these paths, in their order. The model is loaded with the first article."""
    from kg.pipeline.extraction import extracted
    from kg.read import read

    return extracted(read(paths))


def _write_json(evidence: Evidence) -> None:
    from kg.extract import to_contract

    sys.stdout.write(json.dumps(to_contract(evidence), ensure_ascii=False) + "\n")


def _write_table(evidence: Evidence) -> None:
    from rich.text import Text

    article, out = evidence.article, console()
    about = (article.title, article.outlet, article.author, article.published, article.url)
    out.print(Text(one_line(article.path), style="bold"))
    if any(about):
        out.print(Text(one_line(" · ".join(part for part in about if part))))
    out.print(_entities(evidence) if evidence.entities else Text("no entities found", style="dim"))
    out.print(_claims(evidence) if evidence.claims else Text("no claims found", style="dim"))
    out.print()


def _entities(evidence: Evidence) -> Table:
    names = {e.id: e.name for e in evidence.entities}
    rows = []
    for entity in evidence.entities:
        offices = "; ".join(f"{o.title}, {names[o.of]}" if o.of else o.title for o in entity.offices)
        kind = f"{entity.type} {entity.iso}" if entity.iso else entity.type
        rows.append((entity.id, entity.name, kind, str(len(entity.mentions)), offices))
    return _table(("", "entity", "type", "mentions", "offices"), rows)


def _claims(evidence: Evidence) -> Table:
    rows = [_claim_row(evidence, claim) for claim in evidence.claims]
    return _table(("", "speaker", "cue", "kind", "act", "content", "about"), rows, _CLAIM_WIDTHS)


def _claim_row(evidence: Evidence, claim: Claim) -> tuple[str, ...]:
    names = {e.id: e.name for e in evidence.entities}
    speaker = " and ".join(names[s] for s in claim.speakers)
    if not speaker:
        speaker = f"({claim.source.text})" if claim.source else "—"
    notes = [f"to {names[a]}" for a in claim.addressees]
    if not claim.addressees and claim.addressee_text:
        notes.append(f"to {claim.addressee_text}")
    if claim.reported_by:
        notes.append(f"as {names[claim.reported_by]} reports")
    if claim.within:
        notes.append(f"within {claim.within}")
    act = claim.act if claim.polarity == "positive" else f"{claim.act}\nnegated"
    about = ", ".join(names[a] for a in claim.about)
    return (
        claim.id,
        "\n".join([speaker, *notes]),
        claim.cue.text if claim.cue else "—",
        claim.kind,
        act,
        _shortened(claim.content),
        about,
    )


def _shortened(content: Sequence[Span]) -> str:
    text = one_line(" … ".join(span.text for span in content))
    return text if len(text) <= _LONGEST_CONTENT else text[: _LONGEST_CONTENT - 1].rstrip() + "…"


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Mapping[str, int] = _NO_WIDTHS) -> Table:
    """Columns share the line in proportion to `widths`; those without one are as wide as they need to be."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, expand=bool(widths))
    for column in columns:
        table.add_column(
            column, overflow="fold", no_wrap=column in ("", "kind", "act", "mentions"), ratio=widths.get(column)
        )
    for row in rows:
        table.add_row(*(Text("\n".join(map(one_line, cell.split("\n")))) for cell in row))
    return table
