"""How two clauses oppose each other, and what speaks for that, by name.

Four ways: one is negated and says the same; their words are opposites; they give other amounts of one thing; one says
that there is no such thing, and the other that somebody signed or saw it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg.resolve.claims.clauses import Clause
from kg.resolve.claims.lexicon import opposites, words_of
from kg.resolve.claims.quantities import at_odds

HOW = {
    "negation": "one denies what the other asserts",
    "words": "their words are opposites",
    "numbers": "they give different numbers",
    "existence": "one says that there is none",
    "answer": "one answers the other",
}

_FEW = 6.0  # weight of words under which shared ones prove little
_UNSEEN = 4.0  # weight of a stem that only reading between the words gave
_MUCH = 15.0


@dataclass(frozen=True, slots=True)
class Cast:
    """What links need to know of entities: their names by id, what each speaks for by its offices, the stems that name
    somebody and say nothing else, and those of what each is `called`, its titles too."""

    names: Mapping[str, str]
    bodies: Mapping[str, frozenset[str]]
    naming: frozenset[str]
    called: Mapping[str, frozenset[str]]


def compare(
    one: Clause, other: Clause, weights: Mapping[str, float], cast: Cast
) -> tuple[str, dict[str, float]] | None:
    """How two clauses oppose each other, and how much they share; None when they may both be true."""
    how, against = _how(one, other)
    if how is None or one.wished != other.wished or _beyond(one, other) or _beyond(other, one):
        return None
    subject = 1.0 if how == "existence" else _subject(one, other, cast)
    if subject is None:
        return None
    shared = _shared(one, other, how, against, cast.naming)
    return (how, _features(shared, subject, weights)) if _enough(how, shared, subject) else None


class _Shared(NamedTuple):
    """What two clauses have in common. `first` and `second` are their stems, with what a pronoun may mean; `topic` are
    those of `both` that tell what they are about, `around` those that stand near both."""

    one: Clause
    other: Clause
    first: frozenset[str]
    second: frozenset[str]
    both: frozenset[str]
    topic: frozenset[str]
    around: frozenset[str]
    against: frozenset[str]
    one_thing: bool
    meant: bool


def _shared(one: Clause, other: Clause, how: str, against: frozenset[str], naming: frozenset[str]) -> _Shared:
    meant, too = _meant(one, other), _meant(other, one)
    first, second = one.stems | meant, other.stems | too
    both = first & second
    parsed = one.parsed or other.parsed
    topic = both - naming - words_of("generic") - against - (one.core & other.core if parsed else frozenset())
    return _Shared(
        one,
        other,
        first,
        second,
        both,
        topic,
        ((one.context | one.stems) & (other.context | other.stems)) - both - naming,
        against,
        how == "existence" or _one_thing(one, other) or (not parsed and len(topic) > 1),
        bool(meant or too),
    )


def _enough(how: str, shared: _Shared, subject: float) -> bool:
    """Whether they have so much in common that they speak of one thing."""
    one, other, topic = shared.one, shared.other, shared.topic
    if one.loose or other.loose:
        return len(topic) > 1
    if how == "numbers":
        units = {q.unit for clause in (one, other) for q in clause.amounts}
        return any(word.isalpha() for word in topic - units)
    if how == "existence" or "exist" in one.core & other.core:
        return bool(topic)
    if one.complement and other.complement and not shared.one_thing:
        return False
    if how == "words":
        return bool(topic or subject or shared.around)
    return bool(topic or shared.one_thing or (subject and (one.complement or other.complement)))


def _features(shared: _Shared, subject: float, weights: Mapping[str, float]) -> dict[str, float]:
    def weight(found: frozenset[str]) -> float:
        return math.fsum(weights.get(s, _UNSEEN) for s in found)

    common = weight(shared.both | shared.against)
    first, second = weight(shared.first), weight(shared.second)
    points = shared.one.points or shared.other.points
    return {
        "same subject": float(subject == 1),
        "same object": float(shared.one_thing),
        "contained": min(common / max(min(first, second), _FEW), 1.0),
        "shared": min(common / max(first + second - common, 1e-9), 1.0),
        "much": min(common / _MUCH, 1.0),
        "words": min(len(shared.both) + len(shared.against), 3) / 3,
        "context": min(weight(shared.around) / (3 * _MUCH), 1.0),
        "points elsewhere": float(points and not shared.meant),
    }


def _beyond(one: Clause, other: Clause) -> bool:
    """Whether one negates something of a kind that the other does not speak of."""
    return bool(one.limits) and one.limits.isdisjoint(other.stems | other.limits)


def _how(one: Clause, other: Clause) -> tuple[str | None, frozenset[str]]:
    none: frozenset[str] = frozenset()
    cores = one.core & other.core
    against = _against(one.core, other.core) or (_against(one.complement, other.complement) if cores else none)
    if one.negated == other.negated and against:
        return "words", against
    if one.negated != other.negated and not against and cores:
        return "negation", none
    if _exists_not(one, other) or _exists_not(other, one):
        return "existence", none
    if cores and at_odds(one.amounts, other.amounts) and one.negated == other.negated:
        return "numbers", none
    return None, none


def _one_thing(one: Clause, other: Clause) -> bool:
    """Whether they say it of the same thing; of what is done to it, that is the subject."""
    first, second = (c.complement | (c.subject if c.passive else frozenset()) for c in (one, other))
    return bool((first & (other.rest | second) | second & one.rest) - words_of("generic"))


def _meant(pointing: Clause, other: Clause) -> frozenset[str]:
    """What the subject that one clause points at may be: the other's, where it stands around it."""
    return (
        (other.subject - words_of("generic")) & (pointing.context | pointing.subject)
        if pointing.points
        else frozenset()
    )


def _against(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    return frozenset(s for s in one if opposites().get(s, frozenset()) & other)


def _exists_not(one: Clause, other: Clause) -> bool:
    """Whether one says that there is no such thing, and the other that somebody did something with it."""
    missing = one.negated and one.core == frozenset({"exist"}) and not other.negated and not other.loose
    return missing and not other.core.isdisjoint(words_of("presupposing")) and bool(one.subject & other.complement)


def _subject(one: Clause, other: Clause, cast: Cast) -> float | None:
    """1 where both speak of one subject, 0 where that is open, None where they speak of two."""
    if one.passive != other.passive and one.core & other.core and not (one.loose or other.loose):
        return 0.0  # the object of the one may be the subject of the other
    if one.actors and other.actors:
        first, second = (c.actors.union(*(cast.bodies.get(a, frozenset()) for a in c.actors)) for c in (one, other))
        return 1.0 if first & second else None
    if one.actors or other.actors:
        named, described = (one, other) if one.actors else (other, one)
        called = frozenset[str]().union(*(cast.called.get(a, frozenset()) for a in named.actors))
        if described.several:
            return None
        if called & described.subject:
            return 1.0
        return 0.0 if described.points or described.loose or described.subject & words_of("body") else None
    if one.points or other.points or one.loose or other.loose:
        return 0.0
    if any(c.several and not c.subject for c in (one, other)):
        return 0.0
    if not one.subject & other.subject:
        return None
    return 0.0 if one.several != other.several else 1.0
