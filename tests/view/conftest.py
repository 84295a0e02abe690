"""A real browser, and stores made from evidence, for the tests of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph
import pytest
from playwright.sync_api import Browser, Page
from samples import sample_evidence

from kg.assemble import article_graphs, synthesis_graph, to_nquads
from kg.model import Evidence
from kg.resolve import resolve

FINGERPRINT = "0123456789abcdef"


def store_of(evidence: Iterable[Evidence]) -> pyoxigraph.Store:
    """The store that a build from this evidence makes."""
    records = tuple(evidence)
    graphs = [graph for record in records for graph in article_graphs(record, FINGERPRINT)]
    graphs.append(synthesis_graph(resolve(records), records, FINGERPRINT))
    store = pyoxigraph.Store()
    store.load("".join(to_nquads(graphs)).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    return store


@pytest.fixture(scope="session")
def make_store() -> Callable[[Iterable[Evidence]], pyoxigraph.Store]:
    return store_of


@pytest.fixture(scope="session")
def sample_store() -> pyoxigraph.Store:
    return store_of(sample_evidence())


@dataclass
class Opened:
    """A page in the browser, and what went on in it that should not."""

    page: Page
    requests: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Opens HTML from disk and, once it is ready, hands it over with all requests and complaints as they come."""
    contexts = []

    def opened(html: str, width: int = 1280, height: int = 800, scheme: str = "light") -> Opened:
        file = tmp_path / "graph.html"
        file.write_bytes(html.encode())
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        result = Opened(context.new_page())
        result.page.on("request", lambda request: result.requests.append(request.url))
        result.page.on("console", lambda message: result.trouble.append(f"{message.type}: {message.text}"))
        result.page.on("pageerror", lambda error: result.trouble.append(str(error)))
        result.page.on("dialog", lambda dialog: (result.trouble.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        context.on("page", lambda page: result.trouble.append(f"window: {page.url}"))
        result.page.goto(file.as_uri())
        result.page.wait_for_function("() => window.kg")
        assert result.requests.pop(0) == file.as_uri()
        return result

    yield opened
    for context in contexts:
        context.close()
