"""Propositions: subject, predicate, object and negation of each clause of a content, on small trees by hand."""

from __future__ import annotations

import pytest
from docs import make_doc

from kg.extract.claims import find_claims
from kg.extract.entities import find_referents
from kg.model import Argument, Claim, Entity

ENTS = {"Ana Ruiz": "PER", "Kenya": "LOC", "Oman": "LOC", "Kumtor": "ORG"}
SAID = "Ana/NNP/nsubj/said Ruiz/NNP/flat/Ana said/VBD "


def read(content: str, before: str, cue: str = "said") -> tuple[Claim, tuple[Entity, ...]]:
    """The claim of "Ana Ruiz said CONTENT ."; `content` is marked up, as `before` is."""
    plain = " ".join(token.split("/")[0].partition("@")[0] for token in content.split())
    doc = make_doc(
        f"{before}{content} ./.", ENTS, [("1", "source", "Ana Ruiz"), ("1", "cue", cue), ("1", "content", plain)]
    )
    referents = find_referents(doc)
    return find_claims(doc, referents, "2025-02-14")[0], referents.entities


def shown(claim: Claim, entities: tuple[Entity, ...]) -> list[str]:
    names = {entity.id: entity.name for entity in entities}

    def words(argument: Argument | None) -> str:
        if argument is None:
            return "-"
        name = f"[{names[argument.entity]}]" if argument.entity else ""
        return f"{argument.span.text if argument.span else ''}{name}"

    return [
        f"{words(p.subject)} | {'not ' * p.negated}{p.predicate.text} | {words(p.object)}" for p in claim.propositions
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "that/IN/mark/closed Kenya/NNP/nsubj/closed has/VBZ/aux/closed closed/VBN/ccomp/said two/CD/nummod/camps "
            "camps/NNS/obj/closed",
            ["Kenya[Kenya] | closed | two camps"],
        ),
        (  # a relative clause has an entry of its own, and is no part of the subject
            "the/DT/det/firm firm/NN/nsubj/lied which/WDT/obj/owns Kenya/NNP/nsubj/owns owns/VBZ/acl:relcl/firm "
            "lied/VBD/ccomp/said",
            ["Kenya[Kenya] | owns | the firm", "the firm | lied | -"],
        ),
        (  # passives keep their subject; verbs joined to each other share it
            "the/DT/det/dam dam/NN/nsubj:pass/built was/VBD/aux:pass/built built/VBN/ccomp/said by/IN/case/Kumtor "
            "Kumtor/NNP/obl:agent/built and/CC/cc/inspected never/RB/advmod/inspected inspected/VBN/conj/built",
            ["the dam | built | Kumtor[Kumtor]", "the dam | not inspected | -"],
        ),
        # where the tree errs: an adjunct without a preposition, an infinitive beside its verb, a lost relative clause
        (
            "Kenya/NNP/nsubj/closed closed/VBD/ccomp/said two/CD/nummod/camps camps/NNS/obl/closed",
            ["Kenya[Kenya] | closed | two camps"],
        ),
        (
            "Kenya/NNP/nsubj/slept slept/VBD/ccomp/said two/CD/nummod/weeks weeks/NNS/obl/slept",
            ["Kenya[Kenya] | slept | -"],
        ),
        (
            "Kenya/NNP/nsubj/wants wants/VBZ/ccomp/said to/TO/mark/pay pay/VB/advcl/wants camps/NNS/obj/pay",
            ["Kenya[Kenya] | wants | to pay camps"],
        ),
        (
            "Kenya/NNP/nsubj/paused paused/VBD/ccomp/said to/TO/mark/pay pay/VB/advcl/paused camps/NNS/obj/pay",
            ["Kenya[Kenya] | paused | -"],
        ),
        (
            "Kenya/NNP/nsubj/closed closed/VBD/ccomp/said camps/NNS/obj/closed that/WDT/nsubj/leaked "
            "leaked/VBD/conj/closed",
            ["Kenya[Kenya] | closed | camps", "camps | leaked | -"],
        ),
        (
            "There/RB/nsubj/story 's/VBZ/cop/story a/DT/det/story story/NN/ccomp/said",
            ["a story | 's | -"],
        ),
        (
            "the/DT/det/goal goal/NN/nsubj/stop was/VBD/cop/stop to/TO/mark/stop stop/VB/ccomp/said it/PRP/obj/stop",
            ["the goal | was | to stop it"],
        ),
        (
            "the/DT/det/vote vote/NN/nsubj/dull seems/VBZ/ccomp/said dull/JJ/xcomp/seems "
            "because/IN/mark/rains it/PRP/nsubj/rains rains/VBZ/advcl/dull",
            ["the vote | seems | dull", "it | rains | -"],
        ),
        (  # a free relative is an object as a whole
            "I/PRP/nsubj/take take/VBP/ccomp/said what/WP/obj/take Kenya/NNP/nsubj/did did/VBD/acl:relcl/what",
            ["I | take | what Kenya did", "Kenya[Kenya] | did | -"],
        ),
        (
            "Kenya/NNP/nsubj/wants wants/VBZ/ccomp/said to/TO/mark/neutral be/VB/cop/neutral neutral/JJ/xcomp/wants",
            ["Kenya[Kenya] | wants | to be neutral"],
        ),
        (  # what an infinitive explains does not do it
            "its/PRP$/nmod:poss/call call/NN/obj/said to/TO/mark/close close/VB/acl/call camps/NNS/obj/close",
            [],
        ),
        (
            "there/EX/expl/are are/VBP/ccomp/said 40/CD/nummod/wounded wounded/NNS/nsubj/are",
            ["40 wounded | are | -"],
        ),
        (
            "the/DT/det/island island/NN/nsubj/sale is/VBZ/cop/sale not/RB/advmod/sale for/IN/case/sale "
            "sale/NN/ccomp/said",
            ["the island | not is | for sale"],
        ),
        (
            "nobody/NN/nsubj/told told/VBD/ccomp/said the/DT/det/crew crew/NN/obj/told that/IN/mark/leaking "
            "the/DT/det/ship ship/NN/nsubj/leaking was/VBD/aux/leaking leaking/VBG/ccomp/told",
            ["nobody | not told | that the ship was leaking", "the ship | leaking | -"],
        ),
        (
            "Oman/NNP/nsubj/wants wants/VBZ/ccomp/said Kenya/NNP/obj/wants to/TO/mark/pay pay/VB/xcomp/wants",
            ["Oman[Oman] | wants | Kenya to pay"],
        ),
        (  # what only helps a verb is no predicate
            "Oman/NNP/nsubj/has has/VBZ/ccomp/said to/TO/mark/comply comply/VB/xcomp/has with/IN/case/orders "
            "orders/NNS/obl/comply",
            ["Oman[Oman] | comply | orders"],
        ),
        (  # an adjunct of time is no object
            "Kenya/NNP/nsubj/agreed agreed/VBD/ccomp/said in/IN/case/May May/NNP/obl/agreed",
            ["Kenya[Kenya] | agreed | -"],
        ),
        (  # the speaker's own attitude only holds what is below it; another's does not
            "she/PRP/nsubj/believes believes/VBZ/ccomp/said that/IN/mark/wins Kenya/NNP/nsubj/wins "
            "wins/VBZ/ccomp/believes",
            ["Kenya[Kenya] | wins | -"],
        ),
        (
            "Oman/NNP/nsubj/believes believes/VBZ/ccomp/said that/IN/mark/wins Kenya/NNP/nsubj/wins "
            "wins/VBZ/ccomp/believes",
            ["Oman[Oman] | believes | that Kenya wins", "Kenya[Kenya] | wins | -"],
        ),
        (
            "more/JJR/amod/camps camps/NNS/obj/said",
            [],
        ),
        (  # a tree in which the subject of the first verb hangs on the second
            "everyone/NN/nsubj/spoke knew/VBD/ccomp/said ,/,/punct/spoke and/CC/cc/spoke no/DT/det/one "
            "one/NN/nsubj/spoke spoke/VBD/conj/knew",
            ["everyone | knew | -", "no one | not spoke | -"],
        ),
    ],
)  # fmt: skip
def test_the_clauses_of_a_content(content: str, expected: list[str]) -> None:
    assert shown(*read(content, SAID)) == expected


