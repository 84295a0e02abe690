"""Evidence of all articles → one synthesis: a pure function, independent of the order the evidence comes in.

Rules give every entity of an article a key (`kg.resolve.keys`), and those with the same key are one, unless judgements
say otherwise. So the work is linear in the number of mentions, and no pair is ever compared.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from kg.errors import ArticleError, RunError
from kg.judge import ClaimId, Link, Partition, Rulings
from kg.model import Article, Claim, Entity, Evidence, Member
from kg.resolve.keys import Key, keys, names
from kg.resolve.names import fold, fold_organisation, tidy
from kg.resolve.records import Quote, ResolvedClaim, ResolvedEntity, Synthesis, Tenure

Seen = tuple[Evidence, Entity]


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Entities of articles that are one, by their earliest mentions, and the keys they have."""

    members: tuple[Member, ...]
    keys: tuple[Key, ...]


def resolve(evidence: Iterable[Evidence], judgements: Rulings | None = None) -> Synthesis:
    """Who is who across articles, and who said what.

    Countries are one by ISO code; people by full name (two parts or more that are not initials), unless an article
    itself tells two bearers apart; organisations by full name, or by an acronym that articles tie to one long name;
    places by name. Case, accents and hyphens make no difference. Whatever has no such name stays within its article.

    `judgements`, which must be `kg.judge.apply` to this same evidence, win over all of this. Where they tell two of
    those that the rules make one apart, the others stay with the one mentioned first.

    RunError when two records are of the same article; ArticleError when a record refers to what it does not hold.
    """
    rulings = judgements or Rulings()
    records = revised(evidence, rulings)
    seen = {Member(record.article.key, entity.id): (record, entity) for record in records for entity in record.entities}
    found = clusters(records, rulings.links)
    codes = _codes(found)
    ids = _ids(found, codes, seen)
    influences = _influences(rulings.links)
    where = {member: ids[c] for c in found for member in c.members}
    entities = (
        _entity(ids[c], codes.get(c), c, [seen[m] for m in sorted(c.members)], where, influences) for c in found
    )
    claims = (_claim(record.article, claim, where, rulings) for record in records for claim in record.claims)
    return Synthesis(
        tuple(sorted(entities, key=lambda e: e.id)), tuple(claims), tuple(v for _, v in sorted(rulings.revised.items()))
    )


def revised(evidence: Iterable[Evidence], rulings: Rulings) -> list[Evidence]:
    """The evidence by article key, as judgements changed it. RunError when two records are of the same article."""
    records = sorted(evidence, key=lambda record: record.article.key)
    for one, other in pairwise(records):
        if one.article.key == other.article.key:
            raise RunError(f"two versions of one article ({one.article.key}) at once; retract one of them")
    return [rulings.revised.get(record.article.key, record) for record in records]


def clusters(records: Sequence[Evidence], links: Iterable[Link]) -> list[Cluster]:
    """Which entities of articles are one, by their earliest mentions: by judgements first, then by keys.

    What has a key joins the earliest of those with this key that no judgement keeps it apart from.
    """
    key_of = keys(records)
    partition: Partition[Member] = Partition()
    for link in links:
        (partition.join if link.same else partition.part)(link.one, link.other)
    ordered = sorted(key_of, key=_origins(records).__getitem__)
    heads: defaultdict[Key, list[Member]] = defaultdict(list)
    for member in ordered:
        of_key = heads[key_of[member]]
        if not any(partition.join(head, member) for head in of_key):
            of_key.append(member)
    members: defaultdict[Member, list[Member]] = defaultdict(list)
    for member in ordered:
        members[partition.root(member)].append(member)
    return [Cluster(tuple(group), tuple(sorted({key_of[m] for m in group}))) for group in members.values()]


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
        for entity in record.entities
    }


