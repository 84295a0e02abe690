"""The graph as networkx sees it: who speaks about whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kg.export.claims import claims, entities

if TYPE_CHECKING:
    import networkx
    import pyoxigraph

ON_EDGES = (
    "act", "kind", "polarity", "modality", "content", "sentence", "article", "title", "outlet", "published", "url",
    "confidence",
)  # fmt: skip
"""What an edge, and the node of a claim, says about the claim; what is unknown is left out."""


def to_networkx(store: pyoxigraph.Store) -> networkx.MultiDiGraph[str]:
    """Entities as nodes, claims as edges from each speaker to each entity spoken about. Nodes are keyed by IRI.

    Every node has `iri`, `type` and `name`; countries have `iso`. An edge's key is its claim's IRI, and it has `claim`
    and the attributes `ON_EDGES`, all text but `confidence` (0 to 1). A claim about nobody leads to a node of its own,
    of type Claim, with the same attributes. Where the speaker is unknown, the words that stand for it are a node of
    type Source; where the text has none either, the claim's own node takes its place. Nodes and edges come sorted.
    """
    import networkx as nx

    nodes: dict[str, dict[str, Any]] = {}
    edges: dict[tuple[str, str, str], dict[str, Any]] = {}
    for entity in entities(store):
        nodes[entity["iri"]] = entity
    for claim in claims(store):
        iri = claim["claim"]
        facts = {name: claim[name] for name in ON_EDGES if claim[name] is not None}
        own = {iri: {"iri": iri, "type": "Claim", "name": claim["content"], **facts}}
        sources = _sources(claim) or own
        targets = _known(claim["about"]) or own
        for ends in (sources, targets):
            for node, attributes in ends.items():
                nodes.setdefault(node, attributes)
        if sources is not targets:
            edges.update({(s, t, iri): {"claim": iri, **facts} for s in sources for t in targets})
    graph: networkx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(sorted(nodes.items()))
    for (source, target, key), facts in sorted(edges.items(), key=lambda edge: edge[0]):
        graph.add_edge(source, target, key=key, **facts)
    return graph


def _sources(claim: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    if claim["speakers"]:
        return _known(claim["speakers"])
    if claim["source"] is None:
        return {}
    return {claim["sourcePassage"]: {"iri": claim["sourcePassage"], "type": "Source", "name": claim["source"]}}


def _known(entities: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {entity["iri"]: {} for entity in entities}  # their nodes are there already
