"""Scores of what `kg extract` finds, topic by topic, on the gold of reading (tests/gold/reading, GUIDELINE.md there).

An item is a stretch of a text; its text is read whole, once, whatever the number of topics that ask for it. A topic
is a function from an item and the evidence found in its text to counts that add up. To add one:

1. Write `kg/evaluate/reading/NAME.py` with a function

       def score(item: Item, found: Evidence) -> dict[str, Counts]

   `item.label` is the adjudicated label as GUIDELINE.md describes it, `item.target` the claim it is about (if the
   topic gives one), and all offsets are those of `found.article.body`. `align.py` has what topics share: `answer`
   finds our claim for the target, `agree` and `same_names` compare names, `overlap` compares spans. A single
   choice is counted by `right` (F1 of such counts is accuracy); a class by `one_of`, for macro F1.
2. Add a row to `TOPICS`: the function, what is measured, and the figures that matter most, which get intervals.
   `macro` makes figures that are the mean of others: {"act": "act: "} is the mean F1 of all "act: …" with gold.

It then is the task `reading-NAME` of `kg evaluate`, and `evaluate` reports stand-off and written items apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import RunError
from kg.evaluate.reading import act, circumstances, coreference, mood, nested, propositions, quotes, speakers
from kg.evaluate.reading.gold import Half, Item, Texts, read_items
from kg.evaluate.report import Row
from kg.evaluate.scores import Counts
from kg.model import Article, Evidence

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["TOPICS", "Half", "Item", "Reader", "Topic"]


@dataclass(frozen=True, slots=True)
class Topic:
    """A row of the table. `score` counts on one item; `macro` names figures that are means over a prefix's figures."""

    score: Callable[[Item, Evidence], Mapping[str, Counts]]
    metric: str
    headline: tuple[str, ...]
    macro: Mapping[str, str] = field(default_factory=dict)


TOPICS: dict[str, Topic] = {
    "nested": Topic(
        nested.score,
        "F1 of links: claim within claim, and claim reported by outlet; each apart; F1 of claims",
        ("links", "within", "reported by"),
    ),
    "quotes": Topic(
        quotes.score,
        "accuracy of speakers of the stretches found, and over all; F1 of stretches, overlapping and exact",
        ("speaker", "speaker, of all stretches", "stretches", "stretches, exact"),
    ),
    "speakers": Topic(
        speakers.score,
        "accuracy of speakers, and of the class; sources that overlap; unnamed sources given no name",
        ("speakers", "class", "source", "unnamed stay unnamed"),
    ),
    "polarity-modality": Topic(
        mood.score,
        "macro F1 of polarity and of modality",
        ("polarity", "modality"),
        {"polarity": "polarity ", "modality": "modality "},
    ),
    "act": Topic(act.score, "macro F1 of the act, over the classes that gold has", ("act",), {"act": "act: "}),
    "coreference-sources": Topic(
        coreference.score,
        "accuracy of whom a pronoun or title that is a source stands for, nobody included; F1 of links",
        ("who", "who: named", "who: nobody named", "links"),
    ),
    "circumstances": Topic(
        circumstances.score,
        "accuracy of addressee, time and place of the utterance, nothing where there is none; exact spans beside them",
        ("addressee", "said on", "place"),
    ),
    "propositions": Topic(
        propositions.score,
        "precision of propositions, recall of those of main clauses; F1; names of those that match",
        ("precision", "recall of main clauses", "propositions", "names"),
    ),
}


class Reader:
    """What `kg extract` finds in the texts of the gold, each read once."""

    def __init__(self, nlp: Language, data: Path | None, gold: Path | None, half: Half) -> None:
        self._nlp, self._gold, self._half = nlp, gold, half
        self._texts = Texts(data) if data is not None else None
        self._found: dict[str, Evidence] = {}

    def run(self, topic: str, limit: int | None, step: Callable[[int, int], None]) -> list[Row]:
        """Counts for each item of a topic, grouped by kind of item. RunError when gold or a corpus is missing."""
        if self._gold is None or self._texts is None:
            raise RunError("it needs --gold DIR, and --data DIR for the texts that its items lie in")
        items = list(islice(read_items(self._gold / "reading", topic, self._half, self._texts), limit))
        rows: list[Row] = []
        for done, item in enumerate(items, start=1):
            rows.append((item.kind, TOPICS[topic].score(item, self.evidence(item))))
            step(done, len(items))
        return rows

    def evidence(self, item: Item) -> Evidence:
        """What is found in the whole text an item lies in."""
        from kg.extract import extract_article

        if item.document not in self._found:
            article = Article(item.document, item.text, outlet=item.outlet, published=item.published)
            self._found[item.document] = extract_article(self._nlp, article)
        return self._found[item.document]
