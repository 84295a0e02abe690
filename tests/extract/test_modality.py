"""Which clause of a content counts, whether a claim is negative, and how it is meant, on hand-built trees."""

from __future__ import annotations

import pytest
from docs import make_doc
from spacy.tokens import Doc, Span, Token

from kg.extract.contentclause import clause_of
from kg.extract.lexicon import cue_of
from kg.extract.modality import modality_of, polarity_of
from kg.model import Act, Modality


def own(subject: Token) -> bool:
    """In these tests "she" is the speaker."""
    return subject.lower_ == "she"


# A content, the main word of the clause that counts, and what holds it.
@pytest.mark.parametrize(
    ("text", "root", "held"),
    [
        ("it/PRP/nsubj/rains rains/VBZ", "rains", []),
        ("Look/UH ./. It/PRP/nsubj/rains rains/VBZ ./.", "rains", []),
        ("the/DT/det/plan plan/NN", "plan", []),
        ("I/PRP/nsubj/think think/VBP it/PRP/nsubj/rains rains/VBZ/ccomp/think", "rains", ["think"]),
        ("she/PRP/nsubj/thinks thinks/VBZ it/PRP/nsubj/rains rains/VBZ/ccomp/thinks", "rains", ["thinks"]),
        ("he/PRP/nsubj/thinks thinks/VBZ it/PRP/nsubj/rains rains/VBZ/ccomp/thinks", "thinks", []),
        (
            "I/PRP/nsubj/think do/VBP/aux/think n't/RB/advmod/think think/VB it/PRP/nsubj/rains rains/VBZ/ccomp/think",
            "think",
            [],
        ),
        (
            "it/PRP/expl/possible is/VBZ/cop/possible possible/JJ that/IN/mark/rains it/PRP/nsubj/rains "
            "rains/VBZ/csubj/possible",
            "rains",
            ["possible"],
        ),
        (
            "there/EX/expl/is is/VBZ no/DT/det/doubt doubt/NN/nsubj/is that/IN/mark/rains it/PRP/nsubj/rains "
            "rains/VBZ/acl/doubt",
            "rains",
            ["is"],
        ),
        ("tests/NNS/nsubj/show show/VBP it/PRP/nsubj/rains rains/VBZ/ccomp/show", "show", []),
        (
            "if/IN/mark/snows it/PRP/nsubj/snows snows/VBZ/advcl/leave we/PRP/nsubj/leave leave/VBP",
            "leave",
            [],
        ),
        (
            "Should/MD/aux/snow it/PRP/nsubj/snow snow/VB ,/, we/PRP/nsubj/leave will/MD/aux/leave leave/VB/ccomp/snow",
            "leave",
            [],
        ),
        ("Kyiv/NNP to/TO/mark/wait wait/VB/acl/Kyiv", "wait", []),
    ],
)
def test_the_clause_that_counts(text: str, root: str, held: list[str]) -> None:
    clause = clause_of([make_doc(text)[:]], own)
    assert (clause.root.text, [h.text for h in clause.held]) == (root, held)


def test_a_sentence_that_the_cue_interrupts_is_one() -> None:
    doc = make_doc(
        "if/IN/mark/snows it/PRP/nsubj/snows snows/VBZ/advcl/said Rutte/NNP/nsubj/said said/VBD he/PRP/nsubj/left "
        "left/VBD/ccomp/said ./. He/PRP/nsubj/ran ran/VBD"
    )
    clause = clause_of([doc[0:3], doc[5:7], doc[8:10]], own)
    assert (clause.root.text, len(clause.words)) == ("left", 5)


def said(text: str) -> tuple[Doc, Span | None, Span | None, list[Span]]:
    """A marked text `source | cue | content`, or a content alone."""
    parts = text.split(" | ")
    doc = make_doc(" ".join(parts))
    ends = [len(p.split()) for p in parts]
    if len(parts) == 1:
        return doc, None, None, [doc[:]]
    a, b = ends[0], ends[0] + ends[1]
    return doc, doc[:a] if a else None, doc[a:b], [doc[b:]]


