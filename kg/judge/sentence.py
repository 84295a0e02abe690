"""The sentence around a mention, for quoting: found without a parser, since it only has to be found again."""

from __future__ import annotations

import re

from kg.model import Span

_BORDER = re.compile(r"[.!?…][\"”’»')\]]*\s+(?=[\"“‘«(\[]?[A-Z0-9])|\s*\n\s*\n\s*|\n")
_LONGEST = 400  # characters on either side, where a text has no sentences


def sentence(body: str, start: int, end: int) -> Span:
    """What stands between the nearest ends of sentences or lines around these characters, without outer white space."""
    low, high = max(0, start - _LONGEST), min(len(body), end + _LONGEST)
    before = [m.end() for m in _BORDER.finditer(body, low, start + 1) if m.end() <= start]
    after = next(_BORDER.finditer(body, end, high), None)
    first = before[-1] if before else low
    last = after.end() if after else high
    text = body[first:last]
    first += len(text) - len(text.lstrip())
    return Span(first, first + len(text.strip()), text.strip())
