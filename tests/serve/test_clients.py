"""Real clients get the same answers here as from another SPARQL server: `oxigraph`, with the same graph loaded."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from served import Served
from SPARQLWrapper import CSV, JSON, TSV, TURTLE, XML, SPARQLWrapper

from kg.query import PREFIXES, named
from kg.store import DiskGraph

PREFIXED = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(PREFIXES.items()))
TABLES = [
    "SELECT ?name WHERE { ?p a schema:Person ; skos:prefLabel ?name }",
    "SELECT ?name ?act (COUNT(?c) AS ?n) { ?c kg:speaker/skos:prefLabel ?name ; kg:act ?act } GROUP BY ?name ?act",
    "SELECT ?c ?text ?about { ?c a kg:Claim ; schema:text ?text OPTIONAL { ?c kg:about ?about } }",
    "SELECT ?c ?confidence ?day { ?c kg:confidence ?confidence ; schema:isPartOf/kg:publishedOn ?day }",
    "SELECT ?label { ?term rdfs:label ?label . FILTER(LANG(?label) = 'en') }",
    "SELECT ?s { ?s skos:prefLabel 'nobody' }",
    "SELECT ?url ?title { ?a schema:url ?url ; schema:headline ?title }",
    *(query.text for query in named()),
]
GRAPHS = [
    "CONSTRUCT { ?s skos:prefLabel ?o } WHERE { ?s skos:prefLabel ?o }",
    "DESCRIBE <urn:kg:country:IS>",
    "CONSTRUCT WHERE { ?c a kg:Claim ; schema:text ?text ; kg:confidence ?confidence }",
]
CLIENT_TABLES = TABLES[:3]


@pytest.fixture(scope="module")
def reference(sample: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The endpoint of an `oxigraph` server that holds what queries see by default."""
    program = shutil.which("oxigraph") or shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    assert program, "the package oxigraph is part of the extra `test`"
    folder = tmp_path_factory.mktemp("oxigraph")
    shutil.copytree(DiskGraph(sample.folder).location(), folder / "rdf")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    running = subprocess.Popen(
        [program, "serve-read-only", "--location", str(folder / "rdf"), "--bind", f"127.0.0.1:{port}"],
        stderr=subprocess.DEVNULL,
    )
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield f"http://127.0.0.1:{port}/query"
    running.kill()
    running.wait()


def ask(endpoint: str, query: str, accept: str) -> bytes:
    request = urllib.request.Request(f"{endpoint}?{urlencode({'query': PREFIXED + query})}", headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=180) as answer:
        body: bytes = answer.read()
        return body


def rows(data: bytes) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True) for row in json.loads(data)["results"]["bindings"])


@pytest.mark.parametrize("query", TABLES, ids=range(len(TABLES)))
def test_tables_are_those_of_the_reference(query: str, sample: Served, reference: str) -> None:
    ours = sample.url + "sparql"
    answers = [ask(endpoint, query, "application/sparql-results+json") for endpoint in (ours, reference)]
    assert rows(answers[0]) == rows(answers[1])
    assert json.loads(answers[0])["head"] == json.loads(answers[1])["head"]
    for accept in ("text/csv", "text/tab-separated-values"):
        lines = [sorted(ask(endpoint, query, accept).splitlines()) for endpoint in (ours, reference)]
        assert lines[0] == lines[1], accept
    xml = [sorted(ask(e, query, "application/sparql-results+xml").split(b"<result>")) for e in (ours, reference)]
    assert len(xml[0]) == len(xml[1]) == len(rows(answers[0])) + 1


@pytest.mark.parametrize("query", GRAPHS)
@pytest.mark.parametrize(
    ("accept", "format"),
    [("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/ld+json", "json-ld"),
     ("application/rdf+xml", "xml")],
)  # fmt: skip
def test_graphs_are_those_of_the_reference(
    query: str, accept: str, format: str, sample: Served, reference: str
) -> None:
    graphs = [
        Graph().parse(data=ask(endpoint, query, wanted), format=read)
        for endpoint, wanted, read in ((sample.url + "sparql", accept, format), (reference, "text/turtle", "turtle"))
    ]
    assert len(graphs[0]) > 0
    assert isomorphic(*graphs)


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("returned", ["json", "xml"])
def test_rdflibs_store(method: str, returned: str, sample: Served, reference: str) -> None:
    def found(endpoint: str, query: str) -> list[tuple[Any, ...]]:
        store = SPARQLStore(endpoint, method=method, returnFormat=returned)
        return sorted(tuple(row) for row in Graph(store).query(PREFIXED + query))  # type: ignore[misc]

    for query in CLIENT_TABLES:
        assert found(sample.url + "sparql", query) == found(reference, query)
    graph = Graph(SPARQLStore(sample.url + "sparql", method=method, returnFormat=returned))
    iceland = URIRef("urn:kg:country:IS")
    assert graph.value(iceland, URIRef(PREFIXES["skos"] + "prefLabel")) == Literal("Iceland")
    assert graph.query(PREFIXED + "ASK { <urn:kg:country:IS> a schema:Country }").askAnswer is True


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("returned", [JSON, XML, CSV, TSV])
def test_sparqlwrapper(method: str, returned: str, sample: Served, reference: str) -> None:
    def found(endpoint: str, query: str) -> list[str]:
        client = SPARQLWrapper(endpoint)
        client.setQuery(PREFIXED + query)
        client.setMethod(method)
        client.setReturnFormat(returned)
        answer = client.queryAndConvert()
        if returned == JSON:
            return sorted(json.dumps(row, sort_keys=True) for row in answer["results"]["bindings"])
        if returned == XML:
            return sorted(node.toxml() for node in answer.getElementsByTagName("result"))
        return sorted(answer.decode().splitlines())

    for query in CLIENT_TABLES:
        ours = found(sample.url + "sparql", query)
        assert len(ours) > 1
        assert ours == found(reference, query)


def test_sparqlwrapper_reads_graphs(sample: Served, reference: str) -> None:
    def found(endpoint: str) -> Graph:
        client = SPARQLWrapper(endpoint)
        client.setQuery(PREFIXED + GRAPHS[0])
        client.setReturnFormat(TURTLE)
        return Graph().parse(data=client.queryAndConvert(), format="turtle")

    assert isomorphic(found(sample.url + "sparql"), found(reference))
