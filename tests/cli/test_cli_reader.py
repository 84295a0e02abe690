"""The command line with the shipped reader: the form of what it prints, not how well it reads."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import main

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"


def run(*arguments: str, cwd: Path, stdin: bytes = b"") -> tuple[int, str, str]:
    code = "from kg.cli import main; main()"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env=environment,
        check=False,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_extract_prints_the_contract_with_offsets_into_the_body(tmp_path: Path) -> None:
    body = "\r\n“We 🙂 agree,” said Jane Miller, foreign minister of Norway.\r\n"
    (tmp_path / "a.md").write_bytes(f"\ufeff---\ntitle: A title\npublished: 2025-02-12\n---\n{body}".encode())
    (tmp_path / "bad.txt").write_bytes(b"")
    code, out, err = run("extract", str(SEEDS), str(tmp_path), cwd=tmp_path)
    assert code == 1
    assert [line.split(": ")[2] for line in err.splitlines()] == ["is empty; write the article into it or leave it out"]
    seed, own = map(json.loads, out.splitlines())
    seed_body = next(SEEDS.glob("*.txt")).read_bytes().decode()
    for record, text in ((seed, seed_body), (own, body)):
        assert record.keys() == {"article", "entities", "claims"}
        assert record["article"]["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()
        spans = [m for e in record["entities"] for m in e["mentions"]]
        spans += [s for c in record["claims"] for s in (c["source"], c["cue"], *c["content"]) if s]
        assert spans
        assert all(text[s["start"] : s["end"]] == s["text"] for s in spans)
    assert own["article"]["title"] == "A title"
    assert own["article"]["published"] == "2025-02-12"
    assert seed["entities"]
    assert seed["claims"]


def test_the_seed_is_built_asked_and_built_again(tmp_path: Path) -> None:
    code, out, err = run("build", str(SEEDS), cwd=tmp_path)
    assert (code, err) == (0, "")
    assert "1 article: 1 new" in " ".join(out.split())
    before = (tmp_path / "output/graph.nq").read_bytes()
    code, out, _ = run("build", str(SEEDS), cwd=tmp_path)
    assert (code, out.splitlines()[-1]) == (0, "nothing changed")
    assert (tmp_path / "output/graph.nq").read_bytes() == before
    code, out, _ = run("query", "quotes", "--format", "csv", cwd=tmp_path)
    assert code == 0
    assert len(out.splitlines()) > 1


def test_evaluate_scores_a_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "entities").mkdir()
    sentence = {"tokens": ["Angela", "Merkel", "met", "him", "."], "labels": ["B-PER", "I-PER", "O", "O", "O"]}
    with gzip.open(tmp_path / "entities" / "uner-ewt-dev.jsonl.gz", "wt") as file:
        file.write(json.dumps(sentence) + "\n")
    with pytest.raises(SystemExit) as exit_:
        main(["evaluate", "names", "--data", str(tmp_path), "--format", "json"])
    out, err = capsys.readouterr()
    assert exit_.value.code == 0
    assert json.loads(out)["tasks"]["names-ewt"]["figures"]["names"]["gold"] == 1
    assert "names-politics: left out" in err

    with pytest.raises(SystemExit) as exit_:
        main(["evaluate", "names", "--data", str(tmp_path / "nowhere")])
    assert exit_.value.code == 3
    assert capsys.readouterr().err.count("\n") == 1
