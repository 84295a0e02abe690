"""The outlet through which a claim reached the article, on text read by the shipped weights."""

from __future__ import annotations

import pytest

from kg.extract.outlets import is_outlet
from kg.model import Article, Evidence
from kg.pipeline.extraction import extracted

# A text, and for its claims, in order, the outlet each came through.
CASES = {
    "a document that an outlet obtained": (
        "The letter, first obtained by The Albany Ledger, says the board knew that the wells were bad.",
        ["Albany Ledger"],
    ),
    "the cue tells of the interview": ("“I could never do that,” Ann Lee said in an MSNBC interview.", ["MSNBC"]),
    "an outlet's people are spoken to": ("Ann Lee told CNN’s Jon Dahl that taxes would fall.", ["CNN"]),
    "talk with an outlet's people": (
        "“We do not pay anybody,” Ann Lee said during a discussion on Thursday with CNN editor Jon Dahl.",
        ["CNN"],
    ),
    "the place of an outlet": ("Ann Lee wrote in an op-ed in Iowa’s Cedar Rapids Gazette that taxes would fall.",
                               ["Cedar Rapids Gazette"]),
    "what is said on in the next sentence": (
        "Ann Lee told CNN on Sunday that taxes would fall. She said that nobody would pay more. Jon Dahl said no.",
        ["CNN", "CNN", None],
    ),
    "an appearance in the sentence before": (
        "Ann Lee appeared on CNN on Sunday. She said that nobody would pay more.",
        ["CNN"],
    ),
    "an account given to an outlet": (
        "An article in The Albany Ledger said on Monday that the firm had known it for years.",
        ["Albany Ledger"],
    ),
    "those whom an outlet cites": (
        "Kyodo said, citing unnamed government sources, that Japan plans to raise taxes.",
        ["Kyodo", "Kyodo", "Kyodo"],
    ),
    "a poll is no report": ("A CNN poll found that most voters want lower taxes.", [None]),
    "an outlet that is asked to do something": ("Ann Lee asked CNN to give the money to veterans.", [None]),
    "one who worked there": ("Ann Lee, a former CNN reporter, said that taxes would fall.", [None]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_reported_by(text: str, expected: list[str | None]) -> None:
    (evidence,) = extracted([Article("a.txt", text)])
    assert isinstance(evidence, Evidence)
    names = {e.id: e.name for e in evidence.entities}
    assert [c.reported_by and names[c.reported_by] for c in evidence.claims] == expected


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("RT America", True),
        ("Bloomberg Politics", True),
        ("Reuters.com", True),
        ("Factcheck.org", True),
        ("Acme Politics", False),
        ("America", False),
    ],
)
def test_branches_and_domains_of_outlets(name: str, outlet: bool) -> None:
    assert is_outlet(name) is outlet
