// The filters above the picture, the legend below it, and the chips that tell which filters hold.
function makeFilters(source, summary, app) {
  const { state } = app;
  const KINDS = ["direct", "indirect", "mixed"];
  const ACTS = Object.keys(app.look.verbs);
  const drawings = []; // each brings its part of the page in line with the state

  // A button that opens a set of tick boxes; none ticked means all.
  function menu(label, name, values, words) {
    if (values.length < 2) return "";
    const boxes = values.map((value, i) => el("input", { type: "checkbox", id: `filter-${name}-${i}`, onchange: () =>
      state.filter({ [name]: values.filter((_, k) => boxes[k].checked) }) }));
    const summaryLine = el("summary", {}, label);
    const holder = el("details", { class: "menu" }, summaryLine, el("div", { class: "choices", role: "group", "aria-label": label },
      values.map((value, i) => el("label", { for: `filter-${name}-${i}` }, boxes[i], bdi(short(words(value), 60))))));
    drawings.push(({ filter }) => {
      boxes.forEach((box, i) => { box.checked = filter[name].includes(values[i]); });
      summaryLine.classList.toggle("on", filter[name].length > 0);
    });
    return holder;
  }

  function polarity() {
    const choice = el("select", { id: "filter-polarity", "aria-label": "Polarity", onchange: () =>
      state.filter({ polarity: choice.value || null }) },
    el("option", { value: "" }, "Any polarity"), el("option", { value: "positive" }, "Affirmative"), el("option", { value: "negative" }, "Negated"));
    drawings.push(({ filter }) => { choice.value = filter.polarity ?? ""; choice.classList.toggle("on", filter.polarity !== null); });
    return choice;
  }

  function speaker() {
    const box = el("input", { id: "filter-speaker", type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": "speakers",
      "aria-autocomplete": "list", "aria-label": "Only what this speaker says", placeholder: "Speaker …", autocomplete: "off", spellcheck: "false" });
    const found = el("ul", { id: "speakers", class: "found", role: "listbox", "aria-label": "Speakers found", hidden: true });
    const field = makeCombobox(box, found, finder(source, { claims: false }), ({ node }) => {
      field.clear();
      state.filter({ speaker: node.id });
    });
    return el("div", { class: "search speaker" }, box, found);
  }

  function howMany() {
    const all = Object.values(summary.types).reduce((sum, n) => sum + n, 0);
    const sizes = [...app.look.levels, MOST_DRAWN].filter((n, i, from) => i === 0 || from[i - 1] < all);
    const choice = el("select", { id: "most", "aria-label": "How many are drawn", onchange: () => state.change({ most: Number(choice.value) }) },
      sizes.map((n) => el("option", { value: n }, `${n.toLocaleString("en")} most connected`)));
    drawings.push(({ most, path }) => {
      choice.value = String(most || sizes[0]);
      choice.hidden = choice.options.length < 2 || path !== null;
    });
    return choice;
  }

  byId("filters").replaceChildren(
    ...[menu("Type", "types", Object.keys(app.look.shapes).filter((type) => summary.types[type]), (type) => WORDS[type] ?? type),
      speaker(), menu("Outlet", "outlets", summary.outlets.map(([name]) => name), (name) => name),
      menu("Kind", "kinds", KINDS, (kind) => WORDS[kind]), menu("Act", "acts", ACTS, (act) => act), polarity(), howMany()].filter(Boolean));
  document.addEventListener("click", (event) => {
    for (const open of document.querySelectorAll("details.menu[open]")) if (!open.contains(event.target)) open.open = false;
  });
  byId("filters").addEventListener("keydown", (event) => {
    const open = event.target.closest("details.menu[open]");
    if (event.key === "Escape" && open) { open.open = false; open.querySelector("summary").focus(); event.stopPropagation(); }
  });

  // ---- the legend: a type is drawn or not -----------------------------------------------------------------------------

  const types = Object.keys(app.look.shapes).filter((type) => summary.types[type]);
  for (const item of byId("legend").querySelectorAll("[data-type]")) {
    const { type } = item.dataset;
    item.hidden = !types.includes(type);
    item.addEventListener("click", () => {
      const { filter } = state.now;
      const shown = new Set(filter.types.length ? filter.types : types);
      if (shown.has(type)) shown.delete(type);
      else shown.add(type);
      state.filter({ types: shown.size === 0 || shown.size === types.length ? [] : types.filter((t) => shown.has(t)) });
    });
    drawings.push(({ filter }) => item.setAttribute("aria-pressed", String(!filter.types.length || filter.types.includes(type))));
  }
  const negated = byId("legend").querySelector("[data-polarity]");
  negated.addEventListener("click", () => state.filter({ polarity: state.now.filter.polarity === "negative" ? null : "negative" }));
  drawings.push(({ filter }) => negated.setAttribute("aria-pressed", String(filter.polarity === "negative")));

  // ---- chips -------------------------------------------------------------------------------------------------------------

  async function chips({ filter, path }) {
    const names = new Map((await source.nodes([filter.speaker, ...(path ?? [])].filter((id) => id !== null)))
      .map((node) => [node.id, short(node.name, 40)]));
    const name = (id) => names.get(id) ?? short(id, 40);
    const found = [];
    const chip = (text, part) => found.push([text, () => state.filter(part)]);
    if (path) found.push([`path from ${name(path[0])} to ${name(path[1])}`, () => state.change({ path: null, chosen: null })]);
    if (filter.speaker !== null) chip(`said by ${name(filter.speaker)}`, { speaker: null });
    for (const [field, words] of [["outlets", (v) => v], ["kinds", (v) => WORDS[v] ?? v], ["acts", (v) => v]]) {
      for (const value of filter[field]) chip(short(words(value), 40), { [field]: filter[field].filter((v) => v !== value) });
    }
    if (filter.polarity) chip(WORDS[filter.polarity], { polarity: null });
    if (filter.from || filter.to) chip(`${filter.from ? when(filter.from, "short") : "…"} to ${filter.to ? when(filter.to, "short") : "…"}`, { from: null, to: null });
    if (filter.types.length) chip(`${filter.types.length} of ${types.length} types`, { types: [] });
    const shown = found.map(([text, undo]) => el("li", {}, button({ onclick: undo, "aria-label": `Take away the filter: ${visible(text)}` },
      bdi(text), el("span", { "aria-hidden": "true" }, " ×"))));
    if (found.length > 1) {
      shown.push(el("li", {}, button({ class: "all", onclick: () => state.change({ filter: FILTER, path: null,
        chosen: state.now.chosen?.path ? null : state.now.chosen }) }, "Clear all")));
    }
    byId("chips").replaceChildren(...shown);
    byId("chips").hidden = !shown.length;
  }

  return (now) => {
    for (const draw of drawings) draw(now);
    return chips(now);
  };
}
