// How nodes and edges look, as vis-network wants it: the same as kg/view/network.py makes of the first sight.
function visible(text) {
  return text.replace(/\s/gu, " ").replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "").split(" ").filter(Boolean).join(" ");
}

// At most so many lines of so many characters; "…" stands for the rest. Words longer than a line are cut.
function wrap(text, width, most) {
  const lines = [""];
  for (const word of text.split(" ").flatMap((w) => [...w].length > width ? [...w].reduce((parts, c, i) => {
    if (i % width === 0) parts.push("");
    parts[parts.length - 1] += c;
    return parts;
  }, []) : [w])) {
    const line = lines.at(-1);
    if (!line) lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
    if (lines.length > most) break;
  }
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most);
  let last = kept[most - 1];
  while (last && last.length + 2 > width) last = last.includes(" ") ? last.slice(0, last.lastIndexOf(" ")) : [...last].slice(0, -2).join("");
  kept[most - 1] = `${last} …`.trim();
  return kept;
}

const linesOf = new Map(); // by id: labels are asked for often

function labelOf(node, look) {
  const known = linesOf.get(node.id);
  if (known) return known;
  const text = visible(node.name.slice(0, 20 * look.labelWidth)) || "unnamed";
  const lines = wrap(node.type === "Claim" ? `“${text.replace(/^["“”]+|["“”]+$/g, "")}”` : text, look.labelWidth, look.labelLines);
  linesOf.set(node.id, lines);
  return lines;
}

const sizeOf = (node) => (node.type === "Claim" ? 8 : Math.round(10 * (9 + 3.2 * Math.min(node.claims, 80) ** 0.5)) / 10);

// Width and height of symbol and label together, in pixels at zoom 1.
function boxOf(node, look) {
  const lines = labelOf(node, look);
  const size = sizeOf(node);
  const wide = Math.max(...lines.map((line) => [...line].length)) * look.characterWidth;
  return [Math.max(wide, 2 * size), 2 * size + lines.length * look.lineHeight + 8];
}

function nodeLook(node, look) {
  return {
    id: node.id, label: labelOf(node, look).join("\n"), shape: look.shapes[node.type], group: node.type, size: sizeOf(node),
    x: node.x, y: node.y,
  };
}

const edgeId = (edge) => JSON.stringify([edge.from, edge.to]);

const polarityOf = (edge) => (edge.negative === 0 ? "positive" : edge.negative === edge.claims ? "negative" : "mixed");

// The two most frequent acts, as verbs: "says 3× · warns"; "…" stands for more.
function edgeLabel(edge, look) {
  const acts = Object.keys(look.verbs).filter((act) => edge.acts[act]).sort((a, b) => edge.acts[b] - edge.acts[a]);
  const named = acts.slice(0, 2).map((act) => look.verbs[act] + (edge.acts[act] > 1 ? ` ${edge.acts[act]}×` : ""));
  return named.join(" · ") + (acts.length > 2 ? " …" : "");
}

function edgeLook(edge, look, straight) {
  const ends = { id: edgeId(edge), from: edge.from, to: edge.to };
  if (!edge.claims) return { ...ends, ...look.office };
  const width = Math.min(Math.round(10 * (1 + 1.1 * edge.claims ** 0.5)) / 10, 9);
  return {
    ...ends, arrows: "to", label: edgeLabel(edge, look), width, dashes: look.dashes[polarityOf(edge)],
    smooth: straight ? false : look.options.edges.smooth,
  };
}

// Curves keep apart the edges of one pair; where there are many edges, only those pairs get them, for speed.
function edgeLooks(edges, look) {
  const pair = (edge) => (edge.from < edge.to ? `${edge.from} ${edge.to}` : `${edge.to} ${edge.from}`);
  const pairs = new Map();
  for (const edge of edges) pairs.set(pair(edge), (pairs.get(pair(edge)) ?? 0) + 1);
  const straight = (edge) => edges.length > look.curved && pairs.get(pair(edge)) === 1;
  return edges.map((edge) => edgeLook(edge, look, straight(edge)));
}
