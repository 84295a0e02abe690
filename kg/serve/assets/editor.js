// The query editor (Yasgui's parts, vendored) with this server alone: no tabs, no other endpoints, and none of the
// completers that ask services elsewhere.
"use strict";
{
  const { prefixes, examples } = JSON.parse(document.getElementById("editor-data").textContent);
  const { Yasqe, Yasr } = Yasgui;
  const holder = document.getElementById("editor");
  const box = document.createElement("div");
  const results = document.createElement("div");
  holder.append(box, results);

  // The server knows the prefixes; other tools that a query is taken to need them declared.
  function declared(text) {
    const used = Object.keys(prefixes).filter((name) => new RegExp(`(^|[^\\w])${name}:`, "m").test(text.replace(/#.*$/gm, "")));
    return `${used.map((name) => `PREFIX ${name}: <${prefixes[name]}>`).join("\n")}\n\n${text}\n`;
  }

  Yasqe.registerAutocompleter({
    ...Yasqe.Autocompleters.prefixes, name: "known-prefixes", persistenceId: null,
    get: () => Object.entries(prefixes).map(([name, iri]) => `${name}: <${iri}>`),
  });

  const start = `SELECT ?speaker ?act ?about ?content WHERE {
  ?claim kg:speaker/skos:prefLabel ?speaker ;
         kg:about/skos:prefLabel ?about ;
         kg:act ?act ;
         schema:text ?content .
}
ORDER BY ?speaker
LIMIT 100`;
  const yasqe = new Yasqe(box, {
    value: declared(start), persistenceId: null, autocompleters: ["variables", "known-prefixes"], prefixCcApi: null,
    createShareableLink: () => `${location.origin}/query?query=${encodeURIComponent(yasqe.getValue())}`,
    consumeShareLink: null, resizeable: true, viewportMargin: 2000,
    requestConfig: {
      endpoint: "/sparql", method: "POST", headers: {}, withCredentials: false,
      acceptHeaderSelect: "application/sparql-results+json", acceptHeaderGraph: "text/turtle",
    },
  });
  const yasr = new Yasr(results, { persistenceId: null, prefixes, maxPersistentResponseSize: 0, getPlainQueryLinkToEndpoint: () =>
    `${location.origin}/sparql?query=${encodeURIComponent(yasqe.getValue())}` });
  const notice = document.getElementById("cut");
  yasqe.on("queryResponse", (_, response, duration) => {
    yasr.setResponse(response, duration);
    const cut = response?.headers?.get?.("x-row-limit-reached") === "true";
    notice.hidden = !cut;
    notice.textContent = cut ? `There are more: this server gives the first ${Number(response.headers.get("x-row-limit")).toLocaleString("en")}.` : "";
  });

  document.getElementById("example").addEventListener("change", (event) => {
    const example = examples[event.target.value];
    if (example) yasqe.setValue(declared(example.text));
  });
  const shared = new URLSearchParams(location.search).get("query");
  if (shared) yasqe.setValue(shared);

  // Things that have pages here lead to them; other IRIs stay as they are.
  results.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='urn:']");
    if (!link) return;
    event.preventDefault();
    location.assign(`/resource?iri=${encodeURIComponent(link.getAttribute("href"))}`);
  });
  window.editor = { yasqe, yasr };
}
