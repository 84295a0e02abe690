"""Corpora as training documents, on small files in their formats."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import spacy

from kg.train import corpora
from kg.train.data import Document


def write_lines(path: Path, *records: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)
    return path


def text_of(document: Document, indices: tuple[int, ...]) -> str:
    return " ".join(document.words[i].text for i in indices)


def test_words_know_what_stands_before_them() -> None:
    words, offsets = corpora.words_of(spacy.blank("en")("One two.\n\nThree four,\u00a0five"))
    assert [(w.text, w.space_before, w.break_before) for w in words] == [
        ("One", True, True), ("two", True, False), (".", False, False),
        ("Three", True, True), ("four", True, False), (",", False, False), ("five", True, False),
    ]  # fmt: skip
    assert offsets == [0, 4, 7, 10, 16, 20, 22]


def test_training_and_reading_see_the_same_words() -> None:
    from kg.annotate.reader import words_of

    doc = spacy.blank("en")("\n“One,”  she\u00a0said.\n \nTwo\u200b \x1b[0m\ttabs \n")
    assert corpora.words_of(doc)[0] == words_of(doc)


POLNEAR = "Mr. Solvang said\nthat quotas fell, and rose. Nobody knew."


def polnear(folder: Path, silver: bool = True) -> Document:
    def span(text: str) -> list[int]:
        return [POLNEAR.index(text), POLNEAR.index(text) + len(text)]

    attribution = {
        "source": [span("Mr. Solvang")],
        "cue": [span("said")],
        "content": [span("that quotas fell"), span("rose")],
    }
    write_lines(
        folder / "attribution/polnear-train.jsonl.gz",
        {"id": "a", "publisher": "P", "date": "2016-01-02", "text": POLNEAR, "attributions": [attribution]},
    )
    names = [[*span("Mr. Solvang"), "PER"]]
    write_lines(
        folder / "entities/polnear-silver-train.jsonl.gz",
        *([{"id": "a", "names": names}] if silver else []),
    )
    (document,) = corpora.polnear(folder, "train")
    return document


def test_polnear_roles_and_links(tmp_path: Path) -> None:
    document = polnear(tmp_path)
    assert document.roles == ("B-source I-source B-cue B-content I-content I-content O O B-content O O O O".split())
    assert [(link.role, text_of(document, link.words), document.words[link.cue].text) for link in document.links] == [
        ("source", "Mr. Solvang", "said"),
        ("content", "that quotas fell", "said"),
        ("content", "rose", "said"),
    ]
    assert document.units == [0, 3]


def test_silver_names_lose_their_titles(tmp_path: Path) -> None:
    document = polnear(tmp_path)
    assert document.names == ["O", "B-PER", *["O"] * 11]
    assert document.names_weight < 1


def test_an_article_without_silver_names_is_not_one_without_names(tmp_path: Path) -> None:
    assert polnear(tmp_path, silver=False).names == []


def test_sentences_with_io_labels_become_bio(tmp_path: Path) -> None:
    write_lines(
        tmp_path / "entities/wikigold.jsonl.gz",
        {"tokens": ["Oslo", "and", "New", "York"], "labels": ["I-LOC", "O", "I-LOC", "I-LOC"]},
        {"tokens": ["Oslo", "Ingrid"], "labels": ["B-LOC", "I-PER"]},
        {"tokens": ["Rome"], "labels": ["B-LOC"]},
    )
    first, second = corpora.tagged_sentences(tmp_path, "wikigold", per_document=2)
    assert first.names == ["B-LOC", "O", "B-LOC", "I-LOC", "B-LOC", "B-PER"]
    assert first.units == [0, 4]
    assert [w.text for w in second.words] == ["Rome"]


def test_nationalities_of_redocred_are_misc(tmp_path: Path) -> None:
    tagged = Document([], [])
    corpora._append(tagged, ["Russian", "talks", "in", "Russian", "Oslo"], ["B-MISC", "O", "O", "B-MISC", "B-LOC"])
    demonyms = corpora.demonyms_of([tagged])
    assert demonyms == {"Russian"}
    mentions = [
        [{"name": "Russian", "type": "LOC", "sent_id": 0, "pos": [0, 1]}],
        [{"name": "North Sea", "type": "LOC", "sent_id": 1, "pos": [1, 3]}],
        [{"name": "1999", "type": "TIME", "sent_id": 1, "pos": [3, 4]}],
    ]
    write_lines(
        tmp_path / "entities/redocred-dev.jsonl.gz",
        {"sents": [["Russian", "talks"], ["The", "North", "Sea", "1999"]], "vertexSet": mentions},
    )
    (document,) = corpora.redocred(tmp_path, demonyms)
    assert document.names == ["B-MISC", "O", "O", "B-LOC", "I-LOC", "O"]


CONLLU = """\
# newdoc id = a
# newpar
# text = Ingrid Solvang can't go.
1\tIngrid\tIngrid\tPROPN\tNNP\t_\t5\tnsubj\t_\tEntity=(1-person-new-cf1-1-sgl
2\tSolvang\tSolvang\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=1)
3-4\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
3\tca\tcan\tAUX\tMD\t_\t5\taux\t_\t_
4\tn't\tnot\tPART\tRB\t_\t5\tadvmod\t_\t_
5\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_

