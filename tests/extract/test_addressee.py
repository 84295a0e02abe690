"""Who is addressed, and what begins after the addressee."""

from __future__ import annotations

import pytest
from claimdocs import read

# A text, the addressee and the first content.
CASES = {
    "before an infinitive": (
        "<s1 Rutte/NNP > <c1 warned/VBD > <q1 Europe/NNP not/RB to/TO sleep/VB >",
        "Europe",
        "not to sleep",
    ),
    "before a plain infinitive": (
        "<s1 Rutte/NNP > <c1 urged/VBD > <q1 all/DT NATO/NNP members/NNS to/TO pay/VB >",
        "all NATO members",
        "to pay",
    ),
    "before a that-clause": (
        "<s1 Rutte/NNP > <c1 told/VBD > <q1 reporters/NNS in/IN Brussels/NNP that/IN it/PRP rains/VBZ >",
        "reporters",
        "that it rains",
    ),
    "a plain that-clause": (
        "<s1 Rutte/NNP > <c1 told/VBD > <q1 the/DT crowd/NN that/IN it/PRP rains/VBZ >",
        "the crowd",
        "that it rains",
    ),
    "before a bare clause": (
        "<s1 Rutte/NNP > <c1 told/VBD > <q1 the/DT BBC/NNP he/PRP left/VBD >",
        "the BBC",
        "he left",
    ),
    "a pronoun": ("<s1 Rutte/NNP > <c1 asked/VBD > <q1 him/PRP to/TO leave/VB >", "him", "to leave"),
    "two of them": (
        "<s1 Rutte/NNP > <c1 urged/VBD > <q1 Russia/NNP and/CC Ukraine/NNP to/TO talk/VB >",
        "Russia and Ukraine",
        "to talk",
    ),
    "a gathering": (
        "<s1 Rutte/NNP > <c1 told/VBD > a/DT NATO/NNP gathering/VBG <q1 that/IN it/PRP rains/VBZ >",
        "a NATO gathering",
        "that it rains",
    ),
    "no listener": (
        "<s1 Rutte/NNP > <c1 showed/VBD > little/JJ evidence/NN <q1 that/IN it/PRP rains/VBZ >",
        None,
        "that it rains",
    ),
    "with a day": (
        "<s1 Rutte/NNP > <c1 warned/VBD > <q1 Russia/NNP on/IN Monday/NNP not/RB to/TO wait/VB >",
        "Russia",
        "not to wait",
    ),
    "with yesterday": (
        "<s1 Rutte/NNP > <c1 told/VBD > <q1 reporters/NNS yesterday/NN that/IN it/PRP rains/VBZ >",
        "reporters",
        "that it rains",
    ),
    "a possessor": (
        "<s1 Rutte/NNP > <c1 urged/VBD > <q1 Russia/NNP ’s/POS leaders/NNS to/TO talk/VB >",
        "Russia’s leaders",
        "to talk",
    ),
    "warned against": (
        "<s1 Rutte/NNP > <c1 warned/VBD > <q1 Russia/NNP against/IN sleeping/VBG now/RB >",
        "Russia",
        "against sleeping now",
    ),
    "what is told is nobody": (
        "<s1 Rutte/NNP > <c1 told/VBD > <q1 a/DT story/NN that/IN is/VBZ long/JJ >",
        None,
        "a story that is long",
    ),
    "the subject of the content": (
        "<s1 Rutte/NNP > <c1 said/VBD > <q1 Russia/NNP wants/VBZ to/TO talk/VB >",
        None,
        "Russia wants to talk",
    ),
    "a cue without addressee": (
        "<s1 Rutte/NNP > <c1 wants/VBZ > <q1 Russia/NNP to/TO talk/VB >",
        None,
        "Russia to talk",
    ),
    "between cue and content": (
        "<s1 Rutte/NNP > <c1 told/VBD > the/DT BBC/NNP on/IN Monday/NNP <q1 that/IN it/PRP rains/VBZ >",
        "the BBC",
        "that it rains",
    ),
    "after the content": (
        "<q1 “/“ It/PRP rains/VBZ ,/, ”/” > <s1 Rutte/NNP > <c1 told/VBD > reporters/NNS in/IN Brussels/NNP ./.",
        "reporters",
        "“It rains,”",
    ),
    "in a to-phrase": (
        "<s1 Rutte/NNP > <c1 said/VBD > to/IN the/DT BBC/NNP <q1 that/IN it/PRP rains/VBZ >",
        "the BBC",
        "that it rains",
    ),
    "in the cue": (
        "<s1 Rutte/NNP > <c1 called/VBD on/IN Pete/NNP Hegseth/NNP > <q1 to/TO leave/VB >",
        "Pete Hegseth",
        "to leave",
    ),
    "after the cue's preposition": (
        "<s1 Rutte/NNP > <c1 called/VBD on/IN > <q1 Pete/NNP Hegseth/NNP to/TO leave/VB >",
        "Pete Hegseth",
        "to leave",
    ),
    "in an interview": (
        "<s1 Rutte/NNP > <c1 said/VBD in/IN an/DT interview/NN with/IN > the/DT BBC/NNP <q1 that/IN it/PRP rains/VBZ >",
        "the BBC",
        "that it rains",
    ),
    "a day is nobody": (
        "<s1 Rutte/NNP > <c1 told/VBD > Monday/NNP <q1 that/IN it/PRP rains/VBZ >",
        None,
        "that it rains",
    ),
    "the next sentence": (
        "<q1 It/PRP rains/VBZ > ,/, <s1 Rutte/NNP > <c1 told/VBD > ./. The/DT BBC/NNP left/VBD ./.",
        None,
        "It rains",
    ),
    "another claim's source": (
        "<q1 It/PRP rains/VBZ > ,/, <s1 Rutte/NNP > <c1 told/VBD > <s2 Miller/NNP > ,/, <c2 saying/VBG > "
        "<q2 it/PRP pours/VBZ >",
        None,
        "It rains",
    ),
    "the object by the parse": (
        "<s1 Rutte/NNP/nsubj/told > <c1 told/VBD > once/RB/advmod/told more/RB/advmod/told the/DT/det/BBC "
        "BBC/NNP/obj/told <q1 that/IN/mark/rains it/PRP/nsubj/rains rains/VBZ/ccomp/told >",
        "the BBC",
        "that it rains",
    ),
}


@pytest.mark.parametrize(("text", "addressee", "content"), CASES.values(), ids=CASES)
def test_addressee(text: str, addressee: str | None, content: str) -> None:
    claims, _, _ = read(text)
    assert (claims[0].addressee_text, claims[0].content[0].text) == (addressee, content)


def test_addressees_are_entities() -> None:
    text = "<s1 Rutte/NNP > <c1 urged/VBD > <q1 Russia/NNP and/CC Ukraine/NNP to/TO talk/VB >"
    claims, names, _ = read(text)
    assert [names[i] for i in claims[0].addressees] == ["Russia", "Ukraine"]
    claims, names, _ = read("<s1 Rutte/NNP > <c1 told/VBD > the/DT crowd/NN <q1 that/IN it/PRP rains/VBZ >")
    assert claims[0].addressees == ()
