"""The synthesis as records: who is who across articles, and whose claim each one is. All are frozen and sorted.

Ids of entities ("UA" for a country, else sixteen hexadecimal digits) hold within one synthesis and, made from the
entity's earliest mention, change only when that mention does. Claims keep the id they have in their article.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import EntityType, Evidence, Member, Span
from kg.resolve.claims.records import ClaimGroup, ClaimLink
from kg.resolve.decisions import Decision


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """A passage of an article, by the article's key."""

    article: str
    span: Span


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office held, as one or more articles say. `of` is the id of the organisation or country, None if unknown.

    `start` and `end` are ISO 8601 dates, as exact as the articles are (a day, a month or a year), None where they are
    open or unknown. `over` says that articles call it former: then `end` is the last day it was seen held, if any was.
    `evidence` is where it is said.
    """

    title: str
    of: str | None
    start: str | None
    end: str | None
    evidence: tuple[Quote, ...]
    over: bool = False


@dataclass(frozen=True, slots=True)
class ResolvedEntity:
    """One entity of the world. `alternatives` are its other names, sorted; `members` say who it is in which article.

    `judgements` are the ids of ledger entries that say who belongs to it, or who does not. `same_as` are IRIs that
    authorities have for it, sorted.
    """

    id: str
    type: EntityType
    name: str
    alternatives: tuple[str, ...]
    iso: str | None
    members: tuple[Member, ...]
    offices: tuple[Tenure, ...]
    judgements: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResolvedClaim:
    """Who is in one claim: ids of entities of the synthesis. `article` is the article's key, `id` the claim's there.

    `offices` are those that the speakers held when they said it: ids of speakers, each with the place of the office
    among those of the entity.
    `judgements` are the ids of ledger entries that changed it.
    """

    article: str
    id: str
    speakers: tuple[str, ...]
    about: tuple[str, ...]
    addressees: tuple[str, ...]
    reported_by: str | None
    place: str | None
    judgements: tuple[str, ...] = ()
    offices: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Synthesis:
    """What follows from all evidence: entities sorted by id, claims by article key and then in the article's order.

    `revised` is the evidence of articles that judgements, or other articles, changed, as changed, by key; the entities
    and claims refer to it.
    `doubts` are pairs that may be one entity and were left apart, the likeliest first. `groups` hold every claim once,
    with those that report the same statement; `links` say which groups cannot stand together.
    """

    entities: tuple[ResolvedEntity, ...]
    claims: tuple[ResolvedClaim, ...]
    revised: tuple[Evidence, ...] = ()
    doubts: tuple[Decision, ...] = ()
    groups: tuple[ClaimGroup, ...] = ()
    links: tuple[ClaimLink, ...] = ()

    def by_member(self) -> dict[Member, str]:
        """The id of the entity that each member belongs to."""
        return {member: entity.id for entity in self.entities for member in entity.members}
