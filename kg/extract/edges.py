"""Contents that reach too far, or stand elsewhere: what the words around a cue tell against the reader model.

The occasion of an utterance ("in a statement on Thursday") is no part of a content without a verb, nor is what came
before a request ("after hackers struck") part of what is requested. Whom the words are said to is no content either,
when these stand before the source: "Nobody was left, she told the families".
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from kg.extract.lexicon import Cue
from kg.extract.words import has_letters

OCCASIONS = frozenset(
    """
    address article briefing column conference email filing hearing interview interviews letter memo message note
    op-ed post release remarks sermon speech statement statements telegram testimony tweet
    """.split()
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_OPENING = frozenset({"WDT", "WP", "WRB"})
_HELD = frozenset({"in", "during", "at"})
_BEFORE_NOUN = frozenset({"DET", "PRON", "ADJ", "NOUN", "PROPN", "NUM", "PART"})
_LONGEST_OCCASION = 14  # tokens from its preposition to the end of the content
_REACH = 6  # tokens from the preposition to the noun
_NOT_CLAUSES = frozenset({"ADP", "SCONJ", "CCONJ"})


def cut_content(cue: Span, content: Span) -> Span:
    """The content without the occasion, or the clause of what went before, at its end. Never empty."""
    if content.start < cue.end:
        return content
    end = _occasion(content) or _past(content) or _next_deed(content)
    if end is None:
        return content
    while end > content.start and not has_letters(content.doc[end - 1].text):
        end -= 1
    return content.doc[content.start : end] if end > content.start else content


def _occasion(content: Span) -> int | None:
    """Where "in a statement …" begins in a content without a verb."""
    if any(t.pos_ == "VERB" for t in content):
        return None
    doc = content.doc
    for i in range(max(content.start + 1, content.end - _LONGEST_OCCASION), content.end):
        if doc[i].lower_ not in _HELD:
            continue
        for noun in range(i + 1, min(i + _REACH, content.end)):
            if doc[noun].lower_ in OCCASIONS:
                return i
            if doc[noun].pos_ not in _BEFORE_NOUN:
                break
    return None


def _past(content: Span) -> int | None:
    """Where "after" opens a clause in the past behind an infinitive: a request looks ahead."""
    doc = content.doc
    if not _is_infinitive(content):
        return None
    for token in content[2:]:
        if token.tag_ in _FINITE:
            return None  # a clause of its own comes first
        if token.lower_ == "after" and token.nbor(-1).lower_ not in ("until", "till", "even"):
            behind = [t for t in doc[token.i + 1 : content.end] if t.pos_ in ("VERB", "AUX")]
            return token.i if behind and behind[0].tag_ in ("VBD", "VBN") else None
    return None


def _next_deed(content: Span) -> int | None:
    """Where behind an infinitive the next deed of who speaks is told: "vowed | to repeat it | and left"."""
    if not _is_infinitive(content):
        return None
    for token in content[2:]:
        if token.tag_ in _FINITE or token.tag_ in _OPENING:
            return None  # a clause of its own comes first
        following = [t for t in token.doc[token.i + 1 : min(token.i + 3, content.end)] if t.pos_ != "ADV"]
        if token.lower_ in ("and", "but") and following and following[0].tag_ in ("VBD", "VBZ"):
            return token.i
    return None


def _is_infinitive(content: Span) -> bool:
    first = next((t for t in content if t.is_alpha and t.lower_ != "not"), None)
    return first is not None and first.lower_ == "to" and first.i + 1 < content.end and first.nbor().tag_ == "VB"


def without_addressee(cue: Span, row: Cue | None, contents: Sequence[Span]) -> tuple[Span, ...]:
    """The contents without whom the words are said to: "{Nobody was left}, she promised {the families}"."""
    last = contents[-1]
    told = row is not None and row.frame == "addressee" and len(contents) > 1
    if not told or contents[0].end > cue.start or last.start != cue.end or any(map(_is_verb, last)):
        return tuple(contents)
    return tuple(contents[:-1])


def content_before(source: Span | None, cue: Span, row: Cue | None, contents: Sequence[Span]) -> Span | None:
    """The clause before the source, where the only content is no clause but whom it was said to.

    "Nobody would be left behind, the mayor promised the families": after such cues a noun alone is the addressee.
    """
    if row is None or row.frame != "addressee" or source is None or len(contents) != 1:
        return None
    content, doc = contents[0], cue.doc
    if source.end > cue.start or content.start < cue.end or any(_is_verb(t) for t in content):
        return None
    start = cue.sent.start
    before = [t for t in doc[start : source.start] if not t.is_space]
    if len(before) < 4 or before[-1].text != "," or before[0].pos_ in _NOT_CLAUSES or before[0].tag_ in ("VBG", "VBN"):
        return None
    subject = any(t.dep_.startswith(("nsubj", "expl")) for t in before)
    return doc[start : before[-1].i] if subject and any(t.tag_ in _FINITE for t in before) else None


def _is_verb(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")
