"""Organisations, countries, capitals that act and capitals that are places."""

from __future__ import annotations

import pytest
from docs import make_doc

from kg.extract.entities import find_entities
from kg.model import Entity


def found(text: str, ents: dict[str, str] | None = None) -> dict[str, Entity]:
    return {e.name: e for e in find_entities(make_doc(text, ents or {}))}


def of_type(entities: dict[str, Entity], type: str) -> list[str]:
    return [e.name for e in entities.values() if e.type == type]


def surfaces(entity: Entity) -> list[tuple[str, str]]:
    return [(m.text, m.kind) for m in entity.mentions]


@pytest.mark.parametrize(
    ("text", "ents", "expected"),
    [
        (
            "North Atlantic Treaty Organization ( NATO ) met/VBD ./. NATO left/VBD ./.",
            {"North Atlantic Treaty Organization": "ORG", "NATO": "ORG"},
            ["North Atlantic Treaty Organization"],
        ),
        (
            "World Health Organization met/VBD ./. WHO left/VBD ./.",
            {"World Health Organization": "ORG", "WHO": "ORG"},
            ["World Health Organization"],
        ),
        (  # two names fit the acronym: it joins neither
            "American Bar Association , Arizona Broadcasters Association and/CC ABA ./.",
            {"American Bar Association": "ORG", "Arizona Broadcasters Association": "ORG", "ABA": "ORG"},
            ["American Bar Association", "Arizona Broadcasters Association", "ABA"],
        ),
        ("Apple Inc. and/CC Apple ’s/POS rivals/NNS", {"Apple Inc.": "ORG", "Apple ’s": "ORG"}, ["Apple Inc."]),
        ("NBC and/CC NBC News", {"NBC": "ORG", "NBC News": "ORG"}, ["NBC News"]),
        (
            "U.S. State Department , the/DT State Department and/CC Department of/IN State",
            {"U.S. State Department": "ORG", "State Department": "ORG", "Department of State": "ORG"},
            ["U.S. State Department"],
        ),
        ("Trump Organization and/CC Clinton Foundation", {"Trump Organization": "ORG", "Clinton Foundation": "ORG"},
         ["Trump Organization", "Clinton Foundation"]),
    ],
)  # fmt: skip
def test_names_of_one_organisation(text: str, ents: dict[str, str], expected: list[str]) -> None:
    assert of_type(found(text, ents), "Organisation") == expected


def test_one_node_per_country_with_its_cldr_name() -> None:
    entities = found("Russia , Russian/JJ troops/NNS , Russians/NNPS and/CC the/DT Russian Federation ./.")
    (russia,) = entities.values()
    assert (russia.type, russia.name, russia.iso) == ("Country", "Russia", "RU")
    assert surfaces(russia) == [
        ("Russia", "name"), ("Russian", "demonym"), ("Russians", "demonym"), ("Russian Federation", "name"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "ents", "countries"),
    [  # a country inside another name is none, unless that name is a body of its state or no more than the country
        ("American Airlines", {"American Airlines": "ORG"}, []),
        ("the/DT Bank of/IN England", {"Bank of England": "ORG"}, []),
        ("the/DT Russian Foreign Ministry", {"Russian Foreign Ministry": "ORG"}, ["RU"]),
        ("U.S. Congress", {"U.S. Congress": "ORG"}, ["US"]),
        ("the/DT Embassy of/IN France", {"Embassy of France": "ORG"}, ["FR"]),
        ("Jordan Rivers spoke/VBD", {"Jordan Rivers": "PER"}, []),
        ("eastern/JJ Ukraine", {"eastern Ukraine": "LOC"}, ["UA"]),
        ("Kharkiv , Ukraine", {"Kharkiv , Ukraine": "LOC"}, ["UA"]),
        ("the/DT Gulf of/IN Mexico", {"Gulf of Mexico": "LOC"}, []),
        ("the/DT Syrian Civil War", {"Syrian Civil War": "MISC"}, []),
        ("Israeli/JJ -/HYPH Palestinian/JJ talks/NNS", {"Israeli - Palestinian": "MISC"}, ["IL", "PS"]),
        ("Russia spoke/VBD", {"Russia": "PER"}, ["RU"]),
        ("Chad spoke/VBD ./. Chad Olsen left/VBD ./.", {"Chad": "PER", "Chad Olsen": "PER"}, ["TD"]),
        ("Michael Jordan spoke/VBD ./. Jordan left/VBD ./.", {"Michael Jordan": "PER", "Jordan": "PER"}, []),
    ],
)
def test_countries_inside_other_names(text: str, ents: dict[str, str], countries: list[str]) -> None:
    assert [e.iso for e in find_entities(make_doc(text, ents)) if e.type == "Country"] == countries


