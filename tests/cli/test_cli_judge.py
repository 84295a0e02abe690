"""`kg judge` as a person uses it, on the sample articles with their perfect evidence."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from samples import sample_evidence

import kg
from kg.cli import judge, main
from kg.judge import read_ledger
from kg.model import Article, Evidence

Run = Callable[..., tuple[int, str, str]]
EVIDENCE = {record.article.body: record for record in sample_evidence()}
SUBCOMMANDS = ("same", "different", "unsure", "speaker", "wrong", "hide", "undo", "apply", "list", "why")


def perfect(article: Article) -> Evidence:
    """The sample evidence of the article with this body."""
    return EVIDENCE[article.body]


@pytest.fixture
def kg_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `kg` in a folder with a store of the samples; gives exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    for record in sample_evidence():
        article = record.article
        path = Path("in", article.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        names = ("title", "outlet", "author", "published", "url", "language")
        facts = [f"{name}: {str(getattr(article, name))!r}\n" for name in names if getattr(article, name)]
        path.write_text(f"---\n{''.join(facts)}---\n{article.body}" if facts else article.body, "utf-8", newline="")
    kg.build("in", store="output/store", extract=perfect, fingerprint="perfect").close()
    minutes = itertools.count(10)
    monkeypatch.setattr(judge, "now", lambda: f"2025-04-01T10:{next(minutes)}:00.000+00:00")
    monkeypatch.setattr(judge, "default_author", lambda: "Ann")

    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as exit_:
            main([str(a) for a in arguments])
        out, err = capsys.readouterr()
        assert isinstance(exit_.value.code, int)
        return exit_.value.code, out, err

    return run


def claim(kg_: Run, words: str) -> str:
    """The last part of a claim's IRI, as `kg query quotes` shows it."""
    with kg.open("output/store") as graph:
        return next(str(r["claim"]) for r in graph.query("quotes", text=words).records()).rsplit(":", 1)[-1]


def test_every_subcommand_has_help_with_an_example_a_store_and_a_ledger(kg_: Run) -> None:
    out = kg_("judge", "--help")[1]
    assert all(f" {name} " in out for name in SUBCOMMANDS)
    assert "NAME@ARTICLE" in out
    for name in SUBCOMMANDS:
        code, out, err = kg_("judge", name, "--help")
        assert (code, err) == (0, "")
        assert f"kg judge {name}" in out.split("Example", 1)[1]
        assert "--store" in out
        assert "--judgements" in out


@pytest.mark.parametrize("command", ["build", "add", "retract", "gc", "extract", "query", "view", "export", "evaluate"])
def test_every_command_takes_a_ledger(kg_: Run, command: str) -> None:
    assert "--judgements" in kg_(command, "--help")[1]


def test_a_judgement_is_written_told_and_applied(kg_: Run) -> None:
    code, out, err = kg_("judge", "same", "petter solvang", "Ingrid Solvang", "--reason", "a nickname")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("Petter Solvang, person, urn:kg:entity:")
    assert lines[0].endswith("“Nobody asked us,” said Petter Solvang, a fisherman.” (notes/on the quay.txt)")
    (entry,) = read_ledger(Path("judgements.jsonl"))
    assert (entry.author, entry.time, entry.reason) == ("Ann", "2025-04-01T10:10:00.000+00:00", "a nickname")
    assert lines[2].startswith(f"written to judgements.jsonl: {entry.id} 2025-04-01 Ann: “Ingrid Solvang”")
    assert "  Ingrid Solvang (2 articles) and Petter Solvang (1 article) becomes" not in out
    assert "  Ingrid Solvang (2 articles) and Petter Solvang (1 article) become Ingrid Solvang (3 articles)" in lines

    code, out, err = kg_("query", "said", "--param", "speaker=Petter Solvang", "--format", "csv")
    assert "kg judge apply" in err, "the graph does not follow yet"
    code, out, err = kg_("judge", "apply", "--output", "o")
    assert (code, err) == (0, "")
    assert "1 judgement in force" in " ".join(out.split())
    assert Path("o/graph.nq").is_file()
    code, out, err = kg_("query", "said", "--param", "speaker=Petter Solvang", "--format", "csv")
    assert (len(out.splitlines()), err) == (8, "")
    assert "nothing changed" in kg_("judge", "apply")[1]

    code, out, _ = kg_("judge", "undo", entry.id[:6])
    assert "Ingrid Solvang (3 articles) becomes Ingrid Solvang (2 articles) and Petter Solvang (1 article)" in out
    assert "[undone]" in kg_("judge", "list")[1].splitlines()[0]


