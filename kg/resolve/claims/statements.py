"""Claims with what comparing them needs, each prepared once."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.judge import ClaimId
from kg.model import Article, Claim, Evidence, Mention, Span
from kg.resolve.claims.lexicon import meanings, phrases
from kg.resolve.claims.wires import wires
from kg.resolve.claims.words import runs, stems, words
from kg.resolve.names import fold_organisation
from kg.resolve.records import ResolvedClaim, ResolvedEntity

Days = tuple[date, date]

FRESH = 2
"""Days before publication that a report may be about when it gives no day: a morning paper tells of the day before."""
_THOUGHTS = frozenset({"intention", "belief", "feeling"})
_MEAN = 4.5
_BESIDE_CUE = 40  # characters after it in which an outlet is named that is credited
_BEFORE_CUE = 24  # characters before a cue in which its auxiliary stands
_PERFECT = re.compile(r"\bhad\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim, ready for comparing. `entities` are the ids of the synthesis by those of its article, the `report`.

    `order` sorts by publication and place in the text. `days` are the days on which it may have been said, None where
    the text leaves them open or looks back; `dated` says that the text gives them. `channel` is what published it, the
    outlet or, where that is unknown, the article; `credits` are the names of those it is taken from. `negative` is its
    polarity, turned round where it is denied. `frame` holds the runs of the sentence it stands in. `disowned`
    says that it is in doubt whether it was said at all. `others` is what it tells of
    others' words; `parsed` says that propositions of its article are known.
    """

    id: ClaimId
    order: int
    article: int
    position: int
    speakers: frozenset[str]
    source: frozenset[str]
    claim: Claim
    report: Article
    entities: Mapping[str, str]
    about: frozenset[str]
    stems: Mapping[str, float]
    weight: float
    runs: frozenset[int]
    negative: bool
    days: Days | None
    dated: bool
    published: date | None
    channel: str
    credits: frozenset[str]
    frame: frozenset[int]
    disowned: bool
    others: tuple[Span, ...]
    parsed: bool


def by_date(records: Iterable[Evidence]) -> list[Evidence]:
    """The records, the earliest published first, those without a date last."""
    return sorted(records, key=lambda r: (published(r.article) or date.max, r.article.key))


def statements(
    records: Sequence[Evidence], claims: Iterable[ResolvedClaim], entities: Iterable[ResolvedEntity]
) -> list[Statement]:
    """All claims, in the order of the records, which must be that of `by_date`, and of their text."""
    resolved: defaultdict[str, list[ResolvedClaim]] = defaultdict(list)
    for found_claim in claims:
        resolved[found_claim.article].append(found_claim)
    everybody = tuple(entities)
    names = {entity.id: fold_organisation(entity.name) for entity in everybody}
    here_is: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for entity in everybody:
        for member in entity.members:
            here_is[member.article][member.entity] = entity.id
    texts = {
        (r.article.key, c.id): tuple(w for s in c.content for w in words(s.text)) for r in records for c in r.claims
    }
    said = {
        (r.article.key, c.id): meanings(stems(texts[r.article.key, c.id])) | _phrases(c)
        for r in records
        for c in r.claims
    }
    weights = _weights(said.values())
    outlets = frozenset(fold_organisation(r.article.outlet) for r in records if r.article.outlet)
    found: list[Statement] = []
    for number, record in enumerate(records):
        here = {claim.id: claim for claim in record.claims}
        told = sorted(resolved[record.article.key], key=lambda c: (here[c.id].content[0], c.id))
        speakers = {c.id: c.speakers for c in told}
        present = here_is[record.article.key]
        printed = wires(record.article, sorted(outlets))
        credited = [
            (m, name)
            for entity in record.entities
            if (name := names.get(present.get(entity.id, ""), "")) in outlets
            for m in entity.mentions
        ]
        for position, one in enumerate(told):
            claim, key = here[one.id], (record.article.key, one.id)
            through = (one.reported_by, *speakers.get(claim.within or "", ()))
            credits = printed | frozenset(names[e] for e in through if e in names) | _credited(claim, credited)
            weighed = {s: weights[s] for s in sorted(said[key])}
            at = (len(found), number, position)
            found.append(_statement(record.article, at, claim, one, texts[key], weighed, credits, present, here))
    return found


