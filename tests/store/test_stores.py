"""Every row of STORES behaves alike; and what only folders have: locks, damage, interruption."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import RunError
from kg.store import MEMORY, STORES, Store, open_store

A = [b'<urn:a> <urn:p> "x" <urn:g> .\n']
B = [b'<urn:b> <urn:p> "\xe2\x80\x9cy\xe2\x80\x9d" <urn:g> .\n', b'<urn:b> <urn:p> "z" <urn:h> .\n']


@pytest.fixture(params=sorted(STORES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with STORES[request.param](tmp_path / "store", True) as store:
        yield store


def subjects(store: Store) -> set[str]:
    return {str(quad.subject) for quad in store.graph.open()}


def test_a_graph_is_replaced_as_a_whole(store: Store) -> None:
    assert store.graph.about() is None
    with pytest.raises(RunError, match="graph"):
        store.graph.open()
    store.graph.replace(A, {"state": "1"})
    old = store.graph.open()
    store.graph.replace(B, {"state": "2", "counts": {"a": 1}})
    assert subjects(store) == {"<urn:b>"}
    assert list(store.graph.quads()) == B
    assert store.graph.about() == {"state": "2", "counts": {"a": 1}}
    assert [str(quad.subject) for quad in old] == ["<urn:a>"], "who reads the old graph goes on reading it"


def test_a_graph_that_cannot_be_parsed_leaves_the_old_one(store: Store) -> None:
    store.graph.replace(A, {"state": "1"})
    with pytest.raises(RunError, match="cannot be stored"):
        store.graph.replace([b"<urn:a> nonsense .\n"], {"state": "2"})
    assert (store.graph.about(), subjects(store)) == ({"state": "1"}, {"<urn:a>"})


def test_an_interrupted_writer_leaves_the_old_graph(store: Store) -> None:
    def quads() -> Iterator[bytes]:
        yield from B
        raise KeyboardInterrupt

    store.graph.replace(A, {"state": "1"})
    with pytest.raises(KeyboardInterrupt):
        store.graph.replace(quads(), {"state": "2"})
    assert (store.graph.about(), subjects(store)) == ({"state": "1"}, {"<urn:a>"})
    store.graph.replace(B, {"state": "3"})
    assert subjects(store) == {"<urn:b>"}


def test_a_folder_keeps_two_graphs_at_most_and_one_when_tidied(tmp_path: Path) -> None:
    with open_store(tmp_path / "s", write=True) as store:
        for n in range(4):
            store.graph.replace(A, {"n": n})
        assert len(list((tmp_path / "s").glob("graph-*"))) == 2
        store.graph.tidy()
        assert len(list((tmp_path / "s").glob("graph-*"))) == 1
        assert subjects(store) == {"<urn:a>"}


def test_readers_read_beside_a_writer_and_each_other(tmp_path: Path) -> None:
    with open_store(tmp_path, write=True) as writer:
        writer.graph.replace(A, {})
        with open_store(tmp_path) as one, open_store(tmp_path) as two:
            assert subjects(one) == subjects(two) == {"<urn:a>"}
            writer.graph.replace(B, {})
            assert subjects(one) == {"<urn:b>"}


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with open_store(tmp_path, write=True), pytest.raises(RunError, match="another kg is writing"):
        open_store(tmp_path, write=True)
    open_store(tmp_path, write=True).close()


def _hold_and_die(folder: Path) -> None:
    open_store(folder, write=True).graph.replace(A, {})
    os._exit(9)


def test_a_writer_that_dies_leaves_no_lock(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_hold_and_die, args=(tmp_path,))
    process.start()
    process.join()
    assert process.exitcode == 9
    with open_store(tmp_path, write=True) as store:
        assert subjects(store) == {"<urn:a>"}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda folder: folder.write_text("x"), "is a file"),
        (lambda folder: (folder.mkdir(), (folder / "thesis.doc").write_text("x")), "thesis.doc"),
    ],
)
def test_other_peoples_folders_are_left_alone(tmp_path: Path, make: object, message: str) -> None:
    make(tmp_path / "s")  # type: ignore[operator]
    with pytest.raises(RunError, match=message) as error:
        open_store(tmp_path / "s", write=True)
    assert "--store" in str(error.value)
    assert sorted(p.name for p in tmp_path.rglob("*")) in (["s"], ["s", "thesis.doc"])


def test_reading_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="kg build PATH --store"):
        open_store(tmp_path / "none")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "pointer", ["", "{", "[]", '{"graph": "../../etc", "about": {}}', '{"graph": "graph-000009", "about": {}}']
)
def test_a_damaged_pointer_says_what_to_do(tmp_path: Path, pointer: str) -> None:
    with open_store(tmp_path, write=True) as store:
        store.graph.replace(A, {})
        (tmp_path / "current").write_text(pointer)
        with pytest.raises(RunError, match="kg build"):
            store.graph.open()
        with pytest.raises(RunError, match="kg build"):
            list(store.graph.quads())
        store.graph.replace(B, {})
        assert subjects(store) == {"<urn:b>"}


@pytest.mark.parametrize(
    "spoil",
    [lambda file: file.write_bytes(b""), lambda file: file.unlink(), lambda file: file.write_bytes(b"\x00" * 4096)],
)
@pytest.mark.parametrize("files", ["*", "*.sst", "MANIFEST*", "CURRENT"])
def test_a_damaged_graph_says_what_to_do(tmp_path: Path, files: str, spoil: object) -> None:
    with open_store(tmp_path, write=True) as store:
        store.graph.replace(A, {})
        name = json.loads((tmp_path / "current").read_text())["graph"]
        for file in (tmp_path / name / "rdf").glob(files):
            spoil(file)  # type: ignore[operator]
        with pytest.raises(RunError, match="damaged"):
            store.graph.open()


def test_memory_is_a_location(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_store(MEMORY, write=True) as store:
        assert store.writable
        assert store.location is None
    assert not list(tmp_path.iterdir())
