"""A store's graph → the three files people open: `graph.ttl`, `graph.nq` and `graph.html`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from kg.errors import RunError
from kg.store import Store, open_store


def write_files(store: Store | str | Path, folder: str | Path) -> tuple[Path, ...]:
    """Writes the graph of a store as Turtle, N-Quads and a page into a folder, which is made when it is not there.

    Returns the files that are other than before, in the order of `OUTPUTS`. A file that would stay the same is not
    touched; each is replaced in one step, so that a reader never meets half a file. RunError when that cannot be done.
    """
    if not isinstance(store, Store):
        with open_store(store) as opened:
            return write_files(opened, folder)
    written = []
    for name, make in OUTPUTS.items():
        path = Path(folder) / name
        content = b"".join(make(store))
        try:
            if _replace(path, content):
                written.append(path)
        except OSError as error:
            raise RunError(
                f"{path} cannot be written ({error.strerror or error}); name another folder with --output"
            ) from error
    return tuple(written)


def _replace(path: Path, content: bytes) -> bool:
    if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        new.write_bytes(content)
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)
    return True


def _turtle(store: Store) -> Iterable[bytes]:
    from kg.export import EXPORTERS

    return EXPORTERS["ttl"](store.graph.open())


def _quads(store: Store) -> Iterable[bytes]:
    return store.graph.quads()


def _page(store: Store) -> Iterable[bytes]:
    from kg.view import page

    return (page(store.graph.open()).encode(),)


OUTPUTS: Mapping[str, Callable[[Store], Iterable[bytes]]] = {
    "graph.ttl": _turtle,
    "graph.nq": _quads,
    "graph.html": _page,
}
"""The files `kg build` writes, by name."""
