"""What the page shows, as records: from the sample evidence by way of a store, and by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pyoxigraph
import pytest
from samples import sample_evidence

from kg.view import view_of
from kg.view.data import group_records
from kg.view.model import (
    Article,
    Claim,
    Edge,
    Group,
    Link,
    Node,
    Office,
    Segment,
    View,
    edge_label,
    edge_polarity,
    segments,
    view,
)

ARTICLE = Article("urn:a", "A headline")
ANNA, BO, CHAD = Node("urn:1", "Person", "Anna"), Node("urn:2", "Person", "Bo"), Node("urn:3", "Country", "Chad")
CLAIM = Claim("urn:c1", "urn:a", 0, (Segment("Anna", "source"), Segment(" "), Segment("so", "content")), "indirect")


@pytest.fixture(scope="module")
def sample(sample_store: pyoxigraph.Store) -> View:
    return view_of(sample_store)


def named(shown: View) -> dict[str, str]:
    return {node.iri: node.name for node in shown.nodes}


def claim_edges(shown: View) -> set[tuple[str, str, str, str, int]]:
    names = named(shown)
    return {(names[e.source], names[e.target], e.label, e.polarity, len(e.claims)) for e in shown.edges if e.claims}


def test_edges_of_the_sample(sample: View) -> None:
    expected = {
        ("Ingrid Solvang", "Iceland", "says 2× · accuses", "mixed", 3),
        ("Ingrid Solvang", "Norway", "promises", "positive", 1),
        ("Ingrid Solvang", "North Sea Fisheries Council", "says", "positive", 1),
        ("Tomas Ferreira", "Ingrid Solvang", "denies", "positive", 1),
        ("Tomas Ferreira", "Iceland", "denies", "positive", 1),
        ("Tomas Ferreira", "patience was running out", "says", "positive", 1),
        ("A senior official", "the talks could collapse", "warns", "positive", 1),
        ("Iceland", "who should pay 😀", "says", "negative", 1),
    }
    assert expected <= claim_edges(sample)


def test_every_claim_is_on_an_edge(sample: View) -> None:
    assert {iri for edge in sample.edges for iri in edge.claims} == {claim.iri for claim in sample.claims}


def test_offices_of_the_sample(sample: View) -> None:
    names = named(sample)
    offices = {(names[e.source], e.label, names[e.target]) for e in sample.edges if not e.claims}
    assert ("Ingrid Solvang", "Trade Minister", "Norway") in offices
    arnarson = next(n for n in sample.nodes if n.name == "Jón Arnarson")
    assert [(o.title, names[o.of], o.start, o.end) for o in arnarson.offices] == [
        ("foreign minister", "Iceland", "2024-01-02", "")
    ]


def test_a_claim_of_the_sample(sample: View) -> None:
    claim = next(c for c in sample.claims if c.act == "denial")
    assert "".join(s.text for s in claim.passage) == (
        "The council’s president, Tomas Ferreira, denied that the minister had called Iceland’s fleet a threat, "
        "Reuters reported."
    )
    assert [(s.role, s.text) for s in claim.passage if s.role] == [
        ("source", "The council’s president, Tomas Ferreira"),
        ("cue", "denied"),
        ("content", "the minister had called Iceland’s fleet a threat"),
    ]
    assert (claim.kind, claim.confidence, named(sample)[claim.reported_by]) == ("indirect", 0.8, "Reuters")


def test_articles_of_the_sample(sample: View) -> None:
    known = {a.title: (a.outlet, a.published[:10], a.url) for a in sample.articles}
    assert known["Norway and Iceland trade words over quotas"] == (
        "The Northern Ledger", "2025-03-04", "https://northern-ledger.example/2025/03/talks?id=7",
    )  # fmt: skip
    assert known["notes/on the quay.txt"] == ("", "", "")  # no headline: its path


def test_groups_of_a_reprint(make_store: Callable[..., pyoxigraph.Store]) -> None:
    talks = next(e for e in sample_evidence() if e.article.path == "talks.md")
    copy = replace(
        talks, article=replace(talks.article, path="copy.md", url=None, outlet="The Copy", published="2025-03-05")
    )
    shown = view_of(make_store([copy, talks]))
    outlet = {a.iri: a.outlet for a in shown.articles}
    article = {c.iri: outlet[c.article] for c in shown.claims}
    groups = [g for g in shown.groups if len(g.claims) == 2]
    assert len(groups) >= 4
    assert {tuple(article[iri] for iri in g.claims) for g in groups} == {("The Northern Ledger", "The Copy")}
    assert {g.independent for g in groups} == {1}


def test_links_lead_both_ways() -> None:
    claims = [replace(CLAIM, iri=f"urn:c{i}", speakers=("urn:1",), start=9 - i) for i in range(4)]
    link = Link("change", "urn:g2", "urn:g1", "opposes", 0.7)
    groups = [Group("urn:g2", ("urn:c1",), 1, (link,)), Group("urn:g1", ("urn:c2", "urn:c0"), 2, (link,)),
              Group("urn:g3", ("urn:c3",), 1)]  # fmt: skip
    shown = view([ANNA], claims, [ARTICLE], groups)
    assert [(g.iri, g.claims) for g in shown.groups] == [("urn:g1", ("urn:c2", "urn:c0")), ("urn:g2", ("urn:c1",))]
    records = [(r["claims"], r["independent"], r["links"][0]) for r in group_records(shown).values()]
    assert [(*counts, to["kind"], to["claim"]) for *counts, to in records] == [
        (2, 2, "changed", "urn:c1"), (1, 1, "changes", "urn:c2"),
    ]  # fmt: skip


def test_an_empty_store_gives_an_empty_view() -> None:
    assert view_of(pyoxigraph.Store()) == View((), (), (), ())


@pytest.mark.parametrize(
    ("speakers", "about", "expected"),
    [
        (["urn:1"], ["urn:3"], {("Anna", "Chad")}),
        (["urn:1"], ["urn:2", "urn:3"], {("Anna", "Bo"), ("Anna", "Chad")}),
        (["urn:1"], ["urn:1", "urn:3"], {("Anna", "Chad")}),
        (["urn:1"], ["urn:1"], {("Anna", "so")}),
        (["urn:1"], [], {("Anna", "so")}),
        (["urn:1", "urn:2"], ["urn:3"], {("Anna", "Chad"), ("Bo", "Chad")}),
        (["urn:1", "urn:2"], ["urn:1"], {("Anna", "so"), ("Bo", "Anna")}),
        ([], ["urn:3"], {("an aide", "Chad")}),
        ([], [], {("an aide", "so")}),
    ],
)
def test_where_edges_run(speakers: list[str], about: list[str], expected: set[tuple[str, str]]) -> None:
    claim = replace(CLAIM, speakers=tuple(speakers), about=tuple(about), source="an\naide")
    shown = view([ANNA, BO, CHAD], [claim], [ARTICLE])
    assert {edge[:2] for edge in claim_edges(shown)} == expected


def test_unnamed_sources_are_one_within_an_article_only() -> None:
    claims = [replace(CLAIM, iri=f"urn:c{i}", article=a, source=s) for i, (a, s) in enumerate(
        [("urn:a", "an aide"), ("urn:a", "An aide"), ("urn:a", ""), ("urn:b", "an aide")]
    )]  # fmt: skip
    shown = view([], claims, [ARTICLE, Article("urn:b")])
    assert [n.name for n in shown.nodes if n.type == "Source"] == ["source not named", "an aide", "an aide"]


def test_order_of_input_does_not_matter() -> None:
    claims = [replace(CLAIM, iri=f"urn:c{i}", speakers=("urn:1",), about=("urn:3",), start=i % 2) for i in range(4)]
    nodes = [ANNA, replace(BO, offices=(Office("mayor", "urn:3"),)), CHAD]
    assert view(nodes, claims, [ARTICLE]) == view(nodes[::-1], claims[::-1], [ARTICLE])


def test_only_the_most_connected_are_drawn() -> None:
    shown = View(
        (ANNA, BO, CHAD, Node("urn:4", "Place", "Nowhere")),
        (Edge("urn:1", "urn:3", ("c1", "c2")), Edge("urn:2", "urn:3", ("c3",))), (), (),
    )  # fmt: skip
    assert [n.name for n in shown.drawn(10)] == ["Anna", "Bo", "Chad"]
    assert [n.name for n in shown.drawn(2)] == ["Anna", "Chad"]


def test_claims_about_nobody_are_drawn_only_where_everything_fits() -> None:
    claims = [replace(CLAIM, iri=f"urn:c{i}", source=f"aide {i}") for i in range(3)]
    shown = view([ANNA, CHAD], [*claims, replace(CLAIM, speakers=("urn:1",), about=("urn:3",))], [ARTICLE])
    assert len(shown.drawn(8)) == 8
    assert [n.name for n in shown.drawn(7)] == ["Anna", "Chad"]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], [("abcdef", "")]),
        ([(0, 2, "source"), (2, 4, "cue")], [("ab", "source"), ("cd", "cue"), ("ef", "")]),
        ([(0, 6, "content"), (2, 3, "cue")], [("ab", "content"), ("c", "cue"), ("def", "content")]),
        ([(1, 3, "content"), (3, 5, "content")], [("a", ""), ("bcde", "content"), ("f", "")]),
        ([(-3, 2, "source"), (5, 99, "content")], [("ab", "source"), ("cde", ""), ("f", "content")]),
        ([(4, 4, "cue")], [("abcdef", "")]),
    ],
)
def test_segments(spans: list[tuple[int, int, str]], expected: list[tuple[str, str]]) -> None:
    assert segments("abcdef", spans) == tuple(Segment(*part) for part in expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("acts", "label"),
    [
        (["statement"], "says"),
        (["denial", "statement", "statement"], "says 2× · denies"),
        (["warning", "denial"], "denies · warns"),
        (["warning", "denial", "praise"], "denies · warns …"),
    ],
)
def test_edge_labels(acts: list[str], label: str) -> None:
    assert edge_label(replace(CLAIM, act=act) for act in acts) == label  # type: ignore[arg-type]


@pytest.mark.parametrize(("all_of", "one"), [("pp", "positive"), ("nn", "negative"), ("pnp", "mixed")])
def test_edge_polarity(all_of: str, one: str) -> None:
    known = {"p": "positive", "n": "negative"}
    assert edge_polarity(replace(CLAIM, polarity=known[p]) for p in all_of) == one  # type: ignore[arg-type]
