"""The stream of articles through the shipped reader: order kept, failures confined to one article."""

from __future__ import annotations

import pytest

import kg.extract
from kg.errors import ArticleError
from kg.model import Article, Evidence
from kg.pipeline.extraction import extracted

TEXTS = ("Ann Lee said that rain is near.", "", "“We won,” said Omar Haddad.", "   \n", "Nothing happened.")
BROKEN = ArticleError("broken.txt", "no text", "give it some")


def articles() -> list[Article]:
    return [Article(f"{n}.txt", text) for n, text in enumerate(TEXTS)]


def test_results_stand_in_the_order_of_the_items_with_errors_between() -> None:
    first, *rest = articles()
    results = list(extracted([BROKEN, first, BROKEN, *rest, BROKEN]))
    kinds = [r.article.path if isinstance(r, Evidence) else r.where for r in results]
    assert kinds == ["broken.txt", "0.txt", "broken.txt", "1.txt", "2.txt", "3.txt", "4.txt", "broken.txt"]


@pytest.mark.parametrize("broken", range(len(TEXTS)))
def test_what_fails_inside_an_article_costs_that_article(broken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = kg.extract.evidence_of

    def fail(doc: object, article: Article) -> Evidence:
        if article.path == f"{broken}.txt":
            raise ZeroDivisionError("on purpose")
        return genuine(doc, article)  # type: ignore[arg-type]

    monkeypatch.setattr(kg.extract, "evidence_of", fail)
    results = list(extracted(articles()))
    failed = [r for r in results if isinstance(r, ArticleError)]
    assert [(e.where, "on purpose" in e.problem) for e in failed] == [(f"{broken}.txt", True)]
    assert len(results) == len(TEXTS)


def test_a_text_that_the_reader_refuses_costs_that_article() -> None:
    long = Article("long.txt", "word " * 2_100_000)
    results = list(extracted([*articles(), long, *articles()]))
    assert [r.where for r in results if isinstance(r, ArticleError)] == ["long.txt"]
    assert sum(isinstance(r, Evidence) for r in results) == 2 * len(TEXTS)
