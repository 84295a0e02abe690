"""The corpora of the data folder as training documents; `kg.evaluate` reads the files."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path

import spacy
from spacy.tokens import Doc

from kg.annotate.components import split_compounds
from kg.annotate.encode import Word
from kg.evaluate import corpora, trees
from kg.evaluate.corpora import records_of
from kg.train.data import ORIGINS, Document, Link

_LONGEST_SILVER_NAME = 5  # words; longer ones are mostly pieces of headlines
_GUM = {"person": "PER", "organization": "ORG", "place": "LOC"}


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


def words_and_bounds(texts: Iterable[str]) -> Iterator[tuple[list[Word], list[int], list[int]]]:
    """The words of each text, cut as `kg.annotate` cuts them, and the character offsets of their starts and ends."""
    nlp = spacy.blank("en")
    split_compounds(nlp)
    for text in texts:
        words, offsets = words_of(nlp.make_doc(text))
        yield words, offsets, [offset + len(word.text) for offset, word in zip(offsets, words, strict=True)]


def polnear(data: Path, split: str, silver: bool = True) -> list[Document]:
    """PolNeAR articles with roles and links, and with silver names where there are some."""
    names = _silver(data, split) if silver else {}
    documents = []
    articles = list(corpora.polnear(data, split))
    for article, (words, offsets, ends) in zip(articles, words_and_bounds(a.text for a in articles), strict=True):
        document = Document(words, units=[i for i, word in enumerate(words) if word.break_before])
        document.roles = ["O"] * len(words)
        for attribution in article.attributions:
            cue = [i for start, end in attribution.cue for i in _inside(offsets, ends, start, end)]
            for role in ("source", "cue", "content"):
                for start, end in getattr(attribution, role):
                    inside = _inside(offsets, ends, start, end)
                    _mark(document.roles, inside, role)
                    if cue and inside and role != "cue":
                        document.links.append(Link(role, tuple(inside), cue[0]))
        if article.id in names:
            document.names = ["O"] * len(words)
            document.names_weight, document.origin = 0.3, ORIGINS.index("polnear")
            for start, end, type_ in names[article.id]:
                _mark(document.names, _inside(offsets, ends, start, end), type_)
        _repair(document.roles)
        _repair(document.names)
        documents.append(document)
    return documents


def re3d(data: Path) -> list[Document]:
    """The names of re3d's documents, but for the fifth held out for scoring."""
    found = list(corpora.re3d(data, dev=False))
    documents = []
    for article, (words, offsets, ends) in zip(found, words_and_bounds(d.text for d in found), strict=True):
        document = Document(words, units=[i for i, word in enumerate(words) if word.break_before])
        document.names, document.origin = ["O"] * len(words), ORIGINS.index("re3d")
        for start, end, type_ in sorted(article.names):
            _mark(document.names, _inside(offsets, ends, start, end), type_)
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


def _silver(data: Path, split: str) -> dict[str, list[tuple[int, int, str]]]:
    """Silver names, each given the type that its text has most often: the tagger wavered, names rarely do."""
    found = list(corpora.silver(data, split))
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for document in found:
        for start, end, type_ in document.names:
            votes[document.text[start:end]][type_] += 1
    majority = {
        name: types.most_common(1)[0][0]
        for name, types in votes.items()
        if types.most_common(1)[0][1] >= 0.6 * sum(types.values())
    }
    return {
        document.id: [
            (start + _title(document.text[start:end]), end, majority.get(document.text[start:end], type_))
            for start, end, type_ in document.names
            if len(document.text[start:end].split()) <= _LONGEST_SILVER_NAME
        ]
        for document in found
    }


def _title(name: str) -> int:
    """Characters of an honorific at the start of a name: other corpora leave it outside."""
    found = re.match(r"(?:Mr|Mrs|Ms|Dr)\.? ", name)
    return found.end() if found else 0


def tagged_sentences(data: Path, name: str, per_document: int = 1000) -> list[Document]:
    """Sentences with names as documents of many sentences."""
    documents: list[Document] = []
    for n, sentence in enumerate(corpora.tagged(data, name)):
        if n % per_document == 0:
            documents.append(Document([], []))
        _append(documents[-1], sentence.tokens, sentence.labels)
    return documents


def _append(document: Document, tokens: Sequence[str], labels: Sequence[str]) -> None:
    document.units.append(len(document.words))
    document.words.extend(Word(token, True, n == 0) for n, token in enumerate(tokens))
    document.names.extend(labels)


def redocred(data: Path, demonyms: frozenset[str]) -> list[Document]:
    """Re-DocRED documents. Nationalities, locations there, are MISC as in the other corpora."""
    documents = []
    for _, record in records_of(data / "entities/redocred-dev.jsonl.gz"):
        labels = [["O"] * len(sentence) for sentence in record["sents"]]
        for vertex in record["vertexSet"]:
            for mention in vertex:
                type_ = mention["type"]
                if type_ == "LOC" and mention["name"] in demonyms:
                    type_ = "MISC"
                if type_ in ("PER", "ORG", "LOC", "MISC"):
                    _mark(labels[mention["sent_id"]], list(range(*mention["pos"])), type_)
        document = Document([], [], origin=ORIGINS.index("redocred"))
        for sentence, row in zip(record["sents"], labels, strict=True):
            _repair(row)
            _append(document, sentence, row)
        documents.append(document)
    return documents


