"""Long texts as windows: nothing is left out, nothing counted twice."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import Whitespace

from kg.annotate.encode import PieceEncoder, Word
from kg.annotate.windows import LIMIT, OVERLAP, WindowInput, WindowScores, best_window, merge, owned, split

VOCABULARY = ["[UNK]", "[CLS]", "[SEP]", "a", "##a", "b"]


@pytest.fixture(scope="module")
def encoder() -> PieceEncoder:
    tokenizer = Tokenizer(WordPiece({piece: i for i, piece in enumerate(VOCABULARY)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    return PieceEncoder(tokenizer)


def words_of(texts: list[str]) -> list[Word]:
    return [Word(text, True, False) for text in texts]


def scored(windows: list[WindowInput]) -> list[WindowScores]:
    """Windows whose scores say which window and which word they are of."""
    return [
        WindowScores(w.start, w.end, {"here": np.array([[n, i] for i in range(w.start, w.end)], dtype=np.float32)})
        for n, w in enumerate(windows)
    ]


def texts_of(size: int) -> list[str]:
    return [("b", "aaa", "aaaaaaaa", "b", "zzz")[i * i % 5] for i in range(size)]


TEXTS = {
    "one word": ["b"],
    "two words": ["b", "aaa"],
    "a window full": ["b"] * LIMIT,
    "one word more": ["b"] * (LIMIT + 1),
    "mixed": texts_of(1_000),
    "long": texts_of(10_000),
    "long words": ["aaaaaaaa"] * 500,
    "a word of 3,000 characters": ["b"] * 300 + ["a" * 3000] + ["b"] * 300,
    "words of 3,000 characters": ["a" * 3000] * 100,
}


@pytest.mark.parametrize("name", TEXTS)
def test_every_word_is_owned_once_and_windows_overlap(encoder: PieceEncoder, name: str) -> None:
    words = words_of(TEXTS[name])
    windows = split(words, encoder)
    assert all(3 <= len(w.ids) <= LIMIT + 2 and len(w.shapes) == len(w.ids) for w in windows)
    for before, after in pairwise(windows):  # without breaks
        shared = sum(len(encoder.pieces(word.text)) for word in words[after.start : before.end])
        assert OVERLAP - 8 < shared <= OVERLAP
        assert before.start < after.start < before.end < after.end
    merged = merge(scored(windows), "here")
    assert merged[:, 1].tolist() == list(range(len(words)))
    assert (np.diff(merged[:, 0]) >= 0).all()
    assert [(a, b) for (_, a), (b, _) in pairwise(owned(scored(windows)))] == [
        (seam, seam) for seam, _ in owned(scored(windows))[1:]
    ]


def paragraphs(*sizes: int, sentence: int = 10_000) -> list[Word]:
    """Paragraphs of words of one piece, with a full stop after every `sentence` words."""
    return [Word("." if (n + 1) % sentence == 0 else "B", True, n == 0) for size in sizes for n in range(size)]


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        (paragraphs(200, 30, 300), [(0, 230), (200, 454), (422, 530)]),  # a short paragraph is repeated whole
        (paragraphs(200, 100), [(0, 200), (168, 300)]),  # a long one is not: its end is
        (paragraphs(100, 250), [(0, 254), (222, 350)]),  # a break too early is none
        (paragraphs(300, sentence=20), [(0, 240), (200, 300)]),  # sentences, where paragraphs are long
        (paragraphs(190, 300, sentence=25), [(0, 190), (150, 390), (365, 490)]),  # but paragraphs come first
        (paragraphs(40, 40, 40, 40, 40, 40, 40), [(0, 240), (200, 280)]),
    ],
)
def test_windows_end_and_begin_at_breaks(
    encoder: PieceEncoder, words: list[Word], bounds: list[tuple[int, int]]
) -> None:
    assert [(w.start, w.end) for w in split(words, encoder)] == bounds


def test_no_words_no_windows(encoder: PieceEncoder) -> None:
    assert split([], encoder) == []
    assert owned([]) == []


def test_one_word_is_laid_out_twice_as_the_graph_takes_two_or_more(encoder: PieceEncoder) -> None:
    (window,) = split(words_of(["aaa"]), encoder)
    assert window.firsts.tolist() == [1, 1]
    assert (window.start, window.end) == (0, 1)


def test_words_near_a_seam_are_scored_away_from_the_edges(encoder: PieceEncoder) -> None:
    windows = split(words_of(["b"] * 1_000), encoder)
    merged = merge(scored(windows), "here")
    for number, i in merged.astype(int):
        window = windows[number]
        room = min(i - window.start if number else 1_000, window.end - 1 - i if number + 1 < len(windows) else 1_000)
        assert room >= OVERLAP // 2 - 1


WINDOWS = [WindowScores(start, end, {}) for start, end in ((0, 100), (60, 160), (120, 220), (180, 230))]


@pytest.mark.parametrize(
    ("start", "end", "best"),
    [
        (0, 10, 0),
        (62, 70, 0),
        (85, 99, 1),
        (110, 130, 1),
        (125, 160, 2),
        (200, 230, 3),
        (0, 230, 1),  # in none of them whole: of the widest the one in the middle
        (70, 150, 1),
        (229, 230, 3),
    ],
)
def test_best_window(start: int, end: int, best: int) -> None:
    assert best_window(WINDOWS, start, end) is WINDOWS[best]
