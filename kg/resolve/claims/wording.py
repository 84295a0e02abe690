"""What the words around a clause make of it: negated, doubted, supposed, told by others, wished, still to come."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.resolve.claims.words import NEGATIONS, words

_NOT = r"\b(?:not|never|\w+n[’']t)\b"
_END = r"[\s,:\"“‘']*$"
_FALSE = r"(?:untrue|false|wrong|lies?|nonsense|ridiculous|absurd|ludicrous|not (?:\w+ )?(?:true|accurate|correct))"

_SENTENCE = r"[;:!?…]|[.](?=\D|$)"
_BORDER = (
    r"[—()]|,(?=\D|$)|\s[–-]\s|\b(?:and|but|or|because|while|though|although|that|whether|if|when|who|which|"
    r"where|before|after|since|unless|until)\b"
)
SENTENCE, BORDER = re.compile(_SENTENCE), re.compile(_BORDER, re.IGNORECASE)
PIECE = re.compile(f"{_SENTENCE}|{_BORDER}", re.IGNORECASE)
"""What parts sentences, clauses within one, and both."""

FINITE = re.compile(
    r"\b(?:is|are|was|were|be|has|have|had|do|does|did|will|would|shall|can|could|may|might|must|should|\w+n[’']t)\b|"
    r"[’'](?:s|re|ve|ll|d|m)\b",
    re.IGNORECASE,
)
"""A word of most clauses that assert something."""
WISHED = re.compile(r"\b(?:should|ought|must|may|might|could)\b", re.IGNORECASE)
DEED = re.compile(r"(?:^|\bof |^to )(?:having (\w+)|(\w{3,}ing))\b", re.IGNORECASE)
"""What is denied or blamed: "having promised", "of hiding"; the group is the verb."""
ADVERB = re.compile(r"\w{4,}ly$")
CLITIC = re.compile(r"[’'](?:s|re|ve|ll|d|m|t)\b", re.IGNORECASE)
BUT_NOT = re.compile(r",? (?:and|but|or)?,? ?\b(?:not|never)\b.*", re.IGNORECASE | re.DOTALL)
"""What is added to an object, negated: "a forgery, and not a good one"."""
LIMITING = re.compile(r"[\s”\"’]*(?:that|who|which|whose|whom)\b", re.IGNORECASE)
"""How a relative clause begins."""

_FUTURE = re.compile(r"\b(?:will|would(?! like)|shall|going to|won[’']t|wouldn[’']t)\b|[’']ll\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:had|has|have|having|was|were|did)\b", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|unless)\b", re.IGNORECASE)
_WOULD = re.compile(r"\b(?:would|could|might)\b|[’']d\b", re.IGNORECASE)
_SUPPOSED = re.compile(rf"\b(?:if|unless|whether|in case|lest|as though|suppose|supposing)\b{_END}", re.IGNORECASE)
_WHETHER_TO = re.compile(r"\bwhether to(?: \w+ly)?\s*$", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:that|who|which)\b", re.IGNORECASE)
_BESIDE = re.compile(rf"\b(?:before|after|since|when|until|while|because|who|which)\b{_END}", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:they|he|she|you|people|some|critics|opponents|everybody|everyone|who|\w+s) (?:have |has |had |will )?"
    r"(?:tell|tells|told|say|says|said|claim|claims|claimed|insist|insists|insisted|think|thinks|believe|believes)\b"
    rf"(?: (?:us|me|you|people))?(?: that)?(?: there)?{_END}",
    re.IGNORECASE,
)
_DOUBTED = re.compile(
    rf"(?:{_NOT} (?:\w+ )?(?:think|believe|expect|suppose)|"
    r"\b(?:not true|not the case|untrue|false|wrong|no evidence|no proof))(?: that)?\s*$",
    re.IGNORECASE,
)
_NOTION = re.compile(
    r"\b(?:idea|notion|claims?|suggestions?|allegations?|charges?|assertions?|accusations?|reports?|rumou?rs?) "
    r"that\s*$",
    re.IGNORECASE,
)
_REFUTED = re.compile(rf"\b(?:is|are|was|were)\b[^,;]{{0,20}}\b{_FALSE}\b", re.IGNORECASE)
_OF_NOTHING = re.compile(
    rf"(?:\b(?:no|none|nobody|nothing)\b|{_NOT})(?: (?!and\b|but\b|because\b)[\w’'-]+){{1,5}}"
    r"(?: (?:that|who|which))?\s*$",
    re.IGNORECASE,
)
_NOR = re.compile(rf"(?:\b(?:neither|nor)\b|{_NOT})(?: [\w’'-]+){{0,3}} (?:or|nor)(?: \w+)?\s*$", re.IGNORECASE)
_PASSIVE = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being|get|gets|got)|[’']s|[’']re)(?: not| never|n[’']t)?(?: \w+ly)?\s*$",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(
    r"(?:ed|en|wn|told|sent|made|held|paid|sold|built|found|lost|won|kept|put|cut|hit|met|left|brought|bought|caught|"
    r"taught|said)$",
    re.IGNORECASE,
)
_NO_NEGATION = re.compile(
    r"\bno (?:matter|doubt|sooner|later)\b|\bnot (?:only|just)\b|\b(?:not|never) (?:been )?(?:so|as)\b|"
    r"\b(?:a|says?|said) no\b",
    re.IGNORECASE,
)


def doubted(before: str, after: str) -> bool:
    """Whether the words around a clause say that it is not so: "I don't think …", "the idea that … is absurd"."""
    return bool(_DOUBTED.search(before) or (_NOTION.search(before) and _REFUTED.search(after)))


def not_asserted(before: str, until_verb: str, sentence: str) -> bool:
    """Whether a clause is only supposed, told of others, or hangs on a negation before it.

    `before` is what stands before the clause in its sentence, `until_verb` what stands before its verb.
    """
    supposed = _SUPPOSED.search(before) or _WHETHER_TO.search(until_verb) or _only_would_be(sentence)
    told = _TOLD.search(before) or _TOLD.search(until_verb)
    return bool(supposed or told or _OF_NOTHING.search(before))


def describes(until_verb: str) -> bool:
    """Whether a relative pronoun stands between a subject and its verb: "producers that pay no tax"."""
    return _RELATIVE.search(until_verb) is not None


def _only_would_be(sentence: str) -> bool:
    return bool(_IF.search(sentence) and _WOULD.search(sentence))


def beside(before: str) -> bool:
    """Whether a clause is joined to another one that may be denied without it: "before it was published"."""
    return _BESIDE.search(before) is not None


def shares_negation(until_verb: str) -> bool:
    """Whether the negation of a verb before it holds for this one: "neither sent nor received"."""
    return _NOR.search(until_verb) is not None


def passive(until_verb: str, verb: str) -> bool:
    """Whether a verb tells what was done to its subject."""
    return _PASSIVE.search(until_verb) is not None and _PARTICIPLE.search(verb) is not None


def negated(text: str, tokens: Sequence[str]) -> bool:
    """Whether a text without a parse has an odd number of negations."""
    count = sum(token in NEGATIONS for token in tokens) - len(_NO_NEGATION.findall(text))
    return count % 2 == 1


def ahead(text: str) -> bool:
    """Whether it speaks of what is still to come."""
    return text.startswith("to ") or (_FUTURE.search(text) is not None and _PAST.search(text) is None)


def stretches(text: str, border: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where the pieces of a text between borders start and end."""
    ends = [match.span() for match in border.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    return [(s, e) for s, e in zip(starts, [*(start for start, _ in ends), len(text)], strict=True) if s < e]


def tidy(text: str) -> str:
    """The text in one line, without the marks around it."""
    return " ".join(text.split()).strip(" ,'‘’\"“”")


def one_negation(text: str) -> bool:
    """Whether a text has at most one negation, so that it can be said of all of it."""
    return sum(word in NEGATIONS for word in words(text)) < 2
