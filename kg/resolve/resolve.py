"""Evidence of all articles → one synthesis: a pure function, independent of the order the evidence comes in.

Who is who is decided in `kg.resolve.cluster`; here the clusters become entities, and claims get their people.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from kg.errors import RunError
from kg.judge import ClaimId, Link, Rulings
from kg.model import Article, Claim, Entity, EntityType, Evidence, Member
from kg.resolve.claims.group import group_claims
from kg.resolve.cluster import Clustering, cluster
from kg.resolve.days import day_of, when
from kg.resolve.names import fold, fold_organisation, is_acronym, is_full_name, tidy
from kg.resolve.overlooked import look_again
from kg.resolve.profiles import called
from kg.resolve.records import ResolvedClaim, ResolvedEntity, Synthesis, Tenure
from kg.resolve.sightings import find, sightings
from kg.resolve.tables import known_item
from kg.resolve.tenures import holds, tenures

WIKIDATA = "http://www.wikidata.org/entity/"
"""What the IRIs of Wikidata's items begin with."""

Seen = tuple[Evidence, Entity]
Members = tuple[Member, ...]


def resolve(evidence: Iterable[Evidence], judgements: Rulings | None = None) -> Synthesis:
    """Who is who across articles, and who said what.

    Names, offices, countries and the company that people and organisations keep are weighed (`kg.resolve.features`);
    what is not clear stays apart, and is listed in `Synthesis.doubts`. `judgements`, which must be `kg.judge.apply` to
    `look_again` of this same evidence, win over all of this.

    RunError when two records are of the same article; ArticleError when a record refers to what it does not hold.
    """
    rulings = judgements or Rulings()
    given = tuple(evidence)
    records = revised(given, rulings)
    read = {record.article.key: record for record in given}
    seen = {Member(record.article.key, entity.id): (record, entity) for record in records for entity in record.everyone}
    clustering = clustered(records, rulings)
    found = clustering.clusters
    codes = _codes(found, seen)
    ids = _ids(found, codes, seen)
    influences = _influences(rulings.links)
    where = {member: id for id, members in zip(ids, found, strict=True) for member in members}
    countries = set(codes.values())
    people = [
        _entity(ids[n], codes.get(n), members, seen, where, influences, rulings.identities, countries)
        for n, members in enumerate(found)
    ]
    entities = tuple(sorted(people, key=lambda entity: entity.id))
    offices = {entity.id: entity.offices for entity in entities if entity.offices}
    claims = tuple(
        _claim(record.article, claim, where, rulings, offices) for record in records for claim in record.claims
    )
    grouping = group_claims(records, claims, entities)
    return Synthesis(
        entities,
        claims,
        tuple(record for record in records if record is not read[record.article.key]),
        clustering.doubts,
        grouping.groups,
        grouping.links,
    )


def revised(evidence: Iterable[Evidence], rulings: Rulings) -> list[Evidence]:
    """The evidence by article key, as the other articles and judgements change it.

    RunError when two records are of the same article.
    """
    records = look_again(sorted(evidence, key=lambda record: record.article.key))
    for one, other in pairwise(records):
        if one.article.key == other.article.key:
            raise RunError(f"two versions of one article ({one.article.key}) at once; retract one of them")
    return [rulings.revised.get(record.article.key, record) for record in records]


def clustered(records: Sequence[Evidence], rulings: Rulings) -> Clustering:
    """Which entities of articles are one, why, and where that is in doubt."""
    origins = _origins(records)
    judged = {member for speakers in rulings.speakers.values() for member in speakers}
    return cluster(records, sorted(origins, key=origins.__getitem__), rulings.links, judged)


def _origins(records: Iterable[Evidence]) -> dict[Member, tuple[tuple[bool, str], str, int, str]]:
    """Where each entity of an article is first mentioned: time and key of the article, offset; then its id."""
    return {
        Member(record.article.key, entity.id): (
            when(record.article),
            record.article.key,
            min((m.start for m in entity.mentions), default=-1),
            entity.id,
        )
        for record in records
        for entity in record.everyone
    }


def _codes(found: Sequence[Members], seen: Mapping[Member, Seen]) -> dict[int, str]:
    """The ISO codes of countries, by number of cluster. Of two told apart by a judgement, the larger one keeps it."""
    codes: dict[str, int] = {}
    for number in sorted(range(len(found)), key=lambda n: -len(found[n])):
        code = min((iso for m in found[number] if (iso := seen[m][1].iso)), default=None)
        if code:
            codes.setdefault(code, number)
    return {number: code for code, number in codes.items()}


def _ids(found: Sequence[Members], codes: Mapping[int, str], seen: Mapping[Member, Seen]) -> list[str]:
    """An id for each cluster: the ISO code, or a hash of where the earliest mention stands."""
    ids = [codes.get(n) or _digest(*_origin(members, seen)) for n, members in enumerate(found)]
    # A joint mention ("they") can be the earliest of two entities: then what they are called tells them apart.
    for tell in (lambda m: (seen[m[0]][1].type, fold(seen[m[0]][1].name)), lambda m: (m[0].article, m[0].entity)):
        shared = {id for id, times in Counter(ids).items() if times > 1}
        ids = [_digest(id, *tell(m)) if id in shared else id for id, m in zip(ids, found, strict=True)]
    return ids


