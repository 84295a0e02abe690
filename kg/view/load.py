"""From a store to a view: what the synthesis, article metadata and passages say, by SPARQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from kg.assemble import PREFIXES
from kg.query.dataset import dataset
from kg.resolve.claims.records import LinkKind
from kg.view.model import Article, Claim, Group, Link, Node, NodeType, Office, Role, View, segments, view

if TYPE_CHECKING:
    import pyoxigraph

Row = tuple[str, ...]

TYPES: dict[str, NodeType] = {
    "Person": "Person",
    "Organization": "Organisation",
    "Country": "Country",
    "Place": "Place",
}
"""Local names of schema.org's classes and the types of nodes they become."""

ENTITIES = """
SELECT ?iri ?class ?name WHERE {
  VALUES ?class { schema:Person schema:Organization schema:Country schema:Place }
  ?iri a ?class ; skos:prefLabel ?name .
}"""
ALIASES = "SELECT DISTINCT ?iri ?alias WHERE { ?iri skos:altLabel ?alias }"
OFFICES = """
SELECT DISTINCT ?holder ?title ?of ?start ?end WHERE {
  ?office org:member ?holder ; org:role/skos:prefLabel ?title .
  OPTIONAL { ?office org:organization ?of }
  OPTIONAL { ?office org:memberDuring/time:hasBeginning ?first . ?first ?in ?start FILTER(isLiteral(?start)) }
  OPTIONAL { ?office org:memberDuring/time:hasEnd ?last . ?last ?at ?end FILTER(isLiteral(?end)) }
}"""
ARTICLES = """
SELECT ?iri ?title ?outlet ?published ?url WHERE {
  ?iri a schema:NewsArticle .
  OPTIONAL { ?iri schema:headline ?headline }
  OPTIONAL { ?iri kg:path ?path }
  OPTIONAL { ?iri schema:publisher/skos:prefLabel ?outlet }
  OPTIONAL { ?iri schema:datePublished ?published }
  OPTIONAL { ?iri schema:url ?url }
  BIND(COALESCE(?headline, ?path) AS ?title)
}"""
CLAIMS = """
SELECT ?iri ?article ?start ?text ?kind ?act ?polarity ?modality ?confidence ?hearers ?within WHERE {
  ?iri a kg:Claim ; kg:passage ?passage ; kg:kind ?kind ; kg:act ?act ; kg:polarity ?polarity ;
       kg:modality ?modality ; kg:confidence ?confidence .
  ?passage oa:hasSource ?article ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:exact ?text .
  OPTIONAL { ?iri kg:addresseeText ?hearers }
  OPTIONAL { ?iri kg:within ?within }
}"""
SPANS = """
SELECT ?iri ?role ?start ?end ?text WHERE {
  VALUES (?property ?role) { (kg:source "source") (kg:cue "cue") (kg:content "content") }
  ?iri a kg:Claim ; ?property ?passage .
  ?passage oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end ; oa:exact ?text .
}"""
PEOPLE = """
SELECT ?iri ?role ?entity WHERE {
  VALUES (?property ?role) {
    (kg:speaker "speaker") (kg:about "about") (kg:addressee "addressee") (kg:reportedBy "reporter")
    (kg:saidIn "place")
  }
  ?iri a kg:Claim ; ?property ?entity .
}"""
GROUPS = """
SELECT ?iri ?independent ?claim WHERE {
  ?iri a kg:ClaimGroup ; kg:independentReports ?independent .
  ?claim kg:inGroup ?iri ; a kg:Claim .
}"""
LINKS = """
SELECT ?kind ?from ?to ?reason ?score WHERE {
  ?link a kg:GroupLink ; kg:linkKind ?kind ; kg:linkFrom ?from ; kg:linkTo ?to ; kg:explanation ?reason ;
        kg:score ?score .
}"""
DAYS = """
SELECT ?iri ?start ?end WHERE {
  ?iri a kg:Claim ; kg:saidOn ?interval .
  OPTIONAL { ?interval time:hasBeginning ?first . ?first ?in ?start FILTER(isLiteral(?start)) }
  OPTIONAL { ?interval time:hasEnd ?last . ?last ?at ?end FILTER(isLiteral(?end)) }
}"""


