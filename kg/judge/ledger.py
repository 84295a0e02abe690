"""The ledger: a file of judgements that is only ever appended to, one JSON object a line, keys sorted, in UTF-8.

The order of lines means nothing, so two people's ledgers can be joined by keeping all lines of both (git's
`merge=union`). A line that cannot be read stops the run: what people decided must not be lost in silence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from kg.errors import RunError
from kg.judge.records import (
    ClaimQuote,
    Decision,
    Entry,
    Field,
    Hide,
    Identity,
    MentionQuote,
    Pair,
    Speaker,
    Undo,
    Words,
    Wrong,
    plain,
)
from kg.model import Act, ClaimKind, Modality, Polarity

FIELD_VALUES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(ClaimKind),
    "act": get_args(Act),
    "polarity": get_args(Polarity),
    "modality": get_args(Modality),
}
"""The fields of a claim that take one of a list of words; the others take words of the article."""


IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
"""An absolute IRI, as an identity may be given."""


def read_ledger(path: Path) -> tuple[Entry, ...]:
    """All entries, by time; none when there is no such file. An entry that stands there twice is one.

    RunError, naming file and line, when the file cannot be read or a line of it is no judgement.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise RunError(f"{path}: cannot be read ({error.strerror}); name another file with --judgements") from error
    entries = set()
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            try:
                entries.add(_entry(line))
            except _NotAJudgement as error:
                raise RunError(f"{path}, line {number}: {error}") from None
    return in_order(entries)


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries by time, those of one moment by id."""
    return tuple(sorted(set(entries), key=lambda entry: entry.order))


def append(path: Path, entry: Entry) -> None:
    """Adds an entry to the ledger, which is made where there is none; nothing that stands there is touched.

    RunError when the file cannot be written, and when what is there already is no ledger or has a broken line.
    """
    if entry in read_ledger(path):
        return
    try:
        with path.open("ab+") as file:
            broken_off = file.tell() > 0 and not _ends_a_line(path)
            file.write(b"\n" * broken_off + to_line(entry))
    except OSError as error:
        raise RunError(f"{path}: cannot be written ({error.strerror}); name another file with --judgements") from error


def to_line(entry: Entry) -> bytes:
    """The entry as its line of the ledger, newline included."""
    return json.dumps(plain(entry), sort_keys=True, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read() == b"\n"


class _NotAJudgement(Exception):
    """What is wrong with a line, and what to do."""


def _entry(line: bytes) -> Entry:
    if line.startswith((b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")):
        raise _NotAJudgement("git could not join two ledgers here; keep the lines of both and delete git's marks")
    try:
        data = json.loads(line.decode())
    except ValueError as error:
        raise _NotAJudgement(f"is not a JSON object ({error}); restore the line, or delete it to give it up") from None
    try:
        entry = _from_plain(data)
    except (KeyError, TypeError, ValueError) as error:
        what = f"{error} is missing" if isinstance(error, KeyError) else error
        advice = "restore the line, or read it with the kg that wrote it"
        raise _NotAJudgement(f"is no judgement ({what}); {advice}") from None
    if entry.id != data["id"]:
        raise _NotAJudgement("was changed after it was written: its id does not fit it; restore the line, then undo it")
    return entry


def _from_plain(data: Any) -> Entry:
    """The entry of plain data. KeyError, TypeError or ValueError on anything that is not exactly an entry."""
    data = dict(_object(data))
    text = {name: _text(data.pop(name)) for name in ("id", "author", "time", "reason", "decision")}
    if datetime.fromisoformat(text["time"]).tzinfo is None:
        raise ValueError(f"the time {text['time']} has no offset from UTC")
    if text["decision"] not in _DECISIONS:
        raise ValueError(f"there is no decision {text['decision']!r}")
    return Entry(_DECISIONS[text["decision"]](data), text["author"], text["time"], text["reason"])


def _pair(relation: Any) -> Callable[[dict[str, Any]], Decision]:
    return lambda data: Pair(relation, *_fields(data, one=_mention, other=_mention))


def _wrong(data: dict[str, Any]) -> Wrong:
    claim, field, value = _fields(data, claim=_claim, field=_text, value=lambda value: value)
    if field not in get_args(Field):
        raise ValueError(f"a claim has no field {field!r} to correct")
    if field in FIELD_VALUES:
        if value not in FIELD_VALUES[field]:
            raise ValueError(f"{field} cannot be {value!r}")
        return Wrong(claim, field, value)
    spans = _several(_words)(value)
    if (len(spans) > 1 and field != "content") or (not spans and field == "content"):
        raise ValueError(f"{field} cannot be {len(spans)} spans")
    return Wrong(claim, field, spans)


_DECISIONS: Mapping[str, Callable[[dict[str, Any]], Decision]] = {
    "same": _pair("same"),
    "different": _pair("different"),
    "unsure": _pair("unsure"),
    "identity": lambda data: Identity(*_fields(data, mention=_mention, iri=_iri)),
    "speaker": lambda data: Speaker(*_fields(data, claim=_claim, speakers=_several(_mention))),
    "wrong": _wrong,
    "hide": lambda data: Hide(*_fields(data, claim=_claim)),
    "undo": lambda data: Undo(*_fields(data, entry=_text)),
}


def _fields(data: Any, **readers: Callable[[Any], Any]) -> tuple[Any, ...]:
    """The values of exactly these fields, in their order, each read by its reader."""
    if other := set(_object(data)) - set(readers):
        raise ValueError(f"{min(other)!r} is not known here")
    return tuple(read(data[name]) for name, read in readers.items())


def _mention(data: Any) -> MentionQuote:
    return MentionQuote(*_fields(data, article=_text, passage=_some_text, words=_words))


def _claim(data: Any) -> ClaimQuote:
    cue: Callable[[Any], Words | None] = lambda value: None if value is None else _words(value)  # noqa: E731
    return ClaimQuote(*_fields(data, article=_text, passage=_some_text, cue=cue, content=_several(_words)))


def _words(data: Any) -> Words:
    return Words(*_fields(data, text=_some_text, prefix=_text, suffix=_text))


def _several(read: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    def read_all(data: Any) -> tuple[Any, ...]:
        if not isinstance(data, list):
            raise TypeError(f"{data!r} is not a list")
        return tuple(map(read, data))

    return read_all


def _object(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise TypeError(f"{data!r} is not an object")
    return data


def _text(data: Any) -> str:
    if not isinstance(data, str):
        raise TypeError(f"{data!r} is not a text")
    return data


def _iri(data: Any) -> str:
    if not IRI.fullmatch(_text(data)):
        raise ValueError(f"{data!r} is not an absolute IRI")
    return str(data)


def _some_text(data: Any) -> str:
    if not _text(data).strip():
        raise ValueError("a quotation is empty")
    return str(data)