@pytest.mark.parametrize(
    ("text", "acting"),
    [
        ("Moscow/NNP/nsubj/said said/VBD no/DT", True),
        ("Moscow/NNP/nsubj/warned and/CC/cc/Kyiv Kyiv/NNP/conj/Moscow warned/VBD", True),
        ("Moscow/NNP/nsubj/cold is/VBZ/cop/cold cold/JJ", False),
        ("Moscow/NNP/nsubj/ready is/VBZ/cop/ready ready/JJ", True),
        ("he/PRP/nsubj/spoke spoke/VBD in/IN/case/Moscow Moscow/NNP/obl/spoke", False),
        ("he/PRP/nsubj/went went/VBD to/IN/case/Moscow Moscow/NNP/obl/went", False),
        ("Moscow/NNP/nmod:poss/strategy ’s/POS/case/Moscow strategy/NN", True),
        ("Moscow/NNP/nmod:poss/streets ’s/POS/case/Moscow streets/NNS", False),
        ("a/DT/det/court Moscow/NNP/compound/court court/NN", False),
        ("the/DT/det/government Moscow/NNP/compound/government government/NN", True),
        ("annexed/VBN by/IN/case/Moscow Moscow/NNP/obl/annexed", True),
        ("they/PRP/nsubj/warned warned/VBD Moscow/NNP/obj/warned", True),
        ("they/PRP/nsubj/left left/VBD Moscow/NNP/obj/left", False),
        ("talks/NNS with/IN/case/Moscow Moscow/NNP/nmod/talks", True),
        ("talks/NNS between/IN/case/Moscow Moscow/NNP/nmod/talks and/CC/cc/Kyiv Kyiv/NNP/conj/Moscow", True),
        ("flights/NNS between/IN/case/Moscow Moscow/NNP/nmod/flights and/CC/cc/Kyiv Kyiv/NNP/conj/Moscow", False),
        ("talks/NNS between/IN/case/Moscow Moscow/NNP/nmod/talks and/CC/cc/Perm Perm/NNP/conj/Moscow", False),
        ("Moscow/NNP/nsubj/bought bought/VBD jets/NNS/obj/bought", True),
        ("Moscow/NNP/nsubj/burned burned/VBD", False),
        ("Moscow/NNP/nsubj/hosted hosted/VBD games/NNS/obj/hosted", False),
        ("Moscow/NNP/nsubj/struck struck/VBD back/RP/compound:prt/struck", True),
        ("Moscow/NNP/nsubj/said (/-LRB- AP/NNP )/-RRB- said/VBD no/DT/obj/said", False),
        ("Moscow said/VBD no/DT", True),  # no parse: the words next to it
        ("spoke/VBD in/IN Moscow", False),
    ],
)
def test_a_capital_acts_or_is_a_place(text: str, acting: bool) -> None:
    entities = [e for e in find_entities(make_doc(text)) if e.mentions[0].text == "Moscow"]
    assert [(e.type, e.mentions[0].kind) for e in entities] == [
        ("Country", "metonym") if acting else ("Place", "name")
    ]  # fmt: skip


def test_a_capital_may_be_both_in_one_article() -> None:
    entities = found(
        "Moscow/NNP/nsubj/said said/VBD no/DT/obj/said ./. "
        "He/PRP/nsubj/met met/VBD in/IN/case/Moscow Moscow/NNP/obl/met"
    )
    assert surfaces(entities["Russia"]) == [("Moscow", "metonym")]
    assert surfaces(entities["Moscow"]) == [("Moscow", "name")]


def test_the_article_is_no_part_of_a_name() -> None:
    entities = found(
        "The/DT United Nations met/VBD near/IN The/DT Hague", {"The United Nations": "ORG", "The Hague": "LOC"}
    )
    assert sorted(entities) == ["The Hague", "United Nations"]
