"""ClearNLP trees, as spaCy's English models draw them, and the Universal Dependencies trees of the same sentences."""

from __future__ import annotations

import random

import pytest

from kg.annotate.clearnlp import RELATIONS, Tree, to_universal
from kg.annotate.schemes import UNIVERSAL

# A token a cell: word, part of speech, relation and head in ClearNLP = relation and head in Universal Dependencies.
# Heads count from 1; 0 is the root. A part of speech with a star stands inside a person's name.
SENTENCES = {
    "passive, agent": (
        "Quotas NOUN nsubjpass 3 = nsubj:pass 3; were AUX auxpass 3 = aux:pass 3; set VERB ROOT 0 = ROOT 0; "
        "by ADP agent 3 = case 5; Oslo PROPN pobj 4 = obl:agent 3; . PUNCT punct 3 = punct 3"
    ),
    "prepositions below verb and noun": (
        "Talks NOUN nsubj 4 = nsubj 4; on ADP prep 1 = case 3; fish NOUN pobj 2 = nmod 1; began VERB ROOT 0 = ROOT 0; "
        "in ADP prep 4 = case 7; old ADJ amod 7 = amod 7; Oslo PROPN pobj 5 = obl 4"
    ),
    "noun as predicate": (
        "Norway PROPN nsubj 3 = nsubj 5; has AUX aux 3 = aux 5; been AUX ROOT 0 = cop 5; a DET det 5 = det 5; "
        "threat NOUN attr 3 = ROOT 0; to ADP prep 5 = case 7; us PRON pobj 6 = nmod 5; . PUNCT punct 3 = punct 5"
    ),
    "adjective as predicate, negated, below a verb": (
        "She PRON nsubj 2 = nsubj 2; said VERB ROOT 0 = ROOT 0; that SCONJ mark 5 = mark 7; it PRON nsubj 5 = nsubj 7; "
        "was AUX ccomp 2 = cop 7; not PART neg 5 = advmod 7; ready ADJ acomp 5 = ccomp 2"
    ),
    "place as predicate": (
        "They PRON nsubj 2 = nsubj 4; were AUX ROOT 0 = cop 4; in ADP prep 2 = case 4; Oslo PROPN pobj 3 = ROOT 0; "
        "on ADP prep 2 = case 6; Tuesday PROPN pobj 5 = obl 4"
    ),
    "adverb as predicate": "He PRON nsubj 2 = nsubj 3; is AUX ROOT 0 = cop 3; here ADV advmod 2 = ROOT 0",
    "existential": (
        "There PRON expl 2 = expl 2; is AUX ROOT 0 = ROOT 0; no DET det 4 = det 4; plan NOUN attr 2 = nsubj 2"
    ),
    "clause as predicate": (
        "The DET det 2 = det 2; aim NOUN nsubj 3 = nsubj:outer 5; is AUX ROOT 0 = cop 5; to PART aux 5 = mark 5; "
        "win VERB xcomp 3 = ROOT 0"
    ),
    "noun after 'become', objects": (
        "He PRON nsubj 2 = nsubj 2; became VERB ROOT 0 = ROOT 0; minister NOUN attr 2 = xcomp 2; "
        "and CCONJ cc 2 = cc 5; gave VERB conj 2 = conj 2; her PRON dative 5 = iobj 5; money NOUN dobj 5 = obj 5"
    ),
    "dative with 'to'": (
        "He PRON nsubj 2 = nsubj 2; gave VERB ROOT 0 = ROOT 0; it PRON dobj 2 = obj 2; to ADP dative 2 = case 5; "
        "her PRON pobj 4 = obl 2"
    ),
    "possessor, relative clause, particle": (
        "Oslo PROPN poss 3 = nmod:poss 3; 's PART case 1 = case 1; plan NOUN nsubj 6 = nsubj 6; "
        "that PRON nsubj 5 = nsubj 5; failed VERB relcl 3 = acl:relcl 3; broke VERB ROOT 0 = ROOT 0; "
        "up ADP prt 6 = compound:prt 6"
    ),
    "infinitive": (
        "They PRON nsubj 2 = nsubj 2; refused VERB ROOT 0 = ROOT 0; to PART aux 4 = mark 4; pay VERB xcomp 2 = xcomp 2"
    ),
    "clause below a preposition": (
        "He PRON nsubj 2 = nsubj 2; left VERB ROOT 0 = ROOT 0; without ADP prep 2 = mark 4; "
        "saying VERB pcomp 3 = advcl 2; why SCONJ ccomp 4 = ccomp 4"
    ),
    "prepositions of two words": (
        "It PRON nsubj 2 = nsubj 2; fell VERB ROOT 0 = ROOT 0; according VERB prep 2 = case 5; "
        "to ADP prep 3 = fixed 3; him PRON pobj 4 = obl 2; because SCONJ prep 2 = case 8; of ADP pcomp 6 = fixed 6; "
        "fog NOUN pobj 7 = obl 2"
    ),
    "a preposition below another": (
        "He PRON nsubj 2 = nsubj 2; came VERB ROOT 0 = ROOT 0; from ADP prep 2 = case 5; behind ADP prep 3 = case 5; "
        "it PRON pobj 4 = obl 2"
    ),
    "coordinated prepositions": (
        "He PRON nsubj 2 = nsubj 2; spoke VERB ROOT 0 = ROOT 0; in ADP prep 2 = case 4; Oslo PROPN pobj 3 = obl 2; "
        "and CCONJ cc 3 = cc 7; in ADP conj 3 = case 7; Rome PROPN pobj 6 = conj 4"
    ),
    "coordination of three, an opening conjunction": (
        "But CCONJ cc 7 = cc 7; A PROPN nsubj 7 = nsubj 7; , PUNCT punct 2 = punct 2; B PROPN conj 2 = conj 2; "
        "and CCONJ cc 4 = cc 6; C PROPN conj 4 = conj 2; left VERB ROOT 0 = ROOT 0; and CCONJ cc 7 = cc 9; "
        "wept VERB conj 7 = conj 7"
    ),
    "a person's name with title": (
        "Minister PROPN compound 4 = nmod:desc 2; Ingrid PROPN* compound 4 = nsubj 5; Maria PROPN* compound 4 = flat 2"
        "; Solvang PROPN* nsubj 5 = flat 2; left VERB ROOT 0 = ROOT 0"
    ),
    "an organisation's name": (
        "Trade PROPN compound 2 = compound 2; Council PROPN nsubj 3 = nsubj 3; met VERB ROOT 0 = ROOT 0"
    ),
    "measures": (
        "He PRON nsubj 2 = nsubj 5; is AUX ROOT 0 = cop 5; 9 NUM nummod 4 = nummod 4; "
        "years NOUN npadvmod 5 = obl:unmarked 5; old ADJ acomp 2 = ROOT 0"
    ),
    "a stranded preposition": (
        "Men NOUN ROOT 0 = ROOT 0; I PRON nsubj 3 = nsubj 3; spoke VERB relcl 1 = acl:relcl 1; with ADP prep 3 = obl 3"
    ),
    "a fragment": "In ADP ROOT 0 = case 2; Oslo PROPN pobj 1 = ROOT 0",
}  # fmt: skip


