"""Judgements as records: what a person decided about the evidence. All are frozen.

What is judged is named by the words of the article, never by offsets, ids or IRIs, so that a judgement outlives new
weights, rebuilds and changes elsewhere in the article: it holds as long as the quoted passage can be found again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Literal, TypeAlias

from kg.judge.sentence import sentence
from kg.model import Article, Claim, Mention, Span

Relation = Literal["same", "different", "unsure"]
Field = Literal["kind", "act", "polarity", "modality", "source", "cue", "content"]
DecisionName = Literal["same", "different", "unsure", "identity", "speaker", "wrong", "hide", "undo"]

_RELATIONS = {"same": "are the same", "different": "are not the same", "unsure": "may be the same or not"}
_LONGEST = 120  # characters of a quotation for showing
CONTEXT = 32
"""Characters of text kept before and after quoted words, to tell them from the same words elsewhere."""


@dataclass(frozen=True, slots=True, order=True)
class Words:
    """Words of an article as they stand there, with up to `CONTEXT` characters before and after them."""

    text: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True, order=True)
class MentionQuote:
    """A mention, named by its words in a quoted passage of an article (given by its key)."""

    article: str
    passage: str
    words: Words


@dataclass(frozen=True, slots=True, order=True)
class ClaimQuote:
    """A claim, named by the words of its cue and of its content in a quoted passage of an article."""

    article: str
    passage: str
    cue: Words | None
    content: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions are of one entity, or of two, or nobody can tell: then they are kept apart."""

    relation: Relation
    one: MentionQuote
    other: MentionQuote


@dataclass(frozen=True, slots=True)
class Identity:
    """Whoever the mention is of, is what this IRI of an authority stands for, such as an item of Wikidata."""

    mention: MentionQuote
    iri: str

    @property
    def authority(self) -> str:
        """What its IRIs have in common: one authority has one IRI for one thing."""
        return self.iri[: max(self.iri.rfind("/"), self.iri.rfind(":"), self.iri.rfind("#")) + 1]


@dataclass(frozen=True, slots=True)
class Speaker:
    """The claim's speakers are the entities of these mentions, in whatever article; none: nobody who is named."""

    claim: ClaimQuote
    speakers: tuple[MentionQuote, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A field of the claim has another value: a word of the field's list, or words of the article for its spans.

    An empty tuple says that there is no such span.
    """

    claim: ClaimQuote
    field: Field
    value: str | tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Hide:
    """The claim is none, or is not to be shown: it stays in the evidence and leaves the synthesis."""

    claim: ClaimQuote


@dataclass(frozen=True, slots=True)
class Undo:
    """The entry of this id counts no more. Undoing an undo puts the entry back in force."""

    entry: str


Decision: TypeAlias = Pair | Identity | Speaker | Wrong | Hide | Undo


@dataclass(frozen=True)
class Entry:
    """One judgement: who decided what, when (ISO 8601 with offset from UTC), and why ("" where no reason was given)."""

    decision: Decision
    author: str
    time: str
    reason: str = ""

    @cached_property
    def id(self) -> str:
        """Sixteen hexadecimal digits made from the entry's content."""
        data = {**asdict(self), "name": self.name}
        return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]

    @property
    def name(self) -> DecisionName:
        """What sort of decision it is, by the name it has in the ledger and on the command line."""
        match self.decision:
            case Pair(relation):
                return relation
            case Identity():
                return "identity"
            case Speaker():
                return "speaker"
            case Wrong():
                return "wrong"
            case Hide():
                return "hide"
            case Undo():
                return "undo"

    @cached_property
    def order(self) -> tuple[datetime, str]:
        """For sorting: by time, then by id, so that the order of lines in a ledger means nothing."""
        return datetime.fromisoformat(self.time).astimezone(UTC), self.id


def quote_words(article: Article, span: Span | Mention) -> Words:
    """The words of a span, with what stands around them."""
    body, start, end = article.body, span.start, span.end
    return Words(body[start:end], body[max(0, start - CONTEXT) : start], body[end : end + CONTEXT])


def quote_mention(article: Article, mention: Mention) -> MentionQuote:
    """Names a mention by the sentence it stands in."""
    return MentionQuote(
        article.key, sentence(article.body, mention.start, mention.end).text, quote_words(article, mention)
    )


def quote_claim(article: Article, claim: Claim) -> ClaimQuote:
    """Names a claim by its passage, cue and content."""
    return ClaimQuote(
        article.key,
        claim.passage.text,
        quote_words(article, claim.cue) if claim.cue else None,
        tuple(quote_words(article, span) for span in claim.content),
    )


def describe(decision: Decision) -> str:
    """The decision as a sentence for people, without a full stop; it can hold any character of a text."""
    match decision:
        case Pair(relation, one, other):
            return f"{_mention(one)} and {_mention(other)} {_RELATIONS[relation]}"
        case Identity(mention, iri):
            return f"{_mention(mention)} is {iri}"
        case Speaker(claim, speakers):
            return f"{_claim(claim)} is said by {' and '.join(map(_mention, speakers)) or 'nobody named'}"
        case Wrong(claim, field, value):
            return f"the {field} of {_claim(claim)} is {value if isinstance(value, str) else _quoted(value)}"
        case Hide(claim):
            return f"{_claim(claim)} is hidden"
        case Undo(entry):
            return f"{entry} is undone"


def _mention(mention: MentionQuote) -> str:
    return f"{_quoted((mention.words,))} ({mention.article})"


def _claim(claim: ClaimQuote) -> str:
    return f"{_quoted(claim.content)} ({claim.article})"


def _quoted(words: tuple[Words, ...]) -> str:
    return quoted(" … ".join(w.text for w in words)) if words else "none"


def quoted(text: str) -> str:
    """Words of an article for showing: on one line, in quotation marks unless they have their own, not too long."""
    line = " ".join(text.split())
    short = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
    return short if line[:1] in '“"' and line[-1:] in '”"' else f"“{short}”"


def plain(entry: Entry) -> dict[str, Any]:
    """The entry as plain data with its id, for writing."""
    decision = asdict(entry.decision)
    decision.pop("relation", None)
    head = {"id": entry.id, "decision": entry.name, "author": entry.author, "time": entry.time, "reason": entry.reason}
    return {**decision, **head}
