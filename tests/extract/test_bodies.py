"""Names of bodies that the words around them give away, whatever the model took for a name."""

from __future__ import annotations

import pytest
from docs import make_doc

from kg.extract.entities import find_entities

PER, ORG, LOC, MISC = "PER", "ORG", "LOC", "MISC"


def called(text: str, ents: dict[str, str], type: str = "Organisation") -> list[set[str]]:
    """The names of each entity of a type, in order of first mention."""
    found = find_entities(make_doc(text, ents))
    return [{m.text for m in e.mentions if m.kind == "name"} for e in found if e.type == type]


@pytest.mark.parametrize(
    ("text", "ents", "names"),
    [
        # cut by the model: its head, or its last field
        ("the/DT Board for/IN Lake Traffic and/CC Energy met/VBD", {"Lake Traffic": LOC},
         {"Board for Lake Traffic and Energy"}),
        ("the/DT Board for/IN Lake Traffic and/CC Energy met/VBD", {"Board for Lake Traffic": ORG, "Energy": ORG},
         {"Board for Lake Traffic and Energy"}),
        # another body after "and" stays one
        ("the/DT Board of/IN Lakes and/CC Transport Union met/VBD",
         {"Board of Lakes": ORG, "Transport Union": ORG}, {"Board of Lakes"}),
        # spelt out by its acronym
        ("the/DT Citizens for/IN Clean Air in/IN Lakeland ( CCAL ) said/VBD", {"Lakeland": LOC},
         {"Citizens for Clean Air in Lakeland", "CCAL"}),
        ("a/DT Norwegian/JJ Chamber of/IN Deputies said/VBD", {"Norwegian Chamber of Deputies": MISC},
         {"Norwegian Chamber of Deputies"}),
        # nicknames
        ("the/DT Board for/IN Roads ,/, which/WDT drivers/NNS call/VBP the/DT Crow ,/, met/VBD",
         {"Board for Roads": ORG}, {"Board for Roads", "Crow"}),
        ("Acme Roads ,/, better/RB known/VBN as/IN the/DT Crow ,/, met/VBD", {"Acme Roads": ORG},
         {"Acme Roads", "Crow"}),
    ],
)  # fmt: skip
def test_a_body_is_found_whole_and_by_all_its_names(text: str, ents: dict[str, str], names: set[str]) -> None:
    assert names in called(text, ents)


@pytest.mark.parametrize(
    ("text", "ents"),
    [
        ("Acme Roads ,/, which/WDT met/VBD ,/, and/CC Borealis", {"Acme Roads": ORG, "Borealis": ORG}),
        ("Acme Roads called/VBD Borealis a/DT rival/NN", {"Acme Roads": ORG, "Borealis": ORG}),
    ],
)
def test_what_is_not_said_to_be_a_nickname_is_none(text: str, ents: dict[str, str]) -> None:
    assert called(text, ents) == [{"Acme Roads"}, {"Borealis"}]


def test_an_acronym_before_an_office_is_a_body() -> None:
    text = "TRKB spokesman/NN Theo Roe spoke/VBD ./. WATCH President Roe"
    assert called(text, {"Theo Roe": PER, "Roe": PER}) == [{"TRKB"}]


@pytest.mark.parametrize(
    ("body", "other", "names"),
    [
        ("Clean Lake Eva Roe", "Roe", [{"Clean Lake"}]),
        ("Clean Lake Eva Roe", "Lund", [{"Clean Lake Eva Roe"}]),
        ("Friends of/IN Eva Roe", "Roe", [{"Friends of Eva Roe"}]),
    ],
)
def test_a_body_is_parted_from_the_person_named_after_it(body: str, other: str, names: list[set[str]]) -> None:
    doc = make_doc(f"{body} left/VBD ./. {other} spoke/VBD", [(body.replace("/IN", ""), ORG), (other, PER)])
    found = [e for e in find_entities(doc) if e.type == "Organisation"]
    assert [{m.text for m in e.mentions if m.kind == "name"} for e in found] == names


def test_an_acronym_before_a_full_name_is_no_part_of_it() -> None:
    text = "the/DT head/NN of/IN TRKB Theo Roe"
    assert called(text, {"TRKB Theo Roe": PER}) == [{"TRKB"}]
    assert called(text, {"TRKB Theo Roe": PER}, "Person") == [{"Theo Roe"}]