# A claim and whether it is negative.
@pytest.mark.parametrize(
    ("text", "negative"),
    [
        ("it/PRP/nsubj/rains rains/VBZ", False),
        ("nobody/NN/nsubj/left left/VBD", True),
        ("No/UH ./.", True),
        ("no/DT/det/deal deal/NN", True),
        ("with/IN/case/deal no/DT/det/deal deal/NN", False),
        (
            "there/EX/expl/appear did/VBD/aux/appear appear/VB to/TO/mark/link be/VB/cop/link no/DT/det/link "
            "link/NN/xcomp/appear",
            True,
        ),
        ("He/PRP/nsubj/say | did/VBD/aux/say not/RB/advmod/say say/VB | why/WRB", True),
        ("He/PRP/nsubj/confirmed | neither/CC/cc:preconj/confirmed confirmed/VBD nor/CC denied/VBD | it/PRP", True),
        ("He/PRP/nsubj/declined | declined/VBD | to/TO/mark/say say/VB/xcomp/declined", True),
        ("He/PRP/nsubj/declined | declined/VBD | the/DT/det/offer offer/NN/obj/declined", False),
        ("He/PRP/nsubj/stopped | stopped/VBD short/RB of/IN calling/VBG/advcl/stopped | it/PRP murder/NN", True),
        ("None/NN/nsubj/said | said/VBD | it/PRP/nsubj/rained rained/VBD/ccomp/said", True),
        ("He/PRP/nsubj/denied | denied/VBD | that/IN/mark/fled he/PRP/nsubj/fled fled/VBD/ccomp/denied", False),
        ("He/PRP/nsubj/said | not/RB only/RB said/VBD | it/PRP/nsubj/rained rained/VBD/ccomp/said", False),
    ],
)
def test_polarity(text: str, negative: bool) -> None:
    _, source, cue, contents = said(text)
    assert polarity_of(clause_of(contents, own), cue, source, contents) == ("negative" if negative else "positive")