# text = the University of Oslo's staff
1\tthe\tthe\tDET\tDT\t_\t2\tdet\t_\tEntity=(2-organization-new-cf1-2-sgl(3-organization-new-cf1-2-sgl
2\tUniversity\tUniversity\tPROPN\tNNP\t_\t6\tnmod:poss\t_\t_
3\tof\tof\tADP\tIN\t_\t4\tcase\t_\t_
4-5\tOslo's\t_\t_\t_\t_\t_\t_\t_\t_
4\tOslo\tOslo\tPROPN\tNNP\t_\t2\tnmod\t_\t_
5\t's\t's\tPART\tPOS\t_\t2\tcase\t_\tEntity=3)
5.1\tempty\tempty\tNOUN\tNN\t_\t_\t_\t_\t_
6\tstaff\tstaff\tNOUN\tNN\t_\t0\troot\t_\tEntity=2)

"""


@pytest.fixture(params=["ewt-train", "gum-train"])
def treebank(request: pytest.FixtureRequest, tmp_path: Path) -> list[Document]:
    path = tmp_path / "syntax-coref" / f"{request.param}.conllu.gz"
    path.parent.mkdir()
    with gzip.open(path, "wt", encoding="utf8") as file:
        file.write(CONLLU)
    return corpora.treebank(tmp_path, request.param)


def test_trees(treebank: list[Document]) -> None:
    (document,) = treebank
    assert [w.text for w in document.words] == "Ingrid Solvang ca n't go . the University of Oslo 's staff".split()
    assert [w.space_before for w in document.words] == [i not in (3, 5, 10) for i in range(12)]
    assert [i for i, w in enumerate(document.words) if w.break_before] == [0]
    assert document.units == [0, 6]
    assert document.heads == [4, 0, 4, 4, 4, 4, 7, 11, 9, 7, 7, 11]
    assert document.deps[4] == document.deps[11] == "root"
    assert (document.lemmas[3], document.pos[3], document.tags[3]) == ("not", "PART", "RB")


def test_names_come_from_gum_alone(treebank: list[Document], request: pytest.FixtureRequest) -> None:
    (document,) = treebank
    if "ewt" in request.node.name:
        assert document.names == []
    else:  # the names without article and possessor's mark; the span around "staff" has no name for a head
        assert document.names == ["B-PER", "I-PER", *["O"] * 5, "B-ORG", "I-ORG", "I-ORG", "O", "O"]


def test_names_marked_for_this_project_are_found_in_their_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked = {"a": [(0, 14, "PER"), (29, 47, "ORG")]}
    monkeypatch.setattr(corpora, "_marked_names", lambda name: marked)
    path = tmp_path / "syntax-coref" / "ewt-train.conllu.gz"
    path.parent.mkdir()
    with gzip.open(path, "wt", encoding="utf8") as file:
        file.write(CONLLU)
    (web,) = corpora.web_names(tmp_path)
    assert web.names == ["B-PER", "I-PER", *["O"] * 5, "B-ORG", "I-ORG", "I-ORG", "O", "O"]
    polnear(tmp_path)
    (news,) = corpora.news_names(tmp_path)
    assert (news.names[:2], news.roles, news.names_weight) == (["B-PER", "I-PER"], [], 1)


def test_every_name_marked_for_this_project_has_a_type() -> None:
    for file in ("web-names.jsonl", "news-names.jsonl"):
        marked = corpora._marked_names(file)
        assert len(marked) > 100
        for names in marked.values():
            assert all(start < end and type_ in ("PER", "ORG", "LOC", "MISC") for start, end, type_ in names)
            assert all(names[n][1] <= names[n + 1][0] for n in range(len(names) - 1))


def test_written_sentences_lose_their_brackets() -> None:
    (document,) = corpora.written_names()
    words = [word.text for word in document.words]
    assert len(document.units) > 1500
    assert not {"[", "]", "PER"} & set(words)
    assert words[:4] == ["Romano", "Prodi", "returned", "from"]
    assert document.names[:5] == ["B-PER", "I-PER", "O", "O", "B-LOC"]
