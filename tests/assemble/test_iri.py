import re
from dataclasses import replace

import pytest
from samples import TALKS, sample_evidence

from kg.assemble.iri import Minter, encode, layer
from kg.errors import RunError
from kg.model import Evidence

HOSTILE = [
    "Daily <b>Bugle</b>",
    'He said "hi"',
    "a b\tc\nd",
    "{x}|^`\\",
    "عربي\u202e\u200f",
    "😀 News",
    "x" * 10_000,
    "é" * 10_000,
    "../../etc/passwd",
    "a%20b",
    "#?&=",
    "\x00",
    "",
]
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-F]{2})+")


@pytest.mark.parametrize("base", ["urn:kg:", "https://example.org/graph/"])
@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_gives_a_valid_iri_of_limited_length(name: str, base: str) -> None:
    mint = Minter(base)
    for iri in (mint.outlet(name), mint.role(name), mint.entity("x", name or "y"), mint.interval(name, None)):
        assert IRI.fullmatch(iri), iri
        assert iri.startswith(base)
        assert len(iri) < 400


def test_different_names_give_different_iris() -> None:
    assert len({encode(name) for name in (*HOSTILE, "x" * 10_001, "a b", "a%2520b")}) == len(HOSTILE) + 3


@pytest.mark.parametrize(
    ("base", "iri"),
    [
        ("urn:kg:", f"urn:kg:article:{TALKS.id}#char=3,7"),
        ("https://example.org/kg/", f"https://example.org/kg/article/{TALKS.id}#char=3,7"),
    ],
)
def test_passages_are_fragments_of_their_article(base: str, iri: str) -> None:
    assert str(Minter(base).passage(TALKS, 3, 7)) == iri


@pytest.mark.parametrize(
    "base", ["", "kg", "urn:kg", "https://example.org/#", "https://example.org/?q=", "urn:a b:", "/x/"]
)
def test_a_base_that_cannot_start_iris_is_refused(base: str) -> None:
    with pytest.raises(RunError, match="cannot start the IRIs"):
        Minter(base)


@pytest.mark.parametrize("base", ["urn:kg:", "https://example.org/graph/", "https://example.org/graph/article/"])
def test_the_layer_of_a_graph_is_known_from_its_iri(base: str) -> None:
    mint = Minter(base)
    graphs = {
        "article": mint.article_graph(TALKS, "f"),
        "evidence": mint.evidence_graph(TALKS, "f"),
        "synthesis": mint.synthesis_graph(),
        "vocabulary": mint.vocabulary_graph(),
    }
    assert {name: layer(iri) for name, iri in graphs.items()} == {name: name for name in graphs}
    assert layer(mint.article(TALKS)) is None
    assert layer("https://example.org/graph/synthesis/more") is None


def test_claims_with_the_same_words_in_the_same_place_stay_two() -> None:
    record = sample_evidence()[2]
    twice = Evidence(
        record.article, record.entities, (*record.claims, *(replace(c, id=f"d{c.id}") for c in record.claims))
    )
    assert len(set(Minter().claims(twice).values())) == 4


def test_claims_keep_their_iri_when_others_come_and_go() -> None:
    record = sample_evidence()[0]
    assert Minter().claims(record)["c7"] == Minter().claims(Evidence(record.article, (), record.claims[6:]))["c7"]


def test_graphs_of_versions_and_of_extractors_differ() -> None:
    changed = replace(TALKS, title="Other")
    mint = Minter()
    assert (
        len({mint.evidence_graph(TALKS, "f"), mint.evidence_graph(TALKS, "g"), mint.evidence_graph(changed, "f")}) == 3
    )
    assert mint.article(changed) == mint.article(TALKS)
