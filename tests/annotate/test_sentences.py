"""Where sentences start: scores, moved by print."""

from __future__ import annotations

import numpy as np
import pytest

from kg.annotate.encode import Word
from kg.annotate.sentences import sentence_starts


def words_of(text: str) -> list[Word]:
    """Words with a space before each but those that ~ glues; ¶ is a line break."""
    words: list[Word] = []
    line = True
    for token in text.split():
        if token == "¶":
            line = True
            continue
        words.append(Word(token.removeprefix("~"), not token.startswith("~"), line))
        line = False
    return words


@pytest.mark.parametrize(
    ("text", "unsure", "starts"),
    [
        ("Rain fell ~. Nobody came ~.", 0.0, [0, 3]),
        ("Rain fell ~. nobody came ~.", 0.0, [0]),
        ("Rain fell ~, Nobody came ~.", -0.1, [0]),
        ('" It rains ~. ~" Nobody came ~.', -0.5, [0, 5]),  # after the closing mark, and not at it
        ('It rains ~, ~" she said ~.', 1.0, [0]),
        ("News ¶ rain fell", -1.5, [0, 1]),
        ("News ¶ rain fell", -2.5, [0]),
    ],
)
def test_print_decides_where_scores_do_not(text: str, unsure: float, starts: list[int]) -> None:
    words = words_of(text)
    scores = np.full(len(words), -9.0, dtype=np.float32)
    for at, word in enumerate(words):
        if word.text not in (".", ",") and (word.break_before or (at and words[at - 1].text in '.,"')):
            scores[at] = unsure
    assert sentence_starts(scores, words) == starts


def test_print_never_decides_alone() -> None:
    words = words_of("Rain fell ~. Nobody came ~.")
    assert sentence_starts(np.full(6, -9.0, dtype=np.float32), words) == [0]
    assert sentence_starts(np.full(6, 9.0, dtype=np.float32), words) == [0, 1, 2, 3, 4, 5]


def test_no_words() -> None:
    assert sentence_starts(np.zeros(0, dtype=np.float32), []) == []
