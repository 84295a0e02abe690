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

// What the search field finds: names, and words inside claims.
function finder(source, { claims = true, most = 10 } = {}) {
  return async (text) => {
    const found = await source.search(text, most);
    const names = found.nodes.map((node) => ({ value: { node }, draw: () => [symbol(node.type),
      el("span", {}, bdi(short(node.name, 120)), " ", el("small", {}, claimsOf(node.claims)))] }));
    const texts = found.claims.map((claim) => ({ value: { claim }, draw: () => [
      el("span", {}, el("small", {}, bdi(short(claim.speakers.map((s) => s.name).join(", "), 60)), ": "),
        bdi(short(contentOf(claim), 110)))] }));
    const groups = [{ title: "Names", options: names }];
    return claims ? [...groups, { title: "Claims", options: texts }] : groups;
  };
}
