"""Offices over time, from what single articles say of them."""

from __future__ import annotations

import itertools

import pytest

from kg.model import Article, Claim, Entity, Evidence, Mention, Office, Span, When
from kg.resolve import resolve
from kg.resolve.records import Quote, Tenure
from kg.resolve.tenures import Sighting, holds, tenures

COUNTRIES = {"NO": True, "PE": True, "union": False}


def seen(day: int, title: str, of: str | None = None, *, guess: bool = False, **dates: str) -> Sighting:
    quote = Quote(f"{day:02}", Span(0, len(title), title))
    return Sighting(
        title, of, of is not None and not guess, dates.get("start"), dates.get("end"), f"2025-03-{day:02}", quote
    )


def shown(tenure: Tenure) -> str:
    over = " over" if tenure.over else ""
    return f"{tenure.title}, {tenure.of}, {tenure.start or ''}/{tenure.end or ''}{over}, {len(tenure.evidence)}"


@pytest.mark.parametrize(
    ("sightings", "expected"),
    [
        # one office under several titles, with the body of the one that names it
        ([seen(1, "Energy Minister", "NO"), seen(2, "minister"), seen(3, "minister of energy")],
         ["Energy Minister, NO, /, 3"]),
        ([seen(1, "Energy Minister", "PE", guess=True), seen(2, "Energy Minister", "NO")],
         ["Energy Minister, NO, /, 2"]),
        ([seen(1, "Energy Minister", "PE", guess=True)], ["Energy Minister, PE, /, 1"]),
        # what is not the same office
        ([seen(1, "Energy Minister", "NO"), seen(1, "deputy energy minister", "NO")],
         ["deputy energy minister, NO, /, 1", "Energy Minister, NO, /, 1"]),
        ([seen(1, "president", "union"), seen(1, "president", "NO")],
         ["president, NO, /, 1", "president, union, /, 1"]),
        ([seen(1, "chairwoman", "union"), seen(2, "chair", "union")], ["chair, union, /, 2"]),
        # a state's officer is of the country of another office
        ([seen(1, "Energy Minister", "NO"), seen(2, "Prime Minister")],
         ["Energy Minister, NO, /, 1", "Prime Minister, NO, /, 1"]),
        # dates, the more exact and the more frequent first
        ([seen(1, "mayor", "union", start="2020"), seen(2, "mayor", "union", start="2020-05-02")],
         ["mayor, union, 2020-05-02/, 2"]),
        ([seen(1, "mayor", "union", start="2020"), seen(2, "mayor", start="2020"), seen(3, "mayor", start="2021-02")],
         ["mayor, union, 2020/, 3"]),
        ([seen(1, "former mayor", "union", start="2015", end="2019")], ["mayor, union, 2015/2019, 1"]),
        # over: since the last day it was seen held
        ([seen(1, "mayor", "union"), seen(4, "mayor"), seen(6, "former mayor", "union")],
         ["mayor, union, /2025-03-04 over, 3"]),
        ([seen(1, "mayor", "union"), seen(4, "then mayor"), seen(6, "mayor", end="2025-03-03")],
         ["mayor, union, /2025-03-03, 3"]),
        ([seen(1, "ex mayor", "union"), seen(4, "former mayor")], ["mayor, union, / over, 2"]),
        # one article that is wrong does not end an office
        ([seen(1, "mayor", "union"), seen(2, "former mayor"), *(seen(n, "mayor") for n in (3, 4, 5))],
         ["mayor, union, /, 5"]),
    ],
)  # fmt: skip
def test_tenures(sightings: list[Sighting], expected: list[str]) -> None:
    for order in itertools.islice(itertools.permutations(sightings), 24):
        assert [shown(tenure) for tenure in tenures(order, COUNTRIES)] == expected


@pytest.mark.parametrize(
    ("start", "end", "over", "day", "held"),
    [
        (None, None, False, "2025-03-01", True),
        ("2020", None, False, "2020-01-01", True),
        ("2020", None, False, "2019-12-31", False),
        ("2020-05", "2021", False, "2020-04-30", False),
        (None, "2021-06", False, "2021-06-30", True),
        (None, "2021-06", True, "2021-07-01", False),
        (None, None, True, "2021-07-01", False),  # over, nobody knows since when
        (None, None, False, "", False),  # nobody knows when
    ],
)
def test_offices_on_a_day(start: str | None, end: str | None, over: bool, day: str, held: bool) -> None:
    assert holds(Tenure("mayor", None, start, end, (), over), day) is held


def article(day: int, title: str, said_on: str | None = None) -> Evidence:
    """Jo Vik, with a title, says something."""
    body = f"{title} Jo Vik said so."
    at = len(title) + 1
    found = Article(f"{day:02}", body, published=f"2025-03-{day:02}")
    vik = Entity(
        "e1",
        "Person",
        "Jo Vik",
        (Mention(at, at + 6, "Jo Vik", "name"),),
        offices=(Office(title, None, found.span(0, at + 6)),) if title else (),
    )
    told = When("then", said_on) if said_on else None
    whole = found.span(0, len(body))
    return Evidence(found, (vik,), (Claim("c1", "indirect", (whole,), whole, speakers=("e1",), said_on=told),))


def test_a_claim_has_the_offices_its_speaker_held_then() -> None:
    records = [
        article(1, "Energy Minister"),
        article(3, "Energy Minister"),
        article(5, "former energy minister"),
        article(6, "Prime Minister"),
        article(7, "", "2025-03-02"),
        article(8, "", "2025-03-01/2025-03-31"),
    ]
    synthesis = resolve(records)
    (vik,) = synthesis.entities
    held = [[vik.offices[n].title for _, n in claim.offices] for claim in synthesis.claims]
    assert held == [["Energy Minister", "Prime Minister"]] * 2 + [["Prime Minister"]] * 2 + [
        ["Energy Minister", "Prime Minister"],
        ["Prime Minister"],
    ]
