"""Texts cut into stretches that are marked alike: a whole article with its claims, and two reports side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

Json = dict[str, Any]

RANK = {"": 0, "content": 1, "source": 2, "cue": 3}
_TOKEN = re.compile(r"\w+|\W")
COMPARED = 600
"""Tokens of each side up to which words are compared; longer texts are shown as they are."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of an article: its part in the innermost claim there, how many claims' contents it is in, and the
    numbers of the claims that begin here."""

    text: str
    role: str = ""
    depth: int = 0
    begins: tuple[int, ...] = field(default=())


def stretches(body: str, claims: Sequence[Json]) -> list[Stretch]:
    """An article's text with all its claims marked. A claim has `start` and `passage`, pairs of text and role.

    Claims are numbered from 1 in the order given. Joined, the stretches are the text.
    """
    spans: list[tuple[int, int, str]] = []
    begins: dict[int, list[int]] = {}
    for number, claim in enumerate(claims, start=1):
        own = list(_spans(claim, len(body)))
        spans += own
        if own:
            begins.setdefault(min(start for start, _, _ in own), []).append(number)
    cuts = sorted({0, len(body), *begins, *(at for start, end, _ in spans for at in (start, end))})
    opened: list[tuple[int, int, str]] = []
    waiting = sorted(spans, reverse=True)
    found = []
    for start, end in pairwise(cuts):
        while waiting and waiting[-1][0] <= start:
            opened.append(waiting.pop())
        opened = [span for span in opened if span[1] > start]
        role = max((span[2] for span in opened), key=RANK.__getitem__, default="")
        depth = sum(span[2] == "content" for span in opened)
        found.append(Stretch(body[start:end], role, depth, tuple(begins.get(start, ()))))
    return found


def _spans(claim: Json, end: int) -> list[tuple[int, int, str]]:
    at = claim["start"]
    found = []
    for text, role in claim["passage"]:
        if role and at + len(text) <= end:
            found.append((at, at + len(text), role))
        at += len(text)
    return found


def compared(one: Json, other: Json) -> tuple[list[Json], list[Json]]:
    """The passages of two claims as pieces with `text`, `role`, and `own`: words of the content that the other's has
    not."""
    sides = [_tokens(one), _tokens(other)]
    words = [[text.casefold() for text, role in side if role == "content" and text[0].isalnum()] for side in sides]
    if any(len(side) > COMPARED for side in words):
        return _pieces(sides[0], None), _pieces(sides[1], None)
    common = SequenceMatcher(None, words[0], words[1], autojunk=False).get_matching_blocks()
    same = [{at for block in common for at in range(block[side], block[side] + block.size)} for side in (0, 1)]
    return _pieces(sides[0], same[0]), _pieces(sides[1], same[1])


def _tokens(claim: Json) -> list[tuple[str, str]]:
    return [(token, role) for text, role in claim["passage"] for token in _TOKEN.findall(text)]


def _pieces(tokens: Sequence[tuple[str, str]], same: set[int] | None) -> list[Json]:
    found: list[Json] = []
    word = 0

    def put(text: str, role: str, own: bool) -> None:
        if found and (found[-1]["role"], found[-1]["own"]) == (role, own):
            found[-1]["text"] += text
        elif text:
            found.append({"text": text, "role": role, "own": own})

    space = ""  # between two words of its own it belongs to them, else to nobody
    for text, role in tokens:
        own = False
        if role == "content" and text[0].isalnum():
            own = same is not None and word not in same
            word += 1
        elif role == "content" and text.isspace():
            space += text
            continue
        put(space, "content", own and role == "content" and bool(found) and found[-1]["own"])
        space = ""
        put(text, role, own)
    put(space, "content", False)
    return found
