"""The storyline's graph does not tell how it came about: in any order, in parts, with detours, the same bytes.

Articles are read once, by the shipped reader; every build takes their evidence from there.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest

from kg import pipeline
from kg.model import Article, Evidence
from kg.query import run, to_text
from kg.read import read
from kg.store import open_store

STORYLINE = Path(__file__).parent / "gold" / "storyline"
FILES = sorted(STORYLINE.glob("*.md"))
Build = Callable[[Path], bytes]


@pytest.fixture(scope="module")
def extract() -> Callable[[Article], Evidence]:
    from kg.annotate import load
    from kg.extract import evidence_of

    articles = [item for item in read([STORYLINE]) if isinstance(item, Article)]
    docs = load().pipe(article.body for article in articles)
    evidence = {article: evidence_of(doc, article) for doc, article in zip(docs, articles, strict=True)}
    return evidence.__getitem__


def graph(store: Path) -> bytes:
    """The bytes of graph.nq."""
    with open_store(store) as opened:
        return b"".join(pipeline.OUTPUTS["graph.nq"](opened))


@pytest.fixture(scope="module")
def whole(extract: Callable[[Article], Evidence], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    store = tmp_path_factory.mktemp("whole") / "store"
    summary = pipeline.build([STORYLINE], store, extract=extract, fingerprint="storyline")
    assert (summary.articles, summary.skipped) == (len(FILES), ())
    return graph(store)


def in_parts(parts: list[list[Path]], extract: Callable[[Article], Evidence], store: Path) -> bytes:
    for part in parts:
        pipeline.add(part, store, extract=extract, fingerprint="storyline")
    return graph(store)


def shuffled(seed: int) -> list[Path]:
    files = list(FILES)
    random.Random(seed).shuffle(files)
    return files


@pytest.mark.parametrize("order", [FILES[::-1], shuffled(1)], ids=["backwards", "shuffled"])
def test_any_order(order: list[Path], whole: bytes, extract: Callable[[Article], Evidence], tmp_path: Path) -> None:
    parts = [order[n : n + 14] for n in range(0, len(order), 14)]
    assert in_parts(parts, extract, tmp_path / "store") == whole


@pytest.mark.parametrize("files", [FILES[::-1], shuffled(2)], ids=["the later first", "mixed"])
def test_two_halves(files: list[Path], whole: bytes, extract: Callable[[Article], Evidence], tmp_path: Path) -> None:
    halves = [files[: len(files) // 2], files[len(files) // 2 :]]
    assert in_parts(halves, extract, tmp_path / "store") == whole


def test_some_retracted_and_added_again_one_by_one(
    whole: bytes, extract: Callable[[Article], Evidence], tmp_path: Path
) -> None:
    store = tmp_path / "store"
    pipeline.build([STORYLINE], store, extract=extract, fingerprint="storyline")
    for file in (FILES[0], FILES[27]):
        pipeline.retract([file], store)
        assert graph(store) != whole
        pipeline.add([file], store, extract=extract, fingerprint="storyline")
        assert graph(store) == whole


@pytest.mark.parametrize(
    ("query", "speaker", "columns", "expected"),
    [
        (
            "contradictions",
            "Radu Voinea",
            ("speaker", "otherSpeaker"),
            {("Radu Voinea", "Andrei Rusu"), ("Ilinca Voinea", "Radu Voinea")},
        ),
        ("changes", "Pavlos Vlachakis", ("earlierDay", "laterDay"), {("2025-03-05", "2025-03-15")}),
    ],
)
def test_who_contradicts_whom(
    query: str, speaker: str, columns: tuple[str, str], expected: set[tuple[str, str]], whole: bytes
) -> None:
    store = pyoxigraph.Store()
    store.load(whole, format=pyoxigraph.RdfFormat.N_QUADS)
    rows = run(store, query, {"speaker": speaker})
    table = csv.DictReader(to_text(rows, "csv").splitlines())
    assert expected <= {(row[columns[0]], row[columns[1]]) for row in table}
