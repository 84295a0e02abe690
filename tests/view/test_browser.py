"""The page as a person uses it, in Chromium, opened from disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from test_page import crowd

from kg.view import page
from kg.view.render import render


def settle(tab: Any) -> None:
    tab.evaluate("kg.settled()")


def test_a_click_on_an_edge_shows_the_sentence(
    sample_store: pyoxigraph.Store, open_page: Callable[..., Any], pictures: Path
) -> None:
    opened = open_page(page(sample_store))
    at = opened.page.evaluate(
        "(() => { const e = kg.scene().edges.find((edge) => edge.acts.warning); return kg.edgePoint(e.from, e.to); })()"
    )
    opened.page.mouse.click(at["x"], at["y"])
    opened.page.wait_for_selector("#panel .claim")
    assert opened.page.inner_text("#panel h2") == "A senior official"
    (sentence,) = opened.page.locator("#panel blockquote").all_inner_texts()
    assert sentence == "A senior official warned that the talks could collapse."
    marks = opened.page.locator("#panel blockquote mark")
    assert [(m.get_attribute("class"), m.inner_text()) for m in marks.all()] == [
        ("source", "A senior official"), ("cue", "warned"), ("content", "the talks could collapse"),
    ]  # fmt: skip
    facts = opened.page.inner_text("#panel .claim")
    for fact in ("warns", "indirect speech", "possible", "cue: warned", "The Northern Ledger", "4 March 2025"):
        assert fact in facts
    opened.page.screenshot(path=pictures / "edge.png")
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
    at = opened.page.evaluate("kg.nodePoint(kg.scene().nodes.find((node) => node.name === 'Iceland').id)")
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
        ("talks could", "One claim", "A senior official warned that the talks could collapse."),
    ],
)
def test_search_by_keyboard(
    typed: str, title: str, shown: str, sample_store: pyoxigraph.Store, open_page: Callable[..., Any]
) -> None:
    opened = open_page(page(sample_store))
    opened.page.keyboard.press("/")
    opened.page.keyboard.type(typed)
    opened.page.wait_for_selector("#found [role=option]")
    opened.page.keyboard.press("ArrowDown")
    active = opened.page.get_attribute("#search", "aria-activedescendant")
    assert opened.page.get_attribute(f"#{active}", "aria-selected") == "true"
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_function("title => panel.querySelector('h2').textContent === title", arg=title)
    assert shown in opened.page.inner_text("#panel")
    assert opened.page.evaluate("document.activeElement.tagName") == "H2"
    opened.page.keyboard.press("Escape")
    opened.page.wait_for_function("() => panel.querySelector('h2').textContent === 'Start anywhere'")
    assert opened.trouble == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_overflows_a_phone(
    scheme: str, sample_store: pyoxigraph.Store, open_page: Callable[..., Any], pictures: Path
) -> None:
    opened = open_page(page(sample_store), width=400, height=800, scheme=scheme)
    opened.page.click("#panel .ranks button")
    opened.page.screenshot(path=pictures / f"phone-{scheme}.png")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 400
    ink, paper = opened.page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(panel).backgroundColor]"
    )
    assert (ink < paper) == (scheme == "light") or "rgb(2" in (ink if scheme == "dark" else paper)
    assert opened.trouble == []


def test_a_large_graph_shows_its_most_connected_and_finds_the_rest(open_page: Callable[..., Any]) -> None:
    opened = open_page(render(crowd(3000)))
    tab = opened.page
    assert "36 of 3,000 are drawn" in tab.inner_text("#note")
    tab.fill("#search", "Person 2999")
    tab.wait_for_selector("#found [role=option]")
    tab.keyboard.press("Enter")
    tab.wait_for_function("() => panel.querySelector('h2').textContent === 'Person 2999'")
    assert tab.evaluate("kg.scene().nodes.some((node) => node.name === 'Person 2999')")
    tab.select_option("#most", "1000")
    settle(tab)
    assert tab.evaluate("kg.scene().nodes.length") == 1000
    assert opened.trouble == []
