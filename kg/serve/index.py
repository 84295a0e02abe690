"""An index of a graph for looking around in it: a SQLite file from which pages and the explorer are served.

It holds what a view of the graph holds (`kg.view.model`), in tables that can be asked for one neighbourhood, one entity
or the claims that pass a filter without reading the rest, and the words of everything for full-text search. It is made
from the graph and the articles' texts, and is thrown away with the server.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.view.data import counts, group_records
from kg.view.load import view_of
from kg.view.model import Claim, Node, View, speakers_of
from kg.view.network import LOOK, Places, network, places
from kg.view.render import TITLE

if TYPE_CHECKING:
    import pyoxigraph

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE node (
    n INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, type TEXT NOT NULL, name TEXT NOT NULL, claims INTEGER NOT NULL,
    aliases TEXT NOT NULL, offices TEXT NOT NULL
);
CREATE TABLE office (
    holder INTEGER NOT NULL, of INTEGER, title TEXT NOT NULL, start TEXT NOT NULL, "end" TEXT NOT NULL
);
CREATE TABLE article (
    a INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, title TEXT NOT NULL, outlet TEXT NOT NULL, published TEXT NOT NULL,
    url TEXT NOT NULL, version TEXT NOT NULL, outlet_iri TEXT NOT NULL
);
CREATE TABLE claim (
    c INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, a INTEGER NOT NULL, start INTEGER NOT NULL, outlet TEXT NOT NULL,
    day TEXT NOT NULL, kind TEXT NOT NULL, act TEXT NOT NULL, polarity TEXT NOT NULL, data TEXT NOT NULL
);
CREATE TABLE member (g TEXT NOT NULL, c INTEGER NOT NULL, PRIMARY KEY (g, c)) WITHOUT ROWID;
CREATE TABLE part (c INTEGER NOT NULL, role TEXT NOT NULL, at INTEGER NOT NULL, n INTEGER NOT NULL);
CREATE TABLE partner (n INTEGER NOT NULL, c INTEGER NOT NULL, PRIMARY KEY (n, c)) WITHOUT ROWID;
CREATE TABLE edge (
    e INTEGER PRIMARY KEY, source INTEGER NOT NULL, target INTEGER NOT NULL, claims INTEGER NOT NULL
);
CREATE TABLE edge_claim (
    e INTEGER NOT NULL, at INTEGER NOT NULL, c INTEGER NOT NULL, PRIMARY KEY (e, at)
) WITHOUT ROWID;
CREATE TABLE place (level INTEGER NOT NULL, n INTEGER NOT NULL, x INTEGER NOT NULL, y INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (
    name, text, tokenize = "unicode61 remove_diacritics 2", prefix = "2 3", content = ''
);
CREATE TABLE document (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, of INTEGER NOT NULL);
"""
_INDICES = """
CREATE INDEX claim_article ON claim (a, start);
CREATE INDEX claim_outlet ON claim (outlet);
CREATE INDEX claim_day ON claim (day);
CREATE INDEX node_claims ON node (claims);
CREATE INDEX article_outlet ON article (outlet);
CREATE INDEX part_claim ON part (c, role, at, n);
CREATE INDEX part_node ON part (n, role, c);
CREATE INDEX partner_claim ON partner (c);
CREATE INDEX edge_source ON edge (source, target);
CREATE INDEX edge_target ON edge (target, source);
CREATE INDEX office_holder ON office (holder);
CREATE INDEX office_of ON office (of);
CREATE INDEX place_of ON place (level, n);
CREATE INDEX document_of ON document (kind, of);
ANALYZE;
"""
ROLES = ("says", "about", "to", "via")
"""How a node can take part in a claim; `about` without those who say it, whose words about themselves are `self`."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORD = re.compile(r"\w")


def fold(text: str) -> str:
    """Text for finding: without case, accents and compatibility forms, as the page does it (`assets/dom.js`)."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.category(c).startswith("M")).lower()


def fts_query(words: str) -> str:
    """A query to the index for texts with all these words, each of which may go on; "" when there is no word."""
    found = [word for word in fold(words.replace("\0", " ")).split() if _WORD.search(word)]
    return " ".join('"' + word.replace('"', '""') + '"*' for word in found[:20])


def make(path: Path, store: pyoxigraph.Store, texts: Callable[[str], str | None]) -> None:
    """Writes the index of a graph into a new file. `texts` gives the body of an article version, by its hash."""
    view = view_of(store)
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;")
        db.executescript(f"BEGIN; {_TABLES}")
        _fill(db, view, _about_articles(store), texts)
        db.execute("COMMIT")
        db.executescript(_INDICES)
        db.execute("INSERT INTO words (words) VALUES ('optimize')")
    finally:
        db.close()


def _about_articles(store: pyoxigraph.Store) -> dict[str, tuple[str, str]]:
    """The version and the outlet's IRI of each article."""
    from kg.assemble import PREFIXES
    from kg.query.dataset import dataset

    query = (
        "SELECT ?article ?version ?outlet { ?article a schema:NewsArticle ; kg:version ?version "
        "OPTIONAL { ?article schema:publisher ?outlet } }"
    )
    found: Any = dataset(store).store.query(query, prefixes=PREFIXES)
    return {row["article"].value: (row["version"].value, row["outlet"].value if row["outlet"] else "") for row in found}


