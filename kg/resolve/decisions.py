"""What was decided of two clusters, and why."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Member
from kg.resolve.features import Feature, score


@dataclass(frozen=True, slots=True)
class Decision:
    """Two clusters, by a member of each, what was found of them, and what it made of them.

    `rival` is a member of another cluster that came as near, where that is why they stay apart.
    """

    one: Member
    other: Member
    joined: bool
    features: tuple[Feature, ...]
    rival: Member | None = None

    @property
    def score(self) -> float:
        """The sum of the features' points."""
        return score(self.features)
