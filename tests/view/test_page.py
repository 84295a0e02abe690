"""The page's HTML: one file, the same each time, with hostile text as inert data; and how writing it can fail."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from kg.errors import RunError
from kg.view import page, view_of, write_page
from kg.view.model import Article, Claim, Node, Segment, View, view
from kg.view.render import network, render, visible


def data_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


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
    assert data["nodes"][0]["name" if data["nodes"][0]["type"] == "Person" else "claim"] in (text, 0)
    assert data["claims"][0]["passage"] == [[text, "content"]]
    inside = html[html.index('id="data">') + 10 :]
    assert not set("<>&\u2028\u2029") & set(inside[: inside.index("</script>")])
    assert html.count("<script") == render(small()).count("<script")


def test_pyvis_draws_the_nodes_and_edges(sample_store: pyoxigraph.Store) -> None:
    shown = view_of(sample_store)
    net = network(shown, shown.drawn(100))
    assert len(net.nodes) == len(shown.weights())
    assert len(net.edges) == len(shown.edges)
    assert {"x", "y", "group", "shape", "label"} <= set(net.nodes[0])
    assert not any("title" in item for item in [*net.nodes, *net.edges])
    negative = next(i for i, e in enumerate(shown.edges) if e.polarity == "negative")
    assert next(e for e in net.edges if e["id"] == negative)["dashes"] == [7, 6]
    widths = {len(shown.edges[e["id"]].claims): e["width"] for e in net.edges}
    assert widths[3] > widths[1]


def test_a_capped_page_says_so_and_keeps_the_rest(sample_store: pyoxigraph.Store) -> None:
    shown = view_of(sample_store)
    html = render(shown, most=3)
    assert f"The 3 most connected of {len(shown.weights())} are drawn" in html
    data = data_of(html)
    assert len(data["network"]["nodes"]) == 3
    assert (len(data["nodes"]), len(data["claims"])) == (len(shown.nodes), len(shown.claims))
    assert "most connected" not in page(sample_store)


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
