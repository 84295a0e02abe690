"""Claims that reject what somebody else has just been reported to say: "That is untrue", "He denied it", "she did not".

What they reject is the claim before them in the article; only with it do they say anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.resolve.claims.statements import Statement

_ASSERTING = frozenset({"statement", "accusation", "belief", "warning"})
_REACH = 2  # claims back
_FAR = 500  # characters between the two
_THING = (
    r"(?:it|this|that|them|these|those|him|her|so|(?:the|these|those|this|that|all|any|such|his|her|its|their|both) "
    r"(?:\w+[’']?s? ){0,2}(?:claims?|allegations?|accusations?|charges?|assertions?|suggestions?|reports?|"
    r"account|version|statements?|remarks?|comments?|criticism|rumou?rs?|theory|speculation|insinuations?))"
)
_FALSE = (
    r"(?:untrue|false|incorrect|wrong|nonsense|absurd|ridiculous|preposterous|baseless|unfounded|groundless|rubbish|"
    r"ludicrous|bogus|inaccurate|fiction|(?:a |an |pure |complete |total |outright )*(?:lies?|fabrications?|"
    r"inventions?|hoax|smear|slander|falsehoods?|nonsense|fiction))"
)
_REJECTION = re.compile(
    rf"^(?:no, )?(?:that )?(?:{_THING}|which)?\s*(?:(?:is|are|was|were|[’']s) |as )?"
    r"[\"“‘']?(?:\w+ly |just |simply |all |so )*[\"“‘']?"
    rf"(?:{_FALSE}|not (?:\w+ly )?(?:true|correct|accurate|the case|what happened|what I said|right))\b"
    r"[\"”’]*(?:[.,;:!?—]|$)",
    re.IGNORECASE,
)
_ALL_OF_IT = re.compile(rf"^{_THING}$", re.IGNORECASE)
_SHORT_NO = re.compile(
    r"^(?:that )?(?:he|she|it|they|i|we|the \w+) (?:did|does|do|had|has|have|was|is|were|are|would|will|could)"
    r"(?: not|n[’']t|never)$",
    re.IGNORECASE,
)


def replies(told: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Claims with those that reject them, in the order of `told`, which must be that of their articles."""
    for n, answer in enumerate(told):
        if not rejects(answer):
            continue
        for back in range(1, _REACH + 1):
            before = told[n - back] if n >= back else None
            if before is None or before.article != answer.article or _distance(before, answer) > _FAR:
                break
            if _may_be_meant(before, answer):
                yield before, answer
                break


def sureness(before: Statement, answer: Statement) -> float:
    """The score, 0 to 1, of a reply: higher where either speaks of the other."""
    return 0.8 if before.about & answer.speakers or answer.about & before.speakers else 0.65


def rejects(told: Statement) -> bool:
    """Whether the claim says no more than that something said before is not so."""
    if told.claim.within is not None or told.claim.modality != "asserted":
        return False
    first = told.claim.content[0].text.strip(" \n\t\"'“”‘’.,;:")
    if told.claim.act == "denial" and told.claim.kind == "indirect":
        return _ALL_OF_IT.match(first) is not None
    return _REJECTION.match(first) is not None or _SHORT_NO.match(first) is not None


def _may_be_meant(before: Statement, answer: Statement) -> bool:
    asserted = before.claim.act in _ASSERTING and before.claim.propositions and not rejects(before)
    return bool(asserted and before.speakers and answer.speakers) and before.speakers.isdisjoint(answer.speakers)


def _distance(before: Statement, answer: Statement) -> int:
    return answer.claim.content[0].start - before.claim.content[-1].end
