"""A user's own list of people, organisations and places: CSV, or FollowTheMoney entities as JSON Lines.

CSV has a header with `id` and `name`, and may have `type` (person, organisation, place; by default organisation where
the name has one word, else person), `aliases`, `countries` and `offices`, each with `|` or `;` between several.
FollowTheMoney (https://followthemoney.tech) entities have `id`, `schema` and `properties`; whatever is neither a person
nor an organisation there is passed over. An id is an IRI, an item of Wikidata ("Q42"), or something that a prefix
makes an IRI.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kg.errors import RunError
from kg.judge import IRI
from kg.model import EntityType
from kg.resolve import Row

WIKIDATA = "http://www.wikidata.org/entity/"
PREFIX = "urn:kg:external:"
"""What ids that are no IRIs begin with, unless another prefix is given."""

_ITEM = re.compile(r"Q[1-9]\d*")
_TYPES: Mapping[str, EntityType] = {
    "person": "Person", "per": "Person", "people": "Person",
    "organisation": "Organisation", "organization": "Organisation", "org": "Organisation", "company": "Organisation",
    "place": "Place", "location": "Place", "loc": "Place",
}  # fmt: skip
_SCHEMATA: Mapping[str, EntityType] = {
    "Person": "Person", "Organization": "Organisation", "Company": "Organisation", "PublicBody": "Organisation",
    "LegalEntity": "Organisation",
}  # fmt: skip
_COUNTRIES = ("country", "nationality", "citizenship", "jurisdiction", "mainCountry")


def read_gazetteer(path: Path, prefix: str = PREFIX) -> list[Row]:
    """The rows of a list. RunError, naming the line, where it cannot be read or a row has no usable id or name."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RunError(f"{path}: cannot be read ({error.strerror}); give a file of known names") from error
    except UnicodeDecodeError as error:
        raise RunError(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    rows = _from_json(text, path, prefix) if text.lstrip()[:1] == "{" else _from_csv(text, path, prefix)
    if not rows:
        raise RunError(f"{path}: names nobody; give a line for each person, organisation or place")
    return rows


def _from_csv(text: str, path: Path, prefix: str) -> list[Row]:
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        names = [(name or "").strip().lower() for name in reader.fieldnames or ()]
        if not {"id", "name"} <= set(names):
            raise RunError(f"{path}: has no columns id and name; give them in its first line")
        reader.fieldnames = names
        return [_csv_row(row, f"{path}, line {reader.line_num}", prefix) for row in reader if any(row.values())]
    except csv.Error as error:
        raise RunError(f"{path}: is no CSV ({error}); check its quotation marks") from None


def _csv_row(row: Mapping[str, Any], where: str, prefix: str) -> Row:
    cells = {name: value.strip() for name, value in row.items() if isinstance(value, str)}
    name = cells.get("name", "")
    kind = cells.get("type", "").lower()
    if kind and kind not in _TYPES:
        raise RunError(f"{where}: there is no type {kind!r}; give person, organisation or place")
    type = _TYPES[kind] if kind else "Person" if len(name.split()) > 1 else "Organisation"
    return _row(
        cells.get("id", ""),
        type,
        [name, *_several(cells.get("aliases", ""))],
        _several(cells.get("countries", "") or cells.get("country", "")),
        _several(cells.get("offices", "") or cells.get("office", "")),
        where,
        prefix,
    )


def _several(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[|;]", cell) if part.strip()]


def _from_json(text: str, path: Path, prefix: str) -> list[Row]:
    rows = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            row = _ftm_row(json.loads(line), where, prefix)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise RunError(f"{where}: is no FollowTheMoney entity with id, schema and properties") from None
        if row is not None:
            rows.append(row)
    return rows


def _ftm_row(data: Any, where: str, prefix: str) -> Row | None:
    id, schema, properties = data["id"], data["schema"], data["properties"]
    if schema not in _SCHEMATA:
        return None

    def values(*names: str) -> list[str]:
        return [str(value) for name in names for value in properties.get(name, ())]

    items = [item for item in values("wikidataId") if _ITEM.fullmatch(item)]
    names = values("name", "alias", "previousName")  # a weak alias is too weak
    return _row(
        items[0] if items else str(id), _SCHEMATA[schema], names, values(*_COUNTRIES), values("position"), where, prefix
    )


def _row(
    id: str,
    type: EntityType,
    names: Iterable[str],
    countries: Iterable[str],
    offices: Iterable[str],
    where: str,
    prefix: str,
) -> Row:
    named = tuple(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))
    if not id or not named:
        raise RunError(f"{where}: has no {'name' if id else 'id'}; give both, or take the line out")
    codes = tuple(dict.fromkeys(c.upper() for c in countries if re.fullmatch(r"[A-Za-z]{2}", c)))
    return Row(external_iri(id, prefix), type, named, codes, tuple(dict.fromkeys(offices)))


def external_iri(id: str, prefix: str) -> str:
    """The IRI of an id. RunError when the prefix makes none of it."""
    if _ITEM.fullmatch(id):
        return WIKIDATA + id
    iri = id if IRI.fullmatch(id) and ("//" in id or id.startswith("urn:")) else prefix + quote(id, safe="")
    if not IRI.fullmatch(iri):
        raise RunError(f"{prefix!r} with {id!r} is no IRI; give an absolute one as the prefix")
    return iri


def rows_by_iri(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows of one IRI as one, with the names of all."""
    found: dict[str, Row] = {}
    for row in rows:
        known = found.get(row.iri)
        if known is None or known.type != row.type:
            found.setdefault(row.iri, row)
            continue
        found[row.iri] = Row(
            row.iri,
            row.type,
            tuple(dict.fromkeys((*known.names, *row.names))),
            tuple(dict.fromkeys((*known.countries, *row.countries))),
            tuple(dict.fromkeys((*known.offices, *row.offices))),
        )
    yield from found.values()
