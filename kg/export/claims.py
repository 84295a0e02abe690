"""Claims and entities as plain records, the common ground of the exports that are not RDF."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.query import run

if TYPE_CHECKING:
    import pyoxigraph

_PEOPLE = {
    "speakers": "kg:speaker",
    "about": "kg:about",
    "addressees": "kg:addressee",
    "reportedBy": "kg:reportedBy",
}
_LINKS = """
SELECT DISTINCT ?claim ?iri ?name WHERE {{ ?claim a kg:Claim ; {property} ?iri . ?iri skos:prefLabel ?name }}
ORDER BY ?claim ?name ?iri
"""
_DETAILS = """
SELECT DISTINCT ?claim ?within ?addresseeText ?sourcePassage WHERE {
  ?claim a kg:Claim
  OPTIONAL { ?claim kg:within ?within }
  OPTIONAL { ?claim kg:addresseeText ?addresseeText }
  OPTIONAL { ?claim kg:source ?sourcePassage }
}
"""


def claims(store: pyoxigraph.Store) -> Iterator[dict[str, Any]]:
    """One record a claim, in the order of the query `quotes`, whose columns it has.

    In place of the columns of names, `speakers`, `about`, `addressees` and `reportedBy` are lists of entities by `iri`
    and `name`; `within` is the IRI of the claim it stands in, `sourcePassage` that of the passage naming its source.
    """
    people = {name: _links(store, property) for name, property in _PEOPLE.items()}
    details = {str(record.pop("claim")): record for record in run(store, _DETAILS).records()}
    for row in run(store, "quotes").records():
        claim = str(row["claim"])
        del row["speaker"]
        yield {**row, **details[claim], **{name: links[claim] for name, links in people.items()}}


def entities(store: pyoxigraph.Store) -> Iterator[dict[str, Any]]:
    """One record an entity: `iri`, `type`, `name`, and `iso` where it is a country; sorted by IRI."""
    rows = sorted(run(store, "entities").records(), key=lambda row: str(row["entity"]))
    for row in rows:
        iso = {"iso": row["iso"]} if row["iso"] else {}
        yield {"iri": row["entity"], "type": row["type"], "name": row["name"], **iso}


def _links(store: pyoxigraph.Store, property: str) -> defaultdict[str, list[dict[str, Any]]]:
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in run(store, _LINKS.format(property=property)).records():
        found[str(row.pop("claim"))].append(dict(row))
    return found
