"""Documents as windows for training."""

from __future__ import annotations

import random

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import Whitespace

from kg.annotate.encode import PieceEncoder, Word
from kg.train.data import Document, cut, packs, window


@pytest.fixture(scope="module")
def encoder() -> PieceEncoder:
    tokenizer = Tokenizer(
        WordPiece({p: i for i, p in enumerate(["[UNK]", "[CLS]", "[SEP]", "a", "##a"])}, unk_token="[UNK]")
    )
    tokenizer.pre_tokenizer = Whitespace()
    return PieceEncoder(tokenizer)


def document(*sentences: int) -> Document:
    """A document of sentences of so many words, of one to five pieces."""
    words = [Word("a" * (1 + i % 5), i % 3 != 0, i % 7 == 0) for i in range(sum(sentences))]
    return Document(words, units=[sum(sentences[:n]) for n in range(len(sentences))])


DOCUMENTS = [document(1), document(3, 4), document(*[9] * 60), document(700), document(5, 400, 5)]


@pytest.mark.parametrize("number", range(len(DOCUMENTS)))
@pytest.mark.parametrize("limit", [32, 256])
def test_cut_leaves_nothing_out(encoder: PieceEncoder, number: int, limit: int) -> None:
    found = list(cut(DOCUMENTS[number], encoder, limit, random.Random(1)))
    assert [i for w in found for i in range(w.start, w.end)] == list(range(len(DOCUMENTS[number].words)))
    assert all(len(w.ids) <= limit and len(w.firsts) == w.end - w.start for w in found)


def test_cut_prefers_the_start_of_a_unit(encoder: PieceEncoder) -> None:
    long = document(*[9] * 60)
    found = list(cut(long, encoder, 128, random.Random(1)))
    assert len(found) > 5
    assert all(w.end in {*long.units, len(long.words)} for w in found)


def test_the_same_seed_gives_the_same_windows(encoder: PieceEncoder) -> None:
    first, second = (list(cut(DOCUMENTS[2], encoder, 64, random.Random(3))) for _ in range(2))
    assert first == second


def test_spacing_is_hidden_now_and_then_and_pieces_never(encoder: PieceEncoder) -> None:
    rng = random.Random(0)
    found = [window(DOCUMENTS[1], encoder, 0, 7, rng) for _ in range(200)]
    assert len({tuple(w.ids) for w in found}) == 1
    assert len({tuple(w.shapes) for w in found}) == 4


@pytest.mark.parametrize("seed", range(5))
def test_packs_hold_whole_sentences(seed: int) -> None:
    documents = [DOCUMENTS[1], DOCUMENTS[2]]
    found = packs(documents, 100, random.Random(seed))
    for each in documents:
        runs = [(start, end) for d, start, end in found if d is each]
        assert [start for start, _ in runs] == [0, *(end for _, end in runs[:-1])]
        assert runs[-1][1] == len(each.words)
        assert {start for start, _ in runs} <= set(each.units)
        assert all(end - start <= 100 for start, end in runs)


def test_an_endless_sentence_is_cut_short() -> None:
    assert packs([document(700)], 100, random.Random(0))[0][1:] == (0, 100)
