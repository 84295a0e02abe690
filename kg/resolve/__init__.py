"""Mentions of all articles → entities; claims → who said them about whom.

resolve(evidence) -> Synthesis    pure, deterministic, independent of order; records in `kg.resolve.records`
fold(name) -> str                 a name made comparable: case, accents and punctuation gone
"""

from kg.resolve.names import fold
from kg.resolve.records import Member, Quote, ResolvedClaim, ResolvedEntity, Synthesis, Tenure
from kg.resolve.resolve import resolve

__all__ = ["Member", "Quote", "ResolvedClaim", "ResolvedEntity", "Synthesis", "Tenure", "fold", "resolve"]
