"""From articles to a graph: the one module that wires reading, extraction, resolution, assembly and the store.

What a graph holds depends on the articles, the judgements, the extractor, this code and the base of the IRIs, and on
nothing else: not on the order of paths, the number of workers, the steps in which articles came, or runs that broke off
on the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from kg.config import Settings
from kg.errors import ArticleError, RunError
from kg.model import Article
from kg.pipeline.extraction import Extract, Extractor, Progress, record_all
from kg.pipeline.graph import derive
from kg.pipeline.judgements import judged, ledger_entries, ledger_path, outdated
from kg.pipeline.names import meant
from kg.pipeline.output import OUTPUTS, write_files
from kg.store import Store, open_store

__all__ = [
    "OUTPUTS", "Extract", "NothingDone", "Progress", "Summary", "add", "build", "follow", "gc", "ledger_path",
    "outdated", "retract", "write_files",
]  # fmt: skip


class NothingDone(RunError):
    """None of the articles could be used, and the store is as it was. `skipped` says why, article by article."""

    def __init__(self, what: str, skipped: tuple[ArticleError, ...]) -> None:
        self.skipped = skipped
        more = f" (and {len(skipped) - 1} more)" if len(skipped) > 1 else ""
        super().__init__(f"{what}: {skipped[0]}{more}" if skipped else what)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did, and what the store holds after it. All numbers but the last group count articles.

    `superseded` are known articles with a new text or new metadata; `reread` are unchanged ones that were extracted
    again because the extractor is another one. `changed` says whether the graph is another one than before.
    """

    changed: bool
    articles: int
    added: int = 0
    superseded: int = 0
    unchanged: int = 0
    retracted: int = 0
    reread: int = 0
    without_date: int = 0
    without_outlet: int = 0
    skipped: tuple[ArticleError, ...] = ()
    entities: Mapping[str, int] = field(default_factory=dict)
    """Entities by type, in the order of `EntityType`."""
    claims: Mapping[str, int] = field(default_factory=dict)
    """Claims by kind, in alphabetical order."""
    quads: int = 0
    judgements: int = 0
    """Judgements in force."""
    orphans: tuple[str, ...] = ()
    """Judgements whose words are no longer in the articles, and why: a line for each."""
    conflicts: tuple[str, ...] = ()
    """Judgements of two people that contradict each other, and which of them holds: a line for each pair."""


def build(
    paths: Sequence[str | Path],
    store: Store | str | Path,
    *,
    stdin: BinaryIO | None = None,
    extract: Extract | None = None,
    fingerprint: str | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
    judgements: str | Path | None = None,
) -> Summary:
    """Makes a store hold exactly the articles at `paths`, and derives its graph.

    `store` is its folder, made when it is not there, or a store opened for writing. Evidence of articles that did not
    change is reused; articles that are no longer there are retracted. `extract` takes the place of the shipped reader
    and then needs a `fingerprint` that tells it from other extractors. `-` among the paths reads `stdin`.

    `judgements` is the ledger; None for the one the store was last built with, at first `judgements.jsonl` at hand.
    Where there is no such file, there are no judgements.

    NothingDone when no article can be used, RunError when the store or the ledger cannot; either leaves the store as it
    was.
    """
    extractor = Extractor(extract, fingerprint)
    return _put(paths, store, stdin, extractor, settings or Settings(), progress, judgements, beside=False)


def add(
    paths: Sequence[str | Path],
    store: Store | str | Path,
    *,
    stdin: BinaryIO | None = None,
    extract: Extract | None = None,
    fingerprint: str | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
    judgements: str | Path | None = None,
) -> Summary:
    """Puts the articles at `paths` into a store beside those it holds; one with a known key takes the old one's place.

    The parameters and errors are those of `build`. When the extractor is not the one the store was built with, all
    other articles are extracted again, too: `Summary.reread` counts them.
    """
    extractor = Extractor(extract, fingerprint)
    return _put(paths, store, stdin, extractor, settings or Settings(), progress, judgements, beside=True)


def retract(
    names: Sequence[str | Path],
    store: Store | str | Path,
    *,
    settings: Settings | None = None,
    judgements: str | Path | None = None,
) -> Summary:
    """Takes articles out of a store. Their evidence stays until `gc`, so that adding them again costs nothing.

    Each name is an article's URL, its id or IRI, its path as the store knows it, or a file or folder whose articles are
    meant. Names that mean nothing in the store are in `skipped`; NothingDone when all are such. `judgements` as for
    `build`.
    """
    with _writing(store) as opened:
        entries = ledger_entries(opened, judgements)
        held = opened.record.held()
        found = {name: meant(name, held) for name in map(str, names)}
        skipped = tuple(_unknown(name, opened) for name, articles in found.items() if not articles)
        gone = {h.key for articles in found.values() for h in articles}
        fingerprint = opened.record.fingerprint
        if not gone or fingerprint is None:
            raise NothingDone("nothing was retracted", skipped)
        before = {h.key: h.version for h in held}
        after = {key: version for key, version in before.items() if key not in gone}
        opened.record.hold(after.values(), fingerprint)
        changed = derive(opened, entries, settings.base if settings else None)
        return _summary(opened, before, after, changed, skipped)