# A content, the act of its cue, the cue, and the modality.
@pytest.mark.parametrize(
    ("text", "act", "cue", "modality"),
    [
        ("it/PRP/nsubj/rains rains/VBZ", "statement", "said", "asserted"),
        ("it/PRP/nsubj/rain will/MD/aux/rain rain/VB", "statement", "said", "asserted"),
        ("it/PRP/nsubj/rain may/MD/aux/rain rain/VB", "statement", "said", "possible"),
        ("it/PRP/nsubj/rain could/MD/aux/rain rain/VB", "warning", "warned", "possible"),
        ("perhaps/RB/advmod/rains it/PRP/nsubj/rains rains/VBZ", "statement", "said", "possible"),
        ("rain/NN/nsubj/possible is/VBZ/cop/possible possible/JJ", "statement", "said", "possible"),
        ("it/PRP/nsubj/unlikely is/VBZ/cop/unlikely unlikely/JJ", "statement", "said", "possible"),
        ("whether/IN/mark/rains it/PRP/nsubj/rains rains/VBZ", "statement", "said", "possible"),
        ("that/IN/mark/rains it/PRP/nsubj/rains rains/VBZ", "feeling", "hopes", "possible"),
        (
            "she/PRP/nsubj/hopes hopes/VBZ it/PRP/nsubj/rains rains/VBZ/ccomp/hopes",
            "statement",
            "said",
            "possible",
        ),
        ("she/PRP/nsubj/come will/MD/aux/come come/VB", "belief", "doubts", "possible"),
        # a condition that the parse does not show, or another word for "if"
        (
            "it/PRP/nsubj/close would/MD/aux/close close/VB if/IN/mark/rose fees/NNS/nsubj/rose rose/VBD/ccomp/close",
            "statement",
            "said",
            "conditional",
        ),
        (
            "it/PRP/nsubj/close would/MD/aux/close close/VB even/RB if/IN/mark/rose fees/NNS/nsubj/rose "
            "rose/VBD/ccomp/close",
            "statement",
            "said",
            "asserted",
        ),
        (
            "it/PRP/nsubj/say would/MD/aux/say say/VB if/IN/mark/rose fees/NNS/nsubj/rose rose/VBD/ccomp/say",
            "statement",
            "said",
            "asserted",
        ),
        (
            "it/PRP/nsubj/go will/MD/aux/go go/VB on/RB as/RB long/RB as/IN it/PRP/nsubj/pays pays/VBZ/advcl/go",
            "statement",
            "said",
            "conditional",
        ),
        (
            "it/PRP/nsubj/open would/MD/aux/open open/VB on/IN condition/NN/obl/open that/IN he/PRP paid/VBD",
            "statement",
            "said",
            "conditional",
        ),
        (
            "With/IN/case/vote a/DT vote/NN/obl/pass it/PRP/nsubj/pass would/MD/aux/pass pass/VB",
            "statement",
            "said",
            "conditional",
        ),
        ("With/IN/case/vote a/DT vote/NN/obl/passes it/PRP/nsubj/passes passes/VBZ", "statement", "said", "asserted"),
        ("we/PRP/nsubj/go must/MD/aux/go go/VB", "statement", "said", "necessary"),
        ("Kyiv/NNP/nsubj/act should/MD/aux/act act/VB", "statement", "said", "necessary"),
        ("we/PRP/nsubj/have have/VBP to/TO/mark/go go/VB/xcomp/have", "statement", "said", "necessary"),
        ("we/PRP/nsubj/have have/VBP plans/NNS/obj/have", "statement", "said", "asserted"),
        ("we/PRP/nsubj/have may/MD/aux/have have/VB to/TO/mark/go go/VB/xcomp/have", "statement", "said", "possible"),
        ("we/PRP/nsubj/have will/MD/aux/have have/VB to/TO/mark/go go/VB/xcomp/have", "statement", "said", "necessary"),
        ("It/PRP/nsubj/time is/VBZ/cop/time time/NN to/TO/mark/go go/VB/acl/time", "statement", "said", "necessary"),
        ("Stay/VB away/RB/advmod/Stay", "warning", "warned", "necessary"),
        ("not/RB/advmod/go to/TO/mark/go go/VB", "request", "urged", "necessary"),
        ("a/DT/det/ban ban/NN", "request", "demanded", "necessary"),
        ("to/TO/mark/go go/VB", "promise", "promised", "intended"),
        ("a/DT/det/review review/NN", "promise", "promised", "intended"),
        ("to/TO/mark/go go/VB", "intention", "plans", "intended"),
        ("she/PRP/nsubj/plans plans/VBZ to/TO/mark/go go/VB/xcomp/plans", "statement", "said", "intended"),
        ("he/PRP/nsubj/plans plans/VBZ to/TO/mark/go go/VB/xcomp/plans", "statement", "said", "asserted"),
        ("she/PRP/nsubj/go would/MD/aux/go go/VB", "statement", "said", "intended"),
        ("he/PRP/nsubj/go would/MD/aux/go go/VB", "statement", "said", "asserted"),
        ("We/PRP/nsubj/survive will/MD/aux/survive survive/VB", "statement", "said", "asserted"),
        (
            "he/PRP/nsubj/goes goes/VBZ if/IN/mark/rains it/PRP/nsubj/rains rains/VBZ/advcl/goes",
            "statement",
            "said",
            "conditional",
        ),
        (
            "he/PRP/nsubj/goes goes/VBZ even/RB/advmod/rains if/IN/mark/rains it/PRP/nsubj/rains rains/VBZ/advcl/goes",
            "statement",
            "said",
            "asserted",
        ),
        (
            "Had/VBD/aux/known we/PRP/nsubj/known known/VBN ,/, we/PRP/nsubj/gone would/MD/aux/gone "
            "gone/VBN/ccomp/known",
            "statement",
            "said",
            "conditional",
        ),
        ("whether/IN/mark/rains it/PRP/nsubj/rains rains/VBZ", "question", "asked", "asked"),
        ("when/WRB/advmod/go we/PRP/nsubj/go will/MD/aux/go go/VB", "statement", "said", "asserted"),
        # clauses that the tree hangs on their subject, or puts beside what holds them
        (
            "praise/NN/obj from/IN/case/Chad Chad/NNP/nmod/praise could/MD/aux/help help/VB/acl/praise",
            "statement",
            "said",
            "possible",
        ),
        ("“/“ does/VBZ/aux/rain it/PRP/nsubj/rain rain/VB ?/. ”/”", "statement", "said", "asked"),
    ],
)
def test_modality(text: str, act: Act, cue: str, modality: Modality) -> None:
    clause = clause_of([make_doc(text)[:]], own)
    assert modality_of(clause, act, cue_of([(cue, "VERB")]), own) == modality


def test_would_in_a_quotation_is_no_reported_will() -> None:
    clause = clause_of([make_doc("I/PRP/nsubj/go would/MD/aux/go go/VB")[:]], own)
    row = cue_of([("said", "VERB")])
    assert [modality_of(clause, "statement", row, own, direct) for direct in (True, False)] == ["asserted", "intended"]
