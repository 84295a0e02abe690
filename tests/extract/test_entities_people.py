"""Which names are one person's, and what the reader model's slips do to it."""

from __future__ import annotations

import pytest
from docs import make_doc

from kg.extract.entities import find_entities
from kg.extract.names import likely_gender, parse_person, usual_gender
from kg.extract.people import NamedPerson, cluster_people
from kg.model import Entity


def groups(*names: str, **genders: str) -> list[list[str]]:
    """The names as grouped; a gender is given by position, `at2="m"`."""
    mentions = [NamedPerson(i, i + 1, parse_person(n), genders.get(f"at{i}")) for i, n in enumerate(names)]
    return [[names[i] for i in members] for members in cluster_people(mentions)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Pete Hegseth", "Hegseth", "Pete"), [["Pete Hegseth", "Hegseth", "Pete"]]),
        (("Hegseth", "Pete Hegseth"), [["Hegseth", "Pete Hegseth"]]),
        (("Ursula von der Leyen", "von der Leyen", "Leyen"), [["Ursula von der Leyen", "von der Leyen", "Leyen"]]),
        (("Debbie Wasserman Schultz", "Wasserman Schultz"), [["Debbie Wasserman Schultz", "Wasserman Schultz"]]),
        (("Xi Jinping", "Xi"), [["Xi Jinping", "Xi"]]),
        (
            ("Hillary Clinton", "Bill Clinton", "Clinton", "Hillary"),
            [["Hillary Clinton", "Clinton", "Hillary"], ["Bill Clinton"]],
        ),
        (("Donald Trump", "Donald Trump Jr.", "Trump"), [["Donald Trump", "Trump"], ["Donald Trump Jr."]]),
        (("John Smith", "John Kerry", "John"), [["John Smith"], ["John Kerry"], ["John"]]),
        (("Obama", "Obama"), [["Obama", "Obama"]]),
        (("Rick Perry", "Katy Perry", "Perry"), [["Rick Perry", "Perry"], ["Katy Perry"]]),
    ],
)
def test_name_variants(names: tuple[str, ...], expected: list[list[str]]) -> None:
    assert groups(*names) == expected


def test_an_honorific_goes_before_the_order_of_introduction() -> None:
    assert groups("Hillary Clinton", "Bill Clinton", "Clinton", at2="m") == [
        ["Hillary Clinton"],
        ["Bill Clinton", "Clinton"],
    ]


def test_two_of_one_surname_without_given_names_are_told_apart_by_honorifics() -> None:
    assert groups("Smith", "Smith", "Smith", at0="m", at1="f", at2="m") == [["Smith", "Smith"], ["Smith"]]


def test_a_title_picks_the_bearer_of_a_surname() -> None:
    mentions = [
        NamedPerson(0, 1, parse_person("Hillary Clinton"), None, frozenset({"secretary"})),
        NamedPerson(1, 2, parse_person("Chelsea Clinton")),
        NamedPerson(2, 3, parse_person("Clinton"), None, frozenset({"secretary"})),
    ]
    assert cluster_people(mentions) == [[0, 2], [1]]


def one(doc_text: str, ents: dict[str, str]) -> dict[str, Entity]:
    return {e.name: e for e in find_entities(make_doc(doc_text, ents))}


def surfaces(entity: Entity) -> list[tuple[str, str]]:
    return [(m.text, m.kind) for m in entity.mentions]


