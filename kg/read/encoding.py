"""Bytes to characters: which encoding a file has, and which files are no text at all."""

from __future__ import annotations

import codecs

from kg.errors import ArticleError
from kg.read.article import Source

# UTF-32 first: its little-endian mark starts with the one of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)

# First bytes of files that get a text suffix by mistake. NUL bytes give most others away.
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ", "compressed with xz"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
)


def encoding_of(source: Source, start: bytes) -> str:
    """The Python codec for a file that starts with these bytes; the codec drops a byte-order mark.

    UTF-8, or what a byte-order mark says. Raises ArticleError for an empty file and for one that is not text.
    """
    if not start:
        raise source.error("is empty", "write the article into it or leave it out")
    for mark, codec in _MARKS:
        if start.startswith(mark):
            return codec
    for magic, what in _MAGIC:
        if start.startswith(magic):
            raise source.error(f"is {what}, not text", "save its text as UTF-8 in a .txt file")
    if b"\0" in start.partition(b"\n")[0]:  # further down it may be one bad row of a table
        raise not_text(source)
    return "utf-8-sig"


def not_text(source: Source) -> ArticleError:
    """The error for bytes that no text holds."""
    return source.error("is a binary file, or UTF-16 without a byte-order mark", "save its text as UTF-8")


def not_utf8(source: Source, codec: str = "utf-8", detail: str = "") -> ArticleError:
    """The error for bytes that do not decode."""
    if codec.startswith("utf-8"):
        advice = "convert it to UTF-8, for example with iconv -f WINDOWS-1252 -t UTF-8"
        return source.error(f"is not valid UTF-8{detail}", advice)
    return source.error(f"is not valid {codec.upper()[:6]}{detail}", "save it again, as UTF-8")


def decode(source: Source, data: bytes) -> str:
    """The text of a whole file, without a byte-order mark, its line ends as they are. Raises ArticleError."""
    codec = encoding_of(source, data[:64])
    if codec == "utf-8-sig" and b"\0" in data:
        raise not_text(source)
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        detail = f" (byte 0x{data[error.start]:02X} at offset {error.start})" if error.start < len(data) else ""
        raise not_utf8(source, codec, detail) from None
