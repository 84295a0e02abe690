"""The pages in a browser: hostile names and texts, keyboards, narrow screens, and what axe finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from hostile import HOSTILE, hostile_evidence
from samples import TALKS, sample_evidence
from served import Served, make_store, start

from kg.assemble import Minter
from kg.serve.urls import path_of

CLAIM = "/claim/" + "/".join(str(Minter().claims(sample_evidence()[0])["c5"]).split(":")[-2:])
PAGES = {
    "country": "/country/IS",
    "claim": CLAIM,
    "article": f"/article/{TALKS.id}",
    "outlet": "/outlet/The%2520Northern%2520Ledger",
    "search": "/search?q=norway",
    "compare": "/compare?a={0}&b={0}".format(str(Minter().claims(sample_evidence()[0])["c5"])),
    "judgements": "/judgements",
    "query": "/query",
    "problem": "/country/XX",
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server for articles in which everything that can be is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    store = make_store(folder / "store", [hostile_evidence(text, i) for i, text in enumerate(HOSTILE)])
    served = start(store, folder / "judgements.jsonl", "--author", "<script>window.hacked=1</script>")
    yield served
    served.stop()


def links(html: str) -> set[str]:
    local = (found.partition("#")[0] for found in re.findall(r'href="(/[^"]*)"', html))
    return {path for path in local if re.match(r"/(entity|country|claim|article|outlet)/", path)}


def test_hostile_text_is_only_ever_text(hostile: Served, open_tab: Callable[..., Any], pictures: Path) -> None:
    tab = open_tab(hostile)
    waiting = {f"/article/{hostile_evidence(text, i).article.id}" for i, text in enumerate(HOSTILE)}
    known: set[str] = set()
    shown = ""
    while waiting:
        path = waiting.pop()
        known.add(path)
        tab.page.goto(path)
        assert tab.page.evaluate("[window.hacked, document.querySelectorAll('script').length]") == [None, 1]
        assert (
            tab.page.locator("img, iframe, object, embed, style, [onerror], [onload], a[href^='javascript']").count()
            == 0
        )
        if path.startswith("/article/"):
            shown += tab.page.evaluate(
                "(() => { const text = document.querySelector('.text').cloneNode(true);"
                "text.querySelectorAll('.count').forEach((n) => n.remove()); return text.textContent; })()"
            )
        waiting |= links(tab.page.content().replace("&amp;", "&")) - known
    assert {path.split("/")[1] for path in known} == {"article", "claim", "entity", "outlet"}
    everything = [hostile_evidence(text, i) for i, text in enumerate(HOSTILE)]
    claims = {path_of(str(iri), "urn:kg:") for evidence in everything for iri in Minter().claims(evidence).values()}
    assert len(claims) >= 2 * len(HOSTILE)
    assert claims <= known, "each claim is reached by links alone"
    assert {f"/article/{evidence.article.id}" for evidence in everything} <= known
    for text in HOSTILE:
        assert f"{text} said {text} was {text}.".replace("\x00", "\ufffd") in shown, text
        tab.page.goto("/search")
        tab.page.fill("input[type=search]", text[:200])
        tab.page.press("input[type=search]", "Enter")
        tab.page.wait_for_selector("h1:has-text('ound for'), h1:has-text('Search')")
    tab.page.screenshot(path=pictures / "hostile.png")
    assert tab.page.evaluate("window.hacked") is None
    assert tab.elsewhere == tab.trouble == []


def test_hostile_text_in_the_explorer_the_editor_and_the_ledger(hostile: Served, open_tab: Callable[..., Any]) -> None:
    tab = open_tab(hostile)
    tab.page.goto("/")
    tab.page.wait_for_selector("#panel h2")
    for choice in tab.page.locator("#panel .ranks button").all()[:4]:
        choice.click()
        tab.page.wait_for_selector("#panel .deeds")
        tab.page.keyboard.press("Escape")
        tab.page.wait_for_selector("#panel .ranks")
    tab.page.goto("/query")
    tab.page.wait_for_selector(".CodeMirror")
    tab.page.evaluate("editor.setValue('SELECT ?s ?label { ?s skos:prefLabel|schema:headline ?label }')")
    tab.page.click("#run")
    tab.page.wait_for_selector("#answer td")
    assert tab.page.evaluate(
        "[window.hacked, document.querySelectorAll('#answer script, #answer img, #answer iframe').length]"
    ) == [None, 0]
    claim = next(path for path in links(hostile.ask(f"/article/{hostile_evidence(HOSTILE[0], 0).article.id}").text)
                 if path.startswith("/claim/"))  # fmt: skip
    tab.page.goto(claim)
    tab.page.click("text=It is no claim")
    tab.page.fill("#hide-why", HOSTILE[1])
    tab.page.click("text=Hide this claim")
    tab.page.wait_for_selector(".notice")
    assert HOSTILE[1] in tab.page.inner_text(".ledger")
    assert tab.page.evaluate("window.hacked") is None
    assert tab.elsewhere == tab.trouble == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    name: str, scheme: str, sample: Served, open_tab: Callable[..., Any], pictures: Path
) -> None:
    tab = open_tab(sample, scheme=scheme)
    tab.page.goto(PAGES[name])
    if name == "query":
        tab.page.wait_for_selector(".CodeMirror")
    for details in tab.page.locator("details").all():
        details.evaluate("(d) => { d.open = true; }")
    tab.page.screenshot(path=pictures / f"{name}-{scheme}.png", full_page=True)
    # The editor's own parts are Yasgui's.
    found = Axe().run(tab.page, context={"exclude": [["#editor"]]}).response["violations"]
    assert [
        (one["id"], [node["html"][:150] for node in one["nodes"][:3]])
        for one in found if one["impact"] in ("serious", "critical", "moderate")
    ] == []  # fmt: skip
    assert tab.elsewhere == []
    assert tab.trouble == ([] if name != "problem" else [t for t in tab.trouble if "404" in t])


@pytest.mark.parametrize("name", PAGES)
def test_nothing_overflows_a_phone(name: str, sample: Served, open_tab: Callable[..., Any], pictures: Path) -> None:
    tab = open_tab(sample, width=390, height=800)
    tab.page.goto(PAGES[name])
    tab.page.wait_for_timeout(200)
    tab.page.screenshot(path=pictures / f"{name}-phone.png", full_page=True)
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_judgement_by_keyboard_alone(hostile: Served, open_tab: Callable[..., Any]) -> None:
    tab = open_tab(hostile)
    article = hostile_evidence(HOSTILE[-2], len(HOSTILE) - 2).article
    claim = next(path for path in links(hostile.ask(f"/article/{article.id}").text) if path.startswith("/claim/"))
    tab.page.goto(claim)
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.className") == "skip"
    tab.page.keyboard.press("Enter")
    for _ in range(40):
        tab.page.keyboard.press("Tab")
        if tab.page.evaluate("document.activeElement.textContent").startswith("Somebody else said it"):
            break
    tab.page.keyboard.press("Enter")
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.type("Inc")  # everybody's second name
    tab.page.wait_for_selector("datalist option", state="attached")
    tab.page.keyboard.press("Escape")
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Space")
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.type("nobody is named")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_selector(".notice")
    assert "is said by nobody named" in tab.page.inner_text(".notice")
    assert tab.elsewhere == tab.trouble == []


def test_the_editor_asks_and_shows(sample: Served, open_tab: Callable[..., Any], pictures: Path) -> None:
    tab = open_tab(sample)
    tab.page.goto("/query")
    tab.page.wait_for_selector(".CodeMirror")
    assert tab.page.locator("#example option").count() > 10
    tab.page.select_option("#example", label=tab.page.locator("#example option", has_text="never-quoted").inner_text())
    text = tab.page.evaluate("editor.getValue()")
    assert text.startswith("PREFIX")
    assert "much talked about" in text.lower() or "quoted" in text
    tab.page.click("#run")
    tab.page.wait_for_selector("#answer td:has-text('Norway')")
    tab.page.screenshot(path=pictures / "editor.png")
    tab.page.evaluate("editor.setValue('SELECT ?s WHERE {')")
    tab.page.click("#run")
    tab.page.wait_for_selector("#answer:has-text('line 1')")
    assert tab.elsewhere == []
    assert [trouble for trouble in tab.trouble if "400" not in trouble] == []


def test_the_explorer_leads_to_the_pages(sample: Served, open_tab: Callable[..., Any], pictures: Path) -> None:
    tab = open_tab(sample)
    tab.page.goto(f"/#claim={Minter().claims(sample_evidence()[0])['c5']}")
    own = tab.page.locator("#panel a:text-is('Its page')")
    own.first.wait_for()
    tab.page.screenshot(path=pictures / "explorer-claim.png")
    own.first.click()
    tab.page.wait_for_url(f"**{CLAIM}")
    assert not tab.trouble
