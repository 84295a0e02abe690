from collections.abc import Callable
from decimal import Decimal

import pytest
from rdflib import RDF, SKOS, XSD, Graph, Literal, URIRef
from samples import sample_evidence

from kg.assemble import (
    DEFAULT_LAYERS,
    KG,
    OA,
    SCHEMA,
    article_graphs,
    layer,
    synthesis_graph,
    validate,
    vocabulary_graph,
)
from kg.resolve import resolve


@pytest.fixture
def graphs() -> list[Graph]:
    records = sample_evidence()
    each = [graph for record in records for graph in article_graphs(record, "f00d")]
    return [*each, synthesis_graph(resolve(records), records, "f00d"), vocabulary_graph()]


def test_everything_conforms_and_so_does_the_default_union(graphs: list[Graph]) -> None:
    assert validate(graphs) == (True, "Validation Report\nConforms: True\n")
    assert validate(graph for graph in graphs if layer(graph.identifier) in DEFAULT_LAYERS)[0]


def _remove(property: URIRef) -> Callable[[Graph], None]:
    def mutate(graph: Graph) -> None:
        subject = sorted(graph.subjects(property))[0]
        graph.remove((subject, property, None))

    return mutate


def _replace(property: URIRef, value: Literal | URIRef) -> Callable[[Graph], None]:
    def mutate(graph: Graph) -> None:
        subject = sorted(graph.subjects(property))[0]
        graph.remove((subject, property, None))
        graph.add((subject, property, value))

    return mutate


def _add(property: URIRef, value: Literal | URIRef) -> Callable[[Graph], None]:
    def mutate(graph: Graph) -> None:
        graph.add((sorted(graph.subjects(property))[0], property, value))

    return mutate


@pytest.mark.parametrize(
    "mutate",
    [
        pytest.param(_remove(KG.content), id="claim without content"),
        pytest.param(_remove(KG.passage), id="claim without passage"),
        pytest.param(_remove(SCHEMA.text), id="claim without text"),
        pytest.param(_remove(SCHEMA.isPartOf), id="claim without article"),
        pytest.param(_replace(KG.act, Literal("shouting")), id="unknown act"),
        pytest.param(_replace(KG.confidence, Literal(Decimal("1.5"))), id="confidence above one"),
        pytest.param(_add(KG.within, URIRef("urn:kg:claim:none")), id="within what is no claim"),
        pytest.param(_add(KG.about, Literal("Iceland")), id="about a string"),
        pytest.param(_add(KG.speaker, URIRef("urn:kg:entity:nobody")), id="speaker that is no entity"),
        pytest.param(_remove(KG.said), id="shortcut missing"),
        pytest.param(_remove(KG.speaker), id="shortcut left over"),
        pytest.param(_remove(OA.hasBody), id="mention of nothing"),
        pytest.param(_remove(OA.hasTarget), id="mention outside the text"),
        pytest.param(_replace(OA.end, Literal("0", datatype=XSD.nonNegativeInteger)), id="passage that ends early"),
        pytest.param(_remove(OA.exact), id="passage without words"),
        pytest.param(_remove(OA.hasSource), id="passage of no article"),
        pytest.param(_add(SKOS.prefLabel, Literal("Another")), id="two names"),
        pytest.param(_replace(KG.isoCode, Literal("Norway")), id="country code"),
        pytest.param(_add(KG.publishedOn, Literal("soon")), id="date"),
        pytest.param(_remove(KG.negated), id="proposition without negation"),
        pytest.param(lambda g: g.remove((None, RDF.type, URIRef("http://www.w3.org/ns/org#Role"))), id="role untyped"),
    ],
)
def test_what_is_broken_does_not_conform(graphs: list[Graph], mutate: Callable[[Graph], None]) -> None:
    union = Graph(bind_namespaces="none")
    for graph in graphs:
        for triple in graph:
            union.add(triple)
    before = set(union)
    mutate(union)
    assert set(union) != before
    conforms, report = validate([union])
    assert not conforms
    assert "Constraint Violation" in report
