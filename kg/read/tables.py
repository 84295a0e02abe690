"""Tables of articles, CSV and JSON Lines, streamed: one article a row, and a bad row costs that row."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from io import BufferedReader, TextIOWrapper
from typing import TextIO

from kg.errors import ArticleError
from kg.model import Article
from kg.read.article import FIELDS, MAX_ARTICLE, Source, make_article, too_large
from kg.read.encoding import encoding_of, not_utf8

_MAX_LINE = 4 * MAX_ARTICLE  # characters; leaves room for escapes
_UNDECODED = re.compile("[\udc80-\udcff]")  # what the surrogateescape handler makes of a bad byte
_DELIMITERS = (",", ";", "\t")  # spreadsheets write the one their language asks for


def read_jsonl(stream: BufferedReader, source: Source) -> Iterator[Article | ArticleError]:
    """One JSON object a line, with `text` and any of `FIELDS`; rows are numbered by line, from 1."""
    empty = True
    for number, line in enumerate(_lines(_open(stream, source, "\n")), 1):
        if line.isspace():
            continue
        empty = False
        yield _row(source.row(number), line)
    if empty:
        raise _no_rows(source)


def _row(source: Source, line: str) -> Article | ArticleError:
    try:
        if not line:
            raise too_large(source)
        _check(source, line)
        record = _json(source, line)
        text = record.get("text")
        if not isinstance(text, str):
            problem = "has no “text”" if text is None else "“text” is not a string"
            raise source.error(problem, "give the article as a string under the key “text”")
        return make_article(source, text, record)
    except ArticleError as error:
        return error


def _json(source: Source, line: str) -> dict[str, object]:
    advice = "write one JSON object a line, with the article under the key “text”"
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise source.error(f"is not valid JSON ({error.msg} at character {error.pos + 1})", advice) from None
    except (ValueError, RecursionError):  # a number or a nesting of absurd size
        raise source.error("is JSON that cannot be read", advice) from None
    if not isinstance(record, dict):
        raise source.error("is not a JSON object", advice)
    return record


def read_csv(stream: BufferedReader, source: Source) -> Iterator[Article | ArticleError]:
    """One article a row, with a header that names `text` and any of `FIELDS`; rows are numbered from 1 below it.

    RFC 4180, separated by commas, semicolons or tabs. After a row whose end cannot be told the file is given up.
    """
    csv.field_size_limit(max(csv.field_size_limit(), _MAX_LINE))  # the default would refuse articles above 128 KB
    lines = _unbroken(_open(stream, source, ""), source)
    names, delimiter = _header(source, next(lines, ""))
    number = 0
    try:
        for number, values in enumerate(csv.reader(lines, delimiter=delimiter, strict=True), 1):
            if values:
                yield _record(source.row(number), names, values)
    except csv.Error as error:
        yield source.row(number + 1).error(
            f"is not valid CSV ({error}); the rest of the file was not read",
            "put values that hold quotation marks in quotation marks and double those inside",
        )
        return
    if not number:
        raise _no_rows(source)


def _header(source: Source, line: str) -> tuple[list[str], str]:
    for delimiter in _DELIMITERS:
        names = [name.strip().lower() for name in next(csv.reader([line], delimiter=delimiter), [])]
        if "text" in names:
            twice = sorted({n for n in names if names.count(n) > 1} & {"text", *FIELDS})
            if twice:
                raise source.error(f"has two columns called {twice[0]}", "rename one of them")
            return names, delimiter
    raise source.error(
        "has no column “text” in its first line",
        f"start it with a line of column names: text, and any of {', '.join(FIELDS)}",
    )


def _record(source: Source, names: Sequence[str], values: Sequence[str]) -> Article | ArticleError:
    try:
        for value in values:
            _check(source, value)
        if len(values) > len(names):
            raise source.error(
                f"has {len(values)} values for {len(names)} columns",
                "put values that hold separators in quotation marks",
            )
        record = dict(zip(names, values, strict=False))
        return make_article(source, record.get("text", ""), record)
    except ArticleError as error:
        return error


def _open(stream: BufferedReader, source: Source, newline: str) -> TextIO:
    """A text stream in which what does not decode comes out as lone surrogates: it costs one row and not the file."""
    codec = encoding_of(source, stream.peek(64)[:64])
    errors = "surrogateescape" if codec == "utf-8-sig" else "surrogatepass"
    return TextIOWrapper(stream, encoding=codec, errors=errors, newline=newline)


def _lines(text: TextIO) -> Iterator[str]:
    """Line by line; of a line beyond all bounds only "", so that one broken file cannot fill the memory."""
    while line := text.readline(_MAX_LINE):
        if len(line) < _MAX_LINE or line.endswith(("\n", "\r")):
            yield line
            continue
        while (rest := text.readline(_MAX_LINE)) and not rest.endswith("\n"):
            pass
        yield ""


def _unbroken(text: TextIO, source: Source) -> Iterator[str]:
    for line in _lines(text):
        if not line:
            raise source.error("holds a line too large for one article", "split it, or check the quotation marks")
        yield line


def _check(source: Source, line: str) -> None:
    if _UNDECODED.search(line):
        raise not_utf8(source)


def _no_rows(source: Source) -> ArticleError:
    return source.error("holds no articles", "give it one article a row, or leave it out")
