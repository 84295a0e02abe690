"""The act of a claim from its cue and content, on hand-built trees."""

from __future__ import annotations

import pytest
from docs import make_doc
from spacy.tokens import Token

from kg.extract.lexicon import cue_of, judgements
from kg.extract.mood import mood_of
from kg.model import Act

ENTS = {"Rutte": "PER", "Chad": "LOC"}
_ACTS = [
    # a cue that names an act, with its complement
    ("denied/VBD", "that/IN/mark/rains it/PRP/nsubj/rains rains/VBZ/ccomp/denied", "denial"),
    ("warned/VBD", "that/IN/mark/well all/DT/nsubj/well is/VBZ/cop/well well/JJ/ccomp/warned", "warning"),
    ("wants/VBZ", "to/TO/mark/pay pay/VB/xcomp/wants", "intention"),
    ("wants/VBZ", "to/TO/mark/know know/VB/xcomp/wants who/WP paid/VBD/ccomp/know", "question"),
    ("wants/VBZ", "Chad/NNP/obj/wants to/TO/mark/pay pay/VB/xcomp/wants", "request"),
    ("would/MD/aux/like like/VB", "Chad/NNP/obj/like to/TO/mark/pay pay/VB/xcomp/like", "request"),
    ("refused/VBD", "to/TO/mark/leave leave/VB/xcomp/refused", "intention"),
    ("declined/VBD", "to/TO/mark/say say/VB/xcomp/declined why/WRB", "statement"),
    ("declined/VBD", "the/DT/det/offer offer/NN/obj/declined", "denial"),
    ("questioned/VBD", "whether/IN/mark/rains it/PRP/nsubj/rains rains/VBZ/ccomp/questioned", "question"),
    ("questioned/VBD", "his/PRP$/nmod:poss/honesty honesty/NN/obj/questioned", "accusation"),
    ("felt/VBD", "it/PRP/nsubj/wrong was/VBD/cop/wrong wrong/JJ/ccomp/felt", "belief"),
    ("felt/VBD", "anger/NN/obj/felt", "feeling"),
    ("suggested/VBD", "it/PRP/nsubj/wrong was/VBD/cop/wrong wrong/JJ/ccomp/suggested", "statement"),
    ("suggested/VBD", "that/IN/mark/go he/PRP/nsubj/go go/VB/ccomp/suggested", "request"),
    ("proposed/VBD", "a/DT/det/week week/NN/obj/proposed", "request"),
    ("proposed/VBD", "to/TO/mark/go go/VB/xcomp/proposed", "intention"),
    ("agreed/VBD", "to/TO/mark/go go/VB/xcomp/agreed", "promise"),
    ("agreed/VBD", "that/IN/mark/late it/PRP/nsubj/late was/VBD/cop/late late/JJ/ccomp/agreed", "statement"),
    ("assured/VBD", "us/PRP that/IN/mark/rain it/PRP/nsubj/rain will/MD/aux/rain rain/VB/ccomp/assured", "promise"),
    ("assured/VBD", "us/PRP that/IN/mark/rains it/PRP/nsubj/rains rains/VBZ/ccomp/assured", "statement"),
    (
        "mocked/VBD",
        "the/DT/det/claim claim/NN/obj/mocked that/IN/mark/rains it/PRP/nsubj/rains rains/VBZ/acl/claim",
        "denial",
    ),
    ("mocked/VBD", "the/DT/det/mayor mayor/NN/obj/mocked", "accusation"),
    # called so: the judgement
    ("called/VBD", "the/DT/det/film film/NN/obj/called superb/JJ/xcomp/called", "praise"),
    ("called/VBD", "the/DT/det/film film/NN/obj/called a/DT/det/disgrace disgrace/NN/xcomp/called", "accusation"),
    ("called/VBD", "the/DT/det/film film/NN/obj/called not/RB brilliant/JJ/xcomp/called", "accusation"),
    ("called/VBD", "the/DT/det/story story/NN/obj/called invented/VBN/xcomp/called", "denial"),
    ("called/VBD", "the/DT/det/river river/NN/obj/called the/DT/det/Lady Lady/NNP/xcomp/called", "statement"),
    # a neutral cue: the clause
    ("said/VBD", "it/PRP/nsubj/rains rains/VBZ/ccomp/said", "statement"),
    ("said/VBD", "“/“ Who/WP/nsubj/next is/VBZ/cop/next next/JJ/ccomp/said ?/. ”/”", "question"),
    ("barked/VBD", "“/“ Who/WP/nsubj/next is/VBZ/cop/next next/JJ/ccomp/barked ?/. ”/”", "question"),
    ("demanded/VBD", "“/“ Who/WP/nsubj/next is/VBZ/cop/next next/JJ/ccomp/demanded ?/. ”/”", "question"),
    ("told/VBD", "to/TO/mark/wait wait/VB/ccomp/told", "request"),
    ("said/VBD", "“/“ Wait/VB/ccomp/said here/RB/advmod/Wait ./. ”/”", "request"),
    ("said/VBD", "“/“ You/PRP/nsubj/resign should/MD/aux/resign resign/VB/ccomp/said ./. ”/”", "request"),
    ("said/VBD", "“/“ I/PRP/nsubj/promise promise/VBP/ccomp/said it/PRP/obj/promise ./. ”/”", "promise"),
    ("said/VBD", "“/“ I/PRP/nsubj/promised promised/VBD/ccomp/said it/PRP/obj/promised ./. ”/”", "statement"),
    (
        "said/VBD",
        "I/PRP/nsubj/know know/VBP/ccomp/said that/IN/mark/rains it/PRP/nsubj/rains rains/VBZ/ccomp/know",
        "statement",
    ),
    ("said/VBD", "“/“ To/TO/mark/repeat repeat/VB/ccomp/said it/PRP/obj/repeat ./. ”/”", "statement"),
    ("said/VBD", "this/DT/det/man man/NN/nsubj/unfit is/VBZ/cop/unfit unfit/JJ/ccomp/said", "accusation"),
    ("said/VBD", "a/DT/det/man man/NN/nsubj/unfit is/VBZ/cop/unfit unfit/JJ/ccomp/said", "statement"),
    ("are/VBP/aux/looking looking/VBG", "to/TO/mark/pay pay/VB/xcomp/looking", "intention"),
    # "I promise …", whatever the parse
    (
        "said/VBD",
        "“/“ I/PRP/nsubj/come promise/VBP/dep/come I/PRP/nsubj/come will/MD/aux/come come/VB/ccomp/said ”/”",
        "promise",
    ),
    (
        "said/VBD",
        "“/“ We/PRP/nsubj/call call/VBP/ccomp/said on/IN Chad/NNP/obl/call to/TO act/VB/xcomp/call ”/”",
        "request",
    ),
    ("said/VBD", "“/“ You/PRP/nsubj/have have/VBP/ccomp/said my/PRP$ word/NN/obj/have ”/”", "promise"),
    ("said/VBD", "taxes/NNS/nsubj/fall should/MD/aux/fall fall/VB/ccomp/said", "statement"),
    ("suggested/VBD", "that/IN/mark/wait they/PRP/nsubj/wait wait/VBP/ccomp/suggested", "request"),
    ("declined/VBD", "to/TO/mark/comment comment/NN/xcomp/declined", "statement"),
    ("said/VBD", "the/DT/det/story story/NN/nsubj/false is/VBZ/cop/false false/JJ/ccomp/said", "denial"),
    ("said/VBD", "it/PRP/nsubj/true is/VBZ/cop/true not/RB/advmod/true true/JJ/ccomp/said", "denial"),
    ("said/VBD", "the/DT/det/dam dam/NN/nsubj/burst will/MD/aux/burst burst/VB/ccomp/said", "warning"),
    ("said/VBD", "the/DT/det/dam dam/NN/nsubj/burst burst/VBD/ccomp/said", "statement"),
    ("said/VBD", "Rutte/NNP/nsubj/lied lied/VBD/ccomp/said", "accusation"),
    ("said/VBD", "Rutte/NNP/nsubj/lied has/VBZ/aux/lied not/RB/advmod/lied lied/VBN/ccomp/said", "statement"),
    ("said/VBD", "Rutte/NNP/nsubj/superb was/VBD/cop/superb superb/JJ/ccomp/said", "praise"),
    ("said/VBD", "she/PRP/nsubj/superb was/VBD/cop/superb superb/JJ/ccomp/said", "statement"),  # the speaker
    ("said/VBD", "“/“ Thank/VBP/ccomp/said you/PRP/obj/Thank ./. ”/”", "praise"),
    ("murmured/VBD", "“/“ Lovely/JJ/ccomp/murmured ,/, ”/”", "praise"),
    ("said/VBD", "she/PRP/nsubj/thinks thinks/VBZ/ccomp/said it/PRP/nsubj/rains rains/VBZ/ccomp/thinks", "belief"),
    ("said/VBD", "Rutte/NNP/nsubj/thinks thinks/VBZ/ccomp/said it/PRP/nsubj/rains rains/VBZ/ccomp/thinks", "statement"),
    ("said/VBD", "she/PRP/nsubj/hopes hopes/VBZ/ccomp/said to/TO/mark/go go/VB/xcomp/hopes", "feeling"),
    ("said/VBD", "“/“ I/PRP/nsubj/ashamed am/VBP/cop/ashamed ashamed/JJ/ccomp/said ./. ”/”", "feeling"),
    ("said/VBD", "she/PRP/nsubj/go will/MD/aux/go go/VB/ccomp/said", "intention"),
]


@pytest.mark.parametrize(("cue", "content", "act"), _ACTS, ids=[f"{c} {q}" for c, q, _ in _ACTS])
def test_acts(cue: str, content: str, act: Act) -> None:
    subject = f"Jane/NNP/nsubj/{cue.split()[-1].split('/')[0]}"
    doc = make_doc(f"{subject} {cue} {content}", ENTS)
    span = doc[1 : 1 + len(cue.split())]
    contents = [doc[span.end :]]

    def own(token: Token) -> bool:
        return token.lower_ == "she"

    assert mood_of(span, cue_of(span), doc[:1], contents, own, "“" in content).act == act


def test_without_a_cue_the_content_decides() -> None:
    doc = make_doc("“/“ Wait/VB here/RB/advmod/Wait ./. ”/”")
    assert mood_of(None, None, None, [doc[:]], lambda _: False, direct=True).act == "request"


def test_the_table_of_judgements_is_well_formed() -> None:
    words = judgements()
    assert {c for classes in words.values() for c in classes} == {"good", "bad", "false", "wrong", "harm", "claim"}
    assert len(words) > 500
    assert [w for w, classes in words.items() if {"good", "bad"} <= classes.keys()] == []
    assert all(w == w.strip().lower() and " " not in w for w in words)
