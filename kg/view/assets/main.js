// Start, and what happens when the reader asks for something: state → scene → picture or list, panel, filters, timeline.
async function main() {
  const block = JSON.parse(byId("data").textContent);
  const source = await openSource(block);
  const summary = await source.summary();
  let scene = { nodes: [], edges: [] };
  let drawing = 0;
  let ready = Promise.resolve();

  const app = {
    look: summary.look,
    state: makeState((now, before) => { ready = update(now, before); }),
    choose: (chosen, options) => choose(chosen, options),
    drawn: (id) => scene.nodes.some((node) => node.id === id),
    say: (text) => { byId("status").textContent = text; },
    showText,
    pageOf: source.pageOf,
  };
  byId("legend").open = !narrow.matches;
  byId("tools").open = !narrow.matches;
  const timeline = makeTimeline(source, summary, app);
  await timeline(START); // takes its room before the picture is fitted into what is left
  const picture = makePicture(byId("network"), summary.look, (chosen, open) => choose(chosen, { open }));
  const panel = makePanel(byId("panel"), source, app);
  const listing = makeListing(byId("listing"), app);
  const filters = makeFilters(source, summary, app);

  // Whatever is chosen is brought into the picture first: the node, or the ends of the claim.
  async function choose(chosen, { focus = false, open = false } = {}) {
    const { now } = app.state;
    const pins = [];
    if (chosen?.node !== undefined) pins.push(chosen.node);
    if (chosen?.edge) pins.push(...chosen.edge);
    if (chosen?.claim !== undefined) {
      const { claims: [claim] } = await source.claims({ id: chosen.claim }, FILTER, 0, 1);
      if (claim) {
        const others = claim.about.filter((n) => !claim.speakers.some((s) => s.id === n.id));
        pins.push(...claim.speakers.map((s) => s.id), ...(others.length ? others.map((n) => n.id) : [claim.id]));
      }
    }
    const missing = focus || open || chosen?.claim !== undefined ? pins.filter((id) => !app.drawn(id) && !now.pins.includes(id)) : [];
    const opened = open && !now.open.includes(chosen.node) ? [...now.open, chosen.node] : now.open;
    focusNext = focus;
    app.state.change({ chosen, open: opened, pins: [...now.pins, ...missing], gone: now.gone.filter((id) => !missing.includes(id)),
      list: now.list });
    return ready;
  }
  let focusNext = false;

  async function update(now, before) {
    const focus = focusNext;
    focusNext = false;
    const sight = ({ chosen, list, ...rest }) => JSON.stringify(rest);
    const { chosen } = now;
    byId("undo").disabled = !app.state.canUndo;
    byId("redo").disabled = !app.state.canRedo;
    byId("see-picture").setAttribute("aria-pressed", String(!now.list));
    byId("see-list").setAttribute("aria-pressed", String(now.list));
    byId("listing").hidden = !now.list;
    byId("canvas").hidden = now.list;
    drawing += 1;
    const mine = drawing;
    try {
      if (!before || sight(now) !== sight(before)) {
        const next = await makeScene(source, now, summary);
        if (mine !== drawing) return;
        show(next, now, before);
      }
      const lit = chosen?.path && now.path ? { path: await pathOf(source, now) } : await litBy(chosen);
      if (mine !== drawing) return;
      picture.choose(lit);
      await Promise.all([panel({ focus }), filters(now), timeline(now)]);
      if (focus && lit?.node !== undefined) picture.focus(lit.node);
    } catch (error) {
      app.say("");
      byId("panel").replaceChildren(el("h2", { tabindex: "-1" }, "That did not work"), el("p", {}, String(error.message ?? error)));
      if (block.deflated || !block.http) throw error;
    }
  }

  // A claim lights up the edge it is on.
  async function litBy(chosen) {
    if (chosen?.claim === undefined) return chosen;
    const { claims: [claim] } = await source.claims({ id: chosen.claim }, FILTER, 0, 1);
    if (!claim) return null;
    const other = claim.about.find((n) => !claim.speakers.some((s) => s.id === n.id));
    return { edge: [claim.speakers[0].id, other ? other.id : claim.id] };
  }

  function show(next, now, before) {
    scene = next;
    const known = new Set(before ? shownIds : []);
    const fresh = next.nodes.filter((node) => !known.has(node.id)).map((node) => node.id);
    const opened = before ? now.open.filter((id) => !before.open.includes(id)) : [];
    const whole = !before || JSON.stringify([now.filter, now.most, now.path]) !== JSON.stringify([before.filter, before.most, before.path]);
    const looks = edgeLooks(next.edges, summary.look);
    const edges = looks.map((look, i) => ({ ...look, negated: next.edges[i].claims > 0 && polarityOf(next.edges[i]) === "negative" }));
    const first = !before && isStart(now) && summary.network;
    const nodes = first ? summary.network.nodes : next.nodes.map((node) => nodeLook(node, summary.look));
    picture.show({ nodes, edges: first ? summary.network.edges.map((e, i) => ({ ...e, negated: negated(e, next.edges) })) : edges },
      whole ? "all" : fresh.length && opened.length ? [...fresh, ...opened] : "same");
    shownIds = next.nodes.map((node) => node.id);
    listing(next);
    const more = next.total > next.nodes.length && !now.path;
    byId("note").textContent = more ? `${next.nodes.length.toLocaleString("en")} of ${next.total.toLocaleString("en")} are drawn; search finds the others.` : "";
    byId("note").hidden = !more;
  }
  let shownIds = [];
  const isStart = ({ chosen, list, ...rest }) => JSON.stringify(rest) === JSON.stringify((({ chosen: c, list: l, ...r }) => r)(START));
  const negated = (look, edges) => {
    const edge = edges.find((e) => e.from === look.from && e.to === look.to);
    return edge !== undefined && edge.claims > 0 && polarityOf(edge) === "negative";
  };

  function showText(title, text) {
    const field = el("textarea", { readonly: true, rows: 4, "aria-label": title });
    field.value = text;
    const close = button({ onclick: () => box.close() }, "Close");
    const box = el("dialog", { "aria-label": title }, el("h2", {}, title), field, el("p", { class: "deeds" }, close));
    box.addEventListener("close", () => box.remove());
    document.body.append(box);
    box.showModal();
    field.select();
  }

  // ---- controls --------------------------------------------------------------------------------------------------------

  makeCombobox(byId("search"), byId("found"), finder(source), ({ node, claim, edge }) =>
    choose(edge ? { edge } : node ? { node: node.id } : { claim: claim.id }, { focus: true }));
  byId("undo").addEventListener("click", app.state.undo);
  byId("redo").addEventListener("click", app.state.redo);
  byId("see-picture").addEventListener("click", () => app.state.change({ list: false }));
  byId("see-list").addEventListener("click", () => app.state.change({ list: true }));
  byId("closer").addEventListener("click", () => picture.zoom(1.3));
  byId("farther").addEventListener("click", () => picture.zoom(1 / 1.3));
  byId("whole").addEventListener("click", () => picture.whole());
  document.addEventListener("keydown", (event) => {
    document.documentElement.classList.add("keys");
    const typing = event.target.matches("input, textarea, select");
    const command = event.ctrlKey || event.metaKey;
    if (command && !typing && event.key.toLowerCase() === "z") {
      event.preventDefault();
      if (event.shiftKey) app.state.redo();
      else app.state.undo();
    } else if (command && !typing && event.key.toLowerCase() === "y") {
      event.preventDefault();
      app.state.redo();
    } else if (!command && !typing && event.key === "/") {
      event.preventDefault();
      byId("search").focus();
      byId("search").select();
    } else if (event.key === "Escape" && !typing && app.state.now.chosen) choose(null);
  });
  // The picture takes the focus on a click too; its ring is for those who come by keyboard.
  document.addEventListener("pointerdown", () => document.documentElement.classList.remove("keys"), true);

  app.state.start();
  ready = update(app.state.now, null);
  await ready;
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));

  // For tests and automation: the data's source, what is seen, and where things are on the page in CSS pixels.
  window.kg = { source, state: app.state, choose, settled: () => ready, scene: () => scene,
    nodePoint: picture.nodePoint, edgePoint: picture.edgePoint, view: picture.view };
}

main().catch((error) => {
  byId("status").textContent = "This page could not be shown.";
  throw error;
});
