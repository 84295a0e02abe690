"""What a query sees of a store.

By default that is the union of the graphs in `kg.assemble.DEFAULT_LAYERS`; with everything, the union of all graphs.
Either union is asked as one graph without repetition, which is what RDF means by a union: Oxigraph, given several
graphs to join, answers a triple once for each graph that holds it, and looks every pattern up in each of them (2,000
graphs: 2.1 s where one graph takes 8 ms). So a store carries the default union in its default graph; one that does not,
and every query of everything, is copied into memory first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyoxigraph


@dataclass(frozen=True, slots=True)
class Dataset:
    """A store whose default graph is what is seen, and the named graphs that may be asked for by name, sorted."""

    store: pyoxigraph.Store
    named: tuple[pyoxigraph.NamedNode, ...]

    @property
    def graph_names(self) -> frozenset[str]:
        return frozenset(graph.value for graph in self.named)


def dataset(store: pyoxigraph.Store, *, everything: bool = False) -> Dataset:
    """The part of a store that queries see."""
    import pyoxigraph

    graphs = sorted((g for g in store.named_graphs() if isinstance(g, pyoxigraph.NamedNode)), key=str)
    named = tuple(g for g in graphs if everything or _is_default(g))
    if not everything and _has_default_graph(store):
        return Dataset(store, named)
    copy = pyoxigraph.Store()
    copy.bulk_extend(_with_default_graph(store, named))
    return Dataset(copy, named)


def seen_quads(store: pyoxigraph.Store, *, everything: bool = False) -> Iterator[pyoxigraph.Quad]:
    """The quads of the named graphs that queries see, in no order; the default graph repeats them and is left out."""
    import pyoxigraph

    for graph in store.named_graphs():
        if isinstance(graph, pyoxigraph.NamedNode) and (everything or _is_default(graph)):
            yield from store.quads_for_pattern(None, None, None, graph)


def _with_default_graph(store: pyoxigraph.Store, graphs: tuple[pyoxigraph.NamedNode, ...]) -> Iterator[pyoxigraph.Quad]:
    import pyoxigraph

    for graph in graphs:
        for quad in store.quads_for_pattern(None, None, None, graph):
            yield quad
            yield pyoxigraph.Quad(quad.subject, quad.predicate, quad.object)


def _is_default(graph: pyoxigraph.NamedNode) -> bool:
    from kg.assemble import DEFAULT_LAYERS, layer

    return layer(graph.value) in DEFAULT_LAYERS


def _has_default_graph(store: pyoxigraph.Store) -> bool:
    import pyoxigraph

    return next(store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph()), None) is not None
