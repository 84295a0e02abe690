"""A document as plain columns, read once: rules index lists instead of asking spaCy for one token at a time."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from spacy.tokens import Doc

from kg.annotate.columns import strings

OPENING_QUOTES = frozenset({"“", "«", "„", "``"})
CLOSING_QUOTES = frozenset({"”", "»"})
_STRAIGHT = frozenset({'"', "''"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})


@dataclass(frozen=True, slots=True)
class Words:
    """Columns of a Doc, all of one length, indexed by token. `start` and `end` are character offsets into `body`.

    `head` is the index of each token's syntactic head (its own index at a root and where there is no parse);
    `sentence` and `paragraph` number the sentence and paragraph a token stands in; `quoted` tells whether it stands
    between quotation marks, and numbers the quotation from 1 (0 outside).
    """

    doc: Doc = field(repr=False)
    body: str = field(repr=False)
    text: list[str]
    lower: list[str]
    tag: list[str]
    pos: list[str]
    dep: list[str]
    lemma: list[str]
    head: list[int]
    start: list[int]
    end: list[int]
    sentence: list[int]
    sentence_start: list[int]
    paragraph: list[int]
    quoted: list[int]
    children: dict[int, list[int]]
    parsed: bool

    def __len__(self) -> int:
        return len(self.text)

    def is_possessive(self, i: int) -> bool:
        """Whether token `i` is the mark of a possessor ("'s"); False past the end."""
        if not (0 <= i < len(self.text) and self.text[i] in POSSESSIVES):
            return False
        if self.text[i] in ("'s", "’s"):
            return self.tag[i] not in ("VBZ", "PRP") or (self.pos[i - 1] == "PROPN" and self.dep[i] == "case")
        return self.tag[i] == "POS" or (i > 0 and self.lower[i - 1].endswith("s") and self.quoted[i - 1] == 0)

    def children_of(self, i: int, *relations: str) -> list[int]:
        """Dependents of token `i`, left to right, of these relations (subtypes apart) or of any."""
        found = self.children.get(i)
        if not found:
            return []
        return [c for c in found if self.dep[c] in relations] if relations else found

    def is_capitalised(self, i: int) -> bool:
        """Whether token `i` begins with a capital letter."""
        return self.text[i][:1].isupper()


def read_words(doc: Doc) -> Words:
    """The columns of a Doc. Linear in its length."""
    columns = doc.to_array(["ORTH", "TAG", "POS", "DEP", "LEMMA", "SPACY"])
    text, tag, pos, dep, lemma = (strings(doc, columns[:, k]) for k in range(5))
    spaced = columns[:, 5].astype(bool).tolist()
    begins, offset = [], 0
    for word, space in zip(text, spaced, strict=True):
        begins.append(offset)
        offset += len(word) + space
    n = len(text)
    head = (np.arange(n) + doc.to_array(["HEAD"]).astype(np.int64)).tolist() if n else []
    opens = doc.to_array(["SENT_START"]).astype(np.int64).tolist()
    sentence, starts, paragraph = [], [], []
    number, block = -1, 0
    for i, word in enumerate(text):
        if i == 0 or opens[i] == 1:
            number += 1
            starts.append(i)
        sentence.append(number)
        paragraph.append(block)
        block += "\n" in word and word.isspace()
    children: dict[int, list[int]] = {}
    for i, h in enumerate(head):
        if h != i:
            children.setdefault(h, []).append(i)
    return Words(
        doc=doc,
        body=doc.text,
        text=text,
        lower=[w.lower() for w in text],
        tag=tag,
        pos=pos,
        dep=dep,
        lemma=[(form or word).lower() for form, word in zip(lemma, text, strict=True)],
        head=head,
        start=begins,
        end=[b + len(w) for b, w in zip(begins, text, strict=True)],
        sentence=sentence,
        sentence_start=starts,
        paragraph=paragraph,
        quoted=_quotations(text, [" " if space else "" for space in spaced]),
        children=children,
        parsed=doc.has_annotation("DEP"),
    )


def has_letters(text: str) -> bool:
    """Whether there is a letter or a digit in a text."""
    return text.isalnum() or any(map(str.isalnum, text))


def _quotations(text: list[str], space: list[str]) -> list[int]:
    """The number of the quotation each token stands in, marks included; a paragraph's end closes what is open.

    A straight mark, two apostrophes too, opens when nothing is open, whatever the spaces around it say: news text has
    both kinds of slip.
    """
    numbers, current, last = [], 0, 0
    for i, word in enumerate(text):
        opening = word in OPENING_QUOTES or (word in _STRAIGHT and not current)
        closing = bool(current) and (word in CLOSING_QUOTES or word in _STRAIGHT)
        if opening and not current:
            last += 1
            current = last
        elif "\n" in word or (i and "\n" in space[i - 1]):
            current = 0
        numbers.append(current)
        if closing:
            current = 0
    return numbers
