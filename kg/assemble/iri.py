"""The only place that mints IRIs. Each depends on content alone, so the same input always gives the same IRI.

Everything that comes from an article or its metadata is percent-encoded (RFC 3986) or hashed; a long name is cut and
completed with its hash. No IRI of ours is ever a blank node.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import quote

from rdflib import URIRef

from kg.errors import RunError
from kg.model import Article, Claim, Evidence, Span

BASE = "urn:kg:"
_LONGEST = 120
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20#?]*[:/]")


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits made from all parts."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def encode(part: str) -> str:
    """A part of an IRI made from any text: unreserved characters stay, a long text is cut and its hash added."""
    encoded = quote(part, safe="")
    return encoded if 0 < len(encoded) <= _LONGEST else f"{quote(part[:12], safe='')}~{digest(part)}"


@dataclass(frozen=True)
class Minter:
    """Mints IRIs under `base`, an absolute IRI that ends in `:` or `/` and has no query or fragment; else RunError.

    Parts are joined by `:` under a base that ends so, by `/` under any other.
    """

    base: str = BASE
    _separator: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if not _BASE.fullmatch(self.base):
            raise RunError(
                f"base {self.base!r} cannot start the IRIs of a graph: it must be an absolute IRI without '#' and '?' "
                "that ends in ':' or '/'; give one like https://example.org/graph/"
            )
        object.__setattr__(self, "_separator", self.base[-1])

    def _join(self, *parts: str) -> URIRef:
        return URIRef(self.base + self._separator.join(parts))

    # Articles and their text

    def article(self, article: Article) -> URIRef:
        """The article, whatever its version."""
        return self._join("article", article.id)

    def outlet(self, name: str) -> URIRef:
        """The outlet of this name."""
        return self._join("outlet", encode(" ".join(name.split())))

    def passage(self, article: Article, start: int, end: int) -> URIRef:
        """The characters of an article as an RFC 5147 fragment of its IRI."""
        return URIRef(f"{self.article(article)}#char={start},{end}")

    def selector(self, article: Article, start: int, end: int) -> URIRef:
        """What selects the passage."""
        return self._join("selector", article.id, f"{start}-{end}")

    def mention(self, article: Article, start: int, end: int) -> URIRef:
        """The mention at these characters; a joint mention ("they") is one mention of several entities."""
        return self._join("mention", article.id, f"{start}-{end}")

    # What one text says

    def referent(self, article: Article, entity: str) -> URIRef:
        """An entity of one article, by its id there."""
        return self._join("referent", article.id, encode(entity))

    def office(self, article: Article, entity: str, number: int) -> URIRef:
        """The statement of the office of this number (from 1) of an entity of one article."""
        return self._join("office", article.id, encode(entity), str(number))

    def claims(self, evidence: Evidence) -> dict[str, URIRef]:
        """Claims of one article by their ids, made from the words and places of cue, source and content."""
        seen: Counter[str] = Counter()
        iris = {}
        for claim in evidence.claims:
            words = _words(claim)
            seen[words] += 1
            iris[claim.id] = self._join("claim", evidence.article.id, digest(words, str(seen[words])))
        return iris

    def proposition(self, claim: URIRef, number: int) -> URIRef:
        """The proposition of this number (from 1) of a claim."""
        return self._join("proposition", *claim.removeprefix(self.base).split(self._separator)[1:], str(number))

    # What is concluded

    def entity(self, id: str, iso: str | None = None) -> URIRef:
        """An entity of the synthesis, by its id there; a country by its ISO code."""
        return self._join("country", encode(iso)) if iso else self._join("entity", encode(id))

    def role(self, title: str) -> URIRef:
        """An office's title, in its comparable form."""
        return self._join("role", encode(title))

    def membership(self, *parts: str) -> URIRef:
        """One tenure, from holder, role, organisation and dates."""
        return self._join("membership", digest(*parts))

    def interval(self, start: str | None, end: str | None) -> URIRef:
        """The time between two ISO 8601 dates, either of which may be open."""
        return self._join("interval", encode(start or "open"), encode(end or "open"))

    def instant(self, date: str) -> URIRef:
        """An ISO 8601 date as a point of a timeline."""
        return self._join("instant", encode(date))

    def group(self, id: str) -> URIRef:
        """A group of claims, by its id."""
        return self._join("group", encode(id))

    def report(self, group: str, number: int) -> URIRef:
        """The independent report of this number (from 1) of a group."""
        return self._join("report", encode(group), str(number))

    def link(self, kind: str, *groups: str) -> URIRef:
        """What links two groups."""
        return self._join("link", digest(kind, *groups))

    # What people decided

    def judgement(self, id: str) -> URIRef:
        """An entry of the ledger, by its id."""
        return self._join("judgement", encode(id))

    def judge(self, name: str) -> URIRef:
        """The author of judgements, by name."""
        return self._join("judge", encode(" ".join(name.split())))

    def ledger(self, digest: str) -> URIRef:
        """A ledger, by the digest of its entries."""
        return self._join("ledger", encode(digest))

    # Graphs and where they come from

    def article_graph(self, article: Article, fingerprint: str) -> URIRef:
        """The named graph of metadata, passages and mentions of one article version."""
        return self._join("graph", "article", article.id, digest(article.version, fingerprint))

    def evidence_graph(self, article: Article, fingerprint: str) -> URIRef:
        """The named graph of what one article version says."""
        return self._join("graph", "evidence", article.id, digest(article.version, fingerprint))

    def synthesis_graph(self) -> URIRef:
        """The named graph of all conclusions."""
        return self._join("graph", "synthesis")

    def judgements_graph(self) -> URIRef:
        """The named graph of what people decided."""
        return self._join("graph", "judgements")

    def vocabulary_graph(self) -> URIRef:
        """The named graph of the ontology."""
        return self._join("graph", "vocabulary")

    def activity(self, graph: URIRef) -> URIRef:
        """The making of a named graph."""
        return self._join("activity", *graph.removeprefix(self.base).split(self._separator)[1:])

    def software(self, version: str) -> URIRef:
        """This software in one version."""
        return self._join("software", "kg", encode(version))

    def extractor(self, fingerprint: str) -> URIRef:
        """The extractor of this fingerprint."""
        return self._join("extractor", encode(fingerprint))


_KINDS = re.compile(
    r"[:/]graph[:/](?:(?P<one>synthesis|judgements|vocabulary)|(?P<each>article|evidence)[:/][0-9a-f]{16}[:/][0-9a-f]{16})"
)


def layer(graph: str) -> str | None:
    """Which layer a named graph of ours belongs to: article, evidence, synthesis, judgements or vocabulary;
    None if not ours."""
    found = next((m for m in _KINDS.finditer(graph) if m.end() == len(graph)), None)
    return (found["one"] or found["each"]) if found else None


def _words(claim: Claim) -> str:
    spans: list[Span | None] = [claim.cue, claim.source, *claim.content]
    return "\x1e".join(f"{s.start},{s.end},{s.text}" if s else "" for s in spans)