@pytest.mark.parametrize("name", SENTENCES)
def test_sentence(name: str) -> None:
    rows = [[cell.split() for cell in token.split(" = ")] for token in SENTENCES[name].split("; ")]
    heads = [int(head) - 1 if head != "0" else i for i, ((_, _, _, head), _) in enumerate(rows)]
    tree = Tree(
        words=[before[0].lower() for before, _ in rows],
        pos=[before[1].rstrip("*") for before, _ in rows],
        heads=heads,
        deps=[before[2] for before, _ in rows],
        people=[int(before[1].endswith("*")) for before, _ in rows],
    )
    to_universal(tree)
    found = [
        (dep, 0 if head == i else head + 1) for i, (dep, head) in enumerate(zip(tree.deps, tree.heads, strict=True))
    ]
    assert found == [(dep, int(head)) for _, (dep, head) in rows]


@pytest.mark.parametrize("seed", range(200))
def test_whatever_the_parser_draws_stays_a_tree_and_is_universal(seed: int) -> None:
    rng = random.Random(seed)
    size = rng.randint(1, 14)
    order = rng.sample(range(size), size)
    heads = [0] * size
    for n, i in enumerate(order):
        heads[i] = order[rng.randrange(n)] if n else i
    likely = ["prep", "pobj", "pcomp", "conj", "cc", "attr", "ccomp", "compound", "agent", "dative"]
    tree = Tree(
        words=[rng.choice(["is", "of", "because", "there", "and", "to", "word"]) for _ in range(size)],
        pos=[rng.choice(["VERB", "AUX", "NOUN", "ADP", "PROPN", "CCONJ"]) for _ in range(size)],
        heads=heads,
        deps=["ROOT" if h == i else rng.choice([*likely, *sorted(RELATIONS)]) for i, h in enumerate(heads)],
        people=[rng.choice([0, 0, 1, 2]) for _ in range(size)],
    )
    to_universal(tree)
    roots = [i for i, head in enumerate(tree.heads) if head == i]
    assert len(roots) == 1
    assert tree.deps[roots[0]] == "ROOT"
    assert len(tree.bottom_up()) == size  # every token is reached from the root
    assert {dep.split(":")[0].lower() for dep in tree.deps} <= UNIVERSAL
