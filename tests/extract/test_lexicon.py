"""Cues and their acts, in context; titles; well-formed tables."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest
import spacy

from kg.annotate.tables import read_table
from kg.extract.lexicon import act_of, coverage, cue_of, cues, lemmas_of, pronoun_gender, title_of, titles
from kg.model import Act

# A cue, what follows it, and the act.
ACTS = [
    ("said", "that it rained", "statement"),
    ("said", "he would go", "statement"),
    ("did not say", "whether", "statement"),
    ("according to", "officials", "statement"),
    ("in the words of", "one aide", "statement"),
    ("issued a statement saying", "", "statement"),
    ("went on to say", "", "statement"),
    (":", "", "statement"),
    ("made it very clear", "", "statement"),
    ("denied", "it", "denial"),
    ("declined to comment", "", "denial"),
    ("pushed back on", "claims", "denial"),
    ("refused", "to go", "denial"),
    ("asked", "whether he knew", "question"),
    ("asked", "reporters to leave", "request"),
    ("asked about", "the war", "question"),
    ("wants", "to know why", "question"),
    ("wondered", "", "question"),
    ("calls for", "restraint", "request"),
    ("called on", "Russia", "request"),
    ("called", "him a liar", "statement"),
    ("urged", "", "request"),
    ("told", "them to leave", "request"),
    ("told", "reporters that", "statement"),
    ("told", "the BBC he wants to leave", "statement"),
    ("promised", "", "promise"),
    ("agreed", "to talks", "promise"),
    ("agreed", "that it was late", "statement"),
    ("offered", "to help", "promise"),
    ("offered", "a summary", "statement"),
    ("vowed", "", "promise"),
    ("warned", "Europe", "warning"),
    ("issued a warning", "", "warning"),
    ("threatened", "to leave", "warning"),
    ("accused", "", "accusation"),
    ("lashed out at", "", "accusation"),
    ("has been critical of", "", "accusation"),
    ("hailed", "", "praise"),
    ("threw his support behind", "", "praise"),
    ("thinks", "", "belief"),
    ("is expected", "to win", "belief"),
    ("expressed doubt", "", "belief"),
    ("felt", "that it was wrong", "belief"),
    ("in the view of", "many", "belief"),
    ("plans", "to go", "intention"),
    ("hopes", "to win", "intention"),
    ("would like", "to", "intention"),
    ("voted against", "", "intention"),
    ("hopes", "that it ends", "feeling"),
    ("expressed concern", "", "feeling"),
    ("was worried", "", "feeling"),
    ("fears", "", "feeling"),
]


def pairs(text: str) -> list[tuple[str, str]]:
    return [(word, "") for word in text.split()]


@pytest.mark.parametrize(("cue", "following", "act"), ACTS, ids=[f"{c} {f}" for c, f, _ in ACTS])
def test_acts(cue: str, following: str, act: Act) -> None:
    assert act_of(pairs(cue), pairs(following)) == act


@pytest.mark.parametrize(
    ("cue", "act"),
    [
        ([("offer", "VERB"), ("thought", "NOUN")], "belief"),
        ([("offer", "NOUN"), ("of", "ADP")], "promise"),
        ([("call", "NOUN")], "request"),
        ([("call", "VERB")], "statement"),
        ([("like", "ADP")], "statement"),
        ([("like", "VERB")], "feeling"),
        ([("mind", "NOUN")], "belief"),
    ],
)
def test_part_of_speech_decides(cue: list[tuple[str, str]], act: Act) -> None:
    assert act_of(cue) == act


def test_a_word_outside_the_table_has_no_act() -> None:
    assert act_of(pairs("gurgitated")) is None
    assert act_of([]) is None


def test_a_span_brings_its_context() -> None:
    doc = spacy.blank("en")("He asked them to leave. He asked whether they knew.")
    assert [act_of(doc[1:2]), act_of(doc[7:8])] == ["request", "question"]


def test_frame_and_negation() -> None:
    told, denied, blamed = (cue_of(pairs(c)) for c in ("told", "denied", "blamed"))
    assert told is not None
    assert denied is not None
    assert blamed is not None
    assert (told.frame, denied.neg, blamed.frame, told.neg) == ("addressee", True, "target", False)


def test_word_forms_lead_to_lemmas() -> None:
    for form, lemma in [
        ("said", "say"),
        ("admitted", "admit"),
        ("denies", "deny"),
        ("lying", "lie"),
        ("vowing", "vow"),
    ]:
        assert lemma in lemmas_of(form)


def test_coverage_counts_what_is_missing() -> None:
    share, missing = coverage([["He", "said"], ["gurgitated"], ["Gurgitated"], ["warned"]])
    print(f"covered {share:.0%}, missing {missing.most_common()}")
    assert (share, missing) == (0.5, Counter({"gurgitated": 2}))


def test_cue_table_is_well_formed() -> None:
    rows = read_table("cues.tsv", "extract")
    assert len(rows) >= 500
    assert {row["act"] for row in rows} == set(get_args(Act))
    assert {row["frame"] for row in rows} <= {"", "addressee", "to", "target"}
    assert {row["pos"] for row in rows} == {"verb", "noun", "adj", "adv", "punct"}
    assert {row["neg"] for row in rows} | {row["light"] for row in rows} == {"", "yes"}
    keys = Counter((row["cue"], row["pos"], row["when"]) for row in rows)
    assert [key for key, count in keys.items() if count > 1] == []
    assert all(row["cue"] == " ".join(row["cue"].split()) and row["cue"] for row in rows)


def test_every_cue_of_the_table_is_found_as_itself_or_longer() -> None:
    for cue in cues():
        assert cue_of([(word, "") for word in cue.words]) is not None, cue


@pytest.mark.parametrize(
    ("text", "kind", "body"),
    [
        ("Secretary of Defense", "office", "state"),
        ("prime minister", "office", "state"),
        ("former Secretary-General", "office", "igo"),
        ("Gov.", "office", "state"),
        ("Sen.", "office", "legislature"),
        ("Lt. Gen.", "office", "military"),
        ("CEO", "office", "company"),
        ("Mr.", "honorific", "any"),
        ("spokeswoman", "office", "any"),
        ("senior official", "role", "any"),
        ("Chief Justice", "office", "court"),
    ],
)
def test_titles(text: str, kind: str, body: str) -> None:
    title = title_of(text)
    assert title is not None
    assert (title.type, title.body) == (kind, body)


def test_title_table_is_well_formed() -> None:
    rows = read_table("titles.tsv", "extract")
    assert len(titles()) == len(rows) >= 400
    assert {t.type for t in titles().values()} == {"office", "honorific", "role"}
    assert title_of("gurgitator") is None


def test_pronouns() -> None:
    assert [pronoun_gender(p) for p in ("He", "hers", "themselves", "it")] == ["m", "f", "u", None]
