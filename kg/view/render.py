"""From a view to one HTML file that asks nobody for anything and runs nothing but the package's own scripts.

Everything an article can influence reaches the page as JSON in a block that browsers do not execute, escaped so that
no text can end the block, and is shown with `textContent` or on the canvas only. A Content-Security-Policy names the
scripts by hash, so that even markup that slipped through could not run.
"""

from __future__ import annotations

import base64
import hashlib
import json
import textwrap
import unicodedata
from collections import Counter
from importlib import resources
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import RunError
from kg.view.layout import layout
from kg.view.load import view_of
from kg.view.model import Claim, Edge, Node, NodeType, View, speakers_of

if TYPE_CHECKING:
    import pyoxigraph
    from pyvis.network import Network

MOST_DRAWN = 1000
"""Nodes drawn at most: beyond, a picture is slow and shows nothing. Search reaches the others."""
TITLE = "Who said what about whom"

SHAPES: dict[NodeType, str] = {
    "Person": "dot",
    "Organisation": "square",
    "Country": "diamond",
    "Place": "triangle",
    "Source": "triangleDown",
    "Claim": "hexagon",
}
"""vis-network's shape of each type; `page.css` has the colours, the template the legend."""
DASHES: dict[str, list[int] | bool] = {"positive": False, "negative": [7, 6], "mixed": [16, 5, 3, 5]}
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "multiselect": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "hideEdgesOnZoom": False,
    },
    "nodes": {"borderWidth": 2, "borderWidthSelected": 3, "scaling": {"label": {"drawThreshold": 5}}},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
        "arrowStrikethrough": False,
        "selectionWidth": 1.5,
        "hoverWidth": 1,
        "smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.12},
        "scaling": {"label": {"drawThreshold": 5}},
    },
}
DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Unicode's explicit marks, embeddings, overrides and isolates of writing direction."""
MOST_CURVED = 400
"""Edges up to which all are drawn as curves."""
LABEL_WIDTH = 22
LABEL_LINES = 3
LINE_HEIGHT = 18.0
CHARACTER_WIDTH = 7.4

INJECTED_STYLES = (
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "'sha256-OutIf5hnp68ctx4ThtV5J02g5HTJ5bbu/hkNfqVXWWo='",
    "'sha256-4cgFR0//m8/eHo2G/esYsuZetUHlzCUWYM59sfgE9zY='",
    "'sha256-uepMTym1NwItBa/XV6ef6fQobLL0A0CNVDM5km5L+nQ='",
    "'sha256-gGUn/VMBXCeWm86qX/pOf+4ZDSbe0JcaXXb4rJjw1mA='",
    "'sha256-QuPewnJYr+SnQiTnCNHFBw99ExTsz9f8w5320PimEPw='",
    "'sha256-IY7YKNHjbzQ1NfAKrBZvBZohgXMtxrqB9PaqhAaT3vg='",
    "'sha256-QE7TOEDW7YIlMzvUUnm8boDWeNBN7PBbaaYJjnp34WI='",
)
"""Style sheets that vis-network 10.1.5 adds at run time (the first is the still empty element), by hash, so that styles
need no `unsafe-inline`. With another version, the browser's console names the hashes that are missing."""


def page(store: pyoxigraph.Store) -> str:
    """The page of a store as HTML: the same store gives the same text."""
    return render(view_of(store))


def write_page(store: pyoxigraph.Store, path: str | PathLike[str]) -> None:
    """Write the page of a store to a file, making its folder where needed. RunError when that is impossible."""
    text = page(store)
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(text.encode())
    except OSError as error:
        problem = error.strerror or str(error)
        raise RunError(f"{path}: the page cannot be written ({problem}); name a file that you may write") from error


def render(view: View, title: str = TITLE, most: int = MOST_DRAWN) -> str:
    """The page of a view as HTML; `most` is the number of nodes to draw."""
    import jinja2
    from markupsafe import Markup

    drawn = view.drawn(most)
    connected = len(view.weights())
    style = _asset("page.css")
    # Without its last line, which would have developer tools ask for a file that is not there.
    library = _asset("vis-network/vis-network.min.js").partition("//# sourceMappingURL")[0]
    scripts = (library, _asset("picture.js"), _asset("page.js"))
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_asset), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    return environment.get_template("page.html.j2").render(
        title=visible(title),
        counts=_counts(view),
        drawn=len(drawn),
        connected=connected,
        data=_data(view, drawn),
        policy=_policy(scripts, style),
        style=Markup(style),
        scripts=[Markup(script) for script in scripts],
        shapes=SHAPES,
    )