def _origin(members: Members, seen: Mapping[Member, Seen]) -> tuple[str, str]:
    """Article key and offset of the earliest mention."""
    record, entity = seen[members[0]]
    return record.article.key, str(min((m.start for m in entity.mentions), default=-1))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _influences(links: Iterable[Link]) -> dict[Member, set[str]]:
    """Which judgements each entity of an article was linked by."""
    found: defaultdict[Member, set[str]] = defaultdict(set)
    for link in links:
        found[link.one].add(link.entry)
        found[link.other].add(link.entry)
    return found


def _entity(
    id: str,
    code: str | None,
    members: Members,
    seen: Mapping[Member, Seen],
    where: Mapping[Member, str],
    influences: Mapping[Member, set[str]],
    identities: Mapping[Member, tuple[str, ...]],
    countries: Collection[str],
) -> ResolvedEntity:
    entities = _named([seen[member] for member in members])
    type = "Country" if code else _type(entities)
    name = _name(type, entities)
    others = {n for e in entities for n in (tidy(e.name), *called(e))} - {name, ""}
    ordered = tuple(sorted(members))
    return ResolvedEntity(
        id=id,
        type=type,
        name=name,
        alternatives=tuple(sorted(others)),
        iso=code,
        members=ordered,
        offices=_offices([seen[member] for member in ordered], where, countries),
        judgements=tuple(sorted({entry for m in members for entry in influences.get(m, ())})),
        same_as=_same_as(type, (name, *others), [iri for m in members for iri in identities.get(m, ())]),
    )


def _named(seen: Sequence[Seen]) -> list[Entity]:
    """Those that their articles name, if any does; else those called by an office."""
    return [e for record, e in seen if e not in record.unnamed] or [e for _, e in seen]


def _same_as(type: EntityType, names: Iterable[str], judged: Iterable[str]) -> tuple[str, ...]:
    """What judgements say; of organisations also the item of the table, where all names that have one have the same."""
    items = {item for name in names if (item := known_item(name))} if type == "Organisation" else set()
    found = {f"{WIKIDATA}{item}" for item in items if len(items) == 1}
    judged = set(judged)
    own = {iri for iri in found if not any(iri.startswith(WIKIDATA) for iri in judged)}
    return tuple(sorted({*judged, *own}))


def _type(entities: Sequence[Entity]) -> EntityType:
    """What most of them were read as; of several, what the earliest was read as."""
    count = Counter(entity.type for entity in entities)
    return max(count, key=count.__getitem__)


def _name(type: EntityType, entities: Sequence[Entity]) -> str:
    """The commonest name: of people a full one if there is any.

    Of organisations it is one that is no acronym, and the commonest of those longer ones that have it as a part and
    were read more than once: what is cut short is no name.
    """
    names = Counter(tidy(e.name) for e in entities if e.type == type)
    fit = {"Person": is_full_name, "Organisation": lambda n: not is_acronym(n)}.get(type, bool)

    def commonest(among: Iterable[str]) -> str | None:
        return min(among, key=lambda n: (-names[n], -len(n), n), default=None)

    name = commonest(filter(fit, names)) or commonest(names) or tidy(entities[0].name)
    while type == "Organisation":
        part = f" {fold_organisation(name)} "
        longer = [n for n in names if names[n] > 1 and len(n) > len(name) and part in f" {fold_organisation(n)} "]
        if not longer:
            break
        name = commonest(longer) or name
    return name


def _offices(seen: Iterable[Seen], where: Mapping[Member, str], countries: Collection[str]) -> tuple[Tenure, ...]:
    found = sightings(seen, where)
    return tenures(found, {s.of: s.of in countries for s in found if s.of})


def _said_on(article: Article, claim: Claim) -> str:
    """The day a claim was uttered: the one the text tells, if it is one; else that of publication."""
    told = claim.said_on.value if claim.said_on else None
    return told if told and len(told) == 10 else day_of(article)


def _claim(
    article: Article,
    claim: Claim,
    where: Mapping[Member, str],
    rulings: Rulings,
    offices: Mapping[str, tuple[Tenure, ...]],
) -> ResolvedClaim:
    def one(entity: str) -> str:
        return find(article, entity, where, f"claim {claim.id}")

    def several(entities: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({one(entity) for entity in entities}))

    this = ClaimId(article.key, claim.id)
    judged = rulings.speakers.get(this)
    unnamed = tuple(sorted({id for u in claim.unnamed if (id := where.get(Member(article.key, u)))}))
    speakers = several(claim.speakers) or unnamed
    if judged is not None:
        speakers = tuple(sorted({where[member] for member in judged}))
    day = _said_on(article, claim)
    return ResolvedClaim(
        article=article.key,
        id=claim.id,
        speakers=speakers,
        about=several(claim.about),
        addressees=several(claim.addressees),
        reported_by=one(claim.reported_by) if claim.reported_by else None,
        place=one(claim.place) if claim.place else None,
        judgements=rulings.changed.get(this, ()),
        offices=tuple((s, n) for s in speakers for n, held in enumerate(offices.get(s, ())) if holds(held, day)),
    )
