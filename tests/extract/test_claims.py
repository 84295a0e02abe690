"""Claims of hand-built documents: whose, to whom, with what content, passed on by whom."""

from __future__ import annotations

import pytest
from claimdocs import claims_doc, read

from kg.extract.claims import find_claims
from kg.extract.entities import find_referents

SAID = "<s1 Mark/NNP Rutte/NNP > <c1 said/VBD >"

# A text, and for each claim its speakers and contents.
CONTENTS = {
    "one content": (
        f"{SAID} <q1 that/IN it/PRP rains/VBZ > ./.",
        [("Mark Rutte", ["that it rains"])],
    ),
    "marks beside a content belong to it": (
        f"“/“ <q1 It/PRP rains/VBZ ,/, > ”/” {SAID} ./. “/“ <q1 It/PRP pours/VBZ > ./. ”/”",
        [("Mark Rutte", ["“It rains,”", "“It pours.”"])],
    ),
    "marks, commas and blanks that do not belong are trimmed": (
        f"“/“ It/PRP rains/VBZ <q1 ,/, ”/” and/CC it/PRP pours/VBZ ,/, “/“ > No/UH ”/” {SAID} ./.",
        [("Mark Rutte", ["and it pours"])],
    ),
    "a content of marks alone is none": (
        f"{SAID} <q1 ”/” > <q1 that/IN it/PRP rains/VBZ ./. > ¶",
        [
            ("Mark Rutte", ["that it rains"]),
        ],
    ),
    "no claim without content": (f"{SAID} <q1 ,/, > nothing/NN ./.", []),
    "a content without cue or quotation is none": (
        f"{SAID} <q1 it/PRP rains/VBZ > ./. <q2 It/PRP pours/VBZ > ./.",
        [
            ("Mark Rutte", ["it rains"]),
        ],
    ),
    "content is split at paragraphs": (
        f"{SAID} :/: <q1 “/“ It/PRP rains/VBZ ./. ¶ “/“ It/PRP pours/VBZ ./. ”/” >",
        [("Mark Rutte", ["“It rains.", "“It pours.”"])],
    ),
    "one claim per cue": (
        "<s1 Mark/NNP Rutte/NNP > <c1 <c2 said/VBD > > <q1 it/PRP rains/VBZ > and/CC <q2 it/PRP pours/VBZ > ./.",
        [("Mark Rutte", ["it rains", "it pours"])],
    ),
    "one claim per content": (
        f"{SAID} ,/, <c2 adding/VBG > <q1 <q2 it/PRP rains/VBZ > > ./.",
        [("Mark Rutte", ["it rains"])],
    ),
    # quotations that run on
    "runs on in the paragraph": (
        f"<q1 “/“ It/PRP rains/VBZ ,/, ”/” > {SAID} ./. <q2 “/“ It/PRP pours/VBZ now/RB ./. ”/” >",
        [("Mark Rutte", ["“It rains,”", "“It pours now.”"])],
    ),
    "runs on unseen by the model": (
        f"<q1 “/“ It/PRP rains/VBZ ,/, ”/” > {SAID} ./. “/“ It/PRP pours/VBZ now/RB ./. ”/”",
        [("Mark Rutte", ["“It rains,”", "“It pours now.”"])],
    ),
    "runs on after a sentence with the same speaker": (
        f"<q1 “/“ It/PRP rains/VBZ ,/, ”/” > {SAID} ./. He/PRP/nsubj/spoke spoke/VBD in/IN Brussels/NNP ./. "
        "<q2 “/“ It/PRP pours/VBZ now/RB ./. ”/” >",
        [("Mark Rutte", ["“It rains,”", "“It pours now.”"])],
    ),
    "not after a sentence about another": (
        f"<q1 “/“ It/PRP rains/VBZ ,/, ”/” > {SAID} ./. Jane/NNP Miller/NNP/nsubj/spoke spoke/VBD ./. "
        "<q2 “/“ It/PRP pours/VBZ now/RB ./. ”/” >",
        [("Mark Rutte", ["“It rains,”"]), ("", ["“It pours now.”"])],
    ),
    "a new paragraph after the cue": (
        f"<q1 “/“ It/PRP rains/VBZ ,/, ”/” > {SAID} ./. ¶ <q2 “/“ It/PRP pours/VBZ now/RB ./. ”/” >",
        [("Mark Rutte", ["“It rains,”", "“It pours now.”"])],
    ),
    "an open quotation over paragraphs": (
        f"{SAID} :/: <q1 “/“ It/PRP rains/VBZ ./. > ¶ “/“ It/PRP pours/VBZ now/RB ./. ¶ “/“ It/PRP is/VBZ "
        f"wet/JJ ./. ”/”",
        [("Mark Rutte", ["“It rains.", "“It pours now.", "“It is wet.”"])],
    ),
    "a closed quotation, and another's in the next paragraph": (
        f"{SAID} :/: <q1 “/“ It/PRP rains/VBZ ./. ”/” > ¶ <q2 “/“ It/PRP pours/VBZ now/RB ./. ”/” >",
        [("Mark Rutte", ["“It rains.”"]), ("", ["“It pours now.”"])],
    ),
    "an open quotation whose cue comes in the next paragraph": (
        f"“/“ It/PRP really/RB rains/VBZ ./. ¶ “/“ It/PRP pours/VBZ now/RB ./. ¶ <q1 “/“ It/PRP is/VBZ wet/JJ "
        f",/, ”/” > {SAID} ./.",
        [("Mark Rutte", ["“It really rains.", "“It pours now.", "“It is wet,”"])],
    ),
    "a quotation of nobody is kept": (
        "“/“ It/PRP pours/VBZ now/RB ./. ”/”",
        [("", ["“It pours now.”"])],
    ),
    "quoted words are no quotation of their own": (
        f"{SAID} <q1 it/PRP rains/VBZ > ./. They/PRP call/VBP it/PRP “/“ the/DT big/JJ rain/NN ”/” here/RB ./.",
        [("Mark Rutte", ["it rains"])],
    ),
}