def _codes(found: Sequence[Cluster]) -> dict[Cluster, str]:
    """The ISO codes of countries. Of two clusters told apart by a judgement, the larger one keeps the code."""
    codes: dict[str, Cluster] = {}
    for cluster in sorted(found, key=lambda c: -len(c.members)):
        code = next((key[1] for key in cluster.keys if key[0] == "Country"), None)
        if code:
            codes.setdefault(code, cluster)
    return {cluster: code for code, cluster in codes.items()}


def _ids(found: Sequence[Cluster], codes: Mapping[Cluster, str], seen: Mapping[Member, Seen]) -> dict[Cluster, str]:
    """An id for each cluster: the ISO code, or a hash of where the earliest mention stands."""
    ids = {**{cluster: _digest(*_origin(cluster, seen)) for cluster in found}, **codes}
    # A joint mention ("they") can be the earliest of two entities: then what they are called tells them apart.
    for tell in (lambda c: c.keys[0], lambda c: (c.members[0].article, c.members[0].entity)):
        shared = {id for id, times in Counter(ids.values()).items() if times > 1}
        ids = {cluster: _digest(id, *tell(cluster)) if id in shared else id for cluster, id in ids.items()}
    return ids


def _origin(cluster: Cluster, seen: Mapping[Member, Seen]) -> tuple[str, str]:
    """Article key and offset of the earliest mention."""
    record, entity = seen[cluster.members[0]]
    return record.article.key, str(min((m.start for m in entity.mentions), default=-1))


def when(article: Article) -> tuple[bool, str]:
    """For sorting by publication: in UTC as far as known; unknown or unreadable dates last."""
    try:
        moment = datetime.fromisoformat(article.published or "")
    except ValueError:
        return True, article.published or ""
    return False, (moment if moment.tzinfo is None else moment.astimezone(UTC)).replace(tzinfo=None).isoformat()


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
    cluster: Cluster,
    seen: Sequence[Seen],
    where: Mapping[Member, str],
    influences: Mapping[Member, set[str]],
) -> ResolvedEntity:
    entities = [entity for _, entity in seen]
    called = Counter(tidy(e.name) for e in entities)
    organisations = {key[-1] for key in cluster.keys if key[0] == "Organisation"}
    full = [n for n in called if fold_organisation(n) in organisations] if organisations else list(called)
    name = min(full or called, key=lambda n: (-called[n], -len(n), n))
    others = {n for e in entities for n in (tidy(e.name), *names(e))} - {name, ""}
    types = {Member(record.article.key, entity.id): entity.type for record, entity in seen}
    return ResolvedEntity(
        id=id,
        type="Country" if code else types[cluster.members[0]],
        name=name,
        alternatives=tuple(sorted(others)),
        iso=code,
        members=tuple(sorted(cluster.members)),
        offices=_offices(seen, where),
        judgements=tuple(sorted({entry for m in cluster.members for entry in influences.get(m, ())})),
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


def _claim(article: Article, claim: Claim, where: Mapping[Member, str], rulings: Rulings) -> ResolvedClaim:
    def one(entity: str) -> str:
        return _find(article, entity, where, f"claim {claim.id}")

    def several(entities: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({one(entity) for entity in entities}))

    this = ClaimId(article.key, claim.id)
    judged = rulings.speakers.get(this)
    return ResolvedClaim(
        article=article.key,
        id=claim.id,
        speakers=several(claim.speakers) if judged is None else tuple(sorted({where[member] for member in judged})),
        about=several(claim.about),
        addressees=several(claim.addressees),
        reported_by=one(claim.reported_by) if claim.reported_by else None,
        place=one(claim.place) if claim.place else None,
        judgements=rulings.changed.get(this, ()),
    )


def _find(article: Article, entity: str, where: Mapping[Member, str], what: str) -> str:
    try:
        return where[Member(article.key, entity)]
    except KeyError:
        raise ArticleError(
            article.path, f"{what} refers to entity {entity}, which its evidence does not hold", "extract it again"
        ) from None
