// The side panel: what is known of the chosen entity, edge, claim or path.
function makePanel(panel, source, app) {
  const AT_ONCE = 20;
  let asked = 0;

  function showPanel(title, kind, parts, back = true) {
    panel.replaceChildren(
      ...(back ? [button({ class: "back", onclick: () => app.choose(null) }, "‹ Overview")] : []),
      el("h2", { tabindex: "-1" }, title),
      ...(kind ? [el("p", { class: "kind" }, kind)] : []),
      ...parts.flat().filter(Boolean),
    );
    panel.scrollTop = 0;
  }

  const heading = (text, count) => el("h3", {}, text, ...(count == null ? [] : [" ", el("small", {}, count.toLocaleString("en"))]));

  // Long lists come in pieces, so that a much quoted person opens at once.
  async function pieces(of, filter, options) {
    const holder = el("div", { class: "claims" });
    let day = null;
    const add = async (from) => {
      const { claims, total } = await source.claims(of, filter, from, AT_ONCE);
      for (const claim of claims) {
        const published = claim.article.published.slice(0, 10);
        const dated = options?.days && published !== day ? el("p", { class: "day" }, published ? when(published) : "No date") : null;
        day = published;
        holder.append(claimCard(claim, app, { heading: dated }));
      }
      const rest = total - from - claims.length;
      if (rest <= 0 || !claims.length) return;
      const more = button({ class: "more" }, `Show ${Math.min(rest, AT_ONCE)} of ${rest.toLocaleString("en")} more`);
      more.addEventListener("click", async () => {
        more.disabled = true;
        await add(from + AT_ONCE);
        const next = more.nextElementSibling;
        more.remove();
        next?.querySelector("button")?.focus({ preventScroll: true });
      });
      holder.append(more);
    };
    await add(0);
    return holder;
  }

  // Names with how many claims, each leading to what `to` says.
  function ranks(title, counted, most = 8, to = (node) => ({ node: node.id }), hint = null) {
    if (!counted.length) return [];
    return [heading(title), el("ol", { class: "ranks" }, counted.slice(0, most).map(([node, n]) => el("li", {},
      button({ onclick: () => app.choose(to(node)), title: hint }, symbol(node.type), bdi(short(node.name, 120)),
        el("span", { class: "number" }, claimsOf(n))))))];
  }

  async function overview(mine) {
    const { filter } = app.state.now;
    const { quoted, discussed } = await source.leaders(filter, 8);
    if (mine !== asked) return;
    if (!quoted.length && !discussed.length) {
      const filtered = JSON.stringify(filter) !== JSON.stringify(FILTER);
      showPanel(filtered ? "Nothing passes the filters" : "No claims found", null, [el("p", {}, filtered
        ? "Take one of them away, or all." : "None of the articles quotes anyone.")], false);
      return;
    }
    showPanel("Start anywhere", null, [
      el("p", {}, "An arrow runs from someone who is quoted to whom or what they speak about. Choose an arrow to read the "
        + "sentences behind it, or a name for all that is said by it and about it."),
      ranks("Most quoted", quoted), ranks("Most talked about", discussed),
    ], false);
  }

  // ---- an entity ---------------------------------------------------------------------------------------------------

  function deeds(entity) {
    const { now } = app.state;
    const opened = now.open.includes(entity.id);
    const without = (ids) => ids.filter((id) => id !== entity.id);
    const pressed = (yes) => ({ "aria-pressed": String(yes) });
    const only = now.filter.speaker === entity.id;
    const buttons = [
      button({ ...pressed(opened), onclick: () => app.state.change({
        open: opened ? without(now.open) : [...now.open, entity.id], shut: without(now.shut), gone: without(now.gone) }) },
      opened ? "Expanded" : "Expand"),
      button({ ...pressed(now.shut.includes(entity.id)), onclick: () => app.state.change({
        shut: now.shut.includes(entity.id) ? without(now.shut) : [...now.shut, entity.id], open: without(now.open) }) },
      now.shut.includes(entity.id) ? "Collapsed" : "Collapse"),
      button({ ...pressed(now.gone.includes(entity.id)), onclick: () => app.state.change({
        gone: now.gone.includes(entity.id) ? without(now.gone) : [...now.gone, entity.id],
        pins: without(now.pins), open: without(now.open) }) }, now.gone.includes(entity.id) ? "Show in picture" : "Leave out"),
      entity.says || only ? button({ ...pressed(only), onclick: () => app.state.filter({ speaker: only ? null : entity.id }) },
        "Only what they say") : "",
      ["Source", "Claim"].includes(entity.type) ? "" : ownPage(entity.id, app, `The page of ${visible(short(entity.name, 80))}`),
    ];
    return [el("p", { class: "deeds", role: "group", "aria-label": "In the picture" }, buttons), pathField(entity)];
  }

  function pathField(entity) {
    const box = el("input", { id: "path-to", type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": "path-found",
      "aria-autocomplete": "list", "aria-label": `Find how ${visible(short(entity.name, 80))} is connected with`, placeholder: "Connected with … (type a name)",
      autocomplete: "off", spellcheck: "false" });
    const found = el("ul", { id: "path-found", class: "found", role: "listbox", "aria-label": "Found", hidden: true });
    makeCombobox(box, found, finder(source, { claims: false }), ({ node }) => {
      app.state.change({ path: [entity.id, node.id], chosen: { path: true }, pins: [], open: [], shut: [], gone: [] });
    });
    return el("div", { class: "search path" }, box, found);
  }

  // Claims per day, by it and about it: a small picture with its numbers as text.
  function inTime(said, about) {
    const days = [...new Set([...said, ...about].map(([day]) => day))].sort();
    if (days.length < 2) return [];
    const [first, lastDay] = [Date.parse(days[0]), Date.parse(days.at(-1))];
    const most = Math.max(...said.map((d) => d[1]), ...about.map((d) => d[1]));
    const x = (day) => 4 + (292 * (Date.parse(day) - first)) / (lastDay - first);
    const bars = (rows, sign, name) => rows.map(([day, n]) => svg("rect", { class: name, x: x(day) - 2, width: 4,
      y: sign < 0 ? 30 - (26 * n) / most : 30, height: (26 * n) / most }));
    const total = (rows) => rows.reduce((sum, d) => sum + d[1], 0);
    const text = `${days.length} days from ${when(days[0])} to ${when(days.at(-1))}: ${total(said)} claims by it, ${total(about)} about it`;
    return [heading("In time"), el("figure", { class: "time" },
      svg("svg", { viewBox: "0 0 300 60", role: "img", "aria-label": text, preserveAspectRatio: "none" },
        svg("line", { x1: 0, x2: 300, y1: 30, y2: 30 }), ...bars(said, -1, "said"), ...bars(about, 1, "about")),
      el("figcaption", {}, el("span", {}, when(days[0], "short")), el("span", {}, el("i", { class: "said" }), " says, ",
        el("i", { class: "about" }), " is spoken about"), el("span", {}, when(days.at(-1), "short"))))];
  }

  async function showNode(id, mine) {
    const { filter } = app.state.now;
    const entity = await source.entity(id, filter);
    if (mine !== asked) return;
    if (!entity) { showPanel("Not in this graph", null, [el("p", {}, "Nothing here has this identifier: ", bdi(short(id, 200)))]); return; }
    if (entity.type === "Claim") { await showClaim(id, mine); return; }
    const [said, about] = await Promise.all(["says", "about"].map((role) => source.days({ node: id, role }, filter)));
    const roles = [["says", "Says"], ["about", "Is spoken about"], ["to", "Is spoken to"], ["via", "Passes on"]];
    const some = roles.filter(([role]) => entity[role]);
    const cards = await Promise.all(some.map(([role]) => pieces({ node: id, role }, filter, { days: true })));
    if (mine !== asked) return;
    const offices = entity.offices.map(({ title, of, from, to }) =>
      el("li", {}, bdi(title), ...(of ? [" · ", entityButton(of, app)] : []), period(from, to)));
    const held = entity.holders.map(({ who, title, from, to }) =>
      el("li", {}, entityButton(who, app), " · ", bdi(title), period(from, to)));
    const seen = app.drawn(id);
    showPanel(bdi(entity.name), [symbol(entity.type), WORDS[entity.type] ?? entity.type, seen ? "" : " · not drawn"], [
      entity.aliases.length ? el("p", { class: "soft" }, "Also: ", list(entity.aliases.map(bdi))) : "",
      deeds(entity),
      offices.length ? [heading("Offices"), el("ul", { class: "offices" }, offices)] : [],
      held.length ? [heading("Office holders"), el("ul", { class: "offices" }, held)] : [],
      ranks("Speaks about", entity.subjects, 6, (other) => ({ edge: [id, other.id] }), "Read these claims"),
      ranks("Is spoken about by", entity.speakers, 6, (other) => ({ edge: [other.id, id] }), "Read these claims"),
      inTime(said, about),
      some.length ? [key()] : [el("p", {}, "No claim that passes the filters names it.")],
      some.flatMap(([role, title], i) => [heading(title, entity[role]), cards[i]]),
    ].flat(2));
  }

  // ---- claims, edges, paths ------------------------------------------------------------------------------------------

  async function showClaim(id, mine) {
    const { claims } = await source.claims({ id }, FILTER, 0, 1);
    if (mine !== asked) return;
    if (!claims.length) { showPanel("Not in this graph", null, [el("p", {}, "No claim has this identifier: ", bdi(short(id, 200)))]); return; }
    const group = await groupOf(claims[0], source, app);
    if (mine !== asked) return;
    showPanel("One claim", null, [key(), claimCard(claims[0], app), group, el("p", { class: "soft id" }, "Identifier: ", el("code", {}, bdi(id)))]);
  }

  async function showEdge([from, to], mine) {
    const { filter } = app.state.now;
    const [ends, edges] = await Promise.all([source.nodes([from, to]), source.edges([from, to], filter)]);
    const edge = edges.find((e) => e.from === from && e.to === to);
    if (mine !== asked) return;
    if (ends.length < 2 || !edge) { showPanel("No such claims", null, [el("p", {}, "None that pass the filters.")]); return; }
    const title = el("span", {}, entityButton(ends[0], app), ends[1].type === "Claim" ? "" : [" → ", entityButton(ends[1], app)]);
    if (!edge.claims) { showPanel(title, "Office", [el("p", {}, list(edge.offices.map(bdi)))]); return; }
    const cards = await pieces({ edge: [from, to] }, filter);
    if (mine !== asked) return;
    const note = { positive: "", negative: WORDS.negative, mixed: WORDS.some }[polarityOf(edge)];
    showPanel(title, [claimsOf(edge.claims), note].filter(Boolean).join(", "), [
      edge.offices.length ? el("p", { class: "soft" }, "Office: ", list(edge.offices.map(bdi))) : "", key(), cards]);
  }

  async function showPath(path, mine) {
    const { filter } = app.state.now;
    const steps = await source.path(...path, filter);
    const ids = steps.length ? steps : path;
    const [nodes, edges] = await Promise.all([source.nodes(ids), source.edges(ids, filter)]);
    if (mine !== asked) return;
    const nameOf = new Map(nodes.map((node) => [node.id, node]));
    const name = (id) => (nameOf.has(id) ? entityButton(nameOf.get(id), app) : bdi(short(id, 80)));
    const close = button({ onclick: () => app.state.change({ path: null, chosen: null }) }, "Leave the path");
    const leg = (a, b) => edges.filter((e) => (e.from === a && e.to === b) || (e.from === b && e.to === a)).map((e) =>
      el("li", {}, name(e.from), " ", e.claims
        ? button({ class: "entity", onclick: () => app.choose({ edge: [e.from, e.to] }) }, `${edgeLabel(e, app.look)} (${claimsOf(e.claims)})`)
        : ["holds an office: ", bdi(e.offices.join(" · "))], e.claims ? " about " : " · ", name(e.to)));
    showPanel(el("span", {}, name(path[0]), " … ", name(path[1])), steps.length ? `Path of ${plural(steps.length - 1, "step", "steps")}` : "Path", [
      steps.length ? el("ol", { class: "steps" }, steps.slice(1).map((id, i) => el("li", {}, el("ul", {}, leg(steps[i], id)))))
        : el("p", {}, "No chain of claims that pass the filters joins the two."),
      el("p", { class: "deeds" }, close),
    ]);
  }

  return async function show({ focus = false } = {}) {
    asked += 1;
    const mine = asked;
    const { chosen, path } = app.state.now;
    if (chosen?.node !== undefined) await showNode(chosen.node, mine);
    else if (chosen?.claim !== undefined) await showClaim(chosen.claim, mine);
    else if (chosen?.edge) await showEdge(chosen.edge, mine);
    else if (chosen?.path && path) await showPath(path, mine);
    else await overview(mine);
    if (mine !== asked) return;
    const title = panel.querySelector("h2");
    if (focus) title.focus({ preventScroll: true });
    if (narrow.matches && chosen) panel.scrollIntoView({ block: "start", behavior: still.matches ? "auto" : "smooth" });
    app.say(title.textContent);
  };
}
