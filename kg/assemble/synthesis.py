"""Synthesis → its named graph: entities, who is mentioned where, claims with their speakers, offices over time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rdflib import OWL, PROV, RDF, SKOS, Graph, URIRef
from rdflib.namespace import ORG

from kg.assemble import literals
from kg.assemble.article import (
    Triple,
    claim_features,
    fill,
    mention_triples,
    passages,
    proposition_features,
    provenance,
    spans_of,
)
from kg.assemble.groups import group_triples
from kg.assemble.interval import interval
from kg.assemble.iri import BASE, Minter
from kg.assemble.vocabulary import KG, OA, SCHEMA
from kg.assemble.wikidata import WIKIDATA
from kg.model import Article, Claim, EntityType, Evidence
from kg.resolve import Member, ResolvedClaim, ResolvedEntity, Synthesis, Tenure, fold

CLASSES: Mapping[EntityType, URIRef] = {
    "Person": SCHEMA.Person,
    "Organisation": SCHEMA.Organization,
    "Country": SCHEMA.Country,
    "Place": SCHEMA.Place,
}


def synthesis_graph(synthesis: Synthesis, evidences: Iterable[Evidence], fingerprint: str, base: str = BASE) -> Graph:
    """The one graph of all conclusions.

    `synthesis` must be `resolve` of these same `evidences`, whose order does not matter; `fingerprint` names their
    extractor. What judgements changed says so by prov:wasInfluencedBy. RunError when `base` cannot start IRIs, KeyError
    when an article of the synthesis is not given.
    """
    mint = Minter(base)
    read = {record.article.key: record for record in evidences}
    records = {**read, **{record.article.key: record for record in synthesis.revised}}
    entities = {entity.id: mint.entity(entity.id, entity.iso) for entity in synthesis.entities}
    identifier = mint.synthesis_graph()
    origins = (mint.evidence_graph(record.article, fingerprint) for record in records.values())
    return fill(
        identifier,
        _entities(mint, synthesis, records, entities),
        _memberships(mint, synthesis, records, entities),
        _claims(mint, synthesis, records, read, entities),
        group_triples(mint, synthesis, records, read, entities),
        _corrected_passages(mint, synthesis, read),
        _added_mentions(mint, synthesis, read),
        provenance(mint, identifier, origins, fingerprint),
    )


def _entities(
    mint: Minter, synthesis: Synthesis, records: Mapping[str, Evidence], iris: Mapping[str, URIRef]
) -> Iterator[Triple]:
    local = {Member(record.article.key, entity.id): entity for record in records.values() for entity in record.everyone}
    for entity in synthesis.entities:
        iri = iris[entity.id]
        yield from _names(iri, entity)
        yield from _influences(mint, iri, entity.judgements)
        for member in entity.members:
            article = records[member.article].article
            for mention in local[member].mentions:
                yield mint.mention(article, mention.start, mention.end), OA.hasBody, iri


def _names(iri: URIRef, entity: ResolvedEntity) -> Iterator[Triple]:
    yield iri, RDF.type, CLASSES[entity.type]
    yield iri, SKOS.prefLabel, literals.text(entity.name)
    for name in entity.alternatives:
        yield iri, SKOS.altLabel, literals.text(name)
    for external in entity.same_as:
        yield iri, OWL.sameAs, URIRef(external)
    if entity.iso:
        yield iri, KG.isoCode, literals.text(entity.iso)
        if entity.iso in WIKIDATA:
            yield iri, OWL.sameAs, URIRef(f"http://www.wikidata.org/entity/{WIKIDATA[entity.iso]}")


def _memberships(
    mint: Minter, synthesis: Synthesis, records: Mapping[str, Evidence], iris: Mapping[str, URIRef]
) -> Iterator[Triple]:
    """W3C ORG: who holds which office of what, and when where that is known."""
    titles: defaultdict[URIRef, Counter[str]] = defaultdict(Counter)
    for entity in synthesis.entities:
        for tenure in entity.offices:
            role = _role(mint, tenure)
            titles[role][tenure.title] += len(tenure.evidence)
            yield from _membership(mint, entity, tenure, role, records, iris)
    for role, called in titles.items():
        yield role, RDF.type, ORG.Role
        yield role, SKOS.prefLabel, literals.text(min(called, key=lambda title: (-called[title], title)))


def _membership(
    mint: Minter,
    holder: ResolvedEntity,
    tenure: Tenure,
    role: URIRef,
    records: Mapping[str, Evidence],
    iris: Mapping[str, URIRef],
) -> Iterator[Triple]:
    iri = _membership_iri(mint, holder, tenure)
    yield iri, RDF.type, ORG.Membership
    yield iri, ORG.member, iris[holder.id]
    yield iri, ORG.role, role
    if tenure.of:
        yield iri, ORG.organization, iris[tenure.of]
    for article, span in ((records[quote.article].article, quote.span) for quote in tenure.evidence):
        yield iri, KG.passage, mint.passage(article, span.start, span.end)
    if tenure.over:
        yield iri, KG.over, literals.boolean(True)
    if tenure.start or tenure.end:
        yield from interval(mint, iri, ORG.memberDuring, tenure.start, tenure.end)


def _role(mint: Minter, tenure: Tenure) -> URIRef:
    return mint.role(fold(tenure.title) or tenure.title)


def _membership_iri(mint: Minter, holder: ResolvedEntity, tenure: Tenure) -> URIRef:
    dates = (tenure.start or "", tenure.end or "", *(["over"] if tenure.over and not tenure.end else []))
    return mint.membership(holder.id, _role(mint, tenure), tenure.of or "", *dates)


def _claims(
    mint: Minter,
    synthesis: Synthesis,
    records: Mapping[str, Evidence],
    read: Mapping[str, Evidence],
    iris: Mapping[str, URIRef],
) -> Iterator[Triple]:
    """Claims as corrected, under the IRIs that they have as read."""
    local = synthesis.by_member()
    entities = {entity.id: entity for entity in synthesis.entities}
    by_article: defaultdict[str, list[ResolvedClaim]] = defaultdict(list)
    for resolved in synthesis.claims:
        by_article[resolved.article].append(resolved)
    for key, resolved_claims in by_article.items():
        evidence = records[key]
        claims, claim_iris = {claim.id: claim for claim in evidence.claims}, mint.claims(read[key])
        for resolved in resolved_claims:
            claim, iri = claims[resolved.id], claim_iris[resolved.id]
            yield from claim_features(mint, evidence, claim, claim_iris)
            yield from _people(iri, resolved, iris)
            for holder, number in resolved.offices:
                entity = entities[holder]
                yield iri, KG.speakerOffice, _membership_iri(mint, entity, entity.offices[number])
            yield from _influences(mint, iri, resolved.judgements)
            yield from _said_on(mint, iri, claim)
            yield from proposition_features(mint, evidence.article, iri, claim.propositions)
            yield from _clauses(mint, iri, evidence.article, claim, local, iris)


def _added_mentions(mint: Minter, synthesis: Synthesis, read: Mapping[str, Evidence]) -> Iterator[Triple]:
    """Names that only other articles show to be names; all others are in the graphs of their articles."""
    for record in synthesis.revised:
        known = {mention for entity in read[record.article.key].everyone for mention in entity.mentions}
        for mention in sorted({m for entity in record.everyone for m in entity.mentions} - known):
            yield from mention_triples(mint, record.article, mention)


def _corrected_passages(mint: Minter, synthesis: Synthesis, read: Mapping[str, Evidence]) -> Iterator[Triple]:
    """Passages that only judgements or other articles point to; all others are in the graphs of their articles."""
    for record in synthesis.revised:
        yield from passages(mint, record.article, spans_of(record) - spans_of(read[record.article.key]))


def _influences(mint: Minter, subject: URIRef, judgements: Iterable[str]) -> Iterator[Triple]:
    for id in judgements:
        yield subject, PROV.wasInfluencedBy, mint.judgement(id)


def _people(iri: URIRef, claim: ResolvedClaim, iris: Mapping[str, URIRef]) -> Iterator[Triple]:
    for speaker in claim.speakers:
        yield iri, KG.speaker, iris[speaker]
        yield iris[speaker], KG.said, iri
    for entity in claim.about:
        yield iri, KG.about, iris[entity]
    for addressee in claim.addressees:
        yield iri, KG.addressee, iris[addressee]
    if claim.reported_by:
        yield iri, KG.reportedBy, iris[claim.reported_by]
    if claim.place:
        yield iri, KG.saidIn, iris[claim.place]


def _said_on(mint: Minter, iri: URIRef, claim: Claim) -> Iterator[Triple]:
    if claim.said_on and claim.said_on.value:
        start, _, end = claim.said_on.value.partition("/")
        yield from interval(mint, iri, KG.saidOn, start, end or start)


def _clauses(
    mint: Minter, iri: URIRef, article: Article, claim: Claim, local: Mapping[Member, str], iris: Mapping[str, URIRef]
) -> Iterator[Triple]:
    for number, proposition in enumerate(claim.propositions, 1):
        node = mint.proposition(iri, number)
        for argument, property, as_text in (
            (proposition.subject, KG.subject, KG.subjectText),
            (proposition.object, KG.object, KG.objectText),
        ):
            if argument is None:
                continue
            if argument.span:
                yield node, as_text, literals.text(argument.span.text)
            if argument.entity:
                yield node, property, iris[local[Member(article.key, argument.entity)]]
