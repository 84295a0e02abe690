"""Titles and the offices they tell of."""

from __future__ import annotations

import pytest
from docs import make_doc

from kg.extract.entities import find_entities

PER, ORG, LOC = "PER", "ORG", "LOC"


@pytest.mark.parametrize(
    ("text", "ents", "expected"),
    [
        ("U.S. Secretary of/IN Defense Pete Hegseth", {"Pete Hegseth": PER},
         [("Secretary of Defense", "United States")]),
        ("NATO Secretary General Mark Rutte", {"NATO": ORG, "Mark Rutte": PER}, [("Secretary General", "NATO")]),
        ("NATO Secretary General Mark Rutte", {"NATO Secretary General": ORG, "Mark Rutte": PER},
         [("Secretary General", "NATO")]),
        ("French/JJ President Emmanuel Macron", {"Emmanuel Macron": PER}, [("President", "France")]),
        ("Gov. John Kasich of/IN Ohio", {"John Kasich": PER, "Ohio": LOC}, [("Governor", "Ohio")]),
        ("Rep. Peter King , R - N.Y. ,", {"Peter King": PER, "N.Y.": LOC}, [("Representative", "New York State")]),
        ("former/JJ CIA Director Leon Panetta", {"CIA": ORG, "Leon Panetta": PER}, [("former Director", "CIA")]),
        ("Mark Rutte , the/DT secretary/NN general/NN of/IN NATO , left/VBD", {"Mark Rutte": PER, "NATO": ORG},
         [("secretary general", "NATO")]),
        ("NATO ’s/POS secretary/NN general/NN , Mark Rutte , left/VBD", {"Mark Rutte": PER, "NATO": ORG},
         [("secretary general", "NATO")]),
        ("Brian Fallon , a/DT spokesman/NN for/IN Boeing , left/VBD", {"Brian Fallon": PER, "Boeing": ORG},
         [("spokesman", "Boeing")]),
        ("Deputy Prime Minister Li Wei", {"Li Wei": PER}, [("Deputy Prime Minister", None)]),
        ("Ban Ki/NNP ,/, the/DT analyst/NN ,/,", {"Ban Ki": PER}, []),  # an occupation without a body is no office
        ("Latvian/JJ journalist/NN Karl Rove", {"Karl Rove": PER}, []),
        ("presidential/JJ candidate/NN Karl Rove", {"Karl Rove": PER}, []),
        ("Fox News analyst/NN Karl Rove", {"Fox News": ORG, "Karl Rove": PER}, [("analyst", "Fox News")]),
        ("Kremlin spokesman/NN Dmitry Peskov", {"Dmitry Peskov": PER}, [("spokesman", "Russia")]),
        ("European Commission President Ursula Leyen", {"European Commission": ORG, "Ursula Leyen": PER},
         [("President", "European Commission")]),
        ("President Putin left/VBD ./. Russian/JJ President Vladimir Putin", {"Putin": PER, "Vladimir Putin": PER},
         [("President", "Russia")]),
        # the parse tells an apposition from the subject of the next clause
        ("After/IN/mark/meeting meeting/VBG/advcl/said Merkel/NNP/obj/meeting ,/,/punct/meeting the/DT/det/president "
         "president/NN/nsubj/said said/VBD", {"Merkel": PER}, []),
        ("Merkel/NNP/nsubj/chancellor is/VBZ/cop/chancellor chancellor/NN of/IN/case/Germany "
         "Germany/NNP/nmod/chancellor",
         {"Merkel": PER}, [("chancellor", "Germany")]),
        ("Merkel/NNP/nsubj/chancellor was/VBD/cop/chancellor chancellor/NN of/IN/case/Germany "
         "Germany/NNP/nmod/chancellor",
         {"Merkel": PER}, [("former chancellor", "Germany")]),
        ("Merkel/NNP/nsubj/chancellor is/VBZ/cop/chancellor not/RB/advmod/chancellor chancellor/NN",
         {"Merkel": PER}, []),
        ("Merkel/NNP/nsubj/lives ,/, who/WP/nsubj/chancellor is/VBZ/cop/chancellor chancellor/NN/acl:relcl/Merkel "
         "of/IN/case/Germany Germany/NNP/nmod/chancellor ,/, lives/VBZ", {"Merkel": PER},
         [("chancellor", "Germany")]),
        ("Merkel/NNP/nsubj:pass/elected was/VBD/aux:pass/elected elected/VBN chancellor/NN/xcomp/elected",
         {"Merkel": PER}, [("chancellor", None)]),
    ],
)  # fmt: skip
def test_offices(text: str, ents: dict[str, str], expected: list[tuple[str, str | None]]) -> None:
    entities = find_entities(make_doc(text, ents))
    names = {e.id: e.name for e in entities}
    assert [(o.title, o.of and names[o.of]) for e in entities for o in e.offices] == expected
    assert all(o.evidence.text for e in entities for o in e.offices)


