"""What the graphs hold, seen through SPARQL as a user would."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest
from rdflib import RDF, BNode, Graph, Literal, URIRef
from samples import REPLY, TALKS, UNDATED, sample_evidence

from kg.assemble import (
    DEFAULT_LAYERS,
    KG,
    PREFIXES,
    Minter,
    article_graphs,
    layer,
    synthesis_graph,
    to_nquads,
    to_turtle,
    vocabulary_graph,
)
from kg.config import version
from kg.model import Argument, Article, Claim, Entity, Evidence, Mention, Office, Proposition, Span, When
from kg.resolve import resolve


def graphs_of(evidences: Sequence[Evidence], base: str = "urn:kg:") -> list[Graph]:
    each = [graph for evidence in evidences for graph in article_graphs(evidence, "f00d", base)]
    return [*each, synthesis_graph(resolve(evidences), evidences, "f00d", base), vocabulary_graph(base)]


def union(graphs: Sequence[Graph], *layers: str) -> Graph:
    whole = Graph(bind_namespaces="none")
    for graph in graphs:
        if layer(graph.identifier) in (layers or DEFAULT_LAYERS):
            for triple in graph:
                whole.add(triple)
    return whole


def ask(graph: Graph, query: str) -> list[tuple[str, ...]]:
    rows = graph.query(query, initNs=PREFIXES)
    return sorted(tuple("" if value is None else str(value) for value in row) for row in rows)  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def graphs() -> list[Graph]:
    return graphs_of(sample_evidence())


@pytest.fixture(scope="module")
def whole(graphs: list[Graph]) -> Graph:
    return union(graphs)


def test_the_sentence_behind_every_claim(whole: Graph) -> None:
    rows = ask(
        whole,
        """SELECT ?name ?act ?text ?sentence WHERE {
             ?claim a kg:Claim ; schema:text ?text ; kg:act ?act ; kg:passage/oa:hasSelector/oa:exact ?sentence .
             OPTIONAL { ?claim kg:speaker/skos:prefLabel ?name } }""",
    )
    assert len(rows) == 13
    assert all(text in sentence for _, _, text, sentence in rows)
    assert [row[:3] for row in rows if not row[0]] == [("", "warning", "the talks could collapse")]
    assert ("Jón Arnarson", "belief", "Solvang was wrong about Iceland") in [row[:3] for row in rows]


def test_who_said_what_about_whom(whole: Graph) -> None:
    rows = ask(
        whole,
        """SELECT ?speaker ?about WHERE {
             ?s kg:said ?claim ; skos:prefLabel ?speaker .
             ?claim kg:kind "direct" ; kg:about/skos:prefLabel ?about }""",
    )
    assert rows == [("Ingrid Solvang", "Iceland")]


def test_source_cue_and_content_are_passages_with_their_surroundings(whole: Graph) -> None:
    rows = ask(
        whole,
        """SELECT ?source ?cue ?content ?prefix ?suffix ?start ?end WHERE {
             ?claim kg:act "warning" ; kg:source/oa:hasSelector/oa:exact ?source ; kg:cue/oa:hasSelector/oa:exact ?cue ;
               kg:content/oa:hasSelector ?s .
             ?s oa:exact ?content ; oa:prefix ?prefix ; oa:suffix ?suffix ; oa:start ?start ; oa:end ?end }""",
    )
    ((source, cue, content, prefix, suffix, start, end),) = rows
    assert (source, cue, content) == ("A senior official", "warned", "the talks could collapse")
    assert TALKS.body[int(start) : int(end)] == content
    assert prefix == TALKS.body[int(start) - 32 : int(start)]
    assert suffix == TALKS.body[int(end) : int(end) + 32]
    assert len(prefix) == len(suffix) == 32


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        (
            "SELECT ?path ?title ?outlet ?day WHERE { ?a a schema:NewsArticle ; kg:path ?path ; kg:textSha256 ?sha . "
            "OPTIONAL { ?a schema:headline ?title ; schema:publisher/skos:prefLabel ?outlet ; kg:publishedOn ?day } }",
            [
                ("notes/on the quay.txt", "", "", ""),
                ("reply.md", "Arnarson: “Solvang is wrong” <again>", "Harbour Dispatch", "2025-03-06"),
                ("talks.md", "Norway and Iceland trade words over quotas", "The Northern Ledger", "2025-03-04"),
            ],
        ),
        (
            "SELECT ?code ?same WHERE { ?c a schema:Country ; kg:isoCode ?code ; owl:sameAs ?same }",
            [("IS", "http://www.wikidata.org/entity/Q189"), ("NO", "http://www.wikidata.org/entity/Q20")],
        ),
        (
            """SELECT ?who ?role ?of ?from WHERE {
                 ?m a org:Membership ; org:member/skos:prefLabel ?who ; org:role/skos:prefLabel ?role ;
                   org:organization/skos:prefLabel ?of ; kg:passage/oa:hasSelector/oa:exact ?words .
                 OPTIONAL { ?m org:memberDuring/time:hasBeginning/time:inXSDDate ?from } }""",
            [
                ("Ingrid Solvang", "Trade Minister", "Norway", ""),
                ("Jón Arnarson", "foreign minister", "Iceland", "2024-01-02"),
                ("Tomas Ferreira", "president", "North Sea Fisheries Council", ""),
            ],
        ),
        (
            """SELECT ?inner ?outer ?by WHERE {
                 ?c kg:within ?o ; schema:text ?inner . ?o schema:text ?outer ; kg:reportedBy/skos:prefLabel ?by }""",
            [("Iceland’s fleet a threat", "the minister had called Iceland’s fleet a threat", "Reuters")],
        ),
        (
            """SELECT ?to ?words ?day WHERE { ?c kg:addressee/skos:prefLabel ?to ; kg:addresseeText ?words .
                 ?c kg:saidOn ?i . ?i time:hasBeginning/time:inXSDDate ?day ; time:hasEnd/time:inXSDDate ?day }""",
            [("North Sea Fisheries Council", "NSFC", "2025-03-06")],
        ),
        ("SELECT ?in WHERE { ?c kg:saidIn/skos:prefLabel ?in }", [("Oslo",)]),
        (
            """SELECT ?s ?p ?o ?not WHERE { ?c kg:proposition ?x . ?x kg:subject/skos:prefLabel ?s ; kg:predicate ?p ;
                 kg:objectText ?o ; kg:negated ?not }""",
            [("North Sea Fisheries Council", "publish", "its figures", "false")],
        ),
        (
            """SELECT ?words ?kind WHERE { ?m oa:hasBody <urn:kg:country:IS> ; kg:mentionKind ?kind ;
                 oa:hasTarget/oa:hasSelector/oa:exact ?words FILTER(?kind != "name") }""",
            [("Reykjavik", "metonym")],
        ),
        (
            "SELECT DISTINCT ?kind WHERE { ?c a kg:Claim, schema:Quotation ; kg:kind ?kind }",
            [("direct",), ("mixed",)],
        ),
    ],
)
def test_questions_to_the_default_graph(whole: Graph, query: str, rows: list[tuple[str, ...]]) -> None:
    assert ask(whole, query) == rows


def test_evidence_has_mentions_where_the_synthesis_has_entities(graphs: list[Graph]) -> None:
    evidence, conclusions = union(graphs, "evidence"), union(graphs, "synthesis")
    concluded = {KG.speaker, KG.said, KG.about, KG.addressee, KG.reportedBy, KG.saidIn, KG.saidOn}
    read = {KG.sourceMention, KG.aboutMention, KG.addresseeMention, KG.reporterMention, KG.placeMention, KG.refersTo}
    assert concluded <= set(conclusions.predicates())
    assert not concluded & set(evidence.predicates())
    assert read <= set(evidence.predicates())
    assert not read & set(conclusions.predicates())


def test_the_pronoun_that_speaks_is_told_from_whom_it_stands_for(graphs: list[Graph]) -> None:
    rows = ask(
        union(graphs, "article", "evidence"),
        """SELECT ?words ?name WHERE { ?c kg:addresseeText "reporters" ; kg:sourceMention ?m .
             ?m oa:hasTarget/oa:hasSelector/oa:exact ?words ; kg:refersTo/rdfs:label ?name }""",
    )
    assert rows == [("She", "Ingrid Solvang")]


def test_a_speaker_named_outside_the_source_gets_the_nearest_mention() -> None:
    body = "Ann Bee came. It will rain. Ann Bee left."
    article = Article("a", body)
    ann = Entity("e1", "Person", "Ann Bee", tuple(Mention(i, i + 7, "Ann Bee", "name") for i in (0, 28)))
    claim = Claim("c1", "direct", (article.span(14, 26),), article.span(14, 27), speakers=("e1",))
    _, evidence = article_graphs(Evidence(article, (ann,), (claim,)), "f")
    assert list(evidence.objects(None, KG.sourceMention)) == [Minter().mention(article, 28, 35)]


def test_every_graph_says_where_it_comes_from(graphs: list[Graph]) -> None:
    for graph in graphs[:-1]:
        rows = ask(
            graph,
            f"""SELECT ?version ?used WHERE {{
                  <{graph.identifier}> a prov:Entity ; prov:wasDerivedFrom ?origin ; prov:wasGeneratedBy ?activity .
                  ?activity prov:wasAssociatedWith/schema:softwareVersion ?version ;
                    prov:used/kg:fingerprint ?used }}""",
        )
        assert set(rows) == {(version(), "f00d")}
    origins = set(graphs[-2].objects(graphs[-2].identifier, URIRef(PREFIXES["prov"] + "wasDerivedFrom")))
    assert origins == {graph.identifier for graph in graphs if layer(graph.identifier) == "evidence"}


@pytest.mark.parametrize("base", ["urn:kg:", "https://example.org/graph/"])
def test_there_are_no_blank_nodes_and_instances_are_under_the_base(base: str) -> None:
    for graph in graphs_of(sample_evidence(), base)[:-1]:
        for triple in graph:
            assert not any(isinstance(term, BNode) for term in triple)
            assert str(triple[0]).startswith(base)


def test_the_graph_is_the_same_whatever_the_order() -> None:
    texts = {"".join(to_nquads(graphs_of(order))) for order in itertools.permutations(sample_evidence())}
    assert len(texts) == 1
    reversed_entities = [
        replace(record, entities=record.entities[::-1], claims=record.claims) for record in sample_evidence()
    ]
    assert {"".join(to_nquads(graphs_of(reversed_entities)))} == texts


def test_one_more_article_leaves_the_graphs_of_the_others_alone(graphs: list[Graph]) -> None:
    talks, reply, _ = sample_evidence()
    assert list(to_nquads(graphs_of([talks, reply])[:4])) == list(to_nquads(graphs[:4]))


def test_the_default_union_is_written_to_turtle(
    graphs: list[Graph], whole: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rdflib.NORMALIZE_LITERALS", False)
    text = to_turtle([graph for graph in graphs if layer(graph.identifier) in DEFAULT_LAYERS])
    assert set(Graph().parse(data=text, format="turtle")) == set(whole)


def hostile(text: str) -> Evidence:
    """An article in which everything that can be text is this text."""
    article = Article(text, text + "!", text, text, text, text, text, text)
    span = article.span(0, len(text))
    mention = Mention(0, len(text), text, "name")
    entities = (
        Entity("e1", "Person", text, (mention,), offices=(Office(text, "e2", span, text, text),)),
        Entity("e2", "Organisation", text, (mention,)),
        Entity("e3", "Country", text, (mention,), iso="UA"),
        Entity("e4", "Place", text, (mention,)),
    )
    claim = Claim(
        "c1", "direct", (span,), span, span, ("e1",), span, about=("e2", "e3"), addressees=("e2",), addressee=span,
        reported_by="e2", said_on=When(span, text), place="e4", place_span=span,
        propositions=(Proposition(Argument(span), span, Argument(span, "e2"), True),),
    )  # fmt: skip
    return Evidence(article, entities, (claim,))


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>alert(1)</script>",
        "\"quotes\" 'and' \\backslashes\\",
        "<http://evil.example/> . <a> <b> <c>",
        "tab\there\nnew line\r\nnull\x00bell\x07del\x7f",
        "\u202eright to left عربي",
        "😀\u200d🔥",
        "\u2028\ufeff\u0085",
        "x" * 10_000,
        " ",
    ],
)
def test_hostile_text_is_kept_as_it_is(text: str) -> None:
    import pyoxigraph

    graphs = graphs_of([hostile(text)])
    lines = list(to_nquads(graphs))
    assert all(line.endswith(" .\n") and line.count("\n") == 1 for line in lines)
    quads = list(pyoxigraph.parse(input="".join(lines).encode(), format=pyoxigraph.RdfFormat.N_QUADS))
    assert len(quads) == len(lines)
    exact = URIRef(PREFIXES["oa"] + "exact")
    assert {q.object.value for q in quads if q.predicate.value == str(exact)} == {text}  # type: ignore[union-attr]
    turtle = pyoxigraph.parse(input=to_turtle(graphs).encode(), format=pyoxigraph.RdfFormat.TURTLE)
    assert len(set(turtle)) == len({triple for graph in graphs for triple in graph})


def test_what_a_store_normalises_is_canonical_already(graphs: list[Graph]) -> None:
    import pyoxigraph

    lines = list(to_nquads(graphs))
    store = pyoxigraph.Store()
    store.bulk_load("".join(lines).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    dumped = store.dump(format=pyoxigraph.RdfFormat.N_QUADS)
    assert dumped is not None
    # Oxigraph keeps no type below xsd:integer; all else comes back as it was.
    expected = sorted(line.replace("nonNegativeInteger", "integer") for line in lines)
    assert sorted(dumped.decode().splitlines(keepends=True)) == expected


@pytest.mark.parametrize("term", [BNode(), URIRef("has space"), URIRef("a>b")])
def test_what_cannot_be_written_is_refused(term: BNode | URIRef) -> None:
    graph = Graph(identifier=URIRef("urn:kg:graph:synthesis"))
    graph.add((term, RDF.type, Literal("x")))
    for write in (lambda: list(to_nquads([graph])), lambda: to_turtle([graph])):
        with pytest.raises(ValueError, match="cannot stand in a graph"):
            write()


def test_articles_without_claims_or_entities_have_their_metadata() -> None:
    bare = Evidence(UNDATED, (), ())
    assert len(union(graphs_of([bare]), "article")) > 5
    assert ask(union(graphs_of([bare])), "SELECT ?c WHERE { ?c a kg:Claim }") == []


def test_a_joint_mention_has_two_bodies() -> None:
    they = Mention(0, 4, "They", "pronoun")
    article = Article("a", "They spoke. Ann Bee and Cid Dee.")
    entities = tuple(
        Entity(f"e{n}", "Person", name, (they, Mention(at, at + 7, name, "name")))
        for n, (name, at) in enumerate((("Ann Bee", 12), ("Cid Dee", 24)), 1)
    )
    rows = ask(
        union(graphs_of([Evidence(article, entities, ())])),
        f"SELECT ?name WHERE {{ <{Minter().mention(article, 0, 4)}> oa:hasBody/skos:prefLabel ?name }}",
    )
    assert rows == [("Ann Bee",), ("Cid Dee",)]


def test_unreadable_dates_of_an_office_leave_the_office() -> None:
    article = Article("a", "Ann Bee, chair")
    office = Office("chair", None, Span(0, 14, article.body), start="long ago")
    ann = Entity("e1", "Person", "Ann Bee", (Mention(0, 7, "Ann Bee", "name"),), offices=(office,))
    whole = union(graphs_of([Evidence(article, (ann,), ())]))
    assert ask(whole, "SELECT ?r WHERE { ?m org:role/skos:prefLabel ?r }") == [("chair",)]
    assert ask(whole, "SELECT ?t WHERE { ?m org:memberDuring ?t }") == []


def test_dates_with_time_compare_as_days(whole: Graph) -> None:
    rows = ask(whole, 'SELECT ?p WHERE { ?a kg:publishedOn ?d ; kg:path ?p FILTER(?d > "2025-03-05"^^xsd:date) }')
    assert rows == [(REPLY.path,)]
