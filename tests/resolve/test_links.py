"""Rows of a list put beside entities: sure where each is the best for the other."""

from __future__ import annotations

import pytest
from test_identity import Named, told

from kg.judge import Rulings
from kg.resolve import Row, matches, named_entities, resolve

RUTTE = Row("http://x.example/1", "Person", ("Marten Rute", "M. Rute"), ("NO",), ("Energy Minister",))
BOARD = Row("http://x.example/2", "Organisation", ("World Sea Board", "WSB"))


@pytest.mark.parametrize(
    ("thing", "rows", "sure"),
    [
        (Named("Marten Rute"), [RUTTE], True),
        (Named("Marten Rute", office="Energy Minister of Norway"), [RUTTE], True),
        (Named("Rute"), [RUTTE], None),  # a surname alone is nobody
        (Named("Marten Rute", office="Senator of Peru"), [RUTTE], None),
        (Named("Marten Ruthe", office="Energy Minister of Norway"), [RUTTE], True),  # sounds alike, and fits
        (Named("Marten Ruthe"), [RUTTE], False),
        (Named("Marten Rute"), [RUTTE, Row("http://x.example/3", "Person", ("Marten Rute",))], False),
        (Named("World Sea Board", "Organisation"), [BOARD, RUTTE], True),
        (Named("WSB", "Organisation"), [BOARD], True),
        (Named("World Tea Board", "Organisation"), [BOARD], None),
        (Named("Marten Rute", "Organisation"), [RUTTE], None),
        (Named("Oslo", "Place"), [Row("http://x.example/4", "Place", ("Oslo",))], True),
    ],
)
def test_matches(thing: Named, rows: list[Row], sure: bool | None) -> None:
    known = named_entities([told("a", thing, "Norway", "Peru")], Rulings())
    found = [m for m in matches(known, rows) if m.member.entity == "e1"]
    assert [m.sure for m in found] == ([] if sure is None else [sure])
    assert all(m.row is rows[0] for m in found)


def test_of_two_people_of_one_name_the_list_means_the_one_that_fits_or_neither() -> None:
    minister, senator = Named("Marten Rute", office="Energy Minister of Norway"), Named("Marten Rute")
    apart = [told("a", minister, "Norway"), told("b", Named("Marten Rute", office="Senator of Peru"), "Peru", day=2)]
    assert len([e for e in resolve(apart).entities if e.type == "Person"]) == 2
    found = matches(named_entities(apart, Rulings()), [RUTTE])
    assert [(m.member.article, m.sure) for m in found if m.sure] == [("a", True)]
    row = Row("http://x.example/1", "Person", ("Marten Rute",))
    assert not any(m.sure for m in matches(named_entities(apart, Rulings()), [row]))
    assert senator.name == row.names[0]


@pytest.mark.parametrize(
    ("one", "other", "item"),
    [
        ("NATO", "North Atlantic Treaty Organization", "Q7184"),
        ("U.N.", "United Nations", "Q1065"),
        ("the World Health Organisation", "WHO", None),  # "WHO" may be a word in capitals
        ("World Sea Board", "World Sea Board", None),
    ],
)
def test_well_known_organisations_have_an_identity(one: str, other: str, item: str | None) -> None:
    records = [told("a", Named(one, "Organisation")), told("b", Named(other, "Organisation"), day=9, outlet="Post")]
    found = [e for e in resolve(records).entities if e.type == "Organisation"]
    if item is not None:
        assert [e.same_as for e in found] == [(f"http://www.wikidata.org/entity/{item}",)]
    elif one == other:
        assert [e.same_as for e in found] == [()]