def view_of(store: pyoxigraph.Store) -> View:
    """All that a page of this store shows. An empty store gives an empty view."""
    source = dataset(store).store
    articles = [Article(*row) for row in _rows(source, ARTICLES)]
    return view(_entities(source), _claims(source), articles, _groups(source))


def _entities(store: pyoxigraph.Store) -> Iterator[Node]:
    aliases: defaultdict[str, set[str]] = defaultdict(set)
    for iri, alias in _rows(store, ALIASES):
        aliases[iri].add(alias)
    offices: defaultdict[str, set[Office]] = defaultdict(set)
    for holder, *office in _rows(store, OFFICES):
        offices[holder].add(Office(*office))
    for iri, kind, name in _rows(store, ENTITIES):
        node_type = TYPES[kind.rpartition("/")[2]]
        yield Node(iri, node_type, name, tuple(sorted(aliases[iri])), tuple(sorted(offices[iri])))


def _claims(store: pyoxigraph.Store) -> Iterator[Claim]:
    spans: defaultdict[str, list[tuple[int, int, Role]]] = defaultdict(list)
    sources: dict[str, str] = {}
    for iri, role, start, end, text in _rows(store, SPANS):
        spans[iri].append((int(start), int(end), cast(Role, role)))
        if role == "source":
            sources[iri] = text
    people: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for iri, role, entity in _rows(store, PEOPLE):
        people[iri, role].append(entity)
    days = {iri: "/".join(dict.fromkeys(filter(None, (start, end)))) for iri, start, end in _rows(store, DAYS)}

    for iri, article, at, text, kind, act, polarity, modality, confidence, hearers, within in _rows(store, CLAIMS):
        offset = int(at)
        features: dict[str, Any] = {"kind": kind, "act": act, "polarity": polarity, "modality": modality}
        yield Claim(
            iri=iri,
            article=article,
            start=offset,
            passage=segments(text, [(start - offset, end - offset, role) for start, end, role in spans[iri]]),
            speakers=tuple(people[iri, "speaker"]),
            source=sources.get(iri, ""),
            about=tuple(people[iri, "about"]),
            addressees=tuple(people[iri, "addressee"]),
            reported_by=next(iter(people[iri, "reporter"]), ""),
            said_on=days.get(iri, ""),
            said_in=next(iter(people[iri, "place"]), ""),
            hearers=hearers,
            within=within,
            confidence=float(confidence),
            **features,
        )


def _groups(store: pyoxigraph.Store) -> Iterator[Group]:
    links: defaultdict[str, list[Link]] = defaultdict(list)
    for kind, one, other, reason, score in _rows(store, LINKS):
        for end in (one, other):
            links[end].append(Link(cast(LinkKind, kind), one, other, reason, float(score)))
    claims: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for iri, independent, claim in _rows(store, GROUPS):
        claims[iri, int(independent)].append(claim)
    for (iri, count), members in claims.items():
        yield Group(iri, tuple(members), count, tuple(links[iri]))


def _rows(store: pyoxigraph.Store, query: str) -> list[Row]:
    """The rows of a query, sorted: IRIs and literals as text, "" where a variable is unbound."""
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    solutions = cast("pyoxigraph.QuerySolutions", store.query(prefixes + query))
    # No query here answers with RDF 1.2's triple terms, and the graphs hold no blank nodes.
    rows = cast("Iterator[Iterator[pyoxigraph.NamedNode | pyoxigraph.Literal | None]]", solutions)
    return sorted(tuple("" if term is None else term.value for term in row) for row in rows)
