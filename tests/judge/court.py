"""Judgements on the sample evidence, for tests: `judge("same", ...)` with an author and a time of one's own."""

from __future__ import annotations

from samples import sample_evidence, span

from kg.judge import (
    ClaimQuote,
    Decision,
    Entry,
    Hide,
    MentionQuote,
    Pair,
    Relation,
    Speaker,
    Words,
    Wrong,
    quote_claim,
    quote_mention,
    quote_words,
)
from kg.judge.records import Field
from kg.model import Article, Mention

EVIDENCE = sample_evidence()
TALKS, REPLY, UNDATED = (record.article for record in EVIDENCE)


def at(article: Article, marked: str) -> MentionQuote:
    """A mention of a sample article, marked in a quotation as for `samples.span`."""
    found = span(article, marked)
    return quote_mention(article, Mention(found.start, found.end, found.text, "name"))


def claim(article: Article, id: str) -> ClaimQuote:
    record = next(record for record in EVIDENCE if record.article == article)
    return quote_claim(article, next(c for c in record.claims if c.id == id))


def entry(decision: Decision, minute: int = 0, author: str = "Ann", reason: str = "") -> Entry:
    return Entry(decision, author, f"2025-04-01T10:{minute:02}:00+00:00", reason)


def pair(relation: Relation, one: MentionQuote, other: MentionQuote, minute: int = 0, author: str = "Ann") -> Entry:
    return entry(Pair(relation, one, other), minute, author)


def wrong(article: Article, id: str, field: Field, value: str | None, *more: str, minute: int = 0) -> Entry:
    """A correction; for spans, values are marked quotations, None for no span."""
    right: str | tuple[Words, ...]
    if field in ("source", "cue", "content"):
        right = tuple(quote_words(article, span(article, v)) for v in (value, *more) if v is not None)
    else:
        assert value is not None
        right = value
    return entry(Wrong(claim(article, id), field, right), minute)


def hide(article: Article, id: str, minute: int = 0, author: str = "Ann") -> Entry:
    return entry(Hide(claim(article, id)), minute, author)


def speaker(article: Article, id: str, *who: MentionQuote, minute: int = 0, author: str = "Ann") -> Entry:
    return entry(Speaker(claim(article, id), who), minute, author)


FERREIRA = at(REPLY, "and [Tomás Ferreira] asked")
FERREIRA_TALKS = at(TALKS, "president, [Tomas Ferreira], denied")
INGRID = at(TALKS, "Minister [Ingrid Solvang] said")
INGRID_REPLY = at(REPLY, "[Ingrid Solvang] assured")
PETTER = at(UNDATED, "said [Petter Solvang],")
SOLVANG = at(TALKS, ",” [Solvang] said")
REUTERS = at(TALKS, "[Reuters] reported")
