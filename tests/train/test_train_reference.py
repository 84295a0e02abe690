"""Weights of reference: what they are learnt from, and that they follow it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.evaluate.trees import trees
from kg.extract.entities import find_referents
from kg.extract.ranking import Features
from kg.train.reference import LABELS, GumTeacher, NewsTeacher, Row, answers, fit, thresholds, write


def row(document: str, form: str, options: list[Features], right: int, wanted: bool = True) -> Row:
    named = tuple("nobody" not in option for option in options)
    return Row(
        document, form, tuple(options), named, tuple(n == right for n in range(len(options))), wanted, weight=1.0
    )


NEAR, FAR, NOBODY = {"near": 1.0}, {"far": 1.0}, {"nobody": 1.0}
ROWS = [row(f"d{n}", "he", [NEAR, FAR, NOBODY], 0) for n in range(20)]
ROWS += [row(f"d{n}", "it", [NEAR, NOBODY], 1, wanted=False) for n in range(20)]
ROWS += [row(f"d{n}", "place", [NEAR, NOBODY], 0) for n in range(5)]


def test_weights_follow_the_rows_kind_by_kind() -> None:
    weights = fit(ROWS)
    assert weights["he"]["near"] > weights["he"]["nobody"]
    assert weights["he"]["near"] > weights["he"]["far"]
    assert weights["it"]["near"] < weights["it"]["nobody"]
    # what is said of no kind is said by the group, and before any row by the prior
    assert weights["they"]["near"] != 0
    assert weights["body"]["near"] > weights["body"]["nobody"]
    for asked, share, right in answers(ROWS, weights):
        assert (share > 0.5) == asked.wanted
        assert right == asked.wanted


def test_thresholds_need_a_gain_to_rise(capsys: pytest.CaptureFixture[str]) -> None:
    assert thresholds(ROWS) == {"he": 0.4, "it": 0.4, "place": 0.4}
    assert "he: 100.0 % right" in capsys.readouterr().out


def test_the_table_is_sorted_and_leaves_out_what_weighs_nothing(tmp_path: Path) -> None:
    write({"it": {"b": 0.001, "a": -1.236}, "he": {}}, {"it": 0.35}, tmp_path / "table.tsv")
    assert (tmp_path / "table.tsv").read_text(encoding="utf-8").splitlines() == [
        "anaphor\tfeature\tweight", "he\tthreshold\t0.40", "it\tthreshold\t0.35", "it\ta\t-1.24"
    ]  # fmt: skip


def entity(group: str, span: str) -> str:
    return {"(": f"({group}-person-new-nnnnn-cf1-1-coref", ")": f"{group})"}.get(
        span, f"({group}-person-giv-nnnnn-cf1-1-ana)"
    )


def columns(*rows: str) -> str:
    return "".join("\t".join(row.split()) + "\n" for row in rows) + "\n"


TREE = "# newdoc id = GUM_news_x\n" + columns(
    f"1 Ana Ana PROPN NNP _ 3 nsubj _ Entity={entity('1', '(')}",
    f"2 Ruiz Ruiz PROPN NNP _ 1 flat _ Entity={entity('1', ')')}",
    "3 left leave VERB VBD _ 0 root _ _",
) + columns(
    f"1 She she PRON PRP _ 2 nsubj _ Entity={entity('1', 'ana')}", "2 spoke speak VERB VBD _ 0 root _ _"
)  # fmt: skip


def read_doc() -> Doc:
    doc = Doc(
        spacy.blank("en").vocab,
        words="Ana Ruiz left She spoke".split(),
        tags="NNP NNP VBD PRP VBD".split(),
        pos="PROPN PROPN VERB PRON VERB".split(),
        heads=[2, 0, 2, 4, 4],
        deps="nsubj flat ROOT nsubj ROOT".split(),
    )
    doc.ents = [Span(doc, 0, 2, "PER")]
    return doc


def test_gold_of_gum_says_what_is_right(tmp_path: Path) -> None:
    (tmp_path / "syntax-coref").mkdir()
    (tmp_path / "syntax-coref" / "gum-train.conllu.gz").write_bytes(gzip.compress(TREE.encode()))
    (document,) = trees(tmp_path, "gum-train")
    teacher = GumTeacher(document)
    referents = find_referents(read_doc(), teacher)
    (asked,) = teacher.rows
    assert (asked.form, asked.named, asked.right, asked.wanted) == ("he", (True, False), (True, False), True)
    assert [m.text for m in referents.entities[0].mentions] == ["Ana Ruiz", "She"]


@pytest.mark.parametrize(
    ("name", "right", "linked"), [([0, 8], (True, False), ["Ana Ruiz", "She"]), (None, (False, True), ["Ana Ruiz"])]
)
def test_labels_of_news_say_what_is_right(name: list[int] | None, right: tuple[bool, ...], linked: list[str]) -> None:
    teacher = NewsTeacher("a", {14: {"name": name}})
    referents = find_referents(read_doc(), teacher)
    (asked,) = teacher.rows
    assert (asked.right, asked.wanted) == (right, name is not None)
    assert [m.text for m in referents.entities[0].mentions] == linked


def test_a_label_may_mean_several() -> None:
    doc = Doc(
        spacy.blank("en").vocab,
        words="Ruiz and Cota left They spoke".split(),
        tags="NNP CC NNP VBD PRP VBD".split(),
        pos="PROPN CCONJ PROPN VERB PRON VERB".split(),
        heads=[3, 2, 0, 3, 5, 5],
        deps="nsubj cc conj ROOT nsubj ROOT".split(),
    )
    doc.ents = [Span(doc, 0, 1, "PER"), Span(doc, 2, 3, "PER")]
    teacher = NewsTeacher("a", {19: {"name": [0, 4], "also": [[9, 13]]}})
    referents = find_referents(doc, teacher)
    (asked,) = teacher.rows
    assert [asked.named[k] for k, right in enumerate(asked.right) if right] == [True]
    assert [[m.text for m in e.mentions] for e in referents.entities] == [["Ruiz", "They"], ["Cota", "They"]]


def test_labels_hold_offsets_and_no_words() -> None:
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        assert set(label) - {"by", "also"} == {"document", "start", "end", "name"}
        assert label["name"] is None or label["name"][0] < label["name"][1]
