"""The pages of things: what they show, how they lead to each other, and the same as data."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from rdflib import Graph, Literal, URIRef
from samples import REPLY, TALKS, sample_evidence
from served import Served, make_store, start

from kg.assemble import PREFIXES, Minter
from kg.serve.pages import web, when
from kg.serve.urls import iri_of, path_of

MINT = Minter()
HTML = "text/html"
TALKS_PAGE = f"/article/{TALKS.id}"
LEDGER = "/outlet/The%2520Northern%2520Ledger"


def claim_pages(number: int = 0) -> list[str]:
    evidence = sample_evidence()[number]
    return [str(path_of(str(iri), "urn:kg:")) for iri in MINT.claims(evidence).values()]


def page(served: Served, path: str) -> str:
    reply = served.ask(path, Accept=HTML)
    assert (reply.status, reply.media_type) == (200, HTML), reply.text
    return reply.text


def seen(html: str) -> str:
    """The text of a page, as a reader sees it."""
    import html as entities

    body = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", html, flags=re.DOTALL)
    return " ".join(entities.unescape(re.sub(r"<[^>]+>", "", body)).split())


def person(served: Served, name: str) -> str:
    found = served.explore("search", name, 1)["nodes"][0]["id"]
    return str(path_of(found, "urn:kg:"))


def test_a_persons_page(sample: Served) -> None:
    text = seen(page(sample, person(sample, "Arnarson")))
    for part in ("Jón Arnarson", "foreign minister", "2 January 2024", "believes about Iceland and Ingrid Solvang",
                 "Harbour Dispatch", "6 March 2025", "Named in 1 article", "Identifier: urn:kg:entity:"):  # fmt: skip
        assert part in text, part


def test_a_countrys_page(sample: Served) -> None:
    text = seen(page(sample, "/country/IS"))
    for part in ("Country Iceland", "Office holders", "Is spoken about", "http://www.wikidata.org/entity/Q189"):
        assert part in text, part


def test_a_claims_page(sample: Served) -> None:
    html = page(sample, claim_pages()[3])
    text = seen(html)
    assert "A senior official warns" in text
    assert '<mark class="source">A senior official</mark> <mark class="cue">warned</mark>' in html
    for part in (
        "“We have never promised Iceland",
        "possible",
        "indirect speech",
        "confidence 71 %",
        "Read it in the whole",
    ):
        assert part in text, part


def test_an_articles_page_has_the_whole_text_with_all_claims(sample: Served) -> None:
    html = page(sample, TALKS_PAGE)
    (shown,) = re.findall(r'<div class="text"[^>]*>(.*?)</div>', html, re.DOTALL)
    numbers = re.findall(r'<a class="count"[^>]*>(\d+)</a>', shown)
    assert numbers == [str(n) for n in range(1, 8)]
    assert seen(re.sub(r'<a class="count".*?</a>', "", shown)) == " ".join(TALKS.body.split())
    assert '<mark class="content deep">Iceland’s fleet a threat</mark>' in shown
    for path in claim_pages():
        assert f'href="{path}"' in html


def test_an_outlets_page(sample: Served) -> None:
    html = page(sample, LEDGER)
    text = seen(html)
    for part in ("Outlet The Northern Ledger", "Articles 1", "7 claims", "Quotes most Ingrid Solvang", "denies 1×"):
        assert part in text, part
    assert f'href="{TALKS_PAGE}"' in html
    assert f'href="{LEDGER}"' in page(sample, TALKS_PAGE)


def test_two_reports_side_by_side(sample: Served) -> None:
    first, second = (str(next(iter(MINT.claims(sample_evidence()[n]).values()))) for n in (0, 1))
    html = page(sample, f"/compare?a={quote(first)}&b={quote(second)}")
    assert "The Northern Ledger and Harbour Dispatch" in seen(html)
    assert '<mark class="content own">Norway would keep its promises</mark>' in html
    assert sample.ask("/compare?a=urn:kg:x&b=urn:kg:y").status == 404


def test_a_statement_with_its_reports(tmp_path: Path) -> None:
    talks = next(e for e in sample_evidence() if e.article.path == "talks.md")
    paper = replace(talks.article, path="copy.md", url=None, outlet="The Copy", published="2025-03-05")
    served = start(
        make_store(tmp_path / "store", [talks, replace(talks, article=paper)]), tmp_path / "judgements.jsonl"
    )
    try:
        (found, *_) = (
            address for path in claim_pages() for address in re.findall(r'href="(/group/[^"]+)"', page(served, path))
        )
        html = page(served, found)
        for part in ("2 claims, 1 independent report", "The Northern Ledger", "The Copy", "Beside the first report"):
            assert part in seen(html), part
        (beside,) = re.findall(r'href="(/compare[^"]+)"', html)
        assert "The Northern Ledger and The Copy" in seen(page(served, beside.replace("&amp;", "&")))
        assert served.ask("/group/none").status == 404
    finally:
        served.stop()


def test_search_finds_names_claims_and_articles(sample: Served) -> None:
    text = seen(page(sample, "/search?q=norw+fish"))
    assert "Articles 2" in text
    assert "Norway and Iceland trade words over quotas" in text
    text = seen(page(sample, "/search?q=S%C3%96LVANG"))
    assert "Names 2 Ingrid Solvang" in text
    assert "Claims" in text
    assert "Nothing has all these words" in seen(page(sample, "/search?q=zebra"))
    assert "Search names, claims and whole articles" in seen(page(sample, "/search"))
    for words in ('"', "*", "NEAR(", "a AND", "name:x", "-", "\0", "^", "(" * 300, "é" * 1000):
        assert page(sample, f"/search?q={quote(words)}")


def test_every_link_of_the_pages_leads_somewhere(sample: Served) -> None:
    waiting, known = ["/country/IS"], set[str]()
    while waiting:
        path = waiting.pop()
        if path in known:
            continue
        known.add(path)
        html = page(sample, path)
        local = (found.partition("#")[0] for found in re.findall(r'href="(/[^"]*)"', html))
        waiting += [found for found in local if found not in ("/", "/query") and not found.startswith("/assets/")]
    kinds = {path.split("/")[1] for path in known}
    assert kinds == {"country", "entity", "claim", "article", "outlet", "judgements"}
    assert len([path for path in known if path.startswith("/claim/")]) == 13


@pytest.mark.parametrize(
    ("path", "iri", "property", "value"),
    [
        ("/country/IS", "urn:kg:country:IS", "skos:prefLabel", "Iceland"),
        (TALKS_PAGE, str(MINT.article(TALKS)), "schema:headline", TALKS.title),
        (claim_pages()[3], str(list(MINT.claims(sample_evidence()[0]).values())[3]), "kg:act", "warning"),
        (LEDGER, "urn:kg:outlet:The%20Northern%20Ledger", "skos:prefLabel", "The Northern Ledger"),
    ],
)
@pytest.mark.parametrize(
    ("accept", "format", "name"),
    [("text/turtle", "turtle", "turtle"), ("application/ld+json", "json-ld", "jsonld"),
     ("application/n-triples", "nt", "ntriples"), ("application/rdf+xml", "xml", "rdfxml")],
)  # fmt: skip
def test_the_same_as_data(
    path: str, iri: str, property: str, value: str, accept: str, format: str, name: str, sample: Served
) -> None:
    reply = sample.ask(path, Accept=accept)
    assert (reply.status, reply.media_type, reply.headers["vary"]) == (200, accept, "Accept")
    prefix, _, local = property.partition(":")
    graph = Graph().parse(data=reply.body, format=format)
    assert graph.value(URIRef(iri), URIRef(PREFIXES[prefix] + local)) == Literal(value)
    assert sample.ask(f"{path}?format={name}", Accept=HTML).body == reply.body
    assert f'<?format={name}>; rel="alternate"; type="{accept}"' in reply.headers["link"]


def test_the_description_of_a_claim_is_whole(sample: Served) -> None:
    iri = next(iter(MINT.claims(sample_evidence()[0]).values()))
    graph = Graph().parse(data=sample.ask(claim_pages()[0], Accept="text/turtle").body, format="turtle")
    rows = graph.query(
        "SELECT ?words ?start ?who { ?claim kg:source/oa:hasSelector ?s . ?s oa:exact ?words ; oa:start ?start . "
        "?claim kg:speaker/skos:prefLabel ?who }",
        initBindings={"claim": iri}, initNs=PREFIXES,
    )  # fmt: skip
    assert [tuple(map(str, row)) for row in rows] == [
        ("Norwegian Trade Minister Ingrid Solvang", "0", "Ingrid Solvang")
    ]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "path",
    ["/entity/nobody", "/claim/a/b", "/article/x", "/outlet/x", "/country/XX", "/outlet/%00", "/entity/%3E%20%7B",
     "/resource?iri=urn:x", "/resource", "/entity/" + "x" * 3000],
)  # fmt: skip
@pytest.mark.parametrize("accept", [HTML, "text/turtle", "*/*"])
def test_what_is_not_there(path: str, accept: str, sample: Served) -> None:
    reply = sample.ask(path, Accept=accept)
    assert reply.status == 404
    assert reply.media_type == (HTML if accept == HTML else "text/plain")


def test_what_cannot_be_had_as_is_wanted(sample: Served) -> None:
    assert sample.ask("/country/IS", Accept="image/png").status == 406
    assert sample.ask(f"/resource?iri={quote(str(MINT.article(REPLY)))}").headers["location"] == f"/article/{REPLY.id}"


@pytest.mark.parametrize(
    ("iri", "base", "path"),
    [
        ("urn:kg:country:IS", "urn:kg:", "/country/IS"),
        ("urn:kg:claim:a:b", "urn:kg:", "/claim/a/b"),
        ("urn:kg:outlet:The%20Ledger%2FX", "urn:kg:", "/outlet/The%2520Ledger%252FX"),
        ("https://x.example/kg/claim/a/b", "https://x.example/kg/", "/claim/a/b"),
    ],
)
def test_addresses(iri: str, base: str, path: str) -> None:
    from urllib.parse import unquote

    assert path_of(iri, base) == path
    assert iri_of(unquote(path)[1:], base) == iri


@pytest.mark.parametrize(
    "iri", ["urn:kg:claim:a", "urn:kg:mention:a", "urn:other:country:IS", "urn:kg:article:a#char=1,2"]
)
def test_what_has_no_page_has_no_address(iri: str) -> None:
    assert path_of(iri, "urn:kg:") is None


@pytest.mark.parametrize(
    ("iso", "told"),
    [("2025-03-04", "4 March 2025"), ("2025-03-06T08:30:00+00:00", "6 March 2025"), ("2025-03", "2025-03"),
     ("2025-01-01/2025-01-31", "1 January 2025 to 31 January 2025"), ("2025-13-45", "2025-13-45"), ("", ""),
     ("2025-03-04/2025-03-04", "4 March 2025")],
)  # fmt: skip
def test_dates_for_people(iso: str, told: str) -> None:
    assert when(iso) == told


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://a.example/x", "a.example"), ("http://a.example", "a.example"), ("javascript:alert(1)", ""),
     ("data:text/html,x", ""), ("//a.example", ""), ("https://[bad", ""), ("JAVASCRIPT:x", ""), (" javascript:x", "")],
)  # fmt: skip
def test_only_addresses_of_the_web_become_links(url: str, host: str) -> None:
    assert web(url) == host
