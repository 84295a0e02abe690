"""What a judgement names → where that is in the evidence at hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.judge.find import Text
from kg.judge.records import ClaimQuote, Decision, Hide, Identity, MentionQuote, Pair, Speaker, Undo, Words, Wrong
from kg.model import Evidence, Member, Mention, Span

LEAST_ALIKE = 0.5
"""How much of its content a claim shares with the quoted one, as intersection over union, if its cue does not tell."""


class Lost(Exception):
    """What a judgement names is not in the evidence; the text says why, and what to do."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A mention that was found, and the entity of its article that it belongs to."""

    member: Member
    mention: Mention


@dataclass(frozen=True, slots=True, order=True)
class ClaimId:
    """A claim that was found: its article's key and its id there."""

    article: str
    claim: str


@dataclass(frozen=True, slots=True)
class Located:
    """What one judgement names, as found: a claim or none, mentions, and the spans that are right for it."""

    claim: ClaimId | None = None
    mentions: tuple[Place, ...] = ()
    spans: tuple[Span, ...] = ()


class Locator:
    """Finds what judgements name in the evidence of some articles."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        self.records = {record.article.key: record for record in evidence}
        self._texts: dict[str, Text] = {}

    def locate(self, decision: Decision) -> Located:
        """What the decision names. Lost when any of it is not there."""
        match decision:
            case Pair(_, one, other):
                return Located(mentions=(self._mention(one), self._mention(other)))
            case Identity(mention, _):
                return Located(mentions=(self._mention(mention),))
            case Speaker(claim, speakers):
                return Located(self._claim(claim), tuple(map(self._mention, speakers)))
            case Wrong(claim, _, value):
                found = self._claim(claim)
                return Located(found, spans=() if isinstance(value, str) else self._spans(claim, value))
            case Hide(claim):
                return Located(self._claim(claim))
            case Undo():
                return Located()

    def _mention(self, quote: MentionQuote) -> Place:
        record, span = self._record(quote.article), self._find(quote.article, quote.passage, quote.words)
        there = [
            ((m.start, m.end) == (span.start, span.end), _overlap(span, m), m.start - m.end, -number, entity.id, m)
            for number, entity in enumerate(record.everyone)
            for m in entity.mentions
            if _overlap(span, m)
        ]
        if there:
            *_, id, mention = max(there)
            return Place(Member(quote.article, id), mention)
        return self._elsewhere(record, quote)

    def _elsewhere(self, record: Evidence, quote: MentionQuote) -> Place:
        """Another mention with the same words, where these are a name of one entity of the article alone."""
        called = {
            entity.id: min(m for m in entity.mentions if _same_name(m, quote))
            for entity in record.entities
            if any(_same_name(m, quote) for m in entity.mentions)
        }
        if len(called) != 1:
            raise Lost(f"the reader finds no mention at “{quote.words.text}” any more; judge again, or undo it")
        ((id, mention),) = called.items()
        return Place(Member(quote.article, id), mention)

    def _claim(self, quote: ClaimQuote) -> ClaimId:
        record = self._record(quote.article)
        content = self._spans(quote, quote.content)
        cue = self._find(quote.article, quote.passage, quote.cue) if quote.cue else None
        ranked = [(_alike(content, claim.content), -n, claim) for n, claim in enumerate(record.claims)]
        by_cue = [found for found in ranked if cue and found[2].cue and _overlap(cue, found[2].cue)]
        by_content = [found for found in ranked if found[0] >= LEAST_ALIKE]
        best = max(by_cue or by_content, key=lambda found: found[:2], default=None)
        if best is None:
            raise Lost("the reader finds no such claim in the passage any more; judge again, or undo it")
        return ClaimId(quote.article, best[2].id)

    def _spans(self, claim: ClaimQuote, words: Sequence[Words]) -> tuple[Span, ...]:
        return tuple(self._find(claim.article, claim.passage, one) for one in words)

    def _find(self, key: str, passage: str, words: Words) -> Span:
        article = self._record(key).article
        text = self._texts.get(key) or self._texts.setdefault(key, Text(article.body))
        if not text.holds(passage):
            raise Lost(f"the passage is no longer in the article: “{' '.join(passage.split())}”")
        span = text.find(passage, words)
        if span is None:
            raise Lost(f"“{words.text}” is not in the passage it was quoted from")
        return span

    def _record(self, key: str) -> Evidence:
        try:
            return self.records[key]
        except KeyError:
            raise Lost("the article is not in the store") from None


def _overlap(one: Span | Mention, other: Span | Mention) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _same_name(mention: Mention, quote: MentionQuote) -> bool:
    return mention.kind == "name" and mention.text.split() == quote.words.text.split()


def _alike(some: Sequence[Span], others: Sequence[Span]) -> float:
    """Characters in both over characters in either, 0 to 1."""
    one, other = ({c for span in spans for c in range(span.start, span.end)} for spans in (some, others))
    return len(one & other) / len(one | other)
