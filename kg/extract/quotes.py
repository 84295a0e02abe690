"""Where text stands in quotation marks: double and single, straight and curly, low-high, guillemets; paired or not.

Marks are paired with a stack, paragraph by paragraph, so that an odd mark costs its own quotation and never reaches
beyond its paragraph. Which way a mark faces is read from its form and from the blanks around it, since news text mixes
both up. Single marks are harder, because the closing one is also the apostrophe: they count only where no double marks
stand around them and where a closing mark is found that is not likely an apostrophe.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# A line break within a sentence does not end a paragraph: hard-wrapped text.
_PARAGRAPH = re.compile(r"[^\r\n]+(?:(?<=[\w,;–—-])\r?\n(?=\w)[^\r\n]+)*")
_WRAPPED = 40  # characters from which a line may be one of a hard-wrapped paragraph
_DOUBLE = re.compile(r"[“”„‟\"]|``|''")
_GUILLEMET = re.compile(r"[«»‹›]")
_SENTENCE_END = re.compile(r"[.!?…](?=\s)")
_LEFT_NEIGHBOURS = "([{“\"«„‘'—–-/"  # after these or a blank, a mark faces right
_RIGHT_NEIGHBOURS = ".,;:!?…)]}”»—–-/’'"  # before these or a blank, it faces left
_ELISION = re.compile(
    r"\d\d?s?\b|(?:em|til|till|tis|twas|cause|cos|n|bout|round|nother|neath|gainst|ello|im|er)\b", re.I
)
_OPENING_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=[^\s'‘’])")
_NEXT_SINGLE = re.compile(r"\s*[‘']\w")
_WORD_FOLLOWS = re.compile(r"\s\w")
_LONGEST_SINGLE = 3000  # characters of a single-quoted stretch
_LONGEST_DOUBTFUL = 60  # characters of a single-quoted stretch whose closing mark may be an apostrophe


@dataclass(frozen=True, slots=True)
class Quotes:
    """The inner spans of all outermost quotations of a text, sorted, disjoint, as (start, end) in characters.

    `open` are the ends of those that no mark closes: they run to the end of their paragraph, as in a quotation of
    several paragraphs, where each opens with a mark and only the last one closes.
    """

    spans: tuple[tuple[int, int], ...]
    open: frozenset[int] = frozenset()

    def covered(self, start: int, end: int, text: str) -> float:
        """The share of the letters and digits of text[start:end] that stand inside quotation marks."""
        letters = _letters(text[start:end])
        quoted = sum(_letters(text[max(a, start) : min(b, end)]) for a, b in self.overlapping(start, end))
        return quoted / letters if letters else 0.0

    def inside(self, offset: int) -> bool:
        """Whether the character at this offset is quoted."""
        return bool(self.overlapping(offset, offset + 1))

    def overlapping(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        """The quotations that share a character with text[start:end]."""
        first = bisect_right(self.spans, start, key=lambda span: span[1])
        return self.spans[first : bisect_left(self.spans, end, lo=first, key=lambda span: span[0])]

    def opens(self, offset: int) -> bool:
        """Whether a quotation's text begins at this offset, right after its mark."""
        at = bisect_left(self.spans, offset, key=lambda span: span[0])
        return at < len(self.spans) and self.spans[at][0] == offset

    def closes(self, offset: int) -> bool:
        """Whether a quotation's text ends at this offset, right before its mark."""
        at = bisect_left(self.spans, offset, key=lambda span: span[1])
        return at < len(self.spans) and self.spans[at][1] == offset and offset not in self.open


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def find_quotes(text: str) -> Quotes:
    """All quotations of a text. Linear in its length."""
    spans: list[tuple[int, int]] = []
    unclosed: set[int] = set()
    open_before = False  # whether the paragraph before ended inside a quotation
    for start, end in _paragraphs(text):
        found, loose = _in_paragraph(text, start, end, open_before)
        spans.extend(found)
        unclosed.update(loose)
        open_before = bool(found) and found[-1][1] == end and end in loose
    return Quotes(tuple(spans), frozenset(unclosed))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    for match in _PARAGRAPH.finditer(text):
        start = match.start()
        for line in re.finditer(r"\r?\n", match[0]):
            if match.start() + line.start() - start < _WRAPPED:  # a headline, say
                yield start, match.start() + line.start()
                start = match.start() + line.end()
        if text[start : match.end()].strip():
            yield start, match.end()


def _in_paragraph(text: str, start: int, end: int, open_before: bool) -> tuple[list[tuple[int, int]], set[int]]:
    """The outermost quotations of a paragraph, and the ends of those that no mark closes."""
    marks = list(_facing(text, start, end, open_before))
    spans: list[tuple[int, int]] = []
    if open_before and marks and not marks[0][2]:
        spans.append((start, marks.pop(0)[0]))  # the quotation of the paragraph before ends here
    paired, odd = _pairs(marks)
    unclosed = set()
    for n, opened in enumerate(odd):
        limit = _limit_of_odd(text, opened, end, odd[n + 1] if n + 1 < len(odd) else None, paired)
        spans.append((opened, limit))
        unclosed.add(limit)
    guillemets, _ = _pairs(_guillemets(text, start, end))
    spans = _outermost([*spans, *paired, *guillemets])
    singles, open_singles = _singles(text, start, end, spans)
    return _outermost([*spans, *singles]), unclosed | open_singles


