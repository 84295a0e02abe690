"""Since when and until when offices are held; offices told by verbs; namesakes."""

from __future__ import annotations

import pytest
from docs import make_doc

from kg.extract.entities import find_entities

PER, ORG = "PER", "ORG"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee/NNP , mayor/NN of/IN Chad since/IN 2022/CD , left/VBD", [("mayor", "2022", None)]),
        ("Ann Lee/NNP , mayor/NN of/IN Chad since/IN June/NNP 2022/CD , left/VBD", [("mayor", "2022-06", None)]),
        ("Ann Lee/NNP , mayor/NN of/IN Chad from/IN 2015/CD to/IN 2019/CD , left/VBD", [("mayor", "2015", "2019")]),
        ("Ann Lee/NNP , mayor/NN of/IN Chad until/IN yesterday/NN , left/VBD", [("mayor", None, "2025-03-19")]),
        ("Ann Lee/NNP , mayor/NN of/IN Chad , left/VBD in/IN 2019/CD", [("mayor", None, None)]),
        ("mayor/NN Ann/NNP/nsubj/resigned Lee/NNP/flat/Ann resigned/VBD on/IN/case/Tuesday Tuesday/NNP/obl/resigned",
         [("mayor", None, "2025-03-18")]),
        ("mayor/NN Ann/NNP/nsubj/took Lee/NNP/flat/Ann took/VBD office/NN/obj/took in/IN/case/2020 2020/CD/obl/took",
         [("mayor", "2020", None)]),
        ("mayor/NN Ann/NNP/nsubj/swam Lee/NNP/flat/Ann swam/VBD on/IN/case/Tuesday Tuesday/NNP/obl/swam",
         [("mayor", None, None)]),
    ],
)  # fmt: skip
def test_dates_of_offices(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    entities = find_entities(make_doc(text, {"Ann Lee": PER}), "2025-03-20")
    assert [(o.title, o.start, o.end) for e in entities for o in e.offices] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann/NNP Lee/NNP/flat/Ann ,/, who/WP/nsubj/leads leads/VBZ/acl:relcl/Ann Acme/NNP/obj/leads ,/, left/VBD",
         [("leader", "Acme")]),
        ("Ann/NNP Lee/NNP/flat/Ann ,/, who/WP/nsubj/chairs chairs/VBZ/acl:relcl/Ann the/DT/det/committee "
         "budget/NN/compound/committee committee/NN/obj/chairs of/IN/case/Acme Acme/NNP/nmod/committee ,/, left/VBD",
         [("chair of the budget committee", "Acme")]),
        ("Ann/NNP Lee/NNP/flat/Ann ,/, who/WP/nsubj/chairs chairs/VBZ/acl:relcl/Ann the/DT/det/talks "
         "talks/NNS/obj/chairs ,/, left/VBD", []),
        ("Ann Lee/NNP ,/, chairman/NN of/IN the/DT budget/NN committee/NN of/IN Acme ,/, left/VBD",
         [("chairman of the budget committee", "Acme")]),
        ("ambassador/NN to/IN Peru Ann Lee left/VBD", [("ambassador to Peru", None)]),
        ("Ann Lee ,/, spokeswoman/NN of/IN the/DT Chadian/JJ foreign/JJ ministry/NN ,/, left/VBD",
         [("spokeswoman", "foreign ministry")]),
    ],
)  # fmt: skip
def test_what_is_led_and_what_belongs_to_a_title(text: str, expected: list[tuple[str, str | None]]) -> None:
    entities = find_entities(make_doc(text, {"Ann Lee": PER, "Acme": ORG}))
    names = {e.id: e.name for e in entities}
    assert [(o.title, o.of and names[o.of]) for e in entities for o in e.offices] == expected


def test_a_namesake_is_another_person_and_a_surname_then_means_neither() -> None:
    text = "Ann Lee left/VBD ./. The/DT deputy/NN ,/, also/RB Ann Lee ,/, stayed/VBD ./. Lee laughed/VBD ./."
    entities = find_entities(make_doc(text, [("Ann Lee", PER), ("Ann Lee", PER), ("Lee", PER)]))
    assert [[m.text for m in e.mentions if m.kind == "name"] for e in entities] == [["Ann Lee"], ["Ann Lee"], ["Lee"]]


def test_an_acronym_in_brackets_is_a_name_and_found_again() -> None:
    text = "World Sea Board ( WSB ) met/VBD ./. WSB left/VBD ./."
    (board,) = find_entities(make_doc(text, {"World Sea Board": ORG}))
    assert [m.text for m in board.mentions] == ["World Sea Board", "WSB", "WSB"]
