"""Mentions of all articles → entities; claims → who said them about whom, and which report one statement.

resolve(evidence, judgements=None) -> Synthesis    pure, independent of order; records in `kg.resolve.records`
look_again(evidence) -> records    each article read once more, with all others in mind; what judgements are applied to
why(evidence, judgements, some, others) -> Reasons    why two are one, or are not
named_entities, matches -> which rows of a list of known people and organisations the entities are
holds(tenure, day) -> whether an office was held on a day
when(article) -> for sorting by publication
fold(name) -> str    a name made comparable: case, accents and punctuation gone
"""

from kg.model import Member
from kg.resolve.claims.records import ClaimGroup, ClaimLink, LinkKind
from kg.resolve.days import when
from kg.resolve.gazetteer import Known, Match, Row, matches, named_entities
from kg.resolve.names import fold
from kg.resolve.overlooked import look_again
from kg.resolve.records import Quote, ResolvedClaim, ResolvedEntity, Synthesis, Tenure
from kg.resolve.resolve import resolve
from kg.resolve.tenures import holds
from kg.resolve.why import Reasons, why

__all__ = [
    "ClaimGroup", "ClaimLink", "Known", "LinkKind", "Match", "Member", "Quote", "Reasons", "ResolvedClaim",
    "ResolvedEntity", "Row", "Synthesis", "Tenure", "fold", "holds", "look_again", "matches", "named_entities",
    "resolve", "when", "why",
]  # fmt: skip
