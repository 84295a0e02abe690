"""Which articles of a store a person means."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path, PurePath

from kg.model import Article
from kg.store import Held


def meant(name: str, held: Sequence[Held]) -> list[Held]:
    """The articles that a name stands for: a URL, an id or the IRI with it, a path as the store or as the disk has it.

    A folder or table stands for all of its articles. Paths of the store begin where its building began, so a path at
    hand may begin further up, or be gone from the disk: what counts is its longest ending that the store knows.
    """
    parts = PurePath(unicodedata.normalize("NFC", name)).parts
    last = name.replace("/", ":").rsplit(":", 1)[-1]
    if exact := [h for h in held if name in (h.key, h.path) or h.id == last]:
        return exact
    for start in range(len(parts)):
        ending = "/".join(parts[start:])
        if found := [h for h in held if ending in (h.path, _file(h.path)) or h.path.startswith(f"{ending}/")]:
            return found
    return _on_disk(name, held)


def _on_disk(name: str, held: Sequence[Held]) -> list[Held]:
    """The articles that are there to be read: under the folder where building began, or copies with the same URL."""
    if not Path(name).exists():
        return []
    from kg.read import read

    keys = {item.key for item in read([name]) if isinstance(item, Article)}
    return [h for h in held if h.key in keys]


def _file(path: str) -> str:
    """The file of an article's path, without the row of a table."""
    return path.rpartition("#")[0] or path
