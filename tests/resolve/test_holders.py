"""People called by an office alone: who is meant, when nobody can tell, and what is kept of that."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_identity import Named, told

from kg.judge import Rulings
from kg.model import Claim, Entity, Evidence, Member, Mention, Office, Span, When, evidence_from_dict
from kg.model import evidence_to_dict as to_dict
from kg.resolve import Synthesis, resolve, why

MINISTER = "energy minister"


def asking(path: str, *things: Named | str, title: str = MINISTER, of: str = "Norway", day: int = 5) -> Evidence:
    """An article that calls somebody by an office, who says something, and that names these others."""
    record = told(path, *things, *([of] if of and of not in things else []), day=day)
    body = f"{record.article.body}The {title} spoke. "
    start = len(record.article.body) + 4
    article = replace(record.article, body=body)
    span = article.span(start, start + len(title))
    of_id = next((e.id for e in record.entities if e.name == of), None)
    unnamed = Entity(
        "u1",
        "Person",
        title,
        (Mention(span.start, span.end, span.text, "title"),),
        offices=(Office(title, of_id, span),),
    )
    whole = article.span(0, len(body))
    claim = Claim("c1", "indirect", (article.span(span.end + 1, span.end + 6),), whole, source=span, unnamed=("u1",))
    return Evidence(article, record.entities, (claim,), (unnamed,))


def minister(name: str, body: str = "Norway", title: str = MINISTER) -> Named:
    return Named(name, office=f"{title} of {body}")


def spoke(synthesis: Synthesis, article: str) -> list[str]:
    """Names of the speakers of the claims of an article."""
    names = {e.id: e.name for e in synthesis.entities}
    return [names[s] for claim in synthesis.claims if claim.article == article for s in claim.speakers]


def test_the_office_is_known_from_other_articles() -> None:
    records = [told("a", minister("Jo Vik"), "Norway"), told("b", minister("Eva Roe", "Peru"), "Peru"), asking("c")]
    synthesis = resolve(records)
    assert spoke(synthesis, "c") == ["Jo Vik"]
    assert Member("c", "u1") in next(e for e in synthesis.entities if e.name == "Jo Vik").members
    found = why(records, Rulings(), [Member("c", "u1")], [Member("a", "e1")])
    assert found.one
    assert any("held the office then" in line for line in found.because)


def test_of_two_who_held_it_neither_is_meant_and_both_are_doubts() -> None:
    records = [told("a", minister("Jo Vik"), "Norway"), told("b", minister("Eva Roe"), "Norway"), asking("c")]
    synthesis = resolve(records)
    assert spoke(synthesis, "c") == [MINISTER]  # somebody of whom nothing else is known
    assert {(d.one.entity, d.other.article) for d in synthesis.doubts} == {("u1", "a"), ("u1", "b")}


@pytest.mark.parametrize(
    ("holder", "title", "of"),
    [
        (Named("Jo Vik", office="energy minister of Peru"), MINISTER, "Norway"),  # of another body
        (Named("Jo Vik", office="energy minister of Norway"), "foreign minister", "Norway"),
        (Named("Jo Vik", office="former energy minister of Norway"), MINISTER, "Norway"),
        (Named("Jo Vik", office="energy minister of Norway"), "minister", "Norway"),  # fewer words
        (Named("Jo Vik", office="senator of Norway"), "senator", "Norway"),  # several hold it
        (Named("Jo Vik", office="energy minister of Norway"), MINISTER, ""),  # of nobody knows what
    ],
)
def test_what_does_not_tell_who_it_is(holder: Named, title: str, of: str) -> None:
    records = [told("a", holder, "Norway", "Peru"), asking("c", title=title, of=of)]
    synthesis = resolve(records)
    assert "Jo Vik" not in spoke(synthesis, "c")


@pytest.mark.parametrize(("title", "of"), [("minister", "Norway"), (MINISTER, "")])
def test_fewer_words_will_do_where_the_holder_is_named_in_the_article(title: str, of: str) -> None:
    records = [told("a", minister("Jo Vik"), "Norway"), asking("c", Named("Jo Vik"), "Chad", title=title, of=of)]
    assert spoke(resolve(records), "c") == ["Jo Vik"]


def test_nobody_is_made_of_an_office_that_nobody_is_seen_to_hold() -> None:
    synthesis = resolve([asking("c")])
    assert [e.type for e in synthesis.entities] == ["Country"]
    assert spoke(synthesis, "c") == []
    assert synthesis.doubts == ()


def test_the_day_that_counts_is_that_of_the_words() -> None:
    """ "On 3 January the minister said": whoever held it then, not on the day of the article."""
    records = [
        told("a", minister("Jo Vik"), "Norway", day=3),
        ended("b", "Jo Vik", "2025-01-10", day=10),
        told("c", minister("Eva Roe"), "Norway", day=12),
        started("d", "Eva Roe", "2025-01-11", day=11),
    ]
    late = asking("e", day=20)
    assert spoke(resolve([*records, late]), "e") == ["Eva Roe"]
    claim = replace(late.claims[0], said_on=When(Span(0, 1, late.article.body[:1]), "2025-01-03"))
    assert spoke(resolve([*records, replace(late, claims=(claim,))]), "e") == ["Jo Vik"]


def ended(path: str, name: str, end: str, day: int) -> Evidence:
    return _dated(path, name, day, end=end)


def started(path: str, name: str, start: str, day: int) -> Evidence:
    return _dated(path, name, day, start=start)


def _dated(path: str, name: str, day: int, **dates: str) -> Evidence:
    record = told(path, minister(name), "Norway", day=day)
    first, *rest = record.entities
    return replace(record, entities=(replace(first, offices=(replace(first.offices[0], **dates),)), *rest))


def test_evidence_with_unnamed_people_is_stored_and_read_again() -> None:
    record = asking("c", Named("Jo Vik"))
    assert evidence_from_dict(to_dict(record)) == record
    assert record.entity("u1") is record.unnamed[0]
