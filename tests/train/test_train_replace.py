"""Mention replacement: other names, the same sentence, labels that still fit."""

from __future__ import annotations

import random

import pytest

from kg.annotate.decode import bio_spans
from kg.annotate.encode import Word
from kg.train.data import Document
from kg.train.replace import pool_of, recased, replaceable, with_other_names


def document(text: str, labels: str, **columns: list[str]) -> Document:
    words = [Word(word, n > 0, n == 0) for n, word in enumerate(text.split())]
    return Document(words, units=[0], names=labels.split(), origin=3, **columns)


SENTENCE = document("Mr Ada Lo met Acme in Oslo .", "O B-PER I-PER O B-ORG O B-LOC O")
POOL = {"PER": [("Jo",), ("Max", "von", "Berg")], "LOC": [("New", "York")]}


@pytest.mark.parametrize("seed", range(8))
def test_names_change_and_nothing_else(seed: int) -> None:
    made = with_other_names(SENTENCE, 0, 8, POOL, random.Random(seed))
    assert len(made.words) == len(made.names)
    assert made.origin == 3
    spans = bio_spans(made.names)
    assert [type_ for _, _, type_ in spans] == ["PER", "ORG", "LOC"]
    texts = [tuple(word.text for word in made.words[start:end]) for start, end, _ in spans]
    assert texts[0] in [("Ada", "Lo"), *POOL["PER"]]
    assert texts[1] == ("Acme",)  # no other organisation is known
    assert texts[2] in [("Oslo",), *POOL["LOC"]]
    inside = {n for start, end, _ in spans for n in range(start, end)}
    assert [w.text for n, w in enumerate(made.words) if n not in inside] == ["Mr", "met", "in", "."]
    assert [w.break_before for w in made.words] == [True] + [False] * (len(made.words) - 1)


def test_some_names_are_replaced_and_some_are_left() -> None:
    first = {
        " ".join(word.text for word in with_other_names(SENTENCE, 0, 8, POOL, random.Random(seed)).words[1:3])
        for seed in range(20)
    }
    assert "Ada Lo" in first
    assert len(first) > 1


def test_a_part_of_a_document_stands_alone() -> None:
    made = with_other_names(SENTENCE, 3, 8, {}, random.Random(0))
    assert [w.text for w in made.words] == ["met", "Acme", "in", "Oslo", "."]
    assert made.names == ["O", "B-ORG", "O", "B-LOC", "O"]
    cut = with_other_names(SENTENCE, 2, 5, {}, random.Random(0))
    assert cut.names == ["O", "O", "B-ORG"]  # half a name is none


def test_the_pool_is_of_replaceable_documents() -> None:
    parsed = document("Bo sleeps", "B-PER O", heads=[])
    parsed.heads = [1, 1]
    assert not replaceable(parsed)
    assert not replaceable(document("Bo said hi", "B-PER O O", roles=["B-source", "B-cue", "B-content"]))
    assert pool_of([SENTENCE, SENTENCE, parsed]) == {"LOC": [("Oslo",)], "ORG": [("Acme",)], "PER": [("Ada", "Lo")]}


def test_now_and_then_a_sentence_is_in_small_letters_or_capitals() -> None:
    seen = {" ".join(word.text for word in recased(SENTENCE, 1, 4, random.Random(seed)).words) for seed in range(60)}
    assert seen == {"Ada Lo met", "ada lo met", "ADA LO MET"}
    assert recased(SENTENCE, 1, 4, random.Random(0)).names == ["B-PER", "I-PER", "O"]
