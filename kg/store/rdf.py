"""The RDF store: the graph derived from the record, ready for SPARQL.

On disk a graph is a folder of its own, made beside the one in use and never written again once it is in use, since an
Oxigraph store must not be read while it is written. The file `current` names the graph in use and is replaced in one
step: a reader finds the old graph or the new one, whatever happens to the writer.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kg.errors import RunError

if TYPE_CHECKING:
    import pyoxigraph

_POINTER = "current"
_NAME = re.compile(r"graph-(\d{6,})")
_QUADS = "graph.nq"
_REPAIR = "run `kg build` again, or `kg gc` where the articles are not at hand (they are kept in the record)"


class GraphStore(Protocol):
    """A place for one graph at a time, replaced as a whole. A row of the table `STORES` makes one."""

    def about(self) -> Mapping[str, Any] | None:
        """What was said about the graph when it was put here; None when there is none."""

    def replace(self, quads: Iterable[bytes], about: Mapping[str, Any], default: Iterable[bytes] = ()) -> None:
        """Puts the graph with these lines of N-Quads in place of the one there. `about` is plain JSON data.

        `default` are lines for the default graph, which queries see beside the named ones; `quads` does not give them
        back. The old graph stays in use when this fails or is interrupted; RunError when the lines cannot be stored.
        """

    def quads(self) -> Iterable[bytes]:
        """The lines of N-Quads of the graph, as they were given; RunError when there is no graph."""

    def open(self) -> pyoxigraph.Store:
        """The graph for reading, as it stands now; RunError when there is none or it is damaged."""

    def tidy(self) -> None:
        """Removes what earlier graphs and interrupted runs left behind."""


class DiskGraph:
    """A graph in a folder. One process at a time may write: `Store` sees to that."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def about(self) -> Mapping[str, Any] | None:
        pointer = self._pointer()
        return None if pointer is None else pointer["about"]

    def replace(self, quads: Iterable[bytes], about: Mapping[str, Any], default: Iterable[bytes] = ()) -> None:
        before = self._pointer()
        last = max((int(m[1]) for m in map(_NAME.fullmatch, _names(self.folder)) if m), default=0)
        new = self.folder / f"graph-{last + 1:06}"
        try:
            new.mkdir()
            files = (new / _QUADS, new / "default.nq")
            for path, lines in zip(files, (quads, default), strict=True):
                with path.open("wb") as file:
                    file.writelines(lines)
            _load(new / "rdf", *files)
            files[1].unlink()
            pointer = self.folder / f"{_POINTER}.new"
            pointer.write_text(json.dumps({"graph": new.name, "about": about}, sort_keys=True), encoding="utf-8")
            os.replace(pointer, self.folder / _POINTER)
        except (OSError, SyntaxError) as error:
            raise RunError(f"{new}: the graph cannot be stored ({error}); look at free space and rights") from error
        # the graph in use until now may still be open elsewhere: it goes with the next one
        self._remove_all_but(new.name, before["graph"] if before else "")

    def quads(self) -> Iterable[bytes]:
        try:
            with (self._current() / _QUADS).open("rb") as file:
                yield from file
        except OSError as error:
            raise self._damaged(error) from error

    def open(self) -> pyoxigraph.Store:
        import pyoxigraph

        try:
            return pyoxigraph.Store.read_only(str(self._current() / "rdf"))
        except (OSError, ValueError, RuntimeError) as error:
            raise self._damaged(error) from error

    def location(self) -> Path:
        """The folder of the Oxigraph store in use now, for other processes to open; RunError when there is none.

        It stays for as long as this graph is in use and one more after it.
        """
        return self._current() / "rdf"

    def tidy(self) -> None:
        pointer = self._pointer()
        self._remove_all_but(pointer["graph"] if pointer else "")

    def _pointer(self) -> dict[str, Any] | None:
        """What `current` says; None when it is missing or makes no sense, for then the graph is to be made again."""
        try:
            pointer = json.loads((self.folder / _POINTER).read_text(encoding="utf-8"))
            ours = _NAME.fullmatch(pointer["graph"]) and isinstance(pointer["about"], dict)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return pointer if ours else None

    def _current(self) -> Path:
        pointer = self._pointer()
        if pointer is None:
            raise RunError(f"{self.folder} holds no finished graph; {_REPAIR}")
        return self.folder / str(pointer["graph"])

    def _damaged(self, error: Exception) -> RunError:
        return RunError(f"the graph in {self.folder} is damaged ({error}); {_REPAIR}")

    def _remove_all_but(self, *names: str) -> None:
        for name in _names(self.folder):
            if _NAME.fullmatch(name) and name not in names:
                shutil.rmtree(self.folder / name, ignore_errors=True)  # in use on Windows: it goes another time


class MemoryGraph:
    """A graph in memory, gone with the process."""

    def __init__(self, folder: Path | None = None) -> None:
        self._about: Mapping[str, Any] | None = None
        self._lines: tuple[bytes, ...] = ()
        self._store: pyoxigraph.Store | None = None

    def about(self) -> Mapping[str, Any] | None:
        return self._about

    def replace(self, quads: Iterable[bytes], about: Mapping[str, Any], default: Iterable[bytes] = ()) -> None:
        import pyoxigraph

        lines = tuple(quads)
        store = pyoxigraph.Store()
        try:
            store.load(b"".join((*lines, *default)), format=pyoxigraph.RdfFormat.N_QUADS)
        except SyntaxError as error:
            raise RunError(f"the graph cannot be stored ({error})") from error
        self._about, self._lines, self._store = about, lines, store

    def quads(self) -> Iterable[bytes]:
        self.open()
        return iter(self._lines)

    def open(self) -> pyoxigraph.Store:
        if self._store is None:
            raise RunError("there is no graph in memory yet; build one first")
        return self._store

    def tidy(self) -> None:
        pass


def _load(folder: Path, *files: Path) -> None:
    import pyoxigraph

    try:
        store = pyoxigraph.Store(str(folder))
        for path in files:
            store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS)
        store.optimize()
        store.flush()
    except RuntimeError as error:  # how some failures of the database below come out
        raise OSError(str(error)) from error


def _names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())
