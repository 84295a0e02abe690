"""What a reader does on the page beside clicking and searching: filters, days, neighbourhoods, paths, undo, sharing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from test_page import crowd

from kg.view import page
from kg.view.model import Article, Claim, Group, Link, Node, Segment, view
from kg.view.render import Inline, render


@pytest.fixture
def sample(sample_store: pyoxigraph.Store, open_page: Callable[..., Any]) -> Any:
    return open_page(page(sample_store))


def settle(tab: Any) -> None:
    tab.wait_for_timeout(50)
    tab.evaluate("() => kg.settled()")


def names(tab: Any) -> set[str]:
    return set(tab.evaluate("() => kg.scene().nodes.map((node) => node.name)"))


def claims(tab: Any) -> int:
    """How many claims the filter leaves."""
    return int(tab.evaluate("async () => (await kg.source.claims({}, kg.state.now.filter, 0, 0)).total"))


def choose(tab: Any, name: str) -> None:
    tab.evaluate("name => kg.choose({ node: kg.scene().nodes.find((node) => node.name === name).id })", name)


def tick(tab: Any, menu: str, choice: str) -> None:
    tab.click(f"#filters summary:text-is('{menu}')")
    tab.click(f"#filters .choices[aria-label='{menu}'] label:has-text('{choice}')")
    tab.keyboard.press("Escape")


FILTERS: list[tuple[str, Callable[[Any], None], Callable[[Any], bool], str]] = [
    ("outlet", lambda tab: tick(tab, "Outlet", "Harbour Dispatch"),
     lambda claim: claim["article"]["outlet"] == "Harbour Dispatch", "Harbour Dispatch"),
    ("kind", lambda tab: tick(tab, "Kind", "direct quotation"),
     lambda claim: claim["kind"] == "direct", "direct quotation"),
    ("act", lambda tab: tick(tab, "Act", "denial"), lambda claim: claim["act"] == "denial", "denial"),
    ("polarity", lambda tab: tab.select_option("#filter-polarity", "negative"),
     lambda claim: claim["polarity"] == "negative", "negated"),
    ("legend's negated", lambda tab: tab.click("#legend [data-polarity]"),
     lambda claim: claim["polarity"] == "negative", "negated"),
    ("speaker", lambda tab: (tab.fill("#filter-speaker", "ferr"), tab.wait_for_selector("#speakers [role=option]"),
                             tab.press("#filter-speaker", "Enter")),
     lambda claim: "Tomas Ferreira" in [s["name"] for s in claim["speakers"]], "said by Tomas Ferreira"),
    ("first day", lambda tab: (tab.focus("#from-day"), tab.keyboard.press("End"), tab.wait_for_timeout(300)),
     lambda claim: claim["article"]["published"][:10] == "2025-03-06", "6 Mar 2025 to …"),
    ("last day", lambda tab: (tab.focus("#to-day"), tab.keyboard.press("Home"), tab.wait_for_timeout(300)),
     lambda claim: claim["article"]["published"][:10] == "2025-03-04", "… to 4 Mar 2025"),
]  # fmt: skip


def test_filters_leave_what_they_say_and_chips_undo_them(sample: Any) -> None:
    tab = sample.page
    whole = tab.evaluate("async () => (await kg.source.claims({}, kg.state.now.filter, 0, 1000)).claims")
    for name, use, passes, chip in FILTERS:
        use(tab)
        settle(tab)
        assert claims(tab) == sum(map(passes, whole)) < len(whole), name
        assert tab.inner_text("#chips li").removesuffix(" ×") == chip
        drawn = tab.evaluate("() => kg.scene().edges.reduce((sum, e) => sum + e.claims, 0)")
        assert drawn >= claims(tab) > 0, name  # each is on some edge
        tab.click("#chips button")
        settle(tab)
        assert claims(tab) == len(whole), name
    assert sample.trouble == []


@pytest.mark.parametrize("where", ["legend", "menu"])
def test_types_are_chosen(where: str, sample: Any) -> None:
    tab = sample.page
    if where == "legend":
        tab.click("#legend [data-type=Person]")
        settle(tab)
        assert tab.get_attribute("#legend [data-type=Person]", "aria-pressed") == "false"
    else:
        tab.click("#filters summary:text-is('Type')")
        for label in tab.locator("#filters .choices[aria-label=Type] label").all():
            if "Person" not in label.inner_text():
                label.click()
        settle(tab)
    assert "Ingrid Solvang" not in names(tab)
    assert "Iceland" in names(tab)


def test_the_histogram_counts_claims_per_day(sample: Any) -> None:
    tab = sample.page
    bars = [title.text_content() for title in tab.locator("#timeline rect title").all()]
    days = tab.evaluate("async () => kg.source.days({}, kg.state.now.filter)")
    assert bars == [f"{4 if day[-1] == '4' else 6} March 2025: {n} claims" for day, n in days]
    assert "2 and" not in tab.get_attribute("#timeline svg", "aria-label")
    assert tab.get_attribute("#from-day", "aria-valuetext") == "4 March 2025"


def test_a_claim_about_nobody_runs_from_its_speaker_to_the_claim(sample: Any) -> None:
    edge = sample.page.evaluate(
        """() => { const { nodes, edges } = kg.scene();
        const claim = nodes.find((node) => node.name === "patience was running out");
        const from = edges.filter((e) => e.to === claim.id).map((e) => nodes.find((n) => n.id === e.from).name);
        return [claim.type, ...from]; }"""
    )
    assert edge == ["Claim", "Tomas Ferreira"]
    choose(sample.page, "patience was running out")
    assert "Ferreira also said that patience was running out." in sample.page.inner_text("#panel blockquote")


def test_neighbourhoods_open_and_close(open_page: Callable[..., Any]) -> None:
    tab = open_page(render(crowd(3000))).page
    tab.evaluate("() => kg.choose({ node: 'urn:50' }, { focus: true })")
    before = len(names(tab))
    tab.click("#panel button:text-is('Expand')")
    settle(tab)
    joined = tab.evaluate(
        "async () => (await kg.source.neighbours('urn:50', kg.state.now.filter, 1000)).nodes.map((n) => n.name)"
    )
    assert before < len(names(tab)) <= 1000
    assert set(joined) <= names(tab)
    tab.click("#panel button:text-is('Expanded')")
    settle(tab)
    assert len(names(tab)) == before
    tab.click("#panel button:text-is('Leave out')")
    settle(tab)
    assert "Person 50" not in names(tab)


def test_collapse_takes_away_what_hangs_on_one_node_alone(sample: Any) -> None:
    tab = sample.page
    choose(tab, "Tomas Ferreira")
    assert "patience was running out" in names(tab)
    tab.click("#panel button:text-is('Collapse')")
    settle(tab)
    assert {"Tomas Ferreira", "Ingrid Solvang"} <= names(tab)
    assert "patience was running out" not in names(tab)


def test_a_path_between_two_names(sample: Any) -> None:
    tab = sample.page
    choose(tab, "Tomas Ferreira")
    tab.fill("#path-to", "norway")
    tab.wait_for_selector("#path-found [role=option]")
    tab.press("#path-to", "Enter")
    tab.wait_for_selector("#panel .steps")
    assert "Path of 2 steps" in tab.inner_text("#panel")
    assert names(tab) == {"Tomas Ferreira", "Ingrid Solvang", "Norway"}
    assert tab.inner_text("#chips li").startswith("path from Tomas Ferreira to Norway")
    tab.click("#panel button:text-is('Leave the path')")
    settle(tab)
    assert len(names(tab)) > 3


def test_undo_and_redo(sample: Any) -> None:
    tab = sample.page
    states = [tab.evaluate("() => location.hash")]
    for act in (lambda: choose(tab, "Iceland"), lambda: tab.select_option("#filter-polarity", "negative"),
                lambda: tab.click("#see-list")):  # fmt: skip
        act()
        settle(tab)
        states.append(tab.evaluate("() => location.hash"))
    assert len(set(states)) == 4
    for state in states[-2::-1]:
        tab.click("#undo")
        settle(tab)
        assert tab.evaluate("() => location.hash") in (state, state or "#")
    assert tab.is_disabled("#undo")
    tab.focus("#redo")
    for state in states[1:]:
        tab.keyboard.press("Control+Shift+Z")
        settle(tab)
        assert tab.evaluate("() => location.hash") == state
    assert tab.is_disabled("#redo")


def test_the_address_holds_the_view(sample: Any) -> None:
    tab = sample.page
    tab.evaluate("() => { kg.state.filter({ outlets: ['Harbour Dispatch'] }); return kg.settled(); }")
    choose(tab, "Iceland")
    settle(tab)
    drawn, told, address = names(tab), tab.inner_text("#panel"), tab.url
    other = tab.context.new_page()
    other.goto(address)
    other.wait_for_function("() => window.kg")
    assert (names(other), other.inner_text("#panel")) == (drawn, told)
    other.evaluate("() => { location.hash = '#node=urn%3Anobody&from=soon&most=many&polarity=mixed&path=one'; }")
    settle(other)
    assert other.inner_text("#panel h2") == "Not in this graph"


@pytest.mark.parametrize("allowed", [True, False])
def test_a_claim_is_copied_as_a_citation(allowed: bool, sample: Any) -> None:
    tab = sample.page
    tab.evaluate(
        """allowed => { window.copied = []; Object.defineProperty(navigator, "clipboard", { value: {
        writeText: async (text) => { if (!allowed) throw new Error("denied"); copied.push(text); } } }); }""",
        allowed,
    )
    choose(tab, "Tomas Ferreira")
    tab.locator("#panel button:text-is('Copy as citation')").first.click()
    if allowed:
        tab.wait_for_function("() => copied.length")
        (text,) = tab.evaluate("() => copied")
    else:
        text = tab.input_value("dialog textarea")
        tab.keyboard.press("Escape")
        tab.wait_for_selector("dialog", state="detached")  # it goes with its close event, a moment after the key
    assert text.startswith(
        "“the minister had called Iceland’s fleet a threat”, Tomas Ferreira, reported in “Norway and"
    )
    assert ", The Northern Ledger, 4 March 2025, https://northern-ledger.example/2025/03/talks?id=7 (urn:kg:" in text


def test_rows_of_whom_somebody_speaks_about_lead_to_the_sentences(sample: Any, pictures: Path) -> None:
    tab = sample.page
    tab.fill("#search", "solvang iceland threat")  # words of the sentence, and the name of who is quoted in it
    tab.fill("#search", "ferreira threat")
    tab.wait_for_selector("#found [role=option]")
    assert "called Iceland’s fleet a threat" in tab.inner_text("#found")
    tab.fill("#search", "what did Solvang say about Iceland")
    tab.wait_for_selector("#found .group:text-is('Who speaks about whom')")
    assert "Ingrid Solvang about Iceland 3 claims" in tab.inner_text("#found").replace("\n", " ")
    tab.fill("#search", "")
    choose(tab, "Ingrid Solvang")
    tab.click("#panel .ranks button:has-text('Iceland')")
    settle(tab)
    assert tab.inner_text("#panel h2") == "Ingrid Solvang → Iceland"
    assert (
        "“We have never promised Iceland a larger share,” Solvang said."
        in tab.locator("#panel blockquote").all_inner_texts()
    )
    tab.screenshot(path=pictures / "claims.png")


def test_a_claim_shows_its_other_reports_and_what_cannot_stand_beside_it(open_page: Callable[..., Any]) -> None:
    words = ("The port will open", "We open the port", "The port stays shut", "It was never promised")
    articles = [Article(f"urn:a{i}", f"Headline {i}", f"Outlet {i}", f"2025-03-0{i + 1}") for i in range(4)]
    claims = [
        Claim(f"urn:c{i}", f"urn:a{i}", 0, (Segment("Anna said: "), Segment(text, "content")), "direct",
              speakers=("urn:2" if i == 3 else "urn:1",))
        for i, text in enumerate(words)
    ]  # fmt: skip
    links = (Link("change", "urn:g2", "urn:g1", "“open” against “shut”", 0.8),
             Link("contradiction", "urn:g1", "urn:g3", "“will” against “never”", 0.6))  # fmt: skip
    groups = [Group("urn:g1", ("urn:c0", "urn:c1"), 2, links), Group("urn:g2", ("urn:c2",), 1, links[:1]),
              Group("urn:g3", ("urn:c3",), 1, links[1:])]  # fmt: skip
    people = [Node("urn:1", "Person", "Anna"), Node("urn:2", "Person", "Bo")]
    opened = open_page(render(view(people, claims, articles, groups)))
    tab = opened.page

    def told(claim: str) -> str:
        tab.evaluate("id => kg.choose({ claim: id })", claim)
        return str(tab.inner_text("#panel"))

    first = told("urn:c0")
    for part in ("2 reports, 2 independent", "Also reported 2 independent reports", "We open the port", "Outlet 1",
                 "Later position", "The port stays shut", "“open” against “shut”", "Contradicted by",
                 "It was never promised", "Bo"):  # fmt: skip
        assert part in first
    assert "Earlier position" in told("urn:c2")
    tab.click("#panel .reports button")
    tab.wait_for_function("() => panel.querySelector('blockquote').textContent === 'Anna said: The port will open'")
    assert opened.trouble == []


def test_by_keyboard_alone(sample: Any) -> None:
    tab = sample.page
    seen = []
    for _ in range(40):
        tab.keyboard.press("Tab")
        seen.append(
            tab.evaluate(
                "() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName"
            )
        )
        if seen[-1] == "see-list":
            break
    assert seen[:2] == ["skip", "search"]
    tab.keyboard.press("Enter")
    settle(tab)
    assert tab.is_visible("#listing")
    while tab.evaluate("() => !document.activeElement.matches('#listing .line')"):
        tab.keyboard.press("Tab")
    line = tab.evaluate("() => document.activeElement.textContent")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#panel .claim")
    assert tab.inner_text("#panel h2").split(" → ")[1] in line
    tab.keyboard.press("Escape")
    settle(tab)
    assert tab.inner_text("#panel h2") == "Start anywhere"


def test_the_picture_moves_and_zooms_by_keys(sample: Any) -> None:
    tab = sample.page
    tab.focus("#network .vis-network")
    for keys, what in (("ArrowRight", "getViewPosition"), ("Equal", "getScale"), ("ArrowDown", "getViewPosition")):
        before = tab.evaluate("what => JSON.stringify(kg.view[what]())", what)
        tab.keyboard.down(keys)
        tab.wait_for_function("([what, before]) => JSON.stringify(kg.view[what]()) !== before", arg=[what, before])
        tab.keyboard.up(keys)


def test_nothing_moves_by_itself_for_those_who_asked_for_rest(sample: Any) -> None:
    tab = sample.page  # opened with reduced motion
    tab.evaluate("() => kg.view.moveTo({ position: { x: 5000, y: 5000 }, scale: 0.3, animation: false })")
    shown = tab.evaluate(
        """async () => { await kg.choose({ node: kg.scene().nodes[0].id }, { focus: true });
        return [kg.view.getScale(), kg.view.getViewPosition()]; }"""
    )
    tab.wait_for_timeout(400)
    assert tab.evaluate("() => [kg.view.getScale(), kg.view.getViewPosition()]") == shown
    assert shown[0] == 0.7


def test_in_a_notebook_it_works_below_the_cell(sample_store: pyoxigraph.Store, open_page: Callable[..., Any]) -> None:
    opened = open_page(f"<script>window.kg = 1</script>{Inline(page(sample_store))._repr_html_()}")
    frame = opened.page.frames[1]
    frame.wait_for_function("() => window.kg")
    frame.click("#panel .ranks button")
    frame.wait_for_selector("#panel .claim")
    assert opened.trouble == []
    assert [url for url in opened.requests if not url.startswith(("about:", "data:"))] == []