def _fill(
    db: sqlite3.Connection, view: View, about: dict[str, tuple[str, str]], texts: Callable[[str], str | None]
) -> None:
    number = {node.iri: n for n, node in enumerate(view.nodes)}
    article = {one.iri: a for a, one in enumerate(view.articles)}
    claim = {one.iri: c for c, one in enumerate(view.claims)}
    weights = view.weights()
    _many(db, "node", (
        (n, node.iri, node.type, node.name, weights.get(node.iri, 0), _json(node.aliases),
         _json([(o.title, o.of, o.start, o.end) for o in node.offices]))
        for n, node in enumerate(view.nodes)
    ))  # fmt: skip
    _many(db, "office", (
        (n, number.get(o.of), o.title, o.start, o.end) for n, node in enumerate(view.nodes) for o in node.offices
    ))  # fmt: skip
    _many(db, "article", (
        (a, one.iri, one.title, one.outlet, one.published, one.url, *about.get(one.iri, ("", "")))
        for a, one in enumerate(view.articles)
    ))  # fmt: skip
    records = group_records(view)
    group = {iri: records[one.iri] for one in view.groups for iri in one.claims}
    _many(db, "member", ((one.iri, claim[iri]) for one in view.groups for iri in one.claims))
    days = [one.published[:10] if _DAY.match(one.published) else "" for one in view.articles]
    _many(db, "claim", (
        (c, one.iri, article[one.article], one.start, view.articles[article[one.article]].outlet,
         days[article[one.article]], one.kind, one.act, one.polarity, _json(_record(one, claim, group.get(one.iri))))
        for c, one in enumerate(view.claims)
    ))  # fmt: skip
    _many(db, "part", ((c, role, at, number[iri]) for c, one in enumerate(view.claims) for role, at, iri in _parts(one)
                       if iri in number))  # fmt: skip
    _edges(db, view, number, claim)
    levels = places(view)
    for level, (_, where) in enumerate(levels):
        _many(db, "place", ((level, number[iri], x, y) for iri, (x, y) in where.items()))
    _meta(db, view, levels)
    _words(db, view, about, texts)


def _record(claim: Claim, known: Container[str], group: dict[str, Any] | None) -> dict[str, Any]:
    """What of a claim stays the same whoever takes part in it. `known` are the claims of the graph."""
    return {
        "modality": claim.modality,
        "confidence": round(claim.confidence, 2),
        "on": claim.said_on,
        "hearers": claim.hearers,
        "group": group,
        "within": claim.within if claim.within in known else None,
        "passage": [(part.text, part.role) for part in claim.passage],
    }


def _parts(claim: Claim) -> Iterator[tuple[str, int, str]]:
    speakers = speakers_of(claim)
    for role, iris in (
        ("says", speakers), ("about", claim.about), ("to", claim.addressees), ("via", (claim.reported_by,)),
        ("in", (claim.said_in,)),
    ):  # fmt: skip
        for at, iri in enumerate(iris):
            yield ("self" if role == "about" and iri in speakers else role), at, iri


def _edges(db: sqlite3.Connection, view: View, number: dict[str, int], claim: dict[str, int]) -> None:
    # Those with claims first: an office between the same two is then told with them and has no edge of its own.
    said = {(edge.source, edge.target) for edge in view.edges if edge.claims}
    edges = [
        (e, number[edge.source], number[edge.target], [claim[iri] for iri in edge.claims])
        for e, edge in enumerate(sorted(view.edges, key=lambda edge: not edge.claims))
        if edge.claims or (edge.source, edge.target) not in said
    ]
    _many(db, "edge", ((e, source, target, len(held)) for e, source, target, held in edges))
    _many(db, "edge_claim", ((e, at, c) for e, _, _, held in edges for at, c in enumerate(held)))
    partners = {(number[iri], c) for c, one in enumerate(view.claims) for iri in speakers_of(one)}
    partners |= {(target, c) for _, _, target, held in edges for c in held}
    _many(db, "partner", sorted(partners))


def _meta(db: sqlite3.Connection, view: View, levels: list[tuple[tuple[Node, ...], Places]]) -> None:
    net = network(view, *levels[0]) if levels else None
    values = {
        "title": TITLE,
        "counts": counts(view),
        "look": LOOK,
        "network": {"nodes": net.nodes, "edges": net.edges, "options": net.options} if net else None,
        "levels": [len(where) for _, where in levels],
    }
    _many(db, "meta", ((name, _json(value)) for name, value in values.items()))


def _words(
    db: sqlite3.Connection, view: View, about: dict[str, tuple[str, str]], texts: Callable[[str], str | None]
) -> None:
    def documents() -> Iterator[tuple[str, int, str, str]]:
        names = {node.iri: " ".join((node.name, *node.aliases)) for node in view.nodes if node.type != "Claim"}
        for n, node in enumerate(view.nodes):
            if node.iri in names:
                yield "node", n, names[node.iri], ""
        for c, claim in enumerate(view.claims):
            passage = "".join(part.text for part in claim.passage)
            yield "claim", c, "", " ".join((passage, *(names[iri] for iri in speakers_of(claim))))
        for a, article in enumerate(view.articles):
            version = about.get(article.iri, ("", ""))[0]
            yield "article", a, article.title, texts(version) or ""

    for id, (kind, of, name, text) in enumerate(documents(), start=1):
        db.execute("INSERT INTO document VALUES (?, ?, ?)", (id, kind, of))
        db.execute("INSERT INTO words (rowid, name, text) VALUES (?, ?, ?)", (id, fold(name), fold(text)))


def _many(db: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    rows = iter(rows)
    first = next(rows, None)
    if first is not None:
        marks = ", ".join("?" * len(first))
        db.execute(f"INSERT INTO {table} VALUES ({marks})", first)
        db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
