"""Claims across articles as RDF: groups, the independent reports behind them, changes and contradictions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rdflib import PROV, RDF, Literal, URIRef

from kg.assemble import literals
from kg.assemble.article import Triple
from kg.assemble.interval import interval
from kg.assemble.iri import Minter
from kg.assemble.vocabulary import KG, SCHEMA
from kg.judge import ClaimId
from kg.model import Claim, Evidence
from kg.resolve import ClaimGroup, ClaimLink, Synthesis


def group_triples(
    mint: Minter,
    synthesis: Synthesis,
    records: Mapping[str, Evidence],
    read: Mapping[str, Evidence],
    entities: Mapping[str, URIRef],
) -> Iterator[Triple]:
    """All groups and links. `records` are the evidence as corrected, `read` as it was, which names the claims' IRIs."""
    texts = {ClaimId(key, claim.id): claim for key, record in records.items() for claim in record.claims}
    iris = {ClaimId(key, id): iri for key, record in read.items() for id, iri in mint.claims(record).items()}
    for group in synthesis.groups:
        yield from _group(mint, group, records, texts, iris, entities)
    for link in synthesis.links:
        yield from _link(mint, link)


def _group(
    mint: Minter,
    group: ClaimGroup,
    records: Mapping[str, Evidence],
    texts: Mapping[ClaimId, Claim],
    claims: Mapping[ClaimId, URIRef],
    entities: Mapping[str, URIRef],
) -> Iterator[Triple]:
    iri = mint.group(group.id)
    yield iri, RDF.type, KG.ClaimGroup
    yield iri, SCHEMA.text, literals.text(_text(texts[group.first]))
    yield iri, KG.firstReport, claims[group.first]
    yield iri, KG.independentReports, Literal(len(group.reports))
    for speaker in group.speakers:
        yield iri, PROV.wasAttributedTo, entities[speaker]
    if group.since or group.until:
        yield from interval(mint, iri, KG.saidOn, group.since, group.until)
    for number, report in enumerate(group.reports, 1):
        node = mint.report(group.id, number)
        yield node, RDF.type, KG.IndependentReport
        yield node, KG.reportOf, iri
        yield node, KG.firstReport, claims[report[0]]
        for claim in report:
            yield claims[claim], KG.inReport, node
            yield claims[claim], KG.inGroup, iri
            if outlet := records[claim.article].article.outlet:
                yield iri, KG.reportedIn, mint.outlet(outlet)


def _link(mint: Minter, link: ClaimLink) -> Iterator[Triple]:
    one, other = mint.group(link.one), mint.group(link.other)
    later, earlier = (other, one) if link.kind == "change" else (one, other)
    node = mint.link(link.kind, link.one, link.other)
    yield node, RDF.type, KG.GroupLink
    yield node, KG.linkKind, literals.text(link.kind)
    yield node, KG.linkFrom, later
    yield node, KG.linkTo, earlier
    yield node, KG.score, literals.probability(link.score)
    yield node, KG.explanation, literals.text(link.reason)
    if link.kind == "change":
        yield later, KG.changes, earlier
    else:
        yield one, KG.contradicts, other
        yield other, KG.contradicts, one


def _text(claim: Claim) -> str:
    return " ".join(" ".join(span.text for span in claim.content).split())
