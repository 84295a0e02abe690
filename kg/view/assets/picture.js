// The drawn network: colours, which labels fit at this zoom, what steps back when something is chosen.
function makePicture(holder, look, onChoice) {
  const LEAST_SYMBOL = 4; // radius and font size on the screen, in CSS pixels
  const LEAST_FONT = 12;
  const LABELLED_EDGES = 40; // of a chosen node, at any zoom
  const EDGES_NAMED = 250; // lines up to which they have labels before anything is chosen
  const MOST_LINES = 1200; // drawn before anything is chosen: more are a grey fog, and slow

  let shown = { nodes: [], edges: [], node: new Map(), edge: new Map() };
  let ranked = [];
  let chosen = null;
  const nodes = new vis.DataSet();
  const lines = new vis.DataSet();
  const last = new Map(); // what each node and edge was last told, so that only changes are told

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

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

  // What stands in front: the choice and its neighbours, or a path; null when everything does.
  function front() {
    if (chosen?.path) {
      const ids = new Set(chosen.path);
      const steps = new Set(chosen.path.slice(1).flatMap((id, i) => [`${chosen.path[i]} ${id}`, `${id} ${chosen.path[i]}`]));
      return { nodes: ids, edges: new Set(shown.edges.filter((e) => steps.has(`${e.from} ${e.to}`)).map((e) => e.id)) };
    }
    if (chosen?.edge) {
      const id = JSON.stringify(chosen.edge);
      return shown.edge.has(id) ? { nodes: new Set(chosen.edge), edges: new Set([id]) } : null;
    }
    if (!shown.node.has(chosen?.node)) return null;
    const own = shown.edges.filter((e) => e.from === chosen.node || e.to === chosen.node);
    return { nodes: new Set([chosen.node, ...own.flatMap((e) => [e.from, e.to])]), edges: new Set(own.map((e) => e.id)) };
  }

  // Labels keep their size on the screen; where they would overlap, the more connected node's is shown.
  function labels(ahead, scale) {
    const radius = (n) => Math.max(n.size, LEAST_SYMBOL / scale);
    const font = Math.max(14, LEAST_FONT / scale);
    const order = ahead ? [...ranked.filter((n) => ahead.nodes.has(n.id)), ...ranked.filter((n) => !ahead.nodes.has(n.id))] : ranked;
    const few = ahead !== null && ahead.edges.size <= LABELLED_EDGES;
    const all = ahead === null && shown.edges.length <= EDGES_NAMED;
    const wanted = shown.edges.filter((e) => e.label && (few ? ahead.edges.has(e.id) : all))
      .sort((a, b) => b.width - a.width || (a.id < b.id ? -1 : 1));
    const { placed, named } = fitLabels(order.map((n) => ({ ...n, radius: radius(n), font })), wanted, scale, pointOn);
    const only = chosen?.edge && JSON.stringify(chosen.edge);
    if (only && shown.edge.get(only)?.label && !named.has(only)) named.set(only, 0.5);
    return { looks: new Map(ranked.map((n) => [n.id, { size: radius(n), font: placed.get(n.id) ? font : 0, side: placed.get(n.id) }])), named };
  }

  // The lines that are drawn: the heaviest of each node, the heaviest of all, and those of what is chosen.
  function drawnLines(ahead) {
    if (shown.edges.length <= MOST_LINES) return shown.edges;
    const kept = new Set(ahead?.edges);
    for (const heaviest of shown.heaviest) kept.add(heaviest);
    return shown.edges.filter((e) => kept.has(e.id));
  }

  function heaviest(edges) {
    if (edges.length <= MOST_LINES) return [];
    const order = [...edges].sort((a, b) => (b.label ? b.width : 0) - (a.label ? a.width : 0) || (a.id < b.id ? -1 : 1));
    const joined = new Set();
    const own = order.filter((e) => [e.from, e.to].map((id) => !joined.has(id) && joined.add(id)).some(Boolean));
    return [...new Set([...own, ...order].map((e) => e.id))].slice(0, MOST_LINES);
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
    swap(lines, "e", drawnLines(ahead).map(({ negated, label, ...edge }) => edge), shown.edge);
    const { looks, named } = labels(ahead, scale);
    written = [...named];
    const [ink, faint, halo, plain, negative, office] = ["ink", "faint", "halo", "edge", "negative", "office"].map(colour);
    inks = { ground: halo, ink: colour("soft") };
    const stroke = { strokeWidth: 4 / Math.min(1, scale), strokeColor: halo, face: LABEL_FACE };
    const many = lines.length >= 150;
    const least = lines.length < 500 ? 0.8 : 0.4; // many thin lines show more than many thick ones
    const opacity = ahead || !many ? 1 : 0.6;
    tell(nodes, "n", shown.nodes.map((n) => {
      const back = ahead !== null && !ahead.nodes.has(n.id);
      const own = looks.get(n.id);
      return { id: n.id, size: own.size, opacity: back ? 0.15 : 1, borderWidth: n.group === "Claim" ? 1.6 : 2,
        font: { ...stroke, size: back && scale < 0.6 ? 0 : own.font, color: back ? faint : ink,
          // Above the symbol: over its height, and the label's own.
          vadjust: own.side === "above" ? -(2 * own.size + n.label.split("\n").length * own.font * 1.2 + 6) : 0 } };
    }));
    tell(lines, "e", drawnLines(ahead).map((e) => {
      const back = ahead !== null && !ahead.edges.has(e.id);
      const line = back ? faint : !e.label ? office : e.negated ? negative : plain;
      return { id: e.id, width: Math.max(e.width, least / scale),
        // Too small to see, and half of the time that drawing takes.
        dashes: scale > 0.3 ? e.dashes : false,
        arrows: { to: { enabled: e.arrows === "to" && !back && (ahead !== null || !many || scale > 0.5) } },
        color: { color: line, highlight: line, hover: line, opacity: back ? 0.5 : opacity } };
    }));
  }

  const move = () => (still.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });
  const pointOn = (id, part) => view.body.edges[id]?.edgeType?.getPoint(part);
  const onPage = (point) => {
    const at = view.canvasToDOM(point);
    const frame = holder.getBoundingClientRect();
    return { x: frame.x + at.x, y: frame.y + at.y };
  };

  // vis-network's own fit() goes by the labels as they were drawn last; here they keep their size on the screen.
  function fit(some, animate) {
    if (!some.length || !holder.clientWidth) { fitted = { scale: view.getScale(), ...view.getViewPosition() }; return; }
    const [left, right] = [Math.min(...some.map((n) => n.x)), Math.max(...some.map((n) => n.x))];
    const [top, bottom] = [Math.min(...some.map((n) => n.y)), Math.max(...some.map((n) => n.y))];
    const { width, height } = holder.getBoundingClientRect();
    const aside = Math.min(80, width * 0.15);
    const scale = Math.max(0.02, Math.min(1.1, (width - 2 * aside) / (right - left || 1), (height - 115) / (bottom - top || 1)));
    const position = { x: (left + right) / 2, y: (top + bottom) / 2 + 14 / scale };
    view.moveTo({ scale, position, animation: animate && move() });
    fitted = animate || some !== shown.nodes ? null : { scale, ...position };
  }

  // A picture that shows everything goes on doing so when its room changes, also from none.
  let fitted = null;
  new ResizeObserver(() => {
    const at = view.getViewPosition();
    const same = fitted && Math.abs(view.getScale() / fitted.scale - 1) < 0.01 && Math.hypot(at.x - fitted.x, at.y - fitted.y) * fitted.scale < 60;
    if (same && holder.clientWidth) fit(shown.nodes, false);
  }).observe(holder);

  // What is the same in the old and the new selection stays; `at` says which of it to bring into sight.
  function show(next, at = "all") {
    // Places are made for a wide screen; on a high one the picture lies on its side.
    const lying = holder.clientHeight > holder.clientWidth * 1.1;
    const turned = lying ? next.nodes.map((n) => ({ ...n, x: n.y, y: n.x })) : next.nodes;
    shown = {
      nodes: turned, edges: next.edges,
      node: new Map(turned.map((n) => [n.id, n])), edge: new Map(next.edges.map((e) => [e.id, e])),
    };
    ranked = [...turned].sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1));
    shown.heaviest = heaviest(next.edges);
    swap(lines, "e", [], shown.edge);
    swap(nodes, "n", turned, shown.node);
    swap(lines, "e", drawnLines(null).map(({ negated, label, ...edge }) => edge), shown.edge);
    if (at === "all") fit(turned, false);
    else if (at !== "same") fit(turned.filter((n) => at.includes(n.id)), true);
    paint();
  }

  // What is new or changed comes in; what is not `known` goes.
  function swap(set, kind, items, known) {
    const stale = set.getIds().filter((id) => !known.has(id));
    set.remove(stale);
    for (const id of stale) last.delete(kind + id);
    const news = items.filter((item) => {
      const text = JSON.stringify(item);
      const same = last.get(`new ${kind}${item.id}`) === text && set.get(item.id);
      last.set(`new ${kind}${item.id}`, text);
      if (!same) last.delete(kind + item.id);
      return !same;
    });
    set.update(news);
  }

  let waiting = 0;
  let written = []; // lines that have labels, and where along them
  let inks = { ground: "", ink: "" };
  const view = new vis.Network(holder, { nodes, edges: lines }, { ...look.options, groups: groups() });
  view.on("click", (at) => {
    if (at.nodes.length) onChoice({ node: at.nodes[0] });
    else onChoice(at.edges.length ? { edge: JSON.parse(at.edges[0]) } : null);
  });
  view.on("doubleClick", (at) => { if (at.nodes.length) onChoice({ node: at.nodes[0] }, true); });
  for (const what of ["Node", "Edge"]) {
    view.on(`hover${what}`, () => { holder.style.cursor = "pointer"; });
    view.on(`blur${what}`, () => { holder.style.cursor = ""; });
  }
  view.on("dragEnd", ({ nodes: moved }) => {
    for (const [id, at] of Object.entries(view.getPositions(moved))) if (shown.node.has(id)) Object.assign(shown.node.get(id), at);
  });
  let scaled = 0;
  view.on("afterDrawing", (context) => {
    drawLabels(context, written.map(([id, part]) => [shown.edge.get(id)?.label, pointOn(id, part)]).filter(([text, at]) => text && at),
      view.getScale(), inks);
    if (Math.abs(view.getScale() / scaled - 1) < 0.02) return;
    scaled = view.getScale();
    clearTimeout(waiting);
    waiting = setTimeout(paint, 180);
  });
  dark.addEventListener("change", () => {
    view.setOptions({ groups: groups() });
    last.clear();
    paint();
  });

  return {
    show,
    whole: () => fit(shown.nodes, !still.matches),
    zoom: (factor) => view.moveTo({ scale: Math.min(4, Math.max(0.02, view.getScale() * factor)), animation: false }),
    choose(choice) {
      chosen = choice;
      paint();
      const known = shown.node.has(choice?.node);
      view.setSelection({ nodes: known ? [choice.node] : [], edges: [] }, { highlightEdges: false });
    },
    focus(id) {
      if (!shown.node.has(id)) return;
      const at = view.canvasToDOM(shown.node.get(id));
      const { clientWidth, clientHeight } = holder;
      const inside = at.x > 60 && at.y > 40 && at.x < clientWidth - 60 && at.y < clientHeight - 60;
      if (!inside || view.getScale() < 0.5) view.focus(id, { scale: Math.max(0.7, view.getScale()), animation: move() });
    },
    view,
    nodePoint: (id) => onPage(view.getPosition(id)),
    edgePoint: (from, to) => onPage(pointOn(JSON.stringify([from, to]), 0.5)),
  };
}
