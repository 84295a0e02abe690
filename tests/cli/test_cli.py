"""The command line over the real pipeline, store and queries; the tests' simple reader reads the articles."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import spacy
from samples import sample_evidence
from simple_reader import FINGERPRINT, read_simply

import kg.pipeline
from kg.cli import console, extract, main
from kg.errors import ArticleError

COMMANDS = ("build", "add", "retract", "gc", "extract", "query", "view", "export", "evaluate")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kg_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `kg` in a folder of its own with the simple reader; gives exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    for name in ("build", "add"):
        real = getattr(kg.pipeline, name)
        monkeypatch.setattr(kg.pipeline, name, partial(real, extract=read_simply, fingerprint=FINGERPRINT))

    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as exit_:
            main([str(a) for a in arguments])
        out, err = capsys.readouterr()
        assert isinstance(exit_.value.code, int)
        return exit_.value.code, out, err

    return run


def put(**files: str) -> None:
    for name, text in files.items():
        path = Path("in") / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


FRONT = "---\npublished: 2025-01-02\noutlet: The Post\n---\n"
ANNA = FRONT + "Anna Berg said that Carl Dahl was late.\n"
CARL = "Carl Dahl said that the ferry was full.\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples_and_takes_a_store(kg_: Run, command: str) -> None:
    code, out, err = kg_(command, "--help")
    assert (code, err) == (0, "")
    assert f"kg {command}" in out.split("Example", 1)[1]
    assert "--store" in out


def test_help_and_version(kg_: Run) -> None:
    code, out, _ = kg_("--help")
    assert code == 0
    assert all(f" {command} " in out for command in COMMANDS)
    assert kg_()[0] == 2
    code, out, _ = kg_("--version")
    assert (code, out.split()[0], len(out.split())) == (0, "kg", 2)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bogus"], "No such command"),
        (["build", "--nope"], "kg build --help"),
        (["build"], "there is no folder seeds"),
        (["build", "in", "--workers", "0"], "--workers"),
        (["build", "in", "--base", "x"], "not an absolute IRI"),
        (["extract"], "PATH"),
        (["extract", "in", "--format", "pdf"], "--format"),
        (["query", "quotes", "--param", "x"], "'x' is not NAME=VALUE"),
        (["export", "--format", "zzz"], "graphml"),
        (["evaluate", "nonsense", "--data", "."], "attribution"),
    ],
)
def test_wrong_use_is_one_line_and_2(kg_: Run, arguments: list[str], words: str) -> None:
    code, out, err = kg_(*arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert words in err


def test_build_tells_what_it_found_and_a_second_time_that_nothing_changed(kg_: Run) -> None:
    put(anna=ANNA, carl=CARL)
    code, out, err = kg_("build", "in")
    assert (code, err) == (0, "")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert lines[0] == "2 articles: 2 new"
    assert lines[1] == "1 without a date: timelines leave them out"
    assert lines[2] == "1 without an outlet: comparisons of outlets leave them out"
    assert "2 people" in lines
    assert "2 claims: 2 indirect" in lines
    assert "written: output/graph.ttl, output/graph.nq, output/graph.html" in lines
    assert all(Path("output", f"graph.{suffix}").stat().st_size for suffix in ("ttl", "nq", "html"))
    before = Path("output/graph.nq").read_bytes()

    code, out, _ = kg_("build", "in")
    assert code == 0
    assert "2 articles: 2 unchanged" in " ".join(out.split())
    assert out.endswith("nothing changed\n")
    assert Path("output/graph.nq").read_bytes() == before


def test_skipped_articles_cost_a_line_each_and_code_1(kg_: Run) -> None:
    put(anna=ANNA, empty="", refused="REFUSE this", broken="BREAK this")
    Path("in/photo.jpg").write_bytes(b"x")
    code, out, err = kg_("build", "in", "missing.txt")
    assert code == 1
    assert "4 skipped" in " ".join(out.split())
    lines = err.splitlines()
    assert len(lines) == 5
    for words in ("missing.txt: does not", "in/empty.txt: is empty", "refused.txt: is refused", "broken.txt: could"):
        assert any(words in line for line in lines), words
    assert any("passed over: 1 .jpg" in line for line in lines)


def test_nothing_to_build_is_3_with_a_line_for_each_reason(kg_: Run) -> None:
    put(empty="")
    Path("hollow").mkdir()
    code, out, err = kg_("build", "in", "hollow", "missing.txt")
    assert (code, out) == (3, "")
    assert len(err.splitlines()) == 3
    assert not Path("output").exists()


def test_add_retract_and_gc(kg_: Run) -> None:
    put(anna=ANNA, carl=CARL)
    kg_("build", "in/anna.txt", "--store", "s", "--output", "o")
    alone = Path("o/graph.nq").read_bytes()
    code, out, _ = kg_("add", "in/carl.txt", "--store", "s")
    assert (code, " ".join(out.split()).startswith("2 articles: 1 new, 1 unchanged")) == (0, True)
    assert Path("o/graph.nq").read_bytes() == alone
    code, out, _ = kg_("retract", "in/carl.txt", "--store", "s", "--output", "o2")
    assert (code, "1 retracted" in out) == (0, True)
    assert Path("o2/graph.nq").read_bytes() == alone
    assert kg_("gc", "--store", "s") == (0, "forgot 1 record of evidence\n", "")
    assert kg_("gc", "--store", "s") == (0, "nothing to forget\n", "")
    code, _, err = kg_("retract", "carl.txt", "--store", "s")
    assert (code, err.count("\n")) == (3, 1)


def test_an_emptied_store_is_no_failure(kg_: Run) -> None:
    put(anna=ANNA)
    kg_("build", "in")
    code, out, err = kg_("retract", "anna.txt")
    assert (code, err) == (0, "")
    assert "0 articles: 1 retracted" in " ".join(out.split())


def test_queries(kg_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put(anna=ANNA, carl=CARL)
    kg_("build", "in")
    code, out, _ = kg_("query")
    assert code == 0
    assert any(line.startswith("quotes: ") for line in out.splitlines())

    code, out, _ = kg_("query", "quotes", "--format", "csv", "--param", "speaker=Anna Berg")
    assert code == 0
    assert "Carl Dahl was late" in out
    assert "ferry" not in out

    ask = "SELECT ?name WHERE { ?p a schema:Person ; skos:prefLabel ?name } ORDER BY ?name"
    Path("mine.rq").write_text(ask)
    monkeypatch.setattr(sys, "stdin", io.StringIO(ask))
    answers = {kg_("query", question, "--format", "csv") for question in (ask, "mine.rq", "-")}
    assert answers == {(0, "name\r\nAnna Berg\r\nCarl Dahl\r\n", "")}
    code, out, _ = kg_("query", ask, "--format", "json")
    assert [b["name"]["value"] for b in json.loads(out)["results"]["bindings"]] == ["Anna Berg", "Carl Dahl"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["quotess"], 2),
        (["SELECT nonsense"], 2),
        (["nothere.rq"], 2),
        (["quotes", "--param", "nosuch=1"], 2),
        (["quotes", "--store", "elsewhere"], 3),
    ],
)
def test_questions_that_cannot_be_answered(kg_: Run, arguments: list[str], code: int) -> None:
    put(anna=ANNA)
    kg_("build", "in")
    found, out, err = kg_("query", *arguments)
    assert (found, out, err.count("\n")) == (code, "", 1)


def test_view_and_export(kg_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put(anna=ANNA)
    kg_("build", "in", "--output", "o")
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or True)
    assert kg_("view", "--output", "p", "--open") == (0, "p/graph.html\n", "")
    assert Path("p/graph.html").read_bytes() == Path("o/graph.html").read_bytes()
    assert opened == [Path("p/graph.html").resolve().as_uri()]

    assert kg_("export", "--format", "nq")[1].encode() == Path("o/graph.nq").read_bytes()
    assert kg_("export", "--format", "ttl", "--output", "x/y.ttl") == (0, "x/y.ttl\n", "")
    assert Path("x/y.ttl").read_bytes() == Path("o/graph.ttl").read_bytes()
    assert kg_("view", "--store", "elsewhere")[0] == 3


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> None:
    """`kg extract` finds what is in the tests' sample articles, and one article fails."""
    items = [*sample_evidence(), ArticleError("bad.txt", "is empty", "fill it")]
    monkeypatch.setattr(extract, "evidence_of", lambda paths: iter(items))


