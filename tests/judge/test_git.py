"""Two people's ledgers, joined by git itself: with `merge=union` a merge keeps all lines of both and stops nowhere."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from court import (
    EVIDENCE,
    FERREIRA,
    INGRID,
    INGRID_REPLY,
    PETTER,
    REPLY,
    TALKS,
    hide,
    pair,
    wrong,
)

from kg.judge import Entry, append, apply, read_ledger
from kg.judge.records import Relation

ATTRIBUTES = Path(__file__).parents[2] / ".gitattributes"
COMMON = (pair("same", INGRID, INGRID_REPLY),)


def git(where: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=where, check=True, capture_output=True, timeout=60)


def commit(where: Path, *entries: Entry) -> None:
    for entry in entries:
        append(where / "judgements.jsonl", entry)
    git(where, "add", "-A")
    git(where, "commit", "-m", "judged")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a ledger and the attributes of this project, on its branch `main`; nobody's settings count."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    git(tmp_path, "init", "-b", "main")
    (tmp_path / ".gitattributes").write_bytes(ATTRIBUTES.read_bytes())
    commit(tmp_path, *COMMON)
    return tmp_path


def verdicts(mine: Relation, theirs: Relation) -> tuple[Entry, Entry]:
    return pair(mine, INGRID, PETTER, 5, "Ann"), pair(theirs, INGRID, PETTER, 7, "Bo")


@pytest.mark.parametrize(
    ("mine", "theirs", "conflicts"),
    [
        ((hide(TALKS, "c4", 1),), (hide(REPLY, "c1", 2, "Bo"),), 0),
        ((), (hide(REPLY, "c1", 2, "Bo"), wrong(TALKS, "c1", "act", "denial", minute=3)), 0),
        ((hide(TALKS, "c4", 1), pair("unsure", FERREIRA, PETTER, 2)), (hide(TALKS, "c4", 1),), 0),
        ((verdicts("same", "different")[0],), (verdicts("same", "different")[1],), 1),
    ],
)
def test_ledgers_are_joined_by_git_without_a_hand(
    repository: Path, mine: tuple[Entry, ...], theirs: tuple[Entry, ...], conflicts: int
) -> None:
    git(repository, "checkout", "-b", "theirs")
    commit(repository, *theirs)
    git(repository, "checkout", "main")
    if mine:
        commit(repository, *mine)
    git(repository, "merge", "--no-edit", "theirs")
    joined = read_ledger(repository / "judgements.jsonl")
    assert set(joined) == {*COMMON, *mine, *theirs}
    rulings = apply(joined, EVIDENCE)
    assert len(rulings.conflicts) == conflicts
    if conflicts:
        assert (rulings.conflicts[0].holds, rulings.conflicts[0].overruled) == (theirs[0], mine[0])


def test_without_the_attribute_git_stops_and_says_so_and_the_ledger_is_not_read(repository: Path) -> None:
    """What the attribute is for: the same merge without it leaves marks, which no run passes over."""
    from kg.errors import RunError

    (repository / ".gitattributes").unlink()
    git(repository, "rm", "--cached", ".gitattributes")
    git(repository, "commit", "-m", "without attributes")
    git(repository, "checkout", "-b", "theirs")
    commit(repository, hide(REPLY, "c1", 2, "Bo"))
    git(repository, "checkout", "main")
    commit(repository, hide(TALKS, "c4", 1))
    with pytest.raises(subprocess.CalledProcessError):
        git(repository, "merge", "--no-edit", "theirs")
    with pytest.raises(RunError, match="git could not join two ledgers"):
        read_ledger(repository / "judgements.jsonl")
