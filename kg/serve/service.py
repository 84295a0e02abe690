"""What the endpoint says about itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import BlankNode, NamedNode, Triple

from kg.assemble.vocabulary import PREFIXES
from kg.serve.answers import Answer, plain
from kg.serve.negotiate import best
from kg.serve.sparql import GRAPHS, graph

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "N-Triples",
    "JSON-LD", "RDF_XML",
)  # fmt: skip


def answer(endpoint: str, graphs: Iterable[str], accept: str | None) -> Answer:
    """The description of an endpoint and the graphs that its queries can name."""
    media_type = best(accept, list(GRAPHS))
    if media_type is None:
        return plain(406, f"give a query; what this endpoint is can be had as {', '.join(GRAPHS)}")
    a = NamedNode(PREFIXES["rdf"] + "type")
    service, data, default = (
        NamedNode(f"{endpoint}#service"),
        NamedNode(f"{endpoint}#data"),
        NamedNode(f"{endpoint}#default"),
    )

    def sd(name: str) -> NamedNode:
        return NamedNode(_SD + name)

    triples = [
        Triple(service, a, sd("Service")),
        Triple(service, sd("endpoint"), NamedNode(endpoint)),
        Triple(service, sd("supportedLanguage"), sd("SPARQL11Query")),
        *(Triple(service, sd("resultFormat"), NamedNode(_FORMATS + name)) for name in _RESULTS),
        Triple(service, sd("defaultDataset"), data),
        Triple(data, a, sd("Dataset")),
        Triple(data, sd("defaultGraph"), default),
        Triple(default, a, sd("Graph")),
    ]
    for number, name in enumerate(sorted(graphs)):
        node = BlankNode(f"g{number}")
        triples += [Triple(data, sd("namedGraph"), node), Triple(node, sd("name"), NamedNode(name))]
    return Answer(200, media_type, graph(triples, media_type))
