"""A worker: a process that has the graph, the index and the record open, and answers one question after another.

It imports what it needs before the first question, so that processes made from it start at once. A limit on memory and
an alarm clock stand behind the limits that the server watches from outside: a worker whose server has died dies, too.
"""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pyoxigraph
import rdflib.plugins.sparql.parser  # noqa: F401 - takes half a second: once, before the first question

from kg.query.dataset import Dataset, dataset
from kg.serve import describe, pages, service, sparql
from kg.serve.answers import Answer, plain
from kg.serve.explore import Explorer, Unanswerable
from kg.serve.limits import Limits
from kg.store import Record

GRACE = 5.0
"""Seconds that a worker lives on after its time limit, if nobody has ended it by then."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the parts of what is served lie: one graph of a store, its index, and the store's record."""

    graph: Path
    index: Path
    record: Path
    base: str


class Reader:
    """What a worker reads from. Parts are opened when they are first needed."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source, self.limits = source, limits
        self.store = pyoxigraph.Store.read_only(str(source.graph))

    @cached_property
    def seen(self) -> Dataset:
        return dataset(self.store)

    @cached_property
    def graphs(self) -> frozenset[str]:
        """The names of all graphs of the store: those of raw evidence and judgements can be asked for by name, too."""
        return frozenset(g.value for g in self.store.named_graphs() if isinstance(g, pyoxigraph.NamedNode))

    @cached_property
    def explorer(self) -> Explorer:
        return Explorer(self.source.index)

    @cached_property
    def record(self) -> Record:
        return Record(self.source.record)

    def text(self, version: str) -> str | None:
        """The body of an article's version, None where the record does not have it any more."""
        return self.record.text(version)


def main(line: Connection, source: Source, limits: Limits) -> None:
    """Says that it is ready, and answers until the line breaks off."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which then ends its workers
    reader = Reader(source, limits)
    _ = reader.seen, reader.graphs, reader.explorer
    _limit_memory(limits.memory)
    line.send_bytes(b"ready")
    while True:
        try:
            question = json.loads(line.recv_bytes())
        except (EOFError, OSError):
            return
        _set_alarm(limits.seconds + GRACE)
        answer = _answer(reader, question["task"], question["arguments"])
        _set_alarm(0)
        head = {"status": answer.status, "media_type": answer.media_type, "headers": dict(answer.headers)}
        try:
            line.send_bytes(json.dumps(head).encode())
            line.send_bytes(answer.body)
        except OSError:
            return


def _answer(reader: Reader, task: str, arguments: dict[str, Any]) -> Answer:
    try:
        return TASKS[task](reader, **arguments)
    except MemoryError:
        raise SystemExit(1) from None  # the server says why
    except Exception as error:
        from kg.config import debug

        if debug():
            raise
        return plain(500, f"this is a fault of kg: {type(error).__name__}: {error}")


def _explore(reader: Reader, method: str, question: object) -> Answer:
    try:
        found = reader.explorer.ask(method, question)
    except Unanswerable as error:
        return plain(400, str(error))
    return Answer(200, "application/json", json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode())


def _sparql(reader: Reader, query: str, default: list[str], named: list[str], accept: str | None) -> Answer:
    return sparql.answer(reader.seen, reader.graphs, query, default, named, accept, reader.limits.rows)


def _page(reader: Reader, page: str, **arguments: Any) -> Answer:
    return pages.PAGES[page](reader, **arguments)


def _describe(reader: Reader, iri: str, media_type: str) -> Answer:
    return describe.answer(reader.seen.store, iri, media_type)


def _service(reader: Reader, endpoint: str, accept: str | None) -> Answer:
    return service.answer(endpoint, reader.graphs, accept)


TASKS: Mapping[str, Callable[..., Answer]] = {
    "sparql": _sparql,
    "explore": _explore,
    "page": _page,
    "describe": _describe,
    "service": _service,
}
"""What a worker can be asked."""


def _limit_memory(more: int) -> None:
    """Lets the process grow by so many bytes from now on, where the system knows such limits."""
    try:
        import resource

        pages_now = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages_now * resource.getpagesize() + more
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (ImportError, OSError, ValueError):
        pass


def _set_alarm(seconds: float) -> None:
    """Has the system end the process after so many seconds, whatever it is doing; 0 calls that off."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
