"""The words of claims made comparable: stems, numbers, and runs of words that show copied text."""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.resolve.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RUN = 4
"""Words in a run; two texts that share many runs have one origin."""

NEGATIONS = frozenset(
    "no not never nobody none nothing neither nor nowhere without cannot isnt arent wasnt werent wont wouldnt dont "
    "doesnt didnt cant couldnt shouldnt hasnt havent hadnt unable hardly scarcely".split()
)
"""Words, folded, that turn a statement into its opposite."""

_WORD = re.compile(r"\w+(?:[.,’'-]\w+)*")
_DIGIT = re.compile(r"\d")


def words(text: str) -> list[str]:
    """The words of a text, folded, in order: "3.2" → "32", "Sofia’s" → "sofia", "power-cable" → power, cable."""
    return [part for word in _WORD.findall(text) for part in _folded(word)]


@lru_cache(maxsize=65536)
def _folded(word: str) -> tuple[str, ...]:
    return tuple(fold(word).split())


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What stays of a folded word without its endings (Porter 2); irregular forms go with their lemma."""
    return word if _DIGIT.search(word) else str(_stemmer().stemWord(_irregular().get(word, word)))


def stems(folded: Iterable[str]) -> frozenset[str]:
    """The stems of the words that carry meaning: neither function words nor negations."""
    return frozenset(stem(word) for word in folded if word not in _function_words() and word not in NEGATIONS)


def numbers(folded: Iterable[str]) -> frozenset[str]:
    """The words written in digits."""
    return frozenset(word for word in folded if _DIGIT.search(word))


def runs(folded: Sequence[str], length: int = RUN) -> frozenset[int]:
    """All runs of words, each as a number of 64 bits: shingles (Broder 1997). None of a text that is too short."""
    return frozenset(_number(" ".join(folded[i : i + length])) for i in range(len(folded) - length + 1))


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@cache
def _irregular() -> dict[str, str]:
    rows = (line.split("\t") for line in _data("irregular.tsv").splitlines()[1:])
    return {form: lemma for lemma, forms in rows for form in forms.split()}


def _data(name: str) -> str:
    return (files("kg") / "resolve" / "data" / name).read_text(encoding="utf-8")


@cache
def _function_words() -> frozenset[str]:
    return frozenset(part for word in _data("function_words.txt").split() for part in _folded(word))
