"""Judgements in the graph, seen through SPARQL."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from court import EVIDENCE, FERREIRA, INGRID, PETTER, REPLY, TALKS, at, entry, hide, pair, speaker, wrong
from rdflib import Graph, URIRef

from kg.assemble import (
    DEFAULT_LAYERS,
    PREFIXES,
    Minter,
    article_graphs,
    judgements_graph,
    layer,
    synthesis_graph,
    to_nquads,
    validate,
)
from kg.judge import Entry, Undo, apply
from kg.resolve import resolve

JOINED = pair("same", INGRID, PETTER)
ENTRIES = [
    JOINED,
    speaker(TALKS, "c4", FERREIRA, minute=1),
    wrong(TALKS, "c1", "cue", "Solvang [said on Tuesday] that", minute=2),
    hide(REPLY, "c3", 3, "Bo"),
    pair("different", INGRID, PETTER, 4, "Bo"),
    entry(Undo("0123456789abcdef"), 5, reason="a reason, “quoted”"),
]


def graphs_of(entries: Sequence[Entry]) -> list[Graph]:
    rulings = apply(entries, EVIDENCE)
    each = [graph for record in EVIDENCE for graph in article_graphs(record, "f00d")]
    whole = synthesis_graph(resolve(EVIDENCE, rulings), EVIDENCE, "f00d")
    return [*each, whole, judgements_graph(rulings, EVIDENCE, "f00d")]


@pytest.fixture(scope="module")
def graphs() -> list[Graph]:
    return graphs_of(ENTRIES)


def ask(graphs: Sequence[Graph], layers: frozenset[str], query: str) -> list[tuple[str, ...]]:
    union = Graph(bind_namespaces="none")
    for graph in graphs:
        if layer(graph.identifier) in layers:
            for triple in graph:
                union.add(triple)
    return sorted(tuple(str(value) for value in row) for row in union.query(query, initNs=PREFIXES))  # type: ignore[union-attr]


EVERYTHING = frozenset({"article", "evidence", "synthesis", "judgements"})


def test_every_entry_stands_there_with_who_when_and_why(graphs: list[Graph]) -> None:
    rows = ask(
        graphs,
        frozenset({"judgements"}),
        """SELECT ?decision ?who ?when ?standing WHERE { ?j a kg:Judgement ; kg:decision ?decision ;
             kg:standing ?standing ; prov:wasAttributedTo/rdfs:label ?who ; prov:generatedAtTime ?when }""",
    )
    assert rows == [
        ("different", "Bo", "2025-04-01T10:04:00Z", "in force"),
        ("hide", "Bo", "2025-04-01T10:03:00Z", "in force"),
        ("same", "Ann", "2025-04-01T10:00:00Z", "overruled"),
        ("speaker", "Ann", "2025-04-01T10:01:00Z", "in force"),
        ("undo", "Ann", "2025-04-01T10:05:00Z", "orphan"),
        ("wrong", "Ann", "2025-04-01T10:02:00Z", "in force"),
    ]
    why = "SELECT ?why { ?j kg:reason ?why }"
    assert ask(graphs, EVERYTHING, why) == [("a reason, “quoted”",)]
    assert ask(graphs, DEFAULT_LAYERS, "SELECT ?j { ?j a kg:Judgement }") == []


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        (
            """SELECT ?words { ?j kg:decision "same" ; kg:judges/oa:hasTarget/oa:hasSelector/oa:exact ?words }""",
            [("Ingrid Solvang",), ("Petter Solvang",)],
        ),
        (
            """SELECT ?text ?who { ?j kg:decision "speaker" ; kg:judges/schema:text ?text ; kg:rightSpeaker/oa:hasBody/
                 skos:prefLabel ?who }""",
            [("the talks could collapse", "Tomas Ferreira")],
        ),
        ("""SELECT ?field ?value { ?j kg:rightField ?field ; kg:rightValue ?value }""", [("cue", "said on Tuesday")]),
        ("""SELECT ?text { ?j kg:decision "hide" ; kg:judges/schema:text ?text }""", [("who should pay 😀",)]),
        ("""SELECT ?by { ?j kg:decision "same" ; kg:overruledBy/kg:decision ?by }""", [("different",)]),
        ("""SELECT ?text ?by { ?c prov:wasInfluencedBy ?j ; schema:text ?text . ?j kg:decision ?by }""", [
            ("Iceland “will not be bullied” over fishing", "wrong"),
            ("the talks could collapse", "speaker"),
        ]),
        ("""SELECT ?name { ?e prov:wasInfluencedBy/kg:decision "different" ; skos:prefLabel ?name }""", [
            ("Ingrid Solvang",), ("Petter Solvang",),
        ]),
    ],
)  # fmt: skip
def test_questions_to_everything(graphs: list[Graph], query: str, rows: list[tuple[str, ...]]) -> None:
    assert ask(graphs, EVERYTHING, query) == rows


def test_a_corrected_claim_keeps_its_iri_and_has_the_right_words(graphs: list[Graph]) -> None:
    rows = ask(
        graphs,
        DEFAULT_LAYERS,
        "SELECT ?c ?cue { ?c prov:wasInfluencedBy ?j ; kg:kind 'mixed' ; kg:cue/oa:hasSelector/oa:exact ?cue }",
    )
    assert rows == [(str(Minter().claims(EVIDENCE[0])["c1"]), "said on Tuesday")]
    evidence = "SELECT ?cue { ?c a kg:Claim ; kg:kind 'mixed' ; kg:cue/oa:hasSelector/oa:exact ?cue }"
    assert ask(graphs, frozenset({"article", "evidence"}), evidence) == [("said",)]


def test_a_hidden_claim_is_in_the_evidence_alone(graphs: list[Graph]) -> None:
    hidden = Minter().claims(EVIDENCE[1])["c3"]
    holding = {layer(graph.identifier) for graph in graphs if hidden in graph.all_nodes()}
    assert holding == {"evidence", "judgements"}


def test_graphs_with_judgements_conform_to_the_shapes(graphs: list[Graph]) -> None:
    for layers in (DEFAULT_LAYERS, DEFAULT_LAYERS | {"judgements"}):
        conforms, report = validate(graph for graph in graphs if layer(graph.identifier) in layers)
        assert conforms, report
    conforms, report = validate(graphs_of([one for one in ENTRIES if one.name != "wrong"]))
    assert conforms, report


def test_a_hostile_judgement_is_kept_as_it_is() -> None:
    evil = '<x> "\\\n\u202e</script>'
    bad = Entry(pair("same", at(REPLY, "[Norway] would"), INGRID).decision, evil, "2025-04-01T10:00:00.123+02:00", evil)
    graphs = graphs_of([bad])
    assert ask(graphs, EVERYTHING, "SELECT ?why { ?j kg:reason ?why }") == [(evil,)]
    assert ask(graphs, EVERYTHING, "SELECT ?t { ?j prov:generatedAtTime ?t }") == [("2025-04-01T08:00:00.123Z",)]
    assert all(isinstance(node, URIRef) for graph in graphs for node in graph.subjects())
    assert list(to_nquads(graphs)) == list(to_nquads(graphs_of([bad, bad])))
