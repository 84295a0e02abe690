"""Entities of the Georgetown University Multilayer corpus (Zeldes 2017): mentions, and which of them are of one thing.

The column MISC of a GUM treebank has `Entity=` with an opening bracket and fields at a mention's first word, and a
closing one at its last: `(3-person-giv:act-nnnnn-cf1-2-coref-Name … 3)`. The fields are those of `# global.Entity`:
group, type, information status, salience, centering, head words, link, and for what Wikipedia knows its title there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.errors import RunError
from kg.evaluate.trees import TreeDocument

NAMED_TYPES = frozenset({"person", "organization", "place"})
THIRD_PERSON = frozenset(
    "he him his himself she her hers herself it its itself they them their theirs themselves".split()
)
_DEFINITE = frozenset("the this that these those".split())
_APART = frozenset({"appos", "pred"})
_BRACKETS = re.compile(r"\([^()]*\)?|[^()]+\)")


@dataclass(frozen=True, slots=True)
class GoldMention:
    """One mention by words of its document (`start` to `end`, exclusive). `own` are its words that stand in no smaller
    mention; `head` is its syntactic head; `link` is how it hangs on its group ("coref", "ana", "appos", "sgl", …)."""

    start: int
    end: int
    head: int
    group: str
    type: str
    link: str
    own: frozenset[int]


def gold_mentions(document: TreeDocument) -> tuple[GoldMention, ...]:
    """All mentions of a document in order of their first word, the longest first.

    RunError names the document when a bracket is never closed or never opened.
    """
    spans = sorted(_spans(document), key=lambda s: (s[0], -s[1]))
    inner: list[set[int]] = [set() for _ in spans]
    open_: list[int] = []
    for n, (start, end, _) in enumerate(spans):
        while open_ and spans[open_[-1]][1] <= start:
            open_.pop()
        for outer in open_:
            inner[outer].update(range(start, min(end, spans[outer][1])))
        open_.append(n)
    return tuple(
        GoldMention(
            start,
            end,
            _head(document, start, end),
            fields[0],
            fields[1],
            fields[6].partition("-")[0],
            frozenset(range(start, end)) - inner[n] or frozenset(range(start, end)),
        )
        for n, (start, end, fields) in enumerate(spans)
    )


def _spans(document: TreeDocument) -> Iterator[tuple[int, int, Sequence[str]]]:
    waiting: dict[str, list[tuple[int, Sequence[str]]]] = {}
    for i, word in enumerate(document.words):
        found = re.search(r"(?:^|\|)Entity=([^|]*)", word.misc)
        for piece in _BRACKETS.findall(found[1]) if found else ():
            fields = piece.strip("()").split("-", 6)
            if not piece.startswith("("):
                if not waiting.get(fields[0]):
                    raise RunError(f"{document.id}, word {i + 1}: mention {fields[0]!r} ends here and never began")
                start, opened = waiting[fields[0]].pop()
                yield start, i + 1, opened
            elif len(fields) < 7:
                raise RunError(f"{document.id}, word {i + 1}: mention {piece!r} has fewer than seven fields")
            elif piece.endswith(")"):
                yield i, i + 1, fields
            else:
                waiting.setdefault(fields[0], []).append((i, fields))
    if unclosed := sorted(group for group, opened in waiting.items() if opened):
        raise RunError(f"{document.id}: mentions that never end: {', '.join(unclosed)}")


def _head(document: TreeDocument, start: int, end: int) -> int:
    words = document.words
    return next((i for i in range(start, end) if words[i].head == i or not start <= words[i].head < end), start)


def is_name(document: TreeDocument, mention: GoldMention) -> bool:
    """Whether a mention names a person, an organisation or a place: its head is a proper noun.

    A plural name of people ("Americans", "the Clintons") names nobody in particular.
    """
    head = document.words[mention.head]
    many = mention.type == "person" and head.xpos == "NNPS"
    return mention.type in NAMED_TYPES and head.upos == "PROPN" and not many


def is_pronoun(document: TreeDocument, mention: GoldMention) -> bool:
    """Whether a mention is a personal or possessive pronoun of the third person."""
    return mention.end - mention.start == 1 and document.words[mention.start].form.lower() in THIRD_PERSON


def is_definite(document: TreeDocument, mention: GoldMention) -> bool:
    """Whether a mention is a common noun after "the" or a demonstrative; no apposition, no predicate."""
    first = document.words[mention.start].form.lower()
    common = document.words[mention.head].upos == "NOUN"
    return common and first in _DEFINITE and mention.link not in _APART and mention.end - mention.start > 1
