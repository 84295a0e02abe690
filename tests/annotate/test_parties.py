"""The table of political parties."""

import unicodedata
from collections import Counter

from kg.annotate.gazetteer import countries
from kg.annotate.wellknown import parties


def test_a_party_has_its_names_acronyms_countries_and_ambiguous_forms() -> None:
    by_name = {(each.name, each.isos): each for each in parties()}
    labour, league = by_name["Labour Party", ("GB",)], by_name["League", ("IT",)]
    assert "Labour" in labour.variants
    assert "Labour" in labour.ambiguous
    assert "Labour Party" not in labour.ambiguous
    assert {"League", "Lega Nord", "LN", "Northern League"} <= set(league.forms())
    assert by_name["Sinn Féin", ("IE", "GB")].acronyms == ("SF",)
    assert by_name["European People's Party", ()].acronyms == ("EPP",)


def test_parties_have_a_form_once_in_a_country_and_known_countries() -> None:
    known = {each.iso for each in countries()}
    assert len({iso for each in parties() for iso in each.isos}) >= 150
    uses = Counter((iso, form) for each in parties() for iso in each.isos or ("",) for form in each.forms())
    assert [use for use, count in uses.items() if count > 1] == []
    assert all(set(each.isos) <= known and set(each.ambiguous) <= set(each.forms()) for each in parties())


def test_the_table_is_sorted_and_composed() -> None:
    assert [each.name for each in parties()] == sorted(each.name for each in parties())
    assert all(unicodedata.is_normalized("NFC", form) for each in parties() for form in each.forms())
