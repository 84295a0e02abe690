"""Universal Dependencies treebanks (CoNLL-U, https://universaldependencies.org/format.html) as documents with text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import RunError
from kg.evaluate.corpora import Interval, lines_of


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word. `head` is an index into the document's words, its own for the root of a sentence.

    `start` and `end` are characters of the document's text. A word inside a multiword token ("ca", "n't" of "can't")
    takes its part of the token's characters, in order.
    """

    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str
    start: int
    end: int
    space_after: bool
    misc: str = ""


@dataclass(frozen=True, slots=True)
class TreeDocument:
    """One document of a treebank.

    `text` is built from the forms: a blank between tokens unless SpaceAfter=No, an empty line between paragraphs.
    `sentences` are ranges of word indices; `paragraphs` are the indices of words that open a paragraph.
    `genre` is what its identifier begins with: "news" of GUM_news_iodine, "email" of EWT's email-enronsent27_01.
    """

    id: str
    genre: str
    text: str
    words: tuple[Word, ...]
    sentences: tuple[Interval, ...]
    paragraphs: frozenset[int]


def trees(data: Path, name: str) -> Iterator[TreeDocument]:
    """Documents of `syntax-coref/NAME.conllu.gz`. RunError names file and line of what is not CoNLL-U."""
    path = data / "syntax-coref" / f"{name}.conllu.gz"
    document = _Builder(name)
    rows: list[tuple[int, list[str]]] = []
    number = 0
    for number, line in lines_of(path):
        if not line.strip():
            document.add(path, rows)
            rows = []
        elif line.startswith("# newdoc"):
            if document.words:
                yield document.build()
            document = _Builder(line.partition("=")[2].strip() or name)
        elif line.startswith("# newpar"):
            document.paragraph = True
        elif not line.startswith("#"):
            columns = line.split("\t")
            if len(columns) != 10:
                raise RunError(f"{path}:{number}: 10 columns separated by tabs expected, found {len(columns)}")
            rows.append((number, columns))
    document.add(path, rows)
    if document.words:
        yield document.build()


@dataclass(slots=True)
class _Builder:
    id: str
    text: str = ""
    words: list[Word] = field(default_factory=list)
    sentences: list[Interval] = field(default_factory=list)
    paragraphs: set[int] = field(default_factory=set)
    paragraph: bool = True

    def build(self) -> TreeDocument:
        found = re.match(r"(?:GUM_)?([A-Za-z]+)", self.id)
        return TreeDocument(
            self.id,
            found[1] if found else self.id,
            self.text.rstrip(),
            tuple(self.words),
            tuple(self.sentences),
            frozenset(self.paragraphs),
        )

    def add(self, path: Path, rows: list[tuple[int, list[str]]]) -> None:
        """One sentence: tokens make the text, words inside it the tree; empty nodes (8.1) are passed over."""
        if not rows:
            return
        base = len(self.words)
        if self.paragraph:
            self.paragraphs.add(base)
            self.text = self.text.rstrip() + "\n\n" if base else ""
        self.paragraph = False
        token_end, last_inside, space_inside = 0, 0, True
        for number, columns in rows:
            try:
                if "." in columns[0]:
                    continue
                space = "SpaceAfter=No" not in columns[9].split("|")
                if "-" in columns[0]:
                    last_inside, space_inside = int(columns[0].split("-")[1]), space
                    cursor, token_end = len(self.text), len(self.text) + len(columns[1])
                    self.text += columns[1] + " " * space
                    continue
                index = int(columns[0])
                if index != len(self.words) - base + 1:
                    raise ValueError(f"word {index} where word {len(self.words) - base + 1} was expected")
                if index <= last_inside:  # the text already holds this word's token
                    start = cursor
                    cursor = token_end if index == last_inside else min(cursor + len(columns[1]), token_end)
                    end, space = cursor, index == last_inside and space_inside
                else:
                    start, end = len(self.text), len(self.text) + len(columns[1])
                    self.text += columns[1] + " " * space
                head = int(columns[6])
            except ValueError as error:
                raise RunError(f"{path}:{number}: {error}") from error
            head = base + (head or index) - 1
            form, lemma, upos, xpos = columns[1:5]
            self.words.append(Word(form, lemma, upos, xpos, head, columns[7], start, end, space, columns[9]))
        self.sentences.append((base, len(self.words)))
        if any(not base <= word.head < len(self.words) for word in self.words[base:]):
            raise RunError(f"{path}:{rows[0][0]}: a word of this sentence has a head outside the sentence")