def follow(store: Store | str | Path, *, judgements: str | Path | None = None) -> Summary:
    """Makes the graph of a store follow its judgements, without looking at any article. `judgements` as for `build`.

    RunError when the store holds nothing yet.
    """
    with _writing(store) as opened:
        if opened.record.fingerprint is None:
            raise RunError(f"{opened.location or 'this store'} holds no articles yet; build it first")
        held = {h.key: h.version for h in opened.record.held()}
        return _summary(opened, held, held, derive(opened, ledger_entries(opened, judgements)), ())


def gc(store: Store | str | Path, *, judgements: str | Path | None = None) -> int:
    """Forgets the evidence of articles a store no longer holds, and old graphs. Returns how many records went.

    The graph is derived again where it is missing, damaged or behind the record. `judgements` as for `build`.
    """
    with _writing(store) as opened:
        entries = ledger_entries(opened, judgements)
        gone = opened.record.gc()
        if opened.record.fingerprint is not None:
            derive(opened, entries)
        opened.graph.tidy()
        return gone


def _put(
    paths: Sequence[str | Path],
    store: Store | str | Path,
    stdin: BinaryIO | None,
    extractor: Extractor,
    settings: Settings,
    progress: Progress | None,
    judgements: str | Path | None,
    *,
    beside: bool,
) -> Summary:
    from kg.read import read

    items = list(read(paths, stdin))
    skipped = [item for item in items if isinstance(item, ArticleError)]
    new = {item.key: item for item in items if isinstance(item, Article)}
    if not new:
        raise NothingDone("no article could be read", tuple(skipped))
    with _writing(store) as opened:
        entries = ledger_entries(opened, judgements)
        record, fingerprint = opened.record, extractor.fingerprint
        before = {h.key: h.version for h in record.held()}
        stale = record.fingerprint not in (None, fingerprint)
        others = [a for a in record.articles() if a.key not in new] if beside and stale else []
        after = {**(before if beside else {}), **{key: article.version for key, article in new.items()}}
        todo = [a for a in (*others, *new.values()) if not record.has(a.version, fingerprint)]
        for article, error in record_all(todo, record, extractor, settings.workers, progress):
            skipped.append(error)
            known = before.get(article.key)
            if beside and known is not None and record.has(known, fingerprint):
                after[article.key] = known  # what cannot be read does not take the place of what could
            else:
                del after[article.key]
        if not any(after.get(key) == article.version for key, article in new.items()):
            raise NothingDone("no article could be used", tuple(skipped))
        record.hold(after.values(), fingerprint)
        reread = sum(before.get(a.key) == a.version == after.get(a.key) for a in todo) if stale else 0
        return _summary(opened, before, after, derive(opened, entries, settings.base), tuple(skipped), reread)


def _summary(
    store: Store,
    before: Mapping[str, str],
    after: Mapping[str, str],
    changed: bool,
    skipped: tuple[ArticleError, ...],
    reread: int = 0,
) -> Summary:
    articles = list(store.record.articles())
    counts = (store.graph.about() or {}).get("counts", {})
    about = judged(store)
    common = before.keys() & after.keys()
    return Summary(
        changed=changed,
        articles=len(articles),
        added=len(after.keys() - before.keys()),
        superseded=sum(before[key] != after[key] for key in common),
        unchanged=sum(before[key] == after[key] for key in common),
        retracted=len(before.keys() - after.keys()),
        reread=reread,
        without_date=sum(not a.published for a in articles),
        without_outlet=sum(not a.outlet for a in articles),
        skipped=skipped,
        judgements=about.get("applied", 0),
        orphans=tuple(about.get("orphans", ())),
        conflicts=tuple(about.get("conflicts", ())),
        **counts,
    )


@contextmanager
def _writing(store: Store | str | Path) -> Iterator[Store]:
    if isinstance(store, Store):
        if not store.writable:
            raise RunError(f"{store!r} is open for reading only; open it with write=True")
        yield store
    else:
        with open_store(store, write=True) as opened:
            yield opened


def _unknown(name: str, store: Store) -> ArticleError:
    where = f"the store {store.location}" if store.location else "this store"
    return ArticleError(name, f"is no article of {where}", "give its path, its URL or its id")
