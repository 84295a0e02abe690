"""Readers of the gold corpora in the data folder: gzipped JSON Lines and CoNLL-U, read as a stream.

Nothing here needs spaCy, so the trainer can share it. Offsets are Unicode code points of a document's text, ends
exclusive. Every reader raises `RunError`, naming file and line, when a file is missing, damaged or not as described.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import RunError

Interval = tuple[int, int]

NAME_TYPES = ("PER", "ORG", "LOC", "MISC")
_RE3D_TYPES = {"Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "MISC"}
_DETERMINER = re.compile(r"(?:a|an|the|this|that|these|those|our|its|their|his|her)\s+", re.IGNORECASE)
_TITLES = re.compile(
    r"(?:(?:(?:US|UK|U\.S\.|Iraqi|Russian|Turkish|Foreign|Defen[cs]e|Prime|Vice|Deputy|Special|Staff|Major|Lieutenant|Brigadier"
    r"|President|Minister|Secretary|Envoy|Ambassador|Representative|Commander|King|Sheikh|General|Colonel|Captain"
    r"|Maj\.|Lt\.|Brig\.|Gen\.|Col\.|Capt\.|Sgt\.|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Sir|MR\.?|SECRETARY)\s+)+)"
)
_PRONOUNS = frozenset(["I", "We", "He", "She", "They", "It", "You", "Who", "Here", "There", "One"])
_SMALL = re.compile(r"(?:and|at|bin|da|de|del|der|di|for|in|la|of|on|the|to|van|von)$")
_ARTICLE = re.compile(r"[a-z]{2}-[A-Z]")  # "al-Sham"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who (source) said (cue) what (content): each a tuple of continuous pieces of the text. Any may be empty."""

    source: tuple[Interval, ...]
    cue: tuple[Interval, ...]
    content: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class AttributionDocument:
    """One PolNeAR article. `publisher` is the corpus's short name ("nyt"), `date` is ISO 8601."""

    id: str
    publisher: str
    date: str
    text: str
    attributions: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class TaggedSentence:
    """Tokens and one BIO label for each; every name begins with B-."""

    tokens: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def names(self) -> tuple[tuple[int, int, str], ...]:
        """The names as (first token, token after the last, type)."""
        found: list[tuple[int, int, str]] = []
        for i, label in enumerate(self.labels):
            if label.startswith("B-"):
                found.append((i, i + 1, label[2:]))
            elif label.startswith("I-"):
                first, _, type_ = found.pop()
                found.append((first, i + 1, type_))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A text and its names as (start, end, type), sorted, in characters."""

    id: str
    text: str
    names: tuple[tuple[int, int, str], ...]


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """Numbered lines, without their newline, of a gzipped UTF-8 file."""
    number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                yield number, line.rstrip("\r\n")
    except FileNotFoundError:
        raise RunError(f"{path}: no such file; the data folder must hold this corpus") from None
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise RunError(f"{path}:{number + 1}: cannot be read as gzipped UTF-8 text ({error})") from error


def records_of(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """JSON objects of a gzipped JSON Lines file, each with where it stands ("FILE:LINE"). Empty lines are skipped."""
    for number, line in lines_of(path):
        if line.strip():
            where = f"{path}:{number}"
            try:
                record = json.loads(line)
            except ValueError as error:
                raise RunError(f"{where}: not a JSON value ({error})") from error
            if not isinstance(record, dict):
                raise RunError(f"{where}: a JSON object expected, found {type(record).__name__}")
            yield where, record


def polnear(data: Path, split: str) -> Iterator[AttributionDocument]:
    """PolNeAR 1.0 articles of a split ("train", "dev"). Spans have no outer white space."""
    for where, record in records_of(data / "attribution" / f"polnear-{split}.jsonl.gz"):
        with _expected_at(where):
            text = _string(record["text"])
            attributions = tuple(
                Attribution(*(trimmed(text, _intervals(a[role], text)) for role in ("source", "cue", "content")))
                for a in record["attributions"]
            )
            yield AttributionDocument(record["id"], record["publisher"], record["date"], text, attributions)


def silver(data: Path, split: str) -> Iterator[NamedDocument]:
    """The automatically found names of PolNeAR's articles, as given; articles without such a line are left out."""
    texts = {document.id: document.text for document in polnear(data, split)}
    for where, record in records_of(data / "entities" / f"polnear-silver-{split}.jsonl.gz"):
        with _expected_at(where):
            text = texts[record["id"]]
            names = tuple(sorted((*_intervals([name[:2]], text)[0], _string(name[2])) for name in record["names"]))
            yield NamedDocument(record["id"], text, names)


def tagged(data: Path, name: str) -> Iterator[TaggedSentence]:
    """Sentences of `entities/NAME.jsonl.gz` with `tokens` and `labels`: BIO, or IO, which becomes BIO."""
    for where, record in records_of(data / "entities" / f"{name}.jsonl.gz"):
        with _expected_at(where):
            tokens, labels = record["tokens"], record["labels"]
            if len(tokens) != len(labels):
                raise ValueError(f"{len(tokens)} tokens but {len(labels)} labels")
            if odd := sorted({label for label in labels if not re.fullmatch(r"O|[BI]-\S+", label)}):
                raise ValueError(f"label {odd[0]!r} is not O, B-TYPE or I-TYPE")
            yield TaggedSentence(tuple(tokens), repaired(labels))


