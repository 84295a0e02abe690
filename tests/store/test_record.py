"""The system of record."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from samples import sample_evidence

from kg.errors import RunError
from kg.model import Article, Claim, Evidence, Span
from kg.store import Record

EVIDENCE = sample_evidence()
VERSIONS = [e.article.version for e in EVIDENCE]


@pytest.fixture
def record(tmp_path: Path) -> Record:
    record = Record(tmp_path / "record.sqlite")
    for evidence in EVIDENCE:
        record.put(evidence, "f1")
    return record


def test_evidence_comes_back_equal_in_the_order_of_keys_after_reopening(record: Record) -> None:
    record.hold(VERSIONS, "f1")
    record.close()
    assert record.path
    again = Record(record.path)
    assert list(again.evidence()) == sorted(EVIDENCE, key=lambda e: e.article.key)
    assert [h.id for h in again.held()] == [e.article.id for e in again.evidence()]
    assert list(again.articles()) == [e.article for e in again.evidence()]
    assert again.fingerprint == "f1"


@pytest.mark.parametrize("body", ["\0nul “quotes” 😀\r\n", "", "'); DROP TABLE held; --"])
def test_any_text_survives(tmp_path: Path, body: str) -> None:
    article = Article(path="a'b\".txt", body=body)
    evidence = Evidence(article, (), (Claim("c1", "direct", (Span(0, 1, body[:1]),), Span(0, 1, body[:1])),))
    record = Record(tmp_path / "r")
    record.put(evidence, "f")
    record.hold([article.version], "f")
    assert list(record.evidence()) == [evidence]


def test_what_is_put_is_not_held_until_it_is_said_so(record: Record) -> None:
    assert record.held() == ()
    assert record.fingerprint is None
    assert record.has(VERSIONS[0], "f1")
    assert not record.has(VERSIONS[0], "f2")


def test_a_refused_switch_changes_nothing(record: Record) -> None:
    record.hold(VERSIONS[:2], "f1")
    before = record.held()
    newer = replace(EVIDENCE[0], article=replace(EVIDENCE[0].article, body="Other."), entities=(), claims=())
    record.put(newer, "f1")
    for versions, fingerprint in (
        ([VERSIONS[2], "unknown"], "f1"),
        (VERSIONS, "f2"),  # no evidence by this extractor
        ([VERSIONS[0], newer.article.version], "f1"),  # one key twice
    ):
        with pytest.raises(ValueError, match="version"):
            record.hold(versions, fingerprint)
        assert (record.held(), record.fingerprint) == (before, "f1")


def test_an_article_is_written_whole_or_not_at_all(record: Record, tmp_path: Path) -> None:
    broken = replace(EVIDENCE[0], article=replace(EVIDENCE[0].article, body="Other."))
    claims = [*broken.claims, replace(broken.claims[0], id=None)]  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        record.put(replace(broken, claims=tuple(claims)), "f1")
    assert not record.has(broken.article.version, "f1")
    record.put(broken, "f1")
    assert record.has(broken.article.version, "f1")


def test_gc_forgets_what_is_not_held(record: Record) -> None:
    record.put(EVIDENCE[0], "f2")
    record.hold(VERSIONS[:1], "f2")
    assert record.gc() == 3
    assert record.gc() == 0
    assert list(record.evidence()) == [EVIDENCE[0]]
    assert not record.has(VERSIONS[1], "f1")
    assert record.search("patience")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("PATIENCE", 1),
        ("running patience", 1),
        ("patience absentword", 0),
        ("'patience' OR \"", 1 - 1),
        ("NEAR(", 0),
        ("“", 0),
        ("\0 ", 0),
        ("patience -out", 1),
    ],
)
def test_search_takes_words_as_they_are(record: Record, words: str, found: int) -> None:
    record.hold(VERSIONS, "f1")
    assert len(record.search(words)) == found


def test_search_sees_only_what_is_held(record: Record) -> None:
    assert record.search("patience") == ()
    record.hold(VERSIONS, "f1")
    hit = record.search("patience")[0]
    evidence = next(e for e in record.evidence() if e.article.key == hit.key)
    assert hit.text in [" ".join(s.text for s in c.content) for c in evidence.claims if c.id == hit.claim]


def _other_database(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE x (y)")


def _newer_layout(path: Path) -> None:
    Record(path).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("spoil", "advice"),
    [
        (lambda path: path.write_bytes(b"not a database, but long enough to be looked at " * 40), "build again"),
        (_other_database, "another folder"),
        (_newer_layout, "new folder"),
    ],
)
def test_foreign_and_broken_files_are_refused_by_name(tmp_path: Path, spoil: object, advice: str) -> None:
    path = tmp_path / "record.sqlite"
    spoil(path)  # type: ignore[operator]
    with pytest.raises(RunError, match=advice) as error:
        Record(path)
    assert str(path) in str(error.value)


def test_damaged_evidence_names_the_article(record: Record) -> None:
    record.hold(VERSIONS, "f1")
    assert record.path
    with sqlite3.connect(record.path) as db:
        db.execute("UPDATE evidence SET data = x'00' WHERE version = ?", (VERSIONS[0],))
    with pytest.raises(RunError, match=f"{EVIDENCE[0].article.path} is damaged"):
        list(record.evidence())


def test_quads_are_kept_for_their_maker_until_the_evidence_goes(record: Record) -> None:
    lines = '<urn:a> <urn:b> "“é”" <urn:c> .\n'.encode()
    record.keep_quads(VERSIONS[0], "f1", "m1", lines)
    record.keep_quads(VERSIONS[1], "f1", "m1", b"")
    assert record.quads(VERSIONS[0], "f1", "m1") == lines
    assert record.quads(VERSIONS[1], "f1", "m1") == b""
    assert record.quads(VERSIONS[0], "f1", "m2") is None
    record.keep_quads(VERSIONS[0], "f1", "m2", b"new")
    assert (record.quads(VERSIONS[0], "f1", "m1"), record.quads(VERSIONS[0], "f1", "m2")) == (None, b"new")
    record.hold(VERSIONS[:1], "f1")
    record.gc()
    assert record.quads(VERSIONS[0], "f1", "m2") == b"new"
    assert record.quads(VERSIONS[1], "f1", "m1") is None