def test_evidence_is_where_the_text_says_so() -> None:
    doc = make_doc("Then/RB NATO Secretary General Mark Rutte spoke/VBD", {"NATO": ORG, "Mark Rutte": PER})
    (office,) = [o for e in find_entities(doc) for o in e.offices]
    assert office.evidence.text == "NATO Secretary General Mark Rutte"
    assert doc.text[office.evidence.start : office.evidence.end] == office.evidence.text


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Chad said/VBD no/DT ./. Foreign Minister Idriss Mahamat left/VBD", "Chad"),
        ("Chad and/CC Niger said/VBD no/DT ./. Foreign Minister Idriss Mahamat left/VBD", None),
        ("Chad said/VBD no/DT ./. Campaign spokesman/NN Idriss Mahamat left/VBD", None),
        ("Chad said/VBD no/DT ./. Gov. Idriss Mahamat left/VBD", None),  # a country has many governors
        ("Chad said/VBD no/DT ./. Acme President Idriss Mahamat left/VBD", None),  # of something the reader missed
    ],
)
def test_the_articles_only_country_gives_a_state_office_its_body(text: str, body: str | None) -> None:
    entities = find_entities(make_doc(text, {"Idriss Mahamat": PER}))
    names = {e.id: e.name for e in entities}
    assert [o.of and names[o.of] for e in entities for o in e.offices] == [body]


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        ("three/CD Sens. ,/, Ann Roe ,/, Bo Vik and/CC Cy Lund ,/, left/VBD",
         {"Ann Roe": ["Senators"], "Bo Vik": ["Senators"], "Cy Lund": ["Senators"]}),
        ("three/CD Sens. ,/, Ann Roe ,/, left/VBD", {"Ann Roe": []}),  # no list that ends
        # whose deputy: the office is named after theirs
        ("Energy Minister Ann Roe and/CC her/PRP$ deputy/NN ,/, Bo Vik ,/, left/VBD",
         {"Ann Roe": ["Energy Minister"], "Bo Vik": ["deputy Energy Minister"]}),
        ("Energy Minister Ann Roe left/VBD ./. Roe ’s/POS deputy/NN ,/, Bo Vik ,/, stayed/VBD",
         {"Ann Roe": ["Energy Minister"], "Bo Vik": ["deputy Energy Minister"]}),
        ("the/DT deputy/NN ,/, Bo Vik ,/, left/VBD", {"Bo Vik": ["deputy"]}),
        # a title's own complement does not part it from the name
        ("the/DT chairman/NN of/IN the/DT budget/NN committee/NN of/IN Acme ,/, Bo Vik ,/, left/VBD",
         {"Bo Vik": ["chairman of the budget committee"]}),
    ],
)  # fmt: skip
def test_titles_around_a_comma(text: str, offices: dict[str, list[str]]) -> None:
    ents = dict.fromkeys((*offices, "Roe"), PER) | {"Acme": ORG}
    found = find_entities(make_doc(text, {name: label for name, label in ents.items() if name in text}))
    assert {e.name: [o.title for o in e.offices] for e in found if e.type == "Person"} == offices


def test_a_plural_title_is_of_everyone_named_after_it() -> None:
    entities = find_entities(
        make_doc("Sens. John McCain and/CC Lindsey Graham left/VBD", {"John McCain": PER, "Lindsey Graham": PER})
    )
    assert [(e.name, [o.title for o in e.offices]) for e in entities] == [
        ("John McCain", ["Senators"]), ("Lindsey Graham", ["Senators"]),
    ]  # fmt: skip
