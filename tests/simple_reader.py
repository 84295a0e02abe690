"""A reader for tests of what comes after reading: quick, exact, and blind to all but `NAME said that ….` lines."""

from __future__ import annotations

import re

from kg.errors import ArticleError
from kg.model import Article, Claim, Entity, Evidence, Mention

_SAID = re.compile(r"^(?P<source>[A-Z]\w+ [A-Z]\w+) (?P<cue>said) that (?P<content>.+)\.$", re.MULTILINE)
FINGERPRINT = "simple-1"


def read_simply(article: Article) -> Evidence:
    """One claim for each line that fits; whoever is named as a source, or in a content, is a person.

    A body with REFUSE in it is refused as one that cannot be used, one with BREAK makes the reader fail.
    """
    if "REFUSE" in article.body:
        raise ArticleError(article.path, "is refused", "take the word out")
    if "BREAK" in article.body:
        raise ZeroDivisionError("a mistake\nin the reader")
    said = list(_SAID.finditer(article.body))
    names = sorted({m["source"] for m in said})
    ids = {name: f"e{n}" for n, name in enumerate(names, start=1)}
    entities = tuple(
        Entity(
            ids[name],
            "Person",
            name,
            tuple(Mention(m.start(), m.end(), name, "name") for m in re.finditer(re.escape(name), article.body)),
        )
        for name in names
    )
    claims = tuple(
        Claim(
            id=f"c{n}",
            kind="indirect",
            content=(article.span(*m.span("content")),),
            passage=article.span(*m.span()),
            source=article.span(*m.span("source")),
            cue=article.span(*m.span("cue")),
            speakers=(ids[m["source"]],),
            about=tuple(ids[name] for name in names if name in m["content"]),
        )
        for n, m in enumerate(said, start=1)
    )
    return Evidence(article, entities, claims)
