"""How the page fares with 10,000 names and 30,000 claims, in Chromium without a graphics card: prints its figures.

    python tests/view/benchmark.py [--names 10000] [--claims 30000] [--drawn 500]

Not a test: times depend on the machine. The graph is invented, with a few much quoted speakers and many who are named
once, as in news.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from kg.view.model import VERBS, Article, Claim, Node, Segment, View, view
from kg.view.render import render

TYPES = (("Person", 0.6), ("Organisation", 0.25), ("Place", 0.13), ("Country", 0.02))
FRAMES = 90
MEASURE = """async ([frames, zoom]) => {
  const { view } = kg;
  const start = view.getViewPosition(), scale = view.getScale();
  const next = () => new Promise(requestAnimationFrame);
  const times = [];
  await next();
  for (let i = 0; i < frames; i += 1) {
    const begun = performance.now();
    const turn = Math.sin((2 * Math.PI * i) / frames);
    if (zoom) view.moveTo({ scale: scale * (1 + 0.6 * turn), animation: false });
    else view.moveTo({ position: { x: start.x + (300 * turn) / scale, y: start.y + (150 * turn) / scale },
      animation: false });
    await next();
    times.push(performance.now() - begun);
  }
  view.moveTo({ position: start, scale, animation: false });
  times.sort((a, b) => a - b);
  return { mean: (1000 * frames) / times.reduce((sum, t) => sum + t, 0),
    slowest: 1000 / times[Math.floor(0.95 * frames)] };
}"""
"""Frames a second while the picture is moved or zoomed with every frame: on average, and of the slowest twentieth."""


def crowd(names: int, claims: int) -> View:
    """A graph of this size: who speaks and who is spoken about are drawn by Zipf's law, words from a list of 4,000."""
    rng = random.Random(7)
    syllables = "ba de fi go lu ma ne po ri su ta vo ka le mi no".split()
    words = ["".join(rng.choices(syllables, k=rng.randint(1, 4))) for _ in range(4000)]
    ranks = [1 / (i + 1) ** 0.5 for i in range(len(words))]
    kinds = rng.choices([t for t, _ in TYPES], [w for _, w in TYPES], k=names)

    def name(i: int) -> str:
        return " ".join(w.capitalize() for w in rng.choices(words, k=2 if kinds[i] == "Person" else rng.randint(1, 4)))

    nodes = [Node(f"urn:kg:entity:{i:016x}", kinds[i], name(i)) for i in range(names)]  # type: ignore[arg-type]
    articles = [
        Article(f"urn:kg:article:{i:016x}", f"Headline {i}", f"Outlet {i % 40}",
                f"2025-{i % 12 + 1:02}-{i % 28 + 1:02}", f"https://news.example/{i}")
        for i in range(claims // 8)
    ]  # fmt: skip
    people = [n.iri for n in nodes if n.type == "Person"]
    speaks = [1 / (i + 1) ** 0.8 for i in range(len(people))]
    spoken = [1 / (i + 1) ** 0.6 for i in range(names)]
    acts, modalities = list(VERBS), ("asserted", "possible", "necessary", "intended")
    text = iter(rng.choices(words, ranks, k=claims * 24))
    speakers = rng.choices(people, speaks, k=claims)
    subjects = rng.choices(nodes, spoken, k=3 * claims)

    def claim(i: int) -> Claim:
        about = tuple(dict.fromkeys(n.iri for n in subjects[3 * i : 3 * i + (i * 7) % 4]))
        known = i % 12 > 0
        parts = (Segment(" ".join(next(text) for _ in range(3)), "source"), Segment(" said ", "cue"),
                 Segment(" ".join(next(text) for _ in range(20)), "content"), Segment("."))  # fmt: skip
        return Claim(
            f"urn:kg:claim:{rng.getrandbits(64):016x}", articles[i % len(articles)].iri, i, parts,
            ("indirect", "direct", "mixed")[i % 3], acts[i * i % len(acts)] if i % 2 else "statement",  # type: ignore[arg-type]
            "negative" if i % 7 == 0 else "positive", modalities[i % 4], (speakers[i],) if known else (),  # type: ignore[arg-type]
            parts[0].text, about, confidence=0.5 + i % 50 / 100,
        )  # fmt: skip

    return view(nodes, map(claim, range(claims)), articles)


def measure(html: Path, drawn: int) -> dict[str, Any]:
    """Opens the page and uses it. Times in seconds; frames a second while it is moved and zoomed."""
    sys.path.insert(0, str(Path(__file__).parent.parent))  # the tests' own helpers
    from chromium import launched

    figures: dict[str, Any] = {}

    def timed(what: str, since: float) -> None:
        figures[what] = round(time.perf_counter() - since, 2)

    with launched() as browser:
        tab = browser.new_page(viewport={"width": 1280, "height": 800})
        tools = tab.context.new_cdp_session(tab)
        tools.send("Performance.enable")

        def busy() -> float:
            """CPU time of the page's process: on a machine with other work, times by the clock say little."""
            metrics = {m["name"]: m["value"] for m in tools.send("Performance.getMetrics")["metrics"]}
            return float(metrics["ProcessTime"])

        began = time.perf_counter()
        tab.goto(html.as_uri())
        tab.wait_for_function("() => window.kg")
        timed("open, s", began)
        figures["open, CPU s"] = round(busy(), 2)
        began = time.perf_counter()
        tab.fill("#search", "ba")
        tab.wait_for_selector("#found [role=option]")
        timed("first search, s", began)
        began = time.perf_counter()
        tab.fill("#search", "bade")
        tab.wait_for_function("() => document.querySelector('#found .group')")
        timed("next search, s", began)
        tab.keyboard.press("Escape")
        began = time.perf_counter()
        tab.evaluate("kg.choose({ node: kg.scene().nodes.toSorted((a, b) => b.claims - a.claims)[0].id })")
        timed("most connected name, s", began)
        began = time.perf_counter()
        tab.evaluate("kg.state.filter({ polarity: 'negative' }); kg.settled()")
        tab.evaluate("kg.settled()")
        timed("filter, s", began)
        tab.evaluate("kg.state.filter({ polarity: null }); kg.choose(null)")
        for most in (drawn, 1000):
            began = time.perf_counter()
            tab.evaluate("most => { kg.state.change({ most }); return kg.settled(); }", most)
            timed(f"draw {most}, s", began)
            tab.wait_for_timeout(300)
            nodes, edges = tab.evaluate("[kg.scene().nodes.length, kg.scene().edges.length]")
            figures[f"drawn of {most}"] = f"{nodes} nodes, {edges} edges"
            for what, zoom in (("pan", False), ("zoom", True)):
                before = busy()
                found = tab.evaluate(MEASURE, [FRAMES, zoom])
                figures[f"{what} at {most}, frames/s"] = f"{found['mean']:.0f} (slowest 5 %: {found['slowest']:.0f})"
                figures[f"{what} at {most}, CPU/frame"] = f"{1000 * (busy() - before) / FRAMES:.0f} ms"
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=10_000)
    parser.add_argument("--claims", type=int, default=30_000)
    parser.add_argument("--drawn", type=int, default=500)
    asked = parser.parse_args()
    shown = crowd(asked.names, asked.claims)
    began = time.perf_counter()
    html = render(shown)
    figures = {
        "nodes": f"{len(shown.nodes):,}, of them {asked.names:,} named", "edges": f"{len(shown.edges):,}",
        "claims": f"{len(shown.claims):,}", "written, s": round(time.perf_counter() - began, 1),
        "file, MB": round(len(html.encode()) / 1e6, 1),
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.html"
        file.write_text(html, "utf-8")
        figures |= measure(file, asked.drawn)
    for what, value in figures.items():
        print(f"{what:28} {value}")


if __name__ == "__main__":
    main()
