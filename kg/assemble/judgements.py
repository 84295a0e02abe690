"""The ledger → its named graph: every entry, in force or not, with who decided it, when and why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from rdflib import PROV, RDF, RDFS, Graph, URIRef

from kg.assemble import literals
from kg.assemble.article import Triple, fill, provenance
from kg.assemble.iri import BASE, Minter
from kg.assemble.vocabulary import KG
from kg.judge import Entry, Identity, Place, Rulings, Speaker, Undo, Wrong, describe
from kg.model import Evidence


def judgements_graph(rulings: Rulings, evidences: Iterable[Evidence], fingerprint: str, base: str = BASE) -> Graph:
    """The one graph of all judgements.

    `rulings` must be `kg.judge.apply` to these same `evidences`; `fingerprint` names their extractor, since it decides
    which of the words that judgements name are mentions and claims. RunError when `base` cannot start IRIs.
    """
    mint = Minter(base)
    records = {record.article.key: record for record in evidences}
    identifier = mint.judgements_graph()
    ledger = mint.ledger(hashlib.sha256("\n".join(entry.id for entry in rulings.entries).encode()).hexdigest()[:16])
    return fill(
        identifier,
        (triple for entry in rulings.entries for triple in _judgement(mint, rulings, entry, records)),
        provenance(mint, identifier, [ledger], fingerprint),
    )


def _judgement(mint: Minter, rulings: Rulings, entry: Entry, records: Mapping[str, Evidence]) -> Iterator[Triple]:
    iri, author = mint.judgement(entry.id), mint.judge(entry.author)
    yield iri, RDF.type, KG.Judgement
    yield iri, RDFS.label, literals.text(describe(entry.decision))
    yield iri, KG.decision, literals.text(entry.name)
    yield iri, KG.standing, literals.text(rulings.standing[entry.id])
    yield iri, PROV.wasAttributedTo, author
    yield iri, PROV.generatedAtTime, literals.published(entry.order[0].isoformat())
    yield author, RDF.type, PROV.Person
    yield author, RDFS.label, literals.text(" ".join(entry.author.split()))
    if entry.reason:
        yield iri, KG.reason, literals.text(entry.reason)
    if winner := rulings.overruled_by.get(entry.id):
        yield iri, KG.overruledBy, mint.judgement(winner)
    yield from _decision(mint, rulings, entry, iri, records)


def _decision(
    mint: Minter, rulings: Rulings, entry: Entry, iri: URIRef, records: Mapping[str, Evidence]
) -> Iterator[Triple]:
    if isinstance(entry.decision, Wrong):
        yield iri, KG.rightField, literals.text(entry.decision.field)
        value = entry.decision.value
        for text in (value,) if isinstance(value, str) else (words.text for words in value):
            yield iri, KG.rightValue, literals.text(text)
    if isinstance(entry.decision, Identity):
        yield iri, KG.rightValue, literals.text(entry.decision.iri)
    if isinstance(entry.decision, Undo):
        yield iri, KG.undoes, mint.judgement(entry.decision.entry)
    found = rulings.located.get(entry.id)
    if found is None:
        return
    if found.claim:
        yield iri, KG.judges, mint.claims(records[found.claim.article])[found.claim.claim]
    property = KG.rightSpeaker if isinstance(entry.decision, Speaker) else KG.judges
    for place in found.mentions:
        yield iri, property, _mention(mint, place, records)


def _mention(mint: Minter, place: Place, records: Mapping[str, Evidence]) -> URIRef:
    return mint.mention(records[place.member.article].article, place.mention.start, place.mention.end)
