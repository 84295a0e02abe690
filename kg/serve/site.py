"""What is served: the graph of a store as it stands, with its index and the workers that read both.

When the store gets another graph, an index and workers are made for that one too; then new requests go to them, and the
old ones end when they are done. So a page never mixes two graphs, and nothing is down meanwhile.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from kg.config import DEFAULT_BASE
from kg.errors import RunError
from kg.serve import worker
from kg.serve.answers import Answer, plain
from kg.serve.limits import Limits
from kg.serve.pool import Pool, run_alone
from kg.serve.worker import Source
from kg.store import FILE_NAME, DiskGraph, open_store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

LOOK_AGAIN = 0.5
"""Seconds for which the store is taken to have the graph it had."""


@dataclass(eq=False)
class Edition:
    """One graph with its workers: those for pages, which the server asks itself, and those for queries of anyone."""

    source: Source
    pages: Pool
    queries: Pool

    async def start(self) -> None:
        await asyncio.gather(self.pages.start(), self.queries.start())

    async def retire(self, seconds: float) -> None:
        """Ends the workers once nobody waits for them, or after so many seconds."""
        until = time.monotonic() + seconds
        while (self.pages.busy or self.queries.busy) and time.monotonic() < until:
            await asyncio.sleep(0.1)
        self.close()

    def close(self) -> None:
        self.pages.close()
        self.queries.close()
        self.source.index.unlink(missing_ok=True)


class Site:
    """A store that is being served. `open` it in the event loop that serves, and `close` it."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder, self.limits = folder, limits
        with open_store(folder) as store:  # says what is wrong, if there is none
            self.base = store.record.setting("base") or DEFAULT_BASE
        self._graph = DiskGraph(folder)
        self._temporary = Path(tempfile.mkdtemp(prefix="kg-serve-"))
        self.failure = ""
        self._edition: Edition | None = None
        self._looked = 0.0
        self._number = 0
        self._turning: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Makes the index and starts the workers. RunError when the store cannot be served; `failure` keeps why."""
        try:
            self._edition = await self._edition_of(self._graph.location())
        except BaseException as error:
            self.failure = str(error)
            self.close()
            raise

    def close(self) -> None:
        if self._edition is not None:
            self._edition.close()
        shutil.rmtree(self._temporary, ignore_errors=True)

    async def ask(self, task: str, arguments: Mapping[str, Any]) -> Answer:
        """The answer of the workers to one of `kg.serve.worker.TASKS`."""
        edition = self._current()
        pool = edition.queries if task == "sparql" else edition.pages
        return await pool.ask(task, arguments)

    async def turn(self) -> None:
        """Waits until the graph that the store has now is the one that is served."""
        self._looked = 0.0
        self._current()
        while self._turning is not None:
            await asyncio.shield(self._turning)

    def _current(self) -> Edition:
        assert self._edition is not None
        now = time.monotonic()
        if self._turning is None and now - self._looked > LOOK_AGAIN:
            self._looked = now
            try:
                graph = self._graph.location()
            except RunError:  # it is being made again
                return self._edition
            if graph != self._edition.source.graph:
                self._turning = asyncio.get_running_loop().create_task(self._turn_to(graph))
        return self._edition

    async def _turn_to(self, graph: Path) -> None:
        old = self._edition
        try:
            self._edition = await self._edition_of(graph)
        except (RunError, RuntimeError) as error:
            import logging

            logging.getLogger("kg.serve").warning("the new graph cannot be served, the old one goes on: %s", error)
            return
        finally:
            self._turning = None
        if old is not None:
            task = asyncio.get_running_loop().create_task(old.retire(self.limits.seconds + 1))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _edition_of(self, graph: Path) -> Edition:
        self._number += 1
        index = self._temporary / f"index-{self._number}.sqlite"
        source = Source(graph, index, self.folder / FILE_NAME, self.base)
        try:
            made = await asyncio.to_thread(run_alone, make_index, (source,))
        except RuntimeError as error:
            raise RunError(f"the graph in {self.folder} cannot be read for serving: {error}") from None
        if made.status != 200:
            raise RunError(made.body.decode().strip())
        edition = Edition(
            source,
            Pool(worker.main, (source, self.limits), self.limits, "page"),
            Pool(worker.main, (source, self.limits), self.limits, "query"),
        )
        try:
            await edition.start()
        except BaseException:
            edition.close()
            raise
        return edition


def make_index(line: Connection, source: Source) -> None:
    """Writes the index of a graph, in a process of its own, since it takes memory that the server need not keep."""
    import json

    import pyoxigraph

    from kg.serve.index import make
    from kg.store import Record

    try:
        record = Record(source.record)
        make(source.index, pyoxigraph.Store.read_only(str(source.graph)), record.text)
        answer = plain(200, "done")
    except Exception as error:
        answer = plain(500, f"the index of {source.graph} cannot be made: {type(error).__name__}: {error}")
    line.send_bytes(json.dumps({"status": answer.status, "media_type": answer.media_type, "headers": {}}).encode())
    line.send_bytes(answer.body)
