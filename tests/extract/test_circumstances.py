"""To whom, when and where something was said: what belongs to the utterance, and what is only told."""

from __future__ import annotations

import pytest
from claimdocs import claims_doc

from kg.extract.claims import find_claims
from kg.extract.entities import find_referents

PUBLISHED = "2025-02-14"  # a Friday

# A text; addressee, words and value of the time, place of the first claim.
CASES = {
    "day and addressee in the cue's clause": (
        "<s1 Rutte/NNP/nsubj/told > <c1 told/VBD > the/DT/det/BBC BBC/NNP/obj/told on/IN/case/Tuesday "
        "Tuesday/NNP/obl/told <q1 that/IN/mark/rains it/PRP/nsubj/rains rains/VBZ/ccomp/told >",
        ("the BBC", "Tuesday", "2025-02-11", None),
    ),
    "within the cue": (
        "<s1 Rutte/NNP/nsubj/said > <c1 said/VBD last/JJ/amod/month month/NN/obl:unmarked/said > "
        "<q1 it/PRP/nsubj/rained rained/VBD/ccomp/said >",
        (None, "last month", "2025-01-01/2025-01-31", None),
    ),
    "the occasion's day and place": (
        "In/IN/case/speech a/DT/det/speech speech/NN/obl/warned in/IN/case/Brussels Brussels/NNP/nmod/speech "
        "on/IN/case/Monday Monday/NNP/nmod/speech ,/, <s1 Rutte/NNP/nsubj/warned > <c1 warned/VBD > <q1 "
        "Europe/NNP/obj/warned  "
        "not/RB/advmod/sleep to/TO/mark/sleep sleep/VB/xcomp/warned >",
        ("Europe", "Monday", "2025-02-10", "Brussels"),
    ),
    "a participle that opens the sentence": (
        "Speaking/VBG/advcl/said to/IN/case/farmers farmers/NNS/obl/Speaking in/IN/case/Brussels "
        "Brussels/NNP/nmod/farmers ,/, <s1 Rutte/NNP/nsubj/said > <c1 said/VBD > <q1 it/PRP/nsubj/rains "
        "rains/VBZ/ccomp/said >",
        ("farmers", None, None, "Brussels"),
    ),
    "where those sit who are spoken to, and a day between": (
        "Speaking/VBG/advcl/said to/IN/case/farmers farmers/NNS/obl/Speaking in/IN/case/Brussels "
        "Brussels/NNP/nmod/farmers on/IN/case/Monday Monday/NNP/obl/Speaking ,/, Minister/NN/nsubj/said "
        "<s1 Rutte/NNP/flat/Minister > <c1 said/VBD > <q1 it/PRP/nsubj/rains rains/VBZ/ccomp/said >",
        ("farmers", "Monday", "2025-02-10", "Brussels"),
    ),
    "a message with its day before whom it went to": (
        "<q1 It/PRP/nsubj/rains rains/VBZ/ccomp/wrote > ,/, <s1 Rutte/NNP/nsubj/wrote > <c1 wrote/VBD > "
        "in/IN/case/note a/DT/det/note note/NN/obl/wrote on/IN/case/Monday Monday/NNP/nmod/note "
        "to/IN/case/BBC the/DT/det/BBC BBC/NNP/nmod/note",
        ("the BBC", "Monday", "2025-02-10", None),
    ),
    "a place that something is about": (
        "On/IN/case/policies policies/NNS/obl/said on/IN/case/Russia Russia/NNP/nmod/policies ,/, "
        "<s1 Rutte/NNP/nsubj/said > <c1 said/VBD > <q1 it/PRP/nsubj/rains rains/VBZ/ccomp/said >",
        (None, None, None, None),
    ),
    "who asked": (
        "Asked/VBN/advcl/said by/IN/case/reporter a/DT/det/reporter reporter/NN/obl:agent/Asked ,/, "
        "<s1 Rutte/NNP/nsubj/said > <c1 said/VBD > <q1 it/PRP/nsubj/rains rains/VBZ/ccomp/said >",
        ("a reporter", None, None, None),
    ),
    "an interview": (
        "<q1 It/PRP/nsubj/rains rains/VBZ/ccomp/said > ,/, <s1 Rutte/NNP/nsubj/said > <c1 said/VBD > "
        "in/IN/case/interview  "
        "an/DT/det/interview interview/NN/obl/said with/IN/case/Reuters Reuters/NNP/nmod/interview "
        "yesterday/NN/obl:unmarked/said",
        ("Reuters", "yesterday", "2025-02-13", None),
    ),
    "what is told has its own day and place": (
        "<s1 Rutte/NNP/nsubj/said > <c1 said/VBD > <q1 that/IN/mark/landed troops/NNS/nsubj/landed "
        "landed/VBD/ccomp/said  "
        "in/IN/case/Brussels Brussels/NNP/obl/landed on/IN/case/Sunday Sunday/NNP/obl/landed >",
        (None, None, None, None),
    ),
    "where the source sits": (
        "<s1 police/NNS/nsubj/said in/IN/case/Brussels Brussels/NNP/nmod/police > <c1 said/VBD > "
        "<q1 it/PRP/nsubj/rains rains/VBZ/ccomp/said >",
        (None, None, None, None),
    ),
    "another clause's day and place": (
        "<s1 Rutte/NNP/nsubj/spoke > <c1 spoke/VBD > <q1 of/IN/case/war war/NN/obl/spoke > "
        "after/IN/mark/met he/PRP/nsubj/met  "
        "met/VBD/advcl/spoke Hegseth/NNP/obj/met in/IN/case/Brussels Brussels/NNP/obl/met "
        "on/IN/case/Sunday Sunday/NNP/obl/met",
        (None, None, None, None),
    ),
    "a span of time": (
        "<s1 Rutte/NNP/nsubj/said > <c1 has/VBZ/aux/said said/VBN > since/IN/case/March March/NNP/obl/said "
        "<q1 it/PRP/nsubj/rains rains/VBZ/ccomp/said >",
        (None, None, None, None),
    ),
    "a dateline": (
        "PARIS/NNP/dep/said ,/, July/NNP/dep/said 10/CD/nummod/July —/: <s1 Rutte/NNP/nsubj/said > <c1 "
        "said/VBD >  "
        "<q1 it/PRP/nsubj/rains rains/VBZ/ccomp/said >",
        (None, None, None, None),
    ),
    "counted from a day told later": (
        "The/DT/det/day day/NN/obl:unmarked/said before/RB/advmod/day ,/, <s1 Rutte/NNP/nsubj/said > <c1 "
        "said/VBD >  "
        "<q1 it/PRP/nsubj/rains rains/VBZ/ccomp/said > ./. The/DT/det/vote vote/NN/nsubj/was was/VBD "
        "on/IN/case/9  "
        "9/CD/obl/was February/NNP/nmod/9 ./.",
        (None, "The day before", "2025-02-08", None),
    ),
    "ahead": (
        "<s1 Rutte/NNP/nsubj/say > <c1 will/MD/aux/say say/VB > on/IN/case/Monday Monday/NNP/obl/say "
        "<q1 it/PRP/nsubj/rains rains/VBZ/ccomp/say >",
        (None, "Monday", "2025-02-17", None),
    ),
    "open": (
        "<s1 Rutte/NNP/nsubj/said > <c1 said/VBD > recently/RB/advmod/said <q1 it/PRP/nsubj/rains "
        "rains/VBZ/ccomp/said >",
        (None, "recently", None, None),
    ),
    "by the neighbours, where the parse errs": (
        "<q1 It/PRP/nsubj/rains rains/VBZ/ccomp/said > ,/, <s1 Rutte/NNP/nsubj/said > <c1 said/VBD > "
        "in/IN/case/Brussels  "
        "Brussels/NNP/obl/said ,/, recently/RB/advmod/rains",
        (None, "recently", None, "Brussels"),
    ),
    "whom one met before is not whom one speaks to": (
        "<q1 It/PRP/nsubj/rains rains/VBZ/ccomp/said > ,/, <s1 Rutte/NNP/nsubj/said > <c1 said/VBD > "
        "after/IN/mark/meeting meeting/VBG/advcl/said with/IN/case/Reuters Reuters/NNP/obl/meeting",
        (None, None, None, None),
    ),
    "where somebody comes from": (
        "<q1 It/PRP/nsubj/rains rains/VBZ/ccomp/said > ,/, <c1 said/VBD > <s1 Rutte/NNP/nsubj/said > ,/, "
        "a/DT/det/man man/NN/appos/said from/IN/case/Brussels Brussels/NNP/nmod/man",
        (None, None, None, None),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_circumstances(text: str, expected: tuple[str | None, ...]) -> None:
    doc = claims_doc(text)
    referents = find_referents(doc)
    claim = find_claims(doc, referents, PUBLISHED)[0]
    names = {entity.id: entity.name for entity in referents.entities}
    said_on = claim.said_on
    place = names.get(claim.place) if claim.place else None
    assert (claim.addressee_text, said_on and said_on.text, said_on and said_on.value, place) == expected


def test_without_a_date_the_words_are_kept() -> None:
    text, _ = CASES["day and addressee in the cue's clause"]
    doc = claims_doc(text)
    for published in (None, "soon"):
        said_on = find_claims(doc, find_referents(doc), published)[0].said_on
        assert said_on is not None
        assert (said_on.text, said_on.value) == ("Tuesday", None)
