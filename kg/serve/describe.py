"""What the graph says about one thing, as RDF: its own statements and those of the nodes that are parts of it."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.assemble.vocabulary import PREFIXES
from kg.serve.answers import Answer, plain
from kg.serve.sparql import CUT, GRAPHS, graph

MOST = 20_000
"""The most triples of a description."""


def _iri(prefixed: str) -> NamedNode:
    prefix, _, name = prefixed.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


PARTS = tuple(map(_iri, (
    "kg:passage", "kg:source", "kg:cue", "kg:content", "kg:proposition", "kg:saidOn", "oa:hasSelector", "org:role",
    "org:memberDuring", "time:hasBeginning", "time:hasEnd",
)))  # fmt: skip
"""Properties whose objects mean nothing alone, and so are described with their subject."""
OWNERS = (_iri("org:member"), _iri("schema:publisher"), _iri("schema:isPartOf"))
"""Properties whose subjects belong to the description of their object: offices, articles, claims of an article."""
NAMES = (_iri("skos:prefLabel"), _iri("rdf:type"), _iri("schema:headline"), _iri("schema:text"))
"""What is said of things that are only pointed to."""


def answer(store: pyoxigraph.Store, iri: str, media_type: str) -> Answer:
    """The description of an IRI in one of `GRAPHS`; 404 when the graph says nothing about it."""
    try:
        subject = NamedNode(iri)
    except ValueError:
        return plain(404, "nothing here has this address")
    found = dict.fromkeys(_of(store, subject))
    if not found:
        return plain(404, "nothing here has this address")
    triples = list(found)[:MOST]
    return Answer(200, media_type, graph(triples, media_type), {CUT: "true"} if len(found) > MOST else {})


def _of(store: pyoxigraph.Store, subject: NamedNode) -> Iterator[Triple]:
    own = list(_about(store, subject))
    yield from (quad.triple for quad in own)
    if not own:
        return
    for property in OWNERS:
        for quad in store.quads_for_pattern(None, property, subject, DefaultGraph()):
            if isinstance(quad.subject, NamedNode):
                if property == OWNERS[0]:
                    own += _about(store, quad.subject)
                yield quad.triple
                yield from (
                    q.triple for q in _about(store, quad.subject) if property == OWNERS[0] or q.predicate in NAMES
                )
    seen = {subject}
    waiting = own
    while waiting:
        quad = waiting.pop()
        other = quad.object
        if isinstance(other, Literal) or not isinstance(other, NamedNode) or other in seen:
            continue
        seen.add(other)
        if quad.predicate in PARTS:
            more = list(_about(store, other))
            yield from (q.triple for q in more)
            waiting += more
        else:
            yield from (q.triple for q in _about(store, other) if q.predicate in NAMES)


def _about(store: pyoxigraph.Store, subject: NamedNode) -> Iterator[Quad]:
    return iter(store.quads_for_pattern(subject, None, None, DefaultGraph()))


MEDIA_TYPES = tuple(GRAPHS)
