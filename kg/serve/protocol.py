"""Requests of the SPARQL 1.1 Protocol (W3C Recommendation, 21 March 2013), as far as they ask and do not change."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs

from kg.serve.answers import Answer, plain

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_READ_ONLY = "the graph is read-only here: updates are refused; it changes by adding, retracting and judging"
MOST_FIELDS = 1000


@dataclass(frozen=True, slots=True)
class Request:
    """A query and the graphs it is to be asked of; no graphs leave that to the query."""

    query: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def read(method: str, content_type: str, query_string: str, body: bytes) -> Request | Answer:
    """The request that was made, or the answer that says what is wrong with it: 400, 403 or 415.

    `method` is GET or POST. For GET and POST of a query itself, graphs stand in the address; for POST of a form, in the
    form.
    """
    kind, _, parameters = content_type.partition(";")
    kind = kind.strip().lower()
    charset = parameters.partition("charset=")[2].strip().strip('"').lower() or "utf-8"
    if method == "POST" and kind == UPDATE:
        return plain(403, _READ_ONLY)
    if method == "POST" and kind not in (FORM, QUERY):
        return plain(415, f"a query is posted as {FORM} or {QUERY}")
    try:
        if charset != "utf-8":
            raise ValueError(f"the charset is {charset}")
        text = body.decode("utf-8", "strict") if method == "POST" else ""
        fields = _fields(text if kind == FORM and method == "POST" else query_string)
    except ValueError as error:
        return plain(400, f"the request cannot be read as UTF-8 text: {error}")
    if "update" in fields:
        return plain(403, _READ_ONLY)
    queries = [text] if method == "POST" and kind == QUERY else fields.get("query", [])
    if len(queries) != 1:
        return plain(400, f"there must be one query; here are {len(queries)}")
    return Request(
        queries[0], tuple(fields.get("default-graph-uri", ())), tuple(fields.get("named-graph-uri", ()))
    )  # fmt: skip


def _fields(text: str) -> dict[str, list[str]]:
    return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
