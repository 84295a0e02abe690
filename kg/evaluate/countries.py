"""Which words stand for which country: what `kg extract` finds in the sentences of tests/gold/countries.

Counted are the mentions of countries by name, demonym or metonym (not by noun or pronoun), each sentence read as an
article of its own. A mention is right when its characters and its ISO code are the gold's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import RunError
from kg.evaluate.reading.gold import Half, records
from kg.evaluate.report import Row
from kg.evaluate.scores import Counts, compare
from kg.evaluate.tasks import Step, piped
from kg.model import Entity

if TYPE_CHECKING:
    from spacy.language import Language

KINDS = ("name", "demonym", "metonym")

Named = tuple[int, int, str, str]
"""Start, end, ISO code, and how the country is named: one of `KINDS`."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the gold. `group` is what it was written for: a name, a demonym, a trap, …"""

    id: str
    group: str
    text: str
    mentions: frozenset[Named]


def countries(nlp: Language, folder: Path, limit: int | None, step: Step, half: Half) -> list[Row]:
    """Mentions in a half of the gold, grouped by what the sentences were written for."""
    from kg.extract.entities import find_entities

    sentences = list(islice(read_countries(folder, half), limit))
    docs = piped(nlp, [sentence.text for sentence in sentences], step)
    return [
        (sentence.group, score_countries(named(find_entities(doc)), sentence.mentions))
        for sentence, doc in zip(sentences, docs, strict=True)
    ]


def read_countries(folder: Path, half: Half) -> Iterator[Sentence]:
    """The sentences of a half, in order. RunError when the file is missing or not as described."""
    path = folder / "countries" / f"{half}.ndjson"
    for where, record in records(path):
        try:
            labels = frozenset(_label(label) for label in record["labels"])
            yield Sentence(record["id"], record["group"], record["text"], labels)
        except (KeyError, TypeError) as error:
            raise RunError(f"{where}: the sentence is not as described ({error!r})") from error


def _label(label: Mapping[str, Any]) -> Named:
    return label["start"], label["end"], label["iso"], label["kind"]


def named(entities: Sequence[Entity]) -> frozenset[Named]:
    """The mentions of countries that name them."""
    return frozenset(
        (mention.start, mention.end, entity.iso or "", mention.kind)
        for entity in entities
        if entity.type == "Country"
        for mention in entity.mentions
        if mention.kind in KINDS
    )


def score_countries(ours: frozenset[Named], gold: frozenset[Named]) -> dict[str, Counts]:
    """ "countries" by place and code; "and kind" where the kind agrees too; each of gold's kinds, by gold's kind.

    What stands for no mention of gold counts against its own kind.
    """
    counts = {
        "countries": compare({m[:3] for m in ours}, {m[:3] for m in gold}),
        "countries, and kind": compare(ours, gold),
    }
    kinds = {m[:3]: m[3] for m in gold}
    for kind in KINDS:
        answers = {m[:3] for m in ours if kinds.get(m[:3], m[3]) == kind}
        counts[kind] = compare(answers, {m[:3] for m in gold if m[3] == kind})
    return counts