def test_claims_are_named_by_iri_or_the_start_of_its_last_part(kg_: Run) -> None:
    short = claim(kg_, "patience")
    code, out, err = kg_("judge", "hide", short[:8])
    assert (code, err) == (0, "")
    assert "  the claim “patience was running out” leaves the graph" in out.splitlines()
    code, out, _ = kg_("judge", "hide", f"urn:kg:claim:{sample_evidence()[0].article.id}:{short}", "--reason", "again")
    assert "changes nothing now" in out

    code, out, _ = kg_("judge", "speaker", claim(kg_, "collapse"), "Reuters", "Petter Solvang")
    assert "  the speaker of “the talks could collapse”: nobody named → Petter Solvang and Reuters" in out.splitlines()
    code, out, _ = kg_("judge", "speaker", claim(kg_, "promises"), "--nobody")
    assert "  the speaker of “Norway would keep its promises”: Ingrid Solvang → nobody named" in out.splitlines()
    code, out, _ = kg_("judge", "wrong", claim(kg_, "promises"), "act", "statement")
    assert "  the act of “Norway would keep its promises”: promise → statement" in out.splitlines()
    code, out, _ = kg_(
        "judge", "wrong", claim(kg_, "promises"), "content", "Norway", "keep its  promises.", "--author", "Bo"
    )
    assert "→ Norway … keep its promises." in out
    assert len(read_ledger(Path("judgements.jsonl"))) == 6
    assert kg_("judge", "apply")[0] == 0
    rows = kg_("query", "quotes", "--param", "text=keep its", "--format", "csv")[1]
    assert "Norway keep its promises.,Ingrid Solvang assured NSFC" in rows
    assert len(kg_("judge", "list")[1].splitlines()) == 6


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("Ingrid Solvang", "Ingrid Solvang"),
        ("ingrid  solvang", "Ingrid Solvang"),
        ("Solvang@reply.md", "Ingrid Solvang"),
        ("Solvang@in/notes", "Petter Solvang"),
        ("NSFC@notes/on the quay.txt", "North Sea Fisheries Council"),
        ("Reykjavik@reply.md", "Iceland"),
        ("IS", "Iceland"),
        ("urn:kg:country:IS", "Iceland"),
        (f"urn:kg:mention:{sample_evidence()[1].article.id}:0-14", "Ingrid Solvang"),
    ],
)
def test_entities_are_named_humanely(kg_: Run, name: str, fits: str) -> None:
    code, out, err = kg_("judge", "why", name, "Oslo")
    assert (code, err) == (0, "")
    assert out.startswith(f"{fits}, ")
    assert "two entities:" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["same", "Solvang", "Oslo"], ["2 entities are called 'Solvang'", "“Nobody asked us,”", "urn:kg:entity:"]),
        (["same", "Ingrid Solberg", "Oslo"], ["no entity is called 'Ingrid Solberg'; nearest: Ingrid Solvang"]),
        (["same", "Oslo", "Oslo"], ["the same mention", "Oslo@talks.md: “She told reporters"]),
        (["different", "Norway", "norway"], ["Norway@reply.md", "Norway@notes/on the quay.txt"]),
        (["same", "Oslo@nowhere.txt", "Oslo"], ["'nowhere.txt' is no article of the store"]),
        (["same", "Oslo@reply.md", "Oslo"], ["nobody is called 'Oslo' in reply.md"]),
        (["hide", "zzzz"], ["no claim is called 'zzzz'", "kg query quotes"]),
        (["hide", "a"], ["no claim is called 'a'"]),
        (["speaker", "abcd"], ["--nobody"]),
        (["wrong", "abcd", "colour", "red"], ["'colour' is not one of kind"]),
        (["wrong", "abcd", "act", "shouting"], ["for act give one of statement, denial"]),
        (["wrong", "abcd", "content"], ["for content give its words"]),
        (["undo", "abcd"], ["no judgements have an id that begins with 'abcd'"]),
        (["same", "Oslo"], ["kg judge same --help"]),
    ],
)
def test_what_is_not_one_thing_is_wrong_use_and_nothing_is_written(
    kg_: Run, arguments: list[str], words: list[str]
) -> None:
    code, out, err = kg_("judge", *arguments)
    assert (code, out) == (2, "")
    for word in words:
        assert word in err
    assert not Path("judgements.jsonl").exists()


