"""Names and texts that would be code, markup or trouble if the page took them for more than text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph
from hostile import HOSTILE, hostile_evidence

from kg.model import Evidence
from kg.view import page

SPACED = "https://hostile.example/a b\"c'<d>{e}`\\^|"
"""An address that makes an IRI with what no IRI may have."""


def evidence(text: str, number: int) -> Evidence:
    """Hostile evidence, every second with an address that is hostile to IRIs in place of one that is to links."""
    found = hostile_evidence(text, number)
    return replace(found, article=replace(found.article, url=f"{SPACED}{number}")) if number % 2 else found


def test_hostile_text_is_only_ever_text(
    make_store: Callable[..., pyoxigraph.Store], open_page: Callable[..., Any], pictures: Path
) -> None:
    opened = open_page(page(make_store(evidence(text, i) for i, text in enumerate(HOSTILE))))
    tab = opened.page
    tab.select_option("#most", "120")
    tab.evaluate("kg.settled()")
    shown, links = set(), set()
    nodes, edges = tab.evaluate("[kg.scene().nodes.map((n) => n.id), kg.scene().edges.map((e) => [e.from, e.to])]")
    assert len(edges) >= 2 * len(HOSTILE)
    for choice in [*({"node": id} for id in nodes), *({"edge": ends} for ends in edges)]:
        tab.evaluate("choice => kg.choose(choice)", choice)
        shown.update(tab.evaluate("[...panel.querySelectorAll('blockquote')].map((quote) => quote.textContent)"))
        assert tab.evaluate("panel.querySelectorAll('script, img, iframe, style, object, embed, form').length") == 0
        links.update(tab.evaluate("[...panel.querySelectorAll('a')].map((link) => link.href)"))
    for text in HOSTILE:
        assert f"{text} said {text} was {text}." in shown
        tab.fill("#search", "")
        tab.fill("#search", text[:60].replace("\x00", ""))
        tab.wait_for_selector("#found [role=option]")
    assert {link[:33] for link in links} == {"https://hostile.example/a%20b%22c"}
    tab.keyboard.press("Escape")
    tab.click("#see-list")
    for button in tab.locator("#listing button").all()[:60]:
        button.click()
    tab.locator("#listing button.entity").first.click()
    for button in ("Expand", "Collapse", "Leave out", "Copy as citation", "This claim"):
        tab.locator(f"#panel button:text-is('{button}')").first.click()
        tab.keyboard.press("Escape" if tab.locator("dialog").count() else "Shift")
        tab.evaluate("kg.settled()")
    tab.click("#see-picture")
    tab.screenshot(path=pictures / "hostile.png")
    assert tab.evaluate("[window.hacked, document.querySelectorAll('script').length]") == [None, 3]
    assert opened.trouble == opened.requests == []
