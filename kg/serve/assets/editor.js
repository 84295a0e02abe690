// The query editor (Yasgui's, vendored) with this server alone: no other endpoints, and none of the completers that ask
// services elsewhere.
"use strict";
{
  const { prefixes, examples } = JSON.parse(document.getElementById("editor-data").textContent);
  const { Yasqe } = Yasgui;
  const holder = document.getElementById("editor");

  // The server knows the prefixes; other tools that a query is taken to need them declared.
  function declared(text) {
    if (/^\s*PREFIX\b/i.test(text)) return text;
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
  const yasqe = new Yasqe(holder, {
    value: declared(new URLSearchParams(location.search).get("query") ?? start), persistenceId: null, prefixCcApi: null,
    autocompleters: ["variables", "known-prefixes"], consumeShareLink: null, createShareableLink: null,
    showQueryButton: false, resizeable: false, viewportMargin: 2000,
    extraKeys: { "Ctrl-Enter": () => run(), "Cmd-Enter": () => run(), Esc: (editor) => editor.getInputField().blur(), Tab: false, "Shift-Tab": false },
  });
  yasqe.getInputField().setAttribute("aria-label", "Query. Ctrl+Enter runs it, Escape leaves the editor.");
  const answer = document.getElementById("answer");
  const status = document.getElementById("told");

  // Answers become text nodes: Yasgui's own table takes some texts for markup on the way.
  const element = (tag, text = "") => { const made = document.createElement(tag); made.textContent = text; return made; };

  const ask = (accept) => fetch("/sparql", { method: "POST", body: yasqe.getValue(), headers: { "Content-Type": "application/sparql-query", Accept: accept } });

  function short(iri) {
    const found = Object.entries(prefixes).find(([, start]) => iri.startsWith(start) && iri !== start);
    return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
  }

  function cell(term) {
    const made = element("td");
    if (!term) return made;
    const text = document.createElement("bdi");
    text.textContent = term.type === "uri" ? short(term.value) : term.value;
    if (term.type === "uri" && term.value.startsWith("urn:")) {
      const link = element("a");
      link.href = `/resource?iri=${encodeURIComponent(term.value)}`;
      link.append(text);
      made.append(link);
    } else made.append(text);
    return made;
  }

  function table({ head, results }) {
    const made = element("table");
    const heading = element("tr");
    heading.append(element("th", "#"), ...head.vars.map((name) => element("th", name)));
    for (const th of heading.children) th.scope = "col";
    const rows = results.bindings.map((row, n) => {
      const line = element("tr");
      line.append(element("td", String(n + 1)), ...head.vars.map((name) => cell(row[name])));
      return line;
    });
    const [top, body] = [element("thead"), element("tbody")];
    top.append(heading);
    body.append(...rows);
    made.append(top, body);
    return made;
  }

  async function run() {
    status.textContent = "Asking …";
    answer.replaceChildren();
    const began = performance.now();
    try {
      const reply = await ask("application/sparql-results+json, text/turtle");
      const took = ((performance.now() - began) / 1000).toFixed(2);
      const text = await reply.text();
      const type = reply.headers.get("Content-Type") ?? "";
      if (!reply.ok) {
        status.textContent = `Not answered (${reply.status})`;
        answer.append(element("pre", text.trim()));
      } else if (type.startsWith("text/turtle")) {
        status.textContent = `A graph, in ${took} seconds`;
        answer.append(element("pre", text));
      } else {
        const data = JSON.parse(text);
        const count = data.results?.bindings.length;
        status.textContent = data.results ? `${count.toLocaleString("en")} ${count === 1 ? "row" : "rows"} in ${took} seconds` : `${data.boolean ? "Yes" : "No"}, in ${took} seconds`;
        if (count) answer.append(table(data));
      }
      if (reply.headers.get("X-Row-Limit-Reached")) status.textContent += ". There are more: this server gives no more at a time.";
    } catch (error) {
      status.textContent = `The server cannot be reached (${error.message})`;
    }
  }

  async function download() {
    const type = document.getElementById("format").value;
    const reply = await ask(`${type}, text/turtle;q=0.5`);
    if (!reply.ok) { status.textContent = (await reply.text()).trim(); return; }
    const link = element("a");
    link.href = URL.createObjectURL(await reply.blob());
    const suffix = { "text/csv": "csv", "text/tab-separated-values": "tsv", "application/sparql-results+json": "json", "application/sparql-results+xml": "xml" };
    link.download = `answer.${suffix[(reply.headers.get("Content-Type") ?? "").split(";")[0]] ?? "ttl"}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  document.getElementById("run").addEventListener("click", run);
  document.getElementById("download").addEventListener("click", download);
  document.getElementById("example").addEventListener("change", (event) => {
    const example = examples[event.target.value];
    if (example) yasqe.setValue(declared(example.text));
  });
  document.getElementById("share").addEventListener("click", () => {
    history.replaceState(null, "", `/query?query=${encodeURIComponent(yasqe.getValue())}`);
    status.textContent = "The address of this page holds the query now";
  });
  window.editor = yasqe;
}
