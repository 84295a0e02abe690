"""The corpora of the data folder as training documents (formats: the data folder's README)."""

from __future__ import annotations

import gzip
import json
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc

from kg.annotate.encode import Word
from kg.train.data import Document, Link

_LONGEST_SILVER_NAME = 5  # words; longer ones are mostly pieces of headlines
_GUM = {"person": "PER", "organization": "ORG", "place": "LOC"}


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Records of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            yield json.loads(line)


def words_of(doc: Doc) -> tuple[list[Word], list[int]]:
    """The words of a Doc without its white-space tokens, and the character offset of each.

    A break stands before the first word and before each word that a line break precedes.
    """
    words: list[Word] = []
    offsets: list[int] = []
    text, end = doc.text, 0
    for token in doc:
        if token.is_space:
            continue
        gap = text[end : token.idx]
        words.append(Word(token.text, bool(gap) or not words, "\n" in gap or not words))
        offsets.append(token.idx)
        end = token.idx + len(token)
    return words, offsets


def polnear(folder: Path, split: str, silver: bool = True) -> list[Document]:
    """PolNeAR articles with roles and links, and with silver names where there are some."""
    nlp = spacy.blank("en")
    names = _silver(folder, split) if silver else {}
    documents = []
    for record in json_lines(folder / f"attribution/polnear-{split}.jsonl.gz"):
        words, offsets = words_of(nlp.make_doc(record["text"]))
        ends = [offset + len(word.text) for offset, word in zip(offsets, words, strict=True)]
        document = Document(words, units=[i for i, word in enumerate(words) if word.break_before])
        document.roles = ["O"] * len(words)
        for attribution in record["attributions"]:
            cue = [i for start, end in attribution["cue"] for i in _inside(offsets, ends, start, end)]
            for role in ("source", "cue", "content"):
                for start, end in attribution[role]:
                    inside = _inside(offsets, ends, start, end)
                    _mark(document.roles, inside, role)
                    if cue and inside and role != "cue":
                        document.links.append(Link(role, tuple(inside), cue[0]))
        if record["id"] in names:
            document.names = ["O"] * len(words)
            document.names_weight = 0.4
            for start, end, type_ in names[record["id"]]:
                _mark(document.names, _inside(offsets, ends, start, end), type_)
        _repair(document.roles)
        _repair(document.names)
        documents.append(document)
    return documents


def _repair(labels: list[str]) -> None:
    """I- after something else becomes B-: spans that overlap in the corpus were written over each other."""
    for i, label in enumerate(labels):
        if label.startswith("I-") and (i == 0 or labels[i - 1][2:] != label[2:]):
            labels[i] = "B-" + label[2:]


def _inside(offsets: list[int], ends: list[int], start: int, end: int) -> list[int]:
    return list(range(bisect_right(ends, start), bisect_left(offsets, end)))


def _mark(column: list[str], inside: list[int], type_: str) -> None:
    for n, i in enumerate(inside):
        column[i] = ("I-" if n else "B-") + type_


def _silver(folder: Path, split: str) -> dict[str, list[tuple[int, int, str]]]:
    """Silver names, each given the type that its text has most often: the tagger wavered, names rarely do."""
    texts = {r["id"]: r["text"] for r in json_lines(folder / f"attribution/polnear-{split}.jsonl.gz")}
    records = [r for r in json_lines(folder / f"entities/polnear-silver-{split}.jsonl.gz") if r["id"] in texts]
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        for start, end, type_ in record["names"]:
            votes[texts[record["id"]][start:end]][type_] += 1
    majority = {
        name: types.most_common(1)[0][0]
        for name, types in votes.items()
        if types.most_common(1)[0][1] >= 0.6 * sum(types.values())
    }
    return {
        r["id"]: [
            (start + _title(texts[r["id"]][start:end]), end, majority.get(texts[r["id"]][start:end], type_))
            for start, end, type_ in r["names"]
            if len(texts[r["id"]][start:end].split()) <= _LONGEST_SILVER_NAME
        ]
        for r in records
    }


def _title(name: str) -> int:
    """Characters of an honorific at the start of a name: other corpora leave it outside."""
    found = re.match(r"(?:Mr|Mrs|Ms|Dr)\.? ", name)
    return found.end() if found else 0


def tagged_sentences(path: Path, per_document: int = 1000) -> list[Document]:
    """Sentences of `tokens` and `labels` (BIO or IO) as documents of many sentences."""
    documents: list[Document] = []
    for n, record in enumerate(json_lines(path)):
        if n % per_document == 0:
            documents.append(Document([], []))
        _append(documents[-1], record["tokens"], record["labels"])
    return documents


def _append(document: Document, tokens: list[str], labels: list[str]) -> None:
    document.units.append(len(document.words))
    before = "O"
    for n, (token, label) in enumerate(zip(tokens, labels, strict=True)):
        if label.startswith("I-") and before[2:] != label[2:]:
            label = "B-" + label[2:]
        document.words.append(Word(token, True, n == 0))
        document.names.append(label)
        before = label


