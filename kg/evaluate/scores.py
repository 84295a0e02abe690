"""Scores as functions on sets of spans. Nothing here knows a corpus or a pipeline.

Every figure is made from three counts that add up over documents, so that totals, breakdowns and confidence
intervals are sums of the same rows. Where as many answers are given as asked for, F1 is accuracy.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from kg.evaluate.corpora import Attribution, Interval

ROLES = ("source", "cue", "content")

_MARK = re.compile("[\"“”«»„]|''|``")
_QUOTED = re.compile(rf"(?:{_MARK.pattern}|['‘])(?s:.)*(?:{_MARK.pattern}|['’])[.,;:?!]?")


@dataclass(frozen=True, slots=True)
class Counts:
    """Right answers, answers given, and answers wanted."""

    correct: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.correct + other.correct, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Share of the answers given that are right, 0 to 1; 0 when none was given."""
        return self.correct / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the answers wanted that were given, 0 to 1; 0 when none was wanted."""
        return self.correct / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1; 0 when there is nothing to count."""
        both = self.predicted + self.gold
        return 2 * self.correct / both if both else 0.0


def compare(predicted: Set[Hashable], gold: Set[Hashable]) -> Counts:
    """Exact matches between two sets."""
    return Counts(len(predicted & gold), len(predicted), len(gold))


def total(rows: Iterable[Mapping[str, Counts]]) -> dict[str, Counts]:
    """The sum of each figure over all rows, figures in order of first appearance."""
    sums: dict[str, Counts] = {}
    for row in rows:
        for name, counts in row.items():
            sums[name] = sums.get(name, Counts()) + counts
    return sums


def interval(rows: Sequence[Counts], resamples: int = 500, seed: int = 0) -> tuple[float, float] | None:
    """95 % confidence interval of F1, 0 to 1, by the percentile bootstrap over documents (Efron and Tibshirani 1993).

    One row for each document. None for fewer than two documents, which say nothing about their spread.
    """
    return macro_interval([rows], resamples, seed)


def macro_interval(
    classes: Sequence[Sequence[Counts]], resamples: int = 500, seed: int = 0
) -> tuple[float, float] | None:
    """`interval` of the mean F1 of several classes: for each class the counts of the same documents, in order."""
    import numpy as np

    if not classes or len(classes[0]) < 2:
        return None
    table = np.array([[(row.correct, row.predicted + row.gold) for row in rows] for rows in classes], dtype=np.float64)
    documents = len(classes[0])
    draws = np.random.default_rng(seed).multinomial(documents, [1 / documents] * documents, size=resamples)
    correct, both = np.moveaxis(draws @ table, 2, 0)
    scores = np.divide(2 * correct, both, out=np.zeros_like(correct), where=both > 0).mean(0)
    low, high = np.percentile(scores, (2.5, 97.5))
    return float(low), float(high)


def characters(spans: Iterable[Interval]) -> frozenset[int]:
    """The offsets that spans cover."""
    return frozenset(at for start, end in spans for at in range(start, end))


def score_names(
    predicted: Iterable[tuple[int, int, str]],
    gold: Iterable[tuple[int, int, str]],
    scored: Sequence[str] = ("PER", "ORG", "LOC"),
    shown: Sequence[str] = ("MISC",),
) -> dict[str, Counts]:
    """Exact span and type (as in conlleval, Tjong Kim Sang and De Meulder 2003): "names" over all `scored` types,
    then each type by itself, the `shown` ones too. Names of any other type are passed over."""
    answers, wanted = set(predicted), set(gold)
    each = {
        type_: compare({n for n in answers if n[2] == type_}, {n for n in wanted if n[2] == type_})
        for type_ in (*scored, *shown)
    }
    return {"names": sum((each[type_] for type_ in scored), Counts()), **each}


