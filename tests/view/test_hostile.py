"""Names and texts that would be code, markup or trouble if the page took them for more than text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph

from kg.model import Article, Claim, Entity, Evidence, Mention, Office, Span
from kg.view import page

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
              about=("e2",), addressee=article.span(0, len(text))),
        Claim("c2", "indirect", (_find(article, "of rain", second),), article.span(second, len(body)),
              article.span(second, body.index(" warned")), act="warning"),
    )  # fmt: skip
    return Evidence(article, (person, group), claims)


def _find(article: Article, words: str, start: int) -> Span:
    at = article.body.index(words, start)
    return article.span(at, at + len(words))


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
