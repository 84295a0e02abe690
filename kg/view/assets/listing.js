// The picture as text: each node with what it says about whom, for keyboards and screen readers, and for small screens.
function makeListing(holder, app) {
  const AT_ONCE = 50;

  function item(node, edges, named) {
    const lines = edges.map((edge) => el("li", {}, edge.claims
      ? [button({ class: "line", onclick: () => app.choose({ edge: [edge.from, edge.to] }) },
        el("b", {}, edgeLabel(edge, app.look)), named.get(edge.to).type === "Claim" ? ": " : " about ", bdi(short(named.get(edge.to).name, 140)),
        el("small", {}, ` ${claimsOf(edge.claims)}${polarityOf(edge) === "positive" ? "" : polarityOf(edge) === "negative" ? ", negated" : ", some negated"}`))]
      : [bdi(edge.offices.join(" · ")), " · ", entityButton(named.get(edge.to), app)]));
    return el("li", {}, el("h3", {}, symbol(node.type), entityButton(node, app), " ", el("small", {}, `${WORDS[node.type] ?? node.type}, ${claimsOf(node.claims)}`)),
      lines.length ? el("ul", {}, lines) : el("p", { class: "soft" }, "says nothing about what is drawn"));
  }

  return ({ nodes, edges }) => {
    const named = new Map(nodes.map((node) => [node.id, node]));
    const from = new Map(nodes.map((node) => [node.id, []]));
    for (const edge of edges) from.get(edge.from).push(edge);
    for (const own of from.values()) own.sort((a, b) => b.claims - a.claims || (a.to < b.to ? -1 : 1));
    const order = nodes.filter((node) => node.type !== "Claim").sort((a, b) => b.claims - a.claims || (a.id < b.id ? -1 : 1));
    const rows = el("ol", { class: "rows" });
    const add = (start) => {
      rows.append(...order.slice(start, start + AT_ONCE).map((node) => item(node, from.get(node.id), named)));
      const rest = order.length - start - AT_ONCE;
      more.hidden = rest <= 0;
      more.textContent = `Show ${Math.min(rest, AT_ONCE)} of ${rest} more`;
      more.onclick = () => { add(start + AT_ONCE); rows.children[start + AT_ONCE].querySelector("button")?.focus(); };
    };
    const more = button({ class: "more" });
    add(0);
    holder.replaceChildren(el("h2", {}, `${plural(order.length, "name", "names")}, most connected first`), rows, more);
  };
}
