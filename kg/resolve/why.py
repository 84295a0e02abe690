"""Why two entities of articles are one, or are not: the features and judgements at work, as sentences."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.judge import Link, Rulings
from kg.model import Evidence, Member
from kg.resolve.cluster import Clustering
from kg.resolve.decisions import Decision
from kg.resolve.features import JOIN, MARGIN, Feature, score
from kg.resolve.resolve import clustered, revised


@dataclass(frozen=True, slots=True)
class Reasons:
    """Whether two are one, and the sentences that say why; those that begin with spaces explain the one before."""

    one: bool
    because: tuple[str, ...]


def why(evidence: Iterable[Evidence], judgements: Rulings, some: Sequence[Member], others: Sequence[Member]) -> Reasons:
    """Why the first of `some` and the first of `others` are one entity, or why none of the one are any of the others.

    `judgements` must be `kg.judge.apply` to this evidence. KeyError for a member that the evidence does not hold.
    """
    records = revised(evidence, judgements)
    called = {Member(r.article.key, e.id): f"“{e.name}” ({r.article.key})" for r in records for e in r.everyone}
    clustering = clustered(records, judgements)
    home = {member: number for number, members in enumerate(clustering.clusters) for member in members}
    if home[some[0]] == home[others[0]]:
        return Reasons(True, tuple(_joined(some[0], others[0], clustering, called, judgements)))
    return Reasons(False, tuple(_apart(some, others, clustering, called, judgements)))


def _joined(
    one: Member, other: Member, clustering: Clustering, called: Mapping[Member, str], judgements: Rulings
) -> Iterator[str]:
    """The way from one to the other, a decision or a judgement a step."""
    if one == other:
        yield f"{called[one]} is one entity of its article: the reader took its mentions for one"
        return
    steps: defaultdict[Member, list[tuple[Member, Decision | Link]]] = defaultdict(list)
    for link in judgements.links:
        if link.same:
            steps[link.one].append((link.other, link))
            steps[link.other].append((link.one, link))
    for decision in clustering.joined:
        steps[decision.one].append((decision.other, decision))
        steps[decision.other].append((decision.one, decision))
    came: dict[Member, tuple[Member, Decision | Link]] = {}
    queue = deque([one])
    while other not in came:
        here = queue.popleft()
        for there, step in steps[here]:
            if there not in came and there != one:
                came[there] = (here, step)
                queue.append(there)
    way = []
    while other != one:
        before, step = came[other]
        way.append((before, other, step))
        other = before
    for before, after, step in reversed(way):
        yield from _step(before, after, step, called, judgements)


def _step(
    one: Member, other: Member, step: Decision | Link, called: Mapping[Member, str], judgements: Rulings
) -> Iterator[str]:
    if isinstance(step, Link):
        yield f"{called[one]} and {called[other]} are one: {_judged(step, judgements)}"
        return
    yield f"{called[one]} and {called[other]} are one, with all that had joined either before: {_sum(step.features)}"
    yield from _points(step.features)


def _apart(
    some: Sequence[Member],
    others: Sequence[Member],
    clustering: Clustering,
    called: Mapping[Member, str],
    judgements: Rulings,
) -> Iterator[str]:
    mine, its = set(some), set(others)
    for link in judgements.links:
        if not link.same and ((link.one in mine and link.other in its) or (link.one in its and link.other in mine)):
            told = "may be one or not" if _is_open(link, judgements) else "are not one"
            yield f"{called[link.one]} and {called[link.other]} {told}: {_judged(link, judgements)}"
    for article in sorted({m.article for m in mine} & {m.article for m in its})[:1]:
        yield f"{article} speaks of both, and the reader took them for two"
    doubt = next((d for d in clustering.doubts if {d.one, d.other} & mine and {d.one, d.other} & its), None)
    if doubt is None:
        yield from _weighed(some[0], others[0], clustering, called)
        return
    yield f"{called[doubt.one]} and {called[doubt.other]} may be one, in doubt: {_sum(doubt.features)}"
    if doubt.rival is not None:
        yield f"  {called[doubt.rival]} is less than {MARGIN:g} away from that, so nobody can tell"
    yield from _points(doubt.features)


def _weighed(one: Member, other: Member, clustering: Clustering, called: Mapping[Member, str]) -> Iterator[str]:
    """What is found of two that are apart for another reason, or were never near enough to be in doubt."""
    found = clustering.weigh(one, other)
    if found is None:
        yield f"{called[one]} and {called[other]} are of sorts that are never one, or an office alone tells too little"
    else:
        yield f"{called[one]} and {called[other]}, each with all that joined it: {_sum(found)}"
        yield from _points(found)


def _sum(features: tuple[Feature, ...]) -> str:
    points = score(features)
    return f"{points:.2f} points, and {'at least' if points >= JOIN else 'less than'} the {JOIN:g} that make one"


def _points(features: tuple[Feature, ...]) -> Iterator[str]:
    yield from (f"  {feature}" for feature in sorted(features, key=lambda f: (-abs(f.points), f.name)))


def _is_open(link: Link, judgements: Rulings) -> bool:
    return any(entry.id == link.entry and entry.name == "unsure" for entry in judgements.entries)


def _judged(link: Link, judgements: Rulings) -> str:
    entry = next(entry for entry in judgements.entries if entry.id == link.entry)
    reason = f": {entry.reason}" if entry.reason else ""
    return f"so judged by {entry.author} on {entry.time[:10]} ({entry.id}){reason}"
