"""Named queries: one file each in `sparql/`, whose opening comments say what it answers and what it can be asked.

    # What somebody said, oldest first.                     first line: the description
    # param: speaker (entity) — whose claims                a parameter: name, kind, what it does
    # param: since (date, optional) — said on this day or later
    SELECT … WHERE {
      # bind: speaker as ?person                            where its values go, as `VALUES ?person { … }`
      …

A file is a complete SPARQL query without its parameters, so it runs in any SPARQL tool; a parameter that is left out
binds nothing and so allows everything. Files and queries of users may follow the same convention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, cast, get_args

from kg.query.errors import QueryError, nearest
from kg.query.lexer import Token, normalise, tokens

ParameterKind = Literal["entity", "text", "date", "iri", "act"]

_PARAMETER = re.compile(r"#\s*param:\s*(\w+)\s*\((\w+)(,\s*optional)?\)\s*(?:[—–-]+\s*)?(.*)")
_BIND = re.compile(r"#\s*bind:\s*(\w+)\s+as\s+\?(\w+)\s*")
_NAME = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query can be asked with.

    `kind` says how a value is read: `entity` by name (any label, regardless of case) or IRI; `text` as it stands;
    `date` as ISO 8601 (a year, a month or a day); `iri` as an IRI; `act` as one of the acts of `kg.model.Act`.
    """

    name: str
    kind: ParameterKind
    optional: bool
    description: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with what its opening comments say about it. `name` is None for a query that has none."""

    name: str | None
    description: str
    parameters: tuple[Parameter, ...]
    text: str

    def parameter(self, name: str) -> Parameter:
        """The parameter of this name; KeyError when there is none."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        raise KeyError(name)

    def bind_points(self) -> Iterator[tuple[str, str, Token]]:
        """Where parameters' values go, in the order of the text: parameter, variable and the comment that says so."""
        for token in tokens(self.text):
            if token.kind == "comment" and (match := _BIND.fullmatch(token.text)):
                yield match[1], match[2], token


@cache
def named() -> tuple[NamedQuery, ...]:
    """All named queries, sorted by name: the files `*.rq` in the package's folder `query/sparql`."""
    folder = files("kg.query") / "sparql"
    found = {f.name.removesuffix(".rq"): f for f in folder.iterdir() if f.name.endswith(".rq")}
    return tuple(read_query(file.read_text(encoding="utf-8"), name) for name, file in sorted(found.items()))


def find(query: str | Path) -> NamedQuery:
    """The query that was meant: a named query by its name, a file by its Path, else SPARQL text.

    A string is never taken for a file's name, so that text from elsewhere cannot make files be read. QueryError for an
    unknown name, with the nearest ones, and for a file that cannot be read.
    """
    if isinstance(query, Path):
        return read_query(_file_text(query))
    if not _NAME.fullmatch(query.strip()):
        return read_query(query)
    for candidate in named():
        if candidate.name == query.strip():
            return candidate
    names = [q.name for q in named() if q.name]
    near = nearest(query, names) or tuple(names)
    raise QueryError(f"no query is named {query.strip()!r}; nearest: {', '.join(near)}")


def read_query(text: str, name: str | None = None) -> NamedQuery:
    """Reads the opening comments of a query. QueryError for a `# param:` or `# bind:` line that makes no sense."""
    text = normalise(text)
    description = ""
    parameters: list[Parameter] = []
    for token in tokens(text):
        if token.kind == "comment":
            if re.match(r"#\s*param:", token.text):
                parameters.append(_parameter(token.text))
            elif not description and not _BIND.fullmatch(token.text):
                description = token.text.lstrip("#").strip()
        elif token.kind != "space":
            break
    query = NamedQuery(name, description, tuple(parameters), text)
    _check_bind_points(query)
    return query


def _parameter(line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line.strip())
    if match is None or match[2] not in get_args(ParameterKind):
        kinds = ", ".join(get_args(ParameterKind))
        raise QueryError(f"{line!r} is not `# param: NAME (KIND[, optional]) — DESCRIPTION` with a KIND of {kinds}")
    return Parameter(match[1], cast(ParameterKind, match[2]), bool(match[3]), match[4].strip())


def _check_bind_points(query: NamedQuery) -> None:
    declared = {p.name for p in query.parameters}
    bound = {name for name, _, _ in query.bind_points()}
    for name in sorted(declared ^ bound):
        missing = f"# bind: {name} as ?VARIABLE" if name in declared else f"# param: {name} (KIND)"
        raise QueryError(f"the query's parameter {name!r} has no line `{missing}`")


def _file_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QueryError(f"{path}: cannot be read ({error.strerror}); give a file with a SPARQL query") from None
    except UnicodeDecodeError:
        raise QueryError(f"{path}: is not UTF-8 text; save the query as UTF-8") from None
