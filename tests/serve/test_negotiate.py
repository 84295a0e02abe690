"""Which representation an Accept header asks for."""

from __future__ import annotations

import pytest

from kg.serve.negotiate import best

OFFERS = ["text/html", "text/turtle", "application/ld+json"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle", "text/turtle"),
        ('application/ld+json;profile="x"', "application/ld+json"),
        ("text/html;q=0.5, text/turtle", "text/turtle"),
        ("text/*;q=0.3, text/html;q=0.1, */*;q=0.2", "text/turtle"),
        ("*/*, text/html;q=0", "text/turtle"),
        ("text/turtle;q=0", None),
        ("image/png", None),
        ("image/png, */*;q=0.1", "text/html"),
        ("text/turtle;q=x", None),
        ("text/turtle;q=2", None),
        ("nonsense, text/turtle", "text/turtle"),
        (",,;;q", None),
    ],
)
def test_the_best_offer(accept: str | None, chosen: str | None) -> None:
    assert best(accept, OFFERS) == chosen
