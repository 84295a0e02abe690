"""What the README shows works as it stands there.

Blocks of Python all run, one after the other in one process. Blocks of shell commands run when `<!-- tested -->`
stands above them; the others install, train or need corpora. All run in a folder with the articles of `seeds/` and
their graph, which is what a reader has after the first command of the README, and with the storyline.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from kg.cli import app
from kg.query import named

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

_BLOCK = re.compile(r"(<!-- tested -->\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = [(tested != "", language, text) for tested, language, text in _BLOCK.findall(README)]
SHELL = [text for tested, language, text in BLOCKS if tested and language in ("sh", "console")]
UNTESTED = [text for tested, language, text in BLOCKS if not tested and language in ("sh", "console")]
PYTHON = [text for _, language, text in BLOCKS if language == "python"]

_COMMAND = re.compile(r"^(?:[^'\n]|'[^']*')+", re.MULTILINE)  # a line, and more where quotation marks span lines


def commands(block: str) -> list[str]:
    """The commands of a block, one by one."""
    return [found.strip() for found in _COMMAND.findall(block) if found.strip()]


def run(arguments: list[str], folder: Path) -> str:
    """Runs a program in a folder, with `kg` of this environment on the path; fails unless it ends with 0."""
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "COLUMNS": "120", "PYTHONUTF8": "1"}
    done = subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert shutil.which("kg", path=sysconfig.get_path("scripts")), "kg is not installed here: pip install -e ."
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(ROOT / "tests" / "gold" / "storyline", folder / "tests" / "gold" / "storyline")
    assert "written: output/graph.ttl, output/graph.nq, output/graph.html" in run(["kg", "build"], folder)
    return folder


COMMANDS = [command for block in SHELL for command in commands(block)]


@pytest.mark.parametrize("command", COMMANDS, ids=[" ".join(c.partition("#")[0].split())[:50] for c in COMMANDS])
def test_commands_work_and_print_something(command: str, folder: Path) -> None:
    out = run(["bash", "-euo", "pipefail", "-c", command], folder)
    file = re.search(r"(?:>|--output) +(\S+)", command)
    if file and not (folder / file[1]).is_dir():
        assert len((folder / file[1]).read_text(encoding="utf-8").splitlines()) > 1
    else:
        assert out.strip()
        assert "(no rows)" not in out
        assert '"bindings":[]' not in out


def test_python_blocks_run(folder: Path) -> None:
    out = run([sys.executable, "-c", "\n".join(PYTHON)], folder)
    assert "Summary(" in out
    assert "('source', 'Anna Berg')" in out


def test_there_is_something_to_test() -> None:
    assert len(COMMANDS) >= 10
    assert len(PYTHON) >= 2
    assert "kg build" in README.split("## ")[0]


def test_what_is_not_run_names_commands_that_exist() -> None:
    known = {command.name for command in (*app.registered_commands, *app.registered_groups)}
    assert known == set(re.findall(r"^\| `kg (\w+)", README, re.MULTILINE)), "the table of commands"
    used = {name for block in UNTESTED for name in re.findall(r"\bkg (\w+)", block)}
    assert used
    assert used <= known


def test_queries_and_files_named_exist() -> None:
    names = {query.name for query in named()}
    asked = set(re.findall(r"kg query ([a-z-]+) ", README)) | set(re.findall(r'graph\.query\("([a-z-]+)"', README))
    assert asked
    assert asked <= names
    ours = re.findall(r"`((?:kg|notebooks)/[\w./-]*)`", README)
    assert ours
    assert [path for path in ours if not (ROOT / path).exists()] == []


def test_pictures_are_there_and_small() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert pictures
    for picture in pictures:
        assert (ROOT / picture).stat().st_size < 200_000
