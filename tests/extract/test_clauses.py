"""Main words, subjects, phrases and negation of clauses, on hand-built trees."""

from __future__ import annotations

import pytest
from docs import make_doc

from kg.extract.clauses import head_of, is_negated, noun_phrase, subject_of


# A clause and its main word.
@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("that/IN/mark/rains it/PRP/nsubj/rains rains/VBZ", "rains"),
        ("it/PRP/nsubj/wet is/VBZ/cop/wet wet/JJ", "wet"),
        ("the/DT/det/rain big/JJ/amod/rain rain/NN", "rain"),
        ("“/“/punct/yes yes/UH ,/,/punct/yes ”/”/punct/yes", "yes"),
        ("today/NN it/PRP rains/VBZ", "rains"),  # no parse: the first verb
    ],
)
def test_head(text: str, head: str) -> None:
    assert head_of(make_doc(text)[:]).text == head


# A clause with the main verb "told" or a verb marked so, and the head of its subject.
@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("Rutte/NNP/nsubj/said said/VBD", "said", "Rutte"),
        ("“/“ No/UH ”/” said/VBD Rutte/NNP/nsubj/said", "said", "Rutte"),
        ("Rutte/NNP/nsubj/came came/VBD and/CC/cc/said said/VBD/conj/came", "said", "Rutte"),
        ("Rutte/NNP/nsubj/came came/VBD ,/, saying/VBG/advcl/came no/UH", "saying", "Rutte"),
        ("Rutte/NNP/nsubj/wanted wanted/VBD to/TO/mark/say say/VB/xcomp/wanted no/UH", "say", "Rutte"),
        ("the/DT/det/man man/NN who/WP/nsubj/said said/VBD/acl:relcl/man", "said", "who"),
        ("a/DT/det/letter letter/NN saying/VBG/acl/letter no/UH", "saying", "letter"),
        ("It/PRP/nsubj:pass/said was/VBD/aux:pass/said said/VBN", "said", None),
        (
            "It/PRP/nsubj:pass/said was/VBD/aux:pass/said said/VBN by/IN/case/Rutte Rutte/NNP/obl:agent/said",
            "said",
            "Rutte",
        ),
        ("It/PRP/nsubj:pass/said was/VBD/aux:pass/said said/VBN by/IN/case/Rutte Rutte/NNP/obl/said", "said", "Rutte"),
        (
            "He/PRP/nsubj:pass/cited was/VBD/aux:pass/cited cited/VBN as/IN/mark/saying saying/VBG/advcl/cited",
            "cited",
            "He",
        ),
        ("says/VBZ no/UH/obj/says", "says", None),
    ],
)
def test_subject(text: str, verb: str, subject: str | None) -> None:
    doc = make_doc(text)
    found = subject_of(next(t for t in doc if t.text == verb))
    assert (found.text if found else None) == subject


# A clause, the head of a phrase in it, and the phrase.
@pytest.mark.parametrize(
    ("text", "head", "phrase"),
    [
        (
            "a/DT/det/man tall/JJ/amod/man man/NN/nsubj/said from/IN/case/Chad Chad/NNP/nmod/man said/VBD",
            "man",
            "a tall man from Chad",
        ),
        ("the/DT/det/man man/NN/nsubj/said who/WP/nsubj/left left/VBD/acl:relcl/man said/VBD", "man", "the man"),
        (
            "Rutte/NNP/nsubj/said ,/,/punct/mayor the/DT/det/mayor mayor/NN/appos/Rutte ,/,/punct/mayor said/VBD",
            "Rutte",
            "Rutte, the mayor",
        ),
        (
            "Rutte/NNP/nsubj/said ,/,/punct/Miller Miller/NNP/conj/Rutte and/CC/cc/Chad Chad/NNP/conj/Rutte said/VBD",
            "Rutte",
            "Rutte, Miller and Chad",
        ),
        (
            "On/IN/case/visit a/DT/det/visit visit/NN/nmod/Rutte ,/,/dep/Rutte Rutte/NNP/nsubj/said said/VBD",
            "Rutte",
            "Rutte",
        ),
        (
            "In/IN/case/Chad Chad/NNP/compound/Rutte ,/,/nmod/Rutte Mark/NNP/flat/Rutte Rutte/NNP/nsubj/said said/VBD",
            "Rutte",
            "Mark Rutte",
        ),
    ],
)
def test_noun_phrase(text: str, head: str, phrase: str) -> None:
    doc = make_doc(text)
    assert noun_phrase(next(t for t in doc if t.text == head)).text == phrase


