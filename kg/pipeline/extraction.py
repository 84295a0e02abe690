"""Articles → evidence, one by one or on several workers; what fails costs one article."""

from __future__ import annotations

import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from kg.config import debug
from kg.errors import ArticleError, RunError
from kg.model import Article, Evidence
from kg.store import Record

if TYPE_CHECKING:
    from spacy.language import Language

Extract = Callable[[Article], Evidence]
Progress = Callable[[int, int, str], None]
"""Called after each extracted article: how many are done, how many there are to do, and the path of this one."""


@dataclass(frozen=True, slots=True)
class Extractor:
    """The extractor to use: the given one, or the shipped reader, which is loaded when the first article needs it.

    A `given` one needs a name that tells it from others; used by several workers, it must be fit for pickling.
    """

    given: Extract | None = None
    named: str | None = None

    def __post_init__(self) -> None:
        if (self.given is None) != (self.named is None):
            raise TypeError("extract and fingerprint go together: give both or neither")

    @property
    def fingerprint(self) -> str:
        """What evidence by this extractor is filed under: hash of weights, code and settings."""
        if self.named is not None:
            return self.named
        from kg.extract import fingerprint

        return fingerprint()


def record_all(
    articles: Sequence[Article],
    record: Record,
    extractor: Extractor,
    workers: int,
    progress: Progress | None,
) -> Iterator[tuple[Article, ArticleError]]:
    """Puts the evidence of all articles on record, each as it comes; yields those that failed, and why.

    RunError when nothing more can be done: no weights, no room, a worker that died.
    """
    fingerprint = extractor.fingerprint
    for done, (article, result) in enumerate(_results(articles, extractor.given, workers), start=1):
        if isinstance(result, Evidence):
            try:
                record.put(result, fingerprint)
            except RunError:
                raise
            except Exception as error:
                result = _failure(article, error)
        if isinstance(result, ArticleError):
            yield article, result
        if progress is not None:
            progress(done, len(articles), article.path)


def extracted(items: Iterable[Article | ArticleError]) -> Iterator[Evidence | ArticleError]:
    """What the shipped reader finds in each article, without a store; errors among the items pass through, in order.

    The network works on the next articles while these are taken apart. Whatever fails inside an article is that
    article's error. RunError when the reader cannot be loaded.
    """
    stream = iter(items)
    queue: deque[Article | ArticleError] = deque()
    while True:
        try:
            yield from _piped(stream, queue)
            return
        except RunError:
            raise
        except Exception:  # which article it was is unknown: one by one, it shows
            while queue:
                item = queue.popleft()
                yield item if isinstance(item, ArticleError) else _attempt(None, item)


def _piped(
    stream: Iterator[Article | ArticleError], queue: deque[Article | ArticleError]
) -> Iterator[Evidence | ArticleError]:
    """Evidence in order, through the pipeline's stream; `queue` holds what was taken from `stream` and not yielded."""
    from kg.extract import evidence_of

    def bodies() -> Iterator[str]:
        for item in stream:
            queue.append(item)
            if isinstance(item, Article):
                yield item.body

    for doc in _shipped_pipeline().pipe(bodies()):
        while isinstance(queue[0], ArticleError):
            yield queue.popleft()  # type: ignore[misc]
        article = queue[0]
        assert isinstance(article, Article)
        result = _guarded(article, lambda a, doc=doc: evidence_of(doc, a))  # type: ignore[misc]
        queue.popleft()
        yield result
    while queue:
        yield queue.popleft()  # type: ignore[misc]


def _results(
    articles: Sequence[Article], given: Extract | None, workers: int
) -> Iterator[tuple[Article, Evidence | ArticleError]]:
    attempt = partial(_attempt, given)
    workers = min(workers, len(articles))
    if workers <= 1:
        results = map(attempt, articles) if given else extracted(articles)
        yield from zip(articles, results, strict=True)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    try:  # spawned, not forked: the same everywhere, and threads of the inference engine do not survive a fork
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            yield from zip(articles, pool.map(attempt, articles), strict=True)
    except BrokenProcessPool as error:
        raise RunError(
            "a worker process died, perhaps for want of memory; run again with fewer workers: what is done is kept"
        ) from error


def _attempt(given: Extract | None, article: Article) -> Evidence | ArticleError:
    return _guarded(article, given or _shipped_reader())


def _guarded(article: Article, extract: Extract) -> Evidence | ArticleError:
    """The evidence, or what went wrong as this article's error."""
    try:
        evidence = extract(article)
        if evidence.article != article:
            raise ValueError("the evidence is of another article")
    except ArticleError as error:
        return error
    except RunError:
        raise
    except Exception as error:
        return _failure(article, error)
    return evidence


@cache
def _shipped_pipeline() -> Language:
    """The reader that comes with the package, loaded once a process."""
    from kg.annotate import load

    return load()


def _shipped_reader() -> Extract:
    from kg.extract import extract_article

    return partial(extract_article, _shipped_pipeline())


def _failure(article: Article, error: Exception) -> ArticleError:
    """Whatever goes wrong inside one article costs that article, and is told."""
    if debug():
        traceback.print_exception(error, file=sys.stderr)
    what = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return ArticleError(
        article.path, f"could not be analysed ({what})", "please report it; KG_DEBUG=1 shows where it happened"
    )
