"""The storyline's scores: alignment by characters, B-cubed, homonyms, offices on a day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.evaluate.storyline.align import align_claims, align_mentions
from kg.evaluate.storyline.gold import GoldClaim, GoldMention, GoldOffice, GoldStory
from kg.evaluate.storyline.identity import bcubed, merged
from kg.evaluate.storyline.offices import offices_at_dates
from kg.evaluate.storyline.result import Result, resolved
from kg.judge import ClaimId
from kg.model import Article, Claim, Entity, Evidence, Member, Mention, Office, Span
from kg.resolve import Synthesis

TEXT = "Ann Lee, mayor of Bray since 2020, said she was glad. Bob Lee said no."
ARTICLE = Article("a.md", TEXT, published="2025-03-04", url="https://x.example/a")


def span(text: str) -> Span:
    return Span(TEXT.index(text), TEXT.index(text) + len(text), text)


def mention(text: str, kind: str = "name") -> Mention:
    found = span(text)
    return Mention(found.start, found.end, text, kind)  # type: ignore[arg-type]


def gold_mention(text: str, entity: str, kind: str = "name") -> GoldMention:
    found = span(text)
    return GoldMention("a.md", found.start, found.end, text, kind, entity)


def entities(*, one: bool = False) -> tuple[Entity, ...]:
    office = Office("mayor", "e3", span("Ann Lee, mayor of Bray"), start="2020")
    ann, bob = (mention("Ann Lee"), mention("she", "pronoun")), (mention("Bob Lee"),)
    bray = Entity("e3", "Organisation", "Bray", (mention("Bray"),))
    if one:
        return Entity("e1", "Person", "Ann Lee", (*ann, *bob), offices=(office,)), bray
    return Entity("e1", "Person", "Ann Lee", ann, offices=(office,)), Entity("e2", "Person", "Bob Lee", bob), bray


GOLD = (
    gold_mention("Ann Lee", "ann"),
    gold_mention("she", "ann", "pronoun"),
    gold_mention("Bob Lee", "bob"),
    gold_mention("Bray", "bray"),
)


def story(*offices: GoldOffice) -> GoldStory:
    types = {"ann": "Person", "bob": "Person", "bray": "Organisation"}
    names = {"ann": "Ann Lee", "bob": "Bob Lee", "bray": "Bray"}
    return GoldStory((ARTICLE,), types, names, tuple(sorted(GOLD)), offices, (), (), ())


def result(*, one: bool = False, offices: tuple[GoldOffice, ...] = ()) -> Result:
    return resolved(story(*offices), [Evidence(ARTICLE, entities(one=one), ())])


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("aabb", (1.0, 1.0, 1.0)),
        ("aaaa", (0.5, 1.0, 2 / 3)),
        ("abcd", (1.0, 0.5, 2 / 3)),
        ("aabc", (1.0, 0.75, 6 / 7)),
    ],
)
def test_bcubed(found: str, expected: tuple[float, float, float]) -> None:
    gold = {GoldMention("a", n, n + 1, "x", "name", "pp" * (n < 2) or "q"): "" for n in range(4)}
    wanted = {m: m.entity for m in gold}
    assert bcubed(wanted, dict(zip(wanted, found, strict=True))) == pytest.approx(expected)


def test_bcubed_of_nothing() -> None:
    assert bcubed({}, {}) == (0.0, 0.0, 0.0)


def test_mentions_align_by_kind_and_overlap() -> None:
    longer = Entity("e1", "Person", "Ann", (mention("Ann Lee, mayor"), mention("she", "pronoun")))
    shorter = Entity("e2", "Person", "Ann", (mention("Lee"),))
    found = align_mentions(GOLD, {"a.md": Evidence(ARTICLE, (longer, shorter), ())})
    key = ARTICLE.key
    assert found == {GOLD[0]: Member(key, "e1"), GOLD[1]: Member(key, "e1")}
    title = Entity("e1", "Person", "Ann", (mention("Ann Lee", "title"),))
    assert align_mentions(GOLD, {"a.md": Evidence(ARTICLE, (title,), ())}) == {}


def test_claims_align_one_for_one() -> None:
    def gold(id: str, cue: str, content: str) -> GoldClaim:
        u, c = span(cue), span(content)
        return GoldClaim(id, "a.md", (), None, (u.start, u.end), ((c.start, c.end),), "statement", "positive", id)

    claims = (
        Claim("c1", "indirect", (span("she was glad"),), span(TEXT), cue=span("said she"[:4])),
        Claim("c2", "indirect", (span("glad. Bob"),), span(TEXT)),
    )
    wanted = [gold("g1", "said", "she was glad"), gold("g2", "said", "no.")]
    assert align_claims(wanted, {"a.md": Evidence(ARTICLE, (), claims)}) == {"g1": ClaimId(ARTICLE.key, "c1")}


def test_homonyms() -> None:
    assert merged(result()) == []
    assert merged(result(one=True)) == []  # one mention of each could be a slip of alignment
    both = (gold_mention("Ann Lee", "ann"), gold_mention("she", "ann"), gold_mention("Bob Lee", "bob"))
    wrong = Result(
        replace(story(), mentions=tuple(replace(m, article=a) for m in both for a in "ab")),
        {},
        Synthesis((), ()),
        {Member("x", "e1"): "same"},
        {replace(m, article=a): Member("x", "e1") for m in both for a in "ab"},
        {},
    )
    assert merged(wrong) == [("ann", "bob")]


HELD = GoldOffice("ann", "mayor", "bray", "2020", None)


@pytest.mark.parametrize(
    ("gold", "correct", "predicted", "wanted"),
    [
        (HELD, 6, 6, 6),  # the middle of five years, and the article's day
        (GoldOffice("ann", "Lord mayor", "bray", "2020", None), 6, 6, 6),
        (GoldOffice("ann", "deputy mayor", "bray", "2020", None), 0, 6, 6),
        (GoldOffice("ann", "mayor", "bob", "2020", None), 0, 6, 6),
        (GoldOffice("ann", "mayor", "bray", "2022", "2023"), 2, 6, 2),
        (GoldOffice("ann", "mayor", "bray", None, None), 1, 1, 1),  # before the story nobody can tell
        (GoldOffice("bob", "mayor", "bray", None, None), 0, 0, 1),
    ],
)
def test_offices(gold: GoldOffice, correct: int, predicted: int, wanted: int) -> None:
    counts = offices_at_dates(result(offices=(gold,)))
    assert (counts.correct, counts.predicted, counts.gold) == (correct, predicted, wanted)
