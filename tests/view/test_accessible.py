"""axe-core finds nothing serious, in light and dark, wide and narrow, whatever is opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyoxigraph
import pytest
from axe_playwright_python.sync_playwright import Axe

from kg.view import page

STEPS: dict[str, list[str]] = {
    "overview": [],
    "entity": ["#panel .ranks button"],
    "claim": ["#panel .ranks button", "#panel button:text-is('This claim')"],
    "list and filters": ["#see-list", "#filters summary:text-is('Act')", "#filters .choices[aria-label='Act'] label"],
}


def complaints(tab: Any) -> list[str]:
    """What axe-core calls serious or critical, with the elements."""
    found = Axe().run(tab).response["violations"]
    return [
        f"{v['id']}: {node['html'][:120]} {node['failureSummary']}"
        for v in found
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"]
    ]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 400)])
def test_axe_finds_nothing_serious(
    scheme: str, width: int, step: str, sample_store: pyoxigraph.Store, open_page: Callable[..., Any]
) -> None:
    tab = open_page(page(sample_store), width=width, scheme=scheme).page
    if width < 800:
        tab.click("#tools summary")
    for selector in STEPS[step]:
        tab.locator(selector).first.click()
        tab.evaluate("() => kg.settled()")
    tab.fill("#search", "ic")
    tab.wait_for_selector("#found [role=option]")
    assert complaints(tab) == []


def test_a_missing_label_would_be_found(sample_store: pyoxigraph.Store, open_page: Callable[..., Any]) -> None:
    tab = open_page(page(sample_store)).page
    tab.evaluate("() => document.getElementById('search').removeAttribute('aria-label')")
    tab.evaluate("() => document.getElementById('search').removeAttribute('placeholder')")
    assert any(line.startswith("label") for line in complaints(tab))
