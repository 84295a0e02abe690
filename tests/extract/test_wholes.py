"""Claims that hold other claims, which the reader model leaves without a content."""

from __future__ import annotations

import pytest
from claimdocs import read

# A text, and "source | cue | content" of its claims in order, the inner ones behind ">".
CASES = [
    (
        "<s1 Reuters/NNP > <c1 reports/VBZ > <q2 that/IN rain/NN is/VBZ near/RB , > <c2 according/VBG to/TO > "
        "<s2 NATO/NNP > ./.",
        ["Reuters | reports | that rain is near, according to NATO", "> NATO | according to | that rain is near"],
    ),
    (
        "<s1 Rutte/NNP > <c1 said/VBD > <q1 it/PRP rains/VBZ > , <s2 Reuters/NNP > "
        "<c2 reported/VBD > on/IN Friday/NNP ./.",
        ["Reuters | reported | Rutte said it rains", "> Rutte | said | it rains"],
    ),
    # nothing is claimed before it, or too much comes after it
    (
        "It/PRP rained/VBD in/IN Chad/NNP , <s2 Reuters/NNP > <c2 reported/VBD > ./.",
        [],
    ),
    (
        "<s1 Rutte/NNP > <c1 said/VBD > <q1 it/PRP rains/VBZ > , <s2 he/PRP > <c2 noted/VBD > as/IN he/PRP "
        "left/VBD for/IN the/DT house/NN of/IN a/DT friend/NN ./.",
        ["Rutte | said | it rains"],
    ),
    (
        "<c1 According/VBG to/TO > <s1 Reuters/NNP , Jane/NNP Miller/NNP/nsubj/said > said/VBD <q1 that/IN/mark/rains "
        "it/PRP/nsubj/rains rains/VBZ/ccomp/said > ./.",
        ["Reuters | According to | Jane Miller said that it rains", "> Jane Miller | said | that it rains"],
    ),
    (
        "Reuters/NNP/nsubj/quoted quoted/VBD <s1 Jane/NNP Miller/NNP/obj/quoted > <c1 as/IN saying/VBG/advcl/quoted > "
        "<q1 that/IN/mark/rains it/PRP/nsubj/rains rains/VBZ/ccomp/saying > ./.",
        ["Reuters | quoted | Jane Miller as saying that it rains", "> Jane Miller | as saying | that it rains"],
    ),
    (
        "<s1 Rutte/NNP/nsubj/denied > <c1 denied/VBD having/VBG/aux/said said/VBN/xcomp/denied > "
        "<q1 that/IN/mark/rains it/PRP/nsubj/rains rains/VBZ/ccomp/said > ./.",
        ["Rutte | denied | having said that it rains", "> None | having said | that it rains"],
    ),
    # a claim that follows without a pause is what the first one is about; the end of a quotation is a pause
    (
        "<s1 Rutte/NNP > <c1 denied/VBD > <q1 the/DT charges/NNS > <s2 VOA/NNP > <c2 said/VBD > "
        "<q2 that/IN Chad/NNP makes/VBZ > ./.",
        ["Rutte | denied | the charges VOA said that Chad makes", "> VOA | said | that Chad makes"],
    ),
    (
        "<c1 Said/VBD > <s1 Rutte/NNP > <q1 “/`` it/PRP rains/VBZ ”/'' > <s2 VOA/NNP > <c2 said/VBD > "
        "<q2 that/IN Chad/NNP burns/VBZ > ./.",
        ["Rutte | Said | “it rains”", "VOA | said | that Chad burns"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_wholes(text: str, expected: list[str]) -> None:
    claims, _, _ = read(text)
    found = [
        f"{'> ' if c.within else ''}{c.source and c.source.text} | {c.cue and c.cue.text} | "
        + " … ".join(s.text for s in c.content)
        for c in claims
    ]
    assert found == expected
