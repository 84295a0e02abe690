"""What cannot stand together: a speaker's changes of position, and contradictions of two speakers.

Two clauses oppose each other when they share their telling words and one is negated, or has the opposite of a word of
the other ("open", "closed"), or gives another number. Each pair is scored by named features (`features`); the weights
were fitted on the storyline. A link is a reason to look, no verdict: nothing is retired, and both groups stay as they
are.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.judge import ClaimId
from kg.resolve.claims.clauses import Clause, clauses, opposites
from kg.resolve.claims.records import ClaimGroup, ClaimLink, LinkKind
from kg.resolve.claims.statements import Statement

LEAST = 0.4
"""The score from which a pair is linked."""

WEIGHTS: Mapping[str, float] = {
    "bias": -8.3,
    "contained": 2.1,
    "shared": 1.7,
    "much": 2.8,
    "words": 2.5,
    "other number": 0.6,
    "speaks of the other": 1.8,
    "one speaker": 2.5,
}
"""What each feature adds to the logarithm of the odds; `bias` is where they start."""

_SILENT = frozenset({"question", "request", "feeling", "praise"})  # acts that assert nothing that can be contradicted
_FEW = 6.0  # weight of words under which shared ones prove little
_UNSEEN = 4.0  # weight of a stem that only reading between the words gave
_NEAR = 16  # groups under one key that a group is compared with
_KEYS = 24  # the most telling words of a group
_MEMBERS = 8  # claims that stand for a group

Member = tuple[ClaimGroup, Sequence[Statement]]


@dataclass(frozen=True, slots=True)
class Cast:
    """What links need to know of entities: their names by id, what each speaks for by its offices, and the stems that
    name somebody and say nothing else."""

    names: Mapping[str, str]
    bodies: Mapping[str, frozenset[str]]
    naming: frozenset[str]


@dataclass(frozen=True, slots=True)
class Position:
    """A group as links see it: who holds it, when, and its clauses, the same words once.

    `about` are the entities it speaks of, `bodies` its speakers and what they speak for, `around` the claims in whose
    content its own ones stand.
    """

    group: ClaimGroup
    day: date | None
    clauses: tuple[Clause, ...]
    weights: Mapping[str, float]
    about: frozenset[str]
    bodies: frozenset[str]
    around: frozenset[ClaimId]


@dataclass(frozen=True, slots=True)
class Opposition:
    """The two clauses that oppose each other most, and what speaks for it."""

    one: Clause
    other: Clause
    how: str
    features: Mapping[str, float]


def links(groups: Sequence[Member], cast: Cast) -> list[ClaimLink]:
    """All links, sorted by kind and groups."""
    positions = [p for group, members in groups if (p := position(group, members, cast)) and p.clauses]
    changes: dict[str, tuple[tuple[date, float], ClaimLink]] = {}
    found: list[ClaimLink] = []
    for one, other in _candidates(positions, cast.naming):
        if not (kind := _kind(one, other)) or not (against := opposition(one, other, cast.naming)):
            continue
        score = probability(against.features)
        if score < LEAST:
            continue
        reason = _reason(kind, one, other, against, cast.names)
        link = ClaimLink(kind, one.group.id, other.group.id, round(score, 2), reason)
        if kind == "contradiction":
            found.append(link)
        elif other.day:  # the next statement that reverses it, not all later ones
            rank = other.day, -score
            if one.group.id not in changes or rank < changes[one.group.id][0]:
                changes[one.group.id] = rank, link
    found += (link for _, link in changes.values())
    return sorted(found, key=lambda link: (link.kind, link.one, link.other))


def opposition(one: Position, other: Position, naming: frozenset[str]) -> Opposition | None:
    """How two positions oppose each other; None when they do not."""
    same_speakers = one.group.speakers == other.group.speakers
    best: tuple[float, Clause, Clause, str, dict[str, float]] | None = None
    weights = {**one.weights, **other.weights}
    for first in one.clauses:
        for second in other.clauses:
            found = _compare(first, second, weights, naming)
            if found is None or (first.future != second.future and found[0] != "numbers"):
                continue
            how, weighed = found
            total = sum(WEIGHTS[name] * value for name, value in weighed.items())
            if (same_speakers or not first.future or how == "numbers") and (best is None or total > best[0]):
                best = total, first, second, how, weighed
    if best is None:
        return None
    _, first, second, how, weighed = best
    answers = bool(one.about & other.bodies or other.about & one.bodies)
    return Opposition(
        first,
        second,
        how,
        {
            **weighed,
            "other number": float(how == "numbers"),
            "speaks of the other": float(answers and not same_speakers),
            "one speaker": float(same_speakers),
        },
    )


def _compare(
    one: Clause, other: Clause, weights: Mapping[str, float], naming: frozenset[str]
) -> tuple[str, dict[str, float]] | None:
    """How two clauses oppose each other, and how much they share; None when they agree, or share names alone."""
    both = one.stems & other.stems
    opposed = not one.opposed.isdisjoint(other.stems)
    if not opposed and both <= naming:
        return None
    against = {s for s in one.stems if opposites().get(s, frozenset()) & other.stems} if opposed else set()
    if one.negated == other.negated and against:
        how = "words"
    elif one.negated != other.negated and not against and both & (one.scope | other.scope):
        how = "negation"
    elif one.numbers and other.numbers and not one.numbers & other.numbers and len(both - naming) > 1:
        how = "numbers"
    else:
        return None
    shared = sum(weights.get(s, _UNSEEN) for s in both | against)
    first, second = (sum(weights.get(s, _UNSEEN) for s in clause.stems) for clause in (one, other))
    return how, {
        "contained": min(shared / max(min(first, second), _FEW), 1.0),
        "shared": min(shared / max(first + second - shared, 1e-9), 1.0),
        "much": min(shared, 15.0) / 15,
        "words": min(len(both) + len(against), 3) / 3,
    }


def probability(found: Mapping[str, float]) -> float:
    """The logistic function of the weighed features."""
    return 1 / (1 + math.exp(-WEIGHTS["bias"] - sum(WEIGHTS[name] * value for name, value in found.items())))


def _kind(one: Position, other: Position) -> LinkKind | None:
    """`one` is the earlier of the two. What somebody tells of another's words does not contradict these words."""
    if one.around & set(other.group.claims) or other.around & set(one.group.claims):
        return None
    if one.group.speakers == other.group.speakers:
        return "change" if one.day and other.day and one.day < other.day else None
    return None if set(one.group.speakers) & set(other.group.speakers) else "contradiction"


