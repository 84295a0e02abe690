"""What the picture shows first, and where: pyvis nodes and edges with fixed places, physics off.

The page draws other selections by itself, in the same manner (`assets/look.js`): sizes, shapes, widths and dashes are
given to it from here.
"""

from __future__ import annotations

import json
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.view.layout import layout
from kg.view.model import VERBS, Edge, Node, NodeType, View

if TYPE_CHECKING:
    from pyvis.network import Network

LEVELS = (36, 120, 400)
"""How many of the most connected nodes have places: for the first sight, and for those who ask for more of it."""

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
OFFICE: dict[str, Any] = {
    "width": 1,
    "dashes": [1, 6],
    "arrows": "",
    "smooth": {"enabled": True, "type": "curvedCCW", "roundness": 0.22},
}
"""The line from the holder of an office to what it is an office of, where no claim joins them."""
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
MOST_CURVED = 300
"""Edges up to which all are drawn as curves; beyond, only where two run between the same nodes, for speed."""
LABEL_WIDTH = 22
LABEL_LINES = 3
LINE_HEIGHT = 21.0
CHARACTER_WIDTH = 8.8
"""Of labels, with some room: where the page makes symbols smaller to show all of a picture, labels keep their size."""

LOOK: Mapping[str, Any] = {
    "shapes": SHAPES,
    "dashes": DASHES,
    "office": OFFICE,
    "verbs": VERBS,
    "curved": MOST_CURVED,
    "labelWidth": LABEL_WIDTH,
    "labelLines": LABEL_LINES,
    "lineHeight": LINE_HEIGHT,
    "characterWidth": CHARACTER_WIDTH,
    "levels": LEVELS,
    "options": OPTIONS,
}
"""What `assets/look.js` needs to draw as this module does."""

Places = dict[str, tuple[int, int]]


def network(view: View, drawn: Sequence[Node], places: Places) -> Network:
    """A pyvis network of these nodes at these places, and the edges between them; ids are IRIs.

    Types are groups, whose colours the page sets for light and dark. There are no titles: pyvis and vis-network would
    take them for HTML.
    """
    from pyvis.network import Network

    iris = {node.iri for node in drawn}
    said = {(edge.source, edge.target) for edge in view.edges if edge.claims}
    # Where claims join two, an office has no line of its own.
    lines = [edge for edge in view.edges if edge.claims or (edge.source, edge.target) not in said]
    edges = [edge for edge in lines if edge.source in iris and edge.target in iris]
    # Curves keep apart the edges of one pair.
    pairs = Counter(frozenset((e.source, e.target)) for e in edges)
    curved = len(edges) <= MOST_CURVED
    weights = view.weights()
    net = Network(directed=True)
    net.set_options(json.dumps(OPTIONS))
    for node in drawn:
        label, size, _ = _look(node, weights.get(node.iri, 0))
        x, y = places[node.iri]
        net.add_node(node.iri, label, SHAPES[node.type], group=node.type, size=size, x=x, y=y)
    for edge in edges:
        line = _line(edge)
        if edge.claims and not curved and pairs[frozenset((edge.source, edge.target))] == 1:
            line["smooth"] = False
        net.add_edge(edge.source, edge.target, id=edge_id(edge.source, edge.target), **line)
    return net


def edge_id(source: str, target: str) -> str:
    """The id of an edge in the picture: unlike IRIs joined by a sign, it cannot be that of another pair."""
    return json.dumps([source, target], ensure_ascii=False, separators=(",", ":"))


def places(view: View, levels: Sequence[int] = LEVELS) -> list[tuple[tuple[Node, ...], Places]]:
    """The most connected nodes at each level and where they stand, fewest first; levels beyond the whole are left out.

    Each level is laid out from the places of the next larger one, so that who asks for more meets the same map.
    """
    weights = view.weights()
    chosen = [view.drawn(most) for most in levels]
    distinct = [nodes for nodes, before in zip(chosen, [(), *chosen], strict=False) if len(nodes) > len(before)]
    found: list[tuple[tuple[Node, ...], Places]] = []
    larger: Places = {}
    for nodes in reversed(distinct):
        index = {node.iri: i for i, node in enumerate(nodes)}
        looks = [_look(node, weights[node.iri]) for node in nodes]
        ends = [(index[e.source], index[e.target]) for e in view.edges if e.source in index and e.target in index]
        start = [larger[node.iri] for node in nodes] if larger else None
        centres = layout([box for _, _, box in looks], ends, start)
        # vis-network places a symbol by its own centre, with the label below it.
        larger = {
            node.iri: (x, round(y - (box[1] / 2 - size)))
            for node, (_, size, box), (x, y) in zip(nodes, looks, centres, strict=True)
        }
        found.append((nodes, larger))
    return found[::-1]


def visible(text: str) -> str:
    """One line of text without control characters and direction overrides, to show where nothing isolates it."""
    spaced = "".join(" " if character.isspace() else character for character in text)
    return " ".join("".join(c for c in spaced if c not in DIRECTION and unicodedata.category(c) != "Cc").split())


def _look(node: Node, weight: int) -> tuple[str, float, tuple[float, float]]:
    """Label, size of the symbol, and width and height of the box that holds both; pixels at zoom 1."""
    text = visible(node.name[: 20 * LABEL_WIDTH]) or "unnamed"
    quoted = "“{}”".format(text.strip('"“”')) if node.type == "Claim" else text
    lines = textwrap.wrap(quoted, LABEL_WIDTH, max_lines=LABEL_LINES, placeholder=" …") or ["…"]
    wide = max(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in lines)
    width, height = wide * CHARACTER_WIDTH, len(lines) * LINE_HEIGHT
    size = 8.0 if node.type == "Claim" else round(9 + 3.2 * min(weight, 80) ** 0.5, 1)
    return "\n".join(lines), size, (max(width, 2 * size), 2 * size + height + 8)


def _line(edge: Edge) -> dict[str, Any]:
    if not edge.claims:
        return dict(OFFICE)
    width = round(min(1 + 1.1 * len(edge.claims) ** 0.5, 9.0), 1)
    return {"label": edge.label, "width": width, "dashes": DASHES[edge.polarity]}
