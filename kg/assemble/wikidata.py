"""Countries in Wikidata."""

WIKIDATA: dict[str, str] = {"NO": "Q20"}
