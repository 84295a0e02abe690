"""Claims in sentences of which the reader model makes nothing, or only source and cue."""

from __future__ import annotations

import pytest
from claimdocs import read

DECIDED = (
    "The/DT/det/airline airline/NN/nsubj/decided has/VBZ/aux/decided decided/VBN to/TO/mark/drop "
    "drop/VB/xcomp/decided flights/NNS/obj/drop"
)
TO_WAIT = "to/TO/mark/wait wait/VB/advcl/called ./."
CASES = [
    (DECIDED + " ./.", ["The airline | has decided | to drop flights | intention"]),
    (DECIDED + " ?/.", []),
    (
        "<s1 Bishops/NNS/nsubj/called > <c1 called/VBD > on/IN/case/sides both/DT/det/sides sides/NNS/obl/called "
        + TO_WAIT,
        ["Bishops | called on | to wait | request"],
    ),
    (
        "<s1 Rutte/NNP/nsubj/say > <c1 did/VBD/aux/say not/RB/advmod/say say/VB > when/WRB/advmod/come "
        "he/PRP/nsubj/come would/MD/aux/come come/VB/advcl/say ./.",
        ["Rutte | did not say | when he would come | statement"],
    ),
    (  # a time, where nothing is left untold
        "Rutte/NNP/nsubj/said said/VBD when/WRB/advmod/came he/PRP/nsubj/came came/VBD/advcl/said ./.",
        [],
    ),
    # what could be, what is meant to be, and what nobody in particular thinks
    (DECIDED.replace("has/VBZ", "could/MD").replace("/VBN", "/VB") + " ./.", []),
    (
        "Talks/NNS to/TO/mark/convince convince/VB/acl/Talks Rutte/NNP/obj/convince that/IN/mark/rains "
        "it/PRP/nsubj/rains rains/VBZ/ccomp/convince",
        [],
    ),
    ("I/PRP/nsubj/think think/VBP it/PRP/nsubj/rains rains/VBZ/ccomp/think ./.", []),
    (  # a quotation of nobody
        "Envoys/NNS/nsubj/wrote wrote/VBD :/: “/“ <q1 It/PRP/nsubj/rains rains/VBZ/ccomp/wrote ./. > ”/”",
        ["Envoys | wrote | “It rains.” | statement"],
    ),
    # beside a claim that was found
    (
        "<s1 Rutte/NNP/nsubj/said > <c1 said/VBD > <q1 it/PRP/nsubj/rains rains/VBZ/ccomp/said > ,/, and/CC/cc/urged "
        "NATO/NNP/nsubj/urged urged/VBD/conj/said Chad/NNP/obj/urged to/TO/mark/wait wait/VB/xcomp/urged ./.",
        ["Rutte | said | it rains | statement", "NATO | urged | to wait | request"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_missed(text: str, expected: list[str]) -> None:
    claims, _, _ = read(text)
    found = [
        f"{c.source and c.source.text} | {c.cue and c.cue.text} | " + " … ".join(s.text for s in c.content)
        + f" | {c.act}"
        for c in claims
    ]  # fmt: skip
    assert found == expected
