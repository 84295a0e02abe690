"""The verbs and nouns that make a claim inside another one's content, and how their contents stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from spacy.tokens import Token

from kg.annotate.tables import cell, read_table
from kg.extract.lexicon import forms_of, lemmas_of

_NOUNS = frozenset(
    """
    accusation admission allegation announcement argument assertion assurance boast charge claim complaint concession
    conclusion confession contention declaration denial finding forecast hint insinuation insistence pledge prediction
    promise remark report statement suggestion testimony threat vow warning
    """.split()
)


@dataclass(frozen=True, slots=True)
class Speech:
    """A row of the table. `attitude`: it is a claim only when somebody else than the speaker holds it."""

    kind: Literal["speech", "attitude"]
    frames: frozenset[str]


@cache
def verbs() -> Mapping[str, Speech]:
    """The table by lemma."""
    return {
        row["verb"]: Speech(cast(Literal["speech", "attitude"], row["kind"]), frozenset(cell(row, "frames")))
        for row in read_table("speech.tsv", "extract")
    }


@cache
def _by_form() -> Mapping[str, Speech]:
    """The table by every form of its verbs; a form of two verbs is the first one's."""
    found: dict[str, Speech] = {}
    for verb, row in verbs().items():
        for form in sorted(forms_of(frozenset({verb}))):
            found.setdefault(form, row)
    return found


def speech_of(verb: Token) -> Speech | None:
    """What a verb's row says; it is looked up by form, too, since the tagger's lemma may be wrong."""
    return verbs().get(verb.lemma_.lower()) or _by_form().get(verb.lower_)


def is_speech_noun(noun: Token) -> bool:
    """Whether a noun can carry a claim as its clause: "the claim that"."""
    return noun.pos_ == "NOUN" and (noun.lemma_ in _NOUNS or not _NOUNS.isdisjoint(lemmas_of(noun.lower_)))
