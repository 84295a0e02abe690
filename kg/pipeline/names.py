"""Which articles of a store a person means."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path, PurePath

from kg.model import Article
from kg.store import Held


def meant(name: str, held: Sequence[Held]) -> list[Held]:
    """The articles that a name stands for: a URL, an id or the IRI with it, a path as the store or as the disk has it.

    A folder or table on disk stands for all of its articles. Where the store was built from another folder than the
    path at hand starts from, or the file is gone, the article with the longest path that ends the given one is meant.
    """
    posix = unicodedata.normalize("NFC", PurePath(name).as_posix())
    last = name.replace("/", ":").rsplit(":", 1)[-1]
    if exact := [h for h in held if h.key == name or h.path in (name, posix) or h.id == last]:
        return exact
    if Path(name).exists():
        from kg.read import read

        keys = {item.key for item in read([name]) if isinstance(item, Article)}
        if there := [h for h in held if h.key in keys]:
            return there
    ends = [h for h in held if f"/{posix}".endswith((f"/{h.path}", f"/{_file(h.path)}"))]
    longest = max((len(_file(h.path)) for h in ends), default=0)
    return [h for h in ends if len(_file(h.path)) == longest]


def _file(path: str) -> str:
    """The file of an article's path, without the row of a table."""
    return path.rpartition("#")[0] or path
