"""Why two entities of articles are one, or are not: the rules and judgements at work, as sentences."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.judge import Link, Rulings
from kg.model import Evidence, Member
from kg.resolve.keys import Key, keys, say
from kg.resolve.resolve import clusters, revised


@dataclass(frozen=True, slots=True)
class Reasons:
    """Whether two are one, and the sentences that say why."""

    one: bool
    because: tuple[str, ...]


def why(evidence: Iterable[Evidence], judgements: Rulings, some: Sequence[Member], others: Sequence[Member]) -> Reasons:
    """Why the first of `some` and the first of `others` are one entity, or why none of the one are any of the others.

    `judgements` must be `kg.judge.apply` to this evidence. KeyError for a member that the evidence does not hold.
    """
    records = revised(evidence, judgements)
    key_of = keys(records)
    called = {Member(r.article.key, e.id): f"“{e.name}” ({r.article.key})" for r in records for e in r.entities}
    home = {member: number for number, c in enumerate(clusters(records, judgements.links)) for member in c.members}
    if home[some[0]] == home[others[0]]:
        inside = {member for member in home if home[member] == home[some[0]]}
        return Reasons(True, tuple(_joined(some[0], others[0], inside, key_of, called, judgements)))
    return Reasons(False, tuple(_apart(some, others, key_of, called, judgements)))


def _joined(
    one: Member,
    other: Member,
    inside: set[Member],
    key_of: Mapping[Member, Key],
    called: Mapping[Member, str],
    judgements: Rulings,
) -> Iterator[str]:
    """The shortest way from one to the other, a sentence a step."""
    if one == other:
        yield f"{called[one]} is one entity of its article: the reader took its mentions for one"
        return
    alike: defaultdict[Key, list[Member]] = defaultdict(list)
    for member in sorted(inside):
        alike[key_of[member]].append(member)
    came: dict[Member, tuple[Member, str]] = {}
    queue = deque([one])
    while other not in came:
        here = queue.popleft()
        key = key_of[here]
        steps = [(member, f"both are {say(key)}") for member in alike.pop(key, ())]
        for link in judgements.links:
            if link.same and here in (link.one, link.other):
                steps.append((link.other if here == link.one else link.one, _judged(link, judgements)))
        for there, reason in steps:
            if there not in came and there != one:
                came[there] = (here, reason)
                queue.append(there)
    way = []
    while other != one:
        before, reason = came[other]
        way.append(f"{called[before]} and {called[other]} are one: {reason}")
        other = before
    yield from reversed(way)


def _apart(
    some: Sequence[Member],
    others: Sequence[Member],
    key_of: Mapping[Member, Key],
    called: Mapping[Member, str],
    judgements: Rulings,
) -> Iterator[str]:
    for link in judgements.links:
        if not link.same and (
            (link.one in some and link.other in others) or (link.one in others and link.other in some)
        ):
            yield f"{called[link.one]} and {called[link.other]} are not one: {_judged(link, judgements)}"
    shared = {key_of[member] for member in some} & {key_of[member] for member in others}
    for key in sorted(shared):
        yield f"without that they would be one, since both are {say(key)}"
    if not shared:
        for side in (some, others):
            for key in sorted({key_of[member] for member in side}):
                first = next(member for member in side if key_of[member] == key)
                yield f"{called[first]} is {say(key)}"
        yield "no rule joins these, and no judgement does"


def _judged(link: Link, judgements: Rulings) -> str:
    entry = next(entry for entry in judgements.entries if entry.id == link.entry)
    reason = f": {entry.reason}" if entry.reason else ""
    return f"so judged by {entry.author} on {entry.time[:10]} ({entry.id}){reason}"
