"""Words as the encoder sees them: pieces, shapes, layout."""

from __future__ import annotations

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from kg.annotate.encode import MAX_PIECES_PER_WORD, SHAPES, SPECIAL_SHAPE, PieceEncoder, Word, casing, shape

VOCABULARY = ["[UNK]", "[CLS]", "[SEP]", "said", "un", "##know", "##n", "a", "##a", ".", "cafe", "-"]
IDS = {piece: i for i, piece in enumerate(VOCABULARY)}


@pytest.fixture
def encoder() -> PieceEncoder:
    tokenizer = Tokenizer(WordPiece(IDS, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return PieceEncoder(tokenizer)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("said", 0), ("he's", 0), ("naïve", 0), ("中文", 0), ("ß", 0),
        ("Solvang", 1), ("I", 1), ("O'brien", 1), ("É", 1), ("“Nobody", 1),
        ("NATO", 2), ("U.S.", 2), ("ЕС", 2),
        ("McDonald", 3), ("iPhone", 3), ("NATOs", 3), ("Jean-Claude", 3),
        ("2025", 4), ("G7", 4), ("٣", 4), ("COVID-19", 4),
        (".", 5), ("—", 5), ("“", 5), ("😀", 5), ("\u200b", 5), ("\x1b", 5),
    ],
)  # fmt: skip
def test_casing(text: str, expected: int) -> None:
    assert casing(text) == expected


def test_every_shape_has_a_row_of_its_own() -> None:
    texts = ["said", "Said", "SAID", "sAid", "s1", "."]
    shapes = [shape(Word(text, space, line)) for text in texts for space in (False, True) for line in (False, True)]
    assert sorted(shapes) == list(range(SHAPES - 1))
    assert SPECIAL_SHAPE == SHAPES - 1


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("said", ["said"]),
        ("SAID", ["said"]),
        ("Unknown", ["un", "##know", "##n"]),
        ("Café", ["cafe"]),  # the base vocabulary knows no accents
        ("said.", ["said", "."]),
        ("€", ["[UNK]"]),
        ("said€", ["[UNK]"]),
        ("\u200b", ["[UNK]"]),  # nothing is left of it, and still every word has a piece
        ("\ufeff", ["[UNK]"]),
        ("", ["[UNK]"]),
    ],
)
def test_pieces(encoder: PieceEncoder, text: str, pieces: list[str]) -> None:
    assert [VOCABULARY[i] for i in encoder.pieces(text)] == pieces


@pytest.mark.parametrize("text", ["a" * 50, "a-" * 40, "." * 3000, "a" * 3000])
def test_a_word_has_at_most_eight_pieces(encoder: PieceEncoder, text: str) -> None:
    assert 1 <= len(encoder.pieces(text)) <= MAX_PIECES_PER_WORD == 8


def test_pieces_are_the_same_when_remembered(encoder: PieceEncoder) -> None:
    texts = ["Unknown", "said", "unknown", "€", "Unknown"]
    first = [encoder.pieces(text) for text in texts]
    assert [encoder.pieces(text) for text in texts] == first
    assert first[0] == first[2]


def test_layout(encoder: PieceEncoder) -> None:
    words = [Word("Unknown", True, True), Word("said", True, False), Word(".", False, False)]
    ids, shapes, firsts = encoder.lay_out(words)
    assert [VOCABULARY[i] for i in ids] == ["[CLS]", "un", "##know", "##n", "said", ".", "[SEP]"]
    assert firsts == [1, 4, 5]
    capital, lower, mark = (shape(word) for word in words)
    assert shapes == [SPECIAL_SHAPE, capital, capital, capital, lower, mark, SPECIAL_SHAPE]


def test_layout_of_nothing(encoder: PieceEncoder) -> None:
    assert encoder.lay_out([]) == ([IDS["[CLS]"], IDS["[SEP]"]], [SPECIAL_SHAPE] * 2, [])
