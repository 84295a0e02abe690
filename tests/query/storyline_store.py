"""The storyline's gold as a store: what a perfect reader and a perfect resolver would make of its articles."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pyoxigraph

from kg.assemble import article_graphs, synthesis_graph, to_nquads, vocabulary_graph
from kg.evaluate.storyline import Result, read_gold
from kg.evaluate.storyline.perfect import perfect
from kg.resolve import Synthesis
from kg.resolve.claims.group import group_claims

GOLD = Path(__file__).parent.parent / "gold"
FINGERPRINT = "0123456789abcdef"


@cache
def storyline_store() -> pyoxigraph.Store:
    gold = read_gold(GOLD)
    evidence, people = perfect(Result(gold, {}, Synthesis((), ()), {}, {}, {}))
    grouping = group_claims(evidence, people.claims, people.entities)
    synthesis = replace(people, groups=grouping.groups, links=grouping.links)
    graphs = [graph for one in evidence for graph in article_graphs(one, FINGERPRINT)]
    graphs += [synthesis_graph(synthesis, evidence, FINGERPRINT), vocabulary_graph()]
    store = pyoxigraph.Store()
    store.load("".join(to_nquads(graphs)).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    return store
