"""The page as a person uses it, in Chromium, opened from disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from kg.model import Article, Claim, Entity, Evidence, Mention, Office, Span
from kg.view import model, page
from kg.view.render import render

HACK = "window.hacked=1"
HOSTILE = (
    f"<script>{HACK}</script>",
    f"</script><script>{HACK}</script>",
    f'<img src=x onerror="{HACK}">',
    f"<svg onload={HACK}>",
    f'"><iframe srcdoc="<script>parent.{HACK}</script>">',
    f"javascript:{HACK}",
    f'<a href="javascript:{HACK}">href</a>',
    f"{{{{ constructor.constructor('{HACK}')() }}}}",
    "{% for x in y %}${7*7}",
    "<style>*{display:none}</style>",
    "<!-- <script>",
    "\u202egnivah\u2066 ylsuoires\u202c",
    "a\u2028b\u2029c",
    "naught\x00y",
    "long " * 1000,
    "W" * 5000,
    "👩🏽‍🚀 مرحبا 你好",
    "__proto__",
)


def hostile_evidence(text: str, number: int) -> Evidence:
    """An article in which everything that can be is `text`: names, offices, words, title, outlet and address."""
    body = f"{text} said {text} was {text}.\nSomeone from {text} warned of rain."
    article = Article(f"{number}.txt", body, text, text, text, text, f"javascript:{HACK}//{number}", "en")
    first, second = len(f"{text} said "), body.index("\n") + 1
    content = article.span(first, body.index(".\n"))
    named = article.span(0, len(text))
    person = Entity(
        "e1", "Person", text, (Mention(named.start, named.end, text, "name"),), offices=(Office(text, "e2", named),)
    )
    group = Entity("e2", "Organisation", f"{text} Inc", (Mention(first, first + len(text), text, "name"),))
    claims = (
        Claim("c1", "direct", (content,), article.span(0, second - 1), named, ("e1",), _find(article, "said", 0),
              about=("e2",), addressee_text=text),
        Claim("c2", "indirect", (_find(article, "of rain", second),), article.span(second, len(body)),
              article.span(second, body.index(" warned")), act="warning"),
    )  # fmt: skip
    return Evidence(article, (person, group), claims)


def _find(article: Article, words: str, start: int) -> Span:
    at = article.body.index(words, start)
    return article.span(at, at + len(words))


def test_a_click_on_an_edge_shows_the_sentence(
    sample_store: pyoxigraph.Store, open_page: Callable[..., Any], tmp_path: Path
) -> None:
    opened = open_page(page(sample_store))
    at = opened.page.evaluate("kg.edgePoint(kg.data.edges.findIndex((edge) => edge[3] === 'promises'))")
    opened.page.mouse.click(at["x"], at["y"])
    opened.page.wait_for_selector("#panel .claim")
    assert opened.page.inner_text("#panel h2") == "Ingrid Solvang → Norway"
    (sentence,) = opened.page.locator("#panel blockquote").all_inner_texts()
    assert sentence == "Ingrid Solvang assured NSFC on Thursday that Norway would keep its promises."
    marks = opened.page.locator("#panel blockquote mark")
    assert [(m.get_attribute("class"), m.inner_text()) for m in marks.all()] == [
        ("source", "Ingrid Solvang"), ("cue", "assured"), ("content", "Norway would keep its promises"),
    ]  # fmt: skip
    facts = opened.page.inner_text("#panel .claim")
    for fact in ("promise about Norway", "indirect speech", "cue: assured", "Harbour Dispatch", "6 March 2025"):
        assert fact in facts
    opened.page.screenshot(path=tmp_path / "edge.png")
    assert opened.trouble == opened.requests == []


def test_the_network_is_drawn_and_a_node_can_be_clicked(
    sample_store: pyoxigraph.Store, open_page: Callable[..., Any]
) -> None:
    opened = open_page(page(sample_store))
    opened.page.wait_for_timeout(300)
    painted = opened.page.evaluate(
        """() => { const canvas = document.querySelector("#network canvas");
        const dots = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        return dots.filter((value, i) => i % 4 === 3 && value > 0).length; }"""
    )
    assert painted > 2000
    at = opened.page.evaluate("kg.nodePoint(kg.data.nodes.findIndex((node) => node.name === 'Iceland'))")
    opened.page.mouse.click(at["x"], at["y"])
    opened.page.wait_for_selector("#panel .claim")
    text = opened.page.inner_text("#panel")
    for part in ("Iceland", "Country", "Office holders", "Jón Arnarson", "2 January 2024"):
        assert part in text
    assert opened.page.locator("#panel a").first.get_attribute("href").startswith("https://northern-ledger.example/")
    assert opened.page.locator("#panel a").first.get_attribute("rel") == "noopener noreferrer"


@pytest.mark.parametrize(
    ("typed", "title", "shown"),
    [
        ("ferr", "Tomas Ferreira", "patience was running out"),
        ("nsfc", "North Sea Fisheries Council", "must publish its figures"),
        ("JON", "Jón Arnarson", "foreign minister"),
        ("talks could", "A claim", "A senior official warned that the talks could collapse."),
    ],
)
def test_search_by_keyboard(
    typed: str, title: str, shown: str, sample_store: pyoxigraph.Store, open_page: Callable[..., Any]
) -> None:
    opened = open_page(page(sample_store))
    opened.page.keyboard.press("/")
    opened.page.keyboard.type(typed)
    opened.page.keyboard.press("ArrowDown")
    active = opened.page.get_attribute("#search", "aria-activedescendant")
    assert opened.page.get_attribute(f"#{active}", "aria-selected") == "true"
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#panel h2") == title
    assert shown in opened.page.inner_text("#panel")
    assert opened.page.evaluate("document.activeElement.tagName") == "H2"
    opened.page.keyboard.press("Escape")
    assert opened.page.inner_text("#panel h2") == "Start anywhere"
    assert opened.trouble == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_overflows_a_phone(
    scheme: str, sample_store: pyoxigraph.Store, open_page: Callable[..., Any], tmp_path: Path
) -> None:
    opened = open_page(page(sample_store), width=400, height=800, scheme=scheme)
    opened.page.click("#panel .ranks button")
    opened.page.screenshot(path=tmp_path / f"phone-{scheme}.png")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 400
    ink, paper = opened.page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(panel).backgroundColor]"
    )
    assert (ink < paper) == (scheme == "light") or "rgb(2" in (ink if scheme == "dark" else paper)
    assert opened.trouble == []


def test_hostile_text_is_only_ever_text(
    make_store: Callable[..., pyoxigraph.Store], open_page: Callable[..., Any], tmp_path: Path
) -> None:
    opened = open_page(page(make_store(hostile_evidence(text, i) for i, text in enumerate(HOSTILE))))
    tab = opened.page
    assert tab.evaluate("kg.data.claims.length") == 2 * len(HOSTILE)
    shown = set()
    for kind in ("node", "edge"):
        for i in range(tab.evaluate(f"kg.data.{kind}s.length")):
            tab.evaluate(f"kg.choose({{ {kind}: {i} }})")
            shown.update(tab.evaluate("[...panel.querySelectorAll('blockquote')].map((quote) => quote.textContent)"))
            assert tab.evaluate("panel.querySelectorAll('script, img, svg:not(.symbol), iframe, style, a').length") == 0
    for text in HOSTILE:
        assert f"{text} said {text} was {text}." in shown
        tab.fill("#search", "")
        tab.fill("#search", text[:60].replace("\x00", ""))
        tab.wait_for_selector("#found li")
    tab.screenshot(path=tmp_path / "hostile.png")
    assert tab.evaluate("[window.hacked, document.querySelectorAll('script').length]") == [None, 4]
    assert opened.trouble == opened.requests == []


def test_thousand_nodes_open(open_page: Callable[..., Any]) -> None:
    claim = model.Claim("urn:c", "urn:a", 0, (model.Segment("so", "content"),), "direct")
    claims = [replace(claim, iri=f"urn:c{i}", speakers=(f"urn:{i % 97}",), about=(f"urn:{i}",)) for i in range(1500)]
    shown = model.view(
        [model.Node(f"urn:{i}", "Person", f"Person {i}") for i in range(1500)], claims, [model.Article("urn:a")]
    )
    opened = open_page(render(shown))
    assert "The 1,000 most connected of" in opened.page.inner_text(".note")
    drawn = set(opened.page.evaluate("kg.data.network.nodes.map((node) => node.id)"))
    hidden = next(i for i in range(1500) if i not in drawn)
    name = opened.page.evaluate(f"kg.data.nodes[{hidden}].name")
    opened.page.fill("#search", name)
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#panel h2") == name
    assert "not drawn" in opened.page.inner_text("#panel .kind")
    assert opened.trouble == []
