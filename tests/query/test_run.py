"""Running queries: what is seen, how values get in, and what is said about names."""

from __future__ import annotations

import pyoxigraph
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from query_store import sample_store

from kg.query import QueryError, run
from kg.query.dataset import dataset

STORE = sample_store()
HOSTILE = [
    'a"b',
    "'; DROP ALL",
    '" } SERVICE <http://x.example/> { ?s ?p "',
    "\\",
    "\\u0022",
    "line\nbreak\r\n",
    "# bind: speaker as ?x",
    "}",
    "\x00",
    "\N{RIGHT-TO-LEFT OVERRIDE}",
    "?x",
    '"""',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_values_arrive_as_they_are(text: str) -> None:
    query = "# param: x (text) — any text\nSELECT ?x {\n# bind: x as ?x\n }"
    assert run(STORE, query, {"x": text}).rows == ((Literal(text),),)
    assert run(STORE, "quotes", {"text": text}).rows == ()
    if not text.startswith('"'):
        assert run(STORE, "SELECT ?x { }", {"x": text}).rows == ((Literal(text),),)


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("urn:kg:country:IS", NamedNode("urn:kg:country:IS")),
        ("<tag:x>", NamedNode("tag:x")),
        ('"5"^^xsd:integer', Literal("5", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))),
        ('"a"@en', Literal("a", language="en")),
        ("Iceland: a history", Literal("Iceland: a history")),
    ],
)
def test_values_for_variables_of_ones_own_query(value: str, term: object) -> None:
    assert run(STORE, "SELECT ?x WHERE { }", {"x": value}).rows == ((term,),)


@pytest.mark.parametrize(
    ("query", "params", "message"),
    [
        ("said", {}, "needs the parameter 'speaker': whose claims"),
        ("said", {"speaker": "Norway", "form": "2025"}, "no parameter 'form'; nearest"),
        ("never-quoted", {"x": "1"}, "takes no parameters"),
        ("said", {"speaker": "Norway", "since": "March"}, "is not a date"),
        ("said", {"speaker": "Norway", "since": "2025-13"}, "is not a date"),
        ("quotes", {"act": "deniel"}, "no act; nearest: denial"),
        ("sentence", {"claim": "the first"}, "is not an IRI"),
        ("sentence", {"claim": "<urn:a b>"}, "is not an IRI"),
        ("SELECT ?who { ?who ?p ?o }", {"woh": "x"}, "no parameter 'woh'; nearest: who"),
        ("SELECT ?who { ?who ?p ?o }", {"who": '"a" . <urn:x> <urn:y> "b"'}, "more than one literal"),
        ("SELECT ?who { ?who ?p ?o }", {"who": '"a'}, "begins like a literal"),
        ("DESCRIBE ?x", {"x": "urn:a"}, "no WHERE clause"),
        ("SELECT ?x { ?x ?p ?o } GROUP BY ?p", {}, "query cannot be"),
    ],
)
def test_what_cannot_be_used_is_told(query: str, params: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run(STORE, query, params)


def test_a_name_that_matches_nobody_gives_no_rows_and_the_nearest_names() -> None:
    rows = run(STORE, "said", {"speaker": "Ingrid Solvag"})
    assert len(rows) == 0
    assert rows.variables[0] == "speaker"
    assert rows.notes == ("no entity is called 'Ingrid Solvag'; nearest: Ingrid Solvang, Solvang, Petter Solvang",)


def test_a_name_that_matches_several_takes_all_and_lists_them() -> None:
    store = sample_store()
    (petter,) = (str(r["entity"]) for r in run(store, "entities", {"name": "Petter Solvang"}).records())
    label = NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
    store.add(Quad(NamedNode(petter), label, Literal("Solvang"), NamedNode("urn:kg:graph:synthesis")))
    rows = run(store, "said", {"speaker": "solvang"})
    assert {r["speaker"] for r in rows.records()} == {"Ingrid Solvang", "Petter Solvang"}
    assert rows.notes[0].startswith("'solvang' names 2 entities")
    assert petter in rows.notes[0]


def test_the_iri_of_a_mention_stands_for_its_entity() -> None:
    mention = "SELECT ?m { ?m oa:hasBody <urn:kg:country:IS> ; oa:hasTarget/oa:hasSelector/oa:exact 'Reykjavik' }"
    (row,) = run(STORE, mention).records()
    assert [r["content"] for r in run(STORE, "said", {"speaker": str(row["m"])}).records()] == ["who should pay 😀"]


def test_raw_evidence_is_seen_only_with_everything() -> None:
    query = "ASK { ?claim kg:sourceMention ?mention }"
    assert not run(STORE, query)
    assert run(STORE, query, everything=True)
    assert not run(STORE, "ASK { GRAPH ?g { ?claim kg:sourceMention ?mention } }")
    graph = next(
        r["g"] for r in run(STORE, "SELECT ?g { GRAPH ?g { ?c kg:aboutMention ?m } }", everything=True).records()
    )
    from_evidence = f"ASK FROM <{graph}> {{ ?claim kg:aboutMention ?mention }}"
    assert run(STORE, from_evidence, everything=True)
    with pytest.raises(QueryError, match="no such graph"):
        run(STORE, from_evidence)


def test_the_union_repeats_no_triple_and_is_the_same_from_a_filled_default_graph() -> None:
    query = "SELECT ?label { <urn:kg:software:kg:x> rdfs:label ?label }"
    store = sample_store()
    for graph in list(store.named_graphs()):
        triple = (NamedNode("urn:kg:software:kg:x"), NamedNode("http://www.w3.org/2000/01/rdf-schema#label"))
        store.add(Quad(*triple, Literal("once"), graph))
    assert len(run(store, query)) == 1
    assert len(run(store, query, everything=True)) == 1
    filled = pyoxigraph.Store()
    filled.bulk_extend(dataset(store).store)
    assert dataset(filled).store is filled
    for name in ("quotes", "entities", "articles"):
        assert run(filled, name) == run(store, name)
    evidence = Quad(NamedNode("urn:a"), NamedNode("urn:p"), Literal("x"), NamedNode("urn:kg:graph:other"))
    filled.add(evidence)
    assert not run(filled, "ASK { <urn:a> ?p ?o }")
    assert run(filled, "ASK { <urn:a> ?p ?o }", everything=True)
    assert next(filled.quads_for_pattern(None, None, None, DefaultGraph()), None) is not None


def test_graphs_and_asks_are_answered_in_kind() -> None:
    graph = run(STORE, "CONSTRUCT { ?e a ?t } WHERE { ?e a ?t FILTER(?t IN (schema:Country, schema:Place)) }")
    assert (graph.form, len(graph)) == ("graph", 3)
    assert list(graph.triples) == sorted(graph.triples, key=str)
    assert run(STORE, "DESCRIBE <urn:kg:country:IS>")
    assert run(STORE, "ASK { <urn:kg:country:IS> a schema:Country }").boolean is True
    assert not run(STORE, "ASK { <urn:kg:country:IS> a schema:Place }")
