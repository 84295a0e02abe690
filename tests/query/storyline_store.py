"""The storyline's gold as a store: what a perfect reader and a perfect resolver would make of its articles."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pyoxigraph

from kg.assemble import article_graphs, synthesis_graph, to_nquads, vocabulary_graph
from kg.evaluate.storyline import Result, read_gold
from kg.evaluate.storyline.perfect import perfect
from kg.model import Argument, Claim, Evidence, Proposition
from kg.resolve import Synthesis
from kg.resolve.claims.group import group_claims

GOLD = Path(__file__).parent.parent / "gold"
FINGERPRINT = "0123456789abcdef"


@cache
def storyline_store() -> pyoxigraph.Store:
    gold = read_gold(GOLD)
    found, people = perfect(Result(gold, {}, Synthesis((), ()), {}, {}, {}))
    company = next(id for id, name in gold.names.items() if name == "Argo Link")
    evidence = [replace(one, claims=tuple(_parsed(one, claim, company) for claim in one.claims)) for one in found]
    grouping = group_claims(evidence, people.claims, people.entities)
    synthesis = replace(people, groups=grouping.groups, links=grouping.links)
    graphs = [graph for one in evidence for graph in article_graphs(one, FINGERPRINT)]
    graphs += [synthesis_graph(synthesis, evidence, FINGERPRINT), vocabulary_graph()]
    store = pyoxigraph.Store()
    store.load("".join(to_nquads(graphs)).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    return store


def _parsed(evidence: Evidence, claim: Claim, company: str) -> Claim:
    """The claim with what it says of the company's asking, which a parser reads and the gold does not have."""
    body = evidence.article.body
    for words, whom, negated in (("Argo Link asked", "", False), ("Argo Link never asked", "any government", True)):
        for span in claim.content:
            at = body.find(words, span.start, span.end)
            if at >= 0:
                end = at + len(words)
                subject = Argument(evidence.article.span(at, at + len("Argo Link")), company)
                asked = Argument(evidence.article.span(end + 1, end + 1 + len(whom)), None) if whom else None
                asking = Proposition(subject, evidence.article.span(end - len("asked"), end), asked, negated)
                return replace(claim, propositions=(asking,))
    return claim
