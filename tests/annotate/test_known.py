"""Known names: which words the tables give clues to, and what clues do to scores."""

import numpy as np
import pytest

from kg.annotate.known import CLUES, KINDS, clues, with_known


def told(text: str) -> dict[str, list[str]]:
    """The clues of each word that has some: kind of name, whether in doubt or in small letters, place in the name."""
    words = text.split()
    found: dict[str, list[str]] = {}
    for at, clue in zip(*clues(words), strict=True):
        kind, (flags, place) = KINDS[clue // 12], divmod(clue % 12, 3)
        doubt = ("", " lower", " ambiguous", " ambiguous lower")[flags]
        found.setdefault(words[at], []).append(f"{kind}{doubt} {('only', 'first', 'later')[place]}")
    return {word: sorted(kinds) for word, kinds in found.items()}


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("He left Fianna Fáil .", "Fianna", ["party first"]),
        ("He left Fianna Fáil .", "Fáil", ["party later"]),
        ("He left Fianna Fail .", "Fail", ["party later"]),  # without accents
        ("the fianna fáil leader", "fáil", ["party lower later"]),
        ("Labour won .", "Labour", ["party ambiguous only"]),
        ("a People 's Party for Freedom and Democracy rally", "Freedom", ["party later"]),
        ("a People ’s Party for Freedom and Democracy rally", "’s", ["party later"]),
        ("a Rolls - Royce engine", "Royce", ["organisation later"]),  # however the words are cut
        ("a Rolls-Royce engine", "Rolls-Royce", ["organisation only"]),
        ("in Bavaria", "Bavaria", ["place only"]),
        ("a Bavarian", "Bavarian", ["demonym only"]),
        ("said Angela", "Angela", ["given name only"]),
    ],
)
def test_clues(text: str, word: str, expected: list[str]) -> None:
    assert set(expected) <= set(told(text).get(word, ()))


@pytest.mark.parametrize("text", ["", "nothing is known here", "Bavariana Likudnik"])
def test_parts_of_words_give_no_clues(text: str) -> None:
    assert told(text) == {}


def test_the_longest_form_of_a_kind_covers_shorter_ones() -> None:
    assert [kind for kind in told("the New York Times")["York"] if kind.startswith("organisation")] == [
        "organisation later"
    ]
    assert "place later" in told("in New York")["York"]


def test_scores_of_clues_are_added_and_the_given_ones_kept() -> None:
    words = "Likud and Likud".split()
    scores = np.zeros((3, 2), dtype=np.float32)
    known = np.zeros((CLUES, 2), dtype=np.float32)
    known[KINDS.index("party") * 12, 1] = 2.5
    assert with_known(scores, words, known).tolist() == [[0, 2.5], [0, 0], [0, 2.5]]
    assert not scores.any()
