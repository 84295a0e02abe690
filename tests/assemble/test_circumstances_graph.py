"""When, where and to whom, and the clauses of a content: each with its words in the text, and nothing guessed."""

from collections.abc import Sequence

import pytest
from rdflib import Graph

from kg.assemble import DEFAULT_LAYERS, PREFIXES, article_graphs, layer, synthesis_graph, validate
from kg.model import Argument, Article, Claim, Entity, Evidence, Mention, Proposition, Span, When
from kg.resolve import resolve

BODY = "Ana Ruiz told Oman in Muscat last week: “Stay away!” She told farmers recently that rain fell."
ARTICLE = Article("a.txt", BODY, published="2025-02-14")


def at(words: str) -> Span:
    start = BODY.index(words)
    return ARTICLE.span(start, start + len(words))


def name(words: str) -> Mention:
    return Mention(at(words).start, at(words).end, words, "name")


ENTITIES = (
    Entity("e1", "Person", "Ana Ruiz", (name("Ana Ruiz"), Mention(at("She").start, at("She").end, "She", "pronoun"))),
    Entity("e2", "Country", "Oman", (name("Oman"),), iso="OM"),
    Entity("e3", "Place", "Muscat", (name("Muscat"),)),
)
CLAIMS = (
    Claim(
        "c1", "direct", (at("Stay away!"),), at(BODY[:53]), at("Ana Ruiz"), ("e1",), at("told"), act="request",
        modality="necessary", addressees=("e2",), addressee=at("Oman"),
        said_on=When(at("last week"), "2025-02-03/2025-02-09"), place="e3", place_span=at("Muscat"),
        propositions=(Proposition(Argument(None, "e2"), at("Stay"), None, False),),
    ),
    Claim(
        "c2", "indirect", (at("that rain fell"),), at(BODY[54:]), at("She"), ("e1",), at("told farmers"),
        addressee=at("farmers"), said_on=When(at("recently"), None),
        propositions=(Proposition(Argument(at("rain")), at("fell"), None, False),),
    ),
)  # fmt: skip
EVIDENCE = Evidence(ARTICLE, ENTITIES, CLAIMS)


@pytest.fixture(scope="module")
def graphs() -> list[Graph]:
    return [*article_graphs(EVIDENCE, "f00d"), synthesis_graph(resolve([EVIDENCE]), [EVIDENCE], "f00d")]


@pytest.fixture(scope="module")
def whole(graphs: Sequence[Graph]) -> Graph:
    union = Graph(bind_namespaces="none")
    for graph in graphs:
        if layer(graph.identifier) in DEFAULT_LAYERS:
            for triple in graph:
                union.add(triple)
    return union


@pytest.mark.parametrize(
    ("pattern", "rows"),
    [
        ("kg:addressee/skos:prefLabel", {("request", "Oman")}),
        ("kg:addresseeText", {("request", "Oman"), ("statement", "farmers")}),
        ("kg:addresseePassage/oa:hasSelector/oa:exact", {("request", "Oman"), ("statement", "farmers")}),
        ("kg:saidOn/time:hasBeginning/time:inXSDDate", {("request", "2025-02-03")}),
        ("kg:saidOn/time:hasEnd/time:inXSDDate", {("request", "2025-02-09")}),
        ("kg:saidOnText", {("request", "last week"), ("statement", "recently")}),
        ("kg:saidOnPassage/oa:hasSelector/oa:exact", {("request", "last week"), ("statement", "recently")}),
        ("kg:saidIn/skos:prefLabel", {("request", "Muscat")}),
        ("kg:saidInPassage/oa:hasSelector/oa:exact", {("request", "Muscat")}),
        ("kg:proposition/kg:subject/skos:prefLabel", {("request", "Oman")}),
        ("kg:proposition/kg:subjectText", {("statement", "rain")}),
        ("kg:proposition/kg:predicate", {("request", "Stay"), ("statement", "fell")}),
        ("kg:proposition/kg:passage/oa:hasSelector/oa:exact", {("request", "Stay"), ("statement", "rain fell")}),
        ("kg:proposition/(kg:object|kg:objectText)", set()),
    ],
)
def test_what_the_graph_says_of_each_claim(whole: Graph, pattern: str, rows: set[tuple[str, str]]) -> None:
    query = f"SELECT ?act ?value WHERE {{ ?claim kg:act ?act ; {pattern} ?value }}"
    assert {(str(a), str(v)) for a, v in whole.query(query, initNs=PREFIXES)} == rows  # type: ignore[misc,union-attr]


def test_the_evidence_has_the_mention_that_was_read(graphs: Sequence[Graph]) -> None:
    query = "SELECT ?m WHERE { { ?c kg:placeMention ?m } UNION { ?c kg:addresseeMention ?m } }"
    found = {str(m).rpartition(":")[2] for (m,) in graphs[1].query(query, initNs=PREFIXES)}  # type: ignore[misc,union-attr]
    assert found == {f"{s.start}-{s.end}" for s in (at("Muscat"), at("Oman"))}


def test_they_conform_to_the_shapes(graphs: Sequence[Graph]) -> None:
    conforms, report = validate(graphs)
    assert conforms, report
