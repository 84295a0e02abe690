"""Quotations that the reader model gave to nobody, or to another sentence: who speaks, by the words beside them.

    « Nous sommes fatigués », read a placard outside. Union leader Garrec said: “We are, too.”
    “No,” the guard shouted.

A lone quotation beside which a verb of speech stands has that verb's subject for its source. So has one that was given
to the claim of a later sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from kg.extract.clauses import noun_phrase
from kg.extract.drafts import QUOTED, Draft
from kg.extract.passages import Sentences
from kg.extract.quotes import Quotes
from kg.extract.speech import speech_of

_READING = frozenset({"read", "reads"})
_LABEL = re.compile(r"(?:^|(?<=\n))[^\S\n]*From[^\S\n]+([^:\n]+?)(?:[^\S\n]+writing[^:\n]*)?:\s*$")
_LONGEST_LABEL = 160  # characters
_FARTHEST = 40  # tokens that a phrase reaches from its verb
_REACH = 10  # tokens from a quotation to the verb beside it
_STOPS = frozenset({".", ";", ":", "?", "!"})


def with_speakers_beside(drafts: Sequence[Draft], sentences: Sentences, quotes: Quotes) -> list[Draft]:
    """The drafts, none of them with a quotation of another sentence's, and lone quotations with cue and source."""
    taken = {i for d in drafts for s in d.spans for i in range(s.start, s.end)}
    free = [part for draft in drafts for part in _apart(draft, sentences, quotes, taken)]
    return [_spoken(d, taken) if _is_lone_quotation(d, quotes, sentences) else d for d in free]


def with_labels(drafts: Sequence[Draft], body: str) -> list[Draft]:
    """The drafts, lone quotations below "From Captain Okoye:" with the captain for their source."""
    taken = {i for d in drafts for s in d.spans for i in range(s.start, s.end)}
    return [_from_label(d, body, taken) if d.cue is None and d.source is None else d for d in drafts]


def _from_label(draft: Draft, body: str, taken: set[int]) -> Draft:
    content = draft.contents[0]
    label = _LABEL.search(body, max(content.start_char - _LONGEST_LABEL, 0), content.start_char)
    source = content.doc.char_span(*label.span(1), alignment_mode="contract") if label else None
    if source is None or not taken.isdisjoint(range(source.start, source.end)):
        return draft
    return replace(draft, source=source)


def _apart(draft: Draft, sentences: Sentences, quotes: Quotes, taken: set[int]) -> Iterator[Draft]:
    """A draft, and before it its quotations of earlier sentences that have a speaker beside them."""
    cue = draft.cue
    if cue is None or len(draft.contents) < 2:
        yield draft
        return
    first = min(s.start for s in (draft.source, cue) if s is not None)
    kept = list(draft.contents)
    for content in draft.contents[:-1]:
        if content.end >= first or quotes.covered(content.start_char, content.end_char, sentences.body) < QUOTED:
            break
        following = min(s.start for s in (draft.source, cue, *kept[1:]) if s is not None)
        apart = sentences.at(content.end - 1) != sentences.at(following) or following - content.end > _REACH
        lone = _spoken(Draft(None, None, (content,), draft.confidence), taken)
        if not apart or lone.cue is None or lone.cue.end > following:
            break
        yield lone
        kept.pop(0)
    yield replace(draft, contents=tuple(kept))


def _is_lone_quotation(draft: Draft, quotes: Quotes, sentences: Sentences) -> bool:
    if draft.cue is not None or draft.source is not None or len(draft.contents) != 1:
        return False
    content = draft.contents[0]
    return quotes.covered(content.start_char, content.end_char, sentences.body) >= QUOTED


def _spoken(draft: Draft, taken: set[int]) -> Draft:
    """A lone quotation with the verb of speech that follows it and that verb's subject, where both are free."""
    content = draft.contents[0]
    doc, start = content.doc, content.end
    while start < len(doc) and (doc[start].is_space or doc[start].is_quote or doc[start].text == ","):
        if "\n" in doc[start].text:
            return draft
        start += 1
    for token in doc[start : start + _REACH]:
        if token.i in taken or token.text in _STOPS or "\n" in token.text:
            break
        says = token.pos_ == "VERB" and (speech_of(token) is not None or token.lower_ in _READING)
        subject = _subject(token, start, token.i == start) if says else None
        if subject is not None:
            near = range(token.i - _FARTHEST, token.i + _FARTHEST)
            phrase = noun_phrase(subject, {token.i, *(i for i in near if i in taken)})
            if subject.i > token.i and subject.pos_ == "NOUN":
                phrase = _to_its_end(phrase, taken)
            return replace(draft, source=phrase, cue=doc[token.i : token.i + 1])
    return draft


def _to_its_end(phrase: Span, taken: set[int]) -> Span:
    """A noun phrase with the prepositional phrase behind it: "a placard outside the prefecture"."""
    doc, end = phrase.doc, phrase.end
    if end < len(doc) and doc[end].pos_ == "ADP" and doc[end].lower_ not in ("on", "in", "at", "to", "after", "before"):
        while end < len(doc) and end not in taken and not doc[end].is_punct and not doc[end].is_space:
            end += 1
    return doc[phrase.start : end]


def _subject(verb: Token, start: int, first: bool) -> Token | None:
    """Who speaks: the subject between the quotation and the verb; the noun after a verb that comes first."""
    nouns = [c for c in verb.children if c.pos_ in ("NOUN", "PROPN", "PRON") and c.i >= start]
    if first:
        return next((c for c in nouns if c.i > verb.i and c.dep_.split(":")[0] in ("nsubj", "obj", "dep")), None)
    return next((c for c in nouns if c.i < verb.i and c.dep_.split(":")[0] == "nsubj"), None)