def position(group: ClaimGroup, members: Sequence[Statement], cast: Cast) -> Position | None:
    """The group as links see it; None where nobody is named, or nothing asserted."""
    told = [m for m in members if m.claim.act not in _SILENT][:_MEMBERS]
    if not group.speakers or not told:
        return None
    first: dict[Hashable, Clause] = {}
    for member in told:
        for clause in clauses(member.claim):
            first.setdefault((clause.stems, clause.negated, clause.future, clause.numbers), clause)
    weights = {s: w for m in told for s, w in m.stems.items()}
    speakers = frozenset(group.speakers)
    return Position(
        group,
        date.fromisoformat(group.until) if group.until else None,
        tuple(first.values()),
        weights,
        frozenset(e for m in told for e in m.about),
        speakers.union(*(cast.bodies.get(s, frozenset()) for s in speakers)),
        frozenset(ClaimId(m.id.article, m.claim.within) for m in members if m.claim.within),
    )


def _candidates(positions: Sequence[Position], naming: frozenset[str]) -> Iterator[tuple[Position, Position]]:
    """Pairs that share a telling word, have opposite ones or may speak of each other, the earlier first.

    Each group is paired with those nearest to it in time alone.
    """
    order = sorted(positions, key=lambda p: (p.day or date.max, p.group.id))
    shelves: defaultdict[Hashable, deque[int]] = defaultdict(lambda: deque(maxlen=_NEAR - 1))
    for rank, position in enumerate(order):
        before: set[int] = set()
        for key in dict.fromkeys(_keys(position, naming)):
            before.update(shelves[key])
            shelves[key].append(rank)
        for one in sorted(before):
            yield order[one], position


def _keys(position: Position, naming: frozenset[str]) -> Iterator[Hashable]:
    weights = position.weights
    telling = sorted((s for s in weights if s not in naming), key=lambda s: (-weights[s], s))
    speakers = position.group.speakers
    for word in telling[:_KEYS]:
        meanings = {word, *(min(word, other) + "/" + max(word, other) for other in opposites().get(word, ()))}
        for meaning in sorted(meanings):
            yield speakers, meaning
            yield meaning
    for entity in sorted(position.about | position.bodies):  # they may speak of each other
        yield None, entity


def _reason(kind: LinkKind, one: Position, other: Position, against: Opposition, names: Mapping[str, str]) -> str:
    def who(position: Position) -> str:
        return " and ".join(sorted(names.get(s, s) for s in position.group.speakers))

    how = {
        "negation": "one denies what the other asserts",
        "words": "their words are opposites",
        "numbers": "they give different numbers",
    }[against.how]
    first, second = _quoted(against.one.text), _quoted(against.other.text)
    if kind == "change":
        return f"{who(one)}: {first} ({one.group.until}), later {second} ({other.group.until}); {how}"
    return f"{who(one)}: {first}; {who(other)}: {second}; {how}"


def _quoted(text: str) -> str:
    text = text.strip(" '‘’")
    return f"“{text if len(text) <= 100 else text[:99].rstrip() + '…'}”"
