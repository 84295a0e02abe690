"""`kg_scheme` in pipelines of other components."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

import kg.annotate  # noqa: F401  # registers the components

CLEARNLP = ("nsubj", "dobj", "prep", "pobj", "det", "ROOT")
UNIVERSAL = ("nsubj", "obj", "obl", "case", "nsubj:pass", "root")
STANFORD = ("nsubj", "dobj", "prep_in", "det")


class Labelled:
    """A component as spaCy's trained ones are: labels, stored with the pipeline, known only when it is loaded."""

    def __init__(self, labels: Iterable[str]) -> None:
        self.labels = tuple(labels)

    def __call__(self, doc: Doc) -> Doc:
        return doc

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        path.write_text(" ".join(self.labels), encoding="utf8")

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> Labelled:
        self.labels = tuple(path.read_text(encoding="utf8").split())
        return self


@Language.factory("test_parser", assigns=["token.dep", "token.head"])
def make_parser(nlp: Language, name: str) -> Labelled:
    return Labelled(())


@Language.factory("test_ner", assigns=["doc.ents"])
def make_ner(nlp: Language, name: str) -> Labelled:
    return Labelled(())


def pipeline(parser: Iterable[str] = (), ner: Iterable[str] = (), **config: Any) -> Language:
    nlp = spacy.blank("en")
    for factory, labels in (("test_parser", parser), ("test_ner", ner)):
        nlp.add_pipe(factory)
        nlp.get_pipe(factory).labels = tuple(labels)
    nlp.add_pipe("kg_scheme", config=config)
    return nlp


@pytest.mark.parametrize("parser", [(), CLEARNLP, UNIVERSAL])
@pytest.mark.parametrize("ner", [(), ("PER", "ORG", "LOC", "MISC"), ("PERSON", "GPE", "ORG", "DATE")])
def test_known_labels_are_accepted(parser: tuple[str, ...], ner: tuple[str, ...]) -> None:
    assert "kg_scheme" in pipeline(parser, ner).pipe_names


@pytest.mark.parametrize(
    ("parser", "ner", "config", "named"),
    [
        (STANFORD, (), {}, "prep_in"),
        ((), ("PER", "VEHICLE", "AMOUNT"), {}, "AMOUNT, VEHICLE"),
        (CLEARNLP, (), {"dependencies": "universal"}, "dobj, pobj, prep"),
        ((), ("GPE",), {"entities": "conll"}, "GPE"),
        ((), (), {"dependencies": "penn"}, "penn"),
        ((), (), {"entities": "ACE"}, "ACE"),
    ],
)
def test_unknown_labels_are_refused_when_the_component_is_added(
    parser: tuple[str, ...], ner: tuple[str, ...], config: dict[str, str], named: str
) -> None:
    with pytest.raises(ValueError, match=f"kg_scheme: .*{named}"):
        pipeline(parser, ner, **config)


def test_the_message_says_what_to_do() -> None:
    with pytest.raises(ValueError, match=r"rename them before kg_scheme, or remove .* add kg_reader and kg_parser"):
        pipeline(STANFORD)


def test_only_components_before_it_count() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_scheme")
    nlp.add_pipe("test_ner").labels = ("VEHICLE",)
    assert nlp("A tank.").text == "A tank."


def test_unknown_labels_are_refused_when_a_pipeline_is_loaded(tmp_path: Path) -> None:
    nlp = pipeline(CLEARNLP, ("PERSON",))
    nlp.to_disk(tmp_path / "good")
    assert spacy.load(tmp_path / "good").get_pipe("test_ner").labels == ("PERSON",)
    nlp.get_pipe("test_parser").labels = STANFORD
    nlp.to_disk(tmp_path / "bad")
    with pytest.raises(ValueError, match="prep_in"):
        spacy.load(tmp_path / "bad")


@pytest.mark.parametrize(
    ("label", "ours"),
    [
        ("PERSON", "PER"), ("ORG", "ORG"), ("GPE", "LOC"), ("LOC", "LOC"), ("FAC", "LOC"), ("NORP", "MISC"),
        ("EVENT", "MISC"), ("WORK_OF_ART", "MISC"), ("LAW", "MISC"), ("PRODUCT", "MISC"), ("LANGUAGE", "MISC"),
        ("PER", "PER"), ("MISC", "MISC"),
        ("DATE", None), ("TIME", None), ("PERCENT", None), ("MONEY", None), ("QUANTITY", None), ("ORDINAL", None),
        ("CARDINAL", None),
    ],
)  # fmt: skip
def test_entities(label: str, ours: str | None) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": "Ingrid Solvang", "id": "Q1"}])
    nlp.add_pipe("kg_scheme")
    doc = nlp("Then Ingrid Solvang spoke.")
    assert [(e.text, e.label_, e.ent_id_) for e in doc.ents] == ([("Ingrid Solvang", ours, "Q1")] if ours else [])


