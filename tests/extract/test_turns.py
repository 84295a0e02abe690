"""Transcripts, dialogue in dashes, blocks after a colon: words set off without quotation marks."""

from __future__ import annotations

import pytest
from claimdocs import read

# A text, and (source, speakers, content) of its direct claims in order.
CASES = [
    (
        "Rutte/NNP met/VBD Miller/NNP ./. ¶ MILLER : Will/MD it/PRP rain/VB ?/. ¶ RUTTE : It/PRP will/MD ./. ¶ "
        "MILLER : Thanks/NN ./. ¶ The/DT end/NN ./.",
        [("MILLER", ["Miller"], "Will it rain?"), ("RUTTE", ["Rutte"], "It will"), ("MILLER", ["Miller"], "Thanks")],
    ),
    # what the model made of a turn gives way to it, speech within a turn does not
    (
        "MILLER : <q1 Will/MD it/PRP > rain/VB ?/. ¶ RUTTE : <s2 She/PRP > <c2 said/VBD > <q2 it/PRP rains/VBZ > ./. ¶ "
        "MILLER : Thanks/NN ./.",
        [("MILLER", [], "Will it rain?"), ("RUTTE", [], "She said it rains"), ("MILLER", [], "Thanks")],
    ),
    # one label does not make a transcript, and a note is no speaker
    ("UPDATE : It/PRP rains/VBZ now/RB ./. ¶ RUTTE : It/PRP will/MD rain/VB ./.", []),
    ("Note : It/PRP rains/VBZ ./. ¶ Note : It/PRP rains/VBZ again/RB ./.", []),
    (
        "— Where/WRB is/VBZ he/PRP ?/. ¶ — <q1 At/IN home/NN > , <s1 Miller/NNP > <c1 said/VBD > ./. ¶ "
        "— Alone/RB ?/. ¶ — With/IN me/PRP ./.",
        [
            (None, [], "Where is he?"),
            ("Miller", ["Miller"], "At home"),
            ("Miller", ["Miller"], "With me."),
            (None, [], "Alone?"),
        ],
    ),
    # a list of points is no dialogue
    ("— Rain/NN in/IN Chad/NNP ./. ¶ — Sun/NN in/IN Russia/NNP ./.", []),
    (
        "<s1 Miller/NNP > <c1 observed/VBD > : ¶ Rain/NN falls/VBZ on/IN Chad/NNP ./. ¶ Nobody/NN answered/VBD ./.",
        [("Miller", ["Miller"], "Rain falls on Chad")],
    ),
    (
        "Miller/NNP/nsubj/observed observed/VBD : ¶ Rain/NN falls/VBZ on/IN Chad/NNP ./. ¶ Nobody/NN answered/VBD ./.",
        [("Miller", ["Miller"], "Rain falls on Chad")],
    ),
    (
        "— Where/WRB is/VBZ he/PRP ?/. ¶ — At/IN home/NN , Miller/NNP said/VBD ./.",
        [(None, [], "Where is he?"), ("Miller", ["Miller"], "At home")],
    ),
    (
        "<s1 Miller/NNP > <c1 observed/VBD > : ¶ <q1 Rain/NN falls/VBZ on/IN Chad/NNP > ./. ¶ "
        "Nobody/NN answered/VBD ./.",
        [("Miller", ["Miller"], "Rain falls on Chad")],
    ),
    # words before the cue are no part of the block
    (
        "<q1 In/IN it/PRP > , <s1 Miller/NNP > <c1 observed/VBD > : ¶ <q1 Rain/NN falls/VBZ on/IN Chad/NNP > ./. ¶ "
        "Nobody/NN answered/VBD ./.",
        [("Miller", ["Miller"], "Rain falls on Chad")],
    ),
    ("<s1 Miller/NNP > <c1 observed/VBD > : <q1 Rain/NN falls/VBZ on/IN Chad/NNP > ./.", []),
    ("Miller/NNP 's/POS house/NN : ¶ Rain/NN falls/VBZ on/IN Chad/NNP ./.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_turns(text: str, expected: list[tuple[str | None, list[str], str]]) -> None:
    claims, names, _ = read(text)
    direct = [claim for claim in claims if claim.kind == "direct"]
    found = [
        (c.source.text if c.source else None, [names[s] for s in c.speakers], " ".join(s.text for s in c.content))
        for c in direct
    ]
    assert found == expected


def test_speech_in_a_turn_stands_within_it() -> None:
    claims, _, _ = read(CASES[1][0])
    (inner,) = [c for c in claims if c.cue is not None]
    assert inner.within == next(c.id for c in claims if c.source is not None and c.source.text == "RUTTE")
