"""What may run: queries that read this store and reach nothing else.

A query runs only when rdflib's parser understands it and the parsed algebra holds neither SERVICE (which sends data to
another machine) nor a dataset the store does not have. LOAD and the update forms are no queries and do not parse.
Words are not searched for in the text alone, since escapes and comments hide them; but the word SERVICE outside strings
and names is refused too, so that a query must pass two independent readings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any

from kg.assemble.vocabulary import PREFIXES
from kg.query.errors import QueryError, nearest
from kg.query.lexer import tokens


def check(text: str, graphs: Collection[str]) -> bool:
    """Parses a normalised query, refuses what reaches out of the store, and says whether it names its own dataset.

    `graphs` are the IRIs that FROM and FROM NAMED may name. QueryError says what is wrong, and where it does not parse,
    in which line.
    """
    default, named = dataset_of(text)
    check_graphs((*default, *named), graphs)
    return bool(default or named)


def check_graphs(asked: Iterable[str], graphs: Collection[str]) -> None:
    """QueryError when a dataset is to be made of a graph that is not among those the store has to show."""
    for graph in sorted(set(asked) - set(graphs)):
        raise QueryError(_no_graph(graph, graphs))


@lru_cache(maxsize=64)
def dataset_of(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The IRIs after FROM and those after FROM NAMED of a normalised query, sorted; refuses what `check` refuses.

    Remembered, since rdflib takes a tenth of a second for a long query.
    """
    if any(token.kind == "word" and token.text.upper() == "SERVICE" for token in tokens(text)):
        raise _service()
    default: set[str] = set()
    named: set[str] = set()
    for node in _nodes(_parse(text)):
        if node.name == "ServiceGraphPattern":
            raise _service()
        if node.name == "DatasetClause":
            # a clause has one of the two, the other is None
            (default if node.default else named).add(str(node.default or node.named))
    return tuple(sorted(default)), tuple(sorted(named))


def _parse(text: str) -> Any:
    import rdflib.plugins.sparql
    from pyparsing.exceptions import ParseBaseException
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False
    try:
        return translateQuery(parseQuery(text), initNs=PREFIXES).algebra
    except ParseBaseException as error:
        raise QueryError(_unparsable(text, error)) from None
    except RecursionError:
        raise QueryError("the query is nested too deeply") from None
    except Exception as error:  # rdflib reports undeclared prefixes and wrong aggregates as bare exceptions
        raise QueryError(_untranslatable(error)) from None


def _unparsable(text: str, error: Any) -> str:
    if all(token.kind in ("space", "comment") for token in tokens(text)):
        return "the query is empty"
    if _is_update(text):
        return "the graph is read-only here: updates are refused; it changes by adding, retracting and judging"
    line = text.split("\n")[error.lineno - 1]
    return f"line {error.lineno}, column {error.column}: this is not SPARQL 1.1: {line.strip()!r} ({error.msg.strip()})"


def _untranslatable(error: Exception) -> str:
    message = str(error)
    if message.startswith("Unknown namespace prefix"):
        prefix = message.rpartition(":")[2].strip()
        near = nearest(prefix, PREFIXES)
        known = ", ".join(near) if near else ", ".join(sorted(PREFIXES))
        return f"the prefix {prefix!r} is not declared; nearest: {known}"
    return f"the query cannot be understood: {message or type(error).__name__}"


def _is_update(text: str) -> bool:
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        parseUpdate(text)
    except Exception:  # whatever it is, it is no update
        return False
    return True


def _nodes(node: Any) -> Iterator[Any]:
    """All nodes of an algebra tree: rdflib nests them in mappings, lists, tuples and parse results."""
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(node, CompValue):
        yield node
        for value in node.values():
            yield from _nodes(value)
    elif isinstance(node, (list, tuple, set, frozenset, ParseResults)):
        for value in node:
            yield from _nodes(value)


def _service() -> QueryError:
    return QueryError("SERVICE is refused: queries read this store and ask no other machine")


def _no_graph(graph: str, graphs: Collection[str]) -> str:
    near = nearest(graph, graphs)
    advice = f"nearest: {', '.join(near)}" if near else "leave FROM out to ask all that is shown"
    return f"FROM <{graph}>: no such graph among those shown; nothing is loaded from elsewhere; {advice}"