def _limit_of_odd(text: str, opened: int, end: int, next_odd: int | None, paired: Sequence[tuple[int, int]]) -> int:
    """Where a quotation without a closing mark ends: with its paragraph, or where more marks follow, its sentence."""
    at = bisect_right(paired, (opened, end))
    following = [n for n in (next_odd, paired[at][0] if at < len(paired) else None) if n is not None]
    if not following:
        return end
    limit = min(following) - 1
    sentence = _SENTENCE_END.search(text, opened, limit)
    return sentence.end() if sentence else limit


def _facing(text: str, start: int, end: int, open_before: bool) -> Iterator[tuple[int, int, bool]]:
    """(start, end, opens) of each double mark, read by its form, its neighbours and what is open before it."""
    depth, first = int(open_before), True
    for match in _DOUBLE.finditer(text, start, end):
        mark, at, after = match[0], match.start(), match.end()
        blank_before = at == start or text[at - 1].isspace() or text[at - 1] in _LEFT_NEIGHBOURS
        blank_after = after == end or text[after].isspace() or text[after] in _RIGHT_NEIGHBOURS
        right, left = blank_before and not blank_after, blank_after and not blank_before
        if mark in "„‟``":
            opens = True
        elif mark == "“":
            opens = not (depth and left)
        elif mark == "”":
            opens = not depth and (right or not text[start:at].strip())  # nothing stands before it that it could close
        elif right or left:
            opens = right
            if left and at > start and text[at - 1].isdigit() and not depth:
                continue  # inches
        else:
            opens = not depth
        if not opens and depth and mark == '"' and _is_inch(text, at, end):
            continue
        if first and opens:
            depth = 0  # a new mark on a new paragraph of the same quotation
        first = False
        depth = depth + 1 if opens else max(depth - 1, 0)
        yield at, after, opens


def _guillemets(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """(start, end, opens) of each angle mark: «so» or, where a paragraph's first mark is one of these, »so«."""
    marks = list(_GUILLEMET.finditer(text, start, end))
    opening = "»›" if marks and marks[0][0] in "»›" and not text[marks[0].end() :][:1].isspace() else "«‹"
    for mark in marks:
        yield mark.start(), mark.end(), mark[0] in opening


def _is_inch(text: str, at: int, end: int) -> bool:
    """Whether a straight mark after a digit is a measure: another mark that closes comes before one that opens."""
    if not text[at - 1].isdigit() or text[at + 1 : at + 2] in (",", ".", ""):
        return False
    following = text.find('"', at + 1, end)
    return following > 0 and not text[following - 1].isspace()


def _pairs(marks: Iterable[tuple[int, int, bool]]) -> tuple[list[tuple[int, int]], list[int]]:
    """Inner spans by pairing each closing mark with the last one open, sorted; and where the unpaired ones open."""
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for start, end, opens in marks:
        if opens:
            opened.append(end)
        elif opened:
            pairs.append((opened.pop(), start))
    return sorted(pairs), opened


def _outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans that no earlier one holds or crosses, in order."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < end and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return kept


def _singles(
    text: str, start: int, end: int, doubles: Sequence[tuple[int, int]]
) -> tuple[list[tuple[int, int]], set[int]]:
    """Quotations in single marks outside those in double marks; double marks may stand inside them.

    A paragraph that begins with a single mark it does not close is quoted whole if the next one begins with one too.
    """
    found: list[tuple[int, int]] = []
    unclosed: set[int] = set()
    for mark in _OPENING_SINGLE.finditer(text, start, end):
        opened = mark.end()
        if (found and opened <= found[-1][1]) or _ELISION.match(text, opened) or _holding(doubles, opened) is not None:
            continue
        closed = _closing_single(text, opened, min(end, opened + _LONGEST_SINGLE), "’'" if mark[0] == "‘" else "'")
        if closed is not None and _holding(doubles, closed) is None:
            found.append((opened, closed))
        elif closed is None and not text[start : mark.start()].strip() and _NEXT_SINGLE.match(text, end):
            found.append((opened, end))
            unclosed.add(end)
    return found, unclosed


def _holding(spans: Sequence[tuple[int, int]], offset: int) -> tuple[int, int] | None:
    """The span that holds an offset, if any."""
    at = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return spans[at] if at >= 0 and offset < spans[at][1] else None


def _closing_single(text: str, opened: int, end: int, closers: str) -> int | None:
    """The mark that closes a single quotation: before or after punctuation rather than one that may be elision."""
    doubtful = None
    for at in range(opened + 1, end):
        after_blank = text[at - 1].isspace()
        if doubtful is not None and after_blank and text[at] in "‘'":
            break  # the next quotation
        if text[at] not in closers or after_blank or text[at + 1 : at + 2].isalnum():
            continue
        elided = text[at - 1] == "s" or text[at - 2 : at] == "in"  # "the boys’ toys", "goin’ home"
        if not (elided and _WORD_FOLLOWS.match(text, at + 1)):
            return at
        doubtful = at if doubtful is None else doubtful
    return doubtful if doubtful is not None and doubtful - opened <= _LONGEST_DOUBTFUL else None
