"""Whether the confidence of claims is the share of them that is right.

Measured on the outermost claims of `kg extract` in PolNeAR's dev articles. A claim is right when a gold attribution
says *who said what* as it does: the Jaccard index of the content's characters is at least 0.5, and the sources share a
character or are both absent (as in `kg.evaluate.scores`).

Expected calibration error (Guo et al. 2017, On Calibration of Modern Neural Networks): the claims in order of
confidence, in 15 bins of equally many (Nguyen and O'Connor 2015), the mean over the bins of |share right - mean
confidence|, weighted by their size. The calibration that ships is fitted on these articles; so a second figure fits it
on half of them (by the parity of the SHA-256 of the document's id) and measures on the other, both ways.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.annotate.confidence import TERMS, Calibration, Sureness
from kg.evaluate import corpora
from kg.evaluate.report import Figure
from kg.evaluate.scores import Counts, characters, same_source
from kg.evaluate.tasks import Step, piped
from kg.model import Article, Claim

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BINS = 15
_RIDGE = 1.0  # of the squared coefficients, the constant apart
_STEPS = 50
_RESAMPLES, _SEED = 500, 0

Column = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim's confidence and whether it is right; what the reader said of it, where the reader found it."""

    document: str
    confidence: float
    right: bool
    sureness: Sureness | None


def calibration(nlp: Language, data: Path, limit: int | None, step: Step) -> list[Figure]:
    """Calibration error as shipped and cross-fitted, how well confidence tells right from wrong, and each bin."""
    claims = judged_claims(nlp, data, limit, step)
    right = np.array([c.right for c in claims], dtype=np.float64)
    shipped = np.array([c.confidence for c in claims])
    crossed = cross_fitted(claims)
    documents = np.unique([c.document for c in claims], return_inverse=True)[1]
    figures = [
        Figure("ECE", expected_error(shipped, right), "", None, *_interval(shipped, right, documents)),
        Figure("ECE, cross-fitted", expected_error(crossed, right), "", None, *_interval(crossed, right, documents)),
        Figure("Brier score, cross-fitted", _mean((crossed - right) ** 2), ""),
        Figure("Brier score of one confidence for all", _mean((right - _mean(right)) ** 2), ""),
        Figure("right ranked above wrong (AUC), cross-fitted", _auc(crossed, right), ""),
        Figure("claims right", 100 * _mean(right), counts=_counts(right)),
    ]
    for members in _bins(shipped) if len(claims) else ():
        low, high = shipped[members].min(), shipped[members].max()
        name = f"right of those with {low:.2f} to {high:.2f}, mean {shipped[members].mean():.2f}"
        figures.append(Figure(name, 100 * _mean(right[members]), counts=_counts(right[members])))
    return figures


def _counts(right: Column) -> Counts:
    return Counts(int(right.sum()), len(right), len(right))


def judged_claims(nlp: Language, data: Path, limit: int | None, step: Step) -> list[Judged]:
    """The outermost claims of PolNeAR's dev articles, in order."""
    from kg.extract import evidence_of

    documents = list(islice(corpora.polnear(data, "dev"), limit))
    found: list[Judged] = []
    for document, doc in zip(documents, piped(nlp, [d.text for d in documents], step), strict=True):
        article = Article(document.id, document.text, outlet=document.publisher, published=document.date)
        claims = [claim for claim in evidence_of(doc, article).claims if claim.within is None]
        gold = [(characters(a.source), characters(a.content)) for a in document.attributions]
        said = dict(_sureness(doc))
        for claim in claims:
            found.append(Judged(document.id, claim.confidence, is_right(claim, gold), _said_of(claim, said)))
    return found


def is_right(claim: Claim, gold: Iterable[tuple[frozenset[int], frozenset[int]]]) -> bool:
    """Whether an attribution of the gold, given as source and content, says the same of the same source."""
    source = characters([(claim.source.start, claim.source.end)] if claim.source is not None else [])
    content = characters((span.start, span.end) for span in claim.content)
    return any(
        2 * len(content & theirs) >= len(content | theirs) and same_source(source, their_source)
        for their_source, theirs in gold
    )


