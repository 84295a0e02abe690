// Claims per day as bars, and two sliders that choose the days between.
function makeTimeline(source, summary, app) {
  const holder = byId("timeline");
  const MOST_BARS = 120;
  if (!summary.days || summary.days[0] === summary.days[1]) {
    holder.hidden = true;
    return async () => {};
  }
  const DAY = 86400000;
  const first = Date.parse(summary.days[0]);
  const span = Math.round((Date.parse(summary.days[1]) - first) / DAY);
  const iso = (n) => new Date(first + n * DAY).toISOString().slice(0, 10);
  const at = (day) => Math.round((Date.parse(day) - first) / DAY);
  const wide = Math.max(1, Math.ceil((span + 1) / MOST_BARS)); // days a bar stands for
  const bars = Math.ceil((span + 1) / wide);

  const chart = svg("svg", { viewBox: `0 0 ${bars} 40`, preserveAspectRatio: "none", role: "img" });
  const slider = (name) => el("input", { type: "range", min: 0, max: span, step: 1, "aria-label": name });
  const from = slider("First day");
  const to = slider("Last day");
  const told = el("output", { for: "from-day to-day" });
  from.id = "from-day";
  to.id = "to-day";
  holder.append(el("p", { class: "told" }, el("span", {}, wide === 1 ? "Claims per day" : `Claims per ${wide} days`), told),
    el("div", { class: "bars" }, chart, from, to));

  const chosen = () => [Math.min(Number(from.value), Number(to.value)), Math.max(Number(from.value), Number(to.value))];

  function tell() {
    const [a, b] = chosen();
    for (const input of [from, to]) input.setAttribute("aria-valuetext", when(iso(Number(input.value))));
    told.textContent = a === 0 && b === span ? `${when(iso(0), "short")} to ${when(iso(span), "short")}` : `${when(iso(a), "short")} to ${when(iso(b), "short")} only`;
    [...chart.children].forEach((bar) => {
      const n = Number(bar.dataset.bar) * wide;
      bar.classList.toggle("out", n + wide <= a || n > b);
    });
  }

  const apply = quiet(() => {
    const [a, b] = chosen();
    app.state.filter({ from: a === 0 ? null : iso(a), to: b === span ? null : iso(b) });
  }, 150);
  for (const input of [from, to]) input.addEventListener("input", () => { tell(); apply(); });

  let key = "";
  return async ({ filter }) => {
    const asked = JSON.stringify({ ...filter, from: null, to: null });
    if (asked !== key) {
      key = asked;
      const counts = new Uint32Array(bars);
      for (const [day, n] of await source.days({}, filter)) counts[Math.floor(at(day) / wide)] += n;
      const most = Math.max(1, ...counts);
      chart.replaceChildren(...[...counts].map((n, i) => [n, i]).filter(([n]) => n).map(([n, i]) => {
        const bar = svg("rect", { x: i + 0.08, width: 0.84, y: 40 - (38 * n) / most, height: (38 * n) / most, "data-bar": i });
        bar.append(svg("title", {}, `${when(iso(i * wide))}${wide > 1 ? " and after" : ""}: ${claimsOf(n)}`));
        return bar;
      }));
      const total = counts.reduce((sum, n) => sum + n, 0);
      chart.setAttribute("aria-label", `${claimsOf(total)} from ${when(iso(0))} to ${when(iso(span))}, at most ${most} in a bar`);
    }
    const kept = (day, other) => (day ? Math.min(Math.max(at(day), 0), span) : other);
    if (chosen()[0] !== kept(filter.from, 0) || chosen()[1] !== kept(filter.to, span)) {
      from.value = kept(filter.from, 0);
      to.value = kept(filter.to, span);
    }
    tell();
  };
}