def test_words_that_the_article_does_not_have_are_refused(kg_: Run) -> None:
    code, _, err = kg_("judge", "wrong", claim(kg_, "patience"), "source", "Mr Ferreira")
    assert code == 2
    assert "does not have the words “Mr Ferreira”" in err


def test_why_names_rules_and_judgements(kg_: Run) -> None:
    _, out, _ = kg_("judge", "why", "Tomas Ferreira@talks.md", "Tomás Ferreira@reply.md")
    assert "one entity:" in out
    assert "at least the 3 that make one" in out
    assert "  same full name +4.00 (1.00 × 4)" in out
    _, out, _ = kg_("judge", "why", "Ingrid Solvang", "Petter Solvang")
    assert "two entities:" in out
    assert "less than the 3 that make one" in out
    assert "given names differ -6.00 (1.00 × -6)" in out
    kg_("judge", "different", "Ingrid Solvang", "Ingrid Solvang@reply.md", "--reason", "another one")
    _, out, _ = kg_("judge", "why", "Ingrid Solvang@talks.md", "Ingrid Solvang@reply.md")
    assert "not one: so judged by Ann on 2025-04-01" in out
    assert "another one" in out
    assert "at least the 3 that make one" in out  # without the judgement


def test_lists_of_conflicts_orphans_and_doubts(kg_: Run) -> None:
    kg_("judge", "same", "Ingrid Solvang", "Petter Solvang")
    kg_("judge", "different", "Ingrid Solvang", "Petter Solvang", "--author", "Bo")
    kg_("judge", "unsure", "Oslo", "Reuters")
    assert len(kg_("judge", "list")[1].splitlines()) == 3
    conflicts = kg_("judge", "list", "--conflicts")[1]
    assert conflicts.startswith("Bo (")
    assert len(conflicts.splitlines()) == 1
    assert "Oslo" in kg_("judge", "list", "--unsure")[1]
    assert kg_("judge", "list", "--orphans")[1] == ""
    code, out, err = kg_("retract", "notes/on the quay.txt")
    assert code == 0
    assert err.count("the article is not in the store") == 2
    assert "2 without effect" in " ".join(out.split())
    assert len(kg_("judge", "list", "--orphans")[1].splitlines()) == 2
    assert kg_("judge", "list", "--conflicts")[1] == ""


def test_a_ledger_elsewhere_is_used_where_it_is_named(kg_: Run) -> None:
    code, _, err = kg_("judge", "hide", claim(kg_, "patience"), "--judgements", "ours.jsonl")
    assert (code, len(read_ledger(Path("ours.jsonl"))), Path("judgements.jsonl").exists()) == (0, 1, False)
    assert "--judgements ours.jsonl once" in err
    assert "1 judgement in force" in " ".join(kg_("judge", "apply", "--judgements", "ours.jsonl")[1].split())
    assert len(kg_("judge", "list")[1].splitlines()) == 1
    Path("ours.jsonl").write_text("{}\n")
    for command in (["judge", "list"], ["judge", "apply"], ["gc"], ["query", "quotes"]):
        code, out, err = kg_(*command)
        assert (code, out, err.count("\n")) == (3, "", 1)
        assert "ours.jsonl, line 1: is no judgement" in err


def test_without_a_store_there_is_nothing_to_judge(kg_: Run) -> None:
    code, _, err = kg_("judge", "hide", "abcd", "--store", "nowhere")
    assert (code, err.count("\n")) == (3, 1)


def test_authors_come_from_git_or_the_login(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "config"
    config.write_text("[user]\n\tname = Ann Å. Bee\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("LOGNAME", "abee")
    monkeypatch.chdir(tmp_path)
    assert judge.default_author() == "Ann Å. Bee"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert judge.default_author() == "abee"