def redocred(folder: Path, demonyms: frozenset[str]) -> list[Document]:
    """Re-DocRED documents. Nationalities, locations there, are MISC as in the other corpora."""
    documents = []
    for record in json_lines(folder / "entities/redocred-dev.jsonl.gz"):
        labels = [["O"] * len(sentence) for sentence in record["sents"]]
        for vertex in record["vertexSet"]:
            for mention in vertex:
                type_ = mention["type"]
                if type_ == "LOC" and mention["name"] in demonyms:
                    type_ = "MISC"
                if type_ in ("PER", "ORG", "LOC", "MISC"):
                    _mark(labels[mention["sent_id"]], list(range(*mention["pos"])), type_)
        document = Document([], [])
        for sentence, row in zip(record["sents"], labels, strict=True):
            _append(document, sentence, row)
        documents.append(document)
    return documents


def demonyms_of(documents: Iterable[Document]) -> frozenset[str]:
    """Single words that these corpora mostly call MISC: nationalities above all."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        for n, (word, label) in enumerate(zip(document.words, document.names, strict=False)):
            if label.startswith("B-") and document.names[n + 1 : n + 2] != ["I-" + label[2:]]:
                votes[word.text][label[2:]] += 1
    return frozenset(word for word, types in votes.items() if types.most_common(1)[0][0] == "MISC")


def conllu(path: Path) -> list[Document]:
    """Universal Dependencies documents; GUM's entity column becomes names."""
    documents: list[Document] = []
    rows: list[list[str]] = []
    paragraph = True
    glued: set[int] = set()
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                documents.append(Document([], []))
            elif line.startswith("# newpar"):
                paragraph = True
            elif line and not line.startswith("#"):
                columns = line.split("\t")
                if "-" in columns[0]:
                    first, last = map(int, columns[0].split("-"))
                    glued.update(range(first, last))  # words of one token: no space between them
                    if "SpaceAfter=No" in columns[9]:
                        glued.add(last)
                elif columns[0].isdigit():
                    rows.append(columns)
            elif not line and rows:
                _add_tree(documents[-1], rows, paragraph, glued)
                rows, paragraph, glued = [], False, set()
    for document in documents:
        if path.name.startswith("gum"):
            document.names_weight = 0.5  # derived, and names other than PER, ORG and LOC are not marked
        else:
            document.names = []
    return documents


def _add_tree(document: Document, rows: list[list[str]], paragraph: bool, glued: set[int]) -> None:
    base = len(document.words)
    document.units.append(base)
    space = True
    for n, columns in enumerate(rows):
        document.words.append(Word(columns[1], space, paragraph and n == 0))
        space = "SpaceAfter=No" not in columns[9] and int(columns[0]) not in glued
        document.lemmas.append(columns[2])
        document.pos.append(columns[3])
        document.tags.append(columns[4])
        document.heads.append(base + (int(columns[6]) - 1 if columns[6] != "0" else n))
        document.deps.append(columns[7])
    document.names.extend(_gum_names(rows))


def _gum_names(rows: list[list[str]]) -> list[str]:
    """Names among GUM's entity spans: cut to the proper nouns around the head of each named entity."""
    labels = ["O"] * len(rows)
    opened: list[tuple[list[str], int]] = []
    for i, columns in enumerate(rows):
        entity = next((m[7:] for m in columns[9].split("|") if m.startswith("Entity=")), "")
        # "(3-person-…(4-place-…)2)": an opening group names its type; a closing one only its number, if it spans words
        for bracket, group, closes in re.findall(r"(\(?)([^()]+)(\)?)", entity):
            if bracket:
                opened.append((group.split("-"), i))
            if closes:
                number = group.split("-")[0]
                k = next((k for k in reversed(range(len(opened))) if opened[k][0][0] == number), None)
                if k is not None:
                    parts, start = opened.pop(k)
                    if len(parts) > 1 and parts[1] in _GUM:
                        inside = _proper(rows, start, i)
                        if all(labels[n] == "O" for n in inside):  # inner spans close first; the outer one gives way
                            _mark(labels, inside, _GUM[parts[1]])
    return labels


def _proper(rows: list[list[str]], start: int, end: int) -> list[int]:
    """The run of proper nouns (joined by "of" or a hyphen) that holds the head of a span; [] for a common noun."""
    ids = {rows[i][0]: i for i in range(start, end + 1)}
    head = next((i for i in range(start, end + 1) if rows[i][6] not in ids), None)
    if head is None or not rows[head][4].startswith("NNP"):
        return []
    proper = [rows[i][4].startswith("NNP") for i in range(len(rows))]
    left = right = head
    while (
        left > start
        and rows[left - 1][7] != "nmod:desc"
        and (proper[left - 1] or _joins(rows, left - 1, proper, start, end))
    ):
        left -= 1
    while right < end and (proper[right + 1] or _joins(rows, right + 1, proper, start, end)):
        right += 1
    return list(range(left, right + 1))


def _joins(rows: list[list[str]], i: int, proper: list[bool], start: int, end: int) -> bool:
    inside = start < i < end and proper[i - 1] and proper[i + 1]
    return inside and (rows[i][1] in ("of", "&", "-", "–"))
