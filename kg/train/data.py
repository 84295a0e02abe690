"""Corpora as documents of labelled words, and documents as windows for the encoder."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.annotate.encode import PieceEncoder, Word

ORIGINS = ("crossner, wikigold", "polnear", "gum", "redocred", "re3d")
"""Corpora that mark names by a guideline of their own; the first is the one that the reader follows."""

UNKNOWN = -100  # the label of a word about which its corpus says nothing; torch's ignore_index


@dataclass(frozen=True, slots=True)
class Link:
    """The words of a source or content, and the first word of the cue it belongs to (indices into the document)."""

    role: str
    words: tuple[int, ...]
    cue: int


@dataclass(slots=True)
class Document:
    """Labelled words. A column is empty when the corpus does not annotate it.

    `units` are the word offsets at which the document may be cut: sentence or paragraph starts. `heads` are indices
    into the document, a root's its own index. `origin` numbers the guideline that its names follow (see ORIGINS).
    """

    words: list[Word]
    units: list[int]
    names: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    weight: float = 1.0
    names_weight: float = 1.0
    origin: int = 0


@dataclass(slots=True)
class Window:
    """Words `start` to `end` of a document, as laid out for the encoder."""

    document: Document
    start: int
    end: int
    ids: list[int]
    shapes: list[int]
    firsts: list[int]


def cut(document: Document, encoder: PieceEncoder, limit: int, rng: random.Random, first: int = 0) -> Iterator[Window]:
    """Consecutive windows of at most `limit` pieces, cut where a unit starts when one starts in the last third."""
    sizes = [len(encoder.pieces(word.text)) for word in document.words]
    units = set(document.units)
    start = first
    while start < len(sizes):
        end, pieces, last_unit = start, 2, 0
        while end < len(sizes) and pieces + sizes[end] <= limit:
            if end in units and end > start and pieces > limit * 0.6:
                last_unit = end
            pieces += sizes[end]
            end += 1
        if end < len(sizes) and end not in units and last_unit:
            end = last_unit
        yield window(document, encoder, start, end, rng)
        start = end


def window(document: Document, encoder: PieceEncoder, start: int, end: int, rng: random.Random) -> Window:
    """Lay out one window. Now and then spacing or line breaks are hidden, as they are missing in much real text."""
    words: Sequence[Word] = document.words[start:end]
    if rng.random() < 0.15:
        words = [Word(w.text, True, w.break_before) for w in words]
    if rng.random() < 0.1:
        words = [Word(w.text, w.space_before, False) for w in words]
    return Window(document, start, end, *encoder.lay_out(words))


def packs(documents: Sequence[Document], limit_words: int, rng: random.Random) -> list[tuple[Document, int, int]]:
    """Runs of whole sentences of random length, from one to as many as fit: a model must read both."""
    found = []
    for document in documents:
        bounds = [*document.units, len(document.words)]
        at = 0
        while at < len(bounds) - 1:
            most = rng.choice((1, 2, 4, 100, 100))
            upto = at + 1
            while upto < len(bounds) - 1 and upto - at < most and bounds[upto + 1] - bounds[at] <= limit_words:
                upto += 1
            found.append((document, bounds[at], min(bounds[upto], bounds[at] + limit_words)))
            at = upto
    return found
