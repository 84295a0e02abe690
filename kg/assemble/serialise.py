"""Graphs → text, byte for byte the same for the same triples, in whatever order they were added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from kg.assemble.vocabulary import PREFIXES

_ESCAPES = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)},
    **str.maketrans({"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}),
}
_ESCAPED = re.compile(r'[\x00-\x1f\x7f"\\]')
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_LOCAL_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def to_nquads(graphs: Iterable[Graph]) -> Iterator[str]:
    """All quads as lines of canonical N-Quads, sorted by code point, each ending in a newline.

    ValueError when a graph holds a blank node or an IRI that cannot be written: there are none in graphs made here.
    """
    lines: set[str] = set()
    for graph in graphs:
        name = _term(graph.identifier)
        lines.update(f"{_term(s)} {_term(p)} {_term(o)} {name} .\n" for s, p, o in graph)
    yield from sorted(lines)


def to_turtle(graphs: Iterable[Graph]) -> str:
    """The union of the graphs as Turtle, sorted by subject, predicate and object, with our prefixes declared.

    ValueError as `to_nquads`.
    """
    triples = sorted({(_term(s), _predicate(p), _short(o)) for graph in graphs for s, p, o in graph}, key=_types_first)
    blocks = [f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(PREFIXES.items())]
    for subject, about in groupby(triples, key=lambda triple: triple[0]):
        properties = (
            f"{predicate} " + ", ".join(triple[2] for triple in same)
            for predicate, same in groupby(about, key=lambda triple: triple[1])
        )
        blocks.append(f"\n{_abbreviate(subject)} " + " ;\n    ".join(properties) + " .\n")
    return "".join(blocks)


def _types_first(triple: tuple[str, str, str]) -> tuple[str, bool, str, str]:
    subject, predicate, object = triple
    return subject, predicate != "a", predicate, object


def _term(term: Node) -> str:
    if isinstance(term, Literal):
        return _literal(term, str(term.datatype) if term.datatype else None)
    return _iri(term)


def _short(term: Node) -> str:
    if isinstance(term, Literal):
        return _literal(term, None if term.datatype is None else _name(term.datatype), short=True)
    return _name(term)


@lru_cache(maxsize=4096)
def _predicate(term: URIRef) -> str:
    return "a" if term == RDF.type else _name(term)


def _name(term: Any) -> str:
    return _abbreviate(_iri(term))


def _abbreviate(iri: str) -> str:
    """A prefixed name where one of our prefixes fits."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace, 1) and _LOCAL_NAME.fullmatch(iri, len(namespace) + 1, len(iri) - 1):
            return f"{prefix}:{iri[len(namespace) + 1 : -1]}"
    return iri


def _iri(term: Any) -> str:
    if not isinstance(term, URIRef) or _NOT_IN_IRI.search(term):
        raise ValueError(f"{term!r} cannot stand in a graph: it must be an IRI without blanks and brackets")
    return f"<{term}>"


def _literal(term: Literal, datatype: str | None, short: bool = False) -> str:
    text = str(term)
    if _ESCAPED.search(text):
        text = text.translate(_ESCAPES)
    if term.language:
        return f'"{text}"@{term.language}'
    if datatype is None or term.datatype == XSD.string:
        return f'"{text}"'
    return f'"{text}"^^{datatype if short else f"<{datatype}>"}'
