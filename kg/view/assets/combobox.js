// A text field with a list of finds, after the combobox pattern of the ARIA Authoring Practices: arrows, Enter, Escape.
// `find(text)` gives a promise of groups [{title, options: [{value, draw: () => [children]}]}].
function makeCombobox(box, found, find, onTake) {
  let active = -1;
  let asked = 0;
  const options = () => [...found.querySelectorAll("[role=option]")];

  function open(yes) {
    found.hidden = !yes;
    box.setAttribute("aria-expanded", String(yes));
    if (!yes) mark(-1);
  }

  function mark(i) {
    active = i;
    options().forEach((item, n) => {
      item.setAttribute("aria-selected", String(n === i));
      if (n === i) item.scrollIntoView({ block: "nearest" });
    });
    if (i < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", options()[i].id);
  }

  function option({ value, draw }, i) {
    const item = el("li", { role: "option", id: `${found.id}-${i}`, "aria-selected": "false" }, draw());
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => take(value));
    item.value_ = value;
    return item;
  }

  async function suggest() {
    asked += 1;
    const mine = asked;
    const groups = box.value.trim() ? await find(box.value) : [];
    if (mine !== asked) return; // an older question answered late
    let i = 0;
    const titled = groups.filter((group) => group.options.length);
    found.replaceChildren(...titled.map((group) => el("li", { role: "presentation" },
      el("span", { class: "group", id: `${found.id}-title-${i}` }, group.title),
      el("ul", { role: "group", "aria-labelledby": `${found.id}-title-${i}` }, group.options.map((o) => option(o, i++))))));
    const none = box.value.trim() && !titled.length;
    if (none) found.append(el("li", { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "none" }, "Nothing found"));
    open(found.childElementCount > 0);
    mark(-1);
  }

  function take(value) {
    open(false);
    onTake(value);
  }

  box.addEventListener("input", suggest);
  box.addEventListener("focus", () => box.value.trim() && suggest());
  box.addEventListener("blur", () => open(false));
  box.addEventListener("keydown", (event) => {
    const items = options().filter((item) => !item.hasAttribute("aria-disabled"));
    if (event.key === "Escape" && !found.hidden) { open(false); event.stopPropagation(); return; }
    if (found.hidden || !items.length) return;
    if (event.key === "ArrowDown") mark((active + 1) % items.length);
    else if (event.key === "ArrowUp") mark(active > 0 ? active - 1 : items.length - 1);
    else if (event.key === "Enter") take(items[Math.max(active, 0)].value_);
    else return;
    event.preventDefault();
  });
  return { clear() { box.value = ""; open(false); } };
}

// Words of a question that name nothing: "what did Rutte say about Ukraine".
const ASKING = new Set("what did does do has have say says said tell tells told about on of to the".split(" "));
const ASKED_WORDS = 6;

// Who is named by the first words and speaks about whom the others name, or the other way round: [{from, to, claims}].
async function exchanges(source, text) {
  const all = text.split(/\s+/).filter(Boolean);
  const some = all.filter((word) => !ASKING.has(fold(word)));
  const words = some.length > 1 ? some : all;
  if (words.length < 2 || words.length > ASKED_WORDS) return [];
  const named = new Map();
  const pairs = [];
  for (let i = 1; i < words.length; i += 1) {
    const [first, others] = await Promise.all([words.slice(0, i), words.slice(i)].map(async (part) =>
      (await source.search(part.join(" "), 3)).nodes));
    for (const node of [...first, ...others]) named.set(node.id, node);
    for (const a of first) for (const b of others) if (a.id !== b.id) pairs.push([a.id, b.id], [b.id, a.id]);
  }
  if (!pairs.length) return [];
  const edges = (await source.edges([...named.keys()], FILTER)).filter((e) => e.claims && pairs.some(([a, b]) => a === e.from && b === e.to));
  return edges.sort((a, b) => b.claims - a.claims).slice(0, 4).map((e) => ({ ...e, from: named.get(e.from), to: named.get(e.to) }));
}

// What the search field finds: names, who speaks about whom, and words inside claims.
function finder(source, { claims = true, most = 10 } = {}) {
  return async (text) => {
    const [found, about] = await Promise.all([source.search(text, most), claims ? exchanges(source, text) : []]);
    const pairs = about.map(({ from, to, claims: n }) => ({ value: { edge: [from.id, to.id] }, draw: () => [symbol(from.type),
      el("span", {}, bdi(short(from.name, 80)), " about ", bdi(short(to.name, 80)), " ", el("small", {}, claimsOf(n)))] }));
    const names = found.nodes.map((node) => ({ value: { node }, draw: () => [symbol(node.type),
      el("span", {}, bdi(short(node.name, 120)), " ", el("small", {}, claimsOf(node.claims)))] }));
    const texts = found.claims.map((claim) => ({ value: { claim }, draw: () => [
      el("span", {}, el("small", {}, bdi(short(claim.speakers.map((s) => s.name).join(", "), 60)), ": "),
        bdi(short(contentOf(claim), 110)))] }));
    const groups = [{ title: "Who speaks about whom", options: pairs }, { title: "Names", options: names }];
    return claims ? [...groups, { title: "Claims", options: texts }] : groups;
  };
}
