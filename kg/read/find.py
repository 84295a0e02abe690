"""Which files the paths on a command line stand for."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from kg.errors import ArticleError
from kg.read.article import Source, printable


def find(paths: Sequence[str | Path], suffixes: Collection[str]) -> Iterator[Source | ArticleError]:
    """The files to read, sorted by their paths relative to the argument they were found under.

    A file reached from two arguments comes once, under the first of them. Errors stand for what is not there, cannot
    be read, or holds nothing of a known suffix.
    """
    found: list[tuple[str, Source | ArticleError]] = []
    taken: set[str] = set()
    for argument in map(str, paths):
        for source in _expand(argument, suffixes):
            if isinstance(source, ArticleError):
                found.append((argument, source))
            elif (place := os.path.abspath(source.file) if source.file else "-") not in taken:
                taken.add(place)
                found.append((source.path, source))
    found.sort(key=lambda item: item[0])
    for _, source in found:
        yield source


def left_out(paths: Sequence[str | Path], suffixes: Collection[str]) -> dict[str, int]:
    """How many files in the folders among `paths` have none of these suffixes, by suffix, sorted."""
    folders = [Path(p) for p in paths if str(p) != "-" and _kind(str(p)) == "folder"]
    files = {os.path.abspath(f): f for folder in folders for f in _walk(folder) if isinstance(f, Path)}
    return dict(sorted(Counter(s for f in files.values() if (s := f.suffix.lower()) not in suffixes).items()))


def _expand(argument: str, suffixes: Collection[str]) -> Iterator[Source | ArticleError]:
    shown = printable(argument)
    if argument == "-":
        yield Source("-", "standard input")
        return
    kind = _kind(argument)
    if kind == "folder":
        yield from _in_folder(Path(argument), suffixes)
    elif kind != "file":
        yield ArticleError(shown, kind, "check the path, or pass the text itself with - as the path")
    elif (suffix := Path(argument).suffix.lower()) not in suffixes:
        what = (
            f"is a {printable(suffix)} file, which kg cannot read" if suffix else "has no suffix that says what it is"
        )
        yield ArticleError(shown, what, f"save it as one of {', '.join(sorted(suffixes))}")
    else:
        yield _source(Path(argument), Path(argument).parent)


def _kind(argument: str) -> str:
    """ "folder", "file", or what is wrong."""
    try:
        mode = os.stat(argument).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return "does not exist"
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        return f"cannot be read ({getattr(error, 'strerror', None) or error})"
    return "folder" if S_ISDIR(mode) else "file" if S_ISREG(mode) else "is neither a file nor a folder"


def _in_folder(folder: Path, suffixes: Collection[str]) -> Iterator[Source | ArticleError]:
    others: Counter[str] = Counter()
    empty = True
    for file in _walk(folder):
        if isinstance(file, ArticleError):
            yield file
            empty = False
        elif file.suffix.lower() in suffixes:
            yield _source(file, folder)
            empty = False
        else:
            others[file.suffix.lower() or "no suffix"] += 1
    if empty:
        known = ", ".join(sorted(suffixes))
        seen = f", only {', '.join(printable(s) for s in sorted(others))}" if others else ""
        yield ArticleError(
            printable(str(folder)), f"holds no articles{seen}", f"put files into it whose names end in one of {known}"
        )


def _walk(folder: Path, above: frozenset[str] = frozenset()) -> Iterator[Path | ArticleError]:
    """The regular files below a folder without the hidden ones. Links are followed, but never in a circle."""
    real = os.path.realpath(folder)
    if real in above:
        return
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        yield ArticleError(
            printable(str(folder)), f"cannot be read ({error.strerror or error})", "check the permissions of the folder"
        )
        return
    for name in names:
        if name.startswith("."):
            continue
        path = folder / name
        kind = _kind(str(path))
        if kind == "folder":
            yield from _walk(path, above | {real})
        elif kind == "file":  # pipes and sockets would block, links into nothing have nothing to read
            yield path


def _source(file: Path, root: Path) -> Source | ArticleError:
    path, shown = file.relative_to(root).as_posix(), printable(str(file))
    try:
        path.encode()
    except UnicodeEncodeError:
        return ArticleError(shown, "has a name that is not valid UTF-8", "rename the file")
    # One name has one form, whichever the file system keeps.
    return Source(unicodedata.normalize("NFC", path), shown, file)
