"""Who "he", "the minister" and "its" are, and what a noun phrase refers to."""

from __future__ import annotations

import pytest
from docs import make_doc

from kg.extract.entities import find_entities, find_referents
from kg.extract.words import read_words

PER, ORG, LOC = "PER", "ORG", "LOC"


def linked(text: str, ents: dict[str, str], claims: list[tuple[str, str, str]] = ()) -> list[tuple[str, str]]:  # type: ignore[assignment]
    """(pronoun, title or noun; name of its entity) of all mentions that are no names, in order."""
    entities = find_entities(make_doc(text, ents, claims))
    found = [
        (m.start, m.text, e.name) for e in entities for m in e.mentions if m.kind in ("pronoun", "title", "nominal")
    ]
    return [(text, name) for _, text, name in sorted(found)]


BOTH = {"Mark Rutte": PER, "Ann Smith": PER, "Rutte": PER, "Smith": PER}


@pytest.mark.parametrize(
    ("text", "ents", "expected"),
    [
        ("Mark/NNP Rutte/NNP/nsubj/spoke spoke/VBD ./. He/PRP/nsubj/left left/VBD ./.", BOTH, [("He", "Mark Rutte")]),
        # gender decides: a given name, an honorific, a title
        ("Mark/NNP Rutte/NNP/nsubj/met met/VBD Ann/NNP Smith/NNP/obj/met ./. She/PRP/nsubj/left left/VBD ./.", BOTH,
         [("She", "Ann Smith")]),
        ("Ann/NNP Smith/NNP/nsubj/spoke spoke/VBD ./. He/PRP/nsubj/left left/VBD ./.", BOTH, []),
        ("Mrs./NNP Ng/NNP/nsubj/spoke spoke/VBD ./. He/PRP/nsubj/left left/VBD ./.", {"Ng": PER}, []),
        # the subject stands out before the object
        ("Rutte/NNP/nsubj/met met/VBD Orban/NNP/obj/met ./. He/PRP/nsubj/left left/VBD ./.",
         {"Rutte": PER, "Orban": PER}, [("He", "Rutte")]),
        # "him" is not the subject of its own clause
        ("Rutte/NNP/nsubj/spoke spoke/VBD ./. Orban/NNP/nsubj/met met/VBD him/PRP/obj/met ./.",
         {"Rutte": PER, "Orban": PER}, [("him", "Rutte")]),
        ("Rutte/NNP/nsubj/saw saw/VBD himself/PRP/obj/saw ./.", {"Rutte": PER}, [("himself", "Rutte")]),
        ("Rutte/NNP/nsubj/lost lost/VBD his/PRP$/nmod:poss/keys keys/NNS/obj/lost ./.", {"Rutte": PER},
         [("his", "Rutte")]),
        ("In/IN/case/speech his/PRP$/nmod:poss/speech speech/NN/obl/spoke Rutte/NNP/nsubj/spoke spoke/VBD ./.",
         {"Rutte": PER}, [("his", "Rutte")]),
        # somebody without a name takes the pronoun that is theirs
        ("Rutte/NNP/nsubj/spoke spoke/VBD ./. A/DT official/NN/nsubj/left left/VBD ./. "
         "He/PRP/nsubj/slept slept/VBD ./.",
         {"Rutte": PER}, []),
        # two who stand out alike: nobody
        ("Rutte/NNP/nsubj/met and/CC/cc/Orban Orban/NNP/conj/Rutte met/VBD ./.", {"Rutte": PER, "Orban": PER}, []),
        ("NATO/NNP/nsubj/said said/VBD its/PRP$/nmod:poss/forces forces/NNS/nsubj/left left/VBD/ccomp/said ./.",
         {"NATO": ORG}, [("its", "NATO")]),
        ("NATO/NNP/nsubj/left left/VBD its/PRP$/nmod:poss/base base/NN/obj/left ./.", {"NATO": ORG}, [("its", "NATO")]),
    ],
)  # fmt: skip
def test_pronouns(text: str, ents: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert linked(text, ents) == expected


JOINT = "Rutte/NNP/nsubj/spoke and/CC/cc/Orban Orban/NNP/conj/Rutte spoke/VBD ./."
BANK = "Fargo/NNP/nsubj/bank is/VBZ/cop/bank a/DT/det/bank bank/NN ./."


@pytest.mark.parametrize(
    ("text", "ents", "expected"),
    [
        (f"{JOINT} They/PRP/nsubj/said said/VBD no/DT/obj/said ./.", {"Rutte": PER, "Orban": PER},
         [("They", "Orban"), ("They", "Rutte")]),
        # a group without a name takes the pronoun that is theirs
        (f"{JOINT} Voters/NNS/nsubj/slept slept/VBD ./. They/PRP/nsubj/left left/VBD ./.",
         {"Rutte": PER, "Orban": PER}, []),
        # what the text calls it
        (f"{BANK} The/DT/det/bank bank/NN/nsubj/lent lent/VBD money/NN/obj/lent ./.", {"Fargo": ORG},
         [("The bank", "Fargo")]),
        ("Fargo/NNP/nsubj/lent lent/VBD money/NN/obj/lent ./. A/DT/det/bank bank/NN/nsubj/left left/VBD ./.",
         {"Fargo": ORG}, []),
        # the grammar tells
        ("The/DT/det/city city/NN/nsubj/sued of/IN/case/Lima Lima/NNP/nmod/city sued/VBD ./.", {"Lima": LOC},
         [("The city", "Lima")]),
        ("Lima/NNP/nsubj/city is/VBZ/cop/city the/DT/det/city largest/JJ/amod/city city/NN in/IN/case/Peru "
         "Peru/NNP/nmod/city ./.", {"Lima": LOC}, [("the largest city", "Lima")]),
        ("Lima/NNP/nsubj/city is/VBZ/cop/city not/RB/advmod/city the/DT/det/city largest/JJ/amod/city city/NN "
         "./.", {"Lima": LOC}, []),
        # "of …" says which one is meant
        ("Lima/NNP/nsubj/sued sued/VBD ./. The/DT/det/city city/NN/nsubj/left of/IN/case/angels "
         "angels/NNS/nmod/city left/VBD ./.", {"Lima": LOC}, []),
        # gender by a noun
        ("Robin/NNP/nsubj/actress is/VBZ/cop/actress an/DT/det/actress actress/NN ./. He/PRP/nsubj/left left/VBD ./.",
         {"Robin": PER}, [("actress", "Robin")]),
    ],
)  # fmt: skip
def test_groups_and_nouns(text: str, ents: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert linked(text, ents) == expected


def test_a_joint_pronoun_as_a_source_refers_to_both() -> None:
    doc = make_doc(f"{JOINT} They/PRP/nsubj/said said/VBD no/DT/obj/said ./.", {"Rutte": PER, "Orban": PER})
    assert find_referents(doc).head_of(doc[5:6]) == ("e1", "e2")


def test_nobody_is_he_between_their_own_quotation_marks() -> None:
    text = (
        "“/`` Putin/NNP/nsubj/waits waits/VBZ/ccomp/said ,/,/punct/waits ”/'' Rutte/NNP/nsubj/said said/VBD ./. "
        "“/`` He/PRP/nsubj/strong is/VBZ/cop/strong strong/JJ ./. ”/''"
    )
    claims = [("1", "source", "Rutte"), ("1", "cue", "said"), ("1", "content", "Putin waits ,")]
    assert linked(text, {"Putin": PER, "Rutte": PER}, claims) == [("He", "Putin")]


def test_two_apostrophes_are_quotation_marks() -> None:
    text = (
        "Putin/NNP/nsubj/spoke spoke/VBD ./. ''/`` Rutte/NNP/nsubj/sleeps sleeps/VBZ/ccomp/said ''/'' "
        "he/PRP/nsubj/said said/VBD ./."
    )
    words = read_words(make_doc(text, {"Putin": PER, "Rutte": PER}))
    assert [word for word, quoted in zip(words.text, words.quoted, strict=True) if quoted] == [
        "''", "Rutte", "sleeps", "''"
    ]  # fmt: skip


def test_nobody_is_the_source_of_what_names_them() -> None:
    text = (
        "Putin/NNP/nsubj/spoke spoke/VBD ./. That/IN/mark/slept Rutte/NNP/nsubj/slept slept/VBD/ccomp/said "
        "he/PRP/nsubj/said said/VBD ./."
    )
    claims = [("1", "source", "Putin"), ("1", "cue", "spoke"), ("2", "source", "he"), ("2", "cue", "said"),
              ("2", "content", "That Rutte slept")]  # fmt: skip
    assert linked(text, {"Putin": PER, "Rutte": PER}, claims) == [("he", "Putin")]


def test_whoever_spoke_goes_on_speaking() -> None:
    text = (
        "Rutte/NNP/nsubj/said said/VBD that/IN/mark/left Orban/NNP/nsubj/left left/VBD/ccomp/said ./. ¶ "
        "“/`` Nobody/NN/nsubj/slept slept/VBD/ccomp/added ,/,/punct/slept ”/'' he/PRP/nsubj/added added/VBD ./."
    )
    ents = {"Rutte": PER, "Orban": PER}
    claims = [("1", "source", "Rutte"), ("1", "cue", "said"), ("1", "content", "that Orban left"),
              ("2", "source", "he"), ("2", "cue", "added"), ("2", "content", "Nobody slept")]  # fmt: skip
    assert linked(text, ents, claims) == [("he", "Rutte")]


RUTTE = "NATO/NNP Secretary/NNP General/NNP Mark/NNP Rutte/NNP spoke/VBD ./."
LAVROV = "Foreign/NNP Minister/NNP Sergei/NNP Lavrov/NNP spoke/VBD ./."
MINISTERS = (
    "Foreign/NNP/compound/Sergei Minister/NNP/compound/Sergei Sergei/NNP/nsubj/spoke Lavrov/NNP/flat/Sergei "
    "and/CC/cc/Jan Interior/NNP/compound/Jan Minister/NNP/compound/Jan Jan/NNP/conj/Sergei Kovac/NNP/flat/Jan "
    "spoke/VBD ./."
)
TITLES = {"NATO": ORG, "Mark Rutte": PER, "Sergei Lavrov": PER, "Jan Kovac": PER}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{RUTTE} The/DT secretary/NN general/NN left/VBD ./.", "Mark Rutte"),
        (f"{LAVROV} The/DT minister/NN left/VBD ./.", "Sergei Lavrov"),
        (f"{LAVROV} The/DT defence/NN minister/NN left/VBD ./.", None),
        (f"{LAVROV} A/DT minister/NN left/VBD ./.", None),
        (f"{LAVROV} The/DT ministers/NNS left/VBD ./.", None),
        (f"{LAVROV} The/DT former/JJ minister/NN left/VBD ./.", None),
        (f"{LAVROV} The/DT minister/NN of/IN finance/NN of/IN Peru left/VBD ./.", None),
        (f"The/DT minister/NN left/VBD ./. {LAVROV}", None),  # not introduced yet
        (f"{MINISTERS} The/DT/det/minister minister/NN/nsubj/left left/VBD ./.", None),  # either of them
        (f"{LAVROV} Interior/NNP Minister/NNP Jan/NNP Kovac/NNP met/VBD ./. The/DT foreign/JJ minister/NN left/VBD ./.",
         "Sergei Lavrov"),
        ("Russian/JJ President/NNP Jan/NNP Kovac/NNP spoke/VBD ./. Ukraine ’s/POS president/NN left/VBD ./.", None),
        ("Russian/JJ President/NNP Jan/NNP Kovac/NNP spoke/VBD ./. Russia ’s/POS president/NN left/VBD ./.",
         "Jan Kovac"),
    ],
)  # fmt: skip
def test_titles_standing_alone(text: str, expected: str | None) -> None:
    entities = find_entities(make_doc(text, TITLES))
    alone = [(m.start, e.name) for e in entities for m in e.mentions if m.kind == "title" and m.text[0].islower()]
    assert [name for _, name in alone] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "ents", "expected"),
    [
        ("Russian Foreign Ministry spoke/VBD ./. The/DT ministry/NN left/VBD ./.", {"Russian Foreign Ministry": ORG},
         [("The ministry", "Russian Foreign Ministry")]),
        ("Foreign/NNP/compound/Ministry Ministry/NNP/nsubj/spoke and/CC/cc/Ministry@2 Finance/NNP/compound/Ministry@2 "
         "Ministry/NNP/conj/Ministry@1 spoke/VBD ./. The/DT/det/ministry ministry/NN/nsubj/left left/VBD ./.",
         {"Foreign Ministry": ORG, "Finance Ministry": ORG}, []),
        ("Foreign Ministry spoke/VBD ./. The/DT ministry/NN of/IN health/NN left/VBD ./.",
         {"Foreign Ministry": ORG}, []),
        # a noun that is tagged as a name, and a name before a noun for people
        ("Farm Union spoke/VBD ./. The/DT/det/union union/NNP/nsubj/left left/VBD ./.", {"Farm Union": ORG},
         [("The union", "Farm Union")]),
        ("Rutte/NNP/nsubj/veteran is/VBZ/cop/veteran a/DT/det/veteran Navy/NNP/compound/veteran veteran/NN ./. "
         "The/DT/det/veteran Navy/NNP/compound/veteran veteran/NN/nsubj/left left/VBD ./.",
         {"Rutte": PER, "Navy": ORG}, [("The Navy veteran", "Rutte")]),
        ("Chad spoke/VBD ./. He/PRP left/VBD the/DT country/NN ./.", {}, [("the country", "Chad")]),
        ("Chad/NNP/nsubj/spoke and/CC/cc/Niger Niger/NNP/conj/Chad spoke/VBD ./. "
         "Troops/NNS/nsubj/left left/VBD the/DT/det/country country/NN/obj/left ./.", {}, []),
    ],
)  # fmt: skip
def test_nouns(text: str, ents: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert linked(text, ents) == expected


HEADS = {"Pete Hegseth": PER, "Hegseth": PER, "Rutte": PER, "Clinton": PER, "Brian Fallon": PER, "Pentagon": ORG,
         "NATO": ORG, "Peter King": PER, "CNN": ORG, "Gannett": ORG, "Jake Tapper": PER, "Mark Rutte": PER}  # fmt: skip


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("U.S. Secretary/NNP of/IN Defense Pete Hegseth", ["Pete Hegseth"]),
        ("Clinton ’s/POS spokesman/NN Brian Fallon", ["Brian Fallon"]),
        ("Clinton ’s/POS spokesman/NN ,/, Brian Fallon ,/,", ["Brian Fallon"]),
        ("Clinton ’s/POS team/NN", []),
        ("a/DT spokesman/NN for/IN the/DT Pentagon", []),
        ("a/DT spokesman/NN for/IN Clinton ,/, Brian Fallon", ["Brian Fallon"]),
        ("officials/NNS in/IN Kyiv", []),
        ("officials/NNS in/IN Kyiv and/CC Moscow", []),
        ("Hegseth and/CC Rutte", ["Hegseth", "Rutte"]),
        ("Hegseth ,/, Rutte and/CC NATO", ["Hegseth", "Rutte", "NATO"]),
        ("NATO officials/NNS", []),
        ("U.S. officials/NNS", []),
        ("the/DT Gannett newspaper/NN chain/NN", ["Gannett"]),
        ("the/DT Gannett newspaper/NN reader/NN", []),
        ("the/DT Clinton campaign/NN", ["Clinton campaign"]),
        ("the/DT Pentagon", ["Pentagon"]),
        ("Brian Fallon ,/, a/DT spokesman/NN for/IN Clinton", ["Brian Fallon"]),
        ("Hegseth ,/, who/WP met/VBD Rutte", ["Hegseth"]),
        ("Rep./NNP Peter King ,/, R - N.Y.", ["Peter King"]),
        ("CNN ’s/POS Jake Tapper", ["Jake Tapper"]),
        ("his/PRP$ spokesman/NN", []),
        ("NATO Secretary/NNP General/NNP Mark Rutte", ["Mark Rutte"]),
        ("Hegseth along/RB with/IN Rutte", ["Hegseth", "Rutte"]),
        ("by/IN NATO", ["NATO"]),
        ("two/CD Democrats/NNPS", []),
        ("Russians/NNPS", []),  # people of a country are not the country
        ("Russia ,/, Ukraine and/CC NATO", ["Russia", "Ukraine", "NATO"]),
    ],
)
def test_what_a_phrase_refers_to(phrase: str, expected: list[str]) -> None:
    doc = make_doc(phrase, HEADS)
    referents = find_referents(doc)
    names = {e.id: e.name for e in referents.entities}
    assert [names[id] for id in referents.head_of(doc[:])] == expected


