"""Who may ask, what comes back with every answer, and what a form of another site cannot do."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from served import FORM, Served

from kg.serve.shield import _name


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example:8000", "",
             "127.0.0.2", "127.0.0.1:x", "[::1", "user@127.0.0.1"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/sparql?query=ASK%7B%7D", "/judge/hide", "/assets/page.css"])
def test_other_hosts_are_turned_away(host: str, path: str, sample: Served) -> None:
    reply = sample.ask(path, "POST" if "judge" in path else "GET", Host=host)
    assert reply.status == 421
    assert "access-control-allow-origin" not in reply.headers


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:1", "LOCALHOST", "[::1]:8000", "[::1]"])
def test_own_names_are_answered(host: str, sample: Served) -> None:
    assert sample.ask("/assets/page.css", Host=host).status == 200


@pytest.mark.parametrize(
    ("host", "name"),
    [("a:80", "a"), ("a", "a"), ("[::1]:80", "[::1]"), ("[::1]", "[::1]"), ("a:b", "a:b"), ("", ""), ("a:", "a:")],
)
def test_the_name_in_a_host_header(host: str, name: str) -> None:
    assert _name(host) == name


@pytest.mark.parametrize(
    "path", ["/", "/query", "/search?q=norway", "/sparql?query=ASK%7B%7D", "/explore/summary", "/assets/serve.css",
             "/nothing", "/judgements", "/country/IS"],
)  # fmt: skip
def test_headers_of_every_answer(path: str, sample: Served) -> None:
    headers = sample.ask(path, Accept="text/html, */*").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe-eval" not in headers["content-security-policy"]
    assert not re.search(r"script-src[^;]*(unsafe-inline|http|\*)", headers["content-security-policy"])
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


def test_the_explorers_own_policy_stands_in_the_page(sample: Served) -> None:
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', sample.ask("/").text)
    assert "default-src &#39;none&#39;" in policy
    assert "connect-src &#39;self&#39;" in policy
    assert "unsafe" not in policy


def token(served: Served) -> str:
    (found,) = set(re.findall(r'name="token" value="([^"]+)"', served.ask("/country/IS", Accept="text/html").text))
    return found


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_forms_of_other_sites_are_refused_even_with_the_token(headers: dict[str, str], sample: Served) -> None:
    body = urlencode({"token": token(sample), "claim": "urn:kg:claim:x"})
    reply = sample.ask("/judge/hide", "POST", body, **FORM, **headers)
    assert (reply.status, "own pages alone" in reply.text) == (403, True)
    assert not sample.ledger.exists()


@pytest.mark.parametrize("given", ["", "guess", "ü", "x" * 43])
def test_forms_without_the_token_are_refused(given: str, sample: Served) -> None:
    body = urlencode({"token": given, "claim": "urn:kg:claim:x"})
    assert sample.ask("/judge/hide", "POST", body, **FORM).status == 403
    assert sample.ask("/judge/hide", "POST", b"\xff\xfe", **FORM).status == 403
    assert sample.ask("/judge/hide", "GET").status == 405
    assert not sample.ledger.exists()


@pytest.mark.parametrize(
    "path", ["/assets/../app.py", "/assets/%2e%2e/app.py", "/assets/..%2fapp.py", "/assets/yasgui/LICENSE", "/docs",
             "/redoc", "/openapi.json", "/static/x", "/entity/a/b", "/claim/x", "/entity/"],
)  # fmt: skip
def test_nothing_else_is_served(path: str, sample: Served) -> None:
    assert sample.ask(path).status == 404
