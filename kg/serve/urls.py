"""Addresses on the server and the IRIs of the graph: every thing that has a page has it where its IRI says.

`urn:kg:claim:ARTICLE:ID` is shown at `/claim/ARTICLE/ID`; with another base, `https://example.org/outlet/X` at
`/outlet/X`.
"""

from __future__ import annotations

from urllib.parse import quote

KINDS = {"entity": 1, "country": 1, "article": 1, "outlet": 1, "claim": 2, "group": 1}
"""What has pages, and how many parts the IRIs have after the name of the kind."""


def path_of(iri: str, base: str) -> str | None:
    """Where the page of an IRI is, with a leading slash and escaped; None for what has none."""
    if not iri.startswith(base) or "#" in iri:
        return None
    kind, *parts = iri.removeprefix(base).split(base[-1])
    if KINDS.get(kind) != len(parts):
        return None
    return "/".join(("", kind, *(quote(part, safe="") for part in parts)))


def iri_of(path: str, base: str) -> str | None:
    """The IRI whose page is at an unescaped path such as "claim/ARTICLE/ID"; None where there can be none."""
    kind, *parts = path.split("/")
    if KINDS.get(kind) != len(parts) or not all(parts):
        return None
    return base + base[-1].join((kind, *parts))