def _sureness(doc: Doc) -> Iterator[tuple[tuple[bool, int], Sureness]]:
    """What the reader said of each attribution, by whether it has a cue, and where that, else the content, begins."""
    from kg.annotate.reader import KEY, reading_of, word_indices

    reading = reading_of(doc) if KEY in doc.user_data else None  # another pipeline's claims say nothing of it
    at = word_indices(doc)
    for attribution in reading.attributions if reading is not None else ():
        first = attribution.cue or next(iter(attribution.contents), None)
        if first is not None:
            yield (attribution.cue is not None, doc[at[first[0]]].idx), attribution.sureness


def _said_of(claim: Claim, said: dict[tuple[bool, int], Sureness]) -> Sureness | None:
    if claim.cue is not None:
        return said.get((True, claim.cue.start))
    inside = (at for cue, at in said if not cue and claim.content[0].start <= at < claim.content[0].end)
    return said.get((False, min(inside, default=-1)))


def fit(claims: Iterable[Judged]) -> dict[str, float]:
    """Coefficients by term: logistic regression with a ridge, by Newton's method. All 0 without claims."""
    known = [(c.sureness.terms(), c.right) for c in claims if c.sureness is not None]
    weights = np.zeros(len(TERMS))
    if known:
        table = np.array([terms for terms, _ in known])
        right = np.array([right for _, right in known], dtype=np.float64)
        ridge = np.diag([1e-6, *[_RIDGE] * (len(TERMS) - 1)])
        for _ in range(_STEPS):
            p = 1 / (1 + np.exp(-table @ weights))
            gradient = table.T @ (right - p) - ridge @ weights
            weights += np.linalg.solve((table * (p * (1 - p))[:, None]).T @ table + ridge, gradient)
    return dict(zip(TERMS, weights.tolist(), strict=True))


def cross_fitted(claims: Sequence[Judged]) -> Column:
    """Confidences by calibrations that were each fitted on the half of the documents that is not the claim's own.

    Claims that the reader did not find keep theirs.
    """
    half = {c.document: hashlib.sha256(c.document.encode()).digest()[-1] % 2 for c in claims}
    fits = [Calibration(fit(c for c in claims if half[c.document] != side)) for side in (0, 1)]
    return np.array(
        [
            c.confidence if c.sureness is None else round(fits[half[c.document]](c.sureness), 2)
            for c in claims
        ]
    )  # fmt: skip


def expected_error(confidence: Column, right: Column) -> float:
    """Expected calibration error, 0 to 1; 0 without claims."""
    size = len(confidence)
    return float(sum(abs((confidence[b] - right[b]).sum()) for b in _bins(confidence)) / size) if size else 0.0


def _bins(confidence: Column) -> list[NDArray[np.intp]]:
    """Claims by number, in at most `BINS` bins of equally many, the least confident first."""
    order = np.argsort(confidence, kind="stable")
    return np.array_split(order, min(BINS, max(len(order), 1)))


def _interval(
    confidence: Column, right: Column, documents: NDArray[np.intp]
) -> tuple[float, float] | tuple[None, None]:
    """95 % interval of the error by the percentile bootstrap over documents."""
    count = int(documents.max(initial=-1)) + 1
    if count < 2:
        return None, None
    members = [np.flatnonzero(documents == n) for n in range(count)]
    random = np.random.default_rng(_SEED)
    errors = []
    for _ in range(_RESAMPLES):
        drawn = np.concatenate([members[n] for n in random.integers(count, size=count)])
        errors.append(expected_error(confidence[drawn], right[drawn]))
    low, high = np.percentile(errors, (2.5, 97.5))
    return float(low), float(high)


def _auc(confidence: Column, right: Column) -> float:
    """Probability that a right claim has more confidence than a wrong one; ties count half (Mann and Whitney 1947)."""
    good, bad = np.sort(confidence[right == 1]), confidence[right == 0]
    if not len(good) or not len(bad):
        return 0.0
    below = np.searchsorted(good, bad, "right"), np.searchsorted(good, bad, "left")
    return float(1 - (below[0] + below[1]).mean() / 2 / len(good))


def _mean(values: Column) -> float:
    return float(values.mean()) if len(values) else 0.0
