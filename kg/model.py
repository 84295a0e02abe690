"""The records that flow from stage to stage. All are frozen; all offsets are Unicode code points of `Article.body`.

Vocabulary, used with these meanings everywhere:

mention   a span that names or stands for an entity
source    the span that says whose claim it is ("Secretary Hegseth")
cue       the span that says it is a claim, and of what kind ("said that", "according to")
content   the spans of what is claimed
speaker   the entity the source refers to
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, Literal

EntityType = Literal["Person", "Organisation", "Country", "Place"]
MentionKind = Literal["name", "demonym", "metonym", "title", "nominal", "pronoun"]
ClaimKind = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "statement", "denial", "question", "request", "promise", "warning",
    "accusation", "praise", "belief", "intention", "feeling",
]  # fmt: skip
Polarity = Literal["positive", "negative"]
Modality = Literal["asserted", "possible", "necessary", "intended", "conditional", "asked"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (exclusive) of an article's body, and what stands there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read. `path` is relative to the PATH argument it was found under, with forward slashes.

    `published` is an ISO 8601 date or date-time as text, `language` a BCP 47 tag; unknown metadata is None.
    """

    path: str
    body: str = field(repr=False)
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None

    @property
    def key(self) -> str:
        """What makes it the same article in another version: its URL, else its path."""
        return self.url or self.path

    @property
    def id(self) -> str:
        """Sixteen hexadecimal digits made from the key; part of IRIs."""
        return hashlib.sha256(self.key.encode()).hexdigest()[:16]

    @property
    def text_sha256(self) -> str:
        """Hexadecimal SHA-256 of the body in UTF-8."""
        return hashlib.sha256(self.body.encode()).hexdigest()

    @property
    def version(self) -> str:
        """Hexadecimal SHA-256 of body and metadata: equal exactly when nothing about the article changed."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True, ensure_ascii=True).encode()).hexdigest()

    def span(self, start: int, end: int) -> Span:
        """The span of these offsets, with its text."""
        return Span(start, end, self.body[start:end])


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A span that refers to an entity, and how it does so."""

    start: int
    end: int
    text: str
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class Office:
    """An office held by a person. `of` is the id of the organisation or country within the same article.

    `start` and `end` are ISO 8601 dates where the text gives them. `evidence` is where the text says so.
    """

    title: str
    of: str | None
    evidence: Span
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity of one article: all its mentions there, in order. `id` ("e1") is unique within the article."""

    id: str
    type: EntityType
    name: str
    mentions: tuple[Mention, ...]
    iso: str | None = None
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """An entity of one article, seen from outside: the article's key and the entity's id there."""

    article: str
    entity: str


@dataclass(frozen=True, slots=True)
class When:
    """A time expression and the ISO 8601 date ("2025-02-12") or interval ("2025-01-01/2025-01-31") it stands for.

    The words have no preposition. `value` is None where the text leaves the days open ("recently").
    """

    span: Span
    value: str | None

    @property
    def text(self) -> str:
        """The words of the expression."""
        return self.span.text


@dataclass(frozen=True, slots=True)
class Argument:
    """Subject or object of a proposition: its words, and the id of the one entity they stand for, if they do.

    `span` is None where only the entity is known: the addressee of "Stay away!" is its subject. One of both is given.
    """

    span: Span | None
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Proposition:
    """One clause of a content: who does (or is) what to whom (or what). `predicate` is the verb alone.

    `subject` is None where the text names none, `object` where the verb has none.
    """

    subject: Argument | None
    predicate: Span
    object: Argument | None
    negated: bool

    @property
    def span(self) -> tuple[int, int]:
        """The characters from its first word to its last, whatever stands between."""
        spans = [self.predicate, *(a.span for a in (self.subject, self.object) if a is not None and a.span)]
        return min(s.start for s in spans), max(s.end for s in spans)


@dataclass(frozen=True, slots=True)
class Claim:
    """One attribution: someone's words or thought as the article reports it. One claim per cue.

    Ids in `speakers`, `about`, `addressees`, `reported_by` and `place` are entities of the same article; `within` is
    the claim whose content this one stands in; `unnamed` are ids of `Evidence.unnamed` whose claim it is, where nobody
    is named; `addressee` and `place_span` are the words for whom and where. `passage`
    runs from the start of the first sentence that source, cue
    or content touch to the end of the last one: the sentence to show for it.
    """

    id: str
    kind: ClaimKind
    content: tuple[Span, ...]
    passage: Span
    source: Span | None = None
    speakers: tuple[str, ...] = ()
    cue: Span | None = None
    act: Act = "statement"
    polarity: Polarity = "positive"
    modality: Modality = "asserted"
    about: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    addressee: Span | None = None
    reported_by: str | None = None
    within: str | None = None
    said_on: When | None = None
    place: str | None = None
    place_span: Span | None = None
    propositions: tuple[Proposition, ...] = ()
    confidence: float = 1.0
    unnamed: tuple[str, ...] = ()

    @property
    def addressee_text(self) -> str | None:
        """The words for whom it is addressed to."""
        return self.addressee.text if self.addressee else None


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was found in one article version: the immutable unit of the evidence layer.

    `unnamed` are people whom the article calls by an office alone ("Bulgaria's energy minister"): no entities that it
    knows, but other articles may tell who they are. Their ids begin with "u".
    """

    article: Article
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    unnamed: tuple[Entity, ...] = ()

    @property
    def everyone(self) -> tuple[Entity, ...]:
        """The entities, and then the unnamed people."""
        return self.entities + self.unnamed

    def entity(self, id: str) -> Entity:
        """The entity, or unnamed person, of this id; KeyError when there is none."""
        for entity in self.everyone:
            if entity.id == id:
                return entity
        raise KeyError(id)

    def about_mentions(self, claim: Claim, entity_id: str) -> tuple[Mention, ...]:
        """The mentions of an entity that stand inside a claim's content."""
        return tuple(
            m
            for m in self.entity(entity_id).mentions
            if any(s.start <= m.start and m.end <= s.end for s in claim.content)
        )


