"""`kg serve` on the command line: what it says when it cannot serve."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

from samples import sample_evidence

from kg.pipeline.graph import derive
from kg.store import open_store

MAIN = "from kg.cli import main; main()"


def run(*arguments: str, before: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", before + MAIN, "serve", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


def small_store(folder: Path) -> str:
    with open_store(folder, write=True) as store:
        record = sample_evidence()[0]
        store.record.put(record, "0123456789abcdef")
        store.record.hold([record.article.version], "0123456789abcdef")
        derive(store, ())
    return str(folder)


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("--store", small_store(tmp_path / "store"), "--port", str(port))
    assert done.returncode == 3
    assert done.stderr.startswith(f"kg: port {port} of 127.0.0.1 cannot be used (Address already in use)")
    assert f"--port {port + 1}" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_extra_is_missing(tmp_path: Path) -> None:
    hidden = "import sys; sys.modules['fastapi'] = None\n"
    done = run("--store", small_store(tmp_path / "store"), before=hidden)
    assert (done.returncode, done.stderr) == (3, 'kg: kg serve needs the package fastapi: pip install "kg[serve]"\n')


def test_no_store(tmp_path: Path) -> None:
    done = run("--store", str(tmp_path / "nothing"))
    assert (done.returncode, "holds no store" in done.stderr) == (3, True)


def test_a_store_without_a_graph(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", write=True):
        pass
    done = run("--store", str(tmp_path / "store"), "--port", "0")
    assert done.returncode == 3
    assert "holds no finished graph" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_damaged_graph(tmp_path: Path) -> None:
    store = small_store(tmp_path / "store")
    for file in (tmp_path / "store").glob("graph-*/rdf/*"):
        file.write_bytes(b"broken")
    done = run("--store", store, "--port", "0")
    assert done.returncode == 3
    assert "kg: " in done.stderr
    assert "Traceback" not in done.stderr


def test_help_has_examples() -> None:
    done = run("--help")
    assert (done.returncode, "kg serve --open" in done.stdout, "--time-limit" in done.stdout) == (0, True, True)
