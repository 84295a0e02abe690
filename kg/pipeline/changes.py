"""Two syntheses of the same evidence → what the second has otherwise, as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.judge import ClaimId, quoted
from kg.model import Claim, Evidence
from kg.resolve import ResolvedEntity, Synthesis

_FIELDS = ("kind", "act", "polarity", "modality", "source", "cue", "content")


def changes(evidence: Iterable[Evidence], before: Synthesis, after: Synthesis) -> Iterator[str]:
    """A sentence for each difference: entities joined or taken apart, claims hidden, shown, or said otherwise."""
    read = {record.article.key: record for record in evidence}
    yield from _entities(read, before, after)
    yield from _claims(read, before, after)


def _entities(read: dict[str, Evidence], before: Synthesis, after: Synthesis) -> Iterator[str]:
    old, new = _by_mentions(read, before), _by_mentions(read, after)
    gone = [entity for mentions, entity in old.items() if mentions not in new]
    come = [entity for mentions, entity in new.items() if mentions not in old]
    if gone or come:
        yield f"{_list(gone)} {'becomes' if len(gone) == 1 else 'become'} {_list(come)}"


def _by_mentions(read: dict[str, Evidence], synthesis: Synthesis) -> dict[frozenset[object], ResolvedEntity]:
    """Entities by what they are made of, so that those with the same mentions are the same."""
    records = {**read, **{record.article.key: record for record in synthesis.revised}}
    return {
        frozenset(
            (member.article, mention)
            for member in entity.members
            for mention in records[member.article].entity(member.entity).mentions
        ): entity
        for entity in synthesis.entities
    }


def _list(entities: Iterable[ResolvedEntity]) -> str:
    shown = sorted(f"{e.name} ({_count(len({m.article for m in e.members}), 'article')})" for e in entities)
    return " and ".join(shown)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _claims(read: dict[str, Evidence], before: Synthesis, after: Synthesis) -> Iterator[str]:
    names = [{entity.id: entity.name for entity in synthesis.entities} for synthesis in (before, after)]
    old, new = ({ClaimId(c.article, c.id): c for c in synthesis.claims} for synthesis in (before, after))
    was, will = _texts(read, before), _texts(read, after)
    for claim in sorted(old.keys() | new.keys()):
        content = quoted(" … ".join(span.text for span in (was.get(claim) or will[claim]).content))
        if claim not in new:
            yield f"the claim {content} leaves the graph"
        elif claim not in old:
            yield f"the claim {content} comes back into the graph"
        else:
            one, other = (
                sorted(name[id] for id in found[claim].speakers) for name, found in zip(names, (old, new), strict=True)
            )
            if one != other:
                yield f"the speaker of {content}: {_names(one)} → {_names(other)}"
            yield from _fields(content, was[claim], will[claim])


def _texts(read: dict[str, Evidence], synthesis: Synthesis) -> dict[ClaimId, Claim]:
    records = {**read, **{record.article.key: record for record in synthesis.revised}}
    return {ClaimId(key, claim.id): claim for key, record in records.items() for claim in record.claims}


def _names(names: Iterable[str]) -> str:
    return " and ".join(names) or "nobody named"


def _fields(content: str, one: Claim, other: Claim) -> Iterator[str]:
    for field in _FIELDS:
        if (was := getattr(one, field)) != (will := getattr(other, field)):
            yield f"the {field} of {content}: {_shown(was)} → {_shown(will)}"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return " … ".join(map(_shown, value))
    return "none" if value is None else str(getattr(value, "text", value))