@pytest.mark.parametrize(("text", "wanted"), CONTENTS.values(), ids=CONTENTS)
def test_contents(text: str, wanted: list[tuple[str, list[str]]]) -> None:
    claims, names, doc = read(text)
    assert [(", ".join(names[i] for i in c.speakers), [s.text for s in c.content]) for c in claims] == wanted
    for claim in claims:
        for span in (claim.source, claim.cue, claim.passage, *claim.content):
            assert span is None or doc.text[span.start : span.end] == span.text


# A text, and for each claim its source and speakers.
SOURCES = {
    "as marked": ("<s1 Rutte/NNP > <c1 said/VBD > <q1 it/PRP rains/VBZ >", [("Rutte", ["Rutte"])]),
    "a joint statement": (
        "<s1 Mark/NNP Rutte/NNP and/CC Pete/NNP Hegseth/NNP > <c1 said/VBD in/IN a/DT joint/JJ statement/NN > "
        "<q1 it/PRP rains/VBZ >",
        [("Mark Rutte and Pete Hegseth", ["Mark Rutte", "Pete Hegseth"])],
    ),
    "nobody named": (
        "<s1 a/DT senior/JJ NATO/NNP official/NN > <c1 said/VBD > <q1 it/PRP rains/VBZ >",
        [("a senior NATO official", [])],
    ),
    "officials somewhere": (
        "<s1 officials/NNS in/IN Ukraine/NNP > <c1 said/VBD > <q1 it/PRP rains/VBZ >",
        [("officials in Ukraine", [])],
    ),
    "critics like somebody": (
        "<s1 Critics/NNS ,/, like/IN Jane/NNP Miller/NNP ,/, > <c1 said/VBD > <q1 it/PRP rains/VBZ >",
        [("Critics, like Jane Miller", [])],
    ),
    "a ministry": (
        "<s1 The/DT Russian/NNP Foreign/NNP Ministry/NNP > <c1 said/VBD > <q1 it/PRP rains/VBZ >",
        [("The Russian Foreign Ministry", ["Russian Foreign Ministry"])],
    ),
    "a country": ("<s1 Chad/NNP > <c1 said/VBD > <q1 it/PRP rains/VBZ >", [("Chad", ["Chad"])]),
    "the author of a report": (
        "<c1 According/VBG to/IN > <s1 a/DT report/NN by/IN Reuters/NNP > ,/, <q1 it/PRP rains/VBZ >",
        [("a report by Reuters", ["Reuters"])],
    ),
    "who": (
        "Mark/NNP Rutte/NNP/nsubj/left ,/, <s1 who/WP/nsubj/said > <c1 said/VBD/acl:relcl/Rutte > "
        "<q1 it/PRP/nsubj/rains rains/VBZ/ccomp/said > ,/, left/VBD ./.",
        [("who", ["Mark Rutte"])],
    ),
    # mended
    "a name cut in two": (
        "Mark/NNP <s1 Rutte/NNP > <c1 said/VBD > <q1 it/PRP rains/VBZ >",
        [("Mark Rutte", ["Mark Rutte"])],
    ),
    "a title without its name": (
        "<s1 Secretary/NNP/nmod:desc/Hegseth > Hegseth/NNP/nsubj/said <c1 said/VBD > <q1 it/PRP/nsubj/rains "
        "rains/VBZ/ccomp/said >",
        [("Secretary Hegseth", ["Hegseth"])],
    ),
    "an adverbial before it": (
        "<s1 At/IN the/DT end/NN of/IN his/PRP$ visit/NN to/IN NATO/NNP ,/, Pete/NNP Hegseth/NNP > <c1 said/VBD > "
        "<q1 it/PRP rains/VBZ >",
        [("Pete Hegseth", ["Pete Hegseth"])],
    ),
    "a clause after it": (
        "<s1 Pete/NNP Hegseth/NNP ,/, but/CC not/RB NATO/NNP ,/, > <c1 said/VBD > <q1 it/PRP rains/VBZ >",
        [("Pete Hegseth", ["Pete Hegseth"])],
    ),
    # found by grammar
    "subject of the cue": (
        "Mark/NNP Rutte/NNP/nsubj/said <c1 said/VBD > <q1 it/PRP/nsubj/rains rains/VBZ/ccomp/said >",
        [("Mark Rutte", ["Mark Rutte"])],
    ),
    "subject with a title, not over the comma": (
        "At/IN/case/visit his/PRP$/nmod:poss/visit visit/NN/compound/Hegseth to/IN/case/NATO NATO/NNP/nmod/visit "
        ",/,/dep/Hegseth Secretary/NNP/nmod:desc/Hegseth Hegseth/NNP/nsubj/said <c1 said/VBD > "
        "<q1 it/PRP/nsubj/rains rains/VBZ/ccomp/said >",
        [("Secretary Hegseth", ["Hegseth"])],
    ),
    "subject with its list": (
        "Rutte/NNP/nsubj/said ,/,/punct/Hegseth Hegseth/NNP/conj/Rutte and/CC/cc/Miller Miller/NNP/conj/Rutte "
        "<c1 said/VBD > <q1 it/PRP/nsubj/rains rains/VBZ/ccomp/said >",
        [("Rutte, Hegseth and Miller", ["Rutte", "Hegseth", "Miller"])],
    ),
    "a subject inside a content is none": (
        f"{SAID.replace('said/VBD', 'said/VBD/ccomp/suggested')} <q1 that/IN membership/NN/nsubj/suggested is/VBZ > "
        "<c2 suggested/VBD > <q2 it/PRP/nsubj/rains rains/VBZ/ccomp/suggested >",
        [("Mark Rutte", ["Mark Rutte"]), (None, [])],
    ),
    "a joined cue has the source before it": (
        f"{SAID} <q1 that/IN membership/NN is/VBZ far/JJ > and/CC <c2 suggested/VBD > <q2 it/PRP rains/VBZ > ./.",
        [("Mark Rutte", ["Mark Rutte"]), ("Mark Rutte", ["Mark Rutte"])],
    ),
    "a joined clause has its own": (
        f"{SAID} <q1 it/PRP/nsubj/rains rains/VBZ/ccomp/said > and/CC Miller/NNP/nsubj/denied "
        "<c2 denied/VBD/conj/said > <q2 that/IN/obj/denied > ./.",
        [("Mark Rutte", ["Mark Rutte"]), ("Miller", ["Miller"])],
    ),
    "a participle has the subject of its clause": (
        "Rutte/NNP/nsubj/spoke spoke/VBD ,/, <c1 saying/VBG/advcl/spoke > <q1 it/PRP/nsubj/rains "
        "rains/VBZ/ccomp/saying >",
        [("Rutte", ["Rutte"])],
    ),
    "according to": (
        "<q1 It/PRP rains/VBZ > ,/, <c1 according/VBG to/IN > Jane/NNP Miller/NNP ./.",
        [("Jane Miller", ["Jane Miller"])],
    ),
    "a passive without agent has none": (
        "It/PRP/nsubj:pass/said was/VBD/aux:pass/said <c1 said/VBN > <q1 that/IN it/PRP/nsubj/rains "
        "rains/VBZ/ccomp/said >",
        [(None, [])],
    ),
    "the accused does not speak": (
        "Rutte/NNP/nsubj:pass/accused was/VBD/aux:pass/accused <c1 accused/VBN > <q1 of/IN lies/NNS/obl/accused >",
        [(None, [])],
    ),
    "the agent of a passive": (
        "Rutte/NNP/nsubj:pass/accused was/VBD/aux:pass/accused <c1 accused/VBN > by/IN/case/Miller "
        "Miller/NNP/obl/accused <q1 of/IN lies/NNS/obl/accused >",
        [("Miller", ["Miller"])],
    ),
    "was quoted as saying": (
        "Rutte/NNP/nsubj:pass/quoted was/VBD/aux:pass/quoted <c1 quoted/VBN as/IN/mark/saying "
        "saying/VBG/advcl/quoted > "
        "<q1 it/PRP/nsubj/rains rains/VBZ/ccomp/saying >",
        [("Rutte", ["Rutte"])],
    ),
    "it says nothing": (
        "It/PRP/nsubj/seems <c1 seems/VBZ > <q1 that/IN it/PRP/nsubj/rains rains/VBZ/ccomp/seems >",
        [(None, [])],
    ),
    "no day speaks": (
        "Monday/NNP/nsubj/said <c1 said/VBD > <q1 it/PRP/nsubj/rains rains/VBZ/ccomp/said >",
        [(None, [])],
    ),
}