def news_names(data: Path) -> list[Document]:
    """Texts of PolNeAR's training split with the names that were marked in them for this project (`news-names.jsonl`),
    without their roles."""
    marked = _marked_names("news-names.jsonl")
    articles = [article for article in corpora.polnear(data, "train") if article.id in marked]
    documents = []
    for article, (words, offsets, ends) in zip(articles, words_and_bounds(a.text for a in articles), strict=True):
        document = Document(words, [i for i, word in enumerate(words) if word.break_before], ["O"] * len(words))
        for start, end, type_ in marked[article.id]:
            _mark(document.names, _inside(offsets, ends, start, end), type_)
        documents.append(document)
    return documents


def web_names(data: Path) -> list[Document]:
    """Texts of EWT's training split with the names that were marked in them for this project (`web-names.jsonl`)."""
    marked = _marked_names("web-names.jsonl")
    documents = []
    for tree in trees.trees(data, "ewt-train"):
        if tree.id in marked:
            document = Document(_spaced(tree), [start for start, _ in tree.sentences], ["O"] * len(tree.words))
            offsets, ends = [word.start for word in tree.words], [word.end for word in tree.words]
            for start, end, type_ in marked[tree.id]:
                _mark(document.names, _inside(offsets, ends, start, end), type_)
            documents.append(document)
    return documents


def _marked_names(name: str) -> dict[str, list[tuple[int, int, str]]]:
    """Names by document, as characters of its text, from a file in this package's own data."""
    lines = (files("kg") / "train/data" / name).read_text(encoding="utf8").splitlines()
    return {record["id"]: [tuple(row) for row in record["names"]] for record in map(json.loads, lines)}


def written_names() -> list[Document]:
    """The sentences of `kg/train/data/political-names.txt`, written for this project, as one document.

    A line a sentence, names in brackets: "[PER Romano Prodi] returned from [LOC Brussels]."
    """
    lines = (files("kg") / "train/data/political-names.txt").read_text(encoding="utf8").splitlines()
    parts = [re.split(r"\[(PER|ORG|LOC|MISC) ([^\]]+)\]", line) for line in lines]
    texts = ["".join(part for n, part in enumerate(row) if n % 3 != 1) for row in parts]
    document = Document([], [])
    for row, (words, offsets, ends) in zip(parts, words_and_bounds(texts), strict=True):
        document.units.append(len(document.words))
        document.words.extend(words)
        labels, at = ["O"] * len(words), 0
        for plain, type_, name in zip(row[::3], row[1::3], row[2::3], strict=False):
            at += len(plain)
            _mark(labels, _inside(offsets, ends, at, at + len(name)), type_)
            at += len(name)
        document.names.extend(labels)
    return [document]


def demonyms_of(documents: Iterable[Document]) -> frozenset[str]:
    """Single words that these corpora mostly call MISC: nationalities above all."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        for n, (word, label) in enumerate(zip(document.words, document.names, strict=False)):
            if label.startswith("B-") and document.names[n + 1 : n + 2] != ["I-" + label[2:]]:
                votes[word.text][label[2:]] += 1
    return frozenset(word for word, types in votes.items() if types.most_common(1)[0][0] == "MISC")


def treebank(data: Path, name: str) -> list[Document]:
    """Universal Dependencies documents; GUM's entity column becomes names."""
    documents = []
    for tree in trees.trees(data, name):
        document = Document(
            words=_spaced(tree),
            units=[start for start, _ in tree.sentences],
            tags=[word.xpos for word in tree.words],
            pos=[word.upos for word in tree.words],
            deps=[word.deprel for word in tree.words],
            lemmas=[word.lemma for word in tree.words],
            heads=[word.head for word in tree.words],
        )
        if name.startswith("gum"):
            document.origin = ORIGINS.index("gum")
            document.names_weight = 0.5  # derived, and names other than PER, ORG and LOC are not marked
            document.names = [
                label for start, stop in tree.sentences for label in _gum_names(tree.words[start:stop], start)
            ]
        documents.append(document)
    return documents


def _spaced(tree: trees.TreeDocument) -> list[Word]:
    words, end = [], -1
    for n, word in enumerate(tree.words):
        words.append(Word(word.form, word.start != end, n in tree.paragraphs))
        end = word.end
    return words


def _gum_names(words: Sequence[trees.Word], base: int) -> list[str]:
    """Names among GUM's entity spans: cut to the proper nouns around the head of each named entity."""
    labels = ["O"] * len(words)
    opened: list[tuple[list[str], int]] = []
    for i, word in enumerate(words):
        entity = next((m[7:] for m in word.misc.split("|") if m.startswith("Entity=")), "")
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
                        inside = _proper(words, base, start, i)
                        if all(labels[n] == "O" for n in inside):  # inner spans close first; the outer one gives way
                            _mark(labels, inside, _GUM[parts[1]])
    return labels


def _proper(words: Sequence[trees.Word], base: int, start: int, end: int) -> list[int]:
    """The run of proper nouns (joined by "of" or a hyphen) that holds the head of a span; [] for a common noun."""
    span = range(start, end + 1)
    head = next((i for i in span if words[i].head - base not in span or words[i].head - base == i), None)
    if head is None or not words[head].xpos.startswith("NNP"):
        return []
    proper = [word.xpos.startswith("NNP") for word in words]

    def joins(i: int) -> bool:
        return start < i < end and proper[i - 1] and proper[i + 1] and words[i].form in ("of", "&", "-", "–")

    left = right = head
    while left > start and (proper[left - 1] or joins(left - 1)) and words[left - 1].deprel != "nmod:desc":  # a title
        left -= 1
    while right < end and (proper[right + 1] or joins(right + 1)):
        right += 1
    return list(range(left, right + 1))
