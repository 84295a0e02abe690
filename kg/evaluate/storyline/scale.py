"""How resolution grows: a large set made from the storyline by renaming, against half of it.

Each copy of the storyline has names of its own, made by exchanging letters (vowels for vowels, consonants for
consonants), and days of its own. Given names, common words in names, places and countries stay, so that copies have
much in common, as articles of many years have. Each measurement is a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import pickle
import re
import string
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from kg.evaluate.report import Figure
from kg.evaluate.tasks import Step
from kg.model import Evidence, evidence_from_dict, evidence_to_dict
from kg.resolve import resolve

if TYPE_CHECKING:
    from spacy.language import Language

MENTIONS, CLAIMS = 200_000, 50_000
"""How large the set is at least."""

_WORD = re.compile(r"[^\W\d_]+")
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
_APART = 3  # days from one copy to the next
_TEXTS = frozenset({"text", "name", "title", "body"})  # the fields that hold words of an article


@dataclass(frozen=True, slots=True)
class Measured:
    """One resolution: how much there was, seconds of processor time, and the process's peak memory in megabytes."""

    mentions: int
    claims: int
    entities: int
    seconds: float
    megabytes: float | None


def scale(nlp: Language, folder: Path, limit: int | None, step: Step) -> list[Figure]:
    """Seconds and memory of resolving the whole and half of it, and how many times as long the whole takes.

    A row of `kg.evaluate.TASKS`. `limit` is the number of articles of the storyline to make copies of.
    """
    from kg.evaluate.storyline import read_story

    _, evidence = read_story(nlp, folder, limit, step)
    half, whole = measured(evidence)
    figures = [
        Figure("time of the whole over half", whole.seconds / half.seconds, "times"),
        Figure("mentions", whole.mentions, "mentions"),
        Figure("claims", whole.claims, "claims"),
        Figure("entities", whole.entities, "entities"),
        Figure("seconds", whole.seconds, "s"),
        Figure("seconds of half", half.seconds, "s"),
    ]
    return figures if whole.megabytes is None else [*figures, Figure("peak memory", whole.megabytes, "MB")]


def measured(evidence: Sequence[Evidence], mentions: int = MENTIONS, claims: int = CLAIMS) -> tuple[Measured, Measured]:
    """Half of the set and the whole of it, resolved one after the other. The evidence must hold claims."""
    size = [sum(len(e.mentions) for r in evidence for e in r.entities), sum(len(r.claims) for r in evidence)]
    copies = max(-(-mentions // size[0]), -(-claims // size[1]), 2)
    with TemporaryDirectory() as folder:
        path = Path(folder, "evidence.pickle")
        path.write_bytes(pickle.dumps(tuple(evidence)))
        # spawned: a forked process would begin with all that this one holds
        results = []
        for count in (copies // 2, copies):
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                results.append(pool.submit(_measure, path, count).result())
    return results[0], results[1]


def _measure(path: Path, count: int) -> Measured:
    """Runs in a process of its own."""
    records = list(copies_of(pickle.loads(path.read_bytes()), count))
    start = time.process_time()
    synthesis = resolve(records)
    seconds = time.process_time() - start
    mentions = sum(len(e.mentions) for record in records for e in record.entities)
    return Measured(mentions, len(synthesis.claims), len(synthesis.entities), seconds, _peak_memory())


def copies_of(evidence: Iterable[Evidence], count: int) -> Iterator[Evidence]:
    """So many copies of all of the evidence, each with other names, days and paths. Always the same."""
    records = [evidence_to_dict(record) for record in evidence]
    names = _names(records)
    for number in range(count):
        renamed = _renamer(names, number)
        for record in records:
            yield _moved(evidence_from_dict(_mapped(record, renamed)), number)


def _names(records: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The words that only names have, given names apart: words of people's and organisations' names."""
    from kg.annotate.gazetteer import first_names

    common = {word for r in records for word in _WORD.findall(r["article"]["body"]) if word.islower()}
    named = {
        word
        for record in records
        for entity in record["entities"]
        if entity["type"] in ("Person", "Organisation")
        for word in _WORD.findall(entity["name"])
    }
    return frozenset(w for w in named if w[0].isupper() and w.lower() not in common and w not in first_names())


def _renamer(names: frozenset[str], number: int) -> Callable[[str], str]:
    """Exchanges the letters of names, in a text of any length; the first copy keeps them."""
    chance, table = Random(number), dict[str, str]()
    for letters in (_VOWELS, _CONSONANTS):
        others = list(letters)
        if number:
            chance.shuffle(others)
        table |= dict(zip(letters, others, strict=True))
    exchange = str.maketrans(table | {a.upper(): b.upper() for a, b in table.items() if a in string.ascii_lowercase})
    return lambda text: _WORD.sub(lambda m: m[0].translate(exchange) if m[0] in names else m[0], text)


def _mapped(value: Any, renamed: Callable[[str], str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _mapped(each, renamed, name) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_mapped(each, renamed, key) for each in value]
    return renamed(value) if isinstance(value, str) and key in _TEXTS else value


def _moved(record: Evidence, number: int) -> Evidence:
    article = record.article
    published = article.published
    if published:
        published = (date.fromisoformat(published[:10]) + timedelta(days=_APART * number)).isoformat()
    return replace(record, article=replace(article, path=f"{number:05}/{article.path}", url=None, published=published))


def _peak_memory() -> float | None:
    """Megabytes (10^6 bytes) that this process has held at most, as Linux and macOS tell; else None."""
    try:
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
        import resource
    except (OSError, ImportError):
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
