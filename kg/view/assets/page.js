"use strict";
// Panel, search and start. Text of articles is shown by `textContent` or drawn on the canvas, never parsed as markup.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const panel = byId("panel");
  const box = byId("search");
  const found = byId("found");
  const narrow = matchMedia("(max-width: 760px)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const symbols = new Map([...byId("symbols").content.children].map((s) => [s.classList[1], s]));
  const AT_ONCE = 30;

  const WORDS = {
    direct: "direct quotation", indirect: "indirect speech", mixed: "partly quoted",
    positive: "affirmative", negative: "negated", some: "some negated",
    Source: "Unnamed source", Claim: "Claim about no one else",
  };
  // ---- small helpers -------------------------------------------------------------------------------------------

  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value === true) node.setAttribute(name, "");
      else if (value !== false && value != null) node.setAttribute(name, value);
    }
    node.append(...children.flat().filter((child) => child != null && child !== ""));
    return node;
  }

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const symbol = (type) => symbols.get(type).cloneNode(true);
  const plural = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
  const bdi = (text) => el("bdi", {}, text);

  function list(parts) {
    return parts.flatMap((part, i) => (i === 0 ? [part] : [i === parts.length - 1 ? " and " : ", ", part]));
  }

  // An ISO 8601 date, date-time or interval, as a person writes it; whatever else stands there, as it stands.
  function when(iso) {
    const day = (text) => {
      const date = /^\d{4}-\d{2}-\d{2}/.test(text) ? new Date(`${text.slice(0, 10)}T00:00:00Z`) : new Date(NaN);
      if (Number.isNaN(date.getTime())) return text;
      return date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    };
    return iso.split("/").map(day).join(" to ");
  }

  // Only the web's own schemes become links: `javascript:`, `data:` and `file:` stay text.
  function link(url) {
    let parsed = null;
    try { parsed = new URL(url); } catch { /* not a URL: shown as text */ }
    if (!parsed || !["http:", "https:"].includes(parsed.protocol)) return bdi(url);
    return el("a", { href: parsed.href, rel: "noopener noreferrer", target: "_blank" }, "read at ", bdi(parsed.host));
  }

  const content = (claim) => claim.passage.filter((s) => s[1] === "content").map((s) => s[0]).join(" … ");
  const nameOf = (i) => {
    const node = data.nodes[i];
    return node.type === "Claim" ? content(data.claims[node.claim]) : node.name;
  };

  // ---- what belongs to what ------------------------------------------------------------------------------------

  const said = data.nodes.map(() => []);
  const about = data.nodes.map(() => []);
  const told = data.nodes.map(() => []);
  const passed = data.nodes.map(() => []);
  data.claims.forEach((claim, i) => {
    for (const node of claim.speakers) said[node].push(i);
    for (const node of claim.about) about[node].push(i);
    for (const node of claim.to) told[node].push(i);
    for (const node of claim.via) passed[node].push(i);
  });
  const holders = data.nodes.map(() => []);
  data.nodes.forEach((node, i) => node.offices.forEach((o) => o[1] != null && holders[o[1]].push([i, o])));

  // ---- the panel -----------------------------------------------------------------------------------------------

  const short = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
  const entity = (i) => el("button", { type: "button", class: "entity", onclick: () => choose({ node: i }) }, bdi(short(nameOf(i), 120)));

  function showPanel(title, kind, parts, back = true) {
    panel.replaceChildren(
      ...(back ? [el("button", { type: "button", class: "back", onclick: () => choose({}) }, "‹ Overview")] : []),
      el("h2", { tabindex: "-1" }, title),
      ...(kind ? [el("p", { class: "kind" }, kind)] : []),
      ...parts.flat(),
    );
    panel.scrollTop = 0;
  }

  function heading(text, count) {
    return el("h3", {}, text, ...(count == null ? [] : [" ", el("small", {}, count.toLocaleString("en"))]));
  }

  // Long lists come in pieces, so that a much quoted person opens at once.
  function pieces(items, draw) {
    const holder = el("div", {});
    const add = (from) => {
      holder.append(...items.slice(from, from + AT_ONCE).map(draw));
      const rest = items.length - from - AT_ONCE;
      if (rest > 0) {
        const more = el("button", { type: "button", class: "more" }, `Show ${Math.min(rest, AT_ONCE)} of ${rest} more`);
        more.addEventListener("click", () => { more.remove(); add(from + AT_ONCE); });
        holder.append(more);
      }
    };
    add(0);
    return holder;
  }

  function claimCard(i) {
    const claim = data.claims[i];
    const [title, outlet, published, url] = data.articles[claim.article];
    const cue = claim.passage.filter((s) => s[1] === "cue").map((s) => s[0]).join(" … ");
    const others = claim.about.filter((n) => !claim.speakers.includes(n));
    const frame = [...list(claim.speakers.map(entity)), ": ", el("span", { class: "act" }, claim.act)];
    if (others.length) frame.push(" about ", ...list(others.map(entity)));
    if (claim.to.length) frame.push(", to ", ...list(claim.to.map(entity)));
    if (claim.via.length) frame.push(", as reported by ", ...list(claim.via.map(entity)));
    const facts = [
      WORDS[claim.kind], claim.modality === "asserted" ? null : claim.modality, cue && `cue: ${cue}`,
      claim.on && `said ${when(claim.on)}`, `confidence ${Math.round(claim.confidence * 100)} %`,
    ];
    const where = [outlet && bdi(outlet), published && when(published), url && link(url)].filter(Boolean);
    return el("article", { class: "claim", "data-claim": i },
      el("p", { class: "frame" }, frame),
      el("blockquote", { dir: "auto" }, claim.passage.map(([text, role]) => (role ? el("mark", { class: role }, text) : text))),
      el("ul", { class: "facts" }, el("li", { class: claim.polarity }, WORDS[claim.polarity]),
        facts.filter(Boolean).map((fact) => el("li", {}, fact))),
      el("p", { class: "where" }, el("cite", {}, bdi(title || "Untitled article")),
        ...where.flatMap((part) => [" · ", part])));
  }

  const key = () => el("p", { class: "key" }, "Marked:", el("mark", { class: "source" }, "source"),
    el("mark", { class: "cue" }, "cue"), el("mark", { class: "content" }, "content"));
  const claims = (title, ids) => (ids.length ? [heading(title, ids.length), pieces(ids, claimCard)] : []);

  function ranks(title, of) {
    const top = data.nodes.map((_, i) => i)
      .filter((i) => of[i].length && !["Claim", "Source"].includes(data.nodes[i].type))
      .sort((a, b) => of[b].length - of[a].length || a - b).slice(0, 8);
    if (!top.length) return [];
    return [heading(title), el("ol", { class: "ranks" }, top.map((i) => el("li", {},
      el("button", { type: "button", onclick: () => choose({ node: i }) }, symbol(data.nodes[i].type), bdi(short(nameOf(i), 120)),
        el("span", { class: "number" }, plural(of[i].length, "claim", "claims"))))))];
  }

  function overview() {
    if (!data.claims.length) {
      showPanel("No claims found", null, [el("p", {}, "None of the articles quotes anyone.")], false);
      return;
    }
    showPanel("Start anywhere", null, [
      el("p", {}, "Each arrow runs from someone who is quoted to whom or what they speak about. Choose an arrow to "
        + "read the sentences behind it, or a name for all that is said by and about it."),
      ranks("Most quoted", said), ranks("Most talked about", about),
    ], false);
  }

  const span = (from, to) => (from || to ? ` (${from ? when(from) : "?"} to ${to ? when(to) : "?"})` : "");

  function showNode(i) {
    const node = data.nodes[i];
    if (node.type === "Claim") return showClaims("A claim about no one else", null, [node.claim]);
    const offices = node.offices.map(([title, of, from, to]) =>
      el("li", {}, bdi(title), ...(of == null ? [] : [" · ", entity(of)]), span(from, to)));
    const held = holders[i].map(([holder, [title, , from, to]]) =>
      el("li", {}, entity(holder), " · ", bdi(title), span(from, to)));
    const drawn = data.network.nodes.some((n) => n.id === i);
    return showPanel(bdi(nameOf(i)), [symbol(node.type), WORDS[node.type] ?? node.type, drawn ? "" : " · not drawn"], [
      node.aliases.length ? el("p", { class: "soft" }, "Also: ", ...list(node.aliases.map(bdi))) : "",
      offices.length ? [heading("Offices"), el("ul", { class: "offices" }, offices)] : [],
      held.length ? [heading("Office holders"), el("ul", { class: "offices" }, held)] : [],
      [said, about, told, passed].some((list) => list[i].length) ? [key()] : [el("p", {}, "No claim names it.")],
      claims("Says", said[i]),
      claims("Is spoken about", about[i].filter((c) => !said[i].includes(c))),
      claims("Is spoken to", told[i]),
      claims("Passes on", passed[i]),
    ].flat(2).filter(Boolean));
  }

  function showClaims(title, kind, ids) {
    showPanel(title, kind, [key(), pieces(ids, claimCard)]);
  }

  function showEdge(i) {
    const [from, to, ids, label, polarity] = data.edges[i];
    const title = [entity(from), " → ", entity(to)];
    if (!ids.length) {
      showPanel(el("span", {}, title), "Office", [el("p", {}, bdi(label))]);
      return;
    }
    const note = polarity === "mixed" ? WORDS.some : polarity === "negative" ? WORDS.negative : "";
    const ends = data.nodes[to].type === "Claim" ? [entity(from)] : title;
    showClaims(el("span", {}, ends), [plural(ids.length, "claim", "claims"), note].filter(Boolean).join(", "), ids);
  }

  // ---- choosing ------------------------------------------------------------------------------------------------

  // `choice` is {node}, {edge}, {claim} or {} for the overview.
  function choose(choice, { move = false, focus = false } = {}) {
    if (choice.node != null) showNode(choice.node);
    else if (choice.edge != null) showEdge(choice.edge);
    else if (choice.claim != null) showClaims("A claim", null, [choice.claim]);
    else overview();
    picture.choose(choice, move);
    const title = panel.querySelector("h2");
    byId("status").textContent = title.textContent;
    if (focus) title.focus({ preventScroll: true });
    if (narrow.matches && Object.keys(choice).length) {
      panel.scrollIntoView({ block: "start", behavior: still.matches ? "auto" : "smooth" });
    }
  }

  // ---- search --------------------------------------------------------------------------------------------------

  let index = null;
  let active = -1;

  function searchIndex() {
    index ??= {
      nodes: data.nodes.map((n, i) => [i, n.type === "Claim" ? "" : ` ${fold([n.name, ...n.aliases].join(" "))}`]),
      claims: data.claims.map((c, i) => [i, ` ${fold(c.passage.map((s) => s[0]).join(""))}`]),
    };
    return index;
  }

  function search(query) {
    const words = fold(query).split(/\s+/).filter(Boolean);
    if (!words.length) return [[], []];
    const hits = (rows) => rows.filter(([, text]) => words.every((w) => text.includes(w))).map(([i]) => i);
    const { nodes, claims: texts } = searchIndex();
    const starts = (i) => (nodes[i][1].includes(` ${words[0]}`) ? 1 : 0);
    const weight = (i) => said[i].length + about[i].length;
    return [
      hits(nodes).sort((a, b) => starts(b) - starts(a) || weight(b) - weight(a) || a - b).slice(0, 8),
      hits(texts).slice(0, 12),
    ];
  }

  function option(choice, children) {
    const item = el("li", { role: "option", id: `found-${found.childElementCount}`, "aria-selected": "false" }, children);
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => take(choice));
    item.choice = choice;
    found.append(item);
  }

  function suggest() {
    const [nodes, texts] = search(box.value);
    found.replaceChildren();
    const group = (text) => found.append(el("li", { role: "presentation" }, text));
    if (nodes.length) group("Names");
    for (const i of nodes) {
      option({ node: i }, [symbol(data.nodes[i].type), el("span", {}, bdi(short(nameOf(i), 120)), " ",
        el("small", {}, plural(new Set([...said[i], ...about[i]]).size, "claim", "claims")))]);
    }
    if (texts.length) group("Claims");
    for (const i of texts) {
      const speaker = data.claims[i].speakers.map(nameOf).join(", ");
      const words = content(data.claims[i]);
      option({ claim: i }, [el("span", {}, el("small", {}, bdi(short(speaker, 60)), ": "), bdi(short(words, 110)))]);
    }
    const empty = box.value.trim() && !nodes.length && !texts.length;
    if (empty) group("Nothing found");
    open(found.childElementCount > 0);
    mark(-1);
  }

  const options = () => [...found.querySelectorAll("[role=option]")];

  function open(yes) {
    found.hidden = !yes;
    box.setAttribute("aria-expanded", String(yes));
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

  function take(choice) {
    open(false);
    choose(choice, { move: true, focus: true });
  }

  box.addEventListener("input", suggest);
  box.addEventListener("focus", () => box.value.trim() && suggest());
  box.addEventListener("blur", () => open(false));
  box.addEventListener("keydown", (event) => {
    const items = options();
    if (event.key === "Escape") { open(false); return; }
    if (found.hidden || !items.length) return;
    if (event.key === "ArrowDown") mark((active + 1) % items.length);
    else if (event.key === "ArrowUp") mark(active > 0 ? active - 1 : items.length - 1);
    else if (event.key === "Enter") take(items[Math.max(active, 0)].choice);
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.target === box) return;
    if (event.key === "/") { event.preventDefault(); box.focus(); box.select(); }
    if (event.key === "Escape") choose({});
  });

  // ---- start ---------------------------------------------------------------------------------------------------

  // The picture takes the focus on a click too; its ring is for those who come by keyboard.
  document.addEventListener("keydown", () => document.documentElement.classList.add("keys"));
  document.addEventListener("pointerdown", () => document.documentElement.classList.remove("keys"), true);
  byId("legend").open = !narrow.matches;
  const picture = makePicture(data.network, data.edges, byId("network"), choose);
  byId("closer").addEventListener("click", () => picture.zoom(1.3));
  byId("farther").addEventListener("click", () => picture.zoom(1 / 1.3));
  byId("whole").addEventListener("click", () => picture.whole(true));
  choose({});

  // For tests and automation: the data, and where things are on the page in CSS pixels.
  window.kg = { data, choose, nodePoint: picture.nodePoint, edgePoint: picture.edgePoint };
})();
