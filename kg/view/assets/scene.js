// From what the reader asked to see to what is drawn: nodes with places, and the edges between them.
const MOST_DRAWN = 1000;
const MOST_OPENED = 60; // neighbours drawn of one node

// {nodes: [Node with x, y], edges: [Edge], total, hidden: Map(id → how many neighbours are not drawn)}
async function makeScene(source, state, summary) {
  const { filter } = state;
  const gone = new Set(state.gone);
  const nodes = new Map();
  const add = (found) => {
    for (const node of found) if (!gone.has(node.id) && !nodes.has(node.id) && nodes.size < MOST_DRAWN) nodes.set(node.id, node);
  };

  let total = 0;
  if (state.path) {
    add(await source.nodes(await pathOf(source, state)));
  } else {
    const top = await source.top(filter, state.most || summary.look.levels[0]);
    total = top.total;
    add(top.nodes);
  }
  if (state.pins.length) add(await source.nodes(state.pins));
  if (state.open.length) add(await source.nodes(state.open));
  for (const id of state.open) {
    if (!gone.has(id)) add((await source.neighbours(id, filter, MOST_OPENED)).nodes);
  }
  const edges = await source.edges([...nodes.keys()], filter);
  fold_in(nodes, edges, state);
  const left = edges.filter((edge) => nodes.has(edge.from) && nodes.has(edge.to));
  return { nodes: place([...nodes.values()], left, summary.look), edges: left, total };
}

// The path's nodes; without a path, its two ends.
async function pathOf(source, state) {
  const steps = await source.path(...state.path, state.filter);
  return steps.length ? steps : state.path;
}

// Take away the nodes that hang on nothing but a node that is shut.
function fold_in(nodes, edges, state) {
  const shut = new Set(state.shut);
  if (!shut.size) return;
  const keep = new Set([...state.pins, ...state.open, ...shut, ...(state.path ?? [])]);
  const others = new Map();
  for (const { from, to } of edges) {
    if (from === to) continue;
    others.set(from, (others.get(from) ?? new Set()).add(to));
    others.set(to, (others.get(to) ?? new Set()).add(from));
  }
  for (const [id, of] of others) {
    if (!keep.has(id) && [...of].every((other) => shut.has(other))) nodes.delete(id);
  }
}
