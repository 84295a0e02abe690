"""What cannot stand together: a speaker's changes of position, and contradictions of two speakers.

Two claims oppose each other when a clause of one does so of the other (`kg.resolve.claims.oppose`), or when somebody
rejects what was said just before (`kg.resolve.claims.replies`). Each pair of clauses is scored by named features; the
weights were fitted by logistic regression on the storyline and on pairs of 300 articles of American politics, whose
contradictions were told apart by hand. A link is a reason to look, no verdict: nothing is retired, and both groups stay
as they are.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.judge import ClaimId
from kg.resolve.claims.clauses import Clause, clauses
from kg.resolve.claims.lexicon import opposites, same
from kg.resolve.claims.oppose import HOW, Cast, compare
from kg.resolve.claims.records import ClaimGroup, ClaimLink, LinkKind
from kg.resolve.claims.replies import replies, sureness
from kg.resolve.claims.statements import Statement

LEAST = 0.5
"""The score from which a pair is linked."""

WEIGHTS: Mapping[str, float] = {
    "bias": -6.1,
    "same subject": 0.2,
    "same object": 1.3,
    "contained": 1.4,
    "shared": 1.3,
    "much": 1.5,
    "words": 1.3,
    "context": 2.6,
    "points elsewhere": -1.0,
    "speaks of the other": 1.2,
    "one speaker": 2.0,
    "one article": 0.8,
    "near": 1.9,
}
"""What each feature adds to the logarithm of the odds; `bias` is where they start."""

_SILENT = frozenset({"question", "request", "feeling", "praise"})  # acts that assert nothing that can be contradicted
_WEEK = 7
_NEAR = 16  # groups under one key that a group is compared with
_KEYS = 24  # the most telling words of a group
_MEMBERS = 8  # claims that stand for a group

Member = tuple[ClaimGroup, Sequence[Statement]]


@dataclass(frozen=True, slots=True)
class Position:
    """A group as links see it: who holds it, when, and its clauses, the same words once.

    `day` is the last on which it may have been said; where that is open, `before` is when it was first told of. `about`
    are the entities it speaks of, `bodies` its speakers and what they speak for, `around` the claims in whose content
    its own ones stand.
    """

    group: ClaimGroup
    day: date | None
    before: date | None
    clauses: tuple[Clause, ...]
    weights: Mapping[str, float]
    about: frozenset[str]
    bodies: frozenset[str]
    around: frozenset[ClaimId]
    articles: frozenset[int]


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
    found: dict[tuple[str, str], ClaimLink] = {(link.one, link.other): link for link in _answers(groups, cast)}
    for one, other in _candidates(positions, cast.naming):
        if not (kind := _kind(one, other, cast)) or not (against := opposition(one, other, kind, cast)):
            continue
        score = probability(against.features)
        if score < LEAST:
            continue
        reason = _reason(kind, one, other, against, cast.names)
        link = ClaimLink(kind, one.group.id, other.group.id, round(score, 2), reason)
        if kind == "contradiction":
            pair = one.group.id, other.group.id
            if pair not in found and pair[::-1] not in found:
                found[pair] = link
        elif other.day:  # the next statement that reverses it, not all later ones
            rank = other.day, -score
            if one.group.id not in changes or rank < changes[one.group.id][0]:
                changes[one.group.id] = rank, link
    both = [*found.values(), *(link for _, link in changes.values())]
    return sorted(both, key=lambda link: (link.kind, link.one, link.other))


def _answers(groups: Sequence[Member], cast: Cast) -> Iterator[ClaimLink]:
    """Contradictions by which somebody rejects what was said just before; of several between two groups the first."""
    of = {member.id: group for group, members in groups for member in members}
    told = sorted((member for _, members in groups for member in members), key=lambda member: member.order)
    seen: set[frozenset[str]] = set()
    for before, answer in replies(told):
        one, other = of[before.id], of[answer.id]
        pair = frozenset((one.id, other.id))
        if len(pair) < 2 or pair in seen or set(one.speakers) & set(other.speakers):
            continue
        seen.add(pair)
        said = f"{_who(one, cast.names)}: {_quoted(before.claim.content[0].text)}"
        answered = f"{_who(other, cast.names)}: {_quoted(answer.claim.content[0].text)}"
        reason = f"{said}; {answered}; {HOW['answer']}"
        yield ClaimLink("contradiction", one.id, other.id, sureness(before, answer), reason)


def opposition(one: Position, other: Position, kind: LinkKind, cast: Cast) -> Opposition | None:
    """How two positions oppose each other; None when they do not."""
    same_speakers = one.group.speakers == other.group.speakers
    best: tuple[float, Clause, Clause, str, dict[str, float]] | None = None
    weights = {**one.weights, **other.weights}
    for first in one.clauses:
        for second in other.clauses:
            found = compare(first, second, weights, cast)
            if found is None or (first.future != second.future and not (first.loose or second.loose)):
                continue
            how, weighed = found
            if kind == "contradiction" and (first.wished or (first.taste and second.taste)):
                continue
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
            "one article": float(bool(one.articles & other.articles)),
            "near": _nearness(one, other),
            "speaks of the other": float(answers and not same_speakers),
            "one speaker": float(same_speakers),
        },
    )


def _nearness(one: Position, other: Position) -> float:
    """1 on the same day, less with every day between them, 0 where a day is not known."""
    return 1 / (1 + abs((one.day - other.day).days) / _WEEK) if one.day and other.day else 0.0


def probability(found: Mapping[str, float]) -> float:
    """The logistic function of the weighed features."""
    return 1 / (1 + math.exp(-WEIGHTS["bias"] - sum(WEIGHTS[name] * value for name, value in found.items())))


def _kind(one: Position, other: Position, cast: Cast) -> LinkKind | None:
    """`one` is the earlier of the two. What somebody tells of another's words does not contradict these words."""
    if one.around & set(other.group.claims) or other.around & set(one.group.claims):
        return None
    if one.group.speakers == other.group.speakers:
        return "change" if _precedes(one, other) else None
    same_name = _who(one.group, cast.names) == _who(other.group, cast.names)  # two entities, as far as we can tell
    return None if same_name or set(one.group.speakers) & set(other.group.speakers) else "contradiction"


