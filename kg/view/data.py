"""A view as the data block of the page: columns that refer to each other by position, deflated where they are large.

`assets/embedded.js` reads them. Columns rather than records: names of fields are said once, and equal neighbours
compress; thirty thousand claims take a few megabytes.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections import Counter
from typing import Any

from kg.view.model import Claim, Group, Link, Node, View, speakers_of
from kg.view.network import LOOK, Places, network, places

PLAIN = 400_000
"""Characters of JSON up to which the data stand in the page as they are, to be read by anyone."""
ROLES = {"": "-", "source": "s", "cue": "q", "content": "c"}
"""One letter for each segment of a passage."""


def block(view: View, title: str) -> dict[str, Any]:
    """The page's data: as they are when small, else {"deflated": base64 of zlib's form of the same as JSON}."""
    data = columns(view, title)
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    if len(text) <= PLAIN:
        return data
    return {"deflated": base64.b64encode(zlib.compress(text.encode("utf-8", "surrogatepass"), 9)).decode()}


def columns(view: View, title: str) -> dict[str, Any]:
    """All of a view, with what is drawn first as a pyvis network."""
    levels = places(view)
    first, where = levels[0] if levels else ((), {})
    net = network(view, first, where)
    return {
        "title": title,
        "counts": counts(view),
        "look": LOOK,
        "network": {"nodes": net.nodes, "edges": net.edges, "options": net.options},
        "levels": [_level(view, at) for _, at in levels],
        "nodes": _nodes(view),
        "edges": _edges(view),
        "claims": _claims(view),
        "groups": _groups(view),
        "articles": {
            "id": [a.iri for a in view.articles],
            "title": [a.title for a in view.articles],
            "outlet": [a.outlet for a in view.articles],
            "published": [a.published for a in view.articles],
            "url": [a.url for a in view.articles],
        },
    }


def counts(view: View) -> list[tuple[str, int]]:
    """What the view holds, for its heading: pairs of word and number, none of them zero."""
    types = Counter(node.type for node in view.nodes)
    found = [
        ("claim", "claims", len(view.claims)),
        ("person", "people", types["Person"]),
        ("organisation", "organisations", types["Organisation"]),
        ("country", "countries", types["Country"]),
        ("place", "places", types["Place"]),
        ("article", "articles", len(view.articles)),
        ("outlet", "outlets", len({a.outlet for a in view.articles if a.outlet})),
    ]
    return [(one if n == 1 else many, n) for one, many, n in found if n]


def group_records(view: View) -> dict[str, dict[str, Any]]:
    """What a claim's page tells of its group, by the group's IRI: how many claims and independent reports, and links.

    A link leads to the first claim of the other group; its kind is "changes" from a later position to an earlier one,
    "changed" the other way round, or "contradicts".
    """
    first = {group.iri: group.claims[0] for group in view.groups}

    def link(group: Group, found: Link) -> dict[str, Any]:
        later = found.one == group.iri
        kind = "contradicts" if found.kind == "contradiction" else "changes" if later else "changed"
        other = found.other if later else found.one
        return {"kind": kind, "claim": first[other], "reason": found.reason, "score": found.score}

    return {
        group.iri: {
            "id": group.iri,
            "claims": len(group.claims),
            "independent": group.independent,
            "links": [link(group, found) for found in group.links],
        }
        for group in view.groups
    }


def _groups(view: View) -> dict[str, list[Any]]:
    number = {claim.iri: i for i, claim in enumerate(view.claims)}
    records = group_records(view)
    return {
        "claims": [[number[iri] for iri in group.claims] for group in view.groups],
        "record": [records[group.iri] for group in view.groups],
    }


def _level(view: View, where: Places) -> dict[str, list[int]]:
    at = [(i, *where[node.iri]) for i, node in enumerate(view.nodes) if node.iri in where]
    return {"node": [i for i, _, _ in at], "x": [x for _, x, _ in at], "y": [y for _, _, y in at]}


def _nodes(view: View) -> dict[str, list[Any]]:
    number = {node.iri: i for i, node in enumerate(view.nodes)}

    def offices(node: Node) -> list[list[Any]]:
        return [[o.title, number.get(o.of), o.start, o.end] for o in node.offices]

    return {
        "id": [n.iri for n in view.nodes],
        "type": [n.type for n in view.nodes],
        # A claim's words are in its passage already.
        "name": ["" if n.type == "Claim" else n.name for n in view.nodes],
        "aliases": [list(n.aliases) for n in view.nodes],
        "offices": [offices(n) for n in view.nodes],
    }


def _edges(view: View) -> dict[str, list[Any]]:
    # Those with claims first: an office between the same two is then known to be told with them.
    edges = sorted(view.edges, key=lambda edge: not edge.claims)
    number = {node.iri: i for i, node in enumerate(view.nodes)}
    claim = {c.iri: i for i, c in enumerate(view.claims)}
    return {
        "from": [number[e.source] for e in edges],
        "to": [number[e.target] for e in edges],
        "claims": [[claim[iri] for iri in e.claims] for e in edges],
    }


def _claims(view: View) -> dict[str, list[Any]]:
    number = {node.iri: i for i, node in enumerate(view.nodes)}
    article = {a.iri: i for i, a in enumerate(view.articles)}
    claim = {c.iri: i for i, c in enumerate(view.claims)}

    def of(iris: tuple[str, ...]) -> list[int]:
        return [number[iri] for iri in iris if iri in number]

    def roles(claim: Claim) -> str:
        return "".join(ROLES[s.role] for s in claim.passage)

    return {
        "id": [c.iri for c in view.claims],
        "article": [article[c.article] for c in view.claims],
        "parts": [[s.text for s in c.passage] for c in view.claims],
        "roles": [roles(c) for c in view.claims],
        "speakers": [of(speakers_of(c)) for c in view.claims],
        "about": [of(c.about) for c in view.claims],
        "to": [of(c.addressees) for c in view.claims],
        "via": [of((c.reported_by,)) for c in view.claims],
        "kind": [c.kind for c in view.claims],
        "act": [c.act for c in view.claims],
        "polarity": [c.polarity for c in view.claims],
        "modality": [c.modality for c in view.claims],
        "on": [c.said_on for c in view.claims],
        "in": [of((c.said_in,)) for c in view.claims],
        "hearers": [c.hearers for c in view.claims],
        "within": [claim.get(c.within) for c in view.claims],
        "confidence": [round(c.confidence, 2) for c in view.claims],
    }
