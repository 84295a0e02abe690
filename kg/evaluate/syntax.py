"""Trees of a pipeline against trees of a treebank, by the measures of the CoNLL 2018 shared task.

Words are aligned by where they stand; F1 counts an aligned word right if its tag, lemma, or head and relation are.
Where the pipeline is given gold tokens every word is aligned, and F1 is plain accuracy (UAS, LAS).
Zeman et al. 2018, https://aclanthology.org/K18-2001. Unlike there, LAS takes whole relations ("nsubj:pass");
"LAS universal" cuts subtypes off. Punctuation counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.evaluate.corpora import Interval
from kg.evaluate.scores import Counts, compare
from kg.evaluate.trees import TreeDocument

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_PARAGRAPH = "\n\n"


@dataclass(frozen=True, slots=True)
class Node:
    """A word of a tree: where it stands, and where its head does (its own place for a root, None if unknown)."""

    place: Interval
    head: Interval | None
    deprel: str
    upos: str
    xpos: str
    lemma: str


@dataclass(frozen=True, slots=True)
class Parse:
    """Nodes in text order and sentences as (start of the first word, end of the last)."""

    nodes: tuple[Node, ...]
    sentences: frozenset[Interval]


def gold_parse(document: TreeDocument, by_character: bool = False) -> Parse:
    """A treebank document as a parse; places are word numbers, or characters of its text."""
    places = [(w.start, w.end) if by_character else (i, i + 1) for i, w in enumerate(document.words)]
    nodes = tuple(
        Node(place, places[word.head], word.deprel, word.upos, word.xpos, word.lemma)
        for place, word in zip(places, document.words, strict=True)
    )
    return Parse(nodes, _sentences(places, document.sentences))


def gold_tokens(vocab: Vocab, document: TreeDocument, sentences: bool) -> Doc:
    """A Doc with the document's words, and its sentences if wanted; paragraphs stand apart as in its text.

    The empty line before a paragraph is a token of its own, as spaCy's tokenizer has it, at the end of the sentence
    before it.
    """
    from spacy.tokens import Doc

    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool | int | None] = []
    firsts = {first for first, _ in document.sentences}
    for i, word in enumerate(document.words):
        if i and i in document.paragraphs:
            spaces[-1] = False
            words.append(_PARAGRAPH)
            spaces.append(False)
            starts.append(False)
        words.append(word.form)
        spaces.append(word.space_after)
        starts.append(i in firsts)
    return Doc(vocab, words=words, spaces=spaces, sent_starts=starts if sentences else None)


def predicted_parse(doc: Doc, document: TreeDocument | None = None) -> Parse:
    """What a pipeline wrote on a Doc; places are characters, or word numbers where `document` gave the tokens.

    White-space tokens are left out. A Doc without a parse has unknown heads; one without sentences is one sentence.
    """
    if document is None:
        tokens = [token for token in doc if not token.is_space]
        place = {token.i: (token.idx, token.idx + len(token)) for token in tokens}
    else:
        breaks = [i + n for n, i in enumerate(sorted(document.paragraphs - {0}))]
        tokens = [token for token in doc if token.i not in set(breaks)]
        place = {token.i: (n, n + 1) for n, token in enumerate(tokens)}
    parsed = doc.has_annotation("DEP")
    nodes = tuple(
        Node(
            place[token.i],
            place.get(token.head.i) if parsed else None,
            "root" if token.dep_ == "ROOT" else token.dep_,
            token.pos_,
            token.tag_,
            token.lemma_,
        )
        for token in tokens
    )
    cut = doc.has_annotation("SENT_START")
    starts = [
        n for n, token in enumerate(tokens) if n == 0 or (cut and _starts_sentence(doc, token.i, tokens[n - 1].i))
    ]
    ranges = list(zip(starts, [*starts[1:], len(tokens)], strict=True))
    return Parse(nodes, _sentences([node.place for node in nodes], ranges))


def _starts_sentence(doc: Doc, i: int, before: int) -> bool:
    """Whether a sentence starts at token `i`, or at white space between token `before` and it."""
    return any(doc[k].is_sent_start for k in range(before + 1, i + 1))


def _sentences(places: Sequence[Interval], ranges: Sequence[Interval]) -> frozenset[Interval]:
    return frozenset((places[first][0], places[end - 1][1]) for first, end in ranges)


def score_parse(predicted: Parse, gold: Parse) -> dict[str, Counts]:
    """ "tokens", "sentences", "UAS", "LAS", "LAS universal", "UPOS", "XPOS", "lemma" of one document.

    A gold lemma of "_" (the second half of a word that was torn apart) asks for nothing and is always right.
    """
    answers = {node.place: node for node in predicted.nodes}
    pairs = [(answers[node.place], node) for node in gold.nodes if node.place in answers]
    attached = [(p, g) for p, g in pairs if p.head == g.head]

    def share(correct: int) -> Counts:
        return Counts(correct, len(predicted.nodes), len(gold.nodes))

    return {
        "tokens": share(len(pairs)),
        "sentences": compare(predicted.sentences, gold.sentences),
        "UAS": share(len(attached)),
        "LAS": share(sum(p.deprel == g.deprel for p, g in attached)),
        "LAS universal": share(sum(p.deprel.split(":")[0] == g.deprel.split(":")[0] for p, g in attached)),
        "UPOS": share(sum(p.upos == g.upos for p, g in pairs)),
        "XPOS": share(sum(p.xpos == g.xpos for p, g in pairs)),
        "lemma": share(sum(g.lemma in ("_", p.lemma) for p, g in pairs)),
    }
