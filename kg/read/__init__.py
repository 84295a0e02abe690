"""Reading: files, folders, tables and standard input become `Article` records.

Nothing that can be wrong with one file or row stops the others: it comes out as an `ArticleError` in its place.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from kg.errors import ArticleError
from kg.model import Article
from kg.read.article import Source
from kg.read.encoding import not_utf8
from kg.read.find import find, left_out
from kg.read.tables import read_csv, read_jsonl
from kg.read.text import looks_like_jsonl, read_text

Reader = Callable[[io.BufferedReader, Source], Iterator[Article | ArticleError]]

# By suffix, in lower case. A reader takes the opened file and yields its articles; it may raise ArticleError or
# OSError at any point, which costs the rest of that file.
READERS: dict[str, Reader] = {
    ".csv": read_csv,
    ".jsonl": read_jsonl,
    ".md": read_text,
    ".txt": read_text,
}

__all__ = ["READERS", "Reader", "Source", "files_left_out", "read"]


def read(paths: Sequence[str | Path], stdin: BinaryIO | None = None) -> Iterator[Article | ArticleError]:
    """The articles at these paths, in the order of their sorted relative paths; rows in the order of their table.

    A path is a file, a folder (searched to the bottom; hidden files and files of unknown kinds are passed over) or
    `-`, which reads `stdin` (by default the standard input of the process): plain text, or JSON Lines if it looks so.
    Whatever cannot be read comes out as an `ArticleError` in its place, and so does the second article of one key.
    Files are opened one by one as the iterator advances; tables are streamed.
    """
    seen: dict[str, str] = {}
    for source in find(paths, READERS):
        if isinstance(source, ArticleError):
            yield source
            continue
        for item in _articles_of(source, stdin):
            yield _first_of_its_key(item, source, seen) if isinstance(item, Article) else item


def files_left_out(paths: Sequence[str | Path]) -> dict[str, int]:
    """How many files the folders among `paths` hold that `read` passes over, by suffix ("" for none), sorted."""
    return left_out(paths, READERS)


def _articles_of(source: Source, stdin: BinaryIO | None) -> Iterator[Article | ArticleError]:
    try:
        if source.file is None:
            yield from _read_stdin(stdin or sys.stdin.buffer, source)
        else:
            with source.file.open("rb") as stream:
                yield from READERS[source.file.suffix.lower()](stream, source)
    except ArticleError as error:
        yield error
    except UnicodeDecodeError as error:  # a table in UTF-16 that breaks off; readers deal with the rest
        yield not_utf8(source, error.encoding, "; the rest of the file was not read")
    except OSError as error:
        yield source.error(f"cannot be read ({error.strerror or error})", "check that the file is there and readable")


def _first_of_its_key(article: Article, source: Source, seen: dict[str, str]) -> Article | ArticleError:
    here = source.shown + article.path.removeprefix(source.path)
    first = seen.setdefault(article.key, here)
    if first == here:
        return article
    if article.url:
        return ArticleError(here, f"has the same url as {first}", "remove one of the two or correct its url")
    return ArticleError(
        here, f"has the same relative path as {first}", "rename one of the two or give the folder above both"
    )


def _read_stdin(stream: BinaryIO, source: Source) -> Iterator[Article | ArticleError]:
    start = stream.read(4096)
    reader = read_jsonl if looks_like_jsonl(start) else read_text
    yield from reader(io.BufferedReader(_Joined(start, stream)), source)


class _Joined(io.RawIOBase):
    """Bytes already taken from a stream that cannot be rewound, followed by the rest of it."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start, self._rest = start, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        chunk = self._start[: len(buffer)] or self._rest.read(len(buffer))
        self._start = self._start[len(chunk) :]
        buffer[: len(chunk)] = chunk
        return len(chunk)
