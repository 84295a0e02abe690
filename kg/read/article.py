"""One article from its text and the metadata that came with it, checked so that no later stage can trip over it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

from kg.errors import ArticleError
from kg.model import Article

MAX_ARTICLE = 5_000_000
"""Bytes of UTF-8: the largest text that is taken for one article. A long novel has 3 million."""

FIELDS = ("title", "outlet", "author", "published", "url", "language")
"""The metadata an article may carry: keys of front matter, columns of tables."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_DATE = re.compile(r"(?:\d{4}-\d\d-\d\d|\d{8}|\d{4}-W\d\d-\d|\d{4}W\d{3})(?P<time>[T ].+)?", re.ASCII)
_XSD_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")  # RFC 5646, without registered names like "english"
_URL_SAFE = "!#$%&'()*+,-./:;=?@[]_~"


def printable(text: str) -> str:
    """Text on one line that cannot steer a terminal: control and undecodable characters become escapes."""
    shown = text.encode("utf-8", "backslashreplace").decode()
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in shown)


@dataclass(frozen=True, slots=True)
class Source:
    """Where articles come from: `path` is for the record, `shown` for people, `file` is None for standard input."""

    path: str
    shown: str
    file: Path | None = None

    def row(self, number: int) -> Source:
        """The source of one row of this table, `articles.csv#3`."""
        return Source(f"{self.path}#{number}", f"{self.shown}#{number}", self.file)

    def error(self, problem: str, advice: str) -> ArticleError:
        """The error that costs this file or row."""
        return ArticleError(self.shown, problem, advice)


def make_article(source: Source, body: str, metadata: Mapping[str, object]) -> Article:
    """The article of this text. Keys of `metadata` outside `FIELDS` are ignored; empty values count as unknown.

    Raises ArticleError when the text is empty, too large or not Unicode text, or when a known field has a value that
    cannot be what it says: nothing the writer of the metadata meant is dropped in silence.
    """
    _check_text(source, "the text", body)
    if not body.strip():
        raise source.error("has no text", "write the article into it or leave it out")
    if len(body) > MAX_ARTICLE or len(body.encode()) > MAX_ARTICLE:
        raise too_large(source)
    values = {name: _text(source, name, metadata.get(name)) for name in FIELDS}
    if values["published"]:
        values["published"] = _iso_date(source, values["published"])
    if values["url"]:
        values["url"] = _url(source, values["url"])
    if values["language"]:
        values["language"] = _language(source, values["language"])
    return Article(path=source.path, body=body, **values)


def too_large(source: Source) -> ArticleError:
    """The error for a text above `MAX_ARTICLE`."""
    return source.error(
        f"is larger than {MAX_ARTICLE // 1_000_000} MB, too large for one article",
        "split it into one file per article, or give many articles as .csv or .jsonl",
    )


def _check_text(source: Source, name: str, value: str) -> None:
    if "\0" in value:
        raise source.error(f"{name} holds NUL characters", "save it as plain text in UTF-8")
    if found := _SURROGATE.search(value):
        raise source.error(
            f"{name} holds half a surrogate pair (U+{ord(found[0]):04X}), which is not a character",
            "write it again as valid UTF-8",
        )


def _text(source: Source, name: str, value: object) -> str | None:
    if name == "author" and isinstance(value, list) and all(isinstance(v, str) for v in value):
        value = ", ".join(value)
    if value is None:
        return None
    if not isinstance(value, str):
        raise source.error(f"{name} is {_kind(value)}, not text", f"write {name} as text, in quotation marks")
    _check_text(source, name, value)
    return _SPACE.sub(" ", value).strip() or None


def _kind(value: object) -> str:
    names = {bool: "a truth value", int: "a number", float: "a number", list: "a list", dict: "a mapping"}
    return names.get(type(value), type(value).__name__)


def _iso_date(source: Source, value: str) -> str:
    """A date or date-time in the form that XML Schema shares with ISO 8601; what has it already is left as it is."""
    shape = _DATE.fullmatch(value)
    try:
        if not shape:
            raise ValueError(value)
        parsed = datetime.fromisoformat(value) if shape["time"] else date.fromisoformat(value)
    except ValueError:
        raise source.error(
            f"published is {_quoted(value)}, which is not an ISO 8601 date",
            "write it like 2025-02-12 or 2025-02-12T18:30:00Z",
        ) from None
    return value if _XSD_DATE.fullmatch(value) else parsed.isoformat()


def _url(source: Source, value: str) -> str:
    """An absolute web address; characters that may not stand in an IRI (RFC 3987) are percent-encoded."""
    try:
        parts = urlsplit(value)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # a broken IPv6 host
        valid = False
    if not valid:
        raise source.error(
            f"url is {_quoted(value)}, which is not a web address", "write it with https://, or leave it out"
        )
    return "".join(c if c in _URL_SAFE or c.isalnum() else quote(c) for c in value)


def _language(source: Source, value: str) -> str:
    tag = value.replace("_", "-")
    if not _LANGUAGE.fullmatch(tag):
        raise source.error(f"language is {_quoted(value)}, which is not a language tag", "write a tag like en or en-GB")
    return tag


def _quoted(value: str) -> str:
    return f"“{printable(value if len(value) <= 60 else value[:59] + '…')}”"
