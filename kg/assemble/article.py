"""One article version → its two named graphs: the text itself, and what the text says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import PROV, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from kg.assemble import literals
from kg.assemble.iri import BASE, Minter
from kg.assemble.vocabulary import KG, OA, SCHEMA
from kg.config import version
from kg.model import Article, Claim, Entity, Evidence, Mention, Proposition, Span

Triple = tuple[Node, Node, Node]
CONTEXT = 32
"""Characters of text before and after a passage, for finding it again in a changed text."""


def article_graphs(evidence: Evidence, fingerprint: str, base: str = BASE) -> list[Graph]:
    """The article's graph (metadata, passages, mentions without bodies) and its evidence graph, in this order.

    `fingerprint` names the extractor that found the evidence. Each graph's identifier is its IRI, which differs between
    versions of the article and between fingerprints. RunError when `base` cannot start IRIs.
    """
    mint = Minter(base)
    article = evidence.article
    text_graph, evidence_graph = mint.article_graph(article, fingerprint), mint.evidence_graph(article, fingerprint)
    return [
        fill(
            text_graph,
            _metadata(mint, article),
            _passages(mint, evidence),
            _mentions(mint, evidence),
            provenance(mint, text_graph, [mint.article(article)], fingerprint),
        ),
        fill(
            evidence_graph,
            _referents(mint, evidence),
            _office_statements(mint, evidence),
            _claims(mint, evidence),
            provenance(mint, evidence_graph, [mint.article(article)], fingerprint),
        ),
    ]


def fill(identifier: URIRef, *parts: Iterable[Triple]) -> Graph:
    """A graph of this name that holds all triples."""
    graph = Graph(store="SimpleMemory", identifier=identifier, bind_namespaces="none")
    for triples in parts:
        for triple in triples:
            graph.add(triple)
    return graph


def provenance(mint: Minter, graph: URIRef, origins: Iterable[URIRef], fingerprint: str) -> Iterator[Triple]:
    """PROV-O of a named graph: what it was derived from, by which version of this software, with which extractor."""
    release = version()
    activity, software, extractor = mint.activity(graph), mint.software(release), mint.extractor(fingerprint)
    yield graph, RDF.type, PROV.Entity
    yield graph, PROV.wasGeneratedBy, activity
    yield graph, PROV.wasAttributedTo, software
    yield activity, RDF.type, PROV.Activity
    yield activity, PROV.wasAssociatedWith, software
    yield activity, PROV.used, extractor
    for origin in origins:
        yield graph, PROV.wasDerivedFrom, origin
    yield software, RDF.type, PROV.SoftwareAgent
    yield software, RDFS.label, Literal(f"kg {release}")
    yield software, SCHEMA.softwareVersion, Literal(release)
    yield extractor, RDF.type, PROV.Entity
    yield extractor, KG.fingerprint, Literal(fingerprint)


def claim_features(mint: Minter, evidence: Evidence, claim: Claim, iris: dict[str, URIRef]) -> Iterator[Triple]:
    """What a claim is, whoever made it: the same in the evidence and, unless corrected, in the synthesis."""
    iri, article = iris[claim.id], evidence.article
    yield iri, RDF.type, KG.Claim
    if claim.kind != "indirect":
        yield iri, RDF.type, SCHEMA.Quotation
    yield iri, SCHEMA.isPartOf, mint.article(article)
    yield iri, SCHEMA.text, literals.text(" ".join(" ".join(span.text for span in claim.content).split()))
    yield iri, KG.passage, _passage_of(mint, article, claim.passage)
    for property, spans in (
        (KG.source, (claim.source,)),
        (KG.cue, (claim.cue,)),
        (KG.content, claim.content),
        (KG.addresseePassage, (claim.addressee,)),
        (KG.saidOnPassage, (claim.said_on.span if claim.said_on else None,)),
        (KG.saidInPassage, (claim.place_span,)),
    ):
        for span in spans:
            if span:
                yield iri, property, _passage_of(mint, article, span)
    yield iri, KG.kind, literals.text(claim.kind)
    yield iri, KG.act, literals.text(claim.act)
    yield iri, KG.polarity, literals.text(claim.polarity)
    yield iri, KG.modality, literals.text(claim.modality)
    yield iri, KG.confidence, literals.probability(claim.confidence)
    if claim.within:
        yield iri, KG.within, iris[claim.within]
    if claim.addressee_text:
        yield iri, KG.addresseeText, literals.text(claim.addressee_text)
    if claim.said_on:
        yield iri, KG.saidOnText, literals.text(claim.said_on.text)


def proposition_features(
    mint: Minter, article: Article, claim: URIRef, propositions: Iterable[Proposition]
) -> Iterator[Triple]:
    """The clauses of a claim, without their subjects and objects."""
    for number, proposition in enumerate(propositions, 1):
        iri = mint.proposition(claim, number)
        yield claim, KG.proposition, iri
        yield iri, RDF.type, KG.Proposition
        yield iri, KG.passage, mint.passage(article, *proposition.span)
        yield iri, KG.predicate, literals.text(proposition.predicate.text)
        yield iri, KG.negated, literals.boolean(proposition.negated)


def _metadata(mint: Minter, article: Article) -> Iterator[Triple]:
    iri = mint.article(article)
    yield iri, RDF.type, SCHEMA.NewsArticle
    yield iri, KG.path, literals.text(article.path)
    yield iri, KG.textSha256, literals.text(article.text_sha256)
    yield iri, KG.version, literals.text(article.version)
    for property, value in (
        (SCHEMA.headline, article.title),
        (SCHEMA.author, article.author),
        (SCHEMA.inLanguage, article.language),
    ):
        if value:
            yield iri, property, literals.text(value)
    if article.url:
        yield iri, SCHEMA.url, Literal(article.url, datatype=XSD.anyURI, normalize=False)
    if article.published:
        yield iri, SCHEMA.datePublished, literals.published(article.published)
        if day := literals.day(article.published):
            yield iri, KG.publishedOn, day
    if article.outlet:
        outlet = mint.outlet(article.outlet)
        yield iri, SCHEMA.publisher, outlet
        yield outlet, RDF.type, SCHEMA.NewsMediaOrganization
        yield outlet, SKOS.prefLabel, literals.text(" ".join(article.outlet.split()))


def _passages(mint: Minter, evidence: Evidence) -> Iterator[Triple]:
    """Every passage that anything in the graphs points to, each once."""
    return passages(mint, evidence.article, spans_of(evidence))


def passages(mint: Minter, article: Article, spans: Iterable[tuple[int, int]]) -> Iterator[Triple]:
    """Passages as Web Annotation describes them: by place and by words, with what stands around them."""
    iri, body = mint.article(article), article.body
    for start, end in sorted(spans):
        passage, selector = mint.passage(article, start, end), mint.selector(article, start, end)
        yield passage, RDF.type, OA.SpecificResource
        yield passage, OA.hasSource, iri
        yield passage, OA.hasSelector, selector
        yield selector, RDF.type, OA.TextPositionSelector
        yield selector, RDF.type, OA.TextQuoteSelector
        yield selector, OA.start, literals.offset(start)
        yield selector, OA.end, literals.offset(end)
        yield selector, OA.exact, literals.text(body[start:end])
        yield selector, OA.prefix, literals.text(body[max(0, start - CONTEXT) : start])
        yield selector, OA.suffix, literals.text(body[end : end + CONTEXT])


def spans_of(evidence: Evidence) -> set[tuple[int, int]]:
    """Starts and ends of all passages that the graphs of some evidence point to."""
    spans: list[Span | Mention] = []
    for entity in evidence.everyone:
        spans += entity.mentions
        spans += (office.evidence for office in entity.offices)
    for claim in evidence.claims:
        spans += claim.content
        spans += (span for span in (claim.passage, claim.source, claim.cue, claim.addressee, claim.place_span) if span)
        spans += (claim.said_on.span,) if claim.said_on else ()
    clauses = {proposition.span for claim in evidence.claims for proposition in claim.propositions}
    return clauses | {(span.start, span.end) for span in spans}


def _mentions(mint: Minter, evidence: Evidence) -> Iterator[Triple]:
    article = evidence.article
    for entity in evidence.everyone:
        for mention in entity.mentions:
            yield from mention_triples(mint, article, mention)


def mention_triples(mint: Minter, article: Article, mention: Mention) -> Iterator[Triple]:
    """A mention as an annotation of its passage, without what it is of."""
    iri = mint.mention(article, mention.start, mention.end)
    yield iri, RDF.type, OA.Annotation
    yield iri, OA.hasTarget, mint.passage(article, mention.start, mention.end)
    yield iri, KG.mentionKind, literals.text(mention.kind)


def _referents(mint: Minter, evidence: Evidence) -> Iterator[Triple]:
    article = evidence.article
    for entity in evidence.everyone:
        iri = mint.referent(article, entity.id)
        yield iri, RDF.type, KG.Referent
        yield iri, RDFS.label, literals.text(entity.name)
        yield iri, KG.entityType, literals.text(entity.type)
        for mention in entity.mentions:
            yield mint.mention(article, mention.start, mention.end), KG.refersTo, iri


def _office_statements(mint: Minter, evidence: Evidence) -> Iterator[Triple]:
    article = evidence.article
    for entity in evidence.everyone:
        for number, office in enumerate(entity.offices, 1):
            iri = mint.office(article, entity.id, number)
            yield iri, RDF.type, KG.OfficeStatement
            yield iri, KG.holder, mint.referent(article, entity.id)
            yield iri, SCHEMA.roleName, literals.text(office.title)
            yield iri, KG.passage, _passage_of(mint, article, office.evidence)
            if office.of:
                yield iri, KG.officeOf, mint.referent(article, office.of)
            if office.start:
                yield iri, SCHEMA.startDate, literals.published(office.start)
            if office.end:
                yield iri, SCHEMA.endDate, literals.published(office.end)


def _claims(mint: Minter, evidence: Evidence) -> Iterator[Triple]:
    iris = mint.claims(evidence)
    entities = {entity.id: entity for entity in evidence.everyone}
    for claim in evidence.claims:
        yield from claim_features(mint, evidence, claim, iris)
        yield from proposition_features(mint, evidence.article, iris[claim.id], claim.propositions)
        yield from _claim_mentions(mint, evidence.article, claim, iris[claim.id], entities)


def _claim_mentions(
    mint: Minter, article: Article, claim: Claim, iri: URIRef, entities: dict[str, Entity]
) -> Iterator[Triple]:
    """Which mentions the text has for those in the claim: inside the span that speaks of them, else the nearest one."""
    sought: list[tuple[URIRef, tuple[str, ...], tuple[Span, ...]]] = [
        (KG.sourceMention, claim.speakers or claim.unnamed, (claim.source,) if claim.source else ()),
        (KG.aboutMention, claim.about, claim.content),
        (KG.addresseeMention, claim.addressees, (claim.addressee or claim.passage,)),
        (KG.reporterMention, (claim.reported_by,) if claim.reported_by else (), (claim.passage,)),
        (KG.placeMention, (claim.place,) if claim.place else (), (claim.place_span or claim.passage,)),
    ]
    for property, ids, spans in sought:
        for id in ids:
            for mention in _mentions_in(entities[id], spans, claim.passage):
                yield iri, property, mint.mention(article, mention.start, mention.end)
    for number, proposition in enumerate(claim.propositions, 1):
        node = mint.proposition(iri, number)
        for argument, property, as_text in (
            (proposition.subject, KG.subjectMention, KG.subjectText),
            (proposition.object, KG.objectMention, KG.objectText),
        ):
            if argument is None:
                continue
            if argument.span:
                yield node, as_text, literals.text(argument.span.text)
            if argument.entity:
                near = argument.span or claim.passage
                for mention in _mentions_in(entities[argument.entity], (near,), near):
                    yield node, property, mint.mention(article, mention.start, mention.end)


def _mentions_in(entity: Entity, spans: Iterable[Span], passage: Span) -> list[Mention]:
    spans = tuple(spans)
    inside = [m for m in entity.mentions if any(s.start <= m.start and m.end <= s.end for s in spans)]
    if inside or not entity.mentions:
        return inside
    return [min(entity.mentions, key=lambda m: (max(passage.start - m.end, m.start - passage.end, 0), m))]


def _passage_of(mint: Minter, article: Article, span: Span) -> URIRef:
    return mint.passage(article, span.start, span.end)
