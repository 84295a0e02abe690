"""The same sentences with other names, or in another case, so that names are read by their context.

The labelled corpora hold few texts, and their names recur; a network that remembers names learns less of how they are
used (mention replacement: Dai and Adel 2020). And they are printed with care, as headlines in capitals and much of the
web are not.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.annotate.decode import bio_spans
from kg.annotate.encode import Word
from kg.train.data import Document

SENTENCES = 0.4  # share of the sentences in which names are replaced
MENTIONS = 0.5  # share of the mentions of such a sentence
LOWER, UPPER = 0.08, 0.04  # shares of the sentences in small letters and in capitals

Pool = Mapping[str, Sequence[tuple[str, ...]]]
"""Names by type, each as its words; a name stands there once, however often it occurs."""


def replaceable(document: Document) -> bool:
    """Whether a document has names and nothing else that hangs on its words."""
    return bool(document.names) and not document.heads and not document.roles


def pool_of(documents: Iterable[Document]) -> Pool:
    """The names of the documents that `replaceable` admits."""
    found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for document in filter(replaceable, documents):
        for start, end, type_ in bio_spans(document.names):
            found[type_].add(tuple(word.text for word in document.words[start:end]))
    return {type_: sorted(names) for type_, names in sorted(found.items())}


def with_other_names(document: Document, start: int, end: int, pool: Pool, rng: random.Random) -> Document:
    """Words `start` to `end` of a document as one of their own, about half of their names replaced by type."""
    names = [label if n or not label.startswith("I-") else "O" for n, label in enumerate(document.names[start:end])]
    words: list[Word] = []
    labels: list[str] = []
    at = 0
    for left, right, type_ in bio_spans(names):
        if rng.random() > MENTIONS or type_ not in pool:
            continue
        words += document.words[start + at : start + left]
        labels += names[at:left]
        first = document.words[start + left]
        for n, text in enumerate(rng.choice(pool[type_])):
            words.append(Word(text, True, False) if n else Word(text, first.space_before, first.break_before))
            labels.append(("I-" if n else "B-") + type_)
        at = right
    words += document.words[start + at : end]
    labels += names[at:]
    return replace(document, words=words, names=labels, units=[0])


def recased(document: Document, start: int, end: int, rng: random.Random) -> Document:
    """Words `start` to `end` of a document as one of their own, now and then all in small letters or in capitals."""
    chance = rng.random()
    words = document.words[start:end]
    if chance < LOWER:
        words = [replace(word, text=word.text.lower()) for word in words]
    elif chance < LOWER + UPPER:
        words = [replace(word, text=word.text.upper()) for word in words]
    return replace(document, words=words, names=document.names[start:end], units=[0])
