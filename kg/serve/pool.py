"""Processes that answer questions and can be killed: no engine's Python interface has a time limit of its own.

A question that takes longer than a moment leaves its place to the next one and goes on in the background, at low
priority; so long questions do not hold up short ones. Answers come whole, as bytes: nothing that a worker sends is ever
executed here.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import multiprocessing
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from kg.serve.answers import Answer, plain
from kg.serve.limits import MIB, Limits

START = 180.0
"""Seconds a worker may take to start."""
AGAIN = 2
"""Seconds after which a client that was turned away may try again."""

Main = Callable[..., None]


@dataclass(eq=False)
class Worker:
    """A process and the line to it."""

    process: Any
    line: Connection

    def send(self, message: bytes) -> None:
        self.line.send_bytes(message)

    def receive(self) -> Answer:
        """The answer; EOFError when the process died over it."""
        head = json.loads(self.line.recv_bytes())
        return Answer(head["status"], head["media_type"], self.line.recv_bytes(), head["headers"])

    def yield_to_others(self) -> None:
        """Lowers the priority, but not so far that it would get nothing on a machine that is busy otherwise."""
        with contextlib.suppress(OSError, AttributeError):  # not everywhere, or it died just now
            os.setpriority(os.PRIO_PROCESS, self.process.pid, 15)

    def end(self) -> None:
        self.process.kill()
        self.process.join(5)
        self.line.close()


class Pool:
    """Workers that run `main(line, *arguments)`, which says it is ready and then answers one question after another.

    `start` it in a running event loop, and `close` it at the end. `name` is for those who look at processes.
    """

    def __init__(self, main: Main, arguments: tuple[Any, ...], limits: Limits, name: str) -> None:
        self._main, self._arguments, self._limits, self._name = main, arguments, limits, name
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._all: set[Worker] = set()
        self._slow = self._starting = 0
        self._waiting = 0
        self._closed = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._threads = ThreadPoolExecutor(limits.workers + limits.slow + 2, thread_name_prefix=f"kg-{name}")

    async def start(self) -> None:
        """Starts all workers; RunError-like failures of one come out as they are."""
        await asyncio.gather(*(self._add() for _ in range(self._limits.workers)))

    def close(self) -> None:
        """Ends all workers, whatever they do."""
        self._closed = True
        for worker in list(self._all):
            self._drop(worker)
        self._threads.shutdown(wait=False, cancel_futures=True)

    @property
    def busy(self) -> bool:
        """Whether any question is being answered or waits."""
        return self._idle.qsize() < len(self._all) or self._waiting > 0

    async def ask(self, task: str, arguments: Mapping[str, Any]) -> Answer:
        """The answer to a task with these arguments, plain JSON data; 503 with Retry-After when there will be none."""
        message = json.dumps({"task": task, "arguments": arguments}).encode("utf-8", "backslashreplace")
        worker = await self._take()
        if worker is None:
            return _turned_away("the server is busy; try again in a moment")
        answered = False
        try:
            await self._in_thread(worker.send, message)
            if not await self._in_thread(worker.line.poll, min(self._limits.patience, self._limits.seconds)):
                return await self._slowly(worker)
            answer: Answer = await self._in_thread(worker.receive)
            answered = True
            return answer
        except (EOFError, OSError, ValueError, KeyError):  # it died, which is what running out of memory looks like
            return self._out_of_memory()
        finally:
            if answered and not self._closed:
                self._idle.put_nowait(worker)
            else:  # it has gone, or works on something that nobody waits for, or its priority cannot be raised again
                self._drop(worker)
            self._fill()

    async def _take(self) -> Worker | None:
        if self._closed or self._waiting >= self._limits.waiting:
            return None
        self._waiting += 1
        try:
            return await asyncio.wait_for(self._idle.get(), self._limits.seconds)
        except TimeoutError:
            return None
        finally:
            self._waiting -= 1

    async def _slowly(self, worker: Worker) -> Answer:
        if self._slow >= self._limits.slow:
            return _turned_away("long queries are running already, and this one is another; try again later", 10)
        self._slow += 1
        try:
            worker.yield_to_others()
            self._fill()
            left = max(0.0, self._limits.seconds - self._limits.patience)
            if await self._in_thread(worker.line.poll, left):
                late: Answer = await self._in_thread(worker.receive)
                return late
            return _turned_away(
                f"the query was stopped after {self._limits.seconds:g} seconds, the limit here; ask for less, or ask "
                "with `kg query`, which has no limit", 60,
            )  # fmt: skip
        finally:
            self._slow -= 1
            self._all.discard(worker)  # so that it is not counted among those for short queries
            self._drop(worker)

    async def _in_thread(self, work: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)

    def _out_of_memory(self) -> Answer:
        return _turned_away(
            f"the query was stopped: it needs more than {self._limits.memory // MIB} MiB, the limit here; ask for "
            "less, or ask with `kg query`, which has no limit", 60,
        )  # fmt: skip

    # --- workers come and go --------------------------------------------------------------------------------------

    async def _add(self) -> None:
        self._starting += 1
        try:
            worker = await self._in_thread(_launched, self._main, self._arguments, self._name)
        finally:
            self._starting -= 1
        self._all.add(worker)
        if self._closed:
            self._drop(worker)
        else:
            self._idle.put_nowait(worker)

    def _fill(self) -> None:
        """Starts workers in place of those that left or are slow."""
        missing = self._limits.workers - (len(self._all) - self._slow + self._starting)
        for _ in range(0 if self._closed else missing):
            task = asyncio.get_running_loop().create_task(self._try_to_add())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _try_to_add(self) -> None:
        with contextlib.suppress(RuntimeError):  # the next question tries again
            await self._add()

    def _drop(self, worker: Worker) -> None:
        self._all.discard(worker)
        if self._closed:
            worker.end()
        else:
            self._threads.submit(worker.end)


def _turned_away(why: str, after: int = AGAIN) -> Answer:
    return plain(503, why, Retry_After=str(after))


def _launched(main: Main, arguments: tuple[Any, ...], name: str) -> Worker:
    """A new worker, once it is ready. RuntimeError when it does not get so far."""
    context = _context()
    ours, theirs = context.Pipe()
    process = context.Process(target=main, args=(theirs, *arguments), name=f"kg-{name}", daemon=True)
    process.start()
    theirs.close()
    worker = Worker(process, ours)
    try:
        if not ours.poll(START):
            raise RuntimeError("a worker did not start in time")
        if ours.recv_bytes() != b"ready":
            raise RuntimeError("a worker started wrongly")
    except (EOFError, OSError, RuntimeError) as error:
        worker.end()
        raise RuntimeError(f"a worker could not be started: {error or type(error).__name__}") from None
    return worker


def _context() -> Any:
    """Processes made from a small, warm one where the system can, so that a new worker costs milliseconds."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["kg.serve.warm"])
    return context


def run_alone(main: Main, arguments: tuple[Any, ...], seconds: float | None = None) -> Answer:
    """The one answer of a process made for it, such as an index. RuntimeError when it dies or takes too long."""
    context = _context()
    ours, theirs = context.Pipe()
    process = context.Process(target=main, args=(theirs, *arguments), name="kg-once", daemon=True)
    process.start()
    theirs.close()
    worker = Worker(process, ours)
    try:
        if not ours.poll(seconds):
            raise RuntimeError(f"it was not done within {seconds} seconds")
        return worker.receive()
    except (EOFError, OSError) as error:
        raise RuntimeError(f"a process died ({error or 'no reason known'}); see above") from None
    finally:
        worker.end()
