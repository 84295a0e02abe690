"""The pages about single things, made in a worker from the index, the record and the graph.

Everything an article can influence is escaped by Jinja2; addresses from articles become links only where they are of
the web.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kg.query import PREFIXES, named
from kg.serve.answers import Answer, plain
from kg.serve.explore import ENTITIES
from kg.serve.filters import NO_FILTER
from kg.serve.index import fts_query
from kg.serve.marks import compared, stretches
from kg.serve.urls import path_of
from kg.view import explorer as explorer_page
from kg.view.model import VERBS
from kg.view.network import SHAPES, visible
from kg.view.render import WORDS

if TYPE_CHECKING:
    from jinja2 import Environment

    from kg.serve.worker import Reader

Json = dict[str, Any]

PAGE = 40
"""How many claims a page of an entity or outlet lists."""
HITS = 40
"""How many hits of each sort a search shows."""
MOST_CLAIMS = 1000
"""How many claims an article's page marks."""
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def explorer(reader: Reader) -> Answer:
    """The page of the whole graph, which asks for what it draws."""
    summary = reader.explorer.summary()
    text = explorer_page("/explore/", summary["title"], [tuple(pair) for pair in summary["counts"]])
    return Answer(200, "text/html", text.encode(), {"Content-Security-Policy": "frame-ancestors 'none'"})


def entity(reader: Reader, iri: str, token: str, skip: int) -> Answer:
    """A person, organisation, country or place: names, offices, who speaks about it, what it says."""
    found = reader.explorer.entity(iri, NO_FILTER)
    if found is None or found["type"] not in ENTITIES:
        return plain(404, "nothing here has this address")
    lists = {
        role: reader.explorer.claims({"node": iri, "role": role}, NO_FILTER, skip, PAGE)
        for role in ("says", "about", "to", "via")
    }
    return _html(reader, "entity.html.j2", title=found["name"], entity=found, lists=lists, token=token, skip=skip,
                 most=PAGE, named_in=_appearances(reader, iri), same_as=_same_as(reader, iri))  # fmt: skip


def claim(reader: Reader, iri: str, token: str, skip: int) -> Answer:
    """One claim: its frame, the sentence with its marks, and what can be said against it."""
    found = _claim(reader, iri)
    if found is None:
        return plain(404, "no claim has this address; it may have been hidden, see the judgements")
    title = _quoted(found)
    around = _around(reader, found)
    return _html(reader, "claim.html.j2", title=title, claim=found, around=around, token=token)


def group(reader: Reader, iri: str, token: str, skip: int) -> Answer:
    """One statement in all its reports, each to be read beside the first."""
    found = reader.explorer.claims({"group": iri}, NO_FILTER, 0, PAGE)
    if not found["total"]:
        return plain(404, "no statement has this address that has several reports or is opposed by another")
    claims = found["claims"]
    return _html(reader, "group.html.j2", title=_quoted(claims[0]), group=claims[0]["group"], claims=claims,
                 total=found["total"], iri=iri)  # fmt: skip


def article(reader: Reader, iri: str, token: str, skip: int) -> Answer:
    """A whole article with all its claims marked."""
    row = reader.explorer.db.execute(
        "SELECT a, title, outlet, published, url, version, outlet_iri FROM article WHERE iri = ?", [iri]
    ).fetchone()
    if row is None:
        return plain(404, "no article has this address")
    number, title, outlet, published, url, version, outlet_iri = row
    numbers = reader.explorer.db.execute(
        "SELECT c FROM claim WHERE a = ? ORDER BY start, c LIMIT ?", [number, MOST_CLAIMS]
    ).fetchall()
    claims = reader.explorer.claim_records([c for (c,) in numbers])
    body = reader.text(version)
    return _html(
        reader, "article.html.j2", title=title or "Untitled article", outlet=outlet, outlet_iri=outlet_iri,
        published=published, address=url, claims=claims, iri=iri, cut=len(claims) == MOST_CLAIMS,
        stretches=None if body is None else stretches(body, claims),
    )  # fmt: skip


def outlet(reader: Reader, iri: str, token: str, skip: int) -> Answer:
    """An outlet: whom it quotes, of whom it reports, its articles."""
    db = reader.explorer.db
    row = db.execute("SELECT outlet FROM article WHERE outlet_iri = ? LIMIT 1", [iri]).fetchone()
    if row is None:
        return plain(404, "no outlet has this address")
    total = db.execute("SELECT count(*) FROM article WHERE outlet_iri = ?", [iri]).fetchone()[0]
    articles = [
        dict(zip(("iri", "title", "published", "claims"), one, strict=True))
        for one in db.execute(
            "SELECT iri, title, published, (SELECT count(*) FROM claim WHERE claim.a = article.a) FROM article "
            "WHERE outlet_iri = ? ORDER BY published DESC, title LIMIT ? OFFSET ?",
            [iri, PAGE, skip],
        )
    ]
    filter = {**NO_FILTER, "outlets": [row[0]]}
    acts = db.execute(
        "SELECT act, count(*) FROM claim WHERE outlet = ? GROUP BY act ORDER BY 2 DESC, 1", [row[0]]
    ).fetchall()
    return _html(reader, "outlet.html.j2", title=row[0], articles=articles, total=total, skip=skip, most=PAGE, iri=iri,
                 leaders=reader.explorer.leaders(filter, 10), acts=acts)  # fmt: skip


