"""The system of record: one SQLite file that holds article versions, their evidence and the text of their claims.

Evidence is written once per article version and extractor fingerprint, each in a transaction of its own, and only read
after that: a run that breaks off keeps what it has done. Which versions the store *holds* is a separate, small set,
switched in one transaction together with the fingerprint, so that a store never shows evidence of two extractors, nor
half of an addition. Evidence of versions it no longer holds stays until `gc`.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.errors import RunError
from kg.model import Article, Evidence, evidence_from_dict, evidence_to_dict

FILE_NAME = "record.sqlite"
_APPLICATION_ID = 0x6B67_7374  # "kgst", in the file's header: told apart from other people's SQLite files
_LAYOUT = 1

_TABLES = """
CREATE TABLE version (
    version TEXT PRIMARY KEY, key TEXT NOT NULL, path TEXT NOT NULL, title TEXT, outlet TEXT, author TEXT,
    published TEXT, url TEXT, language TEXT, body TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE evidence (
    version TEXT NOT NULL REFERENCES version, fingerprint TEXT NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (version, fingerprint)
);
CREATE TABLE quads (
    version TEXT NOT NULL, fingerprint TEXT NOT NULL, maker TEXT NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (version, fingerprint), FOREIGN KEY (version, fingerprint) REFERENCES evidence
);
CREATE TABLE held (
    key TEXT PRIMARY KEY, version TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL,
    FOREIGN KEY (version, fingerprint) REFERENCES evidence
) WITHOUT ROWID;
CREATE TABLE claim (
    id INTEGER PRIMARY KEY, version TEXT NOT NULL, fingerprint TEXT NOT NULL, claim TEXT NOT NULL,
    FOREIGN KEY (version, fingerprint) REFERENCES evidence
);
CREATE INDEX claim_of ON claim (version, fingerprint);
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE claim_text USING fts5 (text, tokenize = "unicode61 remove_diacritics 2");
"""

# the fields of Article, in their order there
_ARTICLE = "v.path, v.body, v.title, v.outlet, v.author, v.published, v.url, v.language"


@dataclass(frozen=True, slots=True)
class Held:
    """An article the store holds: its key, its version and what identifies it for people."""

    key: str
    version: str
    path: str
    id: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A claim found by its words: the key of its article, its id there, and the text of its content."""

    key: str
    claim: str
    text: str


class Record:
    """The record of one store. `path` is the SQLite file, made when it is not there; None keeps it in memory.

    Every method raises RunError, with the file's name and what to do, when SQLite cannot read or write the file.
    Not for use by several threads at a time.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        with self._guarded():
            self._db = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=30, check_same_thread=False)
            try:
                self._prepare()
            except BaseException:
                self._db.close()
                raise

    def _prepare(self) -> None:
        self._db.execute("PRAGMA foreign_keys = ON")
        found = self._pragma("application_id"), self._pragma("user_version")
        if found == (0, 0) and not self._db.execute("SELECT 1 FROM sqlite_master").fetchone():
            if not self._db.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone():
                raise RunError("this Python's SQLite has no full-text search (FTS5); use one that has, as python.org's")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA application_id = {_APPLICATION_ID};"
                                   f"PRAGMA user_version = {_LAYOUT}; COMMIT")  # fmt: skip
        elif found[0] != _APPLICATION_ID:
            raise RunError(f"{self.path} is not a record of kg; name another folder for the store")
        elif found[1] != _LAYOUT:
            raise RunError(
                f"{self.path} has layout {found[1]}, this kg reads layout {_LAYOUT}; "
                "use the kg that wrote it, or build into a new folder"
            )
        self._db.execute("PRAGMA synchronous = NORMAL")

    def _pragma(self, name: str) -> int:
        return int(self._db.execute(f"PRAGMA {name}").fetchone()[0])

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise RunError(f"{self.path}: {error}; look at free space, the folder's rights and other runs") from error
        except sqlite3.IntegrityError:
            raise  # a mistake of the caller, not of the file
        except sqlite3.DatabaseError as error:
            raise RunError(f"{self.path} is damaged ({error}); move the store's folder away and build again") from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._guarded():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Closes the file; the record cannot be used afterwards."""
        self._db.close()

    # --- evidence -----------------------------------------------------------------------------------------------

    def has(self, version: str, fingerprint: str) -> bool:
        """Whether evidence of this article version by this extractor is on record."""
        with self._guarded():
            found = self._db.execute(
                "SELECT 1 FROM evidence WHERE version = ? AND fingerprint = ?", (version, fingerprint)
            ).fetchone()
        return found is not None

    def put(self, evidence: Evidence, fingerprint: str) -> None:
        """Records the evidence of one article version, in one transaction. It is not yet held: `hold` does that.

        What is already on record stays as it is: evidence does not change.
        """
        article = evidence.article
        identity = (article.version, fingerprint)
        with self._transaction() as db:
            if self.has(*identity):
                return
            db.execute(
                "INSERT OR IGNORE INTO version VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (article.version, article.key, article.path, article.title, article.outlet, article.author,
                 article.published, article.url, article.language, article.body),
            )  # fmt: skip
            db.execute("INSERT INTO evidence VALUES (?, ?, ?)", (*identity, _pack(evidence)))
            for claim in evidence.claims:
                row = db.execute(
                    "INSERT INTO claim (version, fingerprint, claim) VALUES (?, ?, ?)", (*identity, claim.id)
                ).lastrowid
                text = " ".join(span.text for span in claim.content)
                db.execute("INSERT INTO claim_text (rowid, text) VALUES (?, ?)", (row, text))

    def quads(self, version: str, fingerprint: str, maker: str) -> bytes | None:
        """The N-Quads that `maker` made of this evidence and `keep_quads` was given; None when there are none."""
        row = next(
            self._select(
                "SELECT data FROM quads WHERE version = ? AND fingerprint = ? AND maker = ?",
                (version, fingerprint, maker),
            ),
            None,
        )
        return None if row is None else self._inflate(row[0], version)

    def keep_quads(self, version: str, fingerprint: str, maker: str, quads: bytes) -> None:
        """Keeps the N-Quads of one article, so that they need not be made again while others come and go.

        `maker` says what they depend on beside the evidence; those by another maker are dropped.
        """
        with self._transaction() as db:
            row = (version, fingerprint, maker, zlib.compress(quads, 1))
            db.execute("INSERT OR REPLACE INTO quads VALUES (?, ?, ?, ?)", row)

    # --- what the store holds -----------------------------------------------------------------------------------

    @property
    def fingerprint(self) -> str | None:
        """The extractor that all held evidence comes from; None in a new store."""
        return self.setting("fingerprint")

    def hold(self, versions: Iterable[str], fingerprint: str) -> None:
        """Makes the store hold exactly these versions, as this extractor read them, in one transaction.

        Each must be on record and have a key of its own: ValueError otherwise, and nothing is changed.
        """
        try:
            with self._transaction() as db:
                db.execute("DELETE FROM held")
                for version in versions:
                    added = db.execute(
                        "INSERT INTO held SELECT key, version, ? FROM version WHERE version = ?", (fingerprint, version)
                    )
                    if added.rowcount != 1:
                        raise ValueError(f"no article version {version} on record")
                db.execute("INSERT OR REPLACE INTO setting VALUES ('fingerprint', ?)", (fingerprint,))
        except sqlite3.IntegrityError as error:
            raise ValueError(f"versions without evidence, or two versions of one article: {error}") from error

    def held(self) -> tuple[Held, ...]:
        """The articles the store holds, in the order of their keys."""
        return tuple(
            Held(key, version, path, Article(path=path, body="", url=url).id)
            for key, version, path, url in self._select(
                "SELECT v.key, v.version, v.path, v.url FROM held JOIN version v USING (version) ORDER BY v.key"
            )
        )

    def articles(self) -> Iterator[Article]:
        """The articles the store holds, in the order of their keys."""
        for row in self._select(f"SELECT {_ARTICLE} FROM held JOIN version v USING (version) ORDER BY v.key"):
            yield Article(*row)

    def text(self, version: str) -> str | None:
        """The body of an article version, held or not; None when it is not on record."""
        row = next(self._select("SELECT body FROM version WHERE version = ?", (version,)), None)
        return None if row is None else str(row[0])

    def evidence(self) -> Iterator[Evidence]:
        """The evidence of the articles the store holds, in the order of their keys."""
        rows = self._select(
            f"SELECT e.data, {_ARTICLE} FROM held h JOIN version v USING (version) "
            "JOIN evidence e ON e.version = h.version AND e.fingerprint = h.fingerprint ORDER BY v.key"
        )
        for data, *row in rows:
            yield self._unpack(data, Article(*row))

    def search(self, words: str, limit: int = 100) -> tuple[Hit, ...]:
        """Held claims whose content has all these words, best first, regardless of case, accents and order.

        Words are taken as they are: no character of them has a meaning to the index.
        """
        terms = " ".join('"' + word.replace('"', '""') + '"' for word in words.replace("\0", " ").split())
        if not terms:
            return ()
        rows = self._select(
            "SELECT h.key, c.claim, t.text FROM claim_text t JOIN claim c ON c.id = t.rowid "
            "JOIN held h ON h.version = c.version AND h.fingerprint = c.fingerprint "
            "WHERE t.claim_text MATCH ? ORDER BY bm25(claim_text), h.key, c.claim LIMIT ?",
            (terms, limit),
        )
        return tuple(Hit(*row) for row in rows)

    def gc(self) -> int:
        """Forgets all evidence that is not held, and gives its room back. Returns how many records went."""
        with self._transaction() as db:
            db.execute("CREATE TEMP TABLE gone AS SELECT version, fingerprint FROM evidence EXCEPT "
                       "SELECT version, fingerprint FROM held")  # fmt: skip
            claims = "SELECT id FROM claim WHERE (version, fingerprint) IN (SELECT * FROM gone)"
            db.execute(f"DELETE FROM claim_text WHERE rowid IN ({claims})")
            db.execute(f"DELETE FROM claim WHERE id IN ({claims})")
            db.execute("DELETE FROM quads WHERE (version, fingerprint) IN (SELECT * FROM gone)")
            gone = db.execute("DELETE FROM evidence WHERE (version, fingerprint) IN (SELECT * FROM gone)").rowcount
            db.execute("DELETE FROM version WHERE version NOT IN (SELECT version FROM evidence)")
            db.execute("DROP TABLE gone")
        if gone:
            with self._guarded():
                self._db.execute("VACUUM")
        return gone

    # --- settings of the store ----------------------------------------------------------------------------------

    def setting(self, name: str) -> str | None:
        """A setting that the store keeps, such as the base of its IRIs; None when it was never set."""
        row = next(self._select("SELECT value FROM setting WHERE name = ?", (name,)), None)
        return None if row is None else str(row[0])

    def set(self, name: str, value: str) -> None:
        """Keeps a setting."""
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))

    def _select(self, sql: str, values: tuple[object, ...] = ()) -> Iterator[tuple[Any, ...]]:
        with self._guarded():
            yield from self._db.execute(sql, values)

    def _unpack(self, data: bytes, article: Article) -> Evidence:
        try:
            return evidence_from_dict({**json.loads(self._inflate(data, article.path)), "article": asdict(article)})
        except (ValueError, KeyError, TypeError) as error:
            raise self._damaged(article.path) from error

    def _inflate(self, data: bytes, what: str) -> bytes:
        try:
            return zlib.decompress(data)
        except (zlib.error, TypeError) as error:
            raise self._damaged(what) from error

    def _damaged(self, what: str) -> RunError:
        return RunError(f"{self.path}: what is kept of {what} is damaged; move the store's folder away and build again")


def _pack(evidence: Evidence) -> bytes:
    """JSON of the record without its article, which stands in a table of its own, deflated."""
    data = evidence_to_dict(evidence)
    del data["article"]
    return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())
