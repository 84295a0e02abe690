// Which labels there is room for, and where: those of names below or above their symbols, those of lines along them.
const LABEL_FACE = "system-ui, sans-serif";
const EDGE_FONT = 11.5; // on the screen, in CSS pixels
const ALONG = [0.5, 0.42, 0.58, 0.35, 0.65]; // parts of the way along a line, in the order in which they are tried
const CLEAR_OF = 80; // symbols that no label may cover: those of so many of the most connected
const CLEAR_OF_LINES = 300; // symbols that no line's label may cover

const measured = new Map(); // widths of texts at 100 pixels
const paper = document.createElement("canvas").getContext("2d");

function widthOf(text, size) {
  if (!measured.has(text)) {
    if (measured.size > 5000) measured.clear();
    paper.font = `100px ${LABEL_FACE}`;
    measured.set(text, paper.measureText(text).width);
  }
  return (measured.get(text) * size) / 100;
}

// `nodes` and `edges` come most important first; nodes have x, y, label, radius and font, in the picture's units, and
// `scale` makes CSS pixels of these. pointOn(edge, part) says where a line is. Gives {placed: Map(node id → "below",
// "above" or ""), named: Map(edge id → part of the way)}.
function fitLabels(nodes, edges, scale, pointOn) {
  const ground = makeGround();
  const symbolOf = ({ x, y, radius: r }) => [x - r, y - r, x + r, y + r].map((v) => v * scale);
  for (const node of nodes.slice(0, CLEAR_OF)) ground.take(symbolOf(node));
  const placed = new Map();
  for (const node of nodes) {
    const lines = node.label.split("\n");
    const half = Math.max(...lines.map((line) => widthOf(line, node.font))) / 2;
    const high = lines.length * node.font * 1.2 + 2;
    const room = { below: node.y + node.radius, above: node.y - node.radius - high };
    const free = Object.keys(room).find((side) => {
      const box = [node.x - half, room[side], node.x + half, room[side] + high].map((v) => v * scale);
      if (ground.taken(box)) return false;
      ground.take(box);
      return true;
    });
    placed.set(node.id, free ?? "");
  }
  for (const node of nodes.slice(CLEAR_OF, CLEAR_OF_LINES)) ground.take(symbolOf(node));
  const named = new Map();
  for (const edge of edges) {
    const half = widthOf(edge.label, EDGE_FONT) / 2 + 2;
    for (const part of ALONG) {
      const at = pointOn(edge.id, part);
      if (!at) break;
      const box = [at.x * scale - half, at.y * scale - 8, at.x * scale + half, at.y * scale + 8];
      if (ground.taken(box)) continue;
      ground.take(box);
      named.set(edge.id, part);
      break;
    }
  }
  return { placed, named };
}

// On the canvas, over the lines and on their ground, so that dashes do not cross the letters. Each is [text, point].
function drawLabels(context, labels, scale, { ground, ink }) {
  const size = EDGE_FONT / scale;
  context.save();
  context.font = `${size}px ${LABEL_FACE}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const [text, { x, y }] of labels) {
    const half = widthOf(text, size) / 2 + 3 / scale;
    context.globalAlpha = 0.88;
    context.fillStyle = ground;
    context.beginPath();
    context.roundRect(x - half, y - 0.68 * size, 2 * half, 1.36 * size, 0.4 * size);
    context.fill();
    context.globalAlpha = 1;
    context.fillStyle = ink;
    context.fillText(text, x, y);
  }
  context.restore();
}
