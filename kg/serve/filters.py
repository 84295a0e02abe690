"""What a reader chooses to see, as SQL over the index: `kg/view/assets/source.js` says what a filter is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

Filter = Mapping[str, Any]

NO_FILTER: Filter = {
    "types": [], "speaker": None, "outlets": [], "kinds": [], "acts": [], "polarity": None, "from": None, "to": None,
}  # fmt: skip
AMONG = "(SELECT value FROM json_each(?))"
"""A list of values that is given as JSON."""


def conditions(filter: Filter) -> tuple[str, list[Any]]:
    """What a filter asks of a claim `c`, as SQL with its values; "" when it asks nothing."""
    found: list[str] = []
    values: list[Any] = []
    if filter["speaker"] is not None:
        found.append(
            "EXISTS (SELECT 1 FROM part s JOIN node n USING (n) WHERE s.c = c.c AND s.role = 'says' AND n.iri = ?)"
        )
        values.append(filter["speaker"])
    for name, column in (("outlets", "outlet"), ("kinds", "kind"), ("acts", "act")):
        if filter[name]:
            found.append(f"c.{column} IN {AMONG}")
            values.append(json.dumps(list(filter[name])))
    if filter["polarity"]:
        found.append("c.polarity = ?")
        values.append(filter["polarity"])
    for name, sign in (("from", ">="), ("to", "<=")):
        if filter[name]:
            found.append(f"c.day <> '' AND c.day {sign} ?")
            values.append(filter[name])
    return " AND ".join(found), values


def types(filter: Filter) -> tuple[str, list[Any]]:
    """What a filter asks of a node `node`, as SQL that goes on after another condition, with its values."""
    return (f" AND node.type IN {AMONG}", [json.dumps(list(filter["types"]))]) if filter["types"] else ("", [])


def shows_offices(filter: Filter) -> bool:
    """Offices are seen where no claims are asked for."""
    return {**filter, "types": []} == NO_FILTER