@pytest.mark.parametrize(
    ("before", "cue", "content", "expected"),
    [
        (
            "Ana/NNP/nsubj/promised Ruiz/NNP/flat/Ana promised/VBD ", "promised",
            "to/TO/mark/cut cut/VB/xcomp/promised taxes/NNS/obj/cut",
            ["Ana Ruiz[Ana Ruiz] | cut | taxes"],
        ),
        (
            "Ana/NNP/nsubj/urged Ruiz/NNP/flat/Ana urged/VBD Oman/NNP/obj/urged ", "urged",
            "to/TO/mark/free free/VB/xcomp/urged hostages/NNS/obj/free",
            ["Oman[Oman] | free | hostages"],
        ),
        (
            "Ana/NNP/nsubj/told Ruiz/NNP/flat/Ana told/VBD Oman/NNP/obj/told :/: “/`` ", "told",
            "Stay/VB/parataxis/told away/RB/advmod/Stay !/. ”/''",
            ["[Oman] | Stay | -"],
        ),
        (
            "Ana/NNP/nsubj/told Ruiz/NNP/flat/Ana told/VBD Oman/NNP/obj/told :/: “/`` ", "told",
            "I/PRP/nsubj/trust trust/VBP/parataxis/told you/PRP/obj/trust ”/''",
            ["I[Ana Ruiz] | trust | you[Oman]"],
        ),
        (
            "Ana/NNP/nsubj/asked Ruiz/NNP/flat/Ana asked/VBD ", "asked",
            "whether/IN/mark/paid Oman/NNP/nsubj/paid paid/VBD/ccomp/asked",
            [],
        ),
    ],
)  # fmt: skip
def test_who_acts_where_the_content_does_not_say(before: str, cue: str, content: str, expected: list[str]) -> None:
    assert shown(*read(content, before, cue)) == expected


def test_without_a_tree_there_are_none() -> None:
    doc = make_doc(
        "Ana/NNP Ruiz/NNP said/VBD Kenya/NNP closed/VBD camps/NNS ./.", ENTS,
        [("1", "source", "Ana Ruiz"), ("1", "cue", "said"), ("1", "content", "Kenya closed camps")],
    )  # fmt: skip
    assert find_claims(doc, find_referents(doc))[0].propositions == ()
