"""Mentions of all articles → entities; claims → who said them about whom.

    resolve(evidence) -> Synthesis

Pure, deterministic, independent of order; the records are in `kg.resolve.records`.
"""

from kg.resolve.records import Member, Quote, ResolvedClaim, ResolvedEntity, Synthesis, Tenure
from kg.resolve.resolve import resolve

__all__ = ["Member", "Quote", "ResolvedClaim", "ResolvedEntity", "Synthesis", "Tenure", "resolve"]
