"""What `import kg` offers: build a graph or open one, then ask it, or take it to pandas, networkx or rdflib."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO

from kg.config import DEFAULT_PATH, DEFAULT_STORE, Settings
from kg.errors import RunError
from kg.model import Article
from kg.store import MEMORY, Hit, Store, open_store

if TYPE_CHECKING:
    import networkx
    import pandas
    import pyoxigraph
    import rdflib
    import spacy

    from kg.pipeline import Extract, Progress, Summary
    from kg.query import Rows
    from kg.view import Inline


def build(
    *paths: str | Path,
    store: str | Path = DEFAULT_STORE,
    output: str | Path | None = None,
    stdin: BinaryIO | None = None,
    extract: Extract | None = None,
    fingerprint: str | None = None,
    base: str | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    judgements: str | Path | None = None,
) -> Graph:
    """Makes the store hold exactly the articles at `paths` (files, folders; `seeds/` when none is given); opens it.

    `store` is a folder, or ":memory:" for a graph that is gone with the process. With `output`, `graph.ttl`, `graph.nq`
    and `graph.html` are written into that folder. `judgements` is the ledger, by default the one that the store was
    built with before, or `judgements.jsonl` at hand. What was found and what was skipped is in `Graph.summary`. All
    else is as in `kg.pipeline.build` and `kg.config.Settings`, RunError among them when no article can be used.
    """
    from kg import pipeline

    opened = open_store(store, write=True)
    try:
        summary = pipeline.build(
            paths or (DEFAULT_PATH,),
            opened,
            stdin=stdin,
            extract=extract,
            fingerprint=fingerprint,
            settings=Settings(base=base, workers=workers),
            progress=progress,
            judgements=judgements,
        )
        if output is not None:
            pipeline.write_files(opened, output)
    except BaseException:
        opened.close()
        raise
    if opened.location is None:
        return Graph(opened, summary)
    opened.close()  # so that others may write while this graph is read
    return Graph(open_store(store), summary)


def open(store: str | Path = DEFAULT_STORE) -> Graph:
    """The graph of a store that was built before, for reading. RunError when there is none, or it is damaged."""
    if str(store) == MEMORY:
        raise RunError("a graph in memory cannot be opened, only built: kg.build(..., store=':memory:')")
    opened = open_store(store)
    try:
        return Graph(opened)
    except BaseException:
        opened.close()
        raise


def load(exclude: tuple[str, ...] = (), weights: Path | None = None) -> spacy.language.Language:
    """The reader as a spaCy pipeline: `kg.load()("text")` is a Doc with tags, dependencies, entities and claims.

    `exclude` leaves components out (`kg_tagger`, `kg_parser`, …); `weights` is a folder that `kg.train` wrote, to use
    instead of the shipped ones.
    """
    from kg import annotate

    return annotate.load(exclude, weights)


class Graph:
    """A graph as it stands when it is opened; later builds do not change it. Close it, or use it in a `with` statement.

    `summary` is what the build did, None for a graph that was opened.
    """

    def __init__(self, store: Store, summary: Summary | None = None) -> None:
        from kg.pipeline.judgements import hidden_claims

        self.summary = summary
        self._store = store
        self._graph: pyoxigraph.Store | None = store.graph.open()
        self._articles = tuple(store.record.articles())
        self._hidden = hidden_claims(store)

    def query(self, query: str | Path, *, everything: bool = False, **params: str) -> Rows:
        """Answers SPARQL text, a named query (`kg query` lists them) or a file with a query, given as a Path.

        `params` are the query's parameters: `graph.query("said", speaker="Mark Rutte")`. What is asked is what is
        concluded, with articles and passages; with `everything`, raw evidence and judgements too. The answer has
        `.records()`, rows as dictionaries, and `.table()`. QueryError, a KgError, when the query cannot be used.
        """
        from kg.query import run

        return run(self._opened, query, params, everything=everything)

    def search(self, words: str, limit: int = 100) -> tuple[Hit, ...]:
        """Claims whose content has all these words, best first, regardless of case, accents and order; hidden ones not.

        This one asks the record of the store, as it is now, for the words that are read there.
        """
        self._opened  # noqa: B018 - a closed graph says so
        found = self._store.record.search(words, limit + len(self._hidden))
        return tuple(hit for hit in found if (hit.key, hit.claim) not in self._hidden)[:limit]

    def show(self, height: int = 640) -> Inline:
        """The page, for a notebook: as the last expression of a cell it is displayed below, this many pixels high."""
        from kg.view import Inline, page

        return Inline(page(self._opened), height)

    def to_pandas(self) -> pandas.DataFrame:
        """One row a claim: speaker, office, act, kind, polarity, content, sentence, about, title, outlet, and so on."""
        from kg.export import to_pandas

        return to_pandas(self._opened)

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Entities as nodes, and for each claim an edge from its speaker to each entity it is about.

        A claim about nobody is an edge to a node of its own.
        """
        from kg.export import to_networkx

        return to_networkx(self._opened)

    def to_rdflib(self) -> rdflib.Dataset:
        """A copy with all named graphs, evidence included; it can be changed without changing the store."""
        from pyoxigraph import RdfFormat, serialize
        from rdflib import Dataset

        graph = self._opened
        quads = (quad for name in graph.named_graphs() for quad in graph.quads_for_pattern(None, None, None, name))
        dataset = Dataset(default_union=True)
        dataset.parse(data=serialize(quads, format=RdfFormat.N_QUADS), format="nquads")
        return dataset

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles of the graph, in the order of their keys (URL, else path)."""
        return self._articles

    def close(self) -> None:
        """Lets go of the store's files; the graph cannot be asked afterwards. Closing twice is no error."""
        self._graph = None
        self._store.close()

    @property
    def _opened(self) -> pyoxigraph.Store:
        if self._graph is None:
            raise RunError("this graph is closed; open it again with kg.open")
        return self._graph

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<kg.Graph of {len(self._articles)} articles, {self._store.location or MEMORY}>"