@pytest.mark.usefixtures("found")
def test_extract_for_reading(kg_: Run) -> None:
    code, out, err = kg_("extract", "in", "--format", "table")
    assert (code, err) == (1, "kg: bad.txt: is empty; fill it\n")
    text = " ".join(out.split())
    assert "Arnarson: “Solvang is wrong” <again> · Harbour Dispatch · 2025-03-06" in text
    for words in ("Ingrid Solvang", "Country NO", "(A senior", "to reporters", "denial"):
        assert words in text
    assert max(map(len, out.splitlines())) <= 120


@pytest.mark.usefixtures("found")
def test_hostile_text_cannot_steer_the_terminal(kg_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    evil = "[bold]x[/bold] :smile: \x1b[2J\x07\u202egnp \x9b1m"
    first = sample_evidence()[0]
    title = {name: getattr(first.article, name) for name in ("path", "body", "outlet")} | {"title": evil}
    hostile = type(first)(type(first.article)(**title), first.entities, first.claims)
    monkeypatch.setattr(extract, "evidence_of", lambda paths: iter([hostile, ArticleError(evil, "a\nb", "c")]))
    _, out, err = kg_("extract", "in", "--format", "table")
    assert err.count("\n") == 1
    for text in (out, err):
        assert "[bold]x[/bold] :smile:" in text
        assert not set("\x1b\x07\x9b\u202e") & set(text)


def test_standard_input_reaches_the_reader(kg_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ANNA.encode())))
    code, out, _ = kg_("build", "-")
    assert (code, out.split()[0]) == (0, "1")


