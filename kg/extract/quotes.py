"""Where text stands in quotation marks: straight, curly, low-high, guillemets; balanced or not."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_PAIRS = {"“": "”", "„": "“”", "«": "»", "‟": "”"}
_STRAIGHT = '"'
_PARAGRAPH = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Quotes:
    """The inner spans of all quotations of a text, sorted, as (start, end) in characters.

    A mark that is never closed quotes to the end of its paragraph, as in a quotation of several paragraphs, where each
    opens with a mark and only the last closes; it never reaches beyond its paragraph.
    """

    spans: tuple[tuple[int, int], ...]

    def covered(self, start: int, end: int, text: str) -> float:
        """The share of the letters and digits of text[start:end] that stand inside quotation marks."""
        letters = [i for i in range(start, end) if text[i].isalnum()]
        return sum(self.inside(i) for i in letters) / len(letters) if letters else 0.0

    def inside(self, offset: int) -> bool:
        """Whether the character at this offset is quoted."""
        at = bisect_right(self.spans, (offset, _BEYOND)) - 1
        return at >= 0 and self.spans[at][0] <= offset < self.spans[at][1]


_BEYOND = 1 << 62  # more than any offset


def find_quotes(text: str) -> Quotes:
    """All quotations of a text, paragraph by paragraph: one odd mark costs its own paragraph at most."""
    spans: list[tuple[int, int]] = []
    for paragraph in _PARAGRAPH.finditer(text):
        spans.extend(_in_paragraph(text, paragraph.start(), paragraph.end()))
    return Quotes(tuple(spans))


def _in_paragraph(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    opened, closers = -1, ""
    for i in range(start, end):
        c = text[i]
        if opened >= 0:
            if c in closers:
                spans.append((opened, i))
                opened = -1
            elif c in _PAIRS and c not in "„‟" and closers != _STRAIGHT:
                opened = i + 1  # opened again before it was closed: the earlier mark was odd
        elif c in _PAIRS:
            opened, closers = i + 1, _PAIRS[c]
        elif c == _STRAIGHT and _may_open(text, i, end):
            opened, closers = i + 1, _STRAIGHT
        elif c == "”" and not spans and i > start and text[start:i].strip():
            continue  # a closing mark without an opening one: nothing to tell where it began
    if opened >= 0:
        spans.append((opened, end))
    return [(a, b) for a, b in spans if a < b]


def _may_open(text: str, i: int, end: int) -> bool:
    """A straight mark opens before a letter or the like; after a digit it may be inches."""
    return i + 1 < end and not text[i + 1].isspace() and not (i > 0 and text[i - 1].isdigit())
