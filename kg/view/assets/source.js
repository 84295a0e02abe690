// Where the page gets its data. A source has these methods and no other; each gives a promise, and none changes
// anything. The page's file embeds all of its data (`embeddedSource`); a server answers the same questions over HTTP
// (`httpSource`). Nothing else in the page knows which of them it has.
//
// A server gives the page of `kg.view.render.explorer("/explore/")`, which asks `GET /explore/METHOD?ask=JSON`: JSON is
// the list of the arguments below; the answer is JSON, or a status other than 200 with a text for the reader.
//
//   summary()                     {title, counts: [[word, n]], look, network, types: {Person: n, …},
//                                  outlets: [[name, claims]], days: [first, last] | null, undated: claims}
//       `look` is kg.view.network.LOOK, `network` what to draw first, from kg.view.network.network (or null).
//   top(filter, most)             {nodes: [Node], total}    those in most claims first; as kg.view.model.View.drawn does
//   nodes(ids)                    [Node]                    unknown ids are left out
//   neighbours(id, filter, most)  {nodes: [Node], total}    joined by an edge that the filter leaves, heaviest first
//   edges(ids, filter)            [Edge]                    between these nodes
//   path(from, to, filter)        [id]                      fewest edges, whatever their direction; [] when there is none
//   search(words, most)           {nodes: [Node], claims: [Claim]}   every word, in any order, case and accents aside,
//                                                           among names and aliases; and in passages with the names
//                                                           and aliases of their speakers
//   entity(id, filter)            Entity | null
//   claims(of, filter, skip, most)   {claims: [Claim], total}   in order of time; `of` is {} for all, {id}, {edge: [from,
//                                    to]}, {group}, or {node, role} with a role of "says", "about", "to" or "via"
//   days(of, filter)              [[day, claims]]           sorted; `from` and `to` of the filter do not count
//   pageOf(id)                    address | null, at once and no promise: the page that a server has of a thing
//   leaders(filter, most)         {quoted: [[Node, claims]], discussed: [[Node, claims]]}   entities with most claims of
//                                                           theirs, and most of others about them
//
// filter   {types: [type], speaker: id | null, outlets: [name], kinds: [kind], acts: [act], polarity: "positive" |
//          "negative" | null, from: day | null, to: day | null}; an empty list leaves all. `types` are of nodes, the rest
//          of claims; `from` and `to` compare with the day the article was published, and leave out undated ones. With no
//          filter but `types`, an office joins nodes too.
// Node     {id, type, name, claims: n, x?, y?}: `claims` is how many it takes part in, whatever the filter. `x` and `y`
//          come with `top` where the node has a place. Types, and what stands for claims without speaker or about
//          nobody, are as in kg.view.model. Ids are IRIs.
// Edge     {from, to, claims: n, acts: {act: n}, negative: n, offices: [title]}
// Entity   Node and {aliases: [name], offices: [{title, of: Node | null, from, to}], holders: [{who: Node, title, from,
//          to}], speakers: [[Node, n]], subjects: [[Node, n]], says: n, about: n, to: n, via: n}: who speaks about it, whom
//          it speaks about, and how many claims of each role, as the filter leaves them; `about` without its own words.
// Claim    {id, kind, act, polarity, modality, confidence, on, speakers: [Node], about: [Node], to: [Node], via: [Node],
//          in: [Node], hearers: text, within: id | null, passage: [[text, role]], article: {id, title, outlet, published,
//          url}, group: {id, claims: n, independent: n, links: [{kind, claim: id, reason, score}]} | null, …}: fields as
//          in kg.view.model, `group` as in kg.view.data.group_records; unknown is "", [] or null.
const FILTER = { types: [], speaker: null, outlets: [], kinds: [], acts: [], polarity: null, from: null, to: null };
const METHODS = ["summary", "top", "nodes", "neighbours", "edges", "path", "search", "entity", "claims", "days", "leaders"];

function httpSource(url) {
  const ask = async (method, question) => {
    const answer = await fetch(`${url}${method}?ask=${encodeURIComponent(JSON.stringify(question))}`);
    if (!answer.ok) throw new Error((await answer.text()) || answer.statusText);
    return answer.json();
  };
  const methods = Object.fromEntries(METHODS.map((method) => [method, (...question) => ask(method, question)]));
  return { ...methods, pageOf: (id) => `/resource?iri=${encodeURIComponent(id)}` };
}

// The data block of the page says which source it is for; large data are deflated, which browsers undo by themselves.
async function openSource(block) {
  if (block.http) return httpSource(block.http);
  const embedded = (data) => ({ ...embeddedSource(data), pageOf: () => null });
  if (!block.deflated) return embedded(block);
  const bytes = Uint8Array.from(atob(block.deflated), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return embedded(JSON.parse(await new Response(stream).text()));
}
