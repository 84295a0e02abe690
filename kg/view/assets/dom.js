// Small helpers. Text of articles becomes text nodes or is drawn on the canvas: it is never parsed as markup.
const byId = (id) => document.getElementById(id);
const narrow = matchMedia("(max-width: 820px)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const symbols = new Map([...byId("symbols").content.children].map((s) => [s.classList[1], s]));

const WORDS = {
  direct: "direct quotation", indirect: "indirect speech", mixed: "partly quoted",
  positive: "affirmative", negative: "negated", some: "some negated",
  Source: "Unnamed source", Claim: "Claim about no one else",
};

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat(3).filter((child) => child != null && child !== "" && child !== false));
  return node;
}

function svg(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes ?? {})) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const symbol = (type) => symbols.get(type)?.cloneNode(true) ?? "";
const bdi = (text) => el("bdi", {}, text);
const button = (attributes, ...children) => el("button", { type: "button", ...attributes }, ...children);
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const plural = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
const claimsOf = (n) => plural(n, "claim", "claims");

// Cut between code points, so that no half of a surrogate pair is left.
function short(text, most) {
  return text.length > most ? `${[...text.slice(0, most)].slice(0, -1).join("")}…` : text;
}

function list(parts) {
  return parts.flatMap((part, i) => (i === 0 ? [part] : [i === parts.length - 1 ? " and " : ", ", part]));
}

// An ISO 8601 date, date-time or interval, as a person writes it; whatever else stands there, as it stands.
function when(iso, month = "long") {
  const day = (text) => {
    const date = /^\d{4}-\d{2}-\d{2}/.test(text) ? new Date(`${text.slice(0, 10)}T00:00:00Z`) : new Date(NaN);
    if (Number.isNaN(date.getTime())) return text;
    return date.toLocaleDateString("en-GB", { day: "numeric", month, year: "numeric", timeZone: "UTC" });
  };
  return iso.split("/").map(day).join(" to ");
}

const period = (from, to) => (from || to ? ` (${from ? when(from) : "?"} to ${to ? when(to) : "?"})` : "");

// Only the web's own schemes become links: `javascript:`, `data:` and `file:` stay text.
function link(url) {
  let parsed = null;
  try { parsed = new URL(url); } catch { /* not a URL: shown as text */ }
  if (!parsed || !["http:", "https:"].includes(parsed.protocol)) return bdi(url);
  return el("a", { href: parsed.href, rel: "noopener noreferrer", target: "_blank" }, "read at ", bdi(parsed.host));
}

// Run `work` once things have been quiet for a moment.
function quiet(work, wait) {
  let timer = 0;
  return (...values) => { clearTimeout(timer); timer = setTimeout(() => work(...values), wait); };
}