@pytest.mark.parametrize(("text", "wanted"), SOURCES.values(), ids=SOURCES)
def test_sources_and_speakers(text: str, wanted: list[tuple[str | None, list[str]]]) -> None:
    claims, names, _ = read(text)
    assert [(c.source.text if c.source else None, [names[i] for i in c.speakers]) for c in claims] == wanted


RAINS = "<q1 It/PRP rains/VBZ >"

# A text, and for each claim who reported it and the claim it stands in.
REPORTED = {
    "as reported by": (f"{RAINS} ,/, {SAID} ,/, as/IN reported/VBN by/IN VOA/NNP ./.", [("VOA", None)]),
    "in the content": (
        f"{SAID} <q1 that/IN it/PRP rains/VBZ ,/, as/IN reported/VBN by/IN VOA/NNP > ./.",
        [("VOA", None)],
    ),
    "as the BBC reported": (f"{RAINS} ,/, {SAID} ,/, as/IN the/DT BBC/NNP reported/VBD ./.", [("BBC", None)]),
    "its own claim at the end": (
        f"{RAINS} ,/, {SAID} ,/, <s2 Reuters/NNP > <c2 reports/VBZ > ./.",
        [("Reuters", "c2"), ("Reuters", None)],
    ),
    "according to a report by": (
        f"{RAINS} ,/, {SAID} ,/, <c2 according/VBG to/IN > <s2 a/DT report/NN by/IN Reuters/NNP > ./.",
        [("Reuters", "c2"), ("Reuters", None)],
    ),
    "the reporter's own claim": (
        f"{RAINS} ,/, <c1 as/IN reported/VBN by/IN > <s1 VOA/NNP > ./.",
        [("VOA", None)],
    ),
    "the sentence before": (f"{RAINS} ,/, {SAID} ./. As/IN reported/VBN by/IN VOA/NNP ./.", [(None, None)]),
    "told VOA": (f"{RAINS} ,/, <s1 Rutte/NNP > <c1 told/VBD > VOA/NNP ./.", [("VOA", None)]),
    "nested": (
        "<s1 VOA/NNP > <c1 reported/VBD > <q1 that/IN <s2 Rutte/NNP > <c2 said/VBD > <q2 it/PRP rains/VBZ > > ./.",
        [("VOA", None), ("VOA", "c1")],
    ),
    "nested, by nobody named": (
        "<s1 officials/NNS > <c1 reported/VBD > <q1 that/IN <s2 Rutte/NNP > <c2 said/VBD > "
        "<q2 <s3 he/PRP > <c3 knows/VBZ > <q3 it/PRP rains/VBZ > > > ./.",
        [(None, None), (None, "c1"), (None, "c2")],
    ),
}


