"""Words to word pieces and shape features: what the encoder sees, the same in training and at run time.

The base vocabulary is uncased, so each piece also carries a *shape*: the casing of its word, whether a space stands
before the word and whether a line break does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tokenizers import Tokenizer

MAX_PIECES_PER_WORD = 8
SHAPES = 25  # six casings, each with or without space and break, and one for the special pieces
SPECIAL_SHAPE = 24
_CACHE_SIZE = 200_000


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its surroundings."""

    text: str
    space_before: bool
    break_before: bool


@lru_cache(_CACHE_SIZE)
def casing(text: str) -> int:
    """0 lower case, 1 capitalised, 2 upper case, 3 mixed, 4 with a digit, 5 without letter or digit."""
    if any(c.isdigit() for c in text):
        return 4
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return 5
    if not any(c.isupper() for c in letters):
        return 0
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return 2
    return 1 if letters[0].isupper() and not any(c.isupper() for c in letters[1:]) else 3


def shape(word: Word) -> int:
    """The row of the shape embedding for all pieces of a word."""
    return casing(word.text) * 4 + word.space_before * 2 + word.break_before


@dataclass(slots=True)
class PieceEncoder:
    """Splits words into word-piece ids, remembering the words it has seen."""

    tokenizer: Tokenizer
    _seen: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def cls(self) -> int:
        """Id of the piece that opens a window."""
        return self._special("[CLS]")

    @property
    def sep(self) -> int:
        """Id of the piece that closes a window."""
        return self._special("[SEP]")

    def _special(self, piece: str) -> int:
        number: int | None = self.tokenizer.token_to_id(piece)
        if number is None:
            raise ValueError(f"the vocabulary has no {piece}")
        return number

    def pieces(self, text: str) -> tuple[int, ...]:
        """One to eight piece ids of a word; a word of unknown characters is one [UNK]."""
        known = self._seen.get(text)
        if known is None:
            ids = self.tokenizer.encode(text, add_special_tokens=False).ids[:MAX_PIECES_PER_WORD]
            known = tuple(ids) or (self._special("[UNK]"),)
            if len(self._seen) < _CACHE_SIZE:
                self._seen[text] = known
        return known

    def lay_out(self, words: Sequence[Word]) -> tuple[list[int], list[int], list[int]]:
        """Piece ids, shapes and the position of each word's first piece, special pieces at both ends."""
        ids, shapes, firsts = [self.cls], [SPECIAL_SHAPE], []
        for word in words:
            firsts.append(len(ids))
            pieces = self.pieces(word.text)
            ids.extend(pieces)
            shapes.extend([shape(word)] * len(pieces))
        ids.append(self.sep)
        shapes.append(SPECIAL_SHAPE)
        return ids, shapes, firsts
