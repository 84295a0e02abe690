"""The notebooks run from start to end, as a reader of the repository would run them, and show what they promise."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import pytest

ROOT = Path(__file__).parent.parent


def execute(source: Path, folder: Path) -> Any:
    """The notebook with its outputs. It runs in a copy of the repository's layout, with the articles it reads."""
    for articles in ("seeds", "tests/gold/storyline"):
        shutil.copytree(ROOT / articles, folder / articles, dirs_exist_ok=True)
    notebook = folder / "notebooks" / f"{source.stem}.ipynb"
    notebook.parent.mkdir(exist_ok=True)
    jupytext.write(jupytext.read(source), notebook)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--nbmake", "--nbmake-timeout=600"]
    done = subprocess.run(
        [*command, "--overwrite", str(notebook)], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return nbformat.read(notebook, as_version=4)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    folder = tmp_path_factory.mktemp("quickstart")
    return execute(ROOT / "notebooks" / "quickstart.py", folder), folder


def shown(notebook: Any) -> list[tuple[str, str]]:
    """Media type and content of all that was displayed."""
    return [
        (media, content)
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        for media, content in output.get("data", {}).items()
    ]


def test_every_cell_ran_without_complaints(ran: tuple[Any, Path]) -> None:
    cells = [cell for cell in ran[0].cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert [output for cell in cells for output in cell.outputs if output.output_type in ("error", "stream")] == []


def test_tables_a_plot_and_the_page_are_there(ran: tuple[Any, Path]) -> None:
    notebook, folder = ran
    media = Counter(media for media, _ in shown(notebook))
    assert media["image/png"] == 1
    tables = [content for media, content in shown(notebook) if media == "text/html" and "<table" in content]
    assert len(tables) == 7
    assert all("<td>" in table for table in tables), "a table without rows"
    (frame,) = (content for media, content in shown(notebook) if media == "text/html" and "<iframe" in content)
    assert 'srcdoc="' in frame
    assert "Ingrid Solheim" in frame
    page = (folder / "output" / "quickstart" / "graph.html").read_text(encoding="utf-8")
    assert "Ingrid Solheim" in page


def test_the_tables_hold_what_the_articles_say(ran: tuple[Any, Path]) -> None:
    text = "\n".join(content for media, content in shown(ran[0]) if media == "text/html")
    for name in ("Mark Rutte", "Pete Hegseth", "Ingrid Solheim", "Paul Lavigne", "Ukraine", "Norway", "Northern Wire"):
        assert name in text


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The notebooks on the storyline; the second finds the articles read by the first."""
    folder = tmp_path_factory.mktemp("story")
    return {name: execute(ROOT / "notebooks" / f"{name}.py", folder) for name in ("who_said_what", "network")}


@pytest.mark.parametrize(
    ("name", "pictures", "tables", "words"),
    [
        ("who_said_what", 4, 6, ("Chavdarov", "Euxine News Agency", "secret annex", "taken over", "reported by")),
        ("network", 3, 3, ("PageRank", "Romania", "members", "most spoken of")),
    ],
)
def test_the_storyline_notebooks_run_and_show(
    story: dict[str, Any], name: str, pictures: int, tables: int, words: tuple[str, ...]
) -> None:
    cells = [cell for cell in story[name].cells if cell.cell_type == "code"]
    assert [output for cell in cells for output in cell.outputs if output.output_type in ("error", "stream")] == []
    media = Counter(media for media, _ in shown(story[name]))
    assert media["image/png"] == pictures
    found = [content for media, content in shown(story[name]) if media == "text/html" and "<table" in content]
    assert len(found) >= tables
    assert all("<td>" in table for table in found), "a table without rows"
    text = "\n".join([*found, *(cell.source for cell in cells)])
    assert [word for word in words if word not in text] == []


def test_the_notebook_is_kept_as_text_without_outputs() -> None:
    assert [path.name for path in (ROOT / "notebooks").glob("*.ipynb")] == []
    sources = sorted((ROOT / "notebooks").glob("*.py"))
    assert [source.stem for source in sources] == ["network", "quickstart", "who_said_what"]
    for source in sources:
        metadata = jupytext.reads(source.read_text(encoding="utf-8"), fmt="py:percent").metadata
        assert metadata["kernelspec"]["name"] == "python3"
        assert metadata["jupytext"]["text_representation"]["format_name"] == "percent"
