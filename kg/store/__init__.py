"""A store is a folder with two parts: the record (`Record`, SQLite), and the graph derived from it (`GraphStore`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kg.errors import RunError
from kg.store.rdf import DiskGraph, GraphStore, MemoryGraph
from kg.store.record import FILE_NAME, Held, Hit, Record

if TYPE_CHECKING:
    from filelock import BaseFileLock

__all__ = [
    "FILE_NAME", "MEMORY", "STORES", "DiskGraph", "GraphStore", "Held", "Hit", "Record", "Store", "open_store",
]  # fmt: skip

MEMORY = ":memory:"
"""The location of a store that lives in this process only."""


class Store:
    """An open store. `location` is its folder, None in memory. Close it, or use it in a `with` statement."""

    def __init__(
        self, record: Record, graph: GraphStore, location: Path | None = None, lock: BaseFileLock | None = None
    ) -> None:
        self.record, self.graph, self.location = record, graph, location
        self.writable = location is None or lock is not None
        self._lock = lock

    def close(self) -> None:
        """Closes the record and lets others write. Closing twice is no error."""
        self.record.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<kg store {self.location or MEMORY}>"


def open_store(location: str | Path, write: bool = False) -> Store:
    """The store at a folder, or at `MEMORY`. With `write`, it is made when it is not there, and nobody else may write.

    RunError when there is none to read, when the folder holds something else, when the store is damaged, and when
    another process (or another `Store` in this one) has it open for writing. A writer that dies leaves no lock.
    """
    return STORES["memory" if str(location) == MEMORY else "disk"](Path(location), write)


def _memory(location: Path, write: bool) -> Store:
    return Store(Record(None), MemoryGraph())


def _disk(folder: Path, write: bool) -> Store:
    if folder.exists() and not folder.is_dir():
        raise RunError(f"{folder} is a file; a store is a folder: name another one with --store")
    ours = (folder / FILE_NAME).is_file()
    if not write:
        if not ours:
            raise RunError(f"{folder} holds no store; make one with `kg build PATH --store {folder}`")
        return Store(Record(folder / FILE_NAME), DiskGraph(folder), folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = [p.name for p in folder.iterdir() if p.name != "lock" and not p.name.startswith(".")]
    except OSError as error:
        raise RunError(f"{folder} cannot be used as a store ({error}); name another folder with --store") from error
    if others and not ours:
        raise RunError(f"{folder} holds other things ({min(others)}); name an empty or new folder with --store")
    lock = _locked(folder)
    try:
        return Store(Record(folder / FILE_NAME), DiskGraph(folder), folder, lock)
    except BaseException:
        lock.release()
        raise


def _locked(folder: Path) -> BaseFileLock:
    """A lock that the operating system drops when its holder dies."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / "lock", thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise RunError(f"another kg is writing to {folder}; wait until it is done, or use another --store") from error
    except OSError as error:
        raise RunError(f"{folder} cannot be written ({error}); name another folder with --store") from error
    return lock


STORES: Mapping[str, Callable[[Path, bool], Store]] = {"disk": _disk, "memory": _memory}
"""Where a store can live, and what opens it there, given its location and whether to write."""