@pytest.mark.parametrize(("text", "wanted"), REPORTED.values(), ids=REPORTED)
def test_reported_by_and_within(text: str, wanted: list[tuple[str | None, str | None]]) -> None:
    claims, names, _ = read(text)
    assert [(names[c.reported_by] if c.reported_by else None, c.within) for c in claims] == wanted


def test_a_report_is_cut_from_the_content() -> None:
    claims, _, _ = read(REPORTED["in the content"][0])
    assert [s.text for s in claims[0].content] == ["that it rains"]


# A text, its kind and its act.
KINDS = {
    "indirect": (f"{SAID} <q1 that/IN it/PRP rains/VBZ >", "indirect", "statement"),
    "direct": (f"<q1 “/“ It/PRP rains/VBZ ,/, ”/” > {SAID}", "direct", "statement"),
    "two direct quotations": (
        f"<q1 “/“ It/PRP rains/VBZ ,/, ”/” > {SAID} ,/, <q1 and/CC “/“ it/PRP pours/VBZ ”/” >",
        "direct",
        "statement",
    ),
    "mixed": (f"{SAID} <q1 that/IN it/PRP is/VBZ “/“ wet/JJ ”/” >", "mixed", "statement"),
    "one quoted, one not": (
        f"<q1 “/“ It/PRP rains/VBZ ,/, ”/” > {SAID} ,/, <q1 and/CC pours/VBZ >",
        "mixed",
        "statement",
    ),
    "warned not to": (
        "<s1 Rutte/NNP > <c1 warned/VBD > <q1 Europe/NNP not/RB to/TO sleep/VB >",
        "indirect",
        "warning",
    ),
    "asked whether": ("<s1 Rutte/NNP > <c1 asked/VBD > <q1 whether/IN it/PRP rains/VBZ >", "indirect", "question"),
    "asked to": ("<s1 Rutte/NNP > <c1 asked/VBD > <q1 Miller/NNP to/TO leave/VB >", "indirect", "request"),
    "asked, quoting a question": (
        "<q1 “/“ Who/WP wants/VBZ to/TO leave/VB ?/. ”/” > <s1 Rutte/NNP > <c1 asked/VBD > to/TO laughter/NN ./.",
        "direct",
        "question",
    ),
    "said … would": ("<s1 Rutte/NNP > <c1 said/VBD > <q1 he/PRP would/MD leave/VB >", "indirect", "statement"),
    "denied": ("<s1 Rutte/NNP > <c1 denied/VBD > <q1 that/IN it/PRP rains/VBZ >", "indirect", "denial"),
    "an unknown cue": ("<s1 Rutte/NNP > <c1 blorped/VBD > <q1 that/IN it/PRP rains/VBZ >", "indirect", "statement"),
}


