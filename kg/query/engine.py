"""Running a query: found, checked, given its parameters, and answered from what is to be seen of the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.assemble.vocabulary import PREFIXES
from kg.query.bind import bind
from kg.query.dataset import Dataset, dataset
from kg.query.errors import QueryError
from kg.query.guard import check
from kg.query.lexer import tokens
from kg.query.named import NamedQuery, find, named
from kg.query.names import Names
from kg.query.rows import Rows

if TYPE_CHECKING:
    import pyoxigraph

NO_PARAMS: Mapping[str, str] = MappingProxyType({})


def run(
    store: pyoxigraph.Store,
    query: str | Path,
    params: Mapping[str, str] = NO_PARAMS,
    *,
    everything: bool = False,
) -> Rows:
    """Answers a named query, a file with a query (given as a Path) or a query's text.

    What is asked is the union of synthesis, article metadata and passages; with `everything`, raw evidence and
    judgements too. `params` gives values to the query's parameters, or to variables of a query that declares none; see
    `kg.query.named.Parameter` for how they are read. The prefixes of `kg.query.PREFIXES` need no declaration.

    Nothing is changed and nothing outside the store is reached. The time a query takes is not limited: who runs queries
    of strangers does it in a process that can be stopped. QueryError when the query or a parameter cannot be used.
    """
    found = find(query)
    seen = dataset(store, everything=everything)
    own_dataset = found not in named() and check(found.text, seen.graph_names)  # ours are checked by a test
    text, notes = bind(found, params, Names(lambda question: _select(seen, question)))
    rows = _answer(seen, text, own_dataset, notes)
    if rows.form == "select" and not rows.rows and not notes and found.parameters:
        rows = replace(rows, notes=_why_empty(seen, found, params, own_dataset))
    return rows


def _why_empty(seen: Dataset, query: NamedQuery, params: Mapping[str, str], own_dataset: bool) -> tuple[str, ...]:
    """Which of the optional parameters leaves nothing over: how many rows there are without it."""
    names = Names(lambda question: _select(seen, question))
    notes = []
    for parameter in query.parameters:
        if parameter.optional and parameter.name in params:
            text, _ = bind(query, {name: v for name, v in params.items() if name != parameter.name}, names)
            if count := len(_answer(seen, text, own_dataset, ()).rows):
                rows = "1 row" if count == 1 else f"{count} rows"
                notes.append(f"nothing fits; without {parameter.name}={params[parameter.name]!r} there would be {rows}")
    return tuple(notes) or ("nothing fits: the graph has no such claim or fact",)


def _answer(seen: Dataset, text: str, own_dataset: bool, notes: tuple[str, ...]) -> Rows:
    import pyoxigraph

    try:
        if own_dataset or not asks_graphs(text):
            result = seen.store.query(text, prefixes=PREFIXES)
        else:  # naming the graphs makes every lookup slower (1,800 graphs: by a factor of 3)
            result = seen.store.query(text, prefixes=PREFIXES, named_graphs=list(seen.named))
        if isinstance(result, pyoxigraph.QueryBoolean):
            return Rows("ask", boolean=bool(result), notes=notes)
        if isinstance(result, pyoxigraph.QueryTriples):
            return Rows("graph", triples=tuple(sorted(set(result), key=str)), notes=notes)
        variables = tuple(v.value for v in result.variables)
        return Rows("select", variables, tuple(tuple(s) for s in result), notes=notes)
    except SyntaxError as error:
        raise QueryError(f"the query cannot be run: {error.msg}") from None
    except RuntimeError as error:  # what pyoxigraph raises while evaluating
        raise QueryError(f"the query failed: {error}") from None


def asks_graphs(text: str) -> bool:
    """Whether a normalised query asks graphs by name, so that it matters which there are."""
    return any(token.kind == "word" and token.text.upper() == "GRAPH" for token in tokens(text))


def _select(seen: Dataset, text: str) -> pyoxigraph.QuerySolutions:
    import pyoxigraph

    result = seen.store.query(text, prefixes=PREFIXES)
    assert isinstance(result, pyoxigraph.QuerySolutions)
    return result
