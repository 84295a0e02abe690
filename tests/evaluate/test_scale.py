"""The large set made from the storyline: copies with names and days of their own, in texts that still fit."""

from __future__ import annotations

from kg.evaluate.storyline.scale import copies_of, measured
from kg.model import Article, Claim, Entity, Evidence, Mention
from kg.resolve import resolve

TEXT = "Ann Varnova of the Sea Union said no. Varnova left the union in Chad."


def story() -> Evidence:
    article = Article("a.md", TEXT, published="2025-03-04", url="https://x.example/a")

    def mention(text: str, at: int = 0) -> Mention:
        start = TEXT.index(text, at)
        return Mention(start, start + len(text), text, "name")

    entities = (
        Entity("e1", "Person", "Ann Varnova", (mention("Ann Varnova"), mention("Varnova", 20))),
        Entity("e2", "Organisation", "Sea Union", (mention("Sea Union"),)),
        Entity("e3", "Country", "Chad", (mention("Chad"),), "TD"),
    )
    span = article.span(0, 37)
    return Evidence(article, entities, (Claim("c1", "indirect", (span,), span, speakers=("e1",)),))


def test_copies_have_names_and_days_of_their_own_and_offsets_that_fit() -> None:
    first, second, third = copies_of([story()], 3)
    assert first.entities == story().entities
    assert second.article.published == "2025-03-07"
    assert len({first.article.key, second.article.key, third.article.key}) == 3
    for copy in (second, third):
        assert [e.name.split()[-1] for e in copy.entities[1:]] == ["Union", "Chad"]  # a common word, and a country
        ann = copy.entities[0]
        assert ann.name.startswith("Ann ")
        assert ann.name != "Ann Varnova"
        for entity in copy.entities:
            assert all(copy.article.body[m.start : m.end] == m.text for m in entity.mentions)
        assert copy.claims[0].passage.text == copy.article.body[:37]
    assert second.entities[0].name != third.entities[0].name
    assert list(copies_of([story()], 3)) == [first, second, third]
    people = [e for e in resolve([first, second, third]).entities if e.type == "Person"]
    assert len(people) == 3


def test_the_whole_is_twice_the_half() -> None:
    half, whole = measured([story()], mentions=40, claims=5)
    assert (half.mentions, half.claims, whole.mentions, whole.claims) == (20, 5, 40, 10)
    assert half.seconds > 0
    assert whole.megabytes is None or whole.megabytes > 10
