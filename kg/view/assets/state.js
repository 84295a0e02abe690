// What the reader has asked to see: one frozen value, its history, and its form in the URL's fragment.
//
// most     how many of the most connected nodes are drawn
// filter   as in source.js
// open     ids whose neighbours are drawn too; shut: ids whose neighbours that hang on them alone are not
// pins     ids drawn whatever their rank; gone: ids not drawn
// path     null or the two ids to join
// chosen   what the panel shows: null, {node}, {edge: [from, to]}, {claim} or {path: true}
// list     whether the list stands in place of the picture
const START = Object.freeze({ most: 0, filter: FILTER, open: [], shut: [], pins: [], gone: [], path: null, chosen: null, list: false });
const MOST_IDS = 200;

function makeState(onChange) {
  let now = START;
  const past = [];
  const future = [];

  function set(next, { remember = true } = {}) {
    if (JSON.stringify(next) === JSON.stringify(now)) return;
    const before = now;
    if (remember) { past.push(now); future.length = 0; }
    if (past.length > 200) past.shift();
    now = Object.freeze(next);
    write();
    onChange(now, before);
  }

  function step(from, to) {
    if (!from.length) return;
    to.push(now);
    set(from.pop(), { remember: false });
  }

  // Where there is no address to write to (a frame without one), the page works without.
  function write() {
    try { history.replaceState(null, "", `#${encodeState(now)}`); } catch { /* see above */ }
  }

  window.addEventListener("hashchange", () => set(decodeState(location.hash.slice(1))));

  return {
    get now() { return now; },
    get canUndo() { return past.length > 0; },
    get canRedo() { return future.length > 0; },
    change: (part, options) => set({ ...now, ...part }, options),
    filter: (part, options) => set({ ...now, filter: { ...now.filter, ...part } }, options),
    undo: () => step(past, future),
    redo: () => step(future, past),
    start: () => { now = Object.freeze(decodeState(location.hash.slice(1))); },
  };
}

// Only what differs from the start is written, in the order of the fields: equal views have equal addresses.
function encodeState(state) {
  const query = new URLSearchParams();
  const add = (name, values) => values.forEach((value) => query.append(name, value));
  if (state.most) query.set("most", state.most);
  for (const name of ["types", "outlets", "kinds", "acts"]) add(name, state.filter[name]);
  for (const name of ["speaker", "polarity", "from", "to"]) if (state.filter[name] !== null) query.set(name, state.filter[name]);
  for (const name of ["open", "shut", "pins", "gone"]) add(name, state[name]);
  if (state.path) add("path", state.path);
  const chosen = state.chosen ?? {};
  if (chosen.node !== undefined) query.set("node", chosen.node);
  if (chosen.claim !== undefined) query.set("claim", chosen.claim);
  if (chosen.edge) add("edge", chosen.edge);
  if (chosen.path) query.set("steps", "1");
  if (state.list) query.set("list", "1");
  return query.toString();
}

// Any text gives a state: what cannot be meant is left out. Ids that do not exist find nothing later.
function decodeState(text) {
  const query = new URLSearchParams(text);
  const all = (name) => [...new Set(query.getAll(name))].slice(0, MOST_IDS);
  const day = (name) => (/^\d{4}-\d{2}-\d{2}$/.test(query.get(name) ?? "") ? query.get(name) : null);
  const two = (name) => (query.getAll(name).length === 2 ? query.getAll(name) : null);
  const polarity = query.get("polarity");
  let chosen = null;
  if (query.has("node")) chosen = { node: query.get("node") };
  else if (query.has("claim")) chosen = { claim: query.get("claim") };
  else if (two("edge")) chosen = { edge: two("edge") };
  else if (query.has("steps") && two("path")) chosen = { path: true };
  return {
    most: Math.min(Math.max(Math.trunc(Number(query.get("most"))) || 0, 0), MOST_DRAWN),
    filter: {
      types: all("types"), speaker: query.get("speaker"), outlets: all("outlets"), kinds: all("kinds"), acts: all("acts"),
      polarity: ["positive", "negative"].includes(polarity) ? polarity : null, from: day("from"), to: day("to"),
    },
    open: all("open"), shut: all("shut"), pins: all("pins"), gone: all("gone"), path: two("path"), chosen, list: query.has("list"),
  };
}