def test_labels_that_come_later_are_refused_on_the_document() -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    nlp.add_pipe("kg_scheme")
    ruler.add_patterns([{"label": "VEHICLE", "pattern": "tank"}, {"label": "PERSON", "pattern": "Solvang"}])
    assert [e.label_ for e in nlp("Solvang spoke.").ents] == ["PER"]
    with pytest.raises(ValueError, match="VEHICLE"):
        nlp("A tank came.")


def test_a_parse_is_converted_and_sentences_stay() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_scheme")
    words = "Minister Ingrid Solvang was in Oslo . \n She left .".split(" ")
    doc = Doc(
        nlp.vocab,
        words=words,
        pos="PROPN PROPN PROPN AUX ADP PROPN PUNCT SPACE PRON VERB PUNCT".split(),
        heads=[2, 2, 3, 3, 3, 4, 3, 6, 9, 9, 9],
        deps=["compound", "compound", "nsubj", "ROOT", "prep", "pobj", "punct", "dep", "nsubj", "ROOT", "punct"],
    )
    doc.ents = [Span(doc, 1, 3, "PERSON"), Span(doc, 5, 6, "GPE")]
    before = [(s.start, s.end) for s in doc.sents]
    doc = nlp(doc)
    assert [(t.text, t.dep_, t.head.text) for t in doc][:7] == [
        ("Minister", "nmod:desc", "Ingrid"),
        ("Ingrid", "nsubj", "Oslo"),
        ("Solvang", "flat", "Ingrid"),
        ("was", "cop", "Oslo"),
        ("in", "case", "Oslo"),
        ("Oslo", "ROOT", "Oslo"),
        (".", "punct", "Oslo"),
    ]
    assert [(s.start, s.end) for s in doc.sents] == before


def test_a_universal_parse_passes() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_scheme")
    deps = ["nsubj:pass", "aux:pass", "ROOT", "case", "obl:agent"]
    doc = Doc(nlp.vocab, words="It was set by Oslo".split(), heads=[2, 2, 2, 4, 2], deps=deps)
    assert [t.dep_ for t in nlp(doc)] == deps
    assert [t.head.i for t in doc] == [2, 2, 2, 4, 2]


def test_without_parts_of_speech_tags_do() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_scheme")
    doc = Doc(
        nlp.vocab,
        words="Talks on fish began in Oslo".split(),
        tags="NNS IN NN VBD IN NNP".split(),
        heads=[3, 0, 1, 3, 3, 4],
        deps="nsubj prep pobj ROOT prep pobj".split(),
    )
    assert [t.dep_ for t in nlp(doc)] == ["nsubj", "case", "nmod", "ROOT", "case", "obl"]


def test_an_article_is_read_with_a_foreign_parse_and_names() -> None:
    from kg.extract import evidence_of
    from kg.model import Article

    nlp = spacy.blank("en")
    for name in ("kg_scheme", "kg_reader", "kg_attribution", "kg_countries"):
        nlp.add_pipe(name)
    body = "Ingrid Solvang said that Iceland was wrong about quotas."
    doc = Doc(
        nlp.vocab,
        words="Ingrid Solvang said that Iceland was wrong about quotas .".split(),
        spaces=[True] * 8 + [False, False],
        tags="NNP NNP VBD IN NNP VBD JJ IN NNS .".split(),
        pos="PROPN PROPN VERB SCONJ PROPN AUX ADJ ADP NOUN PUNCT".split(),
        heads=[1, 2, 2, 5, 5, 2, 5, 6, 7, 2],
        deps="compound nsubj ROOT mark nsubj ccomp acomp prep pobj punct".split(),
    )
    doc.ents = [Span(doc, 0, 2, "PERSON"), Span(doc, 4, 5, "GPE")]
    doc = nlp(doc)
    assert (doc[6].dep_, doc[5].dep_) == ("ccomp", "cop")
    evidence = evidence_of(doc, Article(path="a.txt", body=body))
    assert {(e.type, e.name) for e in evidence.entities} == {("Person", "Ingrid Solvang"), ("Country", "Iceland")}
    (claim,) = evidence.claims
    assert [evidence.entity(e).name for e in claim.speakers] == ["Ingrid Solvang"]
    assert [evidence.entity(e).name for e in claim.about] == ["Iceland"]
