"""The sample evidence as a store, for tests of queries and exports."""

from __future__ import annotations

from functools import cache

import pyoxigraph
from rdflib import Graph
from samples import sample_evidence

from kg.assemble import article_graphs, synthesis_graph, to_nquads, vocabulary_graph
from kg.resolve import resolve

FINGERPRINT = "0123456789abcdef"


@cache
def sample_graphs() -> tuple[Graph, ...]:
    evidence = sample_evidence()
    each = [graph for one in evidence for graph in article_graphs(one, FINGERPRINT)]
    return (*each, synthesis_graph(resolve(evidence), evidence, FINGERPRINT), vocabulary_graph())


def sample_store() -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.load("".join(to_nquads(sample_graphs())).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    return store
