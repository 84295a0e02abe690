"""What `import kg` offers."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import sample_evidence
from simple_reader import FINGERPRINT, read_simply

import kg
from kg import pipeline
from kg.errors import RunError
from kg.model import Article, Evidence

EVIDENCE = {e.article.body: e for e in sample_evidence()}


def perfect(article: Article) -> Evidence:
    """The sample evidence of the article with this body."""
    return EVIDENCE[article.body]


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """The sample articles as files that read back to the same records."""
    for evidence in sample_evidence():
        article = evidence.article
        path = tmp_path / "in" / Path(article.path).with_suffix(".md" if article.path.endswith("md") else ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        names = ("title", "outlet", "author", "published", "url", "language")
        facts = [f"{name}: {str(getattr(article, name))!r}" for name in names if getattr(article, name)]
        front = f"---\n{chr(10).join(facts)}\n---\n" if facts else ""
        path.write_text(front + article.body, encoding="utf-8", newline="")
    return tmp_path / "in"


@pytest.fixture
def graph(sources: Path, tmp_path: Path) -> kg.Graph:
    return kg.build(sources, store=tmp_path / "store", extract=perfect, fingerprint="perfect")


def test_the_samples_are_read_back_whole(graph: kg.Graph) -> None:
    assert graph.summary is not None
    assert graph.summary.skipped == ()
    assert graph.articles == tuple(sorted((e.article for e in sample_evidence()), key=lambda a: a.key))
    assert sum(graph.summary.claims.values()) == sum(len(e.claims) for e in sample_evidence())


def test_a_graph_can_be_opened_again_while_it_is_written(graph: kg.Graph, sources: Path, tmp_path: Path) -> None:
    with kg.open(tmp_path / "store") as again:
        rows = again.query("quotes").rows
        assert rows == graph.query("quotes").rows
        pipeline.retract([a.key for a in graph.articles], tmp_path / "store")
        assert again.query("quotes").rows == rows, "an open graph stays as it was"
    with kg.open(tmp_path / "store") as now:
        assert (now.query("quotes").rows, now.articles) == ((), ())


def test_queries_take_parameters(graph: kg.Graph) -> None:
    rows = list(graph.query("quotes", speaker="Ingrid Solvang").records())
    assert rows
    assert {row["speaker"] for row in rows} == {"Ingrid Solvang"}
    assert graph.query("ASK { ?c kg:speaker ?p }").boolean is True
    assert not graph.query("ASK { ?c kg:sourceMention ?m }").boolean
    assert graph.query("ASK { ?c kg:sourceMention ?m }", everything=True).boolean


def test_the_table_has_a_row_a_claim(graph: kg.Graph) -> None:
    frame = graph.to_pandas()
    assert len(frame) == sum(len(e.claims) for e in sample_evidence())
    wanted = "speaker office act kind polarity content sentence about title outlet published url confidence".split()
    assert [c for c in frame.columns if c in wanted] == wanted
    assert "will not be bullied" in " ".join(frame[frame.speaker == "Ingrid Solvang"].content)


def test_the_network_has_every_claim(graph: kg.Graph) -> None:
    network = graph.to_networkx()
    claims = {data["claim"] for *_, data in network.edges(data=True)}
    claims |= {node for node, data in network.nodes(data=True) if data["type"] == "Claim"}
    assert claims == set(graph.to_pandas().claim)
    names = {data["name"]: data["type"] for _, data in network.nodes(data=True)}
    assert (names["Ingrid Solvang"], names["Iceland"]) == ("Person", "Country")


def test_rdflib_gets_everything_and_a_copy(graph: kg.Graph) -> None:
    from rdflib import RDF, URIRef

    assert graph.summary
    dataset = graph.to_rdflib()
    assert len(list(dataset.quads((None, None, None, None)))) == graph.summary.quads
    dataset.remove((None, RDF.type, None))
    assert graph.query("ASK { ?c a kg:Claim }").boolean
    assert (None, URIRef("urn:kg:vocabulary#sourceMention"), None) in dataset


def test_claims_are_found_by_their_words(graph: kg.Graph) -> None:
    hit = graph.search("BULLIED not")[0]
    assert hit.key in {a.key for a in graph.articles}
    assert "bullied" in hit.text


def test_a_closed_graph_says_so(graph: kg.Graph) -> None:
    assert "3 articles" in repr(graph)
    graph.close()
    graph.close()
    for use in (lambda: graph.query("quotes"), graph.to_pandas, graph.to_rdflib, lambda: graph.search("x")):
        with pytest.raises(RunError, match=r"kg\.open"):
            use()


def test_memory_leaves_nothing_behind(sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with kg.build("in", store=":memory:", extract=perfect, fingerprint="perfect") as graph:
        assert graph.query("quotes").rows
        assert len(graph.to_rdflib()) > 0
    assert sorted(tmp_path.rglob("*")) == before
    with pytest.raises(RunError, match="only built"):
        kg.open(":memory:")


def test_output_files_are_written_and_then_left_alone(sources: Path, tmp_path: Path) -> None:
    def build() -> dict[str, tuple[int, bytes]]:
        output = tmp_path / "out"
        kg.build(sources, store=tmp_path / "s", output=output, extract=perfect, fingerprint="perfect").close()
        return {p.name: (p.stat().st_mtime_ns, p.read_bytes()) for p in output.iterdir()}

    first = build()
    assert sorted(first) == ["graph.html", "graph.nq", "graph.ttl"]
    assert build() == first
    (tmp_path / "out" / "graph.nq").write_text("spoilt")
    (tmp_path / "out" / "graph.ttl").unlink()
    third = build()
    assert {name: content for name, (_, content) in third.items()} == {n: c for n, (_, c) in first.items()}
    assert third["graph.html"] == first["graph.html"]


def test_the_turtle_file_holds_just_what_queries_see(sources: Path, tmp_path: Path) -> None:
    from rdflib import Graph

    graph = kg.build(sources, store=tmp_path / "s", output=tmp_path, extract=perfect, fingerprint="perfect")
    seen = graph.query("SELECT DISTINCT ?s ?p ?o { ?s ?p ?o }")
    assert len(Graph().parse(tmp_path / "graph.ttl")) == len(seen) > 0


def test_files_that_cannot_be_written_are_named(graph: kg.Graph, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(RunError, match=r"file.graph\.ttl cannot be written"):
        pipeline.write_files(tmp_path / "store", tmp_path / "file")
    assert [p.name for p in pipeline.write_files(tmp_path / "store", tmp_path / "new")] == list(pipeline.OUTPUTS)
    assert pipeline.write_files(tmp_path / "store", tmp_path / "new") == ()


def test_a_failed_build_lets_others_write(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(pipeline.NothingDone):
            kg.build(tmp_path / "nowhere", store=tmp_path / "s", extract=read_simply, fingerprint=FINGERPRINT)


def test_the_front_offers_what_it_says() -> None:
    assert set(kg.__all__) <= set(dir(kg))
    assert all(getattr(kg, name) is not None for name in kg.__all__)
    with pytest.raises(AttributeError, match="kg"):
        kg.nothing  # noqa: B018