def compare(reader: Reader, one: str, other: str) -> Answer:
    """Two claims side by side: how two outlets report what may be the same."""
    claims = [_claim(reader, iri) for iri in (one, other)]
    if claims[0] is None or claims[1] is None:
        return plain(404, "one of the two claims is not here; give the IRIs of claims as `a` and `b`")
    pieces = compared(claims[0], claims[1])
    names = [found["article"]["outlet"] or found["article"]["title"] for found in claims if found]
    return _html(
        reader, "compare.html.j2", title=f"{names[0]} and {names[1]}", sides=list(zip(claims, pieces, strict=True))
    )


def search(reader: Reader, words: str) -> Answer:
    """Full-text search over names, claims and articles."""
    query = fts_query(words)
    found: dict[str, list[Any]] = {"node": [], "claim": [], "article": []}
    total: dict[str, int] = {}
    db = reader.explorer.db
    for kind in found if query else ():
        matching = "FROM words JOIN document d ON d.id = words.rowid WHERE d.kind = ? AND words MATCH ?"
        total[kind] = db.execute(f"SELECT count(*) {matching}", [kind, query]).fetchone()[0]
        order = "(SELECT -claims FROM node WHERE n = d.of), d.of" if kind == "node" else "bm25(words, 8, 1), d.of"
        found[kind] = [
            of for (of,) in db.execute(f"SELECT d.of {matching} ORDER BY {order} LIMIT ?", [kind, query, HITS])
        ]
    by_number = reader.explorer.numbered(found["node"])
    articles = [
        dict(zip(("iri", "title", "outlet", "published"), row, strict=True))
        for a in found["article"]
        for row in db.execute("SELECT iri, title, outlet, published FROM article WHERE a = ?", [a])
    ]
    return _html(
        reader, "search.html.j2", title=f"Search: {words}" if words else "Search", words=words, total=total,
        nodes=[by_number[n] for n in found["node"]], claims=reader.explorer.claim_records(found["claim"]),
        articles=articles,
    )  # fmt: skip


def editor(reader: Reader) -> Answer:
    """The query editor, with the named queries as examples."""
    examples = [{"name": q.name, "description": q.description, "text": q.text.strip()} for q in named()]
    data = {"prefixes": dict(sorted(PREFIXES.items())), "examples": examples}
    return _html(reader, "editor.html.j2", title="Ask in SPARQL", data=data, limits=reader.limits)


def judgements(reader: Reader, token: str, entries: list[Json], done: str) -> Answer:
    """The ledger, with what became of each entry."""
    return _html(reader, "judgements.html.j2", title="Judgements", entries=entries, done=done, token=token)


def unclear(
    reader: Reader, decision: str, problem: str, candidates: list[str], fields: Mapping[str, str], token: str
) -> Answer:
    """A judgement that could not be written as it was meant: whoever could have been meant, to choose from."""
    name = fields.get("other", "")
    query = fts_query(name)
    rows = [] if not query else reader.explorer.db.execute(
        "SELECT d.of FROM words JOIN document d ON d.id = words.rowid JOIN node ON node.n = d.of "
        "WHERE d.kind = 'node' AND words MATCH ? AND node.type NOT IN ('Source', 'Claim') "
        "ORDER BY node.claims DESC LIMIT 12",
        [query],
    ).fetchall()  # fmt: skip
    nodes = reader.explorer.numbered([n for (n,) in rows])
    shown = _html(reader, "unclear.html.j2", title="Who is meant?", problem=problem, candidates=candidates,
                  choices=[nodes[n] for (n,) in rows], fields=fields, token=token,
                  decision=decision if decision in ("same", "speaker") else "")  # fmt: skip
    return Answer(409, shown.media_type, shown.body)


def problem(reader: Reader, status: int, text: str) -> Answer:
    """What went wrong, for those who read pages."""
    return _html(reader, "problem.html.j2", title={404: "Not here"}.get(status, "That did not work"), text=text.strip())


PAGES: Mapping[str, Callable[..., Answer]] = {
    "explorer": explorer,
    "entity": entity,
    "country": entity,
    "claim": claim,
    "group": group,
    "article": article,
    "outlet": outlet,
    "compare": compare,
    "search": search,
    "editor": editor,
    "judgements": judgements,
    "unclear": unclear,
    "problem": problem,
}
"""Every page by its name; those of things have the name of their kind."""


