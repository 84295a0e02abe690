"""Whose copy an article prints: agencies and outlets in its byline, its dateline, or a line that names its source.

"By Ann Lee and Reuters", "OSLO, March 3 (AP) — …", "Source: Euxine".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extract.outlets import known_outlet
from kg.model import Article
from kg.resolve.names import fold_organisation

_BETWEEN = re.compile(r"\s*(?:[,;/|&+]|\band\b|\bwith\b|\bvia\b)\s*")
_BY = re.compile(r"(?:by|from)\s+", re.IGNORECASE)
_DATELINE = re.compile(r"[^\n()]{2,60}\(([^()\n]{2,40})\)\s*[-–—]")  # at the beginning
_SOURCE_LINE = re.compile(
    r"^\W*(?:sources?|via|credits?|with (?:material|files|reporting|additional reporting) (?:from|by))\s*:?\s+"
    r"([^\n.]{2,80})[.)\]]*\s*$",
    re.IGNORECASE | re.MULTILINE,
)


def wires(article: Article, outlets: Iterable[str]) -> frozenset[str]:
    """Names, folded, of those whose copy it prints, as far as it says so. `outlets` are those of all articles, folded.

    A name is an outlet's that prints one of the articles, by all or some of its words, or that of a known outlet.
    """
    known = tuple(outlets)
    return frozenset(name for credit in _credits(article) if (name := _outlet(credit, known)))


def _credits(article: Article) -> Iterator[str]:
    lines = [article.author or ""]
    dateline = _DATELINE.match(article.body.lstrip())
    lines += [dateline[1]] if dateline else []
    lines += [found[1] for found in _SOURCE_LINE.finditer(article.body)]
    for line in lines:
        yield from filter(None, _BETWEEN.split(_BY.sub("", line.strip(), count=1)))


def _outlet(credit: str, outlets: tuple[str, ...]) -> str | None:
    folded = fold_organisation(credit)
    if folded in outlets:
        return folded
    words = set(folded.split())
    printing = [outlet for outlet in outlets if words and words <= set(outlet.split())]
    if len(printing) == 1:
        return printing[0]
    known = known_outlet(credit)
    return fold_organisation(known) if known else None
