"""Exports: right, complete, and the same bytes every time."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pandas as pd
import pyoxigraph
import pytest
from pyoxigraph import Quad, RdfFormat
from query_store import sample_graphs, sample_store
from rdflib import Graph

from kg.assemble import DEFAULT_LAYERS, layer, to_nquads, to_turtle
from kg.errors import RunError
from kg.export import EXPORTERS, to_networkx, to_pandas, write
from kg.export.claims import claims
from kg.query import run
from kg.query.dataset import dataset

STORE = sample_store()


def exported(format: str, store: pyoxigraph.Store = STORE) -> bytes:
    stream = io.BytesIO()
    write(store, format, stream)
    return stream.getvalue()


def reordered() -> pyoxigraph.Store:
    """The same graph put in another order, with the union in the default graph too."""
    store = pyoxigraph.Store()
    for quad in sorted(STORE, key=lambda q: str(q)[::-1]):
        store.add(quad)
    store.bulk_extend(Quad(q.subject, q.predicate, q.object) for q in dataset(STORE).store)
    return store


@pytest.mark.parametrize("format", sorted(EXPORTERS))
def test_the_same_graph_gives_the_same_bytes_in_a_file_and_a_stream(format: str, tmp_path: Path) -> None:
    target = tmp_path / "new" / f"graph.{format}"
    write(reordered(), format, target)
    assert target.read_bytes() == exported(format)
    assert [p.name for p in target.parent.iterdir()] == [target.name]
    assert exported(format).endswith(b"\n")


def test_bytes_do_not_depend_on_the_process() -> None:
    script = (
        "import hashlib, io; from query_store import sample_store; from kg.export import EXPORTERS, write\n"
        "store = sample_store()\n"
        "for format in sorted(EXPORTERS):\n"
        "    out = io.BytesIO(); write(store, format, out); print(hashlib.sha256(out.getvalue()).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONPATH": ":".join(p for p in sys.path if p), "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(runs) == 1


def test_rdf_files_are_those_of_assembling() -> None:
    graphs = sample_graphs()
    assert exported("nq").decode() == "".join(to_nquads(graphs))
    assert exported("ttl").decode() == to_turtle([g for g in graphs if layer(str(g.identifier)) in DEFAULT_LAYERS])


def test_rdf_files_say_the_same_in_all_syntaxes() -> None:
    union = set(Graph().parse(data=exported("ttl"), format="turtle"))
    assert set(Graph().parse(data=exported("jsonld"), format="json-ld")) == union
    quads = set(pyoxigraph.parse(exported("trig"), format=RdfFormat.TRIG))
    assert quads == set(pyoxigraph.parse(exported("nq"), format=RdfFormat.N_QUADS))


def test_csv_and_jsonl_hold_every_claim() -> None:
    rows = list(csv.DictReader(io.StringIO(exported("csv").decode(), newline="")))
    lines = [json.loads(line) for line in exported("jsonl").decode().splitlines()]
    assert (
        [r["claim"] for r in rows]
        == [r["claim"] for r in lines]
        == [r["claim"] for r in run(STORE, "quotes").records()]
    )
    denial = next(line for line in lines if line["act"] == "denial")
    assert [s["name"] for s in denial["speakers"]] == ["Tomas Ferreira"]
    assert [s["name"] for s in denial["about"]] == ["Iceland", "Ingrid Solvang"]
    assert [s["name"] for s in denial["reportedBy"]] == ["Reuters"]
    assert [line["within"] for line in lines if line["within"]] == [denial["claim"]]


def test_every_claim_is_in_the_network_and_leads_where_it_should() -> None:
    graph = to_networkx(STORE)
    named = nx.get_node_attributes(graph, "name")
    edges = sorted((named[s], named[t], d["act"], d["content"]) for s, t, d in graph.edges(data=True))
    assert {d["claim"] for _, _, d in graph.edges(data=True)} == {c["claim"] for c in claims(STORE)}
    assert ("Tomas Ferreira", "Ingrid Solvang", "denial", "the minister had called Iceland’s fleet a threat") in edges
    assert ("Tomas Ferreira", "patience was running out", "statement", "patience was running out") in edges
    assert ("A senior official", "the talks could collapse", "warning", "the talks could collapse") in edges
    assert len(edges) == 16  # 13 claims, of which three speak of two entities
    assert {d["type"] for _, d in graph.nodes(data=True)} == {
        "Person", "Organisation", "Country", "Place", "Source", "Claim",
    }  # fmt: skip
    assert graph.nodes["urn:kg:country:IS"] == {
        "iri": "urn:kg:country:IS",
        "type": "Country",
        "name": "Iceland",
        "iso": "IS",
    }
    for _, _, facts in graph.edges(data=True):
        assert 0 <= facts["confidence"] <= 1
        assert facts["content"]
        assert facts["sentence"]


def test_graphml_reads_back_as_the_network() -> None:
    graph = to_networkx(STORE)
    read = nx.parse_graphml(exported("graphml").decode(), force_multigraph=True)
    assert sorted(read.edges()) == sorted(graph.edges())
    assert dict(read.nodes(data=True)) == dict(graph.nodes(data=True))


def test_the_frame_is_the_quotes_with_dates_and_numbers() -> None:
    frame = to_pandas(STORE)
    rows = run(STORE, "quotes")
    assert tuple(frame.columns) == rows.variables
    assert list(frame["claim"]) == [r["claim"] for r in rows.records()]
    assert frame["published"].max() == pd.Timestamp("2025-03-06")
    assert frame["published"].isna().sum() == 2
    assert frame["confidence"].between(0, 1).all()
    assert frame.loc[frame["act"] == "warning", "speaker"].item() is None


def test_an_empty_graph_can_be_exported() -> None:
    empty = pyoxigraph.Store()
    for format in EXPORTERS:
        exported(format, empty)
    assert len(to_networkx(empty)) == 0
    assert to_pandas(empty).empty


def test_a_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "graph.nq"
    target.write_text("old")

    def broken(store: pyoxigraph.Store):  # type: ignore[no-untyped-def]
        yield b"half"
        raise ValueError

    monkeypatch.setitem(EXPORTERS, "nq", broken)  # type: ignore[arg-type]
    with pytest.raises(ValueError):  # noqa: PT011
        write(STORE, "nq", target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no export format 'docx'; choose one of csv, graphml"):
        write(STORE, "docx", tmp_path / "x")
    with pytest.raises(RunError, match="cannot be written"):
        write(STORE, "csv", tmp_path)