def evidence_to_dict(evidence: Evidence) -> dict[str, Any]:
    """Plain data of an evidence record, for storing: `evidence_from_dict` gives the equal record back."""
    data: dict[str, Any] = _plain(evidence)
    return data


def _plain(value: Any) -> Any:
    """Records as dictionaries, through and through: `asdict` without its copies of what nobody can change."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    names = _field_names(type(value))  # type: ignore[arg-type]  # mypy doubts that classes have a hash
    return {name: _plain(getattr(value, name)) for name in names} if names else value


@cache
def _field_names(type_: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(type_)) if is_dataclass(type_) else ()


def evidence_from_dict(data: Mapping[str, Any]) -> Evidence:
    """The record that `evidence_to_dict` (or its JSON) was made from. KeyError or TypeError on foreign data."""
    return Evidence(
        article=Article(**data["article"]),
        entities=tuple(_entity(e) for e in data["entities"]),
        claims=tuple(_claim(c) for c in data["claims"]),
        unnamed=tuple(_entity(e) for e in data.get("unnamed", ())),
    )


def _entity(data: Mapping[str, Any]) -> Entity:
    offices = tuple(Office(**{**o, "evidence": Span(**o["evidence"])}) for o in data["offices"])
    return Entity(**{**data, "mentions": tuple(Mention(**m) for m in data["mentions"]), "offices": offices})


def _claim(data: Mapping[str, Any]) -> Claim:
    return Claim(
        **{
            **data,
            **{name: tuple(data.get(name, ())) for name in ("speakers", "unnamed", "about", "addressees")},
            **{name: _span(data[name]) for name in ("source", "cue", "addressee", "place_span")},
            "content": tuple(Span(**s) for s in data["content"]),
            "passage": Span(**data["passage"]),
            "said_on": When(Span(**said_on["span"]), said_on["value"]) if (said_on := data["said_on"]) else None,
            "propositions": tuple(_proposition(p) for p in data["propositions"]),
        }
    )


def _proposition(data: Mapping[str, Any]) -> Proposition:
    arguments = {name: _argument(data[name]) for name in ("subject", "object")}
    return Proposition(**{**data, **arguments, "predicate": Span(**data["predicate"])})


def _argument(data: Mapping[str, Any] | None) -> Argument | None:
    return Argument(_span(data["span"]), data["entity"]) if data else None


def _span(data: Mapping[str, Any] | None) -> Span | None:
    return Span(**data) if data else None
