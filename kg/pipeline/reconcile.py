"""A client of the reconciliation service protocol, as OpenRefine and Wikidata's services speak it.

Reconciliation Service API 0.2, W3C Entity Reconciliation Community Group: the manifest is asked for with GET, batches
of queries are sent as the form field `queries` with POST. https://www.w3.org/community/reports/reconciliation/
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import Request, urlopen

from kg.errors import RunError
from kg.judge import IRI

_BATCH = 10  # queries at once; services that take more say so
_MOST = 50
_SECONDS = 30.0
_LARGEST = 10_000_000  # bytes of an answer


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked about one entity: its name, a type as the service calls it ("" for any)."""

    name: str
    type: str = ""
    limit: int = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """One answer: the IRI and name of what it may be, the service's score, and whether the service is sure."""

    iri: str
    name: str
    score: float
    match: bool


class Service:
    """A service at a URL. RunError when it cannot be reached, or does not speak the protocol."""

    def __init__(self, url: str) -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            raise RunError(f"{url}: is no address of a service; give one that begins with http:// or https://")
        self.url = url
        manifest = self._ask(Request(url, headers={"Accept": "application/json"}))
        if not isinstance(manifest, dict) or not isinstance(manifest.get("name"), str):
            raise RunError(f"{url}: gives no manifest of a reconciliation service; check the address")
        self.name: str = manifest["name"]
        view = manifest.get("view")
        self._view = str(view.get("url", "")) if isinstance(view, dict) else ""
        self._space = str(manifest.get("identifierSpace") or "")
        size = manifest.get("batchSize")
        self._batch = min(size, _MOST) if isinstance(size, int) and size > 0 else _BATCH

    def ask(self, queries: Sequence[Query]) -> Iterator[list[Candidate]]:
        """The candidates of each query, the best first. RunError as above."""
        for start in range(0, len(queries), self._batch):
            part = queries[start : start + self._batch]
            asked = {f"q{n}": _asked(query) for n, query in enumerate(part)}
            form = urlencode({"queries": json.dumps(asked)}).encode()
            answer = self._ask(Request(self.url, form, {"Accept": "application/json"}))
            for key in asked:
                yield self._candidates(answer, key)

    def _candidates(self, answer: Any, key: str) -> list[Candidate]:
        try:
            return sorted(
                (self._candidate(found) for found in answer[key]["result"]), key=lambda c: (-c.score, c.iri)
            )  # fmt: skip
        except (KeyError, TypeError, ValueError, AttributeError):
            raise RunError(f"{self.url}: its answer is none of a reconciliation service; check the address") from None

    def _candidate(self, found: Mapping[str, Any]) -> Candidate:
        id = str(found["id"])
        return Candidate(self._iri(id), str(found["name"]), float(found.get("score", 0)), found.get("match") is True)

    def _iri(self, id: str) -> str:
        """The IRI of an id: in the service's space of identifiers, else the page it shows it on."""
        safe = quote(id, safe=":/._-~#")
        space = self._space if self._space.endswith(("/", "#", ":", "=")) else ""
        for iri in (id, f"{space}{safe}" if space else "", self._view.replace("{{id}}", safe)):
            if IRI.fullmatch(iri) and ("//" in iri or iri.startswith("urn:")):
                return iri
        raise RunError(f"{self.url}: says neither what its ids are in nor where they are shown; they are no IRIs")

    def _ask(self, request: Request) -> Any:
        try:
            with urlopen(request, timeout=_SECONDS) as response:
                content = response.read(_LARGEST + 1)
        except (URLError, OSError, ValueError) as error:
            why = getattr(error, "reason", None) or error
            raise RunError(f"{self.url}: cannot be reached ({why}); check the address, and try again later") from error
        if len(content) > _LARGEST:
            raise RunError(f"{self.url}: its answer is too large; ask another service")
        try:
            return json.loads(content)
        except ValueError:
            raise RunError(f"{self.url}: its answer is no JSON; check the address") from None


def _asked(query: Query) -> dict[str, Any]:
    asked: dict[str, Any] = {"query": query.name, "limit": query.limit}
    return {**asked, "type": query.type} if query.type else asked
