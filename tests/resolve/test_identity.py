"""Who is who where articles say more than a name: offices, countries, company, spelling; and what stays in doubt."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, replace

import pytest

from kg.model import Article, Entity, EntityType, Evidence, Member, Mention, MentionKind, Office
from kg.resolve import Synthesis, resolve
from kg.resolve.profiles import profiles

CODES = {"Norway": "NO", "Chad": "TD", "Peru": "PE"}


@dataclass(frozen=True)
class Named:
    """One entity of a made-up article: its names, its office as "title" or "title of body", and pronouns."""

    name: str
    type: EntityType = "Person"
    others: tuple[str, ...] = ()
    office: str = ""
    pronoun: str = ""


def told(path: str, *things: Named | str, day: int = 1, outlet: str | None = "Wire") -> Evidence:
    """Evidence of an article: each thing in a sentence of its own; a plain name is a country of `CODES`, or a place."""
    body, entities = "", []
    known = [t if isinstance(t, Named) else Named(t, "Country" if t in CODES else "Place") for t in things]
    for number, thing in enumerate(known, 1):
        mentions = []
        kinds: list[tuple[str, MentionKind]] = [(n, "name") for n in (thing.name, *thing.others)]
        for text, kind in [*kinds, *([(thing.pronoun, "pronoun")] if thing.pronoun else [])]:
            mentions.append(Mention(len(body), len(body) + len(text), text, kind))  # type: ignore[arg-type]
            body += f"{text}. "
        offices: tuple[Office, ...] = ()
        if thing.office:
            title, _, of = thing.office.partition(" of ")
            body_id = next((f"e{n}" for n, other in enumerate(known, 1) if other.name == of), None)
            offices = (Office(title, body_id, Article("", body).span(mentions[0].start, mentions[0].end)),)
        entities.append(
            Entity(f"e{number}", thing.type, thing.name, tuple(mentions), CODES.get(thing.name), offices)
        )  # fmt: skip
    published = f"2025-01-{day:02}"
    return Evidence(Article(path, body, published=published, outlet=outlet), tuple(entities), ())


def who(synthesis: Synthesis, name: str) -> list[str]:
    """For each entity that an article calls so, the articles it is in, as one text; sorted."""
    named = [e for e in synthesis.entities if name in (e.name, *e.alternatives)]
    return sorted("".join(sorted(m.article for m in e.members)) for e in named)


BO, CY, DEE = Named("Bo Lund"), Named("Cy Marsh"), Named("Quay Union", "Organisation")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Named("Yuri Chernov"), Named("Iouri Tchernov"), True),  # transliterations
        (Named("Yuri Chernov"), Named("Yuri Chenrov"), True),  # letters swapped
        (Named("Katerina Holm"), Named("Kate Holm"), True),  # short for it
        (Named("Robert Holm"), Named("Bob Holm"), True),
        (Named("Robert Holm"), Named("R. Holm"), True),
        (Named("Robert Holm"), Named("Holm"), True),
        (Named("Robert Holm"), Named("Rachel Holm"), False),
        (Named("Robert Holm"), Named("S. Holm"), False),
        (Named("Robert Holm"), Named("Robert Hall"), False),
        (Named("Robert A. Holm"), Named("Robert B. Holm"), False),
        (Named("Robert Holm", pronoun="he"), Named("Holm", pronoun="she"), True),  # one pronoun may be misread
        (Named("Holm"), Named("Holm"), True),  # in the same company
        (Named("Robert Holm Jr"), Named("Robert Holm"), True),
        (Named("Oslo Robert Holm"), Named("Robert Holm"), True),  # the dateline was read into the name
        (Named("World Sea Board", "Organisation"), Named("WSB", "Organisation"), True),
        (Named("World Sea Board", "Organisation"), Named("Sea Board", "Organisation"), True),
        (Named("World Sea Board", "Organisation"), Named("World Tea Board", "Organisation"), False),
        (Named("Marine Fund SE", "Organisation"), Named("Marine Fund", "Organisation"), True),
        (Named("Marine Fund", "Organisation"), Named("Marine Fund"), True),  # misread as a person
        (Named("Robert Fund", "Organisation"), Named("Robert Fund"), False),
    ],
)
def test_in_the_same_company(one: Named, other: Named, same: bool) -> None:
    company = (BO, CY, DEE, "Norway", "Oslo")
    records = [told("a", one, *company), told("b", other, *company, day=2)]
    if one.type != other.type:
        records.append(told("c", one, *company, day=3))  # mostly read as an organisation
    home = resolve(records).by_member()
    assert (home[Member("a", "e1")] == home[Member("b", "e1")]) is same


@pytest.mark.parametrize("other", [Named("Holm"), Named("R. Holm"), Named("Bob Holm"), Named("Roberd Holm")])
def test_a_name_that_only_fits_is_not_enough(other: Named) -> None:
    records = [told("a", Named("Robert Holm"), BO), told("b", other, "Peru", outlet="Post", day=28)]
    synthesis = resolve(records)
    assert who(synthesis, "Robert Holm") == ["a"]


def test_homonyms_are_told_apart_by_their_offices_and_others_go_where_they_fit() -> None:
    minister, deputy = Named("Jo Vik", office="Energy Minister of Norway"), Named("Jo Vik", office="Senator of Peru")
    records = [
        told("a", minister, BO, "Norway"),
        told("b", deputy, CY, "Peru", day=2),
        told("c", minister, BO, "Norway", day=3),
        told("d", deputy, CY, "Peru", day=4),
        told("e", Named("Jo Vik"), BO, "Norway", day=5),
        told("f", Named("Vik"), CY, "Peru", day=6),
        told("g", Named("Jo Vik"), "Chad", day=7),
    ]
    synthesis = resolve(records)
    assert who(synthesis, "Jo Vik") == ["ace", "bdf", "g"]
    assert {(d.one.article, d.other.article) for d in synthesis.doubts if d.rival} == {("g", "a"), ("g", "b")}


def test_a_namesake_that_hardly_occurs_does_not_keep_others_from_the_one_who_is_meant() -> None:
    minister, senator = Named("Jo Vik", office="Energy Minister of Norway"), Named("Jo Vik", office="Senator of Peru")
    often = [told(path, minister, BO, "Norway", day=n) for n, path in enumerate("abc", 1)]
    records = [*often, told("d", senator, CY, "Peru", day=4), told("e", Named("Jo Vik"), "Chad", day=5)]
    assert who(resolve(records), "Jo Vik") == ["abce", "d"]


def test_a_surname_between_two_of_one_full_name_is_of_nobody_else_either() -> None:
    records = [
        told("a", Named("Jo Vik", office="Energy Minister"), Named("Jo Vik"), Named("Vik"), BO, "Norway"),
        told("b", Named("Ann Vik"), BO, "Norway", day=2),
    ]
    assert who(resolve(records), "Ann Vik") == ["b"]


@pytest.mark.parametrize(
    ("between", "known"),
    [(", the energy minister of ", True), (" of ", True), (" has no ties to anybody in ", False), (". In ", False)],
)
def test_a_country_is_somebodys_where_little_stands_between(between: str, known: bool) -> None:
    record = told("a", Named("Robert Holm"), "Peru")
    body = f"Robert Holm{between}Peru"
    holm, peru = record.entities
    there = (holm, replace(peru, mentions=(Mention(len(body) - 4, len(body), "Peru", "name"),)))
    record = replace(record, article=replace(record.article, body=body), entities=there)
    assert profiles([record])[Member("a", "e1")].countries == ({"PE": 1} if known else {})


def test_one_who_changes_office_stays_one() -> None:
    records = [
        told("a", Named("Jo Vik", office="Senator of Norway"), BO, "Norway"),
        told("b", Named("Jo Vik", office="Senator"), BO, day=2),
        told("c", Named("Jo Vik", office="Energy Minister of Norway"), BO, "Norway", day=8),
        told("d", Named("Jo Vik", office="Energy Minister"), BO, day=9),
    ]
    assert who(resolve(records), "Jo Vik") == ["abcd"]


def test_a_surname_goes_to_the_one_its_company_points_to_and_to_nobody_when_two_fit() -> None:
    records = [
        told("a", Named("Ann Vik"), BO, "Norway", "Oslo"),
        told("b", Named("Eva Vik"), CY, "Peru", "Lima"),
        told("c", Named("Vik"), CY, "Peru", "Lima", day=2),
        told("d", Named("Vik"), BO, CY, day=3),
    ]
    synthesis = resolve(records)
    assert who(synthesis, "Ann Vik") == ["a"]
    assert who(synthesis, "Eva Vik") == ["bc"]


def test_two_of_one_article_are_never_one() -> None:
    records = [told("a", Named("Yuri Chernov"), Named("Iouri Tchernov"), BO), told("b", Named("Yuri Chernov"), BO)]
    assert who(resolve(records), "Iouri Tchernov") == ["a"]


def test_an_acronym_of_two_organisations_goes_to_neither() -> None:
    records = [
        told("a", Named("World Sea Board", "Organisation"), BO),
        told("b", Named("Western Ship Bank", "Organisation"), BO),
        told("c", Named("WSB", "Organisation"), BO),
    ]
    synthesis = resolve(records)
    assert who(synthesis, "WSB") == ["c"]
    assert len(synthesis.doubts) == 2


def test_any_order_gives_the_same() -> None:
    names = ["Yuri Chernov", "Iouri Tchernov", "Y. Chernov", "Chernov", "Yuri Chenrov", "Ana Chernov"]
    records = [told(chr(97 + n), Named(name), (BO, CY)[n % 2], "Norway", day=n % 3 + 1) for n, name in enumerate(names)]
    first = resolve(records)
    orders = list(itertools.permutations(records))
    assert all(resolve(order) == first for order in random.Random(0).sample(orders, 40))
