"""build, add, retract, gc: what ends up in the store, and that the way there leaves no trace."""

from __future__ import annotations

import io
import itertools
import multiprocessing
import os
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from simple_reader import FINGERPRINT, read_simply

from kg import pipeline
from kg.config import Settings
from kg.errors import ArticleError, RunError
from kg.model import Article, Evidence
from kg.pipeline import NothingDone, Summary
from kg.store import MEMORY, open_store

TEXTS = {
    "a.txt": "---\ntitle: A\noutlet: The Post\npublished: 2025-01-02\n---\nAnna Berg said that Carl Dahl was late.\n",
    "b.md": "---\nurl: https://example.org/b\n---\nCarl Dahl said that the ferry was full.\n",
    "deep/c d.txt": "Nothing was said.\n",
    "deep/é.txt": "Anna Berg said that “nobody” waits 😀.\nErik Falk said that Anna Berg is right.\n",
}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "in"


def build(paths: Sequence[Path] | Path, store: object, **more: Any) -> Summary:
    return run(pipeline.build, paths, store, **more)


def add(paths: Sequence[Path] | Path, store: object, **more: Any) -> Summary:
    return run(pipeline.add, paths, store, **more)


def run(command: Callable[..., Summary], paths: Sequence[Path] | Path, store: object, **more: Any) -> Summary:
    paths = [paths] if isinstance(paths, Path) else paths
    return command(paths, store, **{"extract": read_simply, "fingerprint": FINGERPRINT, **more})


def graph(store: Path) -> bytes:
    with open_store(store) as opened:
        return b"".join(opened.graph.quads())


def keys(store: Path) -> list[str]:
    with open_store(store) as opened:
        return [h.key for h in opened.record.held()]


def never(article: Article) -> Evidence:
    raise AssertionError(f"{article.path} was extracted again")


def test_a_build_counts_what_it_found(articles: Path, tmp_path: Path) -> None:
    summary = build(articles, tmp_path / "s")
    assert (summary.changed, summary.articles, summary.added, summary.skipped) == (True, 4, 4, ())
    assert (summary.without_date, summary.without_outlet) == (3, 3)
    assert summary.entities == {"Person": 3, "Organisation": 0, "Country": 0, "Place": 0}
    assert summary.claims == {"indirect": 4}
    assert summary.quads == len(graph(tmp_path / "s").splitlines())
    lines = graph(tmp_path / "s").splitlines()
    assert lines == sorted(lines)
    assert str(tmp_path).encode() not in graph(tmp_path / "s")


def test_a_second_build_changes_nothing_and_extracts_nothing(articles: Path, tmp_path: Path) -> None:
    build(articles, tmp_path / "s")
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "s").glob("graph-*/graph.nq")}
    summary = build(articles, tmp_path / "s", extract=never)
    assert (summary.changed, summary.unchanged, summary.added) == (False, 4, 0)
    assert summary.claims == {"indirect": 4}
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "s").glob("graph-*/graph.nq")} == before


def test_queries_find_the_union_in_the_default_graph(articles: Path, tmp_path: Path) -> None:
    build(articles, tmp_path / "s")
    with open_store(tmp_path / "s") as store:
        seen = store.graph.open()
        question = "SELECT ?n {?p <urn:kg:vocabulary#said> ?c; <http://www.w3.org/2004/02/skos/core#prefLabel> ?n}"
        assert sorted(s["n"].value for s in seen.query(question)) == [
            "Anna Berg",
            "Anna Berg",
            "Carl Dahl",
            "Erik Falk",
        ]
        evidence_only = "ASK {?c <urn:kg:vocabulary#sourceMention> ?m}"
        assert not seen.query(evidence_only)
        assert seen.query(evidence_only, use_default_graph_as_union=True)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::5])
def test_one_by_one_in_any_order_is_the_same_as_at_once(articles: Path, tmp_path: Path, order: Sequence[int]) -> None:
    build(articles, tmp_path / "once")
    files = sorted(p for p in articles.rglob("*") if p.is_file())
    for step in order:  # each from a folder of its own, so that it has the relative path it has in the whole
        folder = tmp_path / f"part{step}"
        target = folder / files[step].relative_to(articles)
        target.parent.mkdir(parents=True)
        target.write_bytes(files[step].read_bytes())
        add(folder, tmp_path / "steps")
    assert graph(tmp_path / "steps") == graph(tmp_path / "once")


