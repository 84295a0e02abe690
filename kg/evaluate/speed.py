"""How fast articles are read, and where the time goes."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluate import corpora
from kg.evaluate.report import Figure
from kg.evaluate.tasks import Step, piped
from kg.model import Article

if TYPE_CHECKING:
    from spacy.language import Language


def speed(nlp: Language, data: Path, limit: int | None, step: Step) -> Sequence[Figure]:
    """Words (separated by white space) a second over PolNeAR dev articles, loading excluded, by wall clock.

    "pipeline" is the spaCy pipeline alone, "kg extract" all from text to JSON. Then each stage's share of the processor
    time, stage by stage over the same articles. Peak memory is that of the whole process so far (resident set size),
    absent where the system does not tell.
    """
    texts = [document.text for document in islice(corpora.polnear(data, "dev"), limit)]
    words = sum(len(text.split()) for text in texts)
    for text in texts[:1]:
        nlp(text)
    start = time.perf_counter()
    for _ in piped(nlp, texts, step):
        pass
    alone = time.perf_counter() - start
    start = time.perf_counter()
    _extract(nlp, texts)
    whole = time.perf_counter() - start
    figures = [
        Figure("speed", words / alone if texts else 0.0, "words/s"),
        Figure("kg extract", words / whole if texts else 0.0, "words/s"),
        Figure("words", words, "words"),
        *_shares(nlp, texts),
    ]
    memory = _peak_memory()
    return [*figures, Figure("peak memory", memory, "MB")] if memory is not None else figures


def _extract(nlp: Language, texts: Sequence[str]) -> None:
    from kg.extract import evidence_of, to_contract

    articles = (Article(f"{n}.txt", text) for n, text in enumerate(texts))
    for doc, article in nlp.pipe(((a.body, a) for a in articles), as_tuples=True):
        json.dumps(to_contract(evidence_of(doc, article)))


def _shares(nlp: Language, texts: Sequence[str]) -> list[Figure]:
    """Per cent of the processor time (all threads) by tokenizer, component and extractor."""
    from kg.extract.claims import find_claims
    from kg.extract.entities import find_referents

    spent: dict[str, float] = {}
    clock = time.process_time
    start = clock()
    docs = [nlp.make_doc(text) for text in texts]
    spent["tokenizer"] = clock() - start
    for name, component in nlp.pipeline:
        start = clock()
        docs = list(component.pipe(docs)) if hasattr(component, "pipe") else [component(doc) for doc in docs]
        spent[name] = clock() - start
    start = clock()
    referents = [find_referents(doc) for doc in docs]
    spent["entities"] = clock() - start
    start = clock()
    for doc, refs in zip(docs, referents, strict=True):
        find_claims(doc, refs)
    spent["claims"] = clock() - start
    total = sum(spent.values()) or 1.0
    return [Figure(f"share of {name}", 100 * seconds / total) for name, seconds in spent.items()]


def _peak_memory() -> float | None:
    """Megabytes (10^6 bytes) this process has held at most; None on systems without getrusage."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if sys.platform == "darwin" else 1024) / 1e6
