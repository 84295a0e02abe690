"""Load on a running `kg serve`: many clients for a while, with ten runaway queries among them. Prints figures.

    kg serve --port 8000 &
    python tests/serve/benchmark.py http://127.0.0.1:8000 [CLIENTS=50] [SECONDS=60]

Each client asks a query or a page, waits a moment as a person does, and asks again. Every answer is compared with the
first one to the same request, which was asked before there was any load.
"""

from __future__ import annotations

import http.client
import random
import sys
import threading
import time
from urllib.parse import quote, urlsplit

PAUSE = 1.0
"""Seconds a client waits between two requests, on average."""
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?c) != STR(?l)) }"
QUERIES = [
    f"SELECT ?name (COUNT(?c) AS ?n) {{ ?c kg:act '{act}' ; kg:speaker/skos:prefLabel ?name }} "
    "GROUP BY ?name ORDER BY ?name"
    for act in ("statement", "denial", "question", "warning", "belief")
]  # fmt: skip
PATHS = [*(f"/sparql?query={quote(query)}" for query in QUERIES), "/explore/summary", "/search?q=said", "/country/UA"]


def ask(host: str, path: str) -> tuple[int, bytes]:
    line = http.client.HTTPConnection(host, timeout=120)
    try:
        line.request(
            "GET", path, headers={"Accept": "text/html;q=0.5, application/sparql-results+json, application/json"}
        )
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def main(url: str, clients: int = 50, seconds: int = 60) -> None:
    host = urlsplit(url).netloc
    right = {path: ask(host, path) for path in PATHS}
    until = time.monotonic() + seconds
    times: list[float] = []
    wrong: list[tuple[str, int]] = []
    busy = [0]
    runaways: list[tuple[int, float]] = []

    def client(seed: int) -> None:
        chance = random.Random(seed)
        time.sleep(chance.random() * PAUSE)
        while time.monotonic() < until:
            path = chance.choice(PATHS)
            start = time.monotonic()
            answer = ask(host, path)
            times.append(time.monotonic() - start)
            if answer[0] == 503:
                busy[0] += 1
            elif answer != right[path]:
                wrong.append((path, answer[0]))
            time.sleep(chance.random() * 2 * PAUSE)

    def runaway(number: int) -> None:
        time.sleep(number * seconds / 12)
        start = time.monotonic()
        runaways.append((ask(host, f"/sparql?query={quote(RUNAWAY)}")[0], time.monotonic() - start))

    threads = [threading.Thread(target=client, args=(n,)) for n in range(clients)]
    threads += [threading.Thread(target=runaway, args=(n,)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ranked = sorted(times)
    print(f"{len(times)} requests of {clients} clients in {seconds} s; {len(wrong)} wrong, {busy[0]} turned away")
    for percent in (50, 95, 99):
        print(f"p{percent}: {1000 * ranked[min(len(ranked) - 1, len(ranked) * percent // 100)]:.0f} ms")
    print("runaways:", ", ".join(f"{status} after {took:.1f} s" for status, took in runaways))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