@pytest.mark.parametrize(("text", "kind", "act"), KINDS.values(), ids=KINDS)
def test_kind_and_act(text: str, kind: str, act: str) -> None:
    claims, _, _ = read(text)
    assert [(c.kind, c.act) for c in claims] == [(kind, act)]


# A text, and the negations of its claims.
POLARITY = {
    "plain": (f"{SAID} <q1 it/PRP/nsubj/rains rains/VBZ/ccomp/said >", "positive"),
    "content": (f"{SAID} <q1 it/PRP does/VBZ/aux/rain n’t/RB/advmod/rain rain/VB/ccomp/said >", "negative"),
    "cue": (
        "<s1 Rutte/NNP/nsubj/say > <c1 did/VBD/aux/say not/RB/advmod/say say/VB > <q1 it/PRP/nsubj/rains "
        "rains/VBZ/ccomp/say >",
        "negative",
    ),
    "a negation before the cue": (
        "<s1 Rutte/NNP/nsubj/said > has/VBZ/aux/said never/RB/advmod/said <c1 said/VBN > "
        "<q1 it/PRP/nsubj/rains rains/VBZ/ccomp/said >",
        "negative",
    ),
    "denied is an act": (
        "<s1 Rutte/NNP > <c1 denied/VBD > <q1 it/PRP/nsubj/rains rains/VBZ/ccomp/denied >",
        "positive",
    ),
    "a subordinate clause": (
        f"{SAID} <q1 it/PRP/nsubj/rains rains/VBZ/ccomp/said if/IN/mark/snow it/PRP/nsubj/snow does/VBZ/aux/snow "
        "not/RB/advmod/snow snow/VB/advcl/rains >",
        "positive",
    ),
    "a clause before the main one": (
        "<q1 “/“ Now/RB that/IN/mark/rain it/PRP/nsubj/rain does/VBZ/aux/rain not/RB/advmod/rain "
        "rain/VB/advcl/left ,/, ”/” "
        "> <s1 he/PRP/nsubj/said > <c1 said/VBD/parataxis/left > ,/, <q1 “/“ I/PRP/nsubj/left left/VBD ./. ”/” >",
        "positive",
    ),
}


