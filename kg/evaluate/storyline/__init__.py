"""Scores of all that is concluded from the storyline's articles: the whole way from text to synthesis.

storyline(nlp, folder, limit, step) -> figures     a row of `kg.evaluate.TASKS`
scale(nlp, folder, limit, step) -> figures         another: how time and memory of resolution grow
SECTIONS                                           what is scored: each a function from `Result` to figures
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluate.report import Figure
from kg.evaluate.storyline.claims import claims
from kg.evaluate.storyline.gold import GoldStory, read_gold
from kg.evaluate.storyline.identity import identity
from kg.evaluate.storyline.offices import offices
from kg.evaluate.storyline.result import Result, resolved
from kg.evaluate.storyline.scale import scale
from kg.evaluate.tasks import Step
from kg.model import Evidence

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["SECTIONS", "Result", "read_gold", "read_story", "resolved", "scale", "storyline"]

SECTIONS: tuple[Callable[[Result], Iterator[Figure]], ...] = (identity, offices, claims)


def storyline(nlp: Language, folder: Path, limit: int | None, step: Step) -> list[Figure]:
    """All sections over the storyline in a folder of gold. With a limit, what is said beyond it counts as not found."""
    result = resolved(*read_story(nlp, folder, limit, step))
    return [figure for section in SECTIONS for figure in section(result)]


def read_story(nlp: Language, folder: Path, limit: int | None, step: Step) -> tuple[GoldStory, list[Evidence]]:
    """The gold of a folder, and what the pipeline finds in its first articles."""
    from kg.extract import evidence_of

    gold = read_gold(folder)
    articles = list(islice(gold.articles, limit))
    evidence = []
    for done, doc in enumerate(nlp.pipe(article.body for article in articles), 1):
        evidence.append(evidence_of(doc, articles[done - 1]))
        step(done, len(articles))
    return gold, evidence