def test_a_pronoun_as_a_source_refers_to_its_person() -> None:
    doc = make_doc("Rutte/NNP/nsubj/spoke spoke/VBD ./. He/PRP/nsubj/left left/VBD ./.", {"Rutte": PER})
    referents = find_referents(doc)
    assert referents.head_of(doc[3:4]) == ("e1",)


def test_a_possessive_pronoun_is_the_source_only_by_itself() -> None:
    doc = make_doc("Rutte/NNP/nsubj/lost lost/VBD his/PRP$/nmod:poss/keys keys/NNS/obj/lost ./.", {"Rutte": PER})
    referents = find_referents(doc)
    assert (referents.head_of(doc[2:3]), referents.head_of(doc[2:4])) == (("e1",), ())


def test_at_gives_what_lies_within_in_order_of_mention() -> None:
    doc = make_doc("Hegseth met/VBD Rutte in/IN Lima with/IN Hegseth ./.", {**HEADS, "Lima": LOC})
    referents = find_referents(doc)
    assert referents.at(0, len(doc.text)) == ("e1", "e2", "e3")
    assert referents.at(doc[2].idx, doc[5].idx) == ("e2", "e3")
    assert referents.at(doc[2].idx, doc[2].idx + 3) == ()
    assert referents.within(doc[4:7]) == ("e3", "e1")
