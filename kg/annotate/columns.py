"""Columns of a Doc: the strings of all its tokens at once, since asking spaCy for one token at a time is slow."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray
from spacy.tokens import Doc


def texts_of(doc: Doc) -> list[str]:
    """The text of each token."""
    return strings(doc, doc.to_array("ORTH"))


def strings(doc: Doc, hashes: NDArray[Any]) -> list[str]:
    """The strings of a column of hashes; each distinct one is looked up once."""
    keys = hashes.tolist()
    known = {key: doc.vocab.strings[key] for key in set(keys)}
    return [known[key] for key in keys]
