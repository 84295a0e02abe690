"""Where sentences start: the network's scores, and what print says about it.

The network was trained on web text and ten genres, where lines break anywhere and sentences begin in lower case. In
news they seldom do, so print gets a say: it moves the score of a word, and does not decide alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.annotate.decode import Scores
from kg.annotate.encode import Word

# added to a word's log-odds of starting a sentence; chosen on GUM dev and EWT dev together
AFTER_BREAK = 2.0
AFTER_STOP = 1.0  # a full stop, question or exclamation mark before it, closing marks between
LOWER_CASE = -1.5
CLOSING_MARK = -3.0  # it is one itself, and closes what stands before it

_STOPS = frozenset({".", "?", "!", "…"})
_CLOSING = frozenset({*"\"'”’)]»", "''"})


def sentence_starts(scores: Scores, words: Sequence[Word]) -> list[int]:
    """The indices of the words that start a sentence, the first one always. `scores` are log-odds [words]."""
    starts: NDArray[np.bool_] = scores + [_print(words, at) for at in range(len(words))] > 0
    starts[:1] = True
    found: list[int] = np.flatnonzero(starts).tolist()
    return found


def _print(words: Sequence[Word], at: int) -> float:
    word = words[at]
    if word.break_before:
        return AFTER_BREAK
    if word.text in _CLOSING and not word.space_before:
        return CLOSING_MARK
    if word.text[0].islower():
        return LOWER_CASE
    before = at - 1
    while before > 0 and words[before].text in _CLOSING:
        before -= 1
    return AFTER_STOP if before >= 0 and words[before].text in _STOPS else 0.0
