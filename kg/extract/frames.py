"""Who passed a claim on: "as reported by X", "as X reported"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from kg.extract.clauses import is_form_of, noun_phrase

_PASSING_ON = frozenset(
    """
    report quote cite carry publish broadcast relay air write obtain see review print reprint reveal
    """.split()
)


def reporters(doc: Doc) -> list[tuple[Span, Span]]:
    """(phrase, reporter) of each "as reported by X", "first published by X", "as X reported", in order.

    The phrase runs from "as", where there is one, to the end of the reporter or its verb.
    """
    found = []
    for token in doc:
        if token.pos_ == "VERB" and is_form_of(token, _PASSING_ON):
            pair = _by(token) if token.tag_ == "VBN" else None
            pair = pair or _as(token)
            if pair is not None:
                found.append(pair)
    return found


def _by(verb: Token) -> tuple[Span, Span] | None:
    """ "… reported by X": the agent, by position rather than by the parse."""
    doc = verb.doc
    by = next((t for t in doc[verb.i + 1 : verb.i + 3] if t.lower_ == "by"), None)
    if by is None or by.i + 1 >= len(doc):
        return None
    head = by.head if by.dep_ == "case" and by.head.i > by.i else _next_noun(doc, by.i + 1)
    if head is None:
        return None
    phrase = noun_phrase(head)
    reporter = doc[max(phrase.start, by.i + 1) : phrase.end]
    start = verb.i
    while start and doc[start - 1].lower_ in ("as", "first", "earlier", "also"):
        start -= 1
    return (doc[start : reporter.end], reporter) if len(reporter) else None


def _as(verb: Token) -> tuple[Span, Span] | None:
    """ "as X reported": X between the two words."""
    doc = verb.doc
    at = next((i for i in range(verb.i - 1, max(verb.i - 10, -1), -1) if doc[i].lower_ == "as"), None)
    if at is None or at + 1 >= verb.i or (at and doc[at - 1].text not in (",", "(", "–", "—")):
        return None
    reporter = doc[at + 1 : verb.i]
    while len(reporter) > 1 and reporter[-1].pos_ in ("ADV", "AUX"):
        reporter = reporter[:-1]
    plain = all(t.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "ADP", "PART") for t in reporter)
    return (doc[at : verb.i + 1], reporter) if plain and reporter[-1].pos_ in ("NOUN", "PROPN") else None


def _next_noun(doc: Doc, at: int) -> Token | None:
    """The last of the run of nouns that begins within two tokens."""
    last = None
    for token in doc[at : at + 8]:
        if token.pos_ in ("NOUN", "PROPN"):
            last = token
        elif last is not None or token.pos_ not in ("DET", "ADJ"):
            break
    return last


def cut_reports(contents: Sequence[Span], phrases: Sequence[Span]) -> tuple[Span, ...]:
    """Contents without an "as reported by X" at their ends, and the comma before it."""
    return tuple(_cut(content, phrases) for content in contents)


def _cut(content: Span, phrases: Sequence[Span]) -> Span:
    doc = content.doc
    for phrase in phrases:
        if content.start < phrase.start < content.end <= phrase.end or content.end == phrase.end > content.start:
            end = phrase.start
            while end > content.start and doc[end - 1].text in (",", "(", "–", "—"):
                end -= 1
            if end > content.start:
                return doc[content.start : end]
    return content
