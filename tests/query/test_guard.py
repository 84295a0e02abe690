"""What may run and what is refused, before anything runs."""

from __future__ import annotations

import pytest

from kg.query import QueryError
from kg.query.guard import check
from kg.query.lexer import LONGEST_QUERY, normalise, tokens, variables, where_clause

GRAPHS = {"urn:kg:graph:synthesis"}

ALLOWED = [
    "SELECT * WHERE { ?s ?p ?o }",
    "ASK { ?s kg:act 'denial' }",
    "CONSTRUCT { ?s a kg:Claim } WHERE { ?s a kg:Claim }",
    "DESCRIBE <urn:kg:country:IS>",
    "SELECT ?service WHERE { ?service skos:prefLabel 'Secret Service' }",
    "PREFIX service: <urn:service#> SELECT * { ?s service:SERVICE ?o }  # no SERVICE here",
    'SELECT * { ?s ?p """a "quoted" SERVICE <http://x> { } in a text""" }',
    "SELECT * FROM <urn:kg:graph:synthesis> { ?s ?p ?o }",
    "SELECT * FROM NAMED <urn:kg:graph:synthesis> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT (COUNT(*) AS ?n) { { SELECT ?s { ?s ?p ?o MINUS { ?s a kg:Claim } } } } GROUP BY ?s HAVING (?n > 1)",
]

REFUSED = {
    "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }": "SERVICE is refused",
    "SELECT * { service silent ?x { ?s ?p ?o } }": "SERVICE is refused",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://x.example/> { ?s ?p ?o } } }": "SERVICE is refused",
    "SELECT * { { SELECT * { OPTIONAL { SERVICE <http://x.example/> { } } } } }": "SERVICE is refused",
    r"SELECT * { \u0053ERVICE <http://x.example/> { ?s ?p ?o } }": "SERVICE is refused",
    # The escaped quotation mark ends the string where escapes are expanded first, as SPARQL 1.1 says.
    r"SELECT * { ?s ?p 'a\u0027 . SERVICE <http://x.example/> { ?s ?p 'b' } }": "SERVICE is refused",
    # A carriage return ends a comment.
    "ASK { # harmless \r SERVICE <http://x.example/> { ?s ?p ?o }\n }": "SERVICE is refused",
    "LOAD <file:///etc/hostname>": "updates are refused",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }": "updates are refused",
    "DELETE WHERE { ?s ?p ?o }": "updates are refused",
    "DROP ALL": "updates are refused",
    "SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }": "no such graph",
    "SELECT * FROM NAMED <http://x.example/> { ?s ?p ?o }": "no such graph",
    "PREFIX g: <urn:kg:graph:> SELECT * FROM g:synthesi { ?s ?p ?o }": "nearest: urn:kg:graph:synthesis",
    "SELECT *\nWHERE { ?s ?p\n?o": "line 3, column",
    "SELECT * { ?s skosx:prefLabel ?o }": "prefix 'skosx' is not declared; nearest: skos",
    "": "empty",
    " \n": "empty",
    "# only a comment": "empty",
    "SELECT * { " + "{" * 400 + "}" * 400 + " }": "nested too deeply",
    r"SELECT * { ?s ?p '\u005cu0027' }": "escaped",
    r"SELECT * { ?s ?p '\U00110000' }": "no Unicode character",
    r"SELECT * { ?s ?p '\ud800' }": "no Unicode character",
    "#" * (LONGEST_QUERY + 1): "at most 100,000",
}


@pytest.mark.parametrize("text", ALLOWED)
def test_reading_queries_pass(text: str) -> None:
    assert check(normalise(text), GRAPHS) == ("FROM" in text)


@pytest.mark.parametrize(("text", "message"), REFUSED.items(), ids=lambda v: repr(v[:40]))
def test_what_reaches_out_or_makes_no_sense_is_refused(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        check(normalise(text), GRAPHS)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("<urn:a#b> #c", ["iri", "comment"]),
        ('\'it\\\'s # no\' """a "" # b""" # c', ["string", "string", "comment"]),
        ("?a < ?b # c", ["variable", "other", "variable", "comment"]),
        ("kg:act a :b-c SERVICE", ["name", "word", "name", "word"]),
        ("'open # no string", ["other", "word", "comment"]),
    ],
)
def test_tokens_follow_the_grammar_and_lose_nothing(text: str, kinds: list[str]) -> None:
    found = list(tokens(text))
    assert "".join(t.text for t in found) == text
    assert [t.kind for t in found if t.kind != "space"] == kinds


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("SELECT * WHERE {X}", "X}"),
        ("# {\nASK {X}", "X}"),
        ("CONSTRUCT { ?s ?p ?o } WHERE {X}", "X}"),
        ("CONSTRUCT { ?s ?p '}' } # }\nWHERE {X}", "X}"),
        ("DESCRIBE <urn:a>", None),
    ],
)
def test_the_where_clause_is_found(text: str, rest: str | None) -> None:
    start = where_clause(text)
    assert (None if start is None else text[start:]) == rest


def test_variables_are_those_outside_strings_and_comments() -> None:
    assert variables("SELECT ?b $a { ?b ?a '?c' # ?d\n }") == ("a", "b")
