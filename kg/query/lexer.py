"""The tokens of a SPARQL query, as far as reading it safely needs them.

Two parsers see every query: rdflib's, which decides whether it may run, and pyoxigraph's, which runs it. They must read
the same text in the same way, so `normalise` removes the two points where they are known to differ: code point escapes
(SPARQL 1.1, section 19.2), which one expands before parsing and the other inside strings only, and lone carriage
returns, which end a comment for one and not for the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.query.errors import QueryError

LONGEST_QUERY = 100_000  # characters; the longest named query has about 2,000

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""
      (?P<iri>      <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<string>   \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
                  | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' )
    | (?P<comment>  \#[^\n]* )
    | (?P<variable> [?$]\w+ )
    | (?P<name>     (?:[^\W\d_][\w.\-]*)?:(?:[\w.:%\-]|\\.)* )
    | (?P<word>     [^\W\d]\w* )
    | (?P<mark>     [{}()] )
    | (?P<space>    \s+ )
    | (?P<other>    . )
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: its kind (a group of the token pattern), its text, and where it starts."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def normalise(text: str) -> str:
    """The query with code point escapes expanded and all line ends as line feeds.

    QueryError for a query that is too long, for an escape that names no character, and for one that is itself escaped,
    so that none is left for a parser to expand.
    """
    if len(text) > LONGEST_QUERY:
        raise QueryError(f"the query has {len(text):,} characters; at most {LONGEST_QUERY:,} are read")
    expanded = _ESCAPE.sub(_character, text)
    if _ESCAPE.search(expanded):
        raise QueryError(r"the query holds an escaped \u escape; write the character itself")
    return expanded.replace("\r\n", "\n").replace("\r", "\n")


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise QueryError(f"{match[0]} in the query is no Unicode character")
    return chr(code)


def tokens(text: str) -> Iterator[Token]:
    """All tokens of a normalised query in order, white space included, so that they join up to the text."""
    for match in _TOKEN.finditer(text):
        yield Token(match.lastgroup or "other", match[0], match.start())


def variables(text: str) -> tuple[str, ...]:
    """The names of the variables a query uses, sorted, without their question marks."""
    return tuple(sorted({t.text[1:] for t in tokens(text) if t.kind == "variable"}))


def where_clause(text: str) -> int | None:
    """The offset just inside the brace that opens the WHERE clause; None when a query (DESCRIBE) has none.

    The clause is the first group in braces, after the template where a CONSTRUCT has one.
    """
    words = [t for t in tokens(text) if t.kind not in ("space", "comment")]
    template = False
    depth = 0
    for before, token in zip([None, *words], words, strict=False):
        if token.text == "{":
            if depth == 0:
                template = before is not None and before.text.upper() == "CONSTRUCT"
                if not template:
                    return token.end
            depth += 1
        elif token.text == "}":
            depth -= 1
    return None
