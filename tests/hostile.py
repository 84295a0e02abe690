"""Names and texts that would be code, markup or trouble if a page took them for more than text."""

from __future__ import annotations

from kg.model import Article, Claim, Entity, Evidence, Mention, Office, Span

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
