"""Judgements from the pages: they land in the ledger, and the graph that is served follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from samples import TALKS, sample_evidence
from served import FORM, Reply, Served, make_store, start

from kg.assemble import Minter
from kg.judge import Hide, Pair, Speaker, Undo, read_ledger

MINT = Minter()
CLAIMS = {key: str(iri) for key, iri in MINT.claims(sample_evidence()[0]).items()}


@pytest.fixture
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of its own, since these change what is served."""
    folder = tmp_path_factory.mktemp("judged")
    served = start(make_store(folder / "store", sample_evidence()), folder / "judgements.jsonl", "--author", "Ann")
    yield served
    served.stop()


def post(served: Served, decision: str, **fields: str) -> Reply:
    page = served.ask("/country/IS", Accept="text/html").text
    token = re.findall(r'name="token" value="([^"]+)"', page)[0]
    headers = {**FORM, "Origin": served.url.rstrip("/"), "Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
    return served.ask(f"/judge/{decision}", "POST", urlencode({"token": token, **fields}), **headers)


def entity(served: Served, name: str) -> dict[str, object]:
    found: dict[str, object] = served.explore("search", name, 1)["nodes"][0]
    return found


def test_a_day_of_judging(judged: Served) -> None:
    warning = CLAIMS["c4"]
    path = f"/claim/{TALKS.id}/{warning.rpartition(':')[2]}"

    # Hidden: it leaves the pages, and SPARQL; the ledger says who did it and why.
    reply = post(judged, "hide", claim=warning, reason="a rumour <b>only</b>")
    assert reply.status == 303, reply.text
    (hidden,) = read_ledger(judged.ledger)
    assert (type(hidden.decision), hidden.author, hidden.reason) == (Hide, "Ann", "a rumour <b>only</b>")
    assert reply.headers["location"] == f"/judgements?done={hidden.id}"
    listed = judged.ask(reply.headers["location"], Accept="text/html").text
    assert "Written into the ledger" in listed
    assert "a rumour &lt;b&gt;only&lt;/b&gt;" in listed
    assert judged.ask(path, Accept="text/html").status == 404
    assert judged.query(f"ASK {{ <{warning}> a kg:Claim }}").json["boolean"] is False

    # Undone: it is back.
    assert post(judged, "undo", entry=hidden.id).status == 303
    assert isinstance(read_ledger(judged.ledger)[-1].decision, Undo)
    assert judged.ask(path, Accept="text/html").status == 200

    # Somebody else said it.
    assert post(judged, "speaker", claim=warning, other="Jón Arnarson").status == 303
    assert isinstance(read_ledger(judged.ledger)[-1].decision, Speaker)
    assert 'Jón Arnarson</bdi></a> <b class="act">warns</b>' in judged.ask(path, Accept="text/html").text
    assert post(judged, "speaker", claim=warning, nobody="yes").status == 303
    assert "A senior official" in judged.ask(path, Accept="text/html").text


def test_the_same_and_different(judged: Served) -> None:
    arnarson, solvang = entity(judged, "Arnarson"), entity(judged, "Ingrid")
    assert post(judged, "same", one=str(arnarson["id"]), other="Petter Solvang").status == 303
    pair = read_ledger(judged.ledger)[0].decision
    assert (type(pair), pair.relation) == (Pair, "same")  # type: ignore[union-attr]
    one = judged.explore("search", "Petter", 5)["nodes"]
    assert [node["id"] for node in one] == [node["id"] for node in judged.explore("search", "Arnarson", 5)["nodes"]]

    # The page of a person offers their first mention in each article.
    page = judged.ask("/entity/" + str(solvang["id"]).rpartition(":")[2], Accept="text/html").text
    mentions = list(dict.fromkeys(re.findall(r'<option value="([^"]+)"', page)))
    assert len(mentions) == 2
    assert post(judged, "different", one=mentions[0], other=mentions[1]).status == 303
    assert len(judged.explore("search", "Ingrid Solvang", 5)["nodes"]) == 2


def test_what_is_unclear_is_asked_and_not_written(judged: Served) -> None:
    reply = post(judged, "speaker", claim=CLAIMS["c4"], other="Solvang", reason="asked <i>")
    assert reply.status == 409
    for part in ("2 entities are called", "Ingrid Solvang", "Petter Solvang", "Nothing was written", "asked &lt;i&gt;"):
        assert part in reply.text, part
    ids = re.findall(r'name="other" value="([^"]+)"', reply.text)
    assert len(ids) == 2
    assert post(judged, "speaker", claim=CLAIMS["c4"], other="Nobody At All").status == 409
    assert post(judged, "speaker", claim="urn:kg:claim:x", other="Jón Arnarson").status == 409
    assert post(judged, "hide").status == 409
    assert post(judged, "undo", entry="0123").status == 409
    assert post(judged, "same", one=ids[0], other=ids[0]).status == 409
    assert post(judged, "dance", claim=CLAIMS["c4"]).status == 409
    assert not judged.ledger.exists()
    assert post(judged, "speaker", claim=CLAIMS["c4"], other=ids[0]).status == 303


def test_a_store_that_is_built_anew_is_served_anew(judged: Served) -> None:
    import time

    def count() -> int:
        return int(
            judged.query("SELECT (COUNT(*) AS ?n) { ?a a schema:NewsArticle }").json["results"]["bindings"][0]["n"][
                "value"
            ]
        )

    assert count() == 3
    make_store(judged.folder, sample_evidence()[:1])
    until = time.monotonic() + 60
    while count() != 1 and time.monotonic() < until:
        time.sleep(0.2)
    assert count() == 1
    assert judged.ask(f"/article/{quote(sample_evidence()[1].article.id)}", Accept="text/html").status == 404
    assert judged.explore("summary")["counts"][0] == ["claims", 7]
