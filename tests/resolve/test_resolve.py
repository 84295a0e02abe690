import itertools
from dataclasses import replace

import pytest
from samples import UNDATED, sample_evidence

from kg.errors import ArticleError, RunError
from kg.model import Article, Claim, Entity, EntityType, Evidence, Mention, Office
from kg.resolve import Member, ResolvedEntity, Synthesis, resolve


def article(path: str, *people: tuple[EntityType, str, str], published: str | None = None) -> Evidence:
    """Evidence of an article whose body is nothing but names: (type, name, other names joined by "|")."""
    body, entities = "", []
    for number, (type, name, others) in enumerate(people, 1):
        mentions = []
        for text in (name, *filter(None, others.split("|"))):
            mentions.append(Mention(len(body), len(body) + len(text), text, "name"))
            body += text + "\n"
        entities.append(Entity(f"e{number}", type, name, tuple(mentions)))
    return Evidence(Article(path, body, published=published), tuple(entities), ())


def named(synthesis: Synthesis, name: str) -> ResolvedEntity:
    found = [entity for entity in synthesis.entities if entity.name == name]
    assert len(found) == 1, [entity.name for entity in synthesis.entities]
    return found[0]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("Person", "Tomas Ferreira", ""), ("Person", "TOMÁS FERREIRA", ""), True),
        (("Person", "Ingrid Solvang", ""), ("Person", "Petter Solvang", ""), False),
        (("Person", "Solvang", ""), ("Person", "Solvang", ""), False),
        (("Person", "I. Solvang", ""), ("Person", "I. Solvang", ""), False),
        (("Person", "Paris Jackson", ""), ("Organisation", "Paris Jackson", ""), False),
        (("Organisation", "World Trade Organization", ""), ("Organisation", "the World Trade Organisation", ""), True),
        (("Organisation", "World Trade Organization", "WTO"), ("Organisation", "WTO", ""), True),
        (("Organisation", "World Trade Organization", "trade body"), ("Organisation", "WTO", ""), True),  # well known
        (("Organisation", "World Trout Organization", "trout body"), ("Organisation", "WTO", ""), False),
        (("Organisation", "WTO", ""), ("Organisation", "W.T.O.", ""), True),
        (("Place", "São Paulo", ""), ("Place", "Sao Paulo", ""), True),
        (("Place", "Georgia", ""), ("Country", "Georgia", ""), False),
        (("Country", "Freedonia", ""), ("Country", "freedonia", ""), True),
    ],
)
def test_what_is_one(first: tuple[EntityType, str, str], second: tuple[EntityType, str, str], same: bool) -> None:
    assert len(resolve([article("a", first), article("b", second)]).entities) == (1 if same else 2)


def test_the_shared_person_organisation_and_countries_of_the_samples_are_one() -> None:
    synthesis = resolve(sample_evidence())
    assert [
        (e.type, e.name, e.alternatives, len(e.members)) for e in sorted(synthesis.entities, key=lambda e: e.name)
    ] == [
        ("Country", "Iceland", (), 2),
        ("Person", "Ingrid Solvang", ("Solvang",), 2),
        ("Person", "Jón Arnarson", (), 1),
        ("Organisation", "North Sea Fisheries Council", ("NSFC",), 3),
        ("Country", "Norway", (), 3),
        ("Place", "Oslo", (), 1),
        ("Person", "Petter Solvang", (), 1),
        ("Organisation", "Reuters", (), 1),
        ("Person", "Tomas Ferreira", ("Ferreira", "Tomás Ferreira"), 2),
    ]


def test_every_order_gives_the_same() -> None:
    orders = [resolve(order) for order in itertools.permutations(sample_evidence())]
    assert all(one == orders[0] for one in orders)


def test_an_article_that_tells_two_namesakes_apart_is_believed() -> None:
    twice = article("a", ("Person", "John Smith", ""), ("Person", "John Smith", ""))
    synthesis = resolve([twice, article("b", ("Person", "John Smith", "")), article("c", ("Person", "John Smith", ""))])
    assert [len(entity.members) for entity in synthesis.entities] == [1, 1, 1, 1]  # nobody can tell whom b and c mean
    assert len({entity.id for entity in synthesis.entities}) == 4