def _precedes(one: Position, other: Position) -> bool:
    """Whether one was said on an earlier day; of what an article looks back to, that is all that can be known."""
    if other.day is None:
        return False
    return one.day < other.day if one.day else one.before is not None and one.before <= other.day


def position(group: ClaimGroup, members: Sequence[Statement], cast: Cast) -> Position | None:
    """The group as links see it; None where nobody is named, or nothing asserted."""
    told = [m for m in members if m.claim.act not in _SILENT and not m.disowned][:_MEMBERS]
    if not group.speakers or not told:
        return None
    first: dict[Hashable, Clause] = {}
    for member in told:
        for clause in clauses(member):
            first.setdefault(
                (clause.stems, clause.core, clause.actors, clause.negated, clause.future, clause.amounts), clause
            )
    weights: dict[str, float] = {}
    for member in told:
        for word, weight in member.stems.items():
            weights[same(word)] = max(weight, weights.get(same(word), 0.0))
    speakers = frozenset(group.speakers)
    return Position(
        group,
        date.fromisoformat(group.until) if group.until else None,
        min((m.published for m in members if m.published), default=None),
        tuple(first.values()),
        weights,
        frozenset(e for m in told for e in m.about),
        speakers.union(*(cast.bodies.get(s, frozenset()) for s in speakers)),
        frozenset(ClaimId(m.id.article, m.claim.within) for m in members if m.claim.within),
        frozenset(m.article for m in members),
    )


def _candidates(positions: Sequence[Position], naming: frozenset[str]) -> Iterator[tuple[Position, Position]]:
    """Pairs that share a telling word, have opposite ones or may speak of each other, the earlier first.

    Each group is paired with those nearest to it in time alone.
    """
    order = sorted(positions, key=lambda p: (p.day or p.before or date.max, p.day is not None, p.group.id))
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
    cores = {word for clause in position.clauses if not clause.loose for word in clause.core}
    for word in dict.fromkeys([*telling[:_KEYS], *sorted(cores)]):
        meanings = {word, *(min(word, other) + "/" + max(word, other) for other in opposites().get(word, ()))}
        for meaning in sorted(meanings):
            yield speakers, meaning
            yield meaning
    for entity in sorted(position.about | position.bodies):  # they may speak of each other
        yield None, entity


def _reason(kind: LinkKind, one: Position, other: Position, against: Opposition, names: Mapping[str, str]) -> str:
    how = HOW[against.how]
    first, second = _quoted(against.one.text), _quoted(against.other.text)
    if kind == "change":
        day = one.group.until or f"before {one.before}"
        return f"{_who(one.group, names)}: {first} ({day}), later {second} ({other.group.until}); {how}"
    return f"{_who(one.group, names)}: {first}; {_who(other.group, names)}: {second}; {how}"


def _who(group: ClaimGroup, names: Mapping[str, str]) -> str:
    return " and ".join(sorted(names.get(s, s) for s in group.speakers))


def _quoted(text: str) -> str:
    text = text.strip(" '‘’")
    return f"“{text if len(text) <= 100 else text[:99].rstrip() + '…'}”"
