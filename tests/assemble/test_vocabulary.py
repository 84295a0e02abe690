import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, URIRef

import kg.assemble
from kg.assemble.vocabulary import KG, PREFIXES, TERMS, expand, values, vocabulary_graph
from kg.model import Act


def test_a_term_that_is_not_in_the_vocabulary_raises() -> None:
    assert KG.speaker == URIRef("urn:kg:vocabulary#speaker")
    with pytest.raises(AttributeError, match="speakr"):
        KG.speakr  # noqa: B018


def test_terms_are_distinct_and_described() -> None:
    assert len({term.name for term in TERMS}) == len(TERMS)
    for term in TERMS:
        assert term.label
        assert term.comment.endswith(".")
        for name in (*term.parents, *filter(None, (term.domain, term.range))):
            assert expand(name)


def test_every_term_is_used_and_every_used_term_exists() -> None:
    sources = "".join(
        path.read_text("utf8") for path in Path(kg.assemble.__file__).parent.glob("*.py") if path.stem != "vocabulary"
    )
    used = set(re.findall(r"\bKG\.(\w+)", sources))
    assert used == {term.name for term in TERMS}


def test_the_ontology_has_each_term_once_with_its_kind() -> None:
    graph = vocabulary_graph()
    assert (KG.Claim, RDFS.subClassOf, expand("schema:Claim")) in graph
    assert (KG.speaker, RDFS.subPropertyOf, expand("prov:wasAttributedTo")) in graph
    for term in TERMS:
        (kind,) = graph.objects(term.iri, RDF.type)
        assert kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    assert sorted(vocabulary_graph()) == sorted(graph)


def test_values_come_from_the_records() -> None:
    from typing import get_args

    assert values("act") == get_args(Act)
    assert values("speaker") == ()
    with pytest.raises(KeyError):
        values("speakr")


def test_schema_org_is_the_https_one() -> None:
    assert PREFIXES["schema"] == "https://schema.org/"
