"""Quotations whose speaker the reader model missed: the words beside them tell."""

from __future__ import annotations

import pytest
from claimdocs import read

# A text, and "source | cue | content" of its claims in order.
CASES = [
    (
        "<q1 “ We/PRP are/VBP tired/JJ ” > , read/VBD a/DT/det/placard placard/NN/obj/read outside/IN here/NN ./. "
        "<s1 Miller/NNP > <c1 said/VBD > : <q1 “ We/PRP are/VBP too/RB ” > ./.",
        ["a placard outside here | read | “We are tired”", "Miller | said | “We are too”"],
    ),
    (
        "<q1 “ It/PRP rains/VBZ in/IN Chad/NNP , ” > the/DT/det/guard guard/NN/nsubj/said said/VBD ./.",
        ["the guard | said | “It rains in Chad,”"],
    ),
    # the quotations of one claim stay together
    (
        "<q1 “ We/PRP are/VBP tired/JJ , ” > <s1 Miller/NNP > <c1 said/VBD > ./. <q1 “ We/PRP are/VBP too/RB ./. ” >",
        ["Miller | said | “We are tired,” … “We are too.”"],
    ),
    (
        "<q1 “ We/PRP go/VBP ./. ” > That/DT was/VBD the/DT warning/NN of/IN Rutte ./. <s1 Miller/NNP > "
        "<c1 said/VBD > : <q1 “ We/PRP stay/VBP ” > ./.",
        ["Miller | said | “We go.” … “We stay”"],
    ),
    # a label, at the head of a paragraph of its own
    (
        "It/PRP rains/VBZ ./. ¶ From/IN Jane/NNP Miller/NNP , the/DT chair/NN : ¶ “ We/PRP are/VBP tired/JJ ./. ”",
        ["Jane Miller, the chair | None | “We are tired.”"],
    ),
    (
        "It/PRP came/VBD From/IN Jane/NNP Miller/NNP : ¶ “ We/PRP are/VBP tired/JJ ./. ”",
        ["None | None | “We are tired.”"],
    ),
    # no verb of speech, or one behind a full stop
    (
        "“ It/PRP rains/VBZ in/IN Chad/NNP ./. ” The/DT guard/NN/nsubj/left left/VBD ./.",
        ["None | None | “It rains in Chad.”"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_speakers_beside(text: str, expected: list[str]) -> None:
    claims, _, _ = read(text)
    found = [
        f"{c.source and c.source.text} | {c.cue and c.cue.text} | " + " … ".join(s.text for s in c.content)
        for c in claims
    ]
    assert found == expected
