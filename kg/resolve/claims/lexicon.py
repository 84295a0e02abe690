"""Words that mean the same, the opposite, or stand for a phrase: what comparing claims knows of English.

same(stem) -> stem               one stem for words that say the same of something: "modify" → that of "alter"
opposites() -> {stem: stems}     "open" → "close"
phrases(text) -> spans           phrases that mean one word, where they stand: "behind closed doors" → "conceal"
words_of(kind) -> stems          words of one kind: "taste" → "good", "fair"

The tables are `kg/resolve/data/{same,opposites,phrases,words}.tsv`, written from general knowledge.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Literal

from kg.resolve.claims.words import stem
from kg.resolve.names import fold

Kind = Literal["body", "generic", "holding", "presupposing", "smallest", "spoken", "taste", "verdict"]
"""What words are listed for: `body` what somebody speaks for ("her country"); `generic` nouns that tell no subject
matter; `holding` verbs that say little without what they are about, `spoken` those of saying and knowing;
`presupposing` what can only be done with a thing that there is; `smallest` what stands for nothing in a negation ("has
not changed a comma"); `taste` judgements, about which opinions may differ; `verdict` what is said of others' words."""


def same(word: str) -> str:
    """The stem that stands for all that mean the same; a stem that the table does not have stands for itself."""
    return _same().get(word, word)


def meanings(stems: Iterable[str]) -> frozenset[str]:
    """`same` of each."""
    return frozenset(map(same, stems))


@cache
def _same() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in _rows("same.tsv"):
        for word in (row["word"], *row["others"].split()):
            found.setdefault(stem(fold(word)), stem(fold(row["word"])))
    return found


@cache
def opposites() -> dict[str, frozenset[str]]:
    """The stems, as `same` gives them, that mean the opposite of a stem: "open" → "close"."""
    found: dict[str, set[str]] = {}
    for row in _rows("opposites.tsv"):
        one = _meaning(row["one"])
        for other in map(_meaning, row["other"].split()):
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


@cache
def words_of(*kinds: Kind) -> frozenset[str]:
    """The stems, as `same` gives them, of the words of these kinds."""
    return frozenset(
        _meaning(word) for row in _rows("words.tsv") if row["kind"] in kinds for word in row["words"].split()
    )


def phrases(text: str) -> Iterator[tuple[int, int, str]]:
    """Phrases in a text, in characters, each with the stem of what it means."""
    for pattern, meaning in _phrases():
        for match in pattern.finditer(text):
            yield match.start(), match.end(), meaning


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["phrase"], re.IGNORECASE), _meaning(row["means"])) for row in _rows("phrases.tsv"))


def _meaning(word: str) -> str:
    return same(stem(fold(word)))


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files("kg") / "resolve" / "data" / name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
