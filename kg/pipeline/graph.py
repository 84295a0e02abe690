"""Evidence on record → the graph in the RDF store."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, get_args

from kg.config import DEFAULT_BASE, version
from kg.errors import RunError
from kg.judge import Entry, Rulings, apply
from kg.model import EntityType, Evidence
from kg.store import Record, Store

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from rdflib import Graph


def derive(store: Store, entries: Sequence[Entry], base: str | None = None) -> bool:
    """Brings the graph in step with the record and the judgements; says whether it is another graph than before.

    `base` is what IRIs start with; None for what the store was made with. A graph that is in step, and can be opened,
    is left alone: resolving and assembling are skipped.
    """
    record = store.record
    base = base or record.setting("base") or DEFAULT_BASE
    fingerprint = record.fingerprint or ""
    maker = _digest(json.dumps([version(), _code_digest(), base]).encode())
    versions = sorted(h.version for h in record.held())
    judged = [entry.id for entry in entries]
    state = _digest(json.dumps([maker, fingerprint, versions, judged]).encode())
    before = store.graph.about()
    if before is not None and before.get("state") == state and _opens(store):
        return False
    from kg.resolve import look_again

    evidence = tuple(record.evidence())
    rulings = apply(entries, look_again(evidence)) if entries else Rulings()
    lines, counts = _assemble(record, evidence, rulings, fingerprint, base, maker)
    content = _digest(*lines)
    if record.setting("base") != base:
        record.set("base", base)
    about = {"state": state, "content": content, "counts": counts, "judgements": _about_judgements(rulings)}
    store.graph.replace(lines, about, _union(lines))
    return before is None or before.get("content") != content


def _about_judgements(rulings: Rulings) -> dict[str, Any]:
    """What is to be told about judgements without making the graph again; none of it when there are none."""
    if not rulings.entries:
        return {}
    return {
        "entries": [entry.id for entry in rulings.entries],
        "applied": rulings.applied,
        "orphans": [str(orphan) for orphan in rulings.orphans],
        "conflicts": [str(conflict) for conflict in rulings.conflicts],
        "hidden": [[claim.article, claim.claim] for claim in rulings.hidden],
    }


def _assemble(
    record: Record, evidence: Sequence[Evidence], rulings: Rulings, fingerprint: str, base: str, maker: str
) -> tuple[list[bytes], dict[str, Any]]:
    """The sorted N-Quads of everything, and how many things of each sort the synthesis holds."""
    from kg.assemble import judgements_graph, synthesis_graph, to_nquads, vocabulary_graph
    from kg.resolve import resolve

    lines = [line for one in evidence for line in _of_article(record, one, fingerprint, base, maker)]
    whole = synthesis_graph(resolve(evidence, rulings), evidence, fingerprint, base)
    graphs = [whole, vocabulary_graph(base)]
    if rulings.entries:
        graphs.append(judgements_graph(rulings, evidence, fingerprint, base))
    lines.extend(line.encode() for line in to_nquads(graphs))
    lines.sort()  # bytes of UTF-8 sort as code points do; no line comes twice, since graphs have names of their own
    return lines, {**_counts(whole), "quads": len(lines)}


def _of_article(record: Record, evidence: Evidence, fingerprint: str, base: str, maker: str) -> list[bytes]:
    """The N-Quads of one article's graphs: kept ones, where there are any, since they depend on nothing else."""
    from kg.assemble import article_graphs, to_nquads

    article = evidence.article
    quads = record.quads(article.version, fingerprint, maker)
    if quads is None:
        try:
            quads = "".join(to_nquads(article_graphs(evidence, fingerprint, base))).encode()
        except Exception as error:
            advice = f"take it out: kg retract {article.path!r}"
            raise RunError(f"{article.path} cannot be put into the graph ({error}); {advice}") from error
        record.keep_quads(article.version, fingerprint, maker, quads)
    return quads.splitlines(keepends=True)


def _union(lines: Sequence[bytes]) -> list[bytes]:
    """The triples that queries see when they name no graph, each once, as lines for the default graph."""
    from kg.assemble import DEFAULT_LAYERS, layer

    seen = cache(lambda graph: layer(graph.removesuffix(b"> .\n").decode()) in DEFAULT_LAYERS)
    # an IRI holds no space: what follows the last " <" is the graph's name
    parts = (line.rpartition(b" <") for line in lines)
    triples = {triple + b" .\n" for triple, _, graph in parts if seen(graph)}
    return sorted(triples)


def _counts(synthesis: Graph) -> dict[str, dict[str, int]]:
    from rdflib import RDF, Literal

    from kg.assemble.vocabulary import KG, SCHEMA

    classes = {SCHEMA["Organization" if name == "Organisation" else name]: name for name in get_args(EntityType)}
    entities = {
        name: sum(1 for _ in synthesis.subjects(RDF.type, class_, unique=True)) for class_, name in classes.items()
    }
    kinds = Counter(str(kind) for kind in synthesis.objects(None, KG.kind) if isinstance(kind, Literal))
    return {"entities": entities, "claims": dict(sorted(kinds.items()))}


def _opens(store: Store) -> bool:
    try:
        store.graph.open()
    except RunError:
        return False
    return True


@cache
def _code_digest() -> str:
    """Hash of the code that makes a graph from evidence: a graph that other code made is made again."""
    package = files("kg")
    sources = [
        package / "model.py",
        *(f for stage in ("judge", "resolve", "assemble") for f in _files(package / stage)),
    ]
    return _digest(*(f.read_bytes() for f in sources))


def _files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_file():
            yield entry
        elif entry.name != "__pycache__":
            yield from _files(entry)


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()
