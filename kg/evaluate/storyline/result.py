"""What was made of the storyline, beside its gold: what every section of the evaluation starts from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.evaluate.storyline.align import align_claims, align_mentions
from kg.evaluate.storyline.gold import GoldMention, GoldStory
from kg.judge import ClaimId
from kg.model import Evidence, Member
from kg.resolve import Synthesis, resolve


@dataclass(frozen=True, slots=True)
class Result:
    """The gold, the evidence by path, the synthesis, and which of ours is which of the gold's."""

    gold: GoldStory
    records: Mapping[str, Evidence]
    synthesis: Synthesis
    members: Mapping[Member, str]
    mentions: Mapping[GoldMention, Member]
    claims: Mapping[str, ClaimId]

    def entity(self, mention: GoldMention) -> str | None:
        """The id of the entity of the synthesis that a gold mention went to; None when it was not found."""
        member = self.mentions.get(mention)
        return None if member is None else self.members[member]


def resolved(gold: GoldStory, evidence: Iterable[Evidence]) -> Result:
    """The evidence resolved without judgements, and put beside the gold."""
    read = list(evidence)
    synthesis = resolve(read)
    members = synthesis.by_member()
    records = {record.article.path: record for record in (*read, *synthesis.revised)}
    return Result(
        gold,
        records,
        synthesis,
        members,
        {mention: member for mention, member in align_mentions(gold.mentions, records).items() if member in members},
        align_claims(gold.claims, records),
    )
