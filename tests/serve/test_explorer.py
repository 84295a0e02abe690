"""The explorer fed by the server gets the same answers as the page that carries its data with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from playwright.sync_api import Browser
from served import Served

from kg.serve.explore import Explorer
from kg.serve.index import make
from kg.store import DiskGraph
from kg.view import page

ALL: dict[str, Any] = {
    "types": [], "speaker": None, "outlets": [], "kinds": [], "acts": [], "polarity": None, "from": None, "to": None,
}  # fmt: skip
FILTERS = [
    ALL,
    {**ALL, "types": ["Person", "Country"]},
    {**ALL, "outlets": ["The Northern Ledger"]},
    {**ALL, "kinds": ["direct", "mixed"]},
    {**ALL, "acts": ["warning", "denial", "statement"]},
    {**ALL, "polarity": "negative"},
    {**ALL, "from": "2025-03-05"},
    {**ALL, "from": "2025-03-01", "to": "2025-03-04"},
    {**ALL, "types": ["Person"], "acts": ["nothing"]},
]


class Embedded:
    """The source of a page that carries its data, asked in a browser."""

    def __init__(self, tab: Any) -> None:
        self.tab = tab

    def __call__(self, method: str, *question: Any) -> Any:
        return self.all([(method, question)])[0]

    def all(self, questions: list[tuple[str, tuple[Any, ...]]]) -> list[Any]:
        """The answers to many questions."""
        asked = [[method, list(question)] for method, question in questions]
        return list(self.tab.evaluate("(all) => Promise.all(all.map(([m, q]) => kg.source[m](...q)))", asked))


@pytest.fixture(scope="module")
def graph(sample: Served) -> pyoxigraph.Store:
    return pyoxigraph.Store.read_only(str(DiskGraph(sample.folder).location()))


@pytest.fixture(scope="module")
def embedded(graph: pyoxigraph.Store, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Embedded:
    file: Path = tmp_path_factory.mktemp("embedded") / "graph.html"
    file.write_text(page(graph), encoding="utf-8")
    tab = chromium.new_page()
    tab.goto(file.as_uri())
    tab.wait_for_selector("#panel h2")
    tab.wait_for_function("() => window.kg")
    return Embedded(tab)


@pytest.fixture(scope="module")
def indexed(graph: pyoxigraph.Store, tmp_path_factory: pytest.TempPathFactory) -> Explorer:
    path = tmp_path_factory.mktemp("index") / "index.sqlite"
    make(path, graph, lambda version: None)
    return Explorer(path)


def same(one: Any, other: Any) -> bool:
    """Equal but for the order of keys; edges in any order."""

    def plain(value: Any) -> Any:
        if isinstance(value, list) and value and isinstance(value[0], dict) and "negative" in value[0]:
            return sorted(json.dumps(edge, sort_keys=True) for edge in value)
        return json.loads(json.dumps(value, sort_keys=True))

    return bool(plain(one) == plain(other))


def test_the_same_summary(sample: Served, embedded: Embedded) -> None:
    ours, theirs = sample.explore("summary"), embedded("summary")
    del ours["look"]["options"], theirs["look"]["options"]  # the picture has added to its own by now
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if not same(ours[name], theirs[name])] == []


@pytest.mark.parametrize("number", range(len(FILTERS)))
def test_the_same_answers(number: int, indexed: Explorer, embedded: Embedded) -> None:
    wanted = FILTERS[number]
    everyone = [node["id"] for node in embedded("top", ALL, 1000)["nodes"]]
    assert len(everyone) > 10
    named = [node for node in embedded("nodes", everyone) if node["type"] in ("Person", "Country")]
    speaker = next(node["id"] for node in named if node["name"] == "Ingrid Solvang")
    compared = 0
    for filter in (wanted, {**wanted, "speaker": speaker}):
        questions: list[tuple[str, tuple[Any, ...]]] = [
            *(("top", (filter, most)) for most in (0, 3, 8, 40, 1000)),
            ("nodes", (["urn:nothing", *everyone[:5]],)),
            ("edges", (everyone, filter)),
            ("edges", (everyone[:4], filter)),
            ("leaders", (filter, 5)),
            ("days", ({}, filter)),
            *(("claims", ({}, filter, skip, 4)) for skip in (0, 4, 100)),
        ]
        for id in everyone:
            questions += [
                ("neighbours", (id, filter, 3)),
                ("neighbours", (id, filter, 100)),
                ("entity", (id, filter)),
                *(("claims", ({"node": id, "role": role}, filter, 0, 50)) for role in ("says", "about", "to", "via")),
                ("days", ({"node": id, "role": "says"}, filter)),
                ("path", (speaker, id, filter)),
            ]
        for edge in embedded("edges", everyone, ALL):
            questions.append(("claims", ({"edge": [edge["from"], edge["to"]]}, filter, 0, 9)))
        for claim in embedded("claims", {}, ALL, 0, 3)["claims"]:
            questions.append(("claims", ({"id": claim["id"]}, filter, 0, 1)))
            questions.append(("claims", ({"group": (claim["group"] or {"id": "urn:none"})["id"]}, filter, 0, 9)))
        if filter is not wanted:
            questions = questions[::3]
        for (method, question), theirs in zip(questions, embedded.all(questions), strict=True):
            ours = indexed.ask(method, list(question))
            if method == "claims":  # what the server's own pages need beside
                for claim in ours["claims"]:
                    del claim["start"]
            assert same(ours, theirs), (method, question, ours, theirs)
            compared += 1
    assert compared > 100


@pytest.mark.parametrize(
    "words", ["solv", "SOLVANG ingr", "jon", "talks could", "never promised", "😀", "nowhere", "“", "*"]
)
def test_the_same_search(words: str, sample: Served, embedded: Embedded) -> None:
    ours, theirs = sample.explore("search", words, 20), embedded("search", words, 20)
    for claim in ours["claims"]:
        del claim["start"]
    if words in ("😀", "“"):  # signs are no words to an index
        assert ours == {"nodes": [], "claims": []}
    else:
        assert same(ours, theirs)


@pytest.mark.parametrize(
    ("method", "question"),
    [
        ("nothing", "[]"), ("ask", "[]"), ("db", "[]"), ("top", "[]"), ("top", "{}"), ("top", "[1, 2]"), ("top", "["),
        ("top", '[{"types": []}, 3]'), ("edges", '[{"a": 1}, null]'), ("claims", '[{"node": "x"}, {}, 0, 1]'),
        ("claims", '[{}, {}, "a", 1]'), ("search", "[1, 2]"), ("path", "[" * 5000 + "]" * 5000),
    ],
)  # fmt: skip
def test_what_is_no_question_is_refused(method: str, question: str, sample: Served) -> None:
    from urllib.parse import quote

    reply = sample.ask(f"/explore/{method}?ask={quote(question)}")
    assert reply.status == 400, reply.text


def test_text_in_a_question_is_never_sql(sample: Served) -> None:
    hostile = "x' OR 1=1 --"
    for name in ("outlets", "kinds", "acts"):
        assert sample.explore("top", {**ALL, name: [hostile]}, 10) == {"nodes": [], "total": 0}
    assert sample.explore("claims", {"id": hostile}, ALL, 0, 5) == {"claims": [], "total": 0}
    assert sample.explore("search", 'solvang" OR name:* NEAR(', 5)["nodes"] == []


def test_the_explorer_works_over_http(sample: Served, open_tab: Any) -> None:
    tab = open_tab(sample)
    tab.page.goto("/")
    tab.page.wait_for_selector("#panel h2")
    assert tab.page.inner_text("#panel h2") == "Start anywhere"
    tab.page.keyboard.press("/")
    tab.page.keyboard.type("ferr")
    tab.page.wait_for_selector("#found [role=option]")
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_selector("#panel h2:has-text('Tomas Ferreira')")
    tab.page.wait_for_selector("#panel blockquote:has-text('patience was running out')")
    assert tab.elsewhere == tab.trouble == []
