"""Groups of claims and the links between them, as records. All are frozen and sorted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.judge import ClaimId

LinkKind = Literal["change", "contradiction"]


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """Claims that report one statement: of the same speakers, on the same occasion, however they word it.

    `id` is made from the first claim's article and place, so that a later report does not change it. `claims` are the
    earliest published first; `reports` parts them into independent reports, each with its members in that order.
    `since` and `until` are the days (ISO 8601) between which it was said, as far as the articles tell; `negative` is
    the statement's polarity, turned round where it is denied, as most members have it.
    """

    id: str
    claims: tuple[ClaimId, ...]
    speakers: tuple[str, ...]
    since: str | None
    until: str | None
    negative: bool
    reports: tuple[tuple[ClaimId, ...], ...]

    @property
    def first(self) -> ClaimId:
        """The first report of it."""
        return self.claims[0]


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """Two groups that cannot both stand: one speaker's `earlier` and `later` position, or those of two speakers.

    Of a contradiction the groups come in the order of their first reports, which says nothing about who is right.
    `score`, 0 to 1, says how sure it is; `reason` says why, in words. `one` and `other` are the ids of the groups.
    """

    kind: LinkKind
    one: str
    other: str
    score: float
    reason: str
