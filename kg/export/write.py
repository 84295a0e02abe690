"""The graph in other formats, one row of the table `EXPORTERS` each. The same graph gives the same bytes."""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kg.errors import RunError
from kg.export.claims import claims
from kg.export.network import to_networkx
from kg.query import PREFIXES, run, to_text
from kg.query.dataset import seen_quads

if TYPE_CHECKING:
    import pyoxigraph

Exporter = Callable[["pyoxigraph.Store"], Iterator[bytes]]

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(store: pyoxigraph.Store, format: str, target: str | os.PathLike[str] | IO[bytes]) -> None:
    """Writes the graph in a format of `EXPORTERS` to a file, replaced in one step when complete, or to a binary stream.

    RunError when there is no such format or the file cannot be written.
    """
    if format not in EXPORTERS:
        raise RunError(f"there is no export format {format!r}; choose one of {', '.join(sorted(EXPORTERS))}")
    chunks = EXPORTERS[format](store)
    if not isinstance(target, (str, os.PathLike)):
        target.writelines(chunks)
        return
    path = Path(target)
    try:
        _replace(path, chunks)
    except OSError as error:
        raise RunError(f"{path}: cannot be written ({error.strerror or error}); name another file or folder") from error


def _replace(path: Path, chunks: Iterator[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.writelines(chunks)
            file.flush()
            os.chmod(file.name, 0o666 & ~_umask())
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise


def _umask() -> int:
    """The permissions new files lack; temporary ones have fewer than others would."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def to_ttl(store: pyoxigraph.Store) -> Iterator[bytes]:
    """Turtle of what queries see by default."""
    from kg.assemble import to_turtle

    yield to_turtle([_rdflib(store)]).encode()


def to_nq(store: pyoxigraph.Store) -> Iterator[bytes]:
    """Everything as canonical N-Quads, sorted by line."""
    from pyoxigraph import RdfFormat, serialize

    data = _some(serialize(_quads(store, everything=True), format=RdfFormat.N_QUADS))
    yield from sorted(io.BytesIO(data))  # line by line: line feeds inside literals are escaped


def to_jsonld(store: pyoxigraph.Store) -> Iterator[bytes]:
    """JSON-LD 1.1 of what queries see by default."""
    from pyoxigraph import RdfFormat, serialize

    triples = sorted({quad.triple for quad in _quads(store)}, key=str)
    yield _some(serialize(triples, format=RdfFormat.JSON_LD, prefixes=PREFIXES)) + b"\n"


def to_trig(store: pyoxigraph.Store) -> Iterator[bytes]:
    """Everything as TriG, graph by graph."""
    from pyoxigraph import RdfFormat, serialize

    quads = sorted(_quads(store, everything=True), key=lambda q: (str(q.graph_name), str(q.triple)))
    yield _some(serialize(quads, format=RdfFormat.TRIG, prefixes=PREFIXES))


def to_graphml(store: pyoxigraph.Store) -> Iterator[bytes]:
    """GraphML of the network of speakers and those they speak about; what XML cannot hold becomes U+FFFD."""
    import networkx as nx

    graph = to_networkx(store)
    for attributes in (*(a for _, a in graph.nodes(data=True)), *(a for _, _, a in graph.edges(data=True))):
        attributes.update({k: _NOT_XML.sub("\ufffd", v) for k, v in attributes.items() if isinstance(v, str)})
    for line in nx.generate_graphml(graph):
        yield f"{line}\n".encode()


def to_csv(store: pyoxigraph.Store) -> Iterator[bytes]:
    """The query `quotes` as CSV; texts that begin like a formula have an apostrophe in front."""
    yield to_text(run(store, "quotes"), "csv").encode()


def to_jsonl(store: pyoxigraph.Store) -> Iterator[bytes]:
    """One JSON object a claim, with its people as lists; see `kg.export.claims.claims`."""
    for claim in claims(store):
        yield json.dumps(claim, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _quads(store: pyoxigraph.Store, *, everything: bool = False) -> Iterator[pyoxigraph.Quad]:
    """The quads queries see, offsets with the datatype Web Annotation asks for, which Oxigraph keeps as xsd:integer."""
    from pyoxigraph import Literal, NamedNode, Quad

    offset = NamedNode(f"{PREFIXES['xsd']}nonNegativeInteger")
    properties = {NamedNode(f"{PREFIXES['oa']}{name}") for name in ("start", "end")}
    for quad in seen_quads(store, everything=everything):
        if quad.predicate in properties and isinstance(quad.object, Literal):
            value = Literal(quad.object.value, datatype=offset)
            yield Quad(quad.subject, quad.predicate, value, quad.graph_name)
        else:
            yield quad


def _rdflib(store: pyoxigraph.Store) -> Any:
    """What queries see by default, as one rdflib graph."""
    from rdflib import Graph, Literal, URIRef

    def term(value: Any) -> Any:
        if isinstance(value, pyoxigraph.NamedNode):
            return URIRef(value.value)
        datatype = None if value.language or value.datatype == string else URIRef(value.datatype.value)
        return Literal(value.value, lang=value.language, datatype=datatype, normalize=False)

    import pyoxigraph

    string = pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#string")
    graph = Graph(store="SimpleMemory", bind_namespaces="none")
    for quad in _quads(store):
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def _some(data: bytes | None) -> bytes:
    assert data is not None
    return data


EXPORTERS: Mapping[str, Exporter] = {
    "csv": to_csv,
    "graphml": to_graphml,
    "jsonl": to_jsonl,
    "jsonld": to_jsonld,
    "nq": to_nq,
    "trig": to_trig,
    "ttl": to_ttl,
}