@pytest.mark.parametrize(("text", "polarity"), POLARITY.values(), ids=POLARITY)
def test_polarity(text: str, polarity: str) -> None:
    claims, _, _ = read(text)
    assert [c.polarity for c in claims] == [polarity]


ABOUT = [
    ("<s1 Rutte/NNP > <c1 said/VBD > <q1 Ukraine/NNP told/VBD NATO/NNP and/CC Ukraine/NNP >", ["Ukraine", "NATO"]),
    ("<s1 Mark/NNP Rutte/NNP > <c1 said/VBD > <q1 he/PRP left/VBD >", ["Mark Rutte"]),
    ("<q1 “/“ I/PRP left/VBD you/PRP ,/, ”/” > <s1 Mark/NNP Rutte/NNP > <c1 said/VBD >", []),
    ("<s1 Mark/NNP Rutte/NNP > <c1 warned/VBD > <q1 Europe/NNP not/RB to/TO help/VB Russia/NNP >", ["Russia"]),
]


@pytest.mark.parametrize(("text", "names"), ABOUT)
def test_about(text: str, names: list[str]) -> None:
    claims, known, _ = read(text)
    assert [known[i] for i in claims[0].about] == names


# Claims in order, the sentence splitter at odds with the text: a boundary stands before ”, none at the paragraph's end.
PASSAGES = {
    "one sentence": (f"Before/IN ./. {SAID} <q1 it/PRP rains/VBZ > ./. After/IN ./.", "Mark Rutte said it rains."),
    "over sentences": (
        f"Before/IN ./. <q1 “/“ It/PRP rains/VBZ ./. It/PRP pours/VBZ ,/, ”/” > {SAID} here/RB ./. After/IN ./.",
        "“It rains. It pours,” Mark Rutte said here.",
    ),
    "the closing mark in the next sentence": (
        f"{SAID} :/: “/“ <q1 It/PRP rains/VBZ > now/RB ./. ”/” ¶ After/IN ./.",
        "Mark Rutte said: “It rains now.”",
    ),
    "no boundary at the paragraph's end": (
        f"A/DT headline/NN ¶ {SAID} <q1 it/PRP rains/VBZ > ¶ After/IN ./.",
        "Mark Rutte said it rains",
    ),
}


@pytest.mark.parametrize(("text", "passage"), PASSAGES.values(), ids=PASSAGES)
def test_passages(text: str, passage: str) -> None:
    claims, _, _ = read(text)
    assert [c.passage.text for c in claims] == [passage]


def test_a_sentence_goes_on_over_a_boundary_after_an_abbreviation() -> None:
    doc = claims_doc(f"Before/IN ./. He/PRP met/VBD Sen./NNP Miller/NNP and/CC {SAID} <q1 it/PRP rains/VBZ > ./.")
    for token in doc:
        token.is_sent_start = token.i in (0, 2, 5, 7)  # after "Sen." and in the middle of the sentence
    claims = find_claims(doc, find_referents(doc))
    assert claims[0].passage.text == "He met Sen. Miller and Mark Rutte said it rains."


def test_ids_are_in_order_of_first_character() -> None:
    claims, _, _ = read(
        "<q2 It/PRP pours/VBZ > ,/, <s2 Hegseth/NNP > <c2 said/VBD > ./. "
        "<s1 Rutte/NNP > <c1 said/VBD > <q1 it/PRP rains/VBZ > ./. <c3 According/VBG to/IN > <s3 NATO/NNP > <q3 "
        "it/PRP snows/VBZ >"
    )
    assert [(c.id, c.content[0].text) for c in claims] == [("c1", "It pours"), ("c2", "it rains"), ("c3", "it snows")]


def test_a_document_without_anything() -> None:
    for text in ("¶", "Nothing/NN ./."):
        claims, _, _ = read(text)
        assert claims == ()
