"""The gold as if it had been found: evidence and resolved claims, to see what grouping does with claims that are right.

Speakers, spans, acts, polarity and credits are the gold's. What the gold does not have is as read: modality and the day
of the utterance in the claim that was found there, if one was; propositions in all claims that share its content.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, cast

from kg.evaluate.storyline.gold import GoldClaim
from kg.evaluate.storyline.result import Result
from kg.judge import ClaimId, sentence
from kg.model import Argument, Article, Claim, Entity, Evidence, Member, Mention, Proposition, Span
from kg.resolve import ResolvedClaim, ResolvedEntity, Synthesis, Tenure


def perfect(result: Result) -> tuple[list[Evidence], Synthesis]:
    """Evidence of every article, and who is who: the ids of entities and claims are the gold's."""
    mentions: defaultdict[tuple[str, str], list[Mention]] = defaultdict(list)
    for m in result.gold.mentions:
        mentions[m.article, m.entity].append(Mention(m.start, m.end, m.text, cast(Any, m.kind)))
    claims: defaultdict[str, list[GoldClaim]] = defaultdict(list)
    for claim in result.gold.claims:
        claims[claim.article].append(claim)
    evidence, resolved = [], []
    members: defaultdict[str, list[Member]] = defaultdict(list)
    for article in result.gold.articles:
        here = {entity: found for (path, entity), found in mentions.items() if path == article.path}
        for entity in here:
            members[entity].append(Member(article.key, entity))
        entities = (
            Entity(id, cast(Any, result.gold.types[id]), result.gold.names[id], tuple(found))
            for id, found in here.items()
        )
        evidence.append(
            Evidence(article, tuple(entities), tuple(_claim(result, article, c) for c in claims[article.path]))
        )
        for claim in claims[article.path]:
            about = {
                entity
                for entity, found in here.items()
                if any(start <= m.start and m.end <= end for m in found for start, end in claim.content)
            }
            resolved.append(
                ResolvedClaim(
                    article.key,
                    claim.id,
                    claim.speakers,
                    tuple(sorted(about)),
                    claim.addressees,
                    claim.reported_by,
                    None,
                )
            )
    offices: defaultdict[str, list[Tenure]] = defaultdict(list)
    for held in result.gold.offices:
        offices[held.person].append(Tenure(held.title, held.of, held.start, held.end, ()))
    called: defaultdict[str, set[str]] = defaultdict(set)
    for m in result.gold.mentions:
        if m.kind == "name":
            called[m.entity].add(m.text)
    everybody = tuple(
        ResolvedEntity(
            id,
            cast(Any, result.gold.types[id]),
            name,
            tuple(sorted(called[id] - {name})),
            None,
            tuple(sorted(members[id])),
            tuple(offices[id]),
        )
        for id, name in sorted(result.gold.names.items())
    )
    return evidence, Synthesis(everybody, tuple(resolved))


def _claim(result: Result, article: Article, gold: GoldClaim) -> Claim:
    found = _found(result, gold)
    places = [span for span in (*gold.content, gold.cue, gold.source) if span]
    around = sentence(article.body, min(s for s, _ in places), max(e for _, e in places))
    return Claim(
        id=gold.id,
        kind=cast(Any, gold.kind),
        content=tuple(article.span(*span) for span in gold.content),
        passage=around,
        source=_span(article, gold.source),
        cue=_span(article, gold.cue),
        act=cast(Any, gold.act),
        polarity=cast(Any, gold.polarity),
        modality=found.modality if found else "asserted",
        within=gold.within,
        said_on=found.said_on if found else None,
        propositions=tuple(_propositions(result, gold)),
    )


def _propositions(result: Result, gold: GoldClaim) -> Iterator[Proposition]:
    """What is read of the clauses in its content, with the gold's entities where these were found."""
    record = result.records.get(gold.article)
    if record is None:
        return
    meant: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mention, member in result.mentions.items():
        if member.article == record.article.key:
            meant[member.entity][mention.entity] += 1

    def argument(read: Argument | None) -> Argument | None:
        who = meant.get(read.entity or "") if read else None
        best = min(who, key=lambda id: (-who[id], id)) if who else None
        return Argument(read.span, best) if read and (read.span or best) else None

    for p in sorted({p for c in record.claims for p in c.propositions}, key=lambda p: p.span):
        if any(start <= p.predicate.start < end for start, end in gold.content):
            yield Proposition(argument(p.subject), p.predicate, argument(p.object), p.negated)


def _found(result: Result, gold: GoldClaim) -> Claim | None:
    id = result.claims.get(gold.id)
    if id is None:
        return None
    return next(c for c in result.records[gold.article].claims if ClaimId(id.article, c.id) == id)


def _span(article: Article, span: tuple[int, int] | None) -> Span | None:
    return article.span(*span) if span else None
