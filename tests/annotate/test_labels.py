"""Label inventories, and lemmas as edits."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from kg.annotate.labels import NAME_TYPES, ROLES, Labels, apply_edit, bio, legal, lemma_edit


def test_bio() -> None:
    assert bio(("A", "B")) == ("O", "B-A", "I-A", "B-B", "I-B")
    assert len(bio(NAME_TYPES)) == 9
    assert len(bio(ROLES)) == 7


def test_legal_transitions_are_those_of_bio() -> None:
    labels = bio(("A", "B"))
    start, follow = legal(labels)
    assert [label for label, may in zip(labels, start, strict=True) if may] == ["O", "B-A", "B-B"]
    allowed = {(a, b) for (i, a), (j, b) in product(enumerate(labels), repeat=2) if follow[i][j] and b.startswith("I-")}
    assert allowed == {("B-A", "I-A"), ("I-A", "I-A"), ("B-B", "I-B"), ("I-B", "I-B")}
    assert all(follow[i][j] for i in range(5) for j, b in enumerate(labels) if not b.startswith("I-"))


@pytest.mark.parametrize(
    ("word", "lemma", "edit"),
    [
        ("said", "say", "l2|y"),
        ("Said", "say", "l2|y"),
        ("talks", "talk", "l1|"),
        ("went", "go", "l4|go"),
        ("Solvang", "Solvang", "k0|"),
        ("Russians", "Russian", "k1|"),
        ("NATO", "NATO", "k0|"),
        ("’s", "be", "l2|be"),
        ("'s", "'s", "l0|"),
        ("is", "be", "l2|be"),
        ("İ", "i", "l1|"),  # its lower case is two characters
        ("better", "good", "l6|good"),
        ("I", "I", "k0|"),
        ("2025", "2025", "l0|"),
        ("“", '"', 'l1|"'),
        ("a|b", "a|c", "l1|c"),
        ("x", "a|b", "l1|a|b"),
    ],
)
def test_lemma_edits_both_ways(word: str, lemma: str, edit: str) -> None:
    assert lemma_edit(word, lemma) == edit
    assert apply_edit(word, edit) == lemma


@pytest.mark.parametrize(
    ("word", "edit", "lemma"),
    [
        ("is", "l3|e", "is"),  # cuts more than there is
        ("is", "l2|", "is"),  # would leave nothing
        ("As", "k5|", "As"),
        ("Pressed", "l2|", "press"),
        ("denied", "l3|y", "deny"),
    ],
)
def test_edits_of_other_words(word: str, edit: str, lemma: str) -> None:
    assert apply_edit(word, edit) == lemma


def test_labels_are_stored_whole(tmp_path: Path) -> None:
    labels = Labels(("NN", "``"), ("NOUN",), ("root", "acl:relcl"), ("l0|", "l1|é"))
    labels.save(tmp_path / "labels.json")
    assert Labels.load(tmp_path / "labels.json") == labels
