"""Claims in sentences of which the reader model makes nothing: "The airline has decided to drop its flights".

There the verbs of speech and thought are read off the syntax tree, as inside the contents of claims. Only what is told
as a fact counts, of a source that is called by a noun or a name: neither "they could deny it" nor "I think so".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from spacy.tokens import Span, Token

from kg.extract.drafts import Draft, tidy
from kg.extract.passages import Sentences
from kg.extract.quotes import Quotes
from kg.extract.saying import parts_of_verb

_SURE = 0.5
_SUPPOSED = frozenset({"can", "could", "may", "might", "must", "ought", "should", "would", "'d", "’d"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never"})
_UNREAL = frozenset({"if", "unless", "whether", "to"})


def with_missed(
    drafts: Sequence[Draft],
    sentences: Sentences,
    quotes: Quotes,
    mended: Callable[[Span], Span | None],
) -> list[Draft]:
    """The drafts, and those that the rest of the words makes. Linear in the text's length.

    A sentence without any draft has one at most; a quotation of nobody gets source and cue. `mended(source)` gives a
    source its whole names.
    """
    doc, found = sentences.doc, list(drafts)
    if not doc.has_annotation("DEP"):
        return found
    orphans = {d.first: n for n, d in enumerate(drafts) if d.source is None and d.cue is None}
    taken = {
        i
        for d in drafts
        if d.source is not None or d.cue is not None
        for span in d.spans
        for i in range(span.start, span.end)
    }
    for number in range(len(sentences.starts)):
        start, end = sentences.span(number)
        told = _told(doc[start:end], quotes, mended)
        for draft in islice(told, 1 if taken.isdisjoint(range(start, end)) else None):
            orphan = orphans.get(draft.contents[0].start)
            if orphan is not None:
                found[orphan] = replace(found[orphan], source=draft.source, cue=draft.cue)
            elif all(taken.isdisjoint(range(s.start, s.end)) for s in draft.spans):
                found.append(draft)
    return found


def _told(sentence: Span, quotes: Quotes, mended: Callable[[Span], Span | None]) -> Iterator[Draft]:
    if sentence.text.rstrip().endswith("?"):
        return
    for token in sentence:
        if token.pos_ != "VERB" or quotes.inside(token.idx) or _is_supposed(token):
            continue
        parts = parts_of_verb(token, sentence, quotes)
        if parts is None or parts[0] is None or not _is_somebody(parts[0]):
            continue
        source, cue, pieces = mended(parts[0]), *parts[1:3]
        contents = tuple(p for p in (tidy(piece, quotes) for piece in pieces if len(piece)) if p is not None)
        if contents and source is not None:
            yield Draft(source, cue, contents, _SURE)


def _is_supposed(verb: Token) -> bool:
    """Whether it is not told as a fact: "could deny", "if they deny", "to deny"; "would not say" is one."""
    words = {c.lower_ for c in verb.children}
    if not words.isdisjoint(_SUPPOSED):
        return "would" not in words or words.isdisjoint(_NEGATIONS)
    return any(c.dep_ == "mark" and c.lower_ in _UNREAL for c in verb.children)


def _is_somebody(source: Span) -> bool:
    return any(t.pos_ in ("NOUN", "PROPN") for t in source) or source.text.lower() in ("he", "she", "they")
