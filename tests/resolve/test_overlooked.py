"""Each article looked at again with all others in mind."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_identity import Named, told, who

from kg.model import Claim, Entity, Evidence, Mention, Office
from kg.resolve import look_again, resolve

BOARD = Named("World Sea Board", "Organisation")


def saying(path: str, text: str, *things: Named | str) -> Evidence:
    """An article that says this, and names these others."""
    record = told(path, *things)
    return replace(record, article=replace(record.article, body=record.article.body + text))


def added(records: list[Evidence], path: str) -> list[tuple[str, str]]:
    """Type and words of the mentions that the second look adds to an article."""
    before = next(r for r in records if r.article.path == path)
    after = next(r for r in look_again(records) if r.article.path == path)
    known = {m for e in before.entities for m in e.mentions}
    return [(e.type, m.text) for e in after.entities for m in e.mentions if m not in known]


@pytest.mark.parametrize(
    ("named", "text", "found"),
    [
        (BOARD, "She left the World Sea Board today.", "World Sea Board"),
        (Named("TRKB", "Organisation"), "TRKB officials left.", "TRKB"),
        (BOARD, "THE WORLD SEA BOARD LEFT", None),
        (BOARD, "The World Sea Boards left.", None),
        (BOARD, "He runs the Old World Sea Board Museum.", None),  # part of another name
        (Named("Crow", "Organisation"), "She saw the Crow.", None),  # two articles are too few for one word
        (Named("Ann Crow"), "She saw Ann Crow.", None),  # organisations alone are looked for
    ],
)
def test_what_two_articles_name_is_found_in_a_third(named: Named, text: str, found: str | None) -> None:
    records = [told("a", named), told("b", named), saying("c", text, "Chad")]
    assert added(records, "c") == ([("Organisation", found)] if found else [])


def test_a_word_that_no_article_writes_small_is_found_when_three_have_it() -> None:
    named = Named("Borealis", "Organisation")
    records = [told("a", named), told("b", named), told("c", named), saying("d", "He left the Borealis.", "Chad")]
    assert added(records, "d") == [("Organisation", "Borealis")]
    records.append(saying("e", "the borealis shone", "Peru"))
    assert added(records, "d") == []


def test_one_article_tells_a_nickname_to_all() -> None:
    known = Named("World Sea Board", "Organisation", others=("Crow",))
    records = [told("a", known), saying("b", "She left the Crow. Crow feathers lay there.", "Chad")]
    assert added(records, "b") == [("Organisation", "Crow")]
    synthesis = resolve(records)
    (board,) = (e for e in synthesis.entities if e.name == "World Sea Board")
    assert [m.article for m in board.members] == ["a", "b"]
    assert [r.article.path for r in synthesis.revised] == ["b"]


def test_the_one_that_takes_a_name_for_another_sort_is_outvoted() -> None:
    person = [told(path, Named("Eva Holm")) for path in "abc"]
    records = [*person, told("d", Named("Eva Holm", "Place"))]
    assert look_again(records)[3].entities[0].type == "Person"
    assert look_again([*records, told("e", Named("Eva Holm", "Place"))])[3].entities[0].type == "Place"
    namesake = told("d", Named("Eva Holm", "Place"), Named("Bo Holm"))
    assert look_again([*person, namesake])[3].entities[0].type == "Place"


@pytest.mark.parametrize(
    ("name", "pronoun", "expected"),
    [("Ledger", None, "Organisation"), ("Ledger", "he", "Person"), ("Eva Ledger", None, "Person")],
)
def test_an_outlet_that_prints_one_of_the_articles_is_no_person(name: str, pronoun: str | None, expected: str) -> None:
    printed = told("a", "Chad")
    printed = replace(printed, article=replace(printed.article, outlet="The Harbour Ledger"))
    other = told("b", Named(name))
    (person,) = (e for e in other.entities if e.name == name)
    if pronoun:
        mentions = (*person.mentions, Mention(0, len(pronoun), pronoun, "pronoun"))
        other = replace(other, entities=(replace(person, mentions=mentions),))
    (after,) = (e for e in look_again([printed, other])[1].entities if e.name == name)
    assert after.type == expected


def test_claims_follow() -> None:
    record = saying("c", "The World Sea Board said the World Sea Board won.", "Chad")
    article = record.article
    at = article.body.index("The World")
    content = article.span(at + 21, len(article.body) - 1)
    source = article.span(at, at + 19)
    claim = Claim("c1", "indirect", (content,), article.span(at, len(article.body)), source=source)
    records = [told("a", BOARD), told("b", BOARD), replace(record, claims=(claim,))]
    (after,) = look_again(records)[2].claims
    (board,) = (e for e in look_again(records)[2].entities if e.type == "Organisation")
    assert (after.speakers, after.about) == ((board.id,), (board.id,))


def test_nothing_new_leaves_the_records_as_they_are() -> None:
    records = [told("a", BOARD), told("b", Named("Eva Holm"))]
    assert all(one is other for one, other in zip(look_again(records), records, strict=True))


def introducing(path: str, first: str, second: str, day: int = 5) -> Evidence:
    """An article that names Jo Vik twice, each time with an office, and was read to mean one person."""
    body = f"The {first}, Jo Vik, left. {second} Jo Vik stayed. He"
    article = replace(told(path, day=day).article, body=body)
    spans = [article.span(4, body.index(", left")), article.span(body.index(second), body.index(" stayed"))]
    names = [Mention(span.end - 6, span.end, "Jo Vik", "name") for span in spans]
    he = Mention(len(body) - 2, len(body), "He", "pronoun")
    offices = tuple(Office(title, None, span) for title, span in zip((first, second), spans, strict=True))
    return Evidence(article, (Entity("e1", "Person", "Jo Vik", (*names, he), offices=offices),), ())


@pytest.mark.parametrize(
    ("first", "second", "known", "parts"),
    [
        ("senator", "Energy Minister", True, [("e1", 1), ("e1+2", 2)]),
        ("senator", "Energy Minister", False, [("e1", 3)]),  # no article tells two apart
        ("former senator", "Energy Minister", True, [("e1", 3)]),
        ("minister", "Energy Minister", True, [("e1", 3)]),
    ],
)
def test_two_offices_make_two_where_two_are_known(
    first: str, second: str, known: bool, parts: list[tuple[str, int]]
) -> None:
    both = [told("a", Named("Jo Vik", office="Energy Minister"), Named("Jo Vik"))] if known else []
    records = [*both, introducing("b", first, second)]
    assert [(e.id, len(e.mentions)) for e in look_again(records)[-1].entities] == parts


def test_the_two_go_to_their_own() -> None:
    minister, senator = Named("Jo Vik", office="Energy Minister of Norway"), Named("Jo Vik", office="Senator of Peru")
    records = [
        told("a", minister, senator, "Norway", "Peru"),
        told("b", minister, "Norway", day=2),
        told("c", senator, "Peru", day=3),
        introducing("d", "senator", "Energy Minister"),
    ]
    synthesis = resolve(records)
    assert who(synthesis, "Jo Vik") == ["abd", "acd"]
