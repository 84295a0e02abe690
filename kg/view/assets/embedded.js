// The source for a page that carries all of its data: columns, as kg/view/data.py writes them.
function embeddedSource(data) {
  const { nodes, edges, claims, articles, groups } = data;
  const size = nodes.id.length;
  const number = new Map(nodes.id.map((id, i) => [id, i]));
  const claimNumber = new Map(claims.id.map((id, i) => [id, i]));
  const each = (n, make) => Array.from({ length: n }, (_, i) => make(i));
  const ENTITIES = ["Person", "Organisation", "Country", "Place"];
  const day = claims.article.map((a) => (/^\d{4}-\d{2}-\d{2}/.test(articles.published[a]) ? articles.published[a].slice(0, 10) : ""));

  // ---- what belongs to what --------------------------------------------------------------------------------------

  const roles = { says: each(size, () => []), about: each(size, () => []), to: each(size, () => []), via: each(size, () => []) };
  claims.id.forEach((_, c) => {
    for (const n of claims.speakers[c]) roles.says[n].push(c);
    for (const n of claims.about[c]) if (!claims.speakers[c].includes(n)) roles.about[n].push(c);
    for (const n of claims.to[c]) roles.to[n].push(c);
    for (const n of claims.via[c]) roles.via[n].push(c);
  });
  const touching = each(size, () => []); // edges
  const between = new Map();
  edges.from.forEach((from, e) => {
    // Where claims join two, the office is told with them: it has an edge of its own only where there are none.
    const pair = `${from} ${edges.to[e]}`;
    if (!edges.claims[e].length && between.has(pair)) return;
    touching[from].push(e);
    if (edges.to[e] !== from) touching[edges.to[e]].push(e);
    between.set(pair, e);
  });
  const holders = each(size, () => []);
  nodes.offices.forEach((held, who) => held.forEach((office) => office[1] != null && holders[office[1]].push([who, office])));

  const groupOf = new Map(); // claim → group
  groups.claims.forEach((members, g) => { for (const c of members) groupOf.set(c, g); });
  const groupNumber = new Map(groups.record.map((record, g) => [record.id, g]));

  // A claim counts once for its speaker, whomever it is about, and once for each node it is about.
  const partners = claims.id.map((_, c) => new Set(claims.speakers[c]));
  edges.claims.forEach((held, e) => held.forEach((c) => partners[c].add(edges.to[e])));
  const weights = (passes) => {
    const found = new Uint32Array(size);
    partners.forEach((of, c) => { if (passes[c]) for (const n of of) found[n] += 1; });
    return found;
  };

  // ---- the filter --------------------------------------------------------------------------------------------------

  const judged = new Map(); // the last few filters

  function sift(filter) {
    const key = JSON.stringify(filter);
    if (judged.has(key)) return judged.get(key);
    const speaker = filter.speaker === null ? null : number.get(filter.speaker) ?? -1;
    const within = (values, value) => !values.length || values.includes(value);
    const passes = Uint8Array.from(claims.id, (_, c) =>
      (speaker === null || claims.speakers[c].includes(speaker))
      && within(filter.outlets, articles.outlet[claims.article[c]])
      && within(filter.kinds, claims.kind[c]) && within(filter.acts, claims.act[c])
      && (!filter.polarity || claims.polarity[c] === filter.polarity)
      && (!filter.from || (day[c] !== "" && day[c] >= filter.from)) && (!filter.to || (day[c] !== "" && day[c] <= filter.to)));
    // Offices are seen where no claims are asked for.
    const plain = { ...filter, types: [] };
    const offices = JSON.stringify(plain) === JSON.stringify(FILTER);
    const shown = (n) => within(filter.types, nodes.type[n]);
    const found = { passes, offices, shown, weights: weights(passes) };
    if (judged.size > 8) judged.clear();
    judged.set(key, found);
    return found;
  }

  const everything = sift(FILTER);
  const weight = (n) => everything.weights[n];

  function edgeOf(e, { passes, offices }) {
    const found = { from: nodes.id[edges.from[e]], to: nodes.id[edges.to[e]], claims: 0, acts: {}, negative: 0, offices: [] };
    for (const c of edges.claims[e]) {
      if (!passes[c]) continue;
      found.claims += 1;
      found.acts[claims.act[c]] = (found.acts[claims.act[c]] ?? 0) + 1;
      if (claims.polarity[c] === "negative") found.negative += 1;
    }
    if (offices) {
      const titles = nodes.offices[edges.from[e]].filter((o) => o[1] === edges.to[e]).map((o) => o[0]);
      found.offices = [...new Set(titles)].sort();
    }
    return found;
  }

  // How many claims the filter leaves on an edge; an office counts as a little.
  function heft(e, { passes, offices }) {
    if (!edges.claims[e].length) return offices ? 0.5 : 0;
    let n = 0;
    for (const c of edges.claims[e]) n += passes[c];
    return n;
  }

  // ---- records -------------------------------------------------------------------------------------------------------

  const content = (c) => claims.parts[c].filter((_, i) => claims.roles[c][i] === "c").join(" … ");
  const nameOf = (n) => (nodes.type[n] === "Claim" ? content(claimNumber.get(nodes.id[n])) : nodes.name[n]);
  const node = (n) => ({ id: nodes.id[n], type: nodes.type[n], name: nameOf(n), claims: weight(n) });
  const LETTERS = { "-": "", s: "source", q: "cue", c: "content" };

  const article = (a) => ({
    id: articles.id[a], title: articles.title[a], outlet: articles.outlet[a], published: articles.published[a], url: articles.url[a],
  });

  const claim = (c) => ({
    id: claims.id[c], kind: claims.kind[c], act: claims.act[c], polarity: claims.polarity[c], modality: claims.modality[c],
    confidence: claims.confidence[c], on: claims.on[c],
    speakers: claims.speakers[c].map(node), about: claims.about[c].map(node), to: claims.to[c].map(node), via: claims.via[c].map(node),
    in: claims.in[c].map(node), hearers: claims.hearers[c], within: claims.within[c] == null ? null : claims.id[claims.within[c]],
    passage: claims.parts[c].map((text, i) => [text, LETTERS[claims.roles[c][i]]]),
    article: article(claims.article[c]), group: groups.record[groupOf.get(c)] ?? null,
  });

  function held(of) {
    if (of.id !== undefined) return claimNumber.has(of.id) ? [claimNumber.get(of.id)] : [];
    if (of.group !== undefined) return groups.claims[groupNumber.get(of.group)] ?? [];
    if (of.edge) {
      const e = between.get(of.edge.map((id) => number.get(id) ?? -1).join(" "));
      return e === undefined ? [] : edges.claims[e];
    }
    if (of.node !== undefined) {
      const n = number.get(of.node);
      if (n === undefined) return [];
      if (nodes.type[n] === "Claim") return of.role === "says" ? [claimNumber.get(of.node)] : [];
      return roles[of.role]?.[n] ?? [];
    }
    return claims.id.map((_, c) => c);
  }

  function byDay(ids, { passes }) {
    const counts = new Map();
    for (const c of ids) if (passes[c] && day[c]) counts.set(day[c], (counts.get(day[c]) ?? 0) + 1);
    return [...counts].sort((a, b) => (a[0] < b[0] ? -1 : 1));
  }

  // ---- search ----------------------------------------------------------------------------------------------------------

  let index = null;

  function searchIndex() {
    index ??= {
      names: nodes.id.map((_, n) => (nodes.type[n] === "Claim" ? "" : ` ${fold([nodes.name[n], ...nodes.aliases[n]].join(" "))}`)),
      // With the names of who speaks: "Rutte Ukraine" finds what he said of it, also where the sentence says "he".
      texts: claims.parts.map((parts, c) => fold([` ${parts.join("")}`,
        ...claims.speakers[c].flatMap((n) => [nodes.name[n], ...nodes.aliases[n]])].join(" "))),
    };
    return index;
  }

  function search(query, most) {
    const words = fold(query).split(/\s+/).filter(Boolean);
    if (!words.length) return { nodes: [], claims: [] };
    const { names, texts } = searchIndex();
    const hits = (rows) => {
      const found = [];
      rows.forEach((text, i) => { if (words.every((word) => text.includes(word))) found.push(i); });
      return found;
    };
    const starts = (n) => (names[n].includes(` ${words[0]}`) ? 1 : 0);
    return {
      nodes: hits(names).sort((a, b) => starts(b) - starts(a) || weight(b) - weight(a) || a - b).slice(0, most).map(node),
      claims: hits(texts).slice(0, most).map(claim),
    };
  }

  // ---- paths -----------------------------------------------------------------------------------------------------------

  // Breadth first; among equally short ones, by way of the most connected.
  function path(from, to, sifted) {
    const [start, goal] = [number.get(from), number.get(to)];
    if (start === undefined || goal === undefined) return [];
    const before = new Map([[start, -1]]);
    let ring = [start];
    while (ring.length && !before.has(goal)) {
      const next = [];
      for (const n of ring) {
        for (const e of touching[n]) {
          const other = edges.from[e] === n ? edges.to[e] : edges.from[e];
          if (before.has(other) || !heft(e, sifted) || !sifted.shown(other)) continue;
          before.set(other, n);
          next.push(other);
        }
      }
      ring = next.sort((a, b) => weight(b) - weight(a) || a - b);
    }
    const steps = [];
    for (let n = before.has(goal) ? goal : -1; n !== -1; n = before.get(n)) steps.unshift(nodes.id[n]);
    return steps;
  }

  // ---- the answers -----------------------------------------------------------------------------------------------------

  const places = data.levels.map((level) => new Map(level.node.map((n, i) => [n, { x: level.x[i], y: level.y[i] }])));

  function top(filter, most) {
    const sifted = sift(filter);
    const among = (n, inside) => touching[n].some((e) => {
      const other = edges.from[e] === n ? edges.to[e] : edges.from[e];
      return other !== n && inside.has(other) && heft(e, sifted);
    });
    let ranked = each(size, (n) => n).filter((n) => sifted.shown(n)
      && (sifted.weights[n] || touching[n].some((e) => heft(e, sifted))));
    const heavier = (a, b) => sifted.weights[b] - sifted.weights[a] || (nodes.id[a] < nodes.id[b] ? -1 : 1);
    let first = ranked;
    if (ranked.length > most) {
      // Unnamed sources and claims about nobody only where everything fits: they would bury the others. Who is joined to
      // none of the rest makes room for the next who is, unless types are asked for.
      ranked = ranked.filter((n) => ENTITIES.includes(nodes.type[n])).sort(heavier);
      first = ranked.slice(0, most);
      if (!filter.types.length) {
        const all = new Set(first);
        first = first.filter((n) => among(n, all));
        const joined = new Set(first);
        first.push(...ranked.slice(most).filter((n) => among(n, joined)).slice(0, most - first.length));
      }
    }
    const level = places.find((at) => at.size >= Math.min(most, first.length)) ?? places.at(-1);
    return { nodes: first.sort(heavier).map((n) => ({ ...node(n), ...level?.get(n) })), total: ranked.length };
  }

  function neighbours(id, filter, most) {
    const n = number.get(id);
    if (n === undefined) return { nodes: [], total: 0 };
    const sifted = sift(filter);
    const joined = new Map();
    for (const e of touching[n]) {
      const other = edges.from[e] === n ? edges.to[e] : edges.from[e];
      const heavy = heft(e, sifted);
      if (heavy && other !== n && sifted.shown(other)) joined.set(other, (joined.get(other) ?? 0) + heavy);
    }
    const ranked = [...joined.keys()].sort((a, b) => joined.get(b) - joined.get(a) || weight(b) - weight(a) || a - b);
    return { nodes: ranked.slice(0, most).map(node), total: ranked.length };
  }

  function edgesAmong(ids, filter) {
    const sifted = sift(filter);
    const inside = new Set(ids.map((id) => number.get(id)).filter((n) => n !== undefined));
    const found = [];
    for (const n of inside) {
      for (const e of touching[n]) {
        if (edges.from[e] === n && inside.has(edges.to[e]) && heft(e, sifted)) found.push(edgeOf(e, sifted));
      }
    }
    return found;
  }

  function entity(id, filter) {
    const n = number.get(id);
    if (n === undefined) return null;
    const sifted = sift(filter);
    const count = (role) => roles[role][n].filter((c) => sifted.passes[c]).length;
    const tally = (ids, of) => {
      const counts = new Map();
      for (const c of ids) if (sifted.passes[c]) for (const other of of[c]) if (other !== n) counts.set(other, (counts.get(other) ?? 0) + 1);
      return [...counts].sort((a, b) => b[1] - a[1] || weight(b[0]) - weight(a[0]) || a[0] - b[0]).map(([other, k]) => [node(other), k]);
    };
    return {
      ...node(n), aliases: nodes.aliases[n],
      offices: nodes.offices[n].map(([title, of, from, to]) => ({ title, of: of == null ? null : node(of), from, to })),
      holders: holders[n].map(([who, [title, , from, to]]) => ({ who: node(who), title, from, to })),
      speakers: tally(roles.about[n], claims.speakers), subjects: tally(roles.says[n], claims.about),
      says: count("says"), about: count("about"), to: count("to"), via: count("via"),
    };
  }

  function someClaims(of, filter, skip, most) {
    const { passes } = sift(filter);
    const left = held(of).filter((c) => passes[c]);
    return { claims: left.slice(skip, skip + most).map(claim), total: left.length };
  }

  function leaders(filter, most) {
    const { passes } = sift(filter);
    const by = (role) => each(size, (n) => n).filter((n) => ENTITIES.includes(nodes.type[n]))
      .map((n) => [n, roles[role][n].reduce((sum, c) => sum + passes[c], 0)]).filter(([, count]) => count)
      .sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most).map(([n, count]) => [node(n), count]);
    return { quoted: by("says"), discussed: by("about") };
  }

  function summary() {
    const tally = (values) => values.reduce((counts, value) => counts.set(value, (counts.get(value) ?? 0) + 1), new Map());
    const outlets = tally(claims.article.map((a) => articles.outlet[a]).filter(Boolean));
    const dated = day.filter(Boolean).sort();
    return {
      title: data.title, counts: data.counts, look: data.look, network: data.network,
      types: Object.fromEntries(tally(nodes.type)), outlets: [...outlets].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
      days: dated.length ? [dated[0], dated.at(-1)] : null, undated: day.length - dated.length,
    };
  }

  return {
    summary: async () => summary(),
    top: async (filter, most) => top(filter, most),
    nodes: async (ids) => ids.map((id) => number.get(id)).filter((n) => n !== undefined).map(node),
    neighbours: async (id, filter, most) => neighbours(id, filter, most),
    edges: async (ids, filter) => edgesAmong(ids, filter),
    path: async (from, to, filter) => path(from, to, sift(filter)),
    search: async (words, most) => search(words, most),
    entity: async (id, filter) => entity(id, filter),
    claims: async (of, filter, skip, most) => someClaims(of, filter, skip, most),
    days: async (of, filter) => byDay(held(of), sift({ ...filter, from: null, to: null })),
    leaders: async (filter, most) => leaders(filter, most),
  };
}
