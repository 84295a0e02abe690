"""Gold and what was found, put side by side by their characters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.evaluate.scores import characters
from kg.evaluate.storyline.gold import GoldClaim, GoldMention
from kg.judge import ClaimId
from kg.model import Claim, Evidence, Member, Mention

_LEAST = 0.25  # content that two claims must share, of all that either has, to be one


def align_mentions(gold: Iterable[GoldMention], records: Mapping[str, Evidence]) -> dict[GoldMention, Member]:
    """Which entity of its article each gold mention was found as; none where nothing was found there.

    Each mention that was found answers to one of the gold alone: equal spans come first, then those that share most.
    Where several entities share the span, it is the first of them. `records` are by path.
    """
    found: dict[GoldMention, Member] = {}
    by_article: defaultdict[str, list[GoldMention]] = defaultdict(list)
    for mention in gold:
        by_article[mention.article].append(mention)
    for path, mentions in by_article.items():
        if path in records:
            found |= _align(mentions, records[path])
    return found


def _align(gold: Sequence[GoldMention], record: Evidence) -> dict[GoldMention, Member]:
    here: dict[Mention, str] = {}
    for entity in record.everyone:
        for mention in entity.mentions:
            here.setdefault(mention, entity.id)
    pairs = sorted(
        (
            (-_shared(wanted, mention), wanted, mention)
            for wanted in gold
            for mention in here
            if mention.start < wanted.end and wanted.start < mention.end and (wanted.kind == "name") == _named(mention)
        ),
    )
    found: dict[GoldMention, Member] = {}
    taken: set[Mention] = set()
    for _, wanted, mention in pairs:
        if wanted not in found and mention not in taken:
            found[wanted] = Member(record.article.key, here[mention])
            taken.add(mention)
    return found


def _named(mention: Mention) -> bool:
    return mention.kind == "name"


def _shared(wanted: GoldMention, mention: Mention) -> float:
    both = min(wanted.end, mention.end) - max(wanted.start, mention.start)
    return both / (max(wanted.end, mention.end) - min(wanted.start, mention.start))


def align_claims(gold: Iterable[GoldClaim], records: Mapping[str, Evidence]) -> dict[str, ClaimId]:
    """Which claim each gold claim, by id, was found as: one for one, those that share most of cue and content first."""
    pairs = []
    for wanted in gold:
        record = records.get(wanted.article)
        for claim in record.claims if record else ():
            content, cue = _overlap(wanted, claim)
            if content >= _LEAST or (cue and content):
                pairs.append((-(content + cue), wanted.id, ClaimId(record.article.key, claim.id)))  # type: ignore[union-attr]
    found: dict[str, ClaimId] = {}
    taken: set[ClaimId] = set()
    for _, wanted_id, claim_id in sorted(pairs):
        if wanted_id not in found and claim_id not in taken:
            found[wanted_id] = claim_id
            taken.add(claim_id)
    return found


def _overlap(wanted: GoldClaim, claim: Claim) -> tuple[float, bool]:
    """The share of content characters, 0 to 1, and whether the cues touch."""
    gold, ours = characters(wanted.content), characters((s.start, s.end) for s in claim.content)
    cue = wanted.cue is not None and claim.cue is not None
    touch = cue and wanted.cue[0] < claim.cue.end and claim.cue.start < wanted.cue[1]  # type: ignore[index,union-attr]
    return len(gold & ours) / len(gold | ours), bool(touch)
