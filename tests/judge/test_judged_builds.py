"""Judgements through build, add, retract and gc: the graph follows, and nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from court import entry
from simple_reader import FINGERPRINT, read_simply

import kg
from kg import pipeline
from kg.errors import RunError
from kg.judge import Entry, Hide, Pair, Speaker, Undo, append, quote_claim, quote_mention, read_ledger, to_line
from kg.model import Article, Evidence
from kg.pipeline import Summary
from kg.store import MEMORY, open_store

TEXTS = {
    "a.txt": "Anna Berg said that Carl Dahl was late.\nCarl Dahl said that the ferry was full.\n",
    "b.txt": "Anna Berg said that nobody waits.\nAnne Berg said that Anna Berg is right.\n",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in TEXTS.items():
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    return tmp_path


def build(store: object = "s", **more: Any) -> Summary:
    return pipeline.build(["in"], store, **{"extract": read_simply, "fingerprint": FINGERPRINT, **more})  # type: ignore[arg-type]


def graph(store: str = "s") -> bytes:
    with open_store(store) as opened:
        return b"".join(opened.graph.quads())


def never(article: Article) -> Evidence:
    raise AssertionError(f"{article.path} was extracted again")


def read(name: str) -> Evidence:
    return read_simply(Article(path=name, body=TEXTS[name]))


def mention(article: str, name: str) -> Any:
    record = read(article)
    return quote_mention(record.article, next(e for e in record.entities if e.name == name).mentions[0])


def claim(article: str, number: int) -> Any:
    record = read(article)
    return quote_claim(record.article, record.claims[number - 1])


SAME = entry(Pair("same", mention("a.txt", "Anna Berg"), mention("b.txt", "Anne Berg")))
HIDE = entry(Hide(claim("a.txt", 2)), 1)
SAID = entry(Speaker(claim("b.txt", 1), (mention("a.txt", "Carl Dahl"),)), 2, "Bo")


def ledger(*entries: Entry, path: str = "judgements.jsonl") -> Path:
    Path(path).unlink(missing_ok=True)
    Path(path).touch()
    for one in entries:
        append(Path(path), one)
    return Path(path)


def said(store: str = "s") -> list[tuple[object, object]]:
    with kg.open(store) as graph:
        return [(row["speaker"], row["content"]) for row in graph.query("quotes").records()]


@pytest.mark.usefixtures("here")
def test_a_new_judgement_makes_the_graph_follow_and_an_unchanged_ledger_does_not() -> None:
    build()
    plain = graph()
    assert len(said()) == 4
    ledger(SAME, HIDE, SAID)
    summary = build(extract=never)
    assert (summary.changed, summary.judgements, summary.orphans, summary.conflicts) == (True, 3, (), ())
    assert summary.entities["Person"] == 2
    assert sorted(said()) == [
        ("Anna Berg", "Anna Berg is right"),
        ("Anna Berg", "Carl Dahl was late"),
        ("Carl Dahl", "nobody waits"),
    ]
    judged = graph()
    again = build(extract=never)
    assert (again.changed, again.judgements, graph()) == (False, 3, judged)
    ledger(SAME, HIDE, SAID, *(entry(Undo(one.id), 5 + n) for n, one in enumerate((SAME, HIDE, SAID))))
    undone = build(extract=never)
    assert (undone.changed, undone.judgements) == (True, 0)
    assert {line for line in graph().splitlines() if b"graph:judgements" not in line} == set(plain.splitlines())


@pytest.mark.usefixtures("here")
def test_the_files_hide_what_is_hidden_and_keep_the_evidence() -> None:
    build()
    with open_store("s") as store:
        rows = list(store.graph.open().query("SELECT ?c { ?c <urn:kg:vocabulary#speaker> ?p }"))
    everyone = {row["c"].value for row in rows}
    ledger(HIDE)
    build(extract=never)
    pipeline.write_files("s", "out")
    turtle, quads = Path("out/graph.ttl").read_text(), Path("out/graph.nq").read_text()
    (hidden,) = (iri for iri in everyone if f"<{iri}> a kg:Claim" not in turtle)
    assert hidden not in turtle
    assert "kg:Judgement" not in turtle
    evidence = [line for line in quads.splitlines() if line.startswith(f"<{hidden}>")]
    assert evidence
    assert all("urn:kg:graph:evidence" in line for line in evidence)
    with kg.open("s") as opened:
        assert opened.search("ferry") == ()
        assert len(opened.search("late")) == 1
    ledger()
    build(extract=never)
    with kg.open("s") as opened:
        assert len(opened.search("ferry")) == 1


@pytest.mark.usefixtures("here")
def test_every_way_gives_the_same_bytes(here: Path) -> None:
    ledger(SAME, HIDE, SAID)
    build()
    whole = graph()
    Path("judgements.jsonl").write_bytes(to_line(SAID) + to_line(HIDE) + b"\n" + to_line(SAME) + to_line(HIDE))
    assert not build(extract=never).changed
    build("fresh")
    with open_store(MEMORY, write=True) as store:
        build(store)
        assert b"".join(store.graph.quads()) == graph("fresh") == whole
    for name in ("b.txt", "a.txt"):  # one by one, the judgements first of no effect
        Path("part", name).parent.mkdir(exist_ok=True)
        Path("part", name).write_text(TEXTS[name])
        summary = pipeline.add(["part"], "steps", extract=read_simply, fingerprint=FINGERPRINT)
        assert len(summary.orphans) == (3 if name == "b.txt" else 0)
    assert graph("steps") == whole
    pipeline.retract(["a.txt"], "steps")
    assert graph("steps") != whole
    build("steps", extract=never)
    assert graph("steps") == whole


@pytest.mark.usefixtures("here")
def test_judgements_outlive_another_reader_and_a_changed_text() -> None:
    ledger(SAME, HIDE, SAID)
    build()
    before = sorted(said())
    assert build(fingerprint="another").judgements == 3
    assert sorted(said()) == before
    for name, text in TEXTS.items():
        Path("in", name).write_text(f"It was a long day in the harbour.\n\n{text}\nWe shall see.\n")
    summary = build()
    assert (summary.superseded, summary.judgements, summary.orphans) == (2, 3, ())
    assert sorted(said()) == before
    Path("in", "a.txt").write_text("Anna Berg said that Carl Dahl was late.\nCarl Dahl said that the ferry sank.\n")
    summary = build()
    assert (summary.judgements, len(summary.orphans)) == (2, 1)
    assert HIDE.id in summary.orphans[0]
    assert ("Carl Dahl", "the ferry sank") in said()
    assert build(extract=never).orphans == summary.orphans, "they are told as long as they are there"


@pytest.mark.usefixtures("here")
def test_conflicts_are_told() -> None:
    ledger(SAME, entry(Pair("different", SAME.decision.one, SAME.decision.other), 7, "Bo"))  # type: ignore[union-attr]
    summary = build()
    assert (summary.judgements, len(summary.conflicts)) == (1, 1)
    assert summary.entities["Person"] == 3


@pytest.mark.usefixtures("here")
def test_a_broken_ledger_stops_every_command_and_changes_nothing() -> None:
    path = ledger(SAME)
    build()
    before = graph()
    path.write_bytes(path.read_bytes() + b"{\n")
    Path("in", "a.txt").write_text("Anna Berg said that all is well.\n")
    for command in (
        build,
        lambda: pipeline.retract(["a.txt"], "s"),
        lambda: pipeline.gc("s"),
        lambda: pipeline.follow("s"),
    ):
        with pytest.raises(RunError, match=r"judgements\.jsonl, line 2"):
            command()
    assert graph() == before
    with open_store("s") as store:
        assert len(store.record.held()) == 2


@pytest.mark.usefixtures("here")
def test_a_ledger_that_is_gone_stops_and_an_empty_one_is_a_decision() -> None:
    path = ledger(SAME)
    build()
    before = graph()
    path.rename("elsewhere.jsonl")
    with pytest.raises(RunError, match="are not there"):
        build()
    assert graph() == before
    assert not build(judgements="elsewhere.jsonl").changed
    Path("empty.jsonl").touch()
    assert build(judgements="empty.jsonl").judgements == 0
    assert b"graph:judgements" not in graph()
    assert build(judgements="not yet.jsonl").judgements == 0


@pytest.mark.usefixtures("here")
def test_a_store_remembers_its_ledger_from_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("sources").mkdir()
    ledger(SAME, path="sources/decided.jsonl")
    build(judgements="sources/decided.jsonl")
    store = Path("s").resolve()
    Path("other").mkdir()
    monkeypatch.chdir("other")
    append(Path("judgements.jsonl"), HIDE)
    assert not pipeline.follow(store).changed
    with open_store(store) as opened:
        assert [e.id for e in read_ledger(pipeline.ledger_path(opened))] == [SAME.id]


@pytest.mark.usefixtures("here")
def test_the_graph_can_follow_without_reading_articles() -> None:
    with pytest.raises(RunError, match="build it first"):
        pipeline.follow("s")
    build()
    with open_store("s") as store:
        assert pipeline.outdated(store) is None
    ledger(HIDE)
    with open_store("s") as store:
        assert "kg judge apply" in (pipeline.outdated(store) or "")
    summary = pipeline.follow("s")
    assert (summary.changed, summary.unchanged, summary.judgements) == (True, 2, 1)
    assert len(said()) == 3
    with open_store("s") as store:
        assert pipeline.outdated(store) is None
    with kg.build("in", store=MEMORY, extract=read_simply, fingerprint=FINGERPRINT, judgements="none.jsonl") as built:
        assert len(built.query("quotes")) == 4


@pytest.mark.usefixtures("here")
def test_what_was_left_in_doubt_is_listed_until_somebody_judges(capsys: pytest.CaptureFixture[str]) -> None:
    from kg.cli import main

    for name, who in (("c.txt", "Johan Lund"), ("d.txt", "Johann Lund")):
        Path("in", name).write_text(f"{who} said that it rained.\n", encoding="utf-8")
    build()

    def listed() -> list[str]:
        with pytest.raises(SystemExit):
            main(["judge", "list", "--unsure", "--store", "s"])
        return capsys.readouterr().out.splitlines()

    assert listed() == ["Johan Lund@c.txt and Johann Lund@d.txt may be one: 2.80 points"]
    for relation, lines in (("same", 0), ("different", 0), ("unsure", 1)):
        with pytest.raises(SystemExit):
            main(["judge", relation, "Johan Lund", "Johann Lund", "--store", "s", "--author", "Ann"])
        capsys.readouterr()
        found = listed()
        assert len(found) == lines
    assert "“Johan Lund” (c.txt) and “Johann Lund” (d.txt) may be the same or not" in found[0]
