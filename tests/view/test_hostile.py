"""Names and texts that would be code, markup or trouble if the page took them for more than text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph
from hostile import HOSTILE, hostile_evidence

from kg.view import page


def test_hostile_text_is_only_ever_text(
    make_store: Callable[..., pyoxigraph.Store], open_page: Callable[..., Any], tmp_path: Path
) -> None:
    opened = open_page(page(make_store(hostile_evidence(text, i) for i, text in enumerate(HOSTILE))))
    tab = opened.page
    tab.select_option("#most", "120")
    tab.evaluate("kg.settled()")
    shown = set()
    nodes, edges = tab.evaluate("[kg.scene().nodes.map((n) => n.id), kg.scene().edges.map((e) => [e.from, e.to])]")
    assert len(edges) >= 2 * len(HOSTILE)
    for choice in [*({"node": id} for id in nodes), *({"edge": ends} for ends in edges)]:
        tab.evaluate("choice => kg.choose(choice)", choice)
        shown.update(tab.evaluate("[...panel.querySelectorAll('blockquote')].map((quote) => quote.textContent)"))
        assert tab.evaluate("panel.querySelectorAll('script, img, iframe, style, a, object, embed, form').length") == 0
    for text in HOSTILE:
        assert f"{text} said {text} was {text}." in shown
        tab.fill("#search", "")
        tab.fill("#search", text[:60].replace("\x00", ""))
        tab.wait_for_selector("#found [role=option]")
    tab.screenshot(path=tmp_path / "hostile.png")
    assert tab.evaluate("[window.hacked, document.querySelectorAll('script').length]") == [None, 3]
    assert opened.trouble == opened.requests == []
