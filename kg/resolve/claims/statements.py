"""Claims with what comparing them needs, each prepared once."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.judge import ClaimId
from kg.model import Article, Claim, Evidence
from kg.resolve.claims.words import runs, stems, words
from kg.resolve.names import fold_organisation
from kg.resolve.records import ResolvedClaim, ResolvedEntity

Days = tuple[date, date]

FRESH = 2
"""Days before publication that a report may be about when it gives no day: a morning paper tells of the day before."""
_MEAN = 4.5
_BEFORE_CUE = 24  # characters before a cue in which its auxiliary stands
_PERFECT = re.compile(r"\bhad\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim, ready for comparing.

    `order` sorts by publication and place in the text. `days` are the days on which it may have been said, None where
    the text leaves them open or looks back; `dated` says that the text gives them. `channel` is what published it, the
    outlet or, where that is unknown, the article; `credits` are the names of those it is taken from. `negative` is its
    polarity, turned round where it is denied. `frame` holds the runs of the sentence it stands in.
    """

    id: ClaimId
    order: int
    article: int
    position: int
    speakers: frozenset[str]
    source: frozenset[str]
    claim: Claim
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
    names = {entity.id: fold_organisation(entity.name) for entity in entities}
    texts = {
        (r.article.key, c.id): tuple(w for s in c.content for w in words(s.text)) for r in records for c in r.claims
    }
    meanings = {key: stems(tokens) for key, tokens in texts.items()}
    weights = _weights(meanings.values())
    found: list[Statement] = []
    for number, record in enumerate(records):
        here = {claim.id: claim for claim in record.claims}
        told = sorted(resolved[record.article.key], key=lambda c: (here[c.id].content[0], c.id))
        speakers = {c.id: c.speakers for c in told}
        for position, one in enumerate(told):
            claim, key = here[one.id], (record.article.key, one.id)
            through = (one.reported_by, *speakers.get(claim.within or "", ()))
            credits = frozenset(names[e] for e in through if e in names)
            weighed = {s: weights[s] for s in sorted(meanings[key])}
            at = (len(found), number, position)
            found.append(_statement(record.article, at, claim, one, texts[key], weighed, credits))
    return found


def _statement(
    article: Article,
    at: tuple[int, int, int],
    claim: Claim,
    resolved: ResolvedClaim,
    tokens: tuple[str, ...],
    weighed: Mapping[str, float],
    credits: frozenset[str],
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