def test_a_mistake_of_ours_is_a_line_too(kg_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_(paths: Any) -> Any:
        raise ZeroDivisionError("oops\nhere")

    monkeypatch.setattr(extract, "evidence_of", break_)
    code, _, err = kg_("extract", "in")
    assert (code, err.count("\n")) == (3, 1)
    assert "KG_DEBUG=1" in err
    monkeypatch.setenv("KG_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["extract", "in"])


def test_stopping_is_130(kg_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(paths: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(extract, "evidence_of", stop)
    assert kg_("extract", "in")[0] == 130


@pytest.mark.parametrize(("done", "skipped", "code"), [(3, 0, 0), (3, 1, 1), (0, 2, 3), (0, 0, 0)])
def test_exit_codes(done: int, skipped: int, code: int) -> None:
    assert console.exit_code(done, skipped) == code


def test_progress_shows_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, shown in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        monkeypatch.setenv("TERM", "xterm")
        with console.progress("reading") as step:
            step(1, 2, "[red]a\x1b[31m.txt")
        assert ("reading" in stream.getvalue()) == shown
        assert "\x1b[31m.txt" not in stream.getvalue()


def test_help_loads_nothing_heavy_and_a_closed_pipe_is_no_error() -> None:
    code = "import sys\nfrom kg.cli import main\ntry: main(['--help'])\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    heavy = {"spacy", "rdflib", "pyoxigraph", "pyvis", "pandas", "numpy", "onnxruntime", "networkx"}
    assert not heavy & set(done.stderr.split())

    listing = [sys.executable, "-c", "from kg.cli import main; main(['query'])"]
    with subprocess.Popen(listing, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_extract_reads_what_is_there(kg_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.pipeline.extraction._shipped_pipeline", lambda: spacy.blank("en"))
    monkeypatch.setattr("kg.extract.evidence_of", lambda doc, article: read_simply(article))
    put(anna=ANNA, broken="BREAK this", refused="REFUSE this")
    code, out, err = kg_("extract", "in", "--format", "table")
    assert code == 1
    assert "Carl Dahl was late" in out
    assert [line.split()[1] for line in err.splitlines()] == ["broken.txt:", "refused.txt:"]
    assert kg_("extract", "in/broken.txt")[0] == 3
