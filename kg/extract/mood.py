"""How a claim is made: its act, its polarity and its modality, from the cue and the content together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span

from kg.extract.acts import content_act, cue_act
from kg.extract.contentclause import Own, clause_of
from kg.extract.lexicon import Cue
from kg.extract.modality import modality_of, polarity_of
from kg.model import Act, Modality, Polarity


@dataclass(frozen=True, slots=True)
class Mood:
    """What the speaker does with the content, whether it is denied, and how it is meant."""

    act: Act
    polarity: Polarity
    modality: Modality


def mood_of(
    cue: Span | None, row: Cue | None, source: Span | None, contents: Sequence[Span], own: Own, direct: bool
) -> Mood:
    """The mood of a claim.

    `row` is the cue's row in the lexicon; `own` tells which subjects within the content are the speaker, or somebody
    the speaker speaks for; `direct` whether the content is a quotation.
    """
    clause = clause_of(contents, own)
    named = cue_act(cue, row, clause, direct)
    modality = modality_of(clause, named or "statement", row, own, direct)
    act = named or content_act(clause, modality, own, direct)
    return Mood(act, polarity_of(clause, cue, source, contents), modality)
