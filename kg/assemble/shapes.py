"""SHACL: what must hold of a graph made here. The shapes are in `shapes.ttl`, with value lists from the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection

from kg.assemble.vocabulary import TERMS


def shapes_graph() -> Graph:
    """The shapes, completed by one for each property whose values the vocabulary lists."""
    shapes = Graph().parse(data=files("kg.assemble").joinpath("shapes.ttl").read_bytes(), format="turtle")
    for term in TERMS:
        if term.values:
            shape, values = URIRef(f"urn:kg:shape:{term.name}"), BNode()
            shapes.add((shape, RDF.type, SH.NodeShape))
            shapes.add((shape, SH.targetObjectsOf, term.iri))
            shapes.add((shape, SH["in"], values))
            Collection(shapes, values, [Literal(value) for value in term.values])
    return shapes


def validate(graphs: Iterable[Graph]) -> tuple[bool, str]:
    """Whether the union of the graphs conforms to the shapes, and a report for people.

    ImportError without pyshacl, which is in the extra `test`.
    """
    from pyshacl import validate as check

    union = Graph(bind_namespaces="none")
    for graph in graphs:
        for triple in graph:
            union.add(triple)
    conforms, _, report = check(union, shacl_graph=shapes_graph(), advanced=False, inference="none")
    return bool(conforms), str(report)