def test_random_histories_end_in_the_graph_of_their_articles(articles: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    store = tmp_path / "history"
    build(articles, store)
    for _ in range(12):
        names = sorted(str(p.relative_to(articles)) for p in articles.rglob("*") if p.is_file())
        name = chance.choice(names)
        match chance.choice(["change", "retract", "return", "gc"]):
            case "change":
                (articles / name).write_text(f"Anna Berg said that number {chance.random()} won.\n", encoding="utf-8")
                add(articles, store)
            case "retract":
                pipeline.retract([str(articles / name)], store)
                add(articles, store)
            case "return":
                build(articles / name, store)
                build(articles, store)
            case "gc":
                pipeline.gc(store)
    build(articles, tmp_path / "fresh")
    assert graph(store) == graph(tmp_path / "fresh")


def test_workers_leave_no_trace(articles: Path, tmp_path: Path) -> None:
    (articles / "bad.txt").write_text("BREAK\n")
    one, two = (build(articles, tmp_path / f"s{n}", settings=Settings(workers=n)) for n in (1, 2))
    assert graph(tmp_path / "s1") == graph(tmp_path / "s2")
    assert [str(e) for e in one.skipped] == [str(e) for e in two.skipped]


@pytest.mark.parametrize("after", range(4))
def test_an_interrupted_build_keeps_the_old_graph_and_its_own_work(articles: Path, tmp_path: Path, after: int) -> None:
    build(articles / "a.txt", tmp_path / "s")
    old, calls = graph(tmp_path / "s"), []

    def interrupted(article: Article) -> Evidence:
        if len(calls) == after:
            raise KeyboardInterrupt
        calls.append(article)
        return read_simply(article)

    for text in articles.rglob("*.*"):
        text.write_text(text.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        build(articles, tmp_path / "s", extract=interrupted)
    assert (graph(tmp_path / "s"), keys(tmp_path / "s")) == (old, ["a.txt"])
    again: list[Article] = []
    build(articles, tmp_path / "s", extract=lambda a: (again.append(a), read_simply(a))[1])
    assert len(again) == 4 - after
    build(articles, tmp_path / "fresh")
    assert graph(tmp_path / "s") == graph(tmp_path / "fresh")


@pytest.mark.parametrize("where", ["kg.assemble.synthesis_graph", "kg.store.rdf._load", "os.replace"])
def test_a_break_while_the_graph_is_made_is_mended_by_the_next_run(
    articles: Path, tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(articles / "a.txt", tmp_path / "s")
    old = graph(tmp_path / "s")

    def stop(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(where, stop)
    with pytest.raises(KeyboardInterrupt):
        build(articles, tmp_path / "s")
    monkeypatch.undo()
    assert graph(tmp_path / "s") == old
    assert pipeline.gc(tmp_path / "s") == 0
    build(articles, tmp_path / "fresh")
    assert graph(tmp_path / "s") == graph(tmp_path / "fresh")
    assert not build(articles, tmp_path / "s", extract=never).changed


def _build_and_die(articles: Path, store: Path) -> None:
    def deadly(article: Article) -> Evidence:
        if article.path.startswith("deep"):
            os._exit(9)
        return read_simply(article)

    build(articles, store, extract=deadly)


def test_a_killed_build_can_be_taken_up(articles: Path, tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_build_and_die, args=(articles, tmp_path / "s"))
    process.start()
    process.join()
    assert process.exitcode == 9
    build(articles, tmp_path / "s")
    build(articles, tmp_path / "fresh")
    assert graph(tmp_path / "s") == graph(tmp_path / "fresh")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("BREAK", r"ZeroDivisionError: a mistake in the reader"),
        ("REFUSE", "is refused; take the word out"),
        ("", "empty"),
    ],
)
def test_a_bad_article_costs_itself_alone(articles: Path, tmp_path: Path, text: str, message: str) -> None:
    (articles / "bad.txt").write_text(text)
    summary = build(articles, tmp_path / "s")
    assert (summary.articles, len(summary.skipped)) == (4, 1)
    assert "bad.txt" in summary.skipped[0].where
    assert message in str(summary.skipped[0])
    assert "\n" not in str(summary.skipped[0])


@pytest.mark.parametrize(("debug", "shown"), [("1", True), ("0", False)])
def test_tracebacks_are_there_for_the_asking(
    articles: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, debug: str, shown: bool
) -> None:
    monkeypatch.setenv("KG_DEBUG", debug)
    (articles / "bad.txt").write_text("BREAK")
    with open_store(MEMORY, write=True) as store:
        build(articles, store)
    assert ("Traceback" in capfd.readouterr().err) is shown


def test_evidence_of_another_article_is_refused(articles: Path, tmp_path: Path) -> None:
    other = read_simply(Article(path="other.txt", body="Anna Berg said that it rains.\n"))
    with pytest.raises(NothingDone, match="another article"):
        build(articles, tmp_path / "s", extract=lambda article: other)


def test_when_nothing_can_be_used_the_store_stays_as_it_was(articles: Path, tmp_path: Path) -> None:
    build(articles, tmp_path / "s")
    old, bad = graph(tmp_path / "s"), tmp_path / "bad"
    bad.mkdir()
    (bad / "1.txt").write_text("BREAK")
    (bad / "2.txt").write_text("REFUSE")
    for command in (build, add):
        for paths, count in ((bad, 2), ([tmp_path / "nowhere"], 1)):
            with pytest.raises(NothingDone) as error:
                command(paths, tmp_path / "s")  # type: ignore[arg-type]
            assert len(error.value.skipped) == count
    assert (graph(tmp_path / "s"), len(keys(tmp_path / "s"))) == (old, 4)


def test_what_breaks_on_the_way_in_does_not_put_out_what_is_there(articles: Path, tmp_path: Path) -> None:
    build(articles, tmp_path / "s")
    old = graph(tmp_path / "s")
    (articles / "a.txt").write_text("BREAK")
    summary = add(articles, tmp_path / "s")
    assert (summary.changed, summary.unchanged, len(summary.skipped)) == (False, 4, 1)
    assert graph(tmp_path / "s") == old
    assert build(articles, tmp_path / "s").retracted == 1, "a build holds what is at PATH, and that is not"


def test_a_changed_article_takes_the_old_ones_place(articles: Path, tmp_path: Path) -> None:
    build(articles, tmp_path / "s")
    (articles / "a.txt").write_text("Anna Berg said that all is well.\n")
    summary = add(articles / "a.txt", tmp_path / "s")
    assert (summary.superseded, summary.unchanged, summary.added, summary.articles) == (1, 3, 0, 4)
    assert b"was late" not in graph(tmp_path / "s")


def test_build_retracts_what_is_gone_and_takes_it_back_for_nothing(articles: Path, tmp_path: Path) -> None:
    build(articles, tmp_path / "s")
    old = graph(tmp_path / "s")
    (articles / "a.txt").rename(tmp_path / "a.txt")
    assert build(articles, tmp_path / "s").retracted == 1
    assert b"was late" not in graph(tmp_path / "s")
    (tmp_path / "a.txt").rename(articles / "a.txt")
    assert build(articles, tmp_path / "s", extract=never).added == 1
    assert graph(tmp_path / "s") == old


@pytest.mark.parametrize(
    ("names", "gone"),
    [
        (["a.txt"], ["a.txt"]),
        (["in/a.txt"], ["a.txt"]),
        (["in/deep/c d.txt"], ["deep/c d.txt"]),
        (["in/deep/e\u0301.txt"], ["deep/é.txt"]),
        (["https://example.org/b"], ["https://example.org/b"]),
        (["b.md"], ["https://example.org/b"]),
        (["in/b.md"], ["https://example.org/b"]),
        ([Article(path="a.txt", body="").id], ["a.txt"]),
        (["urn:kg:article:" + Article(path="a.txt", body="").id], ["a.txt"]),
    ],
)
@pytest.mark.parametrize("on_disk", [True, False])
def test_articles_are_retracted_by_any_of_their_names(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], gone: list[str], on_disk: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    build(articles, tmp_path / "s")
    everything = keys(tmp_path / "s")
    if not on_disk:
        articles.rename(tmp_path / "elsewhere")
    summary = pipeline.retract(names, tmp_path / "s")
    assert (summary.changed, summary.retracted, summary.skipped) == (True, len(gone), ())
    assert keys(tmp_path / "s") == [key for key in everything if key not in gone]


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("in", []),
        ("in/deep", ["a.txt", "https://example.org/b"]),
        ("deep/", ["a.txt", "https://example.org/b"]),
        ("in/table.csv", ["a.txt", "deep/c d.txt", "deep/é.txt", "https://example.org/b"]),
    ],
)
def test_folders_and_tables_stand_for_all_their_articles(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, left: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (articles / "table.csv").write_text("text\nAnna Berg said that it rains.\nErik Falk said that it does not.\n")
    build(articles, tmp_path / "s")
    if "table" not in name and left:
        pipeline.retract(["in/table.csv"], tmp_path / "s")
    assert pipeline.retract([name], tmp_path / "s").skipped == ()
    assert keys(tmp_path / "s") == left


def test_of_two_articles_of_one_name_the_one_at_the_path_is_meant(articles: Path, tmp_path: Path) -> None:
    (articles / "deep" / "a.txt").write_text("Erik Falk said that this is another one.\n")
    build(articles, tmp_path / "s")
    pipeline.retract([articles / "deep" / "a.txt"], tmp_path / "s")
    assert "a.txt" in keys(tmp_path / "s")
    assert "deep/a.txt" not in keys(tmp_path / "s")


def test_names_that_mean_nothing_are_told(articles: Path, tmp_path: Path) -> None:
    build(articles, tmp_path / "s")
    summary = pipeline.retract(["a.txt", "t.txt", "A.txt"], tmp_path / "s")
    assert [e.where for e in summary.skipped] == ["t.txt", "A.txt"]
    with pytest.raises(NothingDone, match=r"a\.txt: is no article of the store"):
        pipeline.retract(["a.txt"], tmp_path / "s")


def test_all_articles_can_be_retracted(articles: Path, tmp_path: Path) -> None:
    build(articles, tmp_path / "s")
    summary = pipeline.retract(keys(tmp_path / "s"), tmp_path / "s")
    assert (summary.articles, summary.retracted, summary.claims) == (0, 4, {})
    assert pipeline.gc(tmp_path / "s") == 4
    assert build(articles, tmp_path / "s").added == 4


def test_gc_makes_a_later_return_cost_an_extraction(articles: Path, tmp_path: Path) -> None:
    build(articles, tmp_path / "s")
    pipeline.retract(["a.txt"], tmp_path / "s")
    old = graph(tmp_path / "s")
    assert (pipeline.gc(tmp_path / "s"), pipeline.gc(tmp_path / "s")) == (1, 0)
    assert graph(tmp_path / "s") == old
    with pytest.raises(NothingDone, match="extracted again"):
        add(articles / "a.txt", tmp_path / "s", extract=never)


def test_a_store_never_mixes_extractors(articles: Path, tmp_path: Path) -> None:
    build(articles, tmp_path / "s")
    (tmp_path / "in2").mkdir()
    (tmp_path / "in2" / "new.txt").write_text("Anna Berg said that it rains.\n")
    read: list[str] = []

    def other(article: Article) -> Evidence:
        read.append(article.path)
        return read_simply(article)

    summary = add(tmp_path / "in2", tmp_path / "s", extract=other, fingerprint="other")
    assert sorted(read) == ["a.txt", "b.md", "deep/c d.txt", "deep/é.txt", "new.txt"]
    assert (summary.reread, summary.unchanged, summary.added) == (4, 4, 1)
    for path in articles.rglob("*.*"):
        (tmp_path / "in2" / path.relative_to(articles)).parent.mkdir(exist_ok=True)
        (tmp_path / "in2" / path.relative_to(articles)).write_bytes(path.read_bytes())
    build(tmp_path / "in2", tmp_path / "fresh", fingerprint="other")
    assert graph(tmp_path / "s") == graph(tmp_path / "fresh")
    assert b"simple-1" not in graph(tmp_path / "s")


def test_the_base_of_iris_is_kept_by_the_store(articles: Path, tmp_path: Path) -> None:
    base = "https://example.org/kg/"
    build(articles / "a.txt", tmp_path / "s", settings=Settings(base=base))
    add(articles, tmp_path / "s")
    build(articles, tmp_path / "fresh", settings=Settings(base=base))
    assert graph(tmp_path / "s") == graph(tmp_path / "fresh")
    assert base.encode() in graph(tmp_path / "s")
    with open_store(tmp_path / "s") as store:
        assert store.graph.open().query("ASK { ?c <urn:kg:vocabulary#speaker> ?p }")


@pytest.mark.parametrize(
    "settings", [{"base": "nothing"}, {"base": "urn:a b:"}, {"base": "http://x/>"}, {"workers": 0}]
)
def test_settings_that_cannot_be_used_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(RunError):
        Settings(**settings)


def test_a_damaged_graph_is_made_again(articles: Path, tmp_path: Path) -> None:
    build(articles, tmp_path / "s")
    old = graph(tmp_path / "s")
    for file in (tmp_path / "s").glob("graph-*/rdf/*"):
        file.write_bytes(b"")
    build(articles, tmp_path / "s", extract=never)
    with open_store(tmp_path / "s") as store:
        assert len(store.graph.open()) > 0
    assert graph(tmp_path / "s") == old


def test_the_order_of_paths_and_a_path_given_twice_make_no_difference(articles: Path, tmp_path: Path) -> None:
    files = [articles / "a.txt", articles / "b.md"]
    build(files, tmp_path / "s1")
    build([files[1], files[0], files[1]], tmp_path / "s2")
    assert graph(tmp_path / "s1") == graph(tmp_path / "s2")


def test_standard_input_is_an_article(tmp_path: Path) -> None:
    summary = build([Path("-")], tmp_path / "s", stdin=io.BytesIO(b"Anna Berg said that it rains.\n"))
    assert summary.claims == {"indirect": 1}


def test_progress_names_each_article_once(articles: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    build(articles, tmp_path / "s", progress=lambda done, total, name: seen.append((done, total, name)))
    assert [(done, total) for done, total, _ in seen] == [(n, 4) for n in range(1, 5)]
    assert [name for *_, name in seen] == ["a.txt", "b.md", "deep/c d.txt", "deep/é.txt"]


def test_a_store_in_memory_holds_the_same_graph(articles: Path, tmp_path: Path) -> None:
    build(articles, tmp_path / "s")
    with open_store(MEMORY, write=True) as store:
        build(articles, store)
        assert b"".join(store.graph.quads()) == graph(tmp_path / "s")


def test_a_store_opened_for_reading_is_not_written(articles: Path, tmp_path: Path) -> None:
    build(articles, tmp_path / "s")
    with open_store(tmp_path / "s") as store, pytest.raises(RunError, match="reading only"):
        build(articles, store)


def test_an_extractor_needs_a_name() -> None:
    with pytest.raises(TypeError, match="fingerprint"):
        pipeline.build(["x"], MEMORY, extract=read_simply)


def test_an_article_that_cannot_be_assembled_is_named(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(evidence: Evidence, *rest: object) -> None:
        raise ValueError("no IRI")

    monkeypatch.setattr("kg.assemble.article_graphs", fail)
    with pytest.raises(RunError, match=r"kg retract 'a\.txt'") as error:
        build(articles, tmp_path / "s")
    assert not isinstance(error.value, ArticleError)


def test_an_article_is_assembled_once_and_again_by_other_code(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg import assemble

    made: list[str] = []
    real = assemble.article_graphs

    def counting(evidence: Evidence, *rest: Any) -> Any:
        made.append(evidence.article.path)
        return real(evidence, *rest)

    monkeypatch.setattr("kg.assemble.article_graphs", counting)
    build([articles / "a.txt", articles / "b.md"], tmp_path / "s")
    add(articles / "deep", tmp_path / "s")
    pipeline.retract(["a.txt"], tmp_path / "s")
    assert sorted(made) == ["a.txt", "b.md", "c d.txt", "é.txt"]
    old = graph(tmp_path / "s")
    monkeypatch.setattr("kg.pipeline.graph._code_digest", lambda: "other code")
    assert not add(articles / "deep", tmp_path / "s", extract=never).changed
    assert sorted(made[4:]) == ["b.md", "c d.txt", "é.txt"]
    assert graph(tmp_path / "s") == old
