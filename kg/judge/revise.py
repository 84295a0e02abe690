"""Evidence as judgements change it: entities of one article taken apart, fields of claims corrected, claims hidden."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.judge.records import Field
from kg.model import Argument, Claim, Entity, Evidence, Mention, Office, Span

Groups = Sequence[Sequence[Mention]]


def hide(evidence: Evidence, hidden: Collection[str]) -> Evidence:
    """Without the claims of these ids; what stood within one of them stands where that one stood."""
    within = {claim.id: claim.within for claim in evidence.claims}

    def around(claim: Claim) -> str | None:
        outer, seen = claim.within, {claim.id}
        while outer is not None and outer in hidden and outer not in seen:
            seen.add(outer)
            outer = within.get(outer)
        return None if outer in hidden else outer

    claims = (replace(claim, within=around(claim)) for claim in evidence.claims if claim.id not in hidden)
    return replace(evidence, claims=tuple(claims))


def correct(evidence: Evidence, id: str, field: Field, value: str | tuple[Span, ...]) -> Evidence:
    """With another value of one field of one claim; its passage grows to hold the spans.

    `about` follows the content, and of the propositions those stay whose predicate stands in it.
    """
    claims = tuple(_corrected(evidence, c, field, value) if c.id == id else c for c in evidence.claims)
    return replace(evidence, claims=claims)


def _corrected(evidence: Evidence, claim: Claim, field: Field, value: str | tuple[Span, ...]) -> Claim:
    if isinstance(value, str):
        return replace(claim, **{field: value})  # type: ignore[arg-type]
    start = min((claim.passage.start, *(span.start for span in value)))
    end = max((claim.passage.end, *(span.end for span in value)))
    claim = replace(claim, passage=evidence.article.span(start, end))
    if field != "content":
        return replace(claim, **{field: value[0] if value else None})  # type: ignore[arg-type]
    content = tuple(sorted(value))
    about = tuple(_about(evidence.entities, content, claim.about))
    kept = tuple(p for p in claim.propositions if _in(p.predicate, content))
    return replace(claim, content=content, about=about, propositions=kept)


def _about(entities: Iterable[Entity], content: Sequence[Span], before: Collection[str]) -> Iterator[str]:
    """Who is mentioned in the content, by a pronoun only where that was read so before."""
    for entity in entities:
        inside = [m for m in entity.mentions if _in(m, content)]
        if inside and (entity.id in before or any(m.kind != "pronoun" for m in inside)):
            yield entity.id


def split(evidence: Evidence, judged: Mapping[str, Groups], mark: str = "~") -> Evidence:
    """With entities taken apart: `judged` gives, for ids, groups of mentions that belong to different entities.

    Other mentions go with a group that has the same words, else with the mention before them. The first group keeps
    the id; the others get the id with `mark` and 2 and so on. Claims and offices follow the mentions they rest on.
    """
    parts = {id: _parts(evidence.entity(id), groups, mark) for id, groups in judged.items()}
    entities = tuple(part for entity in evidence.entities for part in parts.get(entity.id, (entity,)))
    claims = tuple(_claim(claim, parts) for claim in evidence.claims)
    return replace(evidence, entities=tuple(_with_offices(entity, parts) for entity in entities), claims=claims)


def _parts(entity: Entity, groups: Groups, mark: str) -> tuple[Entity, ...]:
    """The entities that one is taken apart into, all offices still with each of them."""
    words = [{m.text.casefold() for m in group} for group in groups]
    mentions: list[list[Mention]] = [[] for _ in groups]
    last = 0
    for mention in sorted(entity.mentions):
        alike = [n for n, texts in enumerate(words) if mention.text.casefold() in texts]
        judged = [n for n, group in enumerate(groups) if mention in group]
        last = judged[0] if judged else alike[0] if len(alike) == 1 else last
        mentions[last].append(mention)
    largest = max(range(len(groups)), key=lambda n: (len(mentions[n]), -n))
    return tuple(
        replace(
            entity,
            id=part_id(entity.id, n, mark),
            name=_name(entity.name, mentions[n]),
            mentions=tuple(mentions[n]),
            iso=entity.iso if n == largest else None,
        )
        for n in range(len(groups))
    )


def part_id(id: str, number: int, mark: str = "~") -> str:
    """The id of a part, by its number from 0, of an entity that was taken apart."""
    return id if number == 0 else f"{id}{mark}{number + 1}"


def _name(before: str, mentions: Sequence[Mention]) -> str:
    """The name it had if it is still called so; else the longest of its names, or its first words."""
    names = [m.text for m in mentions if m.kind == "name"] or [m.text for m in mentions[:1]]
    return before if before in names else max(names, key=len)


def _claim(claim: Claim, parts: Mapping[str, Sequence[Entity]]) -> Claim:
    source = (claim.source,) if claim.source else ()

    def each(ids: Iterable[str], spans: Sequence[Span]) -> tuple[str, ...]:
        return tuple(part for id in ids for part in _meant(id, spans, claim.passage, parts))

    def one(id: str, spans: Sequence[Span]) -> str:
        return _meant(id, spans, claim.passage, parts)[0]

    def argument(given: Argument | None) -> Argument | None:
        if given is None or given.entity is None:
            return given
        return replace(given, entity=one(given.entity, (given.span,) if given.span else claim.content))

    return replace(
        claim,
        speakers=each(claim.speakers, source),
        about=each(claim.about, claim.content),
        addressees=each(claim.addressees, (claim.addressee or claim.passage,)),
        reported_by=one(claim.reported_by, (claim.passage,)) if claim.reported_by else None,
        place=one(claim.place, (claim.place_span or claim.passage,)) if claim.place else None,
        propositions=tuple(
            replace(p, subject=argument(p.subject), object=argument(p.object)) for p in claim.propositions
        ),
    )


def _with_offices(entity: Entity, parts: Mapping[str, Sequence[Entity]]) -> Entity:
    def of(office: Office) -> str | None:
        return _meant(office.of, (office.evidence,), office.evidence, parts)[0] if office.of else None

    if not entity.offices:
        return entity
    origin = next((id for id, found in parts.items() if any(part.id == entity.id for part in found)), entity.id)
    held = (o for o in entity.offices if entity.id in _meant(origin, (o.evidence,), o.evidence, parts))
    return replace(entity, offices=tuple(replace(office, of=of(office)) for office in held))


def _meant(id: str, spans: Sequence[Span], near: Span, parts: Mapping[str, Sequence[Entity]]) -> tuple[str, ...]:
    """Which parts of an entity have a mention in the spans; where none has, the one mentioned nearest to a span."""
    found = parts.get(id)
    if found is None:
        return (id,)
    inside = tuple(part.id for part in found if any(_in(m, spans) for m in part.mentions))
    if inside:
        return inside
    distances = ((max(near.start - m.end, m.start - near.end, 0), m, part.id) for part in found for m in part.mentions)
    return (min(distances)[2],)


def _in(mention: Mention | Span, spans: Iterable[Span]) -> bool:
    return any(span.start <= mention.start and mention.end <= span.end for span in spans)
