"""Parameters into queries: each value becomes an RDF term, and terms alone are written into the text.

A value is never pasted. It is made a `pyoxigraph` term, and what is inserted is that term's own escaped spelling inside
`VALUES ?name { … }`, the standard's way to give a variable its values (SPARQL 1.1, section 10.2).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import get_args

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.assemble.vocabulary import PREFIXES
from kg.model import Act
from kg.query.errors import QueryError, nearest
from kg.query.lexer import variables, where_clause
from kg.query.named import NamedQuery, Parameter
from kg.query.names import Names

Terms = Sequence[NamedNode | Literal]

_SHOWN = 8  # names that a few letters begin
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_ABSOLUTE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


def bind(query: NamedQuery, params: Mapping[str, str], names: Names) -> tuple[str, tuple[str, ...]]:
    """The query's text with the parameters' values in place, and notes about names.

    Parameters that the query declares go where it says; any other goes to the variable of that name, at the start of
    the WHERE clause. QueryError for a parameter that is neither, that is needed and missing, or that cannot be read.
    """
    for parameter in query.parameters:
        if not parameter.optional and parameter.name not in params:
            raise QueryError(f"{_called(query)} needs the parameter {parameter.name!r}: {parameter.description}")
    declared = {p.name: p for p in query.parameters}
    notes: list[str] = []
    terms: dict[str, Terms] = {}
    for name, value in params.items():
        if name in declared:
            terms[name] = _READERS[declared[name].kind](declared[name], value, names, notes)
        elif query.name is None and name in variables(query.text):
            terms[name] = (_term(name, value),)
        else:
            raise QueryError(_unknown(query, name))
    return _write(query, terms), tuple(notes)


def _write(query: NamedQuery, terms: Mapping[str, Terms]) -> str:
    text = query.text
    for name, variable, comment in reversed(list(query.bind_points())):
        if name in terms:
            text = text[: comment.start] + _values(variable, terms[name]) + text[comment.end :]
    undeclared = [name for name in sorted(terms) if name not in {p.name for p in query.parameters}]
    if undeclared:
        start = where_clause(text)
        if start is None:
            raise QueryError(f"the query has no WHERE clause in which ?{undeclared[0]} could be given a value")
        text = text[:start] + " " + " ".join(_values(name, terms[name]) for name in undeclared) + text[start:]
    return text


def _values(variable: str, terms: Terms) -> str:
    return f"VALUES ?{variable} {{ {' '.join(str(term) for term in terms)} }}"


def _entity(parameter: Parameter, value: str, names: Names, notes: list[str]) -> Terms:
    if is_iri(value):
        return (names.entity_of(NamedNode(_bare(value))),)
    found = names.called(value)
    if not found:
        meant = names.completed(value)
        if len(meant) == 1:
            notes.append(f"{value!r} is taken for {meant[0][1]}")
            return (meant[0][0],)
        several = "; ".join(label for _, label in meant[:_SHOWN])
        notes.append(f"{value!r} begins several names: {several}" if meant else names.explain_absence(value))
    elif len(found) > 1:
        listed = "; ".join(f"{label} <{iri.value}>" for iri, label in found)
        notes.append(f"{value!r} names {len(found)} entities, all of them included (give an IRI for one): {listed}")
    return tuple(iri for iri, _ in found)


def _text(parameter: Parameter, value: str, names: Names, notes: list[str]) -> Terms:
    return (Literal(value),)


def _date(parameter: Parameter, value: str, names: Names, notes: list[str]) -> Terms:
    if not _DATE.fullmatch(value):
        raise QueryError(f"{parameter.name}={value!r} is not a date; write 2025, 2025-03 or 2025-03-04")
    return (Literal(value),)


def _iri(parameter: Parameter, value: str, names: Names, notes: list[str]) -> Terms:
    if not is_iri(value):
        raise QueryError(f"{parameter.name}={value!r} is not an IRI; copy one from another query's answer")
    return (NamedNode(_bare(value)),)


def _act(parameter: Parameter, value: str, names: Names, notes: list[str]) -> Terms:
    acts = get_args(Act)
    if value.lower() not in acts:
        near = nearest(value, acts) or acts
        raise QueryError(f"{parameter.name}={value!r} is no act; nearest: {', '.join(near)}")
    return (Literal(value.lower()),)


_READERS: Mapping[str, Callable[[Parameter, str, Names, list[str]], Terms]] = {
    "entity": _entity,
    "text": _text,
    "date": _date,
    "iri": _iri,
    "act": _act,
}


def is_iri(value: str) -> bool:
    """Whether a parameter's value is meant as an IRI: in angle brackets, or absolute with a scheme we meet."""
    value = value.strip()
    if value.startswith("<") and value.endswith(">"):
        return True
    return bool(_ABSOLUTE_IRI.fullmatch(value)) and value.split(":", 1)[0].lower() in ("urn", "http", "https")


def _bare(value: str) -> str:
    value = value.strip().removeprefix("<").removesuffix(">")
    try:
        NamedNode(value)
    except ValueError as error:
        raise QueryError(f"{value!r} is not an IRI: {error}") from None
    return value


def _term(name: str, value: str) -> NamedNode | Literal:
    """A value for a variable of a user's own query: an IRI, a literal as Turtle writes it ("5"^^xsd:int), or text."""
    if is_iri(value):
        return NamedNode(_bare(value))
    if not value.startswith('"'):
        return Literal(value)
    declarations = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(PREFIXES.items()))
    try:
        objects = [q.object for q in parse(f"{declarations}<urn:x> <urn:x> {value} .", format=RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise QueryError(f"{name}={value!r} begins like a literal but is none: {error.msg}") from None
    if len(objects) != 1 or not isinstance(objects[0], Literal):
        raise QueryError(f"{name}={value!r} is more than one literal")
    return objects[0]


def _called(query: NamedQuery) -> str:
    return f"the query {query.name!r}" if query.name else "the query"


def _unknown(query: NamedQuery, name: str) -> str:
    known = [p.name for p in query.parameters]
    if query.name is None:
        known += [v for v in variables(query.text) if v not in known]
    if not known:
        return f"{_called(query)} takes no parameters, so {name!r} means nothing to it"
    return f"{_called(query)} has no parameter {name!r}; nearest: {', '.join(nearest(name, known) or sorted(known))}"