# --- data ---------------------------------------------------------------------------------------------------------


def _claim(reader: Reader, iri: str) -> Json | None:
    row = reader.explorer.db.execute("SELECT c FROM claim WHERE iri = ?", [iri]).fetchone()
    return reader.explorer.claim_records([row[0]])[0] if row else None


def _around(reader: Reader, claim: Json) -> tuple[str, str]:
    """The text of the article before and after a claim's passage, up to the paragraph's borders or so."""
    row = reader.explorer.db.execute("SELECT version FROM article WHERE iri = ?", [claim["article"]["id"]]).fetchone()
    body = reader.text(row[0]) or ""
    start = claim["start"]
    end = start + sum(len(text) for text, _ in claim["passage"])
    before, after = body[max(0, start - 600) : start], body[end : end + 600]
    return before.rpartition("\n\n")[2] if "\n\n" in before else before, after.partition("\n\n")[0]


def _content(claim: Json) -> str:
    text = " … ".join(text for text, role in claim["passage"] if role == "content")
    return text if len(text) <= 120 else f"{text[:119].rstrip()}…"


def _quoted(claim: Json) -> str:
    """The content in quotation marks, once."""
    text = _content(claim).strip(' "“”').rstrip(",")
    return f"“{text}”"


def _appearances(reader: Reader, iri: str) -> list[Json]:
    """For each article that names an entity its first mention there, by a name where there is one."""
    query = f"""SELECT ?article ?mention ?kind ?text ?start {{
      ?mention oa:hasBody <{iri}> ; kg:mentionKind ?kind ; oa:hasTarget ?passage .
      ?passage oa:hasSource ?article ; oa:hasSelector ?selector . ?selector oa:exact ?text ; oa:start ?start
    }} LIMIT 5000"""
    rows: Any = reader.seen.store.query(query, prefixes=PREFIXES)
    found: dict[str, tuple[Any, ...]] = {}
    for row in rows:
        rank = (row["kind"].value != "name", int(row["start"].value), row["mention"].value, row["text"].value)
        known = found.get(row["article"].value)
        found[row["article"].value] = min(rank, known) if known else rank
    shown = []
    for article, title, outlet, published in reader.explorer.db.execute(
        "SELECT iri, title, outlet, published FROM article ORDER BY published, iri"
    ):
        if article in found:
            _, _, mention, text = found[article]
            shown.append({"iri": article, "title": title, "outlet": outlet, "published": published, "mention": mention,
                          "text": text})  # fmt: skip
    return shown[:200]


def _same_as(reader: Reader, iri: str) -> list[str]:
    rows: Any = reader.seen.store.query(f"SELECT ?o {{ <{iri}> owl:sameAs ?o }}", prefixes=PREFIXES)
    return sorted(row["o"].value for row in rows)


# --- HTML ---------------------------------------------------------------------------------------------------------


def _html(reader: Reader, template: str, title: str, **values: Any) -> Answer:
    def url(iri: str) -> str | None:
        """Where something has its page; an unnamed source is shown in its article."""
        return path_of(iri.partition("#")[0], reader.source.base)

    text = _environment().get_template(template).render(title=visible(title)[:300] or "untitled", url=url, **values)
    # browsers pass over a null character, and the words on both sides of it would run together
    return Answer(200, "text/html", text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace"))


@cache
def _environment() -> Environment:
    import jinja2

    loader = jinja2.ChoiceLoader([
        jinja2.FunctionLoader(lambda name: _asset("kg.serve", f"templates/{name}")),
        jinja2.FunctionLoader(lambda name: _asset("kg.view", name)),
    ])  # fmt: skip
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    environment.filters |= {"when": when, "content": _content, "web": web, "visible": visible}
    environment.globals |= {"verbs": VERBS, "shapes": SHAPES, "type_words": WORDS}
    return environment


def warm() -> None:
    """Reads all templates, so that the first page takes no longer than the others."""
    for name in resources.files("kg.serve").joinpath("assets", "templates").iterdir():
        _environment().get_template(name.name)


def _asset(package: str, name: str) -> str | None:
    file = resources.files(package) / "assets" / name
    return file.read_text(encoding="utf-8") if file.is_file() else None


def when(iso: str) -> str:
    """An ISO 8601 date, date-time or interval as a person writes it; whatever else stands there, as it stands."""

    def day(text: str) -> str:
        match = _DAY.match(text)
        try:
            found = date(*map(int, match.groups())) if match else None
        except ValueError:
            found = None
        return f"{found.day} {found:%B %Y}" if found else text

    return " to ".join(dict.fromkeys(map(day, iso.split("/"))))


def web(url: str) -> str:
    """The host of an address of the web, which may become a link; "" for any other text."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""