def test_a_noun_phrase_is_free_of_barred_words() -> None:
    doc = make_doc("a/DT/det/man man/NN/nsubj/said from/IN/case/Chad Chad/NNP/nmod/man said/VBD")
    assert noun_phrase(doc[1], {0, 3}).text == "man from"


# A clause, and whether its main word is negated.
@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("It/PRP/nsubj/rains rains/VBZ", False),
        ("It/PRP/nsubj/rain does/VBZ/aux/rain not/RB/advmod/rain rain/VB", True),
        (
            "I/PRP/nsubj/think do/VBP/aux/think n’t/RB/advmod/think think/VB it/PRP/nsubj/rains rains/VBZ/ccomp/think",
            True,
        ),
        ("I/PRP/nsubj/think do/VBP/aux/think n't/RB/advmod/do think/VB", True),  # hung on the auxiliary
        (
            "I/PRP/nsubj/think think/VBP it/PRP/nsubj/rain does/VBZ/aux/rain n't/RB/advmod/rain rain/VB/ccomp/think",
            False,
        ),
        (
            "These/PRP/nsubj/concessions were/VBD/cop/concessions not/RB/advmod/concessions concessions/NNS "
            "but/CC/cc/talks "
            "rather/RB/advmod/talks talks/NNS/conj/concessions",
            True,
        ),
        (
            "They/PRP/nsubj/promised had/VBD/aux/promised never/RB/advmod/promised promised/VBN it/PRP/obj/promised",
            True,
        ),
        ("He/PRP/nsubj/has has/VBZ no/DT/det/plans plans/NNS/obj/has", True),
        ("There/EX/expl/are are/VBP no/DT/det/plans plans/NNS/nsubj/are", True),
        ("Nobody/NN/nsubj/left left/VBD", True),
        ("No/DT/det/one one/NN/nsubj/left left/VBD", True),
        ("He/PRP/nsubj/leads no/RB/advmod/longer longer/RB/advmod/leads leads/VBZ", True),
        ("He/PRP/nsubj/left not/RB/advmod/left only/RB/advmod/left left/VBD but/CC/cc/ran ran/VBD/conj/left", False),
        ("He/PRP/nsubj/left left/VBD with/IN/case/plan no/DT/det/plan plan/NN/obl/left", False),
        ("It/PRP/nsubj/fair is/VBZ/cop/fair fair/JJ to/TO/mark/go not/RB/advmod/go go/VB/csubj/fair", False),
        ("not/RB/advmod/exploit to/TO/mark/exploit exploit/VB it/PRP/obj/exploit", True),
        ("Not/RB/advmod/everyone everyone/NN/nsubj/left left/VBD", True),
        ("Neither/CC/cc:preconj/Chad Chad/NNP/nsubj/left nor/CC/cc/Iran Iran/NNP/conj/Chad left/VBD", True),
        ("It/PRP/nsubj/nothing is/VBZ/cop/nothing nothing/NN new/JJ/amod/nothing", True),
        ("It/PRP/nsubj/nothing is/VBZ/cop/nothing nothing/NN but/CC/cc/lies lies/NNS/conj/nothing", False),
        ("At/IN/case/time no/DT/det/time time/NN/obl/left had/VBD/aux/left he/PRP/nsubj/left left/VBN", True),
        ("No/RB/advmod/left ,/, he/PRP/nsubj/left left/VBD", False),
        ("He/PRP/nsubj/left hardly/RB/advmod/left left/VBD", False),
    ],
)
def test_negation(text: str, negated: bool) -> None:
    doc = make_doc(text)
    assert is_negated(head_of(doc[:])) is negated


def test_only_words_within_negate() -> None:
    doc = make_doc("He/PRP/nsubj/said said/VBD not/RB/advmod/said to/TO/mark/go go/VB/xcomp/said")
    assert is_negated(doc[1])
    assert not is_negated(doc[1], within=range(2))