def score_attributions(predicted: Sequence[Attribution], gold: Sequence[Attribution]) -> dict[str, Counts]:
    """How well the attributions of one document were found. Compares outermost attributions only, as PolNeAR has.

    "source", "cue", "content": distinct continuous pieces with exactly the gold boundaries.
    "source characters", …: single characters that carry the role.
    "who said what": attributions matched one to one, as many as possible, where the Jaccard index of the content's
    characters is at least 0.5 and the sources share a character or are both absent.
    "links": of the predicted cues that overlap a gold cue (paired one to one, largest overlap first), those whose
    source and content are that cue's: both share a character with gold's, or the source is absent in both.
    """
    answers = outermost(predicted)
    figures = {}
    for role in ROLES:
        figures[role] = compare(
            {piece for a in answers for piece in getattr(a, role)}, {piece for a in gold for piece in getattr(a, role)}
        )
    for role in ROLES:
        figures[f"{role} characters"] = compare(
            characters(piece for a in answers for piece in getattr(a, role)),
            characters(piece for a in gold for piece in getattr(a, role)),
        )
    figures["who said what"] = Counts(len(_paired(answers, gold)), len(answers), len(gold))
    figures["links"] = _links(answers, gold)
    return figures


def score_kinds(text: str, predicted: Sequence[Attribution], gold: Sequence[Attribution]) -> dict[str, Counts]:
    """The share of the gold attributions that is found (see "who said what"), by the kind of the gold content.

    "direct": all of it stands in quotation marks; "mixed": some does; "indirect": none does.
    """
    found = _paired(outermost(predicted), gold)
    figures = {f"found: {kind}": Counts() for kind in ("direct", "mixed", "indirect")}
    for n, attribution in enumerate(gold):
        name = f"found: {_kind(text, attribution.content)}"
        figures[name] += Counts(int(n in found), 1, 1)
    return figures


def _kind(text: str, content: Sequence[Interval]) -> str:
    quoted = [text[start:end] for start, end in content]
    if all(_QUOTED.fullmatch(piece) for piece in quoted):
        return "direct"
    return "mixed" if any(_MARK.search(piece) for piece in quoted) else "indirect"


def outermost(attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions whose cue (without one, whose content) does not stand inside the longer content of another."""
    contents = [characters(a.content) for a in attributions]
    anchors = [characters(a.cue) or content for a, content in zip(attributions, contents, strict=True)]
    return [
        a
        for i, a in enumerate(attributions)
        if not any(
            i != j and anchors[i] <= contents[j] and len(contents[j]) > len(contents[i]) for j in range(len(contents))
        )
    ]


def _paired(predicted: Sequence[Attribution], gold: Sequence[Attribution]) -> set[int]:
    """Which gold attributions have a partner in a maximum matching of those that say the same of the same source."""
    import networkx as nx

    answers = [(characters(a.source), characters(a.content)) for a in predicted]
    wanted = [(characters(a.source), characters(a.content)) for a in gold]
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    graph.add_nodes_from(("predicted", i) for i in range(len(answers)))
    for i, (source, content) in enumerate(answers):
        for j, (gold_source, gold_content) in enumerate(wanted):
            shared = len(content & gold_content)
            if shared and 2 * shared >= len(content | gold_content) and same_source(source, gold_source):
                graph.add_edge(("predicted", i), ("gold", j))
    top = [("predicted", i) for i in range(len(answers))]
    if not graph.number_of_edges():
        return set()
    return {i for side, i in nx.bipartite.hopcroft_karp_matching(graph, top) if side == "gold"}


def _links(predicted: Sequence[Attribution], gold: Sequence[Attribution]) -> Counts:
    cues = [characters(a.cue) for a in predicted]
    gold_cues = [characters(a.cue) for a in gold]
    overlaps = [(-len(cue & other), i, j) for i, cue in enumerate(cues) for j, other in enumerate(gold_cues)]
    used, used_gold, correct = set(), set(), 0
    for overlap, i, j in sorted(overlaps):
        if overlap < 0 and i not in used and j not in used_gold:
            used.add(i)
            used_gold.add(j)
            correct += same_source(characters(predicted[i].source), characters(gold[j].source)) and bool(
                characters(predicted[i].content) & characters(gold[j].content)
            )
    return Counts(correct, len(used), len(used))


def same_source(predicted: Set[int], gold: Set[int]) -> bool:
    """Whether two sources share a character, or are both absent."""
    return bool(predicted & gold) or not (predicted or gold)
