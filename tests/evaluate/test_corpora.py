"""Readers: what they give, and how they say what is wrong with a file."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.errors import RunError
from kg.evaluate import corpora
from kg.evaluate.trees import trees


def quoted(document: corpora.NamedDocument) -> list[tuple[str, str]]:
    return [(document.text[start:end], type_) for start, end, type_ in document.names]


def test_polnear_spans_lose_outer_white_space_only(data: Path) -> None:
    first, second = corpora.polnear(data, "dev")
    pieces = [[first.text[s:e] for s, e in a.source + a.cue + a.content] for a in first.attributions]
    assert pieces == [["Ms. Kerr", "said", "taxes would fall"], ["her aide", "warned", "“We wait,”", "in Bonn"]]
    assert (second.publisher, second.attributions[0].source) == ("politico", ())


def test_silver_names_stand_in_their_article(data: Path) -> None:
    assert [quoted(d) for d in corpora.silver(data, "dev")] == [[("Kerr", "PER"), ("Bonn", "LOC")]]


@pytest.mark.parametrize(
    ("labels", "repaired"),
    [
        ("B-PER I-PER O", "B-PER I-PER O"),
        ("I-PER I-PER O I-PER", "B-PER I-PER O B-PER"),
        ("I-PER I-ORG", "B-PER B-ORG"),
        ("B-PER B-PER I-PER", "B-PER B-PER I-PER"),
    ],
)
def test_labels_become_bio(labels: str, repaired: str) -> None:
    assert " ".join(corpora.repaired(labels.split())) == repaired


def test_tagged_sentences_give_names(data: Path) -> None:
    assert next(corpora.tagged(data, "crossner-politics-dev")).names == ((0, 1, "PER"), (1, 2, "PER"), (3, 4, "LOC"))
    assert next(corpora.tagged(data, "wikigold")).names == ((0, 2, "ORG"), (2, 3, "LOC"), (4, 5, "MISC"))


def test_re3d_gives_proper_names_and_splits_by_title(data: Path) -> None:
    held_out, rest = list(corpora.re3d(data, dev=True)), list(corpora.re3d(data, dev=False))
    assert ([d.id for d in held_out], [d.id for d in rest]) == (["doc-3"], ["doc-0"])
    assert [d.id for d in corpora.re3d(data)] == ["doc-0", "doc-3"]
    # the title, the pronoun, the cut word and the possessive are gone; Iraq, both place and actor, is a place
    assert quoted(held_out[0]) == [("John Roe", "PER"), ("Iraq", "LOC"), ("UN", "ORG")]


@pytest.mark.parametrize(
    ("text", "type_", "name"),
    [
        ("the Department of Treasury’s", "Organisation", "Department of Treasury"),
        ("Abu Bakr al-Baghdadi", "Person", "Abu Bakr al-Baghdadi"),
        ("President Obama", "Person", "Obama"),
        ("Iraqi", "Nationality", "Iraqi"),
        ("northern Iraq", "Location", None),
        ("We", "Organisation", None),
        ("Paris, France", "Location", None),
        ("Toyota", "Vehicle", None),
    ],
)
def test_re3d_names(text: str, type_: str, name: str | None) -> None:
    found = corpora.re3d_names(text, [(0, len(text), type_)])
    assert [text[start:end] for start, end, _ in found] == ([] if name is None else [name])


def test_trees_have_text_words_and_paragraphs(data: Path) -> None:
    email, weblog = trees(data, "ewt-dev")
    assert (email.id, email.genre, email.text) == ("email-x1", "email", "She can't stay. Yes!")
    assert [email.text[w.start : w.end] for w in email.words] == ["She", "ca", "n't", "stay", ".", "Yes", "!"]
    assert [w.head for w in email.words] == [3, 3, 3, 3, 3, 5, 5]
    assert [w.space_after for w in email.words] == [True, False, True, False, True, False, True]
    assert (email.sentences, weblog.text) == (((0, 5), (5, 7)), "Rain fell")
    news, vlog, _ = trees(data, "gum-dev")
    assert (news.genre, news.text, news.paragraphs) == ("news", "Rain fell\n\nShe can't stay. Yes!", frozenset({0, 2}))
    assert vlog.genre == "vlog"


def test_multiword_token_that_is_not_its_words_is_shared_out(tmp_path: Path) -> None:
    rows = [
        "1-2\tdu\t" + "\t".join("_" * 8),
        "1\tde\tde\tADP\tIN\t_\t2\tcase\t_\t_",
        "2\tle\tle\tDET\tDT\t_\t0\troot\t_\t_",
    ]
    path = tmp_path / "syntax-coref" / "x.conllu.gz"
    path.parent.mkdir()
    path.write_bytes(gzip.compress("\n".join(rows).encode()))  # and no empty line at the end
    (document,) = trees(tmp_path, "x")
    assert (document.text, [(w.form, w.start, w.end) for w in document.words]) == ("du", [("de", 0, 2), ("le", 2, 2)])


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "not a JSON value"),
        ("[1]", "a JSON object expected, found list"),
        ('{"tokens": ["a"]}', "no 'labels' there"),
        ('{"tokens": ["a"], "labels": []}', "1 tokens but 0 labels"),
        ('{"tokens": ["a"], "labels": ["PER"]}', "label 'PER' is not O, B-TYPE or I-TYPE"),
    ],
)
def test_a_bad_record_is_named_by_file_and_line(tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "entities" / "x.jsonl.gz"
    path.parent.mkdir()
    path.write_bytes(gzip.compress(f'{{"tokens": [], "labels": []}}\n\n{line}\n'.encode()))
    with pytest.raises(RunError) as caught:
        list(corpora.tagged(tmp_path, "x"))
    assert str(caught.value).startswith(f"{path}:3: {problem}")


def test_a_span_outside_its_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "attribution" / "polnear-dev.jsonl.gz"
    path.parent.mkdir()
    attribution = '{"source": [], "cue": [[0, 9]], "content": []}'
    line = f'{{"id": "a", "publisher": "p", "date": "d", "text": "short", "attributions": [{attribution}]}}'
    path.write_bytes(gzip.compress(line.encode()))
    with pytest.raises(RunError, match=r":1: span \[0, 9\] does not lie in the text of 5 characters"):
        list(corpora.polnear(tmp_path, "dev"))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (gzip.compress(b"1\tOne\n"), ":1: 10 columns separated by tabs expected, found 2"),
        (gzip.compress(b"1\ta\ta\tX\tX\t_\tup\tdep\t_\t_\n"), ":1: invalid literal"),
        (gzip.compress(b"2\ta\ta\tX\tX\t_\t0\troot\t_\t_\n"), ":1: word 2 where word 1 was expected"),
        (gzip.compress(b"1\ta\ta\tX\tX\t_\t7\tdep\t_\t_\n"), ":1: a word of this sentence has a head outside"),
        (b"plain text", ":1: cannot be read as gzipped UTF-8 text"),
        (gzip.compress("é".encode("latin-1")), ":1: cannot be read as gzipped UTF-8 text"),
        (gzip.compress(b"# a\n" * 999)[:-12], "cannot be read as gzipped UTF-8 text"),
        (None, ": no such file"),
    ],
)
def test_a_bad_treebank_is_named_by_file_and_line(tmp_path: Path, content: bytes | None, problem: str) -> None:
    path = tmp_path / "syntax-coref" / "x.conllu.gz"
    path.parent.mkdir()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RunError) as caught:
        list(trees(tmp_path, "x"))
    assert str(caught.value).startswith(str(path))
    assert problem in str(caught.value)
