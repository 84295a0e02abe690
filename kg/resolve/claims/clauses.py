"""The sentences and clauses of a claim: what each is about, whether it is negated, whether it speaks of the future.

They are cut at punctuation and conjunctions, without a parser: a negation in one sentence of a quotation says nothing
about the next.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.model import Claim
from kg.resolve.claims.words import NEGATIONS, numbers, stem, stems, words
from kg.resolve.names import fold

_SENTENCE = re.compile(r"[;:!?…]|[.](?=\D|$)")
_BORDER = re.compile(
    r"[—()]|,(?=\D|$)|\s[–-]\s|\b(?:and|but|or|because|while|though|although|that|whether|if|when|who|which|"
    r"where|before|after|since)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(r"\b(?:will|would(?! like)|shall|going to|won[’']t|wouldn[’']t)\b|[’']ll\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:had|has|have|having|was|were|did)\b", re.IGNORECASE)
_BEFORE, _AFTER = 2, 4  # words around a negation that it may negate
_THERE_IS = re.compile(r"\bthere(?:[’']s| (?:is|are|was|were|(?:has|have|had) been))\b", re.IGNORECASE)
_NO_NEGATION = re.compile(
    r"\bno (?:matter|doubt|sooner|later)\b|\bnot (?:only|just)\b|\b(?:not|never) (?:been )?(?:so|as)\b|"
    r"\b(?:a|says?|said) no\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a claim's content. `negated` counts a denial of the whole as a negation of each piece.

    `scope` are the stems near a negation: what is negated, as far as words can tell; all of them where it is denied.
    `opposed` are the stems that mean the opposite of one of its own.
    """

    text: str
    stems: frozenset[str]
    numbers: frozenset[str]
    negated: bool
    scope: frozenset[str]
    future: bool
    opposed: frozenset[str]


def clauses(claim: Claim) -> tuple[Clause, ...]:
    """The sentences, and their clauses where there are several, as far as they have a word to compare."""
    ahead = claim.act in ("promise", "intention") or claim.modality == "intended"
    denied = claim.act == "denial"
    return tuple(
        Clause(
            text,
            found,
            numbers(tokens),
            _negated(text, tokens) != denied,
            found if denied else _scope(tokens),
            ahead or _ahead(text),
            frozenset[str]().union(*(opposites().get(stem, ()) for stem in found)),
        )
        for text in _pieces(claim)
        if (found := stems(tokens := words(_THERE_IS.sub("exist", text))))
    )


def _pieces(claim: Claim) -> Iterator[str]:
    for span in claim.content:
        for whole in map(_tidy, _SENTENCE.split(span.text)):
            parts = [text for piece in _BORDER.split(whole) if (text := _tidy(piece))]
            one_negation = sum(word in NEGATIONS for word in words(whole)) < 2
            yield from dict.fromkeys([whole, *parts] if one_negation else parts)


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,'‘’\"“”")


def _negated(text: str, tokens: list[str]) -> bool:
    count = sum(token in NEGATIONS for token in tokens) - len(_NO_NEGATION.findall(text))
    return count % 2 == 1


def _scope(tokens: list[str]) -> frozenset[str]:
    near = {i for at, word in enumerate(tokens) if word in NEGATIONS for i in range(at - _BEFORE, at + _AFTER + 1)}
    return stems(tokens[i] for i in sorted(near) if 0 <= i < len(tokens))


def _ahead(text: str) -> bool:
    return _FUTURE.search(text) is not None and _PAST.search(text) is None


@cache
def opposites() -> dict[str, frozenset[str]]:
    """The stems of words that mean the opposite of a stem: "open" → "close"."""
    found: dict[str, set[str]] = {}
    text = (files("kg") / "resolve" / "data" / "opposites.tsv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        one = stem(fold(row["one"]))
        for other in (stem(fold(word)) for word in row["other"].split()):
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}
