"""Judgements from the pages: the same decisions as `kg judge` writes, into the same ledger.

Reading all evidence, and making the graph follow, are done in processes of their own: the server stays small, and goes
on answering. One judgement is written at a time.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from kg.errors import KgError
from kg.serve.answers import Answer
from kg.serve.pool import run_alone

if TYPE_CHECKING:
    from kg.judge import Decision, Relation
    from kg.pipeline.desk import Desk

DECISIONS = ("same", "different", "speaker", "hide", "undo")
_writing = asyncio.Lock()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a judgement: the id of its entry and what it changes, or a problem and what could be meant."""

    entry: str = ""
    changes: tuple[str, ...] = ()
    problem: str = ""
    candidates: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """The problem, for a page."""
        return {"problem": self.problem, "candidates": list(self.candidates)}


def json_of(text: str) -> Any:
    """JSON of a request; ValueError when it is none, or nested without end."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def fields(body: bytes) -> dict[str, str]:
    """The fields of a posted form; of several with one name the first."""
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return {}
    return dict(reversed(pairs))


def refusal(headers: Mapping[str, str], hosts: Iterable[str]) -> str | None:
    """Why a post may not come from where it comes from; None when it may.

    Browsers say where a form stood; a form of another site is refused whatever it holds.
    """
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return "judgements are taken from this server's own pages alone"
    origin = headers.get("origin")
    if origin and (origin == "null" or urlsplit(origin).netloc != headers.get("host")):
        return "judgements are taken from this server's own pages alone"
    return None


async def judge(
    folder: Path, judgements: Path | None, decision: str, given: Mapping[str, str], author: str, time: str
) -> Outcome:
    """Writes a judgement into the ledger. The outcome has a problem when it is unclear what is meant."""
    if decision not in DECISIONS:
        return Outcome(problem=f"{decision!r} is no decision; there are {', '.join(DECISIONS)}")
    async with _writing:
        arguments = (_write, folder, judgements, (decision, dict(given), author, time))
        return Outcome(**(await _alone(arguments)))


async def follow(folder: Path, judgements: Path | None) -> str:
    """Makes the graph follow the ledger; says why it could not, or nothing."""
    async with _writing:
        problem: str = (await _alone((_follow, folder, judgements, ()))).get("problem", "")
        return problem


async def listed(folder: Path, judgements: Path | None) -> list[dict[str, str]]:
    """The ledger's entries, latest first, each with a sentence and what became of it."""
    entries: list[dict[str, str]] = (await _alone((_list, folder, judgements, ()))).get("entries", [])
    return entries


async def _alone(arguments: tuple[Any, ...]) -> dict[str, Any]:
    try:
        answer = await asyncio.to_thread(run_alone, _main, arguments)
    except RuntimeError as error:
        return {"problem": str(error)}
    found: dict[str, Any] = json.loads(answer.body)
    return found


# --- in a process of their own ------------------------------------------------------------------------------------


def _main(line: Connection, work: Any, folder: Path, judgements: Path | None, arguments: tuple[Any, ...]) -> None:
    from kg.pipeline.desk import NotOne

    try:
        found = work(folder, judgements, *arguments)
    except NotOne as error:
        found = {"problem": str(error), "candidates": list(error.candidates)}
    except KgError as error:
        found = {"problem": str(error)}
    answer = Answer(200, "application/json", json.dumps(found).encode())
    line.send_bytes(json.dumps({"status": answer.status, "media_type": answer.media_type, "headers": {}}).encode())
    line.send_bytes(answer.body)


def _write(
    folder: Path, judgements: Path | None, decision: str, given: Mapping[str, str], author: str, time: str
) -> dict[str, Any]:
    from kg.judge import Entry, append

    desk, path = _desk(folder, judgements)
    entry = Entry(_decided(desk, decision, given), author.strip(), time, given.get("reason", "").strip()[:2000])
    changes = desk.changes([*desk.entries, entry])
    append(path, entry)
    return asdict(Outcome(entry.id, tuple(changes)))


def _decided(desk: Desk, decision: str, given: Mapping[str, str]) -> Decision:
    from kg.judge import Hide, Pair, Speaker, Undo
    from kg.pipeline.desk import NotOne

    def named(field: str) -> str:
        if not given.get(field, "").strip():
            raise NotOne(f"the field {field!r} is empty")
        return given[field].strip()

    if decision == "hide":
        return Hide(desk.quote(desk.claim(named("claim"))))
    if decision == "undo":
        if named("entry") not in {entry.id for entry in desk.entries}:
            raise NotOne("the ledger has no such entry any more")
        return Undo(named("entry"))
    if decision == "speaker":
        speakers = [] if given.get("nobody") else [desk.mention(named("other"))]
        return Speaker(desk.quote(desk.claim(named("claim"))), tuple(one.quote for one in speakers))
    meant = [desk.mention(named("one")), desk.mention(named("other"))]
    if meant[0].place == meant[1].place:
        raise NotOne("both stand for the same mention; name one by another article:", desk.appearances(meant[0].entity))
    relation: Relation = "same" if decision == "same" else "different"
    return Pair(relation, *sorted(one.quote for one in meant))


def _follow(folder: Path, judgements: Path | None) -> dict[str, Any]:
    from kg.pipeline import follow as make_follow

    make_follow(folder, judgements=judgements)
    return {}


def _list(folder: Path, judgements: Path | None) -> dict[str, Any]:
    from kg.judge import describe

    desk, _ = _desk(folder, judgements)
    return {
        "entries": [
            {
                "id": entry.id, "time": entry.time, "author": entry.author, "reason": entry.reason,
                "what": describe(entry.decision), "standing": desk.rulings.standing[entry.id],
                "decision": entry.name,
            }
            for entry in reversed(desk.entries)
        ]
    }  # fmt: skip


def _desk(folder: Path, judgements: Path | None) -> tuple[Desk, Path]:
    from kg.judge import read_ledger
    from kg.pipeline import ledger_path
    from kg.pipeline.desk import Desk
    from kg.store import open_store

    with open_store(folder) as store:
        path = ledger_path(store, judgements)
        return Desk(store, read_ledger(path)), path
