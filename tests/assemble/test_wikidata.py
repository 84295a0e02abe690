import re

from babel import Locale

from kg.assemble.wikidata import WIKIDATA


def test_every_code_is_a_territory_of_cldr_and_every_item_is_used_once() -> None:
    territories = Locale("en").territories
    assert len(WIKIDATA) == 250
    assert not set(WIKIDATA) - set(territories)
    assert all(re.fullmatch(r"Q[1-9]\d*", item) for item in WIKIDATA.values())
    assert len(set(WIKIDATA.values())) == len(WIKIDATA)
