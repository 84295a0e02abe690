// Places for nodes that come without: near those they are joined to, on free ground, and the same every time.
const APART = 16; // least distance between two boxes, in pixels
const CELL = 160;
const REACH = 150;

// A grid of boxes, so that a free place is found without looking at all of them.
function makeGround() {
  const cells = new Map();
  const over = ([left, top, right, bottom], visit) => {
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x += 1) {
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y += 1) if (visit(`${x},${y}`)) return true;
    }
    return false;
  };
  return {
    take: (box) => over(box, (key) => { cells.set(key, [...(cells.get(key) ?? []), box]); return false; }),
    taken: (box) => over(box, (key) => (cells.get(key) ?? []).some((b) =>
      box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1])),
  };
}

function place(nodes, edges, look) {
  const at = new Map();
  const ground = makeGround();
  const boxAt = (node, x, y) => {
    const [width, height] = boxOf(node, look);
    const size = sizeOf(node);
    return [x - width / 2 - APART / 2, y - size - APART / 2, x + width / 2 + APART / 2, y - size + height + APART / 2];
  };
  const settle = (node, x, y) => {
    at.set(node.id, { x: Math.round(x), y: Math.round(y) });
    ground.take(boxAt(node, x, y));
  };
  for (const node of nodes) if (node.x !== undefined) settle(node, node.x, node.y);

  const joined = new Map(nodes.map((node) => [node.id, []]));
  for (const { from, to } of edges) { joined.get(from).push(to); joined.get(to).push(from); }
  const homeless = nodes.filter((node) => !at.has(node.id));
  // Those joined to placed nodes first: each gives the next a place to stand near. What is joined to none comes last.
  while (homeless.length) {
    const rank = (node) => joined.get(node.id).filter((id) => at.has(id)).length;
    let best = 0;
    let most = -1;
    homeless.forEach((node, i) => { const r = rank(node); if (r > most) { best = i; most = r; } });
    const [node] = homeless.splice(best, 1);
    const near = joined.get(node.id).filter((id) => at.has(id)).map((id) => at.get(id));
    const middle = near.length ? { x: mean(near.map((p) => p.x)), y: mean(near.map((p) => p.y)) } : below(at);
    const [x, y] = spiral(middle, near.length === 1 ? outward(near[0], at) : 0, (px, py) => !ground.taken(boxAt(node, px, py)));
    settle(node, x, y);
  }
  return nodes.map((node) => ({ ...node, ...at.get(node.id) }));
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

function below(at) {
  const all = [...at.values()];
  if (!all.length) return { x: 0, y: 0 };
  return { x: mean(all.map((p) => p.x)), y: Math.max(...all.map((p) => p.y)) + REACH };
}

// The direction away from the middle of everything: there is most room.
function outward(from, at) {
  const all = [...at.values()];
  return Math.atan2(from.y - mean(all.map((p) => p.y)), from.x - mean(all.map((p) => p.x)));
}

// The first free place on rings around the middle, each ring from the given direction to both sides.
function spiral(middle, direction, free) {
  for (let radius = REACH * 0.6; radius < REACH * 60; radius += REACH * 0.3) {
    const steps = Math.max(8, Math.round(radius / 14));
    for (let i = 0; i <= steps; i += 1) {
      const turn = direction + ((i % 2 ? 1 : -1) * Math.ceil(i / 2) * 2 * Math.PI) / steps;
      const [x, y] = [middle.x + 1.35 * radius * Math.cos(turn), middle.y + radius * Math.sin(turn)];
      if (free(x, y)) return [x, y];
    }
  }
  return [middle.x, middle.y];
}