def test_an_acronym_that_articles_explain_differently_joins_nothing() -> None:
    records = [
        article("a", ("Organisation", "Union of Fish", "UF")),
        article("b", ("Organisation", "United Farmers", "UF")),
        article("c", ("Organisation", "UF", "")),
        article("d", ("Organisation", "UF", "")),
    ]
    assert sorted((e.name, len(e.members)) for e in resolve(records).entities) == [
        ("UF", 2),
        ("Union of Fish", 1),
        ("United Farmers", 1),
    ]


def test_what_has_no_name_stays_in_its_article() -> None:
    def council(path: str) -> Evidence:
        entity = Entity("e1", "Organisation", "the council", (Mention(0, 11, "the council", "nominal"),))
        return Evidence(Article(path, "the council"), (entity,), ())

    assert len(resolve([council("a"), council("b")]).entities) == 2


def test_ids_come_from_the_earliest_mention_and_outlive_later_articles() -> None:
    old = article("z", ("Person", "Mark Rutte", ""), published="2025-01-01")
    undated = article("a", ("Person", "Mark Rutte", ""))
    new = article("b", ("Person", "Mark Rutte", ""), published="2025-01-01T00:30:00+02:00")
    alone = resolve([old]).entities[0].id
    assert resolve([old, undated]).entities[0].id == alone
    assert resolve([undated]).entities[0].id != alone
    # Half past midnight at +02:00 is the evening before, so that this one is the earliest.
    assert resolve([old, undated, new]).entities[0].id == resolve([new]).entities[0].id != alone


def test_entities_that_share_their_earliest_mention_have_ids_of_their_own() -> None:
    they = Mention(0, 4, "They", "pronoun")
    entities = tuple(
        Entity(f"e{n}", "Person", name, (they, Mention(start, start + len(name), name, "name")))
        for n, (name, start) in enumerate((("Ann Bee", 5), ("Cid Dee", 13)), 1)
    )
    synthesis = resolve([Evidence(Article("a", "They Ann Bee Cid Dee"), entities, ())])
    assert len({entity.id for entity in synthesis.entities}) == 2


def test_offices_of_several_articles_are_joined_with_their_evidence() -> None:
    talks, reply, undated = sample_evidence()
    second = replace(
        talks,
        article=replace(talks.article, url="https://elsewhere.example/", path="copy.md"),
        entities=tuple(
            replace(e, offices=tuple(replace(o, title=o.title.upper()) for o in e.offices)) for e in talks.entities
        ),
    )
    (tenure,) = named(resolve([talks, second, reply, undated]), "Ingrid Solvang").offices
    assert (tenure.title, tenure.of, tenure.start, len(tenure.evidence)) == ("TRADE MINISTER", "NO", None, 2)
    (minister,) = named(resolve([reply]), "Jón Arnarson").offices
    assert (minister.of, minister.start, minister.end) == ("IS", "2024-01-02", None)


def test_claims_point_to_entities() -> None:
    synthesis = resolve(sample_evidence())
    where, claims = synthesis.by_member(), {(c.article, c.id): c for c in synthesis.claims}
    talks = sample_evidence()[0].article.key
    denial = claims[talks, "c5"]
    assert denial.speakers == (named(synthesis, "Tomas Ferreira").id,)
    assert set(denial.about) == {named(synthesis, "Ingrid Solvang").id, "IS"}
    assert denial.reported_by == named(synthesis, "Reuters").id
    assert claims[talks, "c2"].place == where[Member(talks, "e4")]
    assert claims[talks, "c4"].speakers == ()
    assert claims["reply.md", "c1"].addressees == (named(synthesis, "North Sea Fisheries Council").id,)


def test_two_versions_of_an_article_are_refused() -> None:
    old = sample_evidence()[2]
    with pytest.raises(RunError, match="two versions of one article"):
        resolve([old, replace(old, article=replace(UNDATED, body=UNDATED.body + "More."))])


@pytest.mark.parametrize("broken", ["speaker", "office"])
def test_a_dangling_reference_costs_its_article(broken: str) -> None:
    record = sample_evidence()[2]
    if broken == "speaker":
        claims: tuple[Claim, ...] = (replace(record.claims[0], speakers=("e99",)),)
        record = replace(record, claims=claims)
    else:
        office = Office("chair", "e99", record.claims[0].passage)
        record = replace(record, entities=(replace(record.entities[0], offices=(office,)),), claims=())
    with pytest.raises(ArticleError, match=r"notes/on the quay\.txt: .* refers to entity e99"):
        resolve([record])


def test_nothing_gives_nothing() -> None:
    assert resolve([]) == Synthesis((), ())