def test_a_name_mention_covers_the_name_and_the_title_is_its_own() -> None:
    found = one(
        "Secretary Pete Hegseth spoke/VBD ./. Mr./NNP Hegseth ’s/POS aides/NNS met/VBD Secretary Hegseth ./.",
        {"Secretary Pete Hegseth": "PER", "Mr. Hegseth ’s": "PER", "Secretary Hegseth": "PER"},
    )
    assert list(found) == ["Pete Hegseth"]
    assert surfaces(found["Pete Hegseth"]) == [
        ("Secretary", "title"), ("Pete Hegseth", "name"), ("Hegseth", "name"), ("Secretary", "title"),
        ("Hegseth", "name"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "ents", "expected"),
    [  # a name's type is the one it was given most often; a full name's surname is a person's
        (
            "Mark Rutte spoke/VBD ./. Rutte spoke/VBD ./. Rutte left/VBD ./.",
            [("Mark Rutte", "PER"), ("Rutte", "ORG"), ("Rutte", "PER")],
            {"Mark Rutte": "Person"},
        ),
        (
            "Boeing grew/VBD ./. Boeing fell/VBD ./. Boeing left/VBD ./.",
            [("Boeing", "ORG"), ("Boeing", "PER"), ("Boeing", "ORG")],
            {"Boeing": "Organisation"},
        ),
        (
            "Clinton and/CC Trump spoke/VBD ./.",
            [("Clinton and Trump", "PER")],
            {"Clinton": "Person", "Trump": "Person"},
        ),
        ("the/DT Secretary spoke/VBD ./.", [("Secretary", "PER")], {}),
        ("Republican/JJ Mark Rutte left/VBD", [("Republican Mark Rutte", "PER")], {"Mark Rutte": "Person"}),
        (
            "Fox News Megyn Kelly left/VBD",
            [("Fox News Megyn Kelly", "PER")],
            {"Fox News": "Organisation", "Megyn Kelly": "Person"},
        ),
        ("Doris Crouse - Mays left/VBD", [("Doris Crouse", "PER")], {"Doris Crouse-Mays": "Person"}),
        ("swing/NN state/NN Ohio voted/VBD", [("swing state Ohio", "LOC")], {"Ohio": "Place"}),
        ("Robert “ Bobby ” Scott left/VBD", [("Robert", "PER"), ("Scott", "PER")], {"Robert “Bobby” Scott": "Person"}),
        ("many/JJ Joneses/NNPS left/VBD", [("Joneses", "PER")], {}),
        ("the/DT UNHCR left/VBD", [("UNHCR", "PER")], {"UNHCR": "Organisation"}),
        ("the/DT Clintons/NNPS left/VBD ./.", [], {}),
        # who works for somebody is a body of its own
        ("the/DT Clinton campaign/NN said/VBD so/RB", [("Clinton", "PER")], {"Clinton campaign": "Organisation"}),
        ("the/DT agency/NN ShipWatch said/VBD so/RB", [], {"ShipWatch": "Organisation"}),
        ("the/DT agency/NN Tuesday/NNP said/VBD so/RB", [], {}),
        ("the/DT firm/NN Mr./NNP Rutte left/VBD", [("Rutte", "PER")], {"Rutte": "Person"}),
        ("a/DT Clinton campaign/NN stop/NN", [("Clinton", "PER")], {"Clinton": "Person"}),
    ],
)
def test_the_models_slips_are_mended(text: str, ents: list[tuple[str, str]], expected: dict[str, str]) -> None:
    assert {e.name: e.type for e in find_entities(make_doc(text, ents))} == expected


def test_a_name_found_once_is_found_again() -> None:
    found = one("Mark Rutte spoke/VBD ./. Then/RB Rutte left/VBD Rutte Street ./.", {"Mark Rutte": "PER"})
    assert surfaces(found["Mark Rutte"]) == [("Mark Rutte", "name"), ("Rutte", "name")]


def test_ids_follow_first_mentions_and_the_result_is_the_same_every_time() -> None:
    text = "NATO met/VBD Mark Rutte in/IN Lima with/IN Rutte ./."
    ents = {"NATO": "ORG", "Mark Rutte": "PER", "Lima": "LOC"}
    first = find_entities(make_doc(text, ents))
    assert [(e.id, e.name) for e in first] == [("e1", "NATO"), ("e2", "Mark Rutte"), ("e3", "Lima")]
    assert find_entities(make_doc(text, ents)) == first


def test_an_empty_document_has_no_entities() -> None:
    assert find_entities(make_doc("")) == ()


@pytest.mark.parametrize(
    ("given", "usual", "likely"),
    [("mark", "m", None), ("angelique", "f", None), ("chris", None, "m"), ("tyresha", None, "f"), ("xi", None, None)],
)
def test_given_names_tell_a_gender(given: str, usual: str | None, likely: str | None) -> None:
    assert usual_gender(given) == usual
    assert usual or likely_gender(given) == likely
