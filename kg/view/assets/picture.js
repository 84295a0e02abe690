"use strict";
// The drawn network: colours, which labels fit at this zoom, what steps back when something is chosen.
// `network` is pyvis' nodes, edges and options; `edges` the page's own edges [from, to, claims, label, polarity].
function makePicture(network, edges, holder, onChoice) {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const FACE = "system-ui, sans-serif";
  const LEAST_SYMBOL = 4; // radius and font sizes on the screen, in CSS pixels
  const LEAST_FONT = 12;
  const EDGE_FONT = 11.5;
  const LABELLED_EDGES = 40; // of a chosen node, at any zoom

  // The layout is made for a wide screen; on a high one it lies on its side.
  if (holder.clientHeight > holder.clientWidth) for (const n of network.nodes) [n.x, n.y] = [n.y, n.x];

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const nodes = new vis.DataSet(network.nodes);
  const lines = new vis.DataSet(network.edges);
  const ranked = [...network.nodes].sort((a, b) => b.size - a.size || a.id - b.id);
  const drawn = new Set(network.nodes.map((n) => n.id));
  const last = new Map(); // what each node and edge was last told, so that only changes are told
  let chosen = {};

  function groups() {
    const filled = (type) => {
      const rest = { background: colour(type), border: colour("halo") };
      const lit = { background: colour(type), border: colour("ink") };
      return { color: { ...rest, highlight: lit, hover: lit } };
    };
    const all = Object.fromEntries(["Person", "Organisation", "Country", "Place", "Source"].map((t) => [t, filled(t)]));
    const hollow = { background: colour("Claim"), border: colour("claim-line") };
    all.Claim = { color: { ...hollow, highlight: hollow, hover: hollow } };
    return all;
  }

  // What stands in front: the choice and its neighbours; null when everything does.
  function front() {
    if (chosen.edge != null) return { nodes: new Set(edges[chosen.edge].slice(0, 2)), edges: new Set([chosen.edge]) };
    if (!drawn.has(chosen.node)) return null;
    const own = network.edges.filter((e) => e.from === chosen.node || e.to === chosen.node);
    return { nodes: new Set([chosen.node, ...own.flatMap((e) => [e.from, e.to])]), edges: new Set(own.map((e) => e.id)) };
  }

  // Labels keep their size on the screen; where they would overlap, the more connected node's is shown.
  function labels(ahead, scale) {
    const taken = [];
    const fits = (box) => {
      const free = taken.every((t) => box[0] > t[2] || box[2] < t[0] || box[1] > t[3] || box[3] < t[1]);
      if (free) taken.push(box);
      return free;
    };
    const size = (n) => Math.max(n.size, LEAST_SYMBOL / scale);
    const font = Math.max(14, LEAST_FONT / scale);
    const order = ahead ? [...ranked.filter((n) => ahead.nodes.has(n.id)), ...ranked.filter((n) => !ahead.nodes.has(n.id))] : ranked;
    const shown = new Map();
    for (const node of order) {
      const text = node.label.split("\n");
      const half = (Math.max(...text.map((t) => t.length)) * font * 0.54) / 2;
      const top = node.y + size(node);
      const label = [node.x - half, top, node.x + half, top + text.length * font * 1.25 + 4].map((v) => v * scale);
      shown.set(node.id, { size: size(node), font: fits(label) ? font : 0 });
    }
    for (const node of order.slice(0, 300)) {
      const r = size(node);
      taken.push([node.x - r, node.y - r, node.x + r, node.y + r].map((v) => v * scale));
    }
    const few = ahead !== null && ahead.edges.size <= LABELLED_EDGES;
    const wanted = network.edges.filter((e) => e.label && (few ? ahead.edges.has(e.id) : ahead === null && scale > 0.5))
      .sort((a, b) => b.width - a.width || a.id - b.id);
    const named = new Set();
    for (const edge of wanted) {
      const at = middle(edge.id);
      const half = (edge.label.length * EDGE_FONT * 0.5) / 2;
      if (chosen.edge === edge.id || fits([at.x * scale - half, at.y * scale - 8, at.x * scale + half, at.y * scale + 8])) named.add(edge.id);
    }
    return { shown, named };
  }

  function tell(set, kind, items) {
    const changed = items.filter((item) => {
      const text = JSON.stringify(item);
      if (last.get(kind + item.id) === text) return false;
      last.set(kind + item.id, text);
      return true;
    });
    if (changed.length) set.update(changed);
  }

  function paint() {
    const ahead = front();
    const scale = view.getScale();
    const { shown, named } = labels(ahead, scale);
    const [ink, soft, faint, halo, plain, negative, office] =
      ["ink", "soft", "faint", "halo", "edge", "negative", "office"].map(colour);
    const stroke = { strokeWidth: 4 / Math.min(1, scale), strokeColor: halo, face: FACE };
    const least = network.edges.length < 500 ? 0.8 : 0.4; // many thin lines show more than many thick ones
    const opacity = ahead || network.edges.length < 150 ? 1 : 0.55;
    tell(nodes, "n", network.nodes.map((n) => {
      const back = ahead !== null && !ahead.nodes.has(n.id);
      const look = shown.get(n.id);
      return { id: n.id, size: look.size, opacity: back ? 0.15 : 1,
        borderWidth: n.group === "Claim" ? 1.6 : 2,
        font: { ...stroke, size: back && scale < 0.6 ? 0 : look.font, color: back ? faint : ink } };
    }));
    tell(lines, "e", network.edges.map((e) => {
      const back = ahead !== null && !ahead.edges.has(e.id);
      const [, , claims, , polarity] = edges[e.id];
      const line = back ? faint : !claims.length ? office : polarity === "negative" ? negative : plain;
      return { id: e.id, width: Math.max(e.width, least / scale),
        // Too small to see, and half of the time that drawing takes.
        dashes: scale > 0.3 ? e.dashes : false, arrows: { to: { enabled: e.arrows === "to" && !back && (ahead !== null || scale > 0.3) } },
        color: { color: line, highlight: line, hover: line, opacity: back ? 0.5 : opacity },
        font: { ...stroke, size: named.has(e.id) ? EDGE_FONT / scale : 0, color: soft } };
    }));
  }

  const move = () => (still.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });
  const middle = (id) => view.body.edges[id].edgeType.getPoint(0.5);
  const onPage = (point) => {
    const at = view.canvasToDOM(point);
    const frame = holder.getBoundingClientRect();
    return { x: frame.x + at.x, y: frame.y + at.y };
  };

  // vis-network's own fit() goes by the labels as they were drawn last; here they keep their size on the screen.
  function whole(animate) {
    if (!network.nodes.length) return;
    const [left, right] = [Math.min(...network.nodes.map((n) => n.x)), Math.max(...network.nodes.map((n) => n.x))];
    const [top, bottom] = [Math.min(...network.nodes.map((n) => n.y)), Math.max(...network.nodes.map((n) => n.y))];
    const { width, height } = holder.getBoundingClientRect();
    const aside = Math.min(90, width * 0.15);
    const scale = Math.max(0.02, Math.min(1.1, (width - 2 * aside) / (right - left || 1), (height - 105) / (bottom - top || 1)));
    view.moveTo({ scale, position: { x: (left + right) / 2, y: (top + bottom) / 2 + 22 / scale }, animation: animate && move() });
  }

  let waiting = 0;
  const view = new vis.Network(holder, { nodes, edges: lines }, { ...network.options, groups: groups() });
  view.on("click", (at) => {
    if (at.nodes.length) onChoice({ node: at.nodes[0] });
    else onChoice(at.edges.length ? { edge: at.edges[0] } : {});
  });
  for (const what of ["Node", "Edge"]) {
    view.on(`hover${what}`, () => { holder.style.cursor = "pointer"; });
    view.on(`blur${what}`, () => { holder.style.cursor = ""; });
  }
  view.on("dragEnd", ({ nodes: moved }) => {
    for (const [id, at] of Object.entries(view.getPositions(moved))) Object.assign(network.nodes.find((n) => n.id === Number(id)), at);
  });
  let scaled = 0;
  view.on("afterDrawing", () => {
    if (Math.abs(view.getScale() / scaled - 1) < 0.02) return;
    scaled = view.getScale();
    clearTimeout(waiting);
    waiting = setTimeout(paint, 120);
  });
  dark.addEventListener("change", () => {
    view.setOptions({ groups: groups() });
    last.clear();
    paint();
  });
  whole(false);

  return {
    whole,
    zoom: (factor) => view.moveTo({ scale: Math.min(4, Math.max(0.02, view.getScale() * factor)), animation: false }),
    choose(choice, follow) {
      chosen = choice;
      const known = drawn.has(choice.node);
      // After the panel, which should not wait for the picture.
      requestAnimationFrame(() => {
        paint();
        view.setSelection({ nodes: chosen.node === choice.node && known ? [choice.node] : [], edges: [] }, { highlightEdges: false });
        if (known && follow) view.focus(choice.node, { scale: Math.max(0.7, view.getScale()), animation: move() });
      });
    },
    nodePoint: (id) => onPage(view.getPosition(id)),
    edgePoint: (id) => onPage(middle(id)),
  };
}
