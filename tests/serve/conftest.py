"""Servers and a browser for the tests of `kg serve`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page
from samples import sample_evidence
from served import Served, make_store, start


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample evidence, served; nothing that changes it may be asked."""
    folder = tmp_path_factory.mktemp("sample")
    served = start(make_store(folder / "store", sample_evidence()), folder / "judgements.jsonl", "--author", "Ann",
                   "--time-limit", "120")  # fmt: skip
    yield served
    served.stop()


@dataclass
class Tab:
    """A page in the browser, and what went on in it that should not: requests elsewhere, complaints, dialogs."""

    page: Page
    elsewhere: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)


@pytest.fixture
def open_tab(chromium: Browser) -> Iterator[Callable[..., Tab]]:
    """Opens an empty tab that may ask one server alone."""
    contexts = []

    def opened(served: Served, width: int = 1280, height: int = 900, scheme: str = "light") -> Tab:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce",
            base_url=served.url,
        )  # fmt: skip
        context.set_default_timeout(30_000)
        contexts.append(context)
        tab = Tab(context.new_page())
        tab.page.on(
            "request",
            lambda r: None if r.url.startswith((served.url, "data:", "blob:")) else tab.elsewhere.append(r.url),
        )
        tab.page.on("console", lambda message: tab.trouble.append(f"{message.type}: {message.text}"))
        tab.page.on("pageerror", lambda error: tab.trouble.append(str(error)))
        tab.page.on("dialog", lambda dialog: (tab.trouble.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        context.on("page", lambda page: tab.trouble.append(f"window: {page.url}"))
        return tab

    yield opened
    for context in contexts:
        context.close()
