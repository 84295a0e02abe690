"""The page's HTML: one file, the same each time, with hostile text as inert data; and how writing it can fail."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from kg.errors import RunError
from kg.view import page, view_of, write_page
from kg.view.data import PLAIN
from kg.view.model import Article, Claim, Node, Segment, View, view
from kg.view.network import LEVELS, edge_id, network, places, visible
from kg.view.render import Inline, explorer, render


def data_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    data = json.loads(found[1])
    return json.loads(zlib.decompress(base64.b64decode(data["deflated"]))) if "deflated" in data else data


def crowd(n: int, speakers: int = 97) -> View:
    """Many people, each spoken about, some of whom speak and a few of whom everyone speaks about."""
    claim = Claim("urn:c", "urn:a", 0, (Segment("so it is said", "content"),), "direct")
    claims = [
        replace(claim, iri=f"urn:c{i}", speakers=(f"urn:{i % speakers}",), about=(f"urn:{i}", f"urn:{i * 7 % 13}"))
        for i in range(n)
    ]
    return view([Node(f"urn:{i}", "Person", f"Person {i}") for i in range(n)], claims, [Article("urn:a")])


def small(name: str = "Anna", text: str = "so") -> View:
    claim = Claim("urn:c", "urn:a", 0, (Segment(text, "content"),), "direct", speakers=("urn:1",))
    return view([Node("urn:1", "Person", name)], [claim], [Article("urn:a", name)])


def test_same_store_same_page(sample_store: pyoxigraph.Store) -> None:
    assert page(sample_store) == page(sample_store)


def test_nothing_is_fetched_and_no_script_but_ours_is_allowed(sample_store: pyoxigraph.Store) -> None:
    html = page(sample_store)
    head = html[: html.index("<script")]
    assert "src=" not in head
    assert re.findall(r'<link[^>]*href="([^"]*)"', html) == ["data:,"]
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert "default-src &#39;none&#39;" in policy[1]
    assert "unsafe" not in policy[1]
    assert "sourceMappingURL" not in html


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]>",
        "{{ 7 * 7 }}{% raw %}",
        "\u2028\u2029",
        "a\x00b",
        "& ' \"",
    ],
)
def test_text_cannot_leave_the_data(text: str) -> None:
    html = render(small(text, text), title=text)
    data = data_of(html)
    assert data["nodes"]["name"][data["nodes"]["type"].index("Person")] == text
    assert data["claims"]["parts"] == [[text]]
    inside = html[html.index('id="data">') + 10 :]
    assert not set("<>&\u2028\u2029") & set(inside[: inside.index("</script>")])
    assert html.count("<script") == render(small()).count("<script")


def test_pyvis_draws_the_nodes_and_edges(sample_store: pyoxigraph.Store) -> None:
    shown = view_of(sample_store)
    ((first, where),) = places(shown)
    net = network(shown, first, where)
    assert len(net.nodes) == len(shown.weights())
    assert len(net.edges) == len({(e.source, e.target) for e in shown.edges})
    assert {"x", "y", "group", "shape", "label"} <= set(net.nodes[0])
    assert not any("title" in item for item in [*net.nodes, *net.edges])
    drawn = {edge_id(e.source, e.target): e for e in shown.edges if e.claims}
    assert {e["dashes"] == [7, 6] for e in net.edges if e["id"] in drawn and drawn[e["id"]].polarity == "negative"} == {
        True
    }
    widths = {len(drawn[e["id"]].claims): e["width"] for e in net.edges if e["id"] in drawn}
    assert widths[3] > widths[1]


def test_more_of_a_large_graph_is_the_same_map() -> None:
    levels = places(crowd(500))
    assert [len(nodes) for nodes, _ in levels] == list(LEVELS)
    (_, few), (_, more), _ = levels
    for axis in (0, 1):
        apart = [(few[a][axis] - few[b][axis]) * (more[a][axis] - more[b][axis]) for a in few for b in few if a < b]
        assert sum(product > 0 for product in apart) > 0.65 * len(apart)


def test_large_data_are_deflated_and_whole() -> None:
    shown = crowd(6000)
    html = render(shown)
    assert '"deflated"' in html
    assert len(html) < 1_100_000
    data = data_of(html)
    assert (len(data["nodes"]["id"]), len(data["claims"]["id"])) == (len(shown.nodes), len(shown.claims))
    assert len(json.dumps(data)) > PLAIN
    assert len(data["network"]["nodes"]) == LEVELS[0]


def test_a_page_for_a_server_has_no_data_and_may_ask_its_own_origin_alone() -> None:
    html = explorer("/explore/", numbers=[("claims", 3)])
    assert data_of(html) == {"http": "/explore/"}
    assert "connect-src &#39;self&#39;" in html
    assert "connect-src &#39;none&#39;" in render(small())


def test_in_a_notebook_the_page_stands_in_a_frame_of_its_own_origin() -> None:
    shown = Inline('<p class="x">&</p>', 300)._repr_html_()
    assert 'srcdoc="&lt;p class=&quot;x&quot;&gt;&amp;&lt;/p&gt;"' in shown
    assert "allow-same-origin" not in shown
    assert 'height="300"' in shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\u202eb\u2066c", "abc"), ("a\x00\x1bb", "ab"), (" a\n\tb ", "a b"), ("👩\u200d🚀", "👩\u200d🚀"), ("\x00", "")],
)
def test_visible(text: str, expected: str) -> None:
    assert visible(text) == expected


def test_write_page(sample_store: pyoxigraph.Store, tmp_path: Path) -> None:
    path = tmp_path / "new" / "graph.html"
    write_page(sample_store, path)
    assert path.read_text("utf-8") == page(sample_store)
    with pytest.raises(RunError, match=r"new: the page cannot be written .*; name a file"):
        write_page(sample_store, path.parent)


def test_an_empty_store_has_a_page(open_page: Callable[..., Any]) -> None:
    opened = open_page(page(pyoxigraph.Store()))
    assert "No claims found" in opened.page.inner_text("#panel")
    assert opened.trouble == opened.requests == []