def network(view: View, drawn: tuple[Node, ...]) -> Network:
    """A pyvis network of these nodes and the edges between them, placed, with physics off.

    Ids are positions in `view.nodes` and `view.edges`. Types are groups, whose colours the page sets for light and
    dark. There are no titles: pyvis and vis-network would take them for HTML.
    """
    from pyvis.network import Network

    number = {node.iri: i for i, node in enumerate(view.nodes)}
    place = {node.iri: i for i, node in enumerate(drawn)}
    edges = [(i, e) for i, e in enumerate(view.edges) if e.source in place and e.target in place]
    weights = view.weights()
    looks = [_look(node, weights[node.iri]) for node in drawn]
    centres = layout([(w, h) for _, _, w, h in looks], [(place[e.source], place[e.target]) for _, e in edges])

    # Curves keep apart the edges of one pair; where there are many edges, only those pairs get them, for speed.
    pairs = Counter(frozenset((e.source, e.target)) for _, e in edges)
    curves = len(edges) <= MOST_CURVED
    net = Network(directed=True)
    net.set_options(json.dumps(OPTIONS))
    for node, (label, size, _, height), (x, y) in zip(drawn, looks, centres, strict=True):
        # vis-network places a symbol by its own centre, with the label below it.
        above = height / 2 - size
        net.add_node(number[node.iri], label, SHAPES[node.type], group=node.type, size=size, x=x, y=round(y - above))
    for i, edge in edges:
        line = _line(edge)
        if not curves and pairs[frozenset((edge.source, edge.target))] == 1:
            line["smooth"] = False
        net.add_edge(number[edge.source], number[edge.target], id=i, **line)
    return net


def visible(text: str) -> str:
    """One line of text without control characters and direction overrides, to show where nothing isolates it."""
    spaced = "".join(" " if character.isspace() else character for character in text)
    return " ".join("".join(c for c in spaced if c not in DIRECTION and unicodedata.category(c) != "Cc").split())


def _look(node: Node, weight: int) -> tuple[str, float, float, float]:
    """Label, size of the symbol, and width and height of the box that holds both; pixels at zoom 1."""
    text = visible(node.name[: 20 * LABEL_WIDTH]) or "unnamed"
    quoted = f"“{text}”" if node.type == "Claim" else text
    lines = textwrap.wrap(quoted, LABEL_WIDTH, max_lines=LABEL_LINES, placeholder=" …") or ["…"]
    wide = max(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in lines)
    width, height = wide * CHARACTER_WIDTH, len(lines) * LINE_HEIGHT
    size = 8.0 if node.type == "Claim" else round(9 + 3.2 * min(weight, 80) ** 0.5, 1)
    return "\n".join(lines), size, max(width, 2 * size), 2 * size + height + 8


def _line(edge: Edge) -> dict[str, Any]:
    if not edge.claims:
        return {"width": 1, "dashes": [1, 6], "arrows": "", "smooth": {"type": "curvedCCW", "roundness": 0.22}}
    width = round(min(1 + 1.1 * len(edge.claims) ** 0.5, 9.0), 1)
    return {"label": edge.label, "width": width, "dashes": DASHES[edge.polarity]}


def _counts(view: View) -> list[tuple[str, int]]:
    types = Counter(node.type for node in view.nodes)
    counts = [
        ("claim", "claims", len(view.claims)),
        ("person", "people", types["Person"]),
        ("organisation", "organisations", types["Organisation"]),
        ("country", "countries", types["Country"]),
        ("place", "places", types["Place"]),
        ("article", "articles", len(view.articles)),
        ("outlet", "outlets", len({a.outlet for a in view.articles if a.outlet})),
    ]
    return [(one if n == 1 else many, n) for one, many, n in counts if n]


def _data(view: View, drawn: tuple[Node, ...]) -> dict[str, Any]:
    """What the page's script reads. Nodes, claims and articles refer to each other by position."""
    node = {n.iri: i for i, n in enumerate(view.nodes)}
    claim = {c.iri: i for i, c in enumerate(view.claims)}
    article = {a.iri: i for i, a in enumerate(view.articles)}
    net = network(view, drawn)

    def nodes(iris: tuple[str, ...]) -> list[int]:
        return [node[iri] for iri in iris if iri in node]

    def one_claim(c: Claim) -> dict[str, Any]:
        return {
            "article": article[c.article],
            "passage": [[s.text, s.role] for s in c.passage],
            "speakers": nodes(speakers_of(c)),
            "about": nodes(c.about),
            "to": nodes(c.addressees),
            "via": nodes((c.reported_by,)),
            "kind": c.kind,
            "act": c.act,
            "polarity": c.polarity,
            "modality": c.modality,
            "on": c.said_on,
            "confidence": round(c.confidence, 2),
        }

    return {
        "network": {"nodes": net.nodes, "edges": net.edges, "options": net.options},
        "nodes": [
            {
                "type": n.type,
                # A claim's words are in its passage already.
                "name": "" if n.type == "Claim" else n.name,
                "claim": claim.get(n.iri),
                "aliases": list(n.aliases),
                "offices": [[o.title, node.get(o.of), o.start, o.end] for o in n.offices],
            }
            for n in view.nodes
        ],
        "edges": [
            [node[e.source], node[e.target], [claim[c] for c in e.claims], e.label, e.polarity] for e in view.edges
        ],
        "claims": [one_claim(c) for c in view.claims],
        "articles": [[a.title, a.outlet, a.published, a.url] for a in view.articles],
    }


def _policy(scripts: tuple[str, ...], style: str) -> str:
    """The Content-Security-Policy: these scripts, these styles, images made by the page itself, nothing else."""
    styles = [_sha256(style), *INJECTED_STYLES]
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_sha256, scripts))}",
            f"style-src {' '.join(styles)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _sha256(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _asset(name: str) -> str:
    # Bytes decoded here: the hashes need the newlines as they are.
    return (resources.files("kg.view") / "assets" / name).read_bytes().decode()
