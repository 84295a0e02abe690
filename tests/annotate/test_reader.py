"""The shipped reader as a spaCy pipeline: what it writes, and that nothing but the text decides it."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import spacy
from samples import REPLY, TALKS, UNDATED
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from kg.annotate import PIPELINE, load
from kg.annotate.reader import ReaderComponent, reading_of, words_of

SEED = next((Path(__file__).parents[2] / "seeds").glob("*.txt")).read_text(encoding="utf8")
ODD = {
    "nothing": "",
    "a space": " ",
    "white space": " \n\n\t \u00a0\n",
    "a word": "Solvang",
    "a stop": ".",
    "no-break space": "Ingrid\u00a0Solvang said\u00a0that it was over.",
    "zero-width space": "Ingrid Solvang\u200b said \u200b that it was over.",
    "byte-order mark inside": "\ufeffIngrid Solvang said that it was over. \ufeff",
    "escape": "Ingrid \x1b[31mSolvang\x1b[0m said that it was over.",
    "null": "Ingrid\x00Solvang said that it was over.",
    "emoji": "“Great 😀👩‍👩‍👧 news,” Solvang said 🇳🇴.",
    "Chinese": "外交部长说,谈判已经结束。",
    "Arabic": "قال الوزير إن المحادثات انتهت.",
    "directions mixed": "Solvang said “\u202eשלום\u202c” to reporters.",
    "combining marks": "Jo\u0301n Arnarson said Z\u0351\u036b\u0343\u036a\u0302\u036b\u0363 that it was over.",
    "a long word": "Solvang said " + "a" * 3000 + " that it was over.",
    "a long line of marks": "Solvang said " + "-" * 500 + " that it was over.",
    "no stops": "quota " * 600,
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def everything(doc: Doc) -> dict[str, Any]:
    """All that our components wrote, down to the last bit of each confidence."""
    claims = doc.spans["claims"]
    return {
        "tokens": [
            (t.text, t.idx, t.tag_, t.pos_, t.lemma_, t.dep_, t.head.i, t.is_sent_start, t.ent_iob_, t.ent_type_)
            for t in doc
        ],
        "claims": [(s.start, s.end, s.label_, s.id_) for s in claims],
        "confidence": [float(c).hex() for c in claims.attrs["confidence"]],
        "countries": [(s.start, s.end, s.label_, s.id_) for s in doc.spans["countries"]],
    }


def test_no_company_changes_what_is_read(nlp: Language) -> None:
    texts = [SEED, TALKS.body, "", REPLY.body, "Solvang", UNDATED.body, SEED[:900], ODD["emoji"], "\n"]
    alone = [everything(nlp(text)) for text in texts]
    assert any(each["claims"] for each in alone)
    reader: ReaderComponent = nlp.get_pipe("kg_reader")  # type: ignore[assignment]
    threads = reader.threads
    try:
        for size, count in ((1, 1), (2, 3), (100, 8)):
            reader.threads = count
            assert [everything(doc) for doc in nlp.pipe(texts, batch_size=size)] == alone
    finally:
        reader.threads = threads
    order = [8, 3, 0, 5, 2, 1, 7, 4, 6]
    assert [everything(doc) for doc in nlp.pipe(texts[i] for i in order)] == [alone[i] for i in order]


@pytest.mark.parametrize("name", ODD)
def test_odd_texts(nlp: Language, name: str) -> None:
    doc = nlp(ODD[name])
    assert doc.text == ODD[name]
    assert (reading_of(doc) is None) == (not ODD[name].strip())
    sentences = list(doc.sents) if len(doc) else []
    assert sum(len(s) for s in sentences) == len(doc)
    for sentence in sentences:
        assert [t.dep_ == "ROOT" for t in sentence if t.head == t and not t.is_space] in ([True], [])
        assert all(t.head in sentence for t in sentence)
    for span in (*doc.ents, *doc.spans["claims"], *doc.spans["countries"]):
        assert span.text.strip()


def test_labels_are_where_a_spacy_user_looks(nlp: Language) -> None:
    doc = nlp(TALKS.body)
    for annotation in ("TAG", "POS", "LEMMA", "DEP", "SENT_START", "ENT_IOB"):
        assert doc.has_annotation(annotation), annotation
    assert {e.label_ for e in doc.ents} <= {"PER", "ORG", "LOC", "MISC"}
    assert {s.label_ for s in doc.spans["claims"]} <= {"source", "cue", "content"}
    groups = {s.id_ for s in doc.spans["claims"]}
    assert groups == {str(n) for n in range(len(doc.spans["claims"].attrs["confidence"]))}
    assert all(0 <= c <= 1 for c in doc.spans["claims"].attrs["confidence"])
    assert len(list(doc.sents)) > 3


@pytest.mark.parametrize("starts", [{0}, {0, 4}, {0, 1, 2}, {0, 5, 9}])
def test_given_sentences_are_kept(nlp: Language, starts: set[int]) -> None:
    words = "Ingrid Solvang left . Then they said that it rained".split()
    doc = nlp(Doc(nlp.vocab, words=words, sent_starts=[i in starts for i in range(len(words))]))
    assert {s.start for s in doc.sents} == starts


def test_what_stands_before_a_word() -> None:
    doc = spacy.blank("en")("One two.\n\nThree \n four,five\u00a0six")
    assert [(w.text, w.space_before, w.break_before) for w in words_of(doc)] == [
        ("One", True, True),
        ("two", True, False),
        (".", False, False),
        ("Three", True, True),
        ("four", True, True),
        (",", False, False),
        ("five", False, False),
        ("six", True, False),
    ]


def test_a_component_without_the_reader_says_so() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_names")
    with pytest.raises(ValueError, match="add kg_reader"):
        nlp("Solvang left.")


def test_documents_are_stored_whole(nlp: Language) -> None:
    doc = nlp(TALKS.body)
    assert everything(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == everything(doc)
    bin_ = DocBin(attrs=["TAG", "HEAD", "DEP"], store_user_data=True, docs=[doc])
    (again,) = DocBin().from_bytes(bin_.to_bytes()).get_docs(nlp.vocab)
    assert reading_of(again).attributions == reading_of(doc).attributions  # type: ignore[union-attr]


def test_a_stored_pipeline_reads_the_same(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert again.pipe_names == list(PIPELINE)
    assert everything(again(TALKS.body)) == everything(nlp(TALKS.body))


def test_a_fresh_process_finds_the_components() -> None:
    names = {point.name for point in entry_points(group="spacy_factories") if point.value.startswith("kg.")}
    assert names == {*PIPELINE, "kg_scheme"}, "install kg first (pip install -e .)"
    code = "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('kg_reader'); print(nlp('Hello.').user_data.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "kg_reading" in done.stdout, done.stderr
