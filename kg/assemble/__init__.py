"""Records → RDF: standards first, no blank nodes, one place that mints IRIs. What a caller needs:

    article_graphs(evidence, fingerprint, base=BASE) -> [article graph, evidence graph]    of one article version
    synthesis_graph(synthesis, evidences, fingerprint, base=BASE) -> Graph                 of all articles together
    judgements_graph(rulings, evidence, fingerprint, base=BASE) -> Graph                   what people decided
    vocabulary_graph(base=BASE) -> Graph                                                   our terms, as an ontology
    layer(graph_iri) -> "article" | "evidence" | "synthesis" | "judgements" | "vocabulary" | None
    to_nquads(graphs) -> Iterator[str]        sorted lines, each ending in a newline
    to_turtle(graphs) -> str                  of the union, for reading
    validate(graphs) -> (conforms, report)    SHACL; needs pyshacl (the test extra)

Every graph is an `rdflib.Graph` whose `identifier` is the IRI of the named graph (under another base, with `/`):

    urn:kg:graph:article:ARTICLE:VERSION      article metadata, passages, mentions (annotations without body)
    urn:kg:graph:evidence:ARTICLE:VERSION     what the text says: referents, claims as read, office statements
    urn:kg:graph:synthesis                    entities, bodies of mentions, claims with speakers, memberships
    urn:kg:graph:judgements                   what people decided, who, when and why; where there are any
    urn:kg:graph:vocabulary                   the ontology

Each graph holds its own provenance. The default graph of a query is the union of the graphs whose layer is in
`DEFAULT_LAYERS`; `graph.ttl` holds just that, `graph.nq` all of them.
"""

from kg.assemble.article import article_graphs
from kg.assemble.iri import BASE, Minter, layer
from kg.assemble.judgements import judgements_graph
from kg.assemble.serialise import to_nquads, to_turtle
from kg.assemble.shapes import validate
from kg.assemble.synthesis import synthesis_graph
from kg.assemble.vocabulary import KG, OA, PREFIXES, SCHEMA, vocabulary_graph

DEFAULT_LAYERS = frozenset({"article", "synthesis"})

__all__ = [
    "BASE", "DEFAULT_LAYERS", "KG", "OA", "PREFIXES", "SCHEMA", "Minter", "article_graphs",
    "judgements_graph", "layer",
    "synthesis_graph", "to_nquads", "to_turtle", "validate", "vocabulary_graph",
]  # fmt: skip
