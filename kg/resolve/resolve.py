"""Evidence of all articles → one synthesis: a pure function, independent of the order the evidence comes in.

Every entity of an article gets exactly one key, from its own names and from the acronyms that articles explain; those
with the same key are one. So the work is linear in the number of mentions and no pair is ever compared.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import pairwise

from kg.errors import ArticleError, RunError
from kg.model import Article, Claim, Entity, Evidence
from kg.resolve.names import fold, fold_organisation, is_acronym, is_full_name, tidy
from kg.resolve.records import Member, Quote, ResolvedClaim, ResolvedEntity, Synthesis, Tenure

Key = tuple[str, ...]
Seen = tuple[Evidence, Entity]


def resolve(evidence: Iterable[Evidence]) -> Synthesis:
    """Who is who across articles.

    Countries are one by ISO code; people by full name (two parts or more that are not initials), unless an article
    itself tells two bearers apart; organisations by full name, or by an acronym that articles tie to one long name;
    places by name. Case, accents and hyphens make no difference. Whatever has no such name stays within its article.

    RunError when two records are of the same article; ArticleError when a record refers to what it does not hold.
    """
    records = _sorted(evidence)
    groups: defaultdict[Key, list[Seen]] = defaultdict(list)
    expansions = _expansions(records)
    for record in records:
        homonyms = _homonyms(record)
        for entity in record.entities:
            groups[_key(record.article, entity, homonyms, expansions)].append((record, entity))
    ids = _ids(groups)
    where = {Member(record.article.key, entity.id): ids[key] for key, seen in groups.items() for record, entity in seen}
    entities = sorted((_entity(ids[key], key, seen, where) for key, seen in groups.items()), key=lambda e: e.id)
    claims = tuple(_claim(record.article, claim, where) for record in records for claim in record.claims)
    return Synthesis(tuple(entities), claims)


def _sorted(evidence: Iterable[Evidence]) -> list[Evidence]:
    records = sorted(evidence, key=lambda record: record.article.key)
    for one, other in pairwise(records):
        if one.article.key == other.article.key:
            raise RunError(f"two versions of one article ({one.article.key}) at once; retract one of them")
    return records


def _names(entity: Entity) -> list[str]:
    """The names an article calls it by, in order; not what else it is called ("the minister", "Kyiv", "she")."""
    return [tidy(m.text) for m in entity.mentions if m.kind == "name"]


def _homonyms(record: Evidence) -> frozenset[str]:
    """Full names that one article gives to two people, so that the name alone says nothing about who is meant."""
    count = Counter(fold(e.name) for e in record.entities if e.type == "Person")
    return frozenset(name for name, times in count.items() if times > 1)


def _expansions(records: Iterable[Evidence]) -> dict[str, str]:
    """Acronym → long name, both folded, where the articles that explain the acronym all explain it alike."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for record in records:
        for entity in record.entities:
            if entity.type == "Organisation" and not is_acronym(entity.name):
                for name in _names(entity):
                    if is_acronym(name):
                        found[fold_organisation(name)].add(fold_organisation(entity.name))
    return {acronym: next(iter(names)) for acronym, names in found.items() if len(names) == 1}


def _key(article: Article, entity: Entity, homonyms: frozenset[str], expansions: Mapping[str, str]) -> Key:
    """What makes an entity of one article the same as one of another article."""
    alone = ("alone", article.key, entity.id)
    if entity.type == "Country":
        return ("Country", entity.iso) if entity.iso else ("Country by name", fold(entity.name))
    if not _names(entity):
        return alone
    if entity.type == "Organisation":
        name = fold_organisation(entity.name)
        return ("Organisation", expansions.get(name, name)) if name else alone
    name = fold(entity.name)
    if not name or (entity.type == "Person" and (name in homonyms or not is_full_name(entity.name))):
        return alone
    return (entity.type, name)


def _ids(groups: Mapping[Key, list[Seen]]) -> dict[Key, str]:
    """An id for each group: the ISO code, or a hash of where the earliest mention stands."""
    ids = {key: key[1] if key[0] == "Country" else _digest(*_origin(seen)) for key, seen in groups.items()}
    shared = {id for id, times in Counter(ids.values()).items() if times > 1}
    # A joint mention ("they") can be the earliest of two entities: then what they are called tells them apart.
    return {key: _digest(id, *key) if id in shared else id for key, id in ids.items()}


def _origin(seen: Iterable[Seen]) -> tuple[str, str]:
    """Article key and offset of the earliest mention."""
    _, key, offset = min(
        (_when(record.article), record.article.key, min((m.start for m in entity.mentions), default=-1))
        for record, entity in seen
    )
    return key, str(offset)


def _when(article: Article) -> tuple[bool, str]:
    """For sorting by publication: in UTC as far as known; unknown or unreadable dates last."""
    try:
        moment = datetime.fromisoformat(article.published or "")
    except ValueError:
        return True, article.published or ""
    return False, (moment if moment.tzinfo is None else moment.astimezone(UTC)).replace(tzinfo=None).isoformat()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _entity(id: str, key: Key, seen: list[Seen], where: Mapping[Member, str]) -> ResolvedEntity:
    entities = [entity for _, entity in seen]
    called = Counter(tidy(e.name) for e in entities)
    full = [n for n in called if fold_organisation(n) == key[-1]] if key[0] == "Organisation" else list(called)
    name = min(full or called, key=lambda n: (-called[n], -len(n), n))
    others = {n for e in entities for n in (tidy(e.name), *_names(e))} - {name, ""}
    return ResolvedEntity(
        id=id,
        type=entities[0].type,
        name=name,
        alternatives=tuple(sorted(others)),
        iso=min((e.iso for e in entities if e.iso), default=None),
        members=tuple(sorted(Member(record.article.key, entity.id) for record, entity in seen)),
        offices=_offices(seen, where),
    )


def _offices(seen: Iterable[Seen], where: Mapping[Member, str]) -> tuple[Tenure, ...]:
    titles: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    evidence: defaultdict[Key, set[Quote]] = defaultdict(set)
    for record, entity in seen:
        for office in entity.offices:
            of = _find(record.article, office.of, where, f"an office of entity {entity.id}") if office.of else ""
            key = (fold(office.title) or office.title, of, office.start or "", office.end or "")
            titles[key][tidy(office.title)] += 1
            evidence[key].add(Quote(record.article.key, office.evidence))
    return tuple(
        Tenure(
            min(called, key=lambda t: (-called[t], t)),
            key[1] or None,
            key[2] or None,
            key[3] or None,
            tuple(sorted(evidence[key])),
        )
        for key, called in sorted(titles.items())
    )


def _claim(article: Article, claim: Claim, where: Mapping[Member, str]) -> ResolvedClaim:
    def one(entity: str) -> str:
        return _find(article, entity, where, f"claim {claim.id}")

    def several(entities: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({one(entity) for entity in entities}))

    return ResolvedClaim(
        article=article.key,
        id=claim.id,
        speakers=several(claim.speakers),
        about=several(claim.about),
        addressees=several(claim.addressees),
        reported_by=one(claim.reported_by) if claim.reported_by else None,
        place=one(claim.place) if claim.place else None,
    )


def _find(article: Article, entity: str, where: Mapping[Member, str], what: str) -> str:
    try:
        return where[Member(article.key, entity)]
    except KeyError:
        raise ArticleError(
            article.path, f"{what} refers to entity {entity}, which its evidence does not hold", "extract it again"
        ) from None
