"""One query of the SPARQL 1.1 Protocol: checked, run over the dataset it asks for, and written in the format wanted.

Runs in a worker. What is known of the request is plain data by now; `kg.serve.protocol` reads it from HTTP.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, QueryResultsFormat, RdfFormat

from kg.assemble.vocabulary import PREFIXES
from kg.query.dataset import Dataset
from kg.query.engine import asks_graphs
from kg.query.errors import QueryError
from kg.query.formats import results
from kg.query.guard import check_graphs, dataset_of
from kg.query.lexer import LONGEST_QUERY, normalise
from kg.query.rows import Rows
from kg.serve.answers import Answer, plain
from kg.serve.negotiate import best

if TYPE_CHECKING:
    from pyoxigraph import Quad, QueryBoolean, QuerySolutions, QueryTriples

TABLES: Mapping[str, QueryResultsFormat] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
"""How the answers to SELECT and ASK can be had, best first."""
GRAPHS: Mapping[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "text/plain": RdfFormat.N_TRIPLES,
    "application/x-turtle": RdfFormat.TURTLE,
}
"""How the answers to CONSTRUCT and DESCRIBE can be had, best first."""

ROW_LIMIT = "X-Row-Limit"
"""The header that says how many rows (or triples) an answer can have here."""
CUT = "X-Row-Limit-Reached"
"""The header that says that there are more than the answer has."""


def answer(
    seen: Dataset,
    graphs: frozenset[str],
    text: str,
    default: Sequence[str],
    named: Sequence[str],
    accept: str | None,
    most: int,
) -> Answer:
    """The answer to a query over `seen`, with at most so many rows.

    `default` and `named` are the protocol's graphs, which take the place of the query's own FROM and FROM NAMED; all
    must be among `graphs`, the names of the store's graphs. 400 when the query cannot be used, 406 when no format that
    the client accepts can hold the answer.
    """
    if len(text) > LONGEST_QUERY:
        return plain(413, f"the query has {len(text):,} characters; at most {LONGEST_QUERY:,} are read")
    try:
        text = normalise(text)
        own_default, own_named = dataset_of(text)
        if not (default or named):
            default, named = own_default, own_named
        check_graphs((*default, *named), graphs)
        return _written(_run(seen, text, default, named), accept, most)
    except QueryError as error:
        return plain(400, str(error))
    except SyntaxError as error:
        return plain(400, f"the query cannot be run: {error.msg}")
    except (RuntimeError, ValueError) as error:  # what pyoxigraph raises while evaluating
        return plain(400, f"the query failed: {error}")


def _run(
    seen: Dataset, text: str, default: Sequence[str], named: Sequence[str]
) -> QuerySolutions | QueryBoolean | QueryTriples:
    if default or named:
        store, base = _of(seen.store, default, named)
        chosen: list[NamedNode | BlankNode] = [NamedNode(graph) for graph in named]
        return store.query(text, prefixes=PREFIXES, default_graph=base, named_graphs=chosen)
    if asks_graphs(text):  # naming the graphs makes every lookup slower
        return seen.store.query(text, prefixes=PREFIXES, named_graphs=list(seen.named))
    return seen.store.query(text, prefixes=PREFIXES)


def _of(
    store: pyoxigraph.Store, default: Sequence[str], named: Sequence[str]
) -> tuple[pyoxigraph.Store, list[NamedNode | BlankNode | DefaultGraph]]:
    """A store and the graphs of it that make up the default graph: the merge of those asked for, each triple once.

    Oxigraph joins several graphs without leaving out repetitions, so these are merged in memory first.
    """
    if len(default) < 2:
        return store, [NamedNode(graph) for graph in default]
    copy = pyoxigraph.Store()
    copy.bulk_extend(_merged(store, default, named))
    return copy, [DefaultGraph()]


def _merged(store: pyoxigraph.Store, default: Iterable[str], named: Iterable[str]) -> Iterator[Quad]:
    for graph in default:
        for quad in store.quads_for_pattern(None, None, None, NamedNode(graph)):
            yield pyoxigraph.Quad(quad.subject, quad.predicate, quad.object)
    for graph in named:
        yield from store.quads_for_pattern(None, None, None, NamedNode(graph))


def _written(found: QuerySolutions | QueryBoolean | QueryTriples, accept: str | None, most: int) -> Answer:
    offers: Sequence[str] = list(GRAPHS if isinstance(found, pyoxigraph.QueryTriples) else TABLES)
    media_type = best(accept, offers)
    if media_type is None:
        return plain(406, f"this answer can be had as {', '.join(offers)}, but none of these is accepted")
    headers = {ROW_LIMIT: str(most)}
    if isinstance(found, pyoxigraph.QueryBoolean):
        body = found.serialize(format=TABLES[media_type])
        assert body is not None
        return Answer(200, media_type, body, headers)
    if isinstance(found, pyoxigraph.QueryTriples):
        triples = list(dict.fromkeys(islice(found, most + 1)))
        body, cut = graph(triples[:most], media_type), len(triples) > most
    else:
        solutions = list(islice(found, most + 1))
        cut = len(solutions) > most
        rows = Rows("select", tuple(v.value for v in found.variables), tuple(map(tuple, solutions[:most])))
        note = f"urn:kg:row-limit-reached:{most}" if cut else None
        body = results(rows, TABLES[media_type], note)
    return Answer(200, media_type, body, {**headers, CUT: "true"} if cut else headers)


def graph(triples: Iterable[pyoxigraph.Triple], media_type: str) -> bytes:
    """Triples, sorted, in one of `GRAPHS`."""
    body = pyoxigraph.serialize(sorted(triples, key=str), format=GRAPHS[media_type], prefixes=PREFIXES)
    assert body is not None
    return body