def _credited(claim: Claim, outlets: Sequence[tuple[Mention, str]]) -> frozenset[str]:
    """Outlets named beside source and cue, outside the content: who was told it, or wrote it first."""
    telling = [span for span in (claim.source, claim.cue) if span is not None]
    if not telling:
        return frozenset()
    first, last = min(span.start for span in telling), max(span.end for span in telling) + _BESIDE_CUE
    return frozenset(
        name
        for m, name in outlets
        if first <= m.start < last and not any(s.start <= m.start < s.end for s in claim.content)
    )


def _phrases(claim: Claim) -> frozenset[str]:
    return frozenset(meaning for span in claim.content for _, _, meaning in phrases(span.text))


def _statement(
    article: Article,
    at: tuple[int, int, int],
    claim: Claim,
    resolved: ResolvedClaim,
    tokens: tuple[str, ...],
    weighed: Mapping[str, float],
    credits: frozenset[str],
    entities: Mapping[str, str],
    claims: Mapping[str, Claim],
) -> Statement:
    order, number, position = at
    day = published(article)
    said = _said(claim)
    looks_back = said is None and (_looks_back(article, claim) or claim.said_on is not None)
    fresh = (day - timedelta(FRESH), day) if day and not looks_back else None
    outlet = fold_organisation(article.outlet) if article.outlet else ""
    return Statement(
        id=ClaimId(article.key, claim.id),
        order=order,
        article=number,
        position=position,
        speakers=frozenset(resolved.speakers),
        source=stems(words(claim.source.text)) if claim.source and not resolved.speakers else frozenset(),
        claim=claim,
        report=article,
        entities=entities,
        about=frozenset(resolved.about),
        stems=weighed,
        weight=sum(weighed.values()),
        runs=runs(tokens, 3),
        negative=(claim.polarity == "negative") != (claim.act == "denial"),
        days=said or fresh,
        dated=said is not None,
        published=day,
        channel=outlet or article.key,
        credits=credits - {outlet},
        frame=runs(words(claim.passage.text)),
        disowned=_disowned(claims, claim),
        others=tuple(
            span
            for inner in claims.values()
            if inner.within == claim.id and not set(inner.speakers) & set(claim.speakers)
            for span in inner.content
        ),
        parsed=any(each.propositions for each in claims.values()),
    )


def _weights(texts: Iterable[Iterable[str]]) -> dict[str, float]:
    """How much a stem tells: the rarer, the more (inverse document frequency, Spärck Jones 1972), smoothed.

    The weights are scaled to a mean of `_MEAN` over all claims, so that two articles are weighed like two hundred.
    """
    count: Counter[str] = Counter()
    total = 0
    for text in texts:
        count.update(text)
        total += 1
    weights = {stem: math.log((total + 10) / (times + 0.5)) for stem, times in count.items()}
    mean = math.fsum(weights[stem] * times for stem, times in count.items()) / max(count.total(), 1)
    return {stem: weight * _MEAN / mean for stem, weight in weights.items()}


def published(article: Article) -> date | None:
    """The day of publication; None where it is unknown or not a full date."""
    try:
        return date.fromisoformat((article.published or "")[:10])
    except ValueError:
        return None


def _disowned(claims: Mapping[str, Claim], claim: Claim) -> bool:
    """Whether somebody else denies that it was said, or only says what its speaker thinks."""
    outer = claims.get(claim.within or "")
    if outer is None:
        return False
    return outer.act == "denial" or (claim.act in _THOUGHTS and not set(outer.speakers) & set(claim.speakers))


def _said(claim: Claim) -> Days | None:
    """The days that the text gives for the utterance."""
    if not claim.said_on or not claim.said_on.value:
        return None
    start, _, end = claim.said_on.value.partition("/")
    try:
        return date.fromisoformat(start), date.fromisoformat(end or start)
    except ValueError:
        return None


def _looks_back(article: Article, claim: Claim) -> bool:
    """Whether the cue is in the past perfect: what somebody "had said" was said before the day that is told of."""
    if claim.cue is None:
        return False
    before = article.body[max(0, claim.cue.start - _BEFORE_CUE) : claim.cue.start]
    return bool(_PERFECT.search(before.rpartition(".")[2]) or _PERFECT.match(claim.cue.text))
