"""Answers, as records that outlive the store they came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pyoxigraph import BlankNode, NamedNode, Triple
from pyoxigraph import Literal as RdfLiteral

Term: TypeAlias = NamedNode | BlankNode | RdfLiteral | Triple
Value: TypeAlias = str | int | float | bool | None

XSD = "http://www.w3.org/2001/XMLSchema#"
_SIGNED = {"integer", "int", "long", "short", "byte", "nonPositiveInteger", "negativeInteger"}
_UNSIGNED = {"nonNegativeInteger", "positiveInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"}
_INTEGERS = frozenset(XSD + name for name in _SIGNED | _UNSIGNED)
_FRACTIONS = frozenset(XSD + name for name in ("decimal", "double", "float"))


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to one query.

    `form` is the query's: a SELECT has `variables` and `rows` (one term, or None where unbound, per variable), an ASK
    has `boolean`, a CONSTRUCT or DESCRIBE has `triples`, sorted and without repetition. `notes` are sentences for the
    reader about names that matched nothing or several entities.
    """

    form: Literal["select", "ask", "graph"]
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    boolean: bool | None = None
    triples: tuple[Triple, ...] = ()
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.triples) if self.form == "graph" else len(self.rows)

    def __bool__(self) -> bool:
        """An ASK's answer; whether there is any row or triple otherwise."""
        return bool(self.boolean) if self.form == "ask" else len(self) > 0

    def table(self) -> tuple[tuple[str, ...], tuple[tuple[Term | None, ...], ...]]:
        """Any answer as column names and rows of terms: triples as three columns, an ASK as one cell."""
        if self.form == "graph":
            return ("subject", "predicate", "object"), tuple((t.subject, t.predicate, t.object) for t in self.triples)
        if self.form == "ask":
            answer = RdfLiteral("true" if self.boolean else "false", datatype=NamedNode(XSD + "boolean"))
            return ("answer",), ((answer,),)
        return self.variables, self.rows

    def records(self) -> Iterator[dict[str, Value]]:
        """The rows as plain Python values by variable name: numbers and booleans as such, all else as text."""
        columns, rows = self.table()
        for row in rows:
            yield dict(zip(columns, map(plain, row), strict=True))


def plain(term: Term | None) -> Value:
    """The Python value of a term; an IRI and a literal of any other type as text, None for an unbound one."""
    if term is None or isinstance(term, NamedNode):
        return term.value if term else None
    if not isinstance(term, RdfLiteral):
        return str(term)
    datatype = term.datatype.value
    try:
        if datatype in _INTEGERS:
            return int(term.value)
        if datatype in _FRACTIONS:
            return float(term.value)
    except ValueError:  # an ill-typed literal ("many"^^xsd:integer) is shown as it is written
        return term.value
    if datatype == XSD + "boolean" and term.value in ("true", "false", "1", "0"):
        return term.value in ("true", "1")
    return term.value
