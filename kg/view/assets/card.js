// A claim as the panel shows it: frame, passage with its marks, reports, citation.
const contentOf = (claim) => claim.passage.filter((s) => s[1] === "content").map((s) => s[0]).join(" … ");

function entityButton(node, app) {
  return button({ class: "entity", onclick: () => app.choose({ node: node.id }) }, bdi(short(node.name, 120)));
}

function frameOf(claim, app) {
  const name = (node) => entityButton(node, app);
  const others = claim.about.filter((n) => !claim.speakers.some((s) => s.id === n.id));
  const frame = [...list(claim.speakers.map(name)), " ", el("b", { class: "act" }, app.look.verbs[claim.act] ?? claim.act)];
  if (others.length) frame.push(" about ", ...list(others.map(name)));
  if (claim.to.length) frame.push(", to ", ...list(claim.to.map(name)));
  else if (claim.hearers) frame.push(", to ", bdi(short(claim.hearers, 80)));
  if (claim.in?.length) frame.push(", in ", ...list(claim.in.map(name)));
  if (claim.via.length) frame.push(", as reported by ", ...list(claim.via.map(name)));
  return el("p", { class: "frame" }, frame);
}

// The page that a server has of a thing; a file has none.
function ownPage(id, app, label) {
  const address = app.pageOf(id);
  return address ? el("a", { href: address, "aria-label": label }, "Its page") : "";
}

function passageOf(claim) {
  return el("blockquote", { dir: "auto" }, claim.passage.map(([text, role]) => (role ? el("mark", { class: role }, text) : text)));
}

function reportOf({ title, outlet, published, url }) {
  const where = [outlet && bdi(outlet), published && when(published), url && link(url)].filter(Boolean);
  return [el("cite", {}, bdi(title || "Untitled article")), ...where.flatMap((part) => [" · ", part])];
}

// One line for a text or footnote: words, speaker, article, outlet, day, address, and the claim's own identifier.
function citationOf(claim) {
  const { title, outlet, published, url } = claim.article;
  const who = claim.speakers.map((s) => s.name).join(" and ");
  const quoted = claim.kind === "indirect" ? "reported" : "quoted";
  const parts = [`“${contentOf(claim).replace(/^[“"]|[”"],?$/gu, "")}”`, `${who}, ${quoted} in “${title || "untitled article"}”`,
    outlet, published && when(published), url];
  return `${visible(parts.filter(Boolean).join(", "))} (${claim.id})`;
}

async function copy(text, app) {
  try {
    await navigator.clipboard.writeText(text);
    app.say("Citation copied");
  } catch {
    // Frames without the right to the clipboard, and browsers that ask: the text to copy by hand.
    app.showText("Copy this citation", text);
  }
}

function claimCard(claim, app, { heading = null } = {}) {
  const cue = claim.passage.filter((s) => s[1] === "cue").map((s) => s[0]).join(" … ");
  const facts = [
    WORDS[claim.kind], claim.act, claim.modality === "asserted" ? null : claim.modality, cue && `cue: ${cue}`,
    claim.group?.claims > 1 && `${claim.group.claims} reports, ${claim.group.independent} independent`,
    claim.group?.links.some((link) => link.kind !== "contradicts") && "position changed",
    claim.group?.links.some((link) => link.kind === "contradicts") && "contradicted",
    claim.on && `said ${when(claim.on)}`, `confidence ${Math.round(claim.confidence * 100)} %`,
  ];
  const alone = app.state.now.chosen?.claim === claim.id;
  return el("article", { class: "claim", "data-claim": claim.id }, heading,
    frameOf(claim, app),
    passageOf(claim),
    el("p", { class: "where" }, reportOf(claim.article)),
    el("ul", { class: "facts" }, el("li", { class: claim.polarity }, WORDS[claim.polarity]),
      facts.filter(Boolean).map((fact) => el("li", {}, fact))),
    el("p", { class: "deeds" },
      button({ onclick: () => copy(citationOf(claim), app), "aria-label": "Copy this claim as a citation" }, "Copy as citation"),
      alone ? "" : button({ onclick: () => app.choose({ claim: claim.id }), "aria-label": "Show this claim alone" }, "This claim"),
      claim.within ? button({ onclick: () => app.choose({ claim: claim.within }), "aria-label": "Show the claim that this one is part of" }, "Part of …") : "",
      ownPage(claim.id, app, "The page of this claim")));
}

// Where else the statement is reported, and what cannot stand beside it.
async function groupOf(claim, source, app) {
  const { group } = claim;
  if (!group) return [];
  const LINKS = { changes: "Earlier position", changed: "Later position", contradicts: "Contradicted by" };
  const at = (other) => el("li", {}, button({ class: "entity", onclick: () => app.choose({ claim: other.id }) },
    bdi(short(contentOf(other), 160))), " ", el("span", { class: "soft" }, list(other.speakers.map((s) => bdi(short(s.name, 60)))), " · ", reportOf(other.article)));
  const [{ claims: members }, ...others] = await Promise.all([source.claims({ group: group.id }, FILTER, 0, 50),
    ...group.links.slice(0, 10).map((link) => source.claims({ id: link.claim }, FILTER, 0, 1))]);
  const reports = members.filter((other) => other.id !== claim.id);
  const linked = others.map(({ claims: [other] }, i) => [group.links[i], other]).filter(([, other]) => other);
  return [
    ...(reports.length ? [el("h3", {}, "Also reported ", el("small", {}, `${group.independent === 1 ? "all from one newsroom" : `${group.independent} independent reports`}`)),
      el("ul", { class: "reports" }, reports.map(at))] : []),
    ...Object.entries(LINKS).flatMap(([kind, title]) => {
      const found = linked.filter(([link]) => link.kind === kind);
      return found.length ? [el("h3", {}, title), el("ul", { class: "reports" }, found.map(([link, other]) => {
        const item = at(other);
        item.append(el("p", { class: "soft" }, bdi(link.reason)));
        return item;
      }))] : [];
    }),
  ];
}

const key = () => el("p", { class: "key" }, "In the text:", el("mark", { class: "source" }, "source"),
  el("mark", { class: "cue" }, "cue"), el("mark", { class: "content" }, "content"));
