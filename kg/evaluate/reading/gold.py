"""The gold of reading: items and labels from tests/gold/reading, their texts from there or from the corpora."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from kg.errors import RunError
from kg.evaluate.corpora import Interval, lines_of, polnear

Half = Literal["dev", "final"]
_WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class Target:
    """The claim that a label is about."""

    cue: Interval | None
    content: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled stretch of a text. All offsets, those in `label` too, are characters of `text`, the whole of it.

    document   what tells the text from others: a corpus's document, or the item itself
    kind       "stand-off" in a corpus, or "written" for this project
    label      the adjudicated label, as GUIDELINE.md describes it for the topic
    """

    id: str
    document: str
    kind: str
    text: str = field(repr=False)
    start: int
    end: int
    published: str | None
    outlet: str | None
    label: Mapping[str, Any]
    target: Target | None = None
    mention: Interval | None = None


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    published: str | None
    outlet: str | None


class Texts:
    """The texts of the corpora that items lie in; a corpus is read when first asked for."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._read: dict[str, dict[str, _Text]] = {}

    def __call__(self, corpus: str, document: str) -> _Text:
        if corpus not in self._read:
            readers = {"polnear-dev": _polnear_texts, "gum-dev": _gum_texts}
            if corpus not in readers:
                raise RunError(f"no corpus is called {corpus!r}; there are {', '.join(readers)}")
            self._read[corpus] = dict(readers[corpus](self._data))
        try:
            return self._read[corpus][document]
        except KeyError:
            raise RunError(f"{corpus}: no document {document!r} there") from None


def _polnear_texts(data: Path) -> Iterator[tuple[str, _Text]]:
    for document in polnear(data, "dev"):
        yield document.id, _Text(document.text, document.date, document.publisher)


def _gum_texts(data: Path) -> Iterator[tuple[str, _Text]]:
    """The `# text` of a document's sentences, parted by a blank, or by an empty line where `# newpar` opens one."""
    name, published, text, new = "", "", "", False
    for _, line in lines_of(data / "syntax-coref" / "gum-dev.conllu.gz"):
        key, _, value = line.partition(" = ")
        if key == "# newdoc id":
            if name:
                yield name, _Text(text, published, None)
            name, published, text, new = value, "", "", False
        elif key == "# meta::dateCreated":
            published = value
        elif key.split() == ["#", "newpar"]:
            new = True
        elif key == "# text":
            text += ("\n\n" if new else " ") * bool(text) + value
            new = False
    if name:
        yield name, _Text(text, published, None)


def read_items(folder: Path, topic: str, half: Half, texts: Texts) -> Iterator[Item]:
    """The labelled items of a topic's half, in the order of the labels. RunError names file and line of what is wrong.

    Reads `items/TOPIC.ndjson` and `gold/HALF/TOPIC.ndjson`.
    """
    items = {record["id"]: record for _, record in records(folder / "items" / f"{topic}.ndjson")}
    for where, label in records(folder / "gold" / half / f"{topic}.ndjson"):
        if label["id"] not in items:
            raise RunError(f"{where}: no item is called {label['id']!r}")
        item = items[label["id"]]
        try:
            yield _item(item, label, texts)
        except (KeyError, TypeError) as error:
            raise RunError(f"{where}: the item {label['id']!r} is not as described ({error!r})") from error


def _item(item: Mapping[str, Any], label: Mapping[str, Any], texts: Texts) -> Item:
    if "text" in item:
        text = _Text(item["text"], item["published"], item.get("outlet"))
        document, kind, start, end = item["id"], _WRITTEN, 0, len(text.text)
    else:
        text = texts(item["corpus"], item["document"])
        document, kind, start, end = item["document"], "stand-off", item["start"], item["end"]
    claim = item.get("claim")
    target = Target(interval(claim["cue"]), intervals(claim["content"])) if claim else None
    return Item(
        item["id"], document, kind, text.text, start, end, text.published, text.outlet, label, target,
        interval(item.get("mention")),
    )  # fmt: skip


def interval(span: Mapping[str, int] | None) -> Interval | None:
    """The offsets of a span of the gold."""
    return None if span is None else (span["start"], span["end"])


def intervals(spans: list[Mapping[str, int]]) -> tuple[Interval, ...]:
    """The offsets of several."""
    return tuple((span["start"], span["end"]) for span in spans)


def records(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """JSON objects of a JSON Lines file, each with where it stands."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        raise RunError(f"{path}: no such file; the gold folder must hold this topic") from None
    except (OSError, UnicodeDecodeError) as error:
        raise RunError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            where = f"{path}:{number}"
            try:
                record = json.loads(line)
            except ValueError as error:
                raise RunError(f"{where}: not a JSON value ({error})") from error
            if not isinstance(record, dict) or not isinstance(record.get("id"), str):
                raise RunError(f"{where}: a JSON object with an id expected")
            yield where, record
