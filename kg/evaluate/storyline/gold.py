"""The storyline's gold as records: what a careful reader takes from its articles, decided before any program ran.

See `tests/gold/storyline-gold/README.md` for what each record means. Articles are named by path.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import RunError
from kg.model import Article
from kg.read import read

ARTICLES, GOLD = "storyline", "storyline-gold"


@dataclass(frozen=True, slots=True, order=True)
class GoldMention:
    """A mention, and the id of the entity it is of."""

    article: str
    start: int
    end: int
    text: str
    kind: str
    entity: str


@dataclass(frozen=True, slots=True)
class GoldOffice:
    """Who held what; `start` and `end` are dates as exact as the articles are, None where open or unknown."""

    person: str
    title: str
    of: str
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One attribution; spans are (start, end), speakers and addressees are entity ids."""

    id: str
    article: str
    speakers: tuple[str, ...]
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    act: str
    polarity: str
    group: str
    kind: str = "indirect"
    reported_by: str | None = None
    within: str | None = None
    addressees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldStory:
    """All of the gold. `types` are the types of entities by id; `groups` and `links` are rows as they stand."""

    articles: tuple[Article, ...]
    types: Mapping[str, str]
    names: Mapping[str, str]
    mentions: tuple[GoldMention, ...]
    offices: tuple[GoldOffice, ...]
    claims: tuple[GoldClaim, ...]
    groups: tuple[Mapping[str, Any], ...]
    links: tuple[Mapping[str, Any], ...]


def read_gold(folder: Path) -> GoldStory:
    """The gold of a folder that holds `storyline` and `storyline-gold`. RunError when it is not there or not sound."""
    where = folder / GOLD
    if not where.is_dir() or not (folder / ARTICLES).is_dir():
        raise RunError(f"{folder}: holds no {ARTICLES} and {GOLD}; name their folder with --gold")
    articles = [item for item in read([folder / ARTICLES]) if isinstance(item, Article)]
    try:
        entities = list(_rows(where / "entities.jsonl"))
        return GoldStory(
            articles=tuple(articles),
            types={row["id"]: row["type"] for row in entities},
            names={row["id"]: row["name"] for row in entities},
            mentions=tuple(
                sorted(
                    GoldMention(m["article"], m["start"], m["end"], m["text"], m["kind"], row["id"])
                    for row in entities
                    for m in row["mentions"]
                )
            ),
            offices=tuple(
                GoldOffice(row["person"], row["title"], row["of"], row["start"], row["end"])
                for row in _rows(where / "offices.jsonl")
            ),
            claims=tuple(map(_claim, _rows(where / "claims.jsonl"))),
            groups=tuple(_rows(where / "groups.jsonl")),
            links=tuple(_rows(where / "links.jsonl")),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(f"{where}: is not the gold of a storyline ({error})") from error


def _claim(row: Mapping[str, Any]) -> GoldClaim:
    def span(value: Mapping[str, Any] | None) -> tuple[int, int] | None:
        return None if value is None else (value["start"], value["end"])

    return GoldClaim(
        row["id"],
        row["article"],
        tuple(row["speakers"]),
        span(row["source"]),
        span(row["cue"]),
        tuple((s["start"], s["end"]) for s in row["content"]),
        row["act"],
        row["polarity"],
        row["group"],
        row["kind"],
        row["reported_by"],
        row["within"],
        tuple(row["addressees"]),
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)
