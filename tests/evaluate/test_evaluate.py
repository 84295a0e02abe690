"""Whole tasks: a pipeline that knows the gold gets everything, one that knows nothing gets nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from rich.console import Console
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.errors import RunError
from kg.evaluate import TASKS, corpora, evaluate, select
from kg.evaluate.gum import gold_mentions, is_name
from kg.evaluate.syntax import gold_tokens
from kg.evaluate.trees import TreeDocument, trees

SCORED = tuple(name for name, task in TASKS.items() if name not in ("speed", "calibration") and task.source == "data")


def pipeline(write: Callable[[Doc], Doc]) -> Language:
    """A pipeline whose one component is this function."""
    Language.component("kg_test_writer", func=write)
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_test_writer")
    return nlp


def oracle(data: Path) -> Language:
    """Writes on every Doc what the corpora say of its text."""
    articles = {document.text: document for document in corpora.polnear(data, "dev")}
    treebank = {document.text: document for name in ("ewt-dev", "gum-dev") for document in trees(data, name)}
    texts = {d.text: d.names for d in (*corpora.silver(data, "dev"), *corpora.re3d(data))}
    tagged = {
        " ".join(sentence.tokens) + " ": sentence.names
        for name in ("crossner-politics-dev", "uner-ewt-dev", "wikigold")
        for sentence in corpora.tagged(data, name)
    }

    def write(doc: Doc) -> Doc:
        if doc.text in articles:
            write_claims(doc, articles[doc.text].attributions)
        if doc.text in texts:
            doc.ents = [doc.char_span(s, e, label=t, alignment_mode="expand") for s, e, t in texts[doc.text]]
        if doc.text in tagged:
            doc.ents = [Span(doc, s, e, label=t) for s, e, t in tagged[doc.text]]
        if doc.text.rstrip() in treebank:
            write_tree(doc, treebank[doc.text.rstrip()])
            doc.ents = [Span(doc, s, e, label="PER") for s, e in gold_people(treebank[doc.text.rstrip()])]
        return doc

    nlp = pipeline(write)
    words = nlp.tokenizer
    nlp.tokenizer = lambda text: (
        gold_tokens(nlp.vocab, treebank[text], sentences=False) if text in treebank else words(text)
    )
    return nlp


def gold_people(document: TreeDocument) -> list[tuple[int, int]]:
    return [(m.start, m.end) for m in gold_mentions(document) if m.type == "person" and is_name(document, m)]


def write_claims(doc: Doc, attributions: tuple[corpora.Attribution, ...]) -> None:
    spans = []
    for n, attribution in enumerate(attributions):
        for role in ("source", "cue", "content"):
            for start, end in getattr(attribution, role):
                span = doc.char_span(start, end, label=role, span_id=str(n))
                assert span is not None
                spans.append(span)
    doc.spans["claims"] = spans


def write_tree(doc: Doc, document: TreeDocument) -> None:
    tokens = [token for token in doc if not token.is_space]
    for token, word in zip(tokens, document.words, strict=True):
        token.head, token.dep_ = tokens[word.head], "ROOT" if word.deprel == "root" else word.deprel
        token.pos_, token.tag_, token.lemma_ = word.upos, word.xpos, word.lemma
    for token in doc:
        if token.is_space:
            token.head, token.dep_ = doc[token.i - 1], "dep"


@pytest.mark.parametrize("task", SCORED)
def test_an_oracle_gets_everything(data: Path, task: str) -> None:
    report = evaluate(oracle(data), data, [task])
    (scores,) = report.tasks
    assert scores.figures
    for figure in scores.figures:
        assert figure.counts is not None
        if figure.counts.gold or figure.counts.predicted:
            assert figure.value == 100.0, figure
    assert all(report.figure(task, name).counts.gold for name in TASKS[task].headline)  # type: ignore[union-attr]
    assert report.notes == ()


def test_an_oracle_is_as_sure_as_it_is_right(data: Path) -> None:
    report = evaluate(oracle(data), data, ["calibration"])
    right = report.figure("calibration", "claims right")
    assert right.value == 100.0
    assert right.counts is not None
    assert right.counts.gold > 1
    assert report.figure("calibration", "ECE").value == report.figure("calibration", "ECE, cross-fitted").value == 0


@pytest.mark.parametrize("task", SCORED)
def test_a_pipeline_that_does_nothing_gets_nothing(data: Path, task: str) -> None:
    report = evaluate(spacy.blank("en"), data, [task])
    given = {
        "raw text: tokens",
        "raw text: sentences",
        "own sentences: sentences",
        "sentences",
        "gold tokens: sentences",
    }
    for figure in report.tasks[0].figures:
        if figure.name not in given and not figure.name.endswith("lemma"):  # a document of one sentence is one sentence
            assert figure.value == 0.0, figure
    if task == "attribution" or task.startswith("names"):
        assert report.notes[0].startswith(f"{task}: the pipeline gave nothing for {TASKS[task].headline[0]}")


def test_errors_cost_what_they_should(data: Path) -> None:
    def write(doc: Doc) -> Doc:
        if doc.text.startswith("Ms."):
            write_claims(doc, (corpora.Attribution(((0, 8),), ((9, 13),), ((15, 20),)),))  # content much too short
        return doc

    report = evaluate(pipeline(write), data, ["attribution"])
    assert {
        name: report.figure("attribution", name).counts.correct for name in ("source", "cue", "content", "links")
    } == {  # type: ignore[union-attr]
        "source": 1,
        "cue": 1,
        "content": 0,
        "links": 1,
    }
    assert report.figure("attribution", "who said what").value == 0.0
    assert {name: group[0].value for name, group in report.tasks[0].groups.items()} == pytest.approx(
        {"nyt": 200 / 3, "politico": 0.0}
    )


def test_wrong_heads_and_labels_are_told_apart(data: Path) -> None:
    right = oracle(data)

    def write(doc: Doc) -> Doc:
        for token in doc:
            if token.text == "She":
                token.dep_ = "nsubj"
            if token.text == "n't":
                token.head = doc[token.i - 1]
            if token.text == "Yes":
                token.pos_, token.tag_, token.lemma_ = "NOUN", "NN", "Yes"
        return doc

    Language.component("kg_test_spoiler", func=write)
    right.add_pipe("kg_test_spoiler")
    report = evaluate(right, data, ["syntax-ewt"])
    correct = {f.name: f.counts.correct for f in report.tasks[0].figures if f.counts}
    assert {name: correct[name] for name in ("UAS", "LAS", "LAS universal", "UPOS", "XPOS", "lemma")} == {
        "UAS": 8,
        "LAS": 7,
        "LAS universal": 8,
        "UPOS": 8,
        "XPOS": 8,
        "lemma": 8,
    }
    assert correct["raw text: LAS"] == correct["own sentences: LAS"] == 7


def test_raw_text_is_aligned_by_characters(data: Path) -> None:
    def write(doc: Doc) -> Doc:
        for token in doc:
            token.pos_ = "VERB" if token.text == "stay" else "X"
            token.is_sent_start = token.i == 0 or token.text == "Yes!"
        return doc

    nlp = pipeline(write)
    nlp.tokenizer = lambda text: Doc(nlp.vocab, words=text.split())  # "can't", "stay." and "Yes!" stay whole
    (scores,) = evaluate(nlp, data, ["syntax-ewt"]).tasks
    raw = {figure.name: figure.counts for figure in scores.figures}
    tokens = raw["raw text: tokens"]
    assert tokens is not None
    assert (tokens.correct, tokens.predicted, tokens.gold) == (3, 6, 9)  # She, Rain, fell
    sentences = raw["raw text: sentences"]
    assert sentences is not None
    assert (sentences.correct, sentences.predicted, sentences.gold) == (3, 3, 3)


def test_a_missing_corpus_is_noted_and_the_rest_goes_on(data: Path) -> None:
    missing = data / "entities" / "uner-ewt-dev.jsonl.gz"
    nlp = oracle(data)
    missing.unlink()
    report = evaluate(nlp, data, ["names"])
    assert [t.task for t in report.tasks] == ["names-politics", "names-silver", "names-re3d"]
    assert report.notes == (f"names-ewt: left out: {missing}: no such file; the data folder must hold this corpus",)
    with pytest.raises(RunError, match="names-ewt: left out"):
        evaluate(nlp, data, ["names-ewt"])
    with pytest.raises(RunError, match="no such folder"):
        evaluate(nlp, data / "nowhere")


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        (["names"], ("names-politics", "names-ewt", "names-silver", "names-re3d")),
        (["speed", "names-wikigold", "attribution"], ("attribution", "names-wikigold", "speed")),
        (None, tuple(name for name in TASKS if name != "names-wikigold")),
    ],
)
def test_tasks_are_chosen_by_name_or_family(asked: list[str] | None, chosen: tuple[str, ...]) -> None:
    assert select(asked) == chosen


def test_an_unknown_task_is_refused() -> None:
    with pytest.raises(RunError, match="no task is called 'name'; there are attribution, calibration, names-politics"):
        select(["name"])


def test_limit_and_progress(data: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    tasks = ["attribution", "syntax-ewt"]
    report = evaluate(oracle(data), data, tasks, limit=1, progress=lambda *step: steps.append(step))
    assert [t.documents for t in report.tasks] == [1, 1]
    assert steps == [("attribution", 1, 1), *(("syntax-ewt", n, 3) for n in (1, 2, 3))]


def test_speed_measures(data: Path) -> None:
    (scores,) = evaluate(spacy.blank("en"), data, ["speed"]).tasks
    figures = {figure.name: (figure.value, figure.unit) for figure in scores.figures}
    assert figures["words"] == (19, "words")
    assert figures["speed"][0] > 0
    assert scores.documents is None


def test_report_as_json_and_as_table(data: Path) -> None:
    report = evaluate(oracle(data), data, ["attribution", "speed"])
    plain = json.loads(report.to_json())
    assert plain["tasks"]["attribution"]["figures"]["content"] == {
        "value": 100.0,
        "unit": "%",
        "interval": [100.0, 100.0],
        "precision": 100.0,
        "recall": 100.0,
        "correct": 4,
        "predicted": 4,
        "gold": 4,
    }
    assert list(plain["tasks"]["attribution"]["groups"]) == ["nyt", "politico"]
    console = Console(width=160)
    with console.capture() as captured:
        console.print(report)
    assert "who said what" in captured.get()
    assert "words/s" in captured.get()
    assert "politico" not in captured.get()
    with console.capture() as captured:
        console.print(report.table(groups=True))
    assert "politico" in captured.get()


def test_same_pipeline_same_report(data: Path) -> None:
    tasks = ["attribution", "names", "syntax"]
    assert evaluate(oracle(data), data, tasks).to_json() == evaluate(oracle(data), data, tasks).to_json()