def repaired(labels: Iterable[str]) -> tuple[str, ...]:
    """BIO from BIO or IO labels: an I- that does not continue a name of its type begins one."""
    result: list[str] = []
    before = "O"
    for label in labels:
        result.append("B-" + label[2:] if label.startswith("I-") and before[2:] != label[2:] else label)
        before = label
    return tuple(result)


def re3d(data: Path, dev: bool | None = None) -> Iterator[NamedDocument]:
    """re3d documents with the names among their entities (see `re3d_names`); the dev fifth, the rest, or all.

    The corpus gives no identifier, so a document's title serves. re3d calls a country that acts an organisation;
    here, as in the other corpora, what is a location more often than an organisation is one everywhere.
    """
    documents = []
    for where, record in records_of(data / "entities" / "re3d-train.jsonl.gz"):
        with _expected_at(where):
            text = _string(record["text"])
            entities = [(*_intervals([entity[:2]], text)[0], _string(entity[2])) for entity in record["entities"]]
            documents.append((_string(record["title"]), text, re3d_names(text, entities)))
    votes = Counter((text[start:end], type_) for _, text, names in documents for start, end, type_ in names)
    for title, text, names in documents:
        if dev is None or dev == is_re3d_dev(title):
            typed = {
                (s, e, "LOC" if t == "ORG" and votes[text[s:e], "LOC"] > votes[text[s:e], "ORG"] else t)
                for s, e, t in names
            }
            yield NamedDocument(title, text, _outermost(typed))


def is_re3d_dev(document_id: str) -> bool:
    """Whether a re3d document belongs to the fifth held out from training: SHA-256 of its id, modulo five, is 0."""
    return int(hashlib.sha256(document_id.encode()).hexdigest(), 16) % 5 == 0


def re3d_names(text: str, entities: Iterable[tuple[int, int, str]]) -> set[tuple[int, int, str]]:
    """Proper names among re3d's entities, which hold pronouns and common nouns too. They may still be nested.

    Persons, organisations, locations and nationalities (MISC). Leading determiners, a person's titles and a final
    possessive are cut off. Every word must be capitalised, small words inside a name excepted. Spans that cut a word
    (an error of the corpus) or hold several names or a bracket are dropped.
    """
    names: set[tuple[int, int, str]] = set()
    for start, end, type_ in entities:
        if type_ not in _RE3D_TYPES or _cuts_word(text, start) or _cuts_word(text, end):
            continue
        if determiner := _DETERMINER.match(text, start, end):
            start = determiner.end()
        if type_ == "Person" and (titles := _TITLES.match(text, start, end)) and titles.end() < end:
            start = titles.end()
        end = start + len(re.sub(r"['’]s?\s*$", "", text[start:end]))
        words = re.findall(r"[^\W_]\S*", text[start:end])
        named = bool(words) and all(
            word[0].isupper()
            or (n > 0 and (word[0].isdigit() or _ARTICLE.match(word) or (n < len(words) - 1 and _SMALL.match(word))))
            for n, word in enumerate(words)
        )
        if named and text[start:end] not in _PRONOUNS and not re.search(r"[,;()\n]", text[start:end]):
            names.update((s, e, _RE3D_TYPES[type_]) for s, e in trimmed(text, ((start, end),)))
    return names


def _outermost(names: Iterable[tuple[int, int, str]]) -> tuple[tuple[int, int, str], ...]:
    """Names that do not overlap: the longest first; of two types for one span, the location."""
    kept: list[tuple[int, int, str]] = []
    for name in sorted(names, key=lambda n: (n[0] - n[1], n[2] != "LOC", n)):
        if all(name[1] <= other[0] or other[1] <= name[0] for other in kept):
            kept.append(name)
    return tuple(sorted(kept))


def _cuts_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def trimmed(text: str, spans: Iterable[Interval]) -> tuple[Interval, ...]:
    """The spans without white space at their ends; those of nothing else are dropped."""
    result = []
    for start, end in spans:
        piece = text[start:end]
        if bare := piece.strip():
            start += len(piece) - len(piece.lstrip())
            result.append((start, start + len(bare)))
    return tuple(result)


def _intervals(value: Any, text: str) -> tuple[Interval, ...]:
    spans = tuple((int(start), int(end)) for start, end in value)
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span [{start}, {end}] does not lie in the text of {len(text)} characters")
    return spans


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a string expected, found {value!r:.40}")
    return value


class _expected_at:
    """Turns a missing key or a value of the wrong shape within the block into a RunError that says where."""

    def __init__(self, where: str) -> None:
        self._where = where

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, KeyError):
            raise RunError(f"{self._where}: no {error} there") from error
        if isinstance(error, TypeError | ValueError | IndexError):
            raise RunError(f"{self._where}: {error}") from error
