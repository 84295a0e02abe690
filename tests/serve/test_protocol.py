"""The SPARQL 1.1 Protocol: forms of requests, formats of answers, datasets, and what is refused with which status."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from served import FORM, Served

NAMES = "SELECT ?name WHERE { ?p a schema:Person ; skos:prefLabel ?name } ORDER BY ?name"
ASK = "ASK { ?p skos:prefLabel 'Tomas Ferreira' }"
GRAPH = "CONSTRUCT { ?p skos:prefLabel ?name } WHERE { ?p a schema:Person ; skos:prefLabel ?name }"
PEOPLE = ["Ingrid Solvang", "Jón Arnarson", "Petter Solvang", "Tomas Ferreira"]
SYNTHESIS = "urn:kg:graph:synthesis"
QUERY = {"Content-Type": "application/sparql-query"}


def names(reply: object) -> list[str]:
    return [row["name"]["value"] for row in reply.json["results"]["bindings"]]  # type: ignore[attr-defined]


def test_the_three_forms_of_a_query(sample: Served) -> None:
    found = [
        sample.query(NAMES),
        sample.ask("/sparql", "POST", urlencode({"query": NAMES}), **FORM),
        sample.ask("/sparql", "POST", NAMES, **QUERY),
        sample.ask("/sparql", "POST", NAMES, **{"Content-Type": "application/sparql-query; charset=UTF-8"}),
    ]
    assert [reply.status for reply in found] == [200] * 4
    assert [names(reply) for reply in found] == [PEOPLE] * 4


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (NAMES, "", "application/sparql-results+json"),
        (NAMES, "*/*", "application/sparql-results+json"),
        (NAMES, "application/sparql-results+xml", "application/sparql-results+xml"),
        (NAMES, "text/csv", "text/csv"),
        (NAMES, "text/tab-separated-values;q=0.8, text/html", "text/tab-separated-values"),
        (NAMES, "text/csv;q=0.1, application/json;q=0.2", "application/json"),
        (NAMES, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        (ASK, "text/csv", "text/csv"),
        (GRAPH, "", "text/turtle"),
        (GRAPH, "application/n-triples", "application/n-triples"),
        (GRAPH, "application/ld+json", "application/ld+json"),
        (GRAPH, "application/rdf+xml", "application/rdf+xml"),
        ("DESCRIBE <urn:kg:country:IS>", "text/*", "text/turtle"),
    ],
)
def test_formats(query: str, accept: str, media_type: str, sample: Served) -> None:
    reply = sample.query(query, accept)
    assert (reply.status, reply.media_type) == (200, media_type)
    assert reply.headers["vary"] == "Accept"


def test_what_the_formats_look_like(sample: Served) -> None:
    first = NAMES + " LIMIT 1"
    assert sample.query(first, "text/csv").text == "name\r\nIngrid Solvang\r\n"
    assert sample.query(first, "text/tab-separated-values").text == '?name\n"Ingrid Solvang"\n'
    assert "<literal>Ingrid Solvang</literal>" in sample.query(first, "application/sparql-results+xml").text
    assert sample.query(ASK).json == {"head": {}, "boolean": True}
    assert "skos:prefLabel" in sample.query(GRAPH, "text/turtle").text


@pytest.mark.parametrize(
    ("status", "told", "request_"),
    [
        (400, "line 1", ("GET", "query=SELECT+%3F+WHERE+%7B", "", {})),
        (400, "'scheme' is not declared; nearest: schema", ("POST", "", "ASK { ?s scheme:name ?o }", QUERY)),
        (400, "there must be one query; here are 0", ("GET", "default-graph-uri=urn:x", "", {})),
        (400, "there must be one query; here are 2", ("GET", "query=ASK%7B%7D&query=ASK%7B%7D", "", {})),
        (400, "there must be one query; here are 0", ("POST", "query=ASK%7B%7D", "", FORM)),
        (400, "cannot be read as UTF-8", ("POST", "", b"ASK { ?s ?p '\xff' }", QUERY)),
        (400, "cannot be read as UTF-8", ("GET", "query=%FF", "", {})),
        (400, "SERVICE is refused", ("POST", "", "SELECT * { SERVICE SILENT <http://x.test/> { ?s ?p ?o } }", QUERY)),
        (400, r"SERVICE is refused", ("POST", "", r"SELECT * { \u0053ERVICE <http://x.test/> { } }", QUERY)),
        (400, "no such graph", ("POST", "", "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", QUERY)),
        (400, "no such graph", ("POST", "", "SELECT * FROM NAMED <http://x.test/> { GRAPH ?g { ?s ?p ?o } }", QUERY)),
        (400, "no such graph", ("POST", "default-graph-uri=file:///etc/passwd", "ASK { ?s ?p ?o }", QUERY)),
        (400, "no such graph", ("POST", "named-graph-uri=http://x.test/", "ASK { ?s ?p ?o }", QUERY)),
        (400, "updates are refused", ("POST", "", "LOAD <file:///etc/passwd>", QUERY)),
        (400, "updates are refused", ("POST", "", "DELETE WHERE { ?s ?p ?o }", QUERY)),
        (403, "read-only", ("POST", "", "DROP ALL", {"Content-Type": "application/sparql-update"})),
        (403, "read-only", ("POST", "", "update=DROP+ALL", FORM)),
        (405, "Method Not Allowed", ("PUT", "", "", {})),
        (406, "none of these is accepted", ("POST", "", NAMES, {**QUERY, "Accept": "image/png"})),
        (406, "none of these is accepted", ("POST", "", GRAPH, {**QUERY, "Accept": "text/csv"})),
        (413, "too long", ("POST", "", b"x" * 300_000, QUERY)),
        (413, "100,000 are read", ("POST", "", "ASK {} #" + "x" * 120_000, QUERY)),
        (415, "application/sparql-query", ("POST", "", NAMES, {"Content-Type": "text/plain"})),
    ],
)  # fmt: skip
def test_status_codes(
    status: int, told: str, request_: tuple[str, str, str | bytes, dict[str, str]], sample: Served
) -> None:
    method, arguments, body, headers = request_
    reply = sample.ask(f"/sparql?{arguments}" if arguments else "/sparql", method, body or None, **headers)
    assert (reply.status, told in reply.text) == (status, True), reply.text
    assert reply.media_type == "text/plain"


def test_a_chunked_body_that_goes_on_is_cut_off(sample: Served) -> None:
    import http.client

    line = http.client.HTTPConnection("127.0.0.1", sample.port, timeout=30)
    line.request("POST", "/sparql", iter([b"ASK {} #", b"x" * 200_000, b"x" * 200_000]), QUERY, encode_chunked=True)
    assert line.getresponse().status == 413
    line.close()


@pytest.mark.parametrize(
    ("query", "fields", "count"),
    [
        ("SELECT (COUNT(*) AS ?n) { ?c a kg:Claim }", {}, 13),
        ("SELECT (COUNT(*) AS ?n) { ?c a kg:Claim }", {"default-graph-uri": SYNTHESIS}, 13),
        ("SELECT (COUNT(*) AS ?n) { ?c a schema:NewsArticle }", {}, 3),
        ("SELECT (COUNT(*) AS ?n) { ?c a schema:NewsArticle }", {"default-graph-uri": SYNTHESIS}, 0),
        ("SELECT (COUNT(*) AS ?n) { ?c a kg:Claim }", {"named-graph-uri": SYNTHESIS}, 0),
        ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?c a kg:Claim } }", {"named-graph-uri": SYNTHESIS}, 13),
        ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?c a kg:Claim } }", {"default-graph-uri": SYNTHESIS}, 0),
        ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?c a kg:Claim } }", {}, 13),
        ("SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }", {}, 4),
        # The protocol's dataset takes the place of the query's own.
        (f"SELECT (COUNT(*) AS ?n) FROM <{SYNTHESIS}> {{ ?c a kg:Claim }}", {"named-graph-uri": SYNTHESIS}, 0),
        (f"SELECT (COUNT(*) AS ?n) FROM <{SYNTHESIS}> {{ ?c a kg:Claim }}", {}, 13),
        # A default graph of several is their merge: what stands in two of them counts once.
        (
            "SELECT (COUNT(*) AS ?n) { ?s a prov:SoftwareAgent }",
            {"default-graph-uri": [SYNTHESIS, "urn:kg:graph:vocabulary"]}, 1,
        ),
        (
            f"SELECT (COUNT(*) AS ?n) FROM <{SYNTHESIS}> FROM <urn:kg:graph:vocabulary> {{ ?c a kg:Claim }}", {}, 13,
        ),
    ],
)  # fmt: skip
def test_datasets(query: str, fields: dict[str, str], count: int, sample: Served) -> None:
    reply = sample.query(query, **fields)
    assert reply.status == 200, reply.text
    assert int(reply.json["results"]["bindings"][0]["n"]["value"]) == count


def test_raw_evidence_can_be_asked_by_name(sample: Served) -> None:
    graphs = sample.ask("/sparql", Accept="text/turtle").text
    evidence = next(word.strip("<>") for word in graphs.split() if "urn:kg:graph:evidence:" in word)
    assert sample.query("ASK { ?s kg:refersTo ?o }").json["boolean"] is False
    assert sample.query("ASK { ?s kg:refersTo ?o }", **{"default-graph-uri": evidence}).json["boolean"] is True


def test_without_a_query_the_endpoint_describes_itself(sample: Served) -> None:
    reply = sample.ask("/sparql")
    assert (reply.status, reply.media_type) == (200, "text/turtle")
    assert "sparql-service-description#Service" in reply.text
    assert f"<{sample.url}sparql>" in reply.text
    assert sample.ask("/sparql", Accept="text/html").headers["location"] == "/query"
    assert sample.ask("/sparql", Accept="image/png").status == 406
