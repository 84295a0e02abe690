"""A store made from evidence, a server for it in a process of its own, and requests to it, for tests."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from kg.model import Evidence
from kg.pipeline.graph import derive
from kg.store import open_store

FINGERPRINT = "0123456789abcdef"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def make_store(folder: Path, evidence: Iterable[Evidence]) -> Path:
    """The store that a build from this evidence makes."""
    with open_store(folder, write=True) as store:
        records = list(evidence)
        for record in records:
            store.record.put(record, FINGERPRINT)
        store.record.hold([record.article.version for record in records], FINGERPRINT)
        derive(store, ())
    return folder


@dataclass
class Reply:
    """An answer: its headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass
class Served:
    """A running `kg serve`."""

    process: subprocess.Popen[str]
    url: str
    folder: Path
    ledger: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def port(self) -> int:
        return int(self.url.rstrip("/").rpartition(":")[2])

    def ask(
        self, path: str, method: str = "GET", body: bytes | str | None = None, timeout: float = 180, **headers: str
    ) -> Reply:
        """One request; names of headers have `_` for `-`."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            line.request(method, path, body.encode() if isinstance(body, str) else body, sent)
            answer = line.getresponse()
            return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            line.close()

    def query(self, query: str, accept: str = "application/sparql-results+json", **fields: Any) -> Reply:
        """A query by GET."""
        return self.ask(f"/sparql?{urlencode({'query': query, **fields}, doseq=True)}", Accept=accept)

    def explore(self, method: str, *question: Any) -> Any:
        """The answer to one of the explorer's questions."""
        reply = self.ask(f"/explore/{method}?ask={quote(json.dumps(question))}")
        assert reply.status == 200, reply.text
        return reply.json

    def stop(self) -> int:
        """Stops the server as Ctrl+C does; its exit code."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


def start(folder: Path, ledger: Path, *options: str) -> Served:
    """`kg serve` on a free port, once it can be asked."""
    command = "from kg.cli import main; main()"
    arguments = ["serve", "--store", str(folder), "--judgements", str(ledger), "--port", "0", *options]
    process = subprocess.Popen(
        [sys.executable, "-c", command, *arguments], stdout=subprocess.PIPE, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        if " at http://" in line:
            return Served(process, line.partition(" at ")[2].split()[0], folder, ledger)
    raise AssertionError(f"kg serve ended with {process.wait()}")
