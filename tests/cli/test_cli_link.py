"""`kg link`: lists and services give entities identifiers, by way of the ledger."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs

import pytest
from test_cli_judge import Run, kg_  # noqa: F401 - the fixture

import kg
from kg.judge import read_ledger

SAME_AS = """SELECT ?name ?same {
  ?e owl:sameAs ?same ; skos:prefLabel ?name . FILTER NOT EXISTS { ?e a schema:Country } FILTER(?name != "Reuters")
}"""  # countries and Reuters have an item of Wikidata from the tables that ship
FTM = {
    "id": "ftm-1",
    "schema": "Person",
    "properties": {"name": ["Tomas Ferreira"], "country": ["pt"], "position": ["President"], "wikidataId": ["Q999"]},
}


def identities(kg_: Run) -> list[tuple[object, object]]:  # noqa: F811
    assert kg_("judge", "apply")[0] == 0
    with kg.open("output/store") as graph:
        return sorted((str(r["name"]), str(r["same"])) for r in graph.query(SAME_AS).records())


def test_a_list_gives_identities_and_what_was_undone_stays_undone(kg_: Run) -> None:  # noqa: F811
    Path("people.csv").write_text(
        "id;name;type;aliases\n"
        "Q111;Tomás Ferreira;person;T. Ferreira\n"
        "fish;North Sea Fisheries Council;organisation;NSFC|Fish Council\n"
        "Q112;Somebody Else;person;\n",
        encoding="utf-8",
    )
    code, out, _ = kg_("link", "--gazetteer", "people.csv", "--prefix", "https://us.example/")
    assert code == 0
    assert "2 of 7 entities, 0 in doubt" in " ".join(out.split())
    assert identities(kg_) == [
        ("North Sea Fisheries Council", "https://us.example/fish"),
        ("Tomas Ferreira", "http://www.wikidata.org/entity/Q111"),
    ]
    entry = next(e for e in read_ledger(Path("judgements.jsonl")) if "Q111" in str(e.decision))
    assert entry.author == "Ann"
    assert entry.reason.startswith("people.csv: Tomás Ferreira, ")
    assert "0 of" in kg_("link", "--gazetteer", "people.csv", "--prefix", "https://us.example/")[1]  # nothing new
    kg_("judge", "undo", entry.id)
    kg_("link", "--gazetteer", "people.csv", "--prefix", "https://us.example/")
    assert identities(kg_) == [("North Sea Fisheries Council", "https://us.example/fish")]


def test_followthemoney_entities(kg_: Run) -> None:  # noqa: F811
    lines = [FTM, {"id": "x", "schema": "Vessel", "properties": {"name": ["Reuters"]}}]
    Path("list.json").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    code, out, _ = kg_("link", "--gazetteer", "list.json", "--dry-run")
    assert (code, Path("judgements.jsonl").exists()) == (0, False)
    assert "http://www.wikidata.org/entity/Q999" in out
    kg_("link", "--gazetteer", "list.json")
    assert identities(kg_) == [("Tomas Ferreira", "http://www.wikidata.org/entity/Q999")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name\nAnn Bee\n", "no columns id and name"),
        ("id,name\n,Ann Bee\n", "line 2: has no id"),
        ("id,name,type\n1,Ann Bee,ship\n", "line 2: there is no type 'ship'"),
        ('id,name\n1,"Ann\n', "is no CSV"),
        ("id,name\n", "names nobody"),
        ('{"id": 1}\n', "line 1: is no FollowTheMoney entity"),
        ("\xff", None),
    ],
)
def test_lists_that_cannot_be_used_are_named(kg_: Run, text: str, message: str | None) -> None:  # noqa: F811
    Path("list").write_bytes(text.encode("latin-1" if message is None else "utf-8"))
    code, _, err = kg_("link", "--gazetteer", "list")
    assert (code, err.count("\n")) == (3, 1)
    assert (message or "is not UTF-8") in err
    assert not Path("judgements.jsonl").exists()


class _Reconciler(BaseHTTPRequestHandler):
    """A reconciliation service (API 0.2) that knows two names; `asked` are the batches it was sent."""

    asked: ClassVar[list[dict[str, Any]]] = []
    manifest: ClassVar[dict[str, Any]] = {
        "versions": ["0.2"],
        "name": "Test names",
        "identifierSpace": "http://names.example/id/",
        "schemaSpace": "http://names.example/schema/",
        "view": {"url": "http://names.example/view/{{id}}"},
        "batchSize": 4,
    }
    known: ClassVar[dict[str, list[dict[str, Any]]]] = {
        "Ingrid Solvang": [
            {"id": "s2", "name": "Ingrid B. Solvang", "score": 40.5, "match": False},
            {"id": "s1", "name": "Ingrid Solvang", "score": 99, "match": True, "type": [{"id": "P", "name": "Person"}]},
        ],
        "Petter Solvang": [{"id": "p1", "name": "Peter Solvang", "score": 61, "match": False}],
    }

    def do_GET(self) -> None:
        self._send(self.manifest)

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        queries = json.loads(form["queries"][0])
        self.asked.append(queries)
        self._send({key: {"result": self.known.get(query["query"], [])} for key, query in queries.items()})

    def _send(self, data: Any) -> None:
        content = data if isinstance(data, bytes) else json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def service() -> Iterator[str]:
    _Reconciler.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Reconciler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/api"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_service_gives_identities_for_what_it_is_sure_of(kg_: Run, service: str) -> None:  # noqa: F811
    code, out, err = kg_("link", "--reconcile", service, "--person", "P")
    assert code == 0
    assert "Test names: Ingrid Solvang, score 99" in out
    assert "Petter Solvang@notes/on the quay.txt may be Peter Solvang (http://names.example/id/p1): score 61" in err
    queries = [query for batch in _Reconciler.asked for query in batch.values()]
    assert max(map(len, _Reconciler.asked)) <= 4
    assert {"query": "Ingrid Solvang", "limit": 3, "type": "P"} in queries
    assert {"query": "Reuters", "limit": 3} in queries
    assert identities(kg_)[0] == ("Ingrid Solvang", "http://names.example/id/s1")


@pytest.mark.parametrize("manifest", [{"versions": []}, [], b"<html>", {"name": "x"}])
def test_what_does_not_speak_the_protocol_is_told(
    kg_: Run,  # noqa: F811
    service: str,
    manifest: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_Reconciler, "manifest", manifest)
    code, _, err = kg_("link", "--reconcile", service)
    assert (code, Path("judgements.jsonl").exists()) == (3, False)
    assert service in err


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/none", "file:///etc/passwd", "nowhere"])
def test_a_service_that_is_not_there_is_told(kg_: Run, url: str) -> None:  # noqa: F811
    code, _, err = kg_("link", "--reconcile", url)
    assert (code, err.count("\n")) == (3, 1)
    assert url in err
