"""Values → RDF literals in canonical form, so that a store that normalises numbers and times changes nothing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from rdflib import XSD, Literal, URIRef
from rdflib.namespace import TIME

_DATE_FORMS: tuple[tuple[re.Pattern[str], URIRef, URIRef], ...] = (
    (re.compile(r"\d{4}-\d{2}-\d{2}"), XSD.date, TIME.inXSDDate),
    (re.compile(r"\d{4}-\d{2}"), XSD.gYearMonth, TIME.inXSDgYearMonth),
    (re.compile(r"\d{4}"), XSD.gYear, TIME.inXSDgYear),
)


def text(value: str) -> Literal:
    """A plain string."""
    return Literal(value)


def offset(value: int) -> Literal:
    """A character offset: Web Annotation wants xsd:nonNegativeInteger."""
    return Literal(str(value), datatype=XSD.nonNegativeInteger, normalize=False)


def boolean(value: bool) -> Literal:
    """An xsd:boolean."""
    return Literal("true" if value else "false", datatype=XSD.boolean, normalize=False)


def probability(value: float) -> Literal:
    """An xsd:decimal of two places at most: "0.9", "1"."""
    return Literal(f"{value:.2f}".rstrip("0").rstrip("."), datatype=XSD.decimal, normalize=False)


def dated(value: str) -> tuple[Literal, URIRef] | None:
    """An ISO 8601 date, month or year as a literal, and the OWL-Time property that takes it; None for anything else."""
    for form, datatype, property in _DATE_FORMS:
        if form.fullmatch(value) and _exists(value):
            return Literal(value, datatype=datatype, normalize=False), property
    return None


def day(value: str) -> Literal | None:
    """The day of an ISO 8601 date or date-time as it stands there, as xsd:date; None for anything else."""
    found = dated(value[:10]) if _moment(value) or len(value) == 10 else None
    return found[0] if found and found[0].datatype == XSD.date else None


def published(value: str) -> Literal:
    """A date, month, year or date-time with its datatype; a string for whatever is none of these."""
    if found := dated(value):
        return found[0]
    moment = _moment(value)
    if moment is None:
        return Literal(value)
    if moment.tzinfo is not None and moment.utcoffset() == UTC.utcoffset(None):
        canonical = moment.replace(tzinfo=None).isoformat() + "Z"
    else:
        canonical = moment.isoformat()
    return Literal(_short_fraction(canonical), datatype=XSD.dateTime, normalize=False)


def _short_fraction(moment: str) -> str:
    return re.sub(r"(\.\d*?)0+(?=[Z+-]|$)", r"\1", moment)


def _moment(value: str) -> datetime | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}[T ]", value):
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _exists(value: str) -> bool:
    year, month, day = (*(int(part) for part in value.split("-")), 1, 1)[:3]
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
