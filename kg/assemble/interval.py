"""Times between two dates, as OWL-Time has them."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import RDF, URIRef
from rdflib.namespace import TIME

from kg.assemble import literals
from kg.assemble.article import Triple
from kg.assemble.iri import Minter


def interval(mint: Minter, subject: URIRef, property: URIRef, start: str | None, end: str | None) -> Iterator[Triple]:
    """OWL-Time: an interval between two dates, either of which may be unknown; nothing where no date can be read."""
    bounds = [
        (bound, date, literals.dated(date)) for bound, date in ((TIME.hasBeginning, start), (TIME.hasEnd, end)) if date
    ]
    if not any(literal for _, _, literal in bounds):
        return
    node = mint.interval(start, end)
    yield subject, property, node
    yield node, RDF.type, TIME.Interval
    for bound, date, literal in bounds:
        if literal:
            instant = mint.instant(date)
            yield node, bound, instant
            yield instant, RDF.type, TIME.Instant
            yield instant, literal[1], literal[0]
