"""The gazetteer: complete tables, and the countries that sentences do and do not speak of."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import spacy
from babel import Locale
from spacy.language import Language

from kg.annotate.gazetteer import (
    CountryMatcher,
    annotate_countries,
    countries,
    country,
    country_name,
    find_country,
    first_names,
)
from kg.annotate.tables import read_table, spellings
from kg.annotate.wellknown import find_organisation, find_region, organisations, regions

# CLDR's territories of two letters that ISO 3166-1 reserves or does not know.
NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}

# A sentence, and "form=ISO:kind" for each country it speaks of, in order.
SENTENCES = [
    ("The U.S. and Russia met.", "U.S.=US:abbreviation Russia=RU:name"),
    ("The US said it would help.", "US=US:abbreviation"),
    ("They told us nothing.", ""),
    ("CONTACT US", ""),
    ("US SAYS IRAN BROKE DEAL", "US=US:abbreviation IRAN=IR:name"),
    ("He roasted a turkey.", ""),
    ("A hanging chad decided it.", ""),
    ("Please polish the silver.", ""),
    ("Turkey and Chad agreed.", "Turkey=TR:name Chad=TD:name"),
    ("Türkiye and Côte d'Ivoire voted.", "Türkiye=TR:name Côte d'Ivoire=CI:name"),
    ("Leaders of Cote d’Ivoire and the Ivory Coast.", "Cote d’Ivoire=CI:name Ivory Coast=CI:name"),
    ("Burma is now Myanmar.", "Burma=MM:name Myanmar=MM:name"),
    ("Swaziland, Zaire and Ceylon", "Swaziland=SZ:name Zaire=CD:name Ceylon=LK:name"),
    ("UK and U.K. officials", "UK=GB:abbreviation U.K.=GB:abbreviation"),
    ("The UAE, the DRC, the DPRK and the PRC",
     "UAE=AE:abbreviation DRC=CD:abbreviation DPRK=KP:abbreviation PRC=CN:abbreviation"),
    ("Guinea-Bissau is not Guinea.", "Guinea-Bissau=GW:name Guinea=GN:name"),
    ("Papua New Guinea, Equatorial Guinea", "Papua New Guinea=PG:name Equatorial Guinea=GQ:name"),
    ("Birds of New Guinea", ""),
    ("a guinea pig in Guinea", "Guinea=GN:name"),
    ("Dominica and the Dominican Republic", "Dominica=DM:name Dominican Republic=DO:name"),
    ("South Sudan left Sudan.", "South Sudan=SS:name Sudan=SD:name"),
    ("North Korea and South Koreans", "North Korea=KP:name South Koreans=KR:demonym"),
    ("Korea won the match.", "Korea=KR:name"),
    ("Northern Ireland voted, Ireland did not.", "Ireland=IE:name"),
    ("American Samoa and Samoa", "American Samoa=AS:name Samoa=WS:name"),
    ("He lives in New Mexico, not in Mexico.", "Mexico=MX:name"),
    ("Off the Gulf of Mexico", ""),
    ("Mexico City is far from Mexico Beach.", "Mexico City=MX:capital"),
    ("Militants in the Niger Delta of Nigeria", "Nigeria=NG:name"),
    ("The South China Morning Post reported", ""),
    ("China and the South China Sea", "China=CN:name"),
    ("A Georgia Tech student", ""),
    ("Polls in Georgia, Florida and Ohio favour the Republicans.", ""),
    ("Georgia, where Tbilisi saw protests", "Georgia=GE:name Tbilisi=GE:capital"),
    ("Georgia Gov. Brian Kemp", ""),
    ("Michael Jordan retired.", ""),
    ("Rep. Jordan and Jim Jordan", ""),
    ("Jim Jordan spoke. Later Jordan left.", ""),
    ("The Russian Foreign Ministry and the U.S. State Department", "Russian=RU:demonym U.S.=US:abbreviation"),
    ("The Communist Party of China and the Bank of America", ""),
    ("Athens, Georgia, is not Athens.", "Athens=GR:capital"),
    ("King Abdullah of Jordan said so.", "Jordan=JO:name"),
    ("Jordan Foster said he was late.", ""),
    ("Jordan King Abdullah said he was ready.", "Jordan=JO:name"),
    ("George Washington and Denzel Washington", ""),
    ("The Washington Post, quoting Washington", "Washington=US:capital"),
    ("He moved to Washington state.", ""),
    ("in Washington, D.C., on Monday", "Washington, D.C.=US:capital"),
    ("The White House and the Kremlin", "White House=US:seat Kremlin=RU:seat"),
    ("Downing Street called the Elysee.", "Downing Street=GB:seat Elysee=FR:seat"),
    ("The Élysée Palace confirmed it.", "Élysée Palace=FR:seat"),
    ("Kiev, now Kyiv, the capital", "Kiev=UA:capital Kyiv=UA:capital"),
    ("He moved to Moscow, Idaho.", ""),
    ("A court in London, Ontario, and one in London", "London=GB:capital"),
    ("She teaches in Paris, Texas.", ""),
    ("Native Americans and American Indians", ""),
    ("The Indian prime minister; the Cleveland Indians", "Indian=IN:demonym"),
    ("Latin America and African-American voters", ""),
    ("Americans trust America.", "Americans=US:demonym America=US:name"),
    ("American Airlines and Air France", ""),
    ("English, Scottish and Welsh voters in Scotland and England", ""),
    ("Britons and the British", "Britons=GB:demonym British=GB:demonym"),
    ("Danes, Swedes, Finns, Poles, Swiss",
     "Danes=DK:demonym Swedes=SE:demonym Finns=FI:demonym Poles=PL:demonym Swiss=CH:demonym"),
    ("The North Pole is cold.", ""),
    ("Congolese troops near Goma", "Congolese=CD:demonym"),
    ("Congolese troops in Brazzaville", "Congolese=CG:demonym Brazzaville=CG:capital"),
    ("The Republic of the Congo and the Democratic Republic of the Congo",
     "Republic of the Congo=CG:name Democratic Republic of the Congo=CD:name"),
    ("Malia Obama went to Mali.", "Mali=ML:name"),
    ("Jersey, like Guernsey, is no part of it.", "Jersey=JE:name Guernsey=GG:name"),
    ("New Jersey and Jersey City", ""),
    ("Russia-Ukraine talks, Russia’s and Ukrainians’ hopes",
     "Russia=RU:name Ukraine=UA:name Russia=RU:name Ukrainians=UA:demonym"),
    ("The Vatican and the Holy See", "Vatican=VA:name Holy See=VA:name"),
    ("Hong Kong and Macau", "Hong Kong=HK:name Macau=MO:name"),
    ("Kosovo and St. Kitts and Nevis", "Kosovo=XK:name St. Kitts and Nevis=KN:name"),
    ("Saint Vincent & the Grenadines", "Saint Vincent & the Grenadines=VC:name"),
    ("Trinidad and Tobago", "Trinidad and Tobago=TT:name"),
    ("Number 10 Downing Street", "Number 10 Downing Street=GB:seat"),
    ("The Oneida Indian Nation", ""),
    ("No. 10 seed Duke lost.", ""),
    ("No. 10 said the Commons would vote on Brexit.", "No. 10=GB:seat"),
    ("French fries in French Polynesia", "French Polynesia=PF:name"),
    ("The United\nStates said so.", "United\nStates=US:name"),
    ("Chad Says Rebels Fled", "Chad=TD:name"),
    ("All signs must be in French.", ""),
    ("in French hands", "French=FR:demonym"),
    ("She speaks English, Danish and Greek.", ""),
    ("the English, the Danish and the Greek", "Danish=DK:demonym Greek=GR:demonym"),
    ("Her Turkish is rusty; her Turkish uncle knows.", "Turkish=TR:demonym"),
    ("a Spanish-language caucus of Spanish voters", "Spanish=ES:demonym"),
    ("Check the Czech spelling of the Czech minister.", "Czech=CZ:demonym"),
    ("Georgian is spoken in Tbilisi.", "Tbilisi=GE:capital"),
    ("Ethnic Russians and the Russians", "Russians=RU:demonym"),
    ("the Congo basin, which Congo shares", "Congo=CD:name"),
    ("Boats on the Niger turned back from Niger.", "Niger=NE:name"),
    ("Lake Malawi and Malawi", "Malawi=MW:name"),
    ("the Battle of Britain and the fall of Britain", "Britain=GB:name"),
    ("Vietnam War veterans saw Vietnam at war.", "Vietnam=VN:name"),
    ("the Cuban Missile Crisis, the Cuban Foreign Ministry", "Cuban=CU:demonym"),
    ("the Turkish Central Bank and Turkish Airlines", "Turkish=TR:demonym"),
    ("Iceland, the frozen-food chain, and Iceland, the island", "Iceland=IS:name"),
    ("Ketevan Roe, Georgia's economy minister, left.", "Georgia=GE:name"),
    ("Rome, Georgia's oldest town", "Rome=IT:capital"),
    ("Rome, Georgia, and Batumi, Georgia,", "Rome=IT:capital Georgia=GE:name"),
    ("a teacher from Jamaica, Queens", ""),
    ("I told Chad he could stay.", ""),
    ("Chad sent troops; Chad Olsen did not, and Chad knows.", "Chad=TD:name"),
    ("Angela Brazil wrote; Brazil's heirs sold it in Brazil.", "Brazil=BR:name"),
    ("Mainland China and N. Korea", "China=CN:name N. Korea=KP:abbreviation"),
    ("The Union of the Comoros and the Gabonese Republic",
     "Union of the Comoros=KM:name Gabonese Republic=GA:name"),
    ("Irish stew in an Irish pub, Irish lorries", "Irish=IE:demonym"),
    ("Turkey farmers and Turkey's farmers", "Turkey=TR:name"),
    ("the Virgin Islands and the British Virgin Islands", "Virgin Islands=VI:name British Virgin Islands=VG:name"),
    ("Sana'a, N’Djamena, Nuku’alofa", "Sana'a=YE:capital N’Djamena=TD:capital Nuku’alofa=TO:capital"),
]  # fmt: skip


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("en")


@pytest.fixture(scope="module")
def matcher(nlp: Language) -> CountryMatcher:
    return CountryMatcher(nlp.vocab, nlp.tokenizer)


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[s for s, _ in SENTENCES])
def test_sentences(nlp: Language, matcher: CountryMatcher, sentence: str, expected: str) -> None:
    doc = nlp(sentence)
    found = " ".join(f"{doc[m.start : m.end].text}={m.iso}:{m.kind}" for m in matcher(doc))
    assert found == expected


def test_every_iso_country_once() -> None:
    codes = [c.iso for c in countries()]
    cldr = {c for c in Locale("en").territories if re.fullmatch("[A-Z]{2}", c)}
    assert len(codes) == len(set(codes)) == 250
    assert set(codes) == cldr - NOT_ISO
    assert codes == sorted(codes)


def test_names_come_from_cldr() -> None:
    territories = Locale("en").territories
    for each in countries():
        assert territories[each.iso].startswith(each.name)
    assert country_name("MM") == "Myanmar"
    assert "Burma" in country("MM").variants
    assert country_name("HK") == "Hong Kong"
    assert country_name("XK") == "Kosovo"
    with pytest.raises(KeyError):
        country_name("ZZ")


def test_a_form_looked_for_belongs_to_one_country() -> None:
    owners = Counter(form for each in countries() for form, _, _ in each.forms())
    assert [form for form, count in owners.items() if count > 1] == []


def test_a_form_of_two_countries_is_flagged_where_it_is_matched() -> None:
    ambiguous = {f for c in countries() for form in c.ambiguous for f in spellings(form)}
    matched = {form for each in countries() for form, _, _ in each.forms()}
    shared = {form for each in countries() for form in each.unmatched if form in matched}
    assert {"Congo", "Congolese", "Dominican", "Korean", "Samoan"} <= shared
    assert shared - ambiguous == set()


def test_ambiguous_entries_name_a_form_of_their_row_and_a_known_reason() -> None:
    for each in countries():
        assert set(each.ambiguous) <= {form for form, _, _ in each.forms()}, each.iso
        assert set(each.ambiguous.values()) <= {
            "person", "surname", "place", "word", "people", "country", "company", "organisation",
        }, each.iso  # fmt: skip


def test_every_country_is_found_by_its_name_and_wikidata_ids_are_unique() -> None:
    for each in countries():
        assert find_country(each.name) == each
    ids = [each.wikidata for each in countries() if each.wikidata]
    assert all(re.fullmatch(r"Q[1-9]\d*", each) for each in ids)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "table",
    [
        "countries.tsv",
        "blocked.tsv",
        "contexts.tsv",
        "things.tsv",
        "first_names.tsv",
        "neighbours.tsv",
        "regions.tsv",
        "organisations.tsv",
        "parties.tsv",
    ],
)
def test_tables_are_well_formed(table: str) -> None:
    for row in read_table(table):
        assert None not in row, row  # more cells than columns
        assert None not in row.values(), row
        for cell in row.values():
            assert cell == cell.strip(), row
            assert all(form and form == form.strip() for form in cell.split("|") if cell), row


def test_first_names_have_a_gender() -> None:
    names = first_names()
    assert len(names) >= 400
    assert set(names.values()) == {"m", "f", "u"}
    assert (names["Michael"], names["Angela"]) == ("m", "f")


def test_annotation_writes_spans_with_code_and_kind(nlp: Language, matcher: CountryMatcher) -> None:
    doc = annotate_countries(nlp("Kyiv and Russian officials met in Brussels."), matcher)
    assert [(s.text, s.label_, s.id_) for s in doc.spans["countries"]] == [
        ("Kyiv", "UA", "capital"),
        ("Russian", "RU", "demonym"),
        ("Brussels", "BE", "capital"),
    ]


def test_ambiguity_is_reported(nlp: Language, matcher: CountryMatcher) -> None:
    assert [m.ambiguous for m in matcher(nlp("Brussels, Kyiv, Turkey"))] == ["organisation", None, "word"]


@pytest.mark.parametrize(
    ("form", "name", "kind", "iso"),
    [
        ("Europe", "Europe", "continent", None),
        ("the West", "the West", "region", None),
        ("Donbass", "Donbas", "disputed territory", "UA"),
        ("GAZA STRIP", "Gaza", "disputed territory", "PS"),
        ("Ala.", "Alabama", "state", "US"),
        ("Scottish", "Scotland", "constituent country", "GB"),
        ("Sao Paulo", "São Paulo", "city", "BR"),
        ("Soviets", "Soviet Union", "former country", None),
    ],
)
def test_regions_are_found_by_any_form(form: str, name: str, kind: str, iso: str | None) -> None:
    region = find_region(form)
    assert region is not None
    assert (region.name, region.type, region.iso) == (name, kind, iso)


@pytest.mark.parametrize(
    ("form", "name", "kind"),
    [
        ("North Atlantic Treaty Organization", "NATO", "igo"),
        ("VOA", "VOA", "media"),
        ("Voice of America", "VOA", "media"),
        ("the Pentagon", "Pentagon", "agency"),
        ("Department of Defense", "Pentagon", "agency"),
        ("The Washington Post", "Washington Post", "media"),
        ("FBI", "FBI", "agency"),
        ("al Qaeda", "al-Qaida", "party"),
    ],
)
def test_organisations_are_found_by_any_form(form: str, name: str, kind: str) -> None:
    organisation = find_organisation(form)
    assert organisation is not None
    assert (organisation.name, organisation.kind) == (name, kind)


def test_unknown_and_lower_case_names_are_not_found() -> None:
    assert [find_region("nice"), find_organisation("apple"), find_organisation("who"), find_country("us")] == [None] * 4


def test_regions_and_organisations_have_each_form_once_and_known_countries() -> None:
    isos = {each.iso for each in countries()} | {None}
    for table in (regions(), organisations()):
        assert len(table) >= 250
        forms = Counter(form for each in table for form in each.forms() if form)
        assert [form for form, count in forms.items() if count > 1] == []
        assert {each.iso for each in table} <= isos
    assert all(set(each.ambiguous) <= set(each.forms()) for each in (*regions(), *organisations()))
