"""Queries that would run for ever, or take all memory, are stopped; those beside them get right answers meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from samples import sample_evidence
from served import Reply, Served, make_store, start

from kg.serve.sparql import CUT, ROW_LIMIT

# Joins without anything in common: about 600 to the power of four rows, one after another.
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?c) != STR(?l)) }"
# All of them at once, and long.
GLUTTON = "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f), STR(?i))) AS ?all) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
QUICK = "SELECT (COUNT(?claim) AS ?n) {{ ?claim a kg:Claim ; kg:confidence ?c FILTER(?c >= 0.{0:02}) }}"


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with tight limits."""
    folder = tmp_path_factory.mktemp("strict")
    store = make_store(folder / "store", sample_evidence())
    served = start(
        store, folder / "judgements.jsonl", "--time-limit", "4", "--memory-limit", "96", "--row-limit", "20"
    )  # fmt: skip
    yield served
    assert served.stop() == 0


def expected(percent: int) -> int:
    return sum(claim.confidence >= percent / 100 for record in sample_evidence() for claim in record.claims)


def test_a_runaway_query_is_stopped_in_time(strict: Served) -> None:
    start = time.monotonic()
    reply = strict.query(RUNAWAY)
    assert (reply.status, "stopped after 4 seconds" in reply.text) == (503, True)
    assert int(reply.headers["retry-after"]) > 0
    assert 3.5 < time.monotonic() - start < 30


def test_a_query_that_takes_all_memory_is_stopped(strict: Served) -> None:
    reply = strict.query(GLUTTON)
    assert reply.status == 503, reply.text
    assert int(reply.headers["retry-after"]) > 0
    assert strict.query("ASK { ?s a kg:Claim }").json["boolean"] is True


def test_short_queries_go_on_beside_runaways(strict: Served) -> None:
    wrong: list[Reply] = []
    stop = threading.Event()

    def short(number: int) -> int:
        asked = 0
        while not stop.is_set():
            percent = (7 * number + 13 * asked) % 100
            reply = strict.query(QUICK.format(percent))
            if reply.status != 200 or int(reply.json["results"]["bindings"][0]["n"]["value"]) != expected(percent):
                wrong.append(reply)
            asked += 1
        return asked

    with ThreadPoolExecutor(16) as pool:
        shorts = [pool.submit(short, number) for number in range(8)]
        runaways = [pool.submit(strict.query, RUNAWAY) for _ in range(6)]
        replies = [one.result() for one in runaways]
        stop.set()
        asked = [one.result() for one in shorts]
    assert wrong == []
    assert min(asked) > 1
    assert [reply.status for reply in replies] == [503] * 6
    told = [reply.text for reply in replies]
    assert any("stopped after 4 seconds" in text for text in told)  # at most four at a time
    assert any("long queries are running already" in text for text in told)


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv",
                                    "text/tab-separated-values"])  # fmt: skip
def test_the_row_limit_is_stated(accept: str, strict: Served) -> None:
    whole = strict.query("SELECT ?s { ?s a kg:Claim }", accept)
    assert (whole.headers[ROW_LIMIT.lower()], CUT.lower() in whole.headers) == ("20", False)
    cut = strict.query("SELECT ?s { ?s ?p ?o }", accept)
    assert (cut.status, cut.headers[CUT.lower()]) == (200, "true")
    if "json" in accept:
        assert cut.json["head"]["link"] == ["urn:kg:row-limit-reached:20"]
        assert len(cut.json["results"]["bindings"]) == 20
    elif "xml" in accept:
        assert '<link href="urn:kg:row-limit-reached:20"/></head>' in cut.text
    else:
        assert len(cut.text.splitlines()) == 21


def test_the_limit_of_triples_is_stated(strict: Served) -> None:
    cut = strict.query("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples")
    assert (cut.headers[CUT.lower()], len(cut.text.splitlines())) == ("true", 20)
    exactly = strict.query("CONSTRUCT { ?s a kg:Claim } WHERE { ?s a kg:Claim }", "application/n-triples")
    assert (CUT.lower() in exactly.headers, len(exactly.text.splitlines())) == (False, 13)


def test_workers_end_with_the_server(tmp_path: Path) -> None:
    import os

    served = start(make_store(tmp_path / "store", sample_evidence()), tmp_path / "judgements.jsonl")

    def cut_off() -> None:
        with suppress(OSError):
            served.query(RUNAWAY)

    threading.Thread(target=cut_off, daemon=True).start()
    time.sleep(1)
    own = children(served.process.pid)
    assert len(own) >= 4
    assert served.stop() == 0
    for _ in range(100):
        alive = [pid for pid in own if os.path.exists(f"/proc/{pid}")]
        if not alive:
            break
        time.sleep(0.1)
    assert alive == []


def children(pid: int) -> list[int]:
    """The processes below a process."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *children(int(child))]
    return found
