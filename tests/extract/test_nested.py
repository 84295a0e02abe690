"""Claims inside contents, on text read by the shipped weights: what is a claim of somebody's, and what is not."""

from __future__ import annotations

import pytest

from kg.model import Article, Evidence
from kg.pipeline.extraction import extracted

TEXTS = {
    "speech inside speech": (
        "Ann Lee said on Monday that the minister had promised that taxes would fall.",
        ["had promised"],
    ),
    "nobody's: an infinitive": ("Ann Lee said that it is fair to say that taxes will rise.", []),
    "nobody's: negated": ("Ann Lee said that it has never been promised that taxes will fall.", []),
    "somebody's, though negated": (
        "Ann Lee said on Monday that the minister had never promised that taxes would fall.",
        ["had never promised"],
    ),
    "opened by that, whatever the tree": (
        "He told them that a man he knew only as Babu had promised him 50,000 taka, the Daily Prothom reported.",
        ["told", "had promised"],
    ),
    "called for something": (
        "Spokesman Jon Dahl said that President Ann Lee has long called for tax fairness.",
        ["has long called for"],
    ),
    "a thing, not words": (
        "Ann Lee said the law allows firms to avoid taxes, to claim losses and to open a mall called The Tower.",
        [],
    ),
    "what a relative clause is about": (
        "The three “loopholes” she cited are in the law on estates, The Hill reported.",
        ["cited"],
    ),
    "a manner of speaking": ("“I have to say yes because nobody would believe it,” said Ann Lee.", []),
    "no verb of its own": ("Ann Lee said that he would be hard-pressed to sway voters in Ohio.", []),
    "a thing that is contested": ("Ann Lee said they have a right to contest every single primary.", []),
    "a reason is no content": ("Ann Lee said she asked for it because she wanted it.", []),
    "what a speaker is convinced of": ("“If he had, I’m convinced he’d be No. 1,” Ann Lee said.", []),
    "what the speaker recalls": ("Ann Lee said she recalled that the firm was kind to her.", []),
    "a country is attacked with arms": ("Ann Lee said that Russia must never attack Ukraine again.", []),
}


@pytest.mark.parametrize(("text", "cues"), TEXTS.values(), ids=TEXTS)
def test_cues_of_inner_claims(text: str, cues: list[str]) -> None:
    (evidence,) = extracted([Article("a.txt", text)])
    assert isinstance(evidence, Evidence)
    inner = [claim for claim in evidence.claims if claim.within is not None]
    assert [claim.cue.text for claim in inner if claim.cue is not None] == cues
