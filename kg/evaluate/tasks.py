"""The tasks: each runs a spaCy pipeline over one corpus and returns rows of counts, a row for each document.

What is read off a Doc: `doc.spans["claims"]` (spans labelled source, cue and content; those of one claim share an
`id_`), `doc.ents` (PER, ORG, LOC, MISC), and tags, heads, lemmas and sentence starts of the tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.evaluate import corpora
from kg.evaluate.corpora import Attribution
from kg.evaluate.report import Row
from kg.evaluate.scores import ROLES, score_attributions, score_kinds, score_names
from kg.evaluate.syntax import gold_parse, gold_tokens, predicted_parse, score_parse
from kg.evaluate.trees import trees

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Step = Callable[[int, int], None]
"""Called with documents done and documents in all."""

_Gold = TypeVar("_Gold")


def attribution(nlp: Language, data: Path, limit: int | None, step: Step) -> list[Row]:
    """Source, cue and content of PolNeAR dev articles, from their raw text; grouped by publisher."""
    documents = list(islice(corpora.polnear(data, "dev"), limit))
    docs = piped(nlp, [document.text for document in documents], step)
    rows: list[Row] = []
    for document, doc in zip(documents, docs, strict=True):
        found = predicted_attributions(doc)
        scores = score_attributions(found, document.attributions)
        rows.append((document.publisher, scores | score_kinds(document.text, found, document.attributions)))
    return rows


def predicted_attributions(doc: Doc) -> list[Attribution]:
    """The claims in `doc.spans["claims"]`, by number; labels other than source, cue and content are passed over."""
    claims: dict[str, dict[str, list[corpora.Interval]]] = {}
    for span in doc.spans.get("claims", ()):
        if span.label_ in ROLES:
            pieces = claims.setdefault(span.id_, {role: [] for role in ROLES})
            pieces[span.label_].append((span.start_char, span.end_char))
    return [
        Attribution(*(corpora.trimmed(doc.text, sorted(pieces[role])) for role in ROLES)) for pieces in claims.values()
    ]


def names_in_tokens(nlp: Language, data: Path, limit: int | None, step: Step, corpus: str) -> list[Row]:
    """Names in sentences given as tokens; every sentence counts as a document."""
    from spacy.tokens import Doc

    sentences = list(islice(corpora.tagged(data, corpus), limit))
    docs = piped(nlp, [Doc(nlp.vocab, words=list(sentence.tokens)) for sentence in sentences], step)
    return [
        (corpus, score_names(((e.start, e.end, e.label_) for e in doc.ents), sentence.names))
        for sentence, doc in zip(sentences, docs, strict=True)
    ]


def names_in_text(
    nlp: Language, data: Path, limit: int | None, step: Step, read: Callable[[Path], Iterable[corpora.NamedDocument]]
) -> list[Row]:
    """Names in raw text, compared by characters."""
    documents = list(islice(read(data), limit))
    docs = piped(nlp, [document.text for document in documents], step)
    return [
        ("", score_names(_named_characters(doc), document.names)) for document, doc in zip(documents, docs, strict=True)
    ]


def _named_characters(doc: Doc) -> Iterator[tuple[int, int, str]]:
    for entity in doc.ents:
        for start, end in corpora.trimmed(doc.text, [(entity.start_char, entity.end_char)]):
            yield start, end, entity.label_


def syntax(
    nlp: Language, data: Path, limit: int | None, step: Step, corpus: str, genre: str | None = None
) -> list[Row]:
    """Tags and trees of a treebank, grouped by genre: with gold sentences, with gold tokens alone, from raw text."""
    documents = list(islice((d for d in trees(data, corpus) if genre in (None, d.genre)), limit))
    inputs: list[str | Doc] = []
    inputs += [gold_tokens(nlp.vocab, document, sentences=True) for document in documents]
    inputs += [gold_tokens(nlp.vocab, document, sentences=False) for document in documents]
    inputs += [document.text for document in documents]
    docs = list(piped(nlp, inputs, step))
    n = len(documents)
    rows: list[Row] = []
    for document, given, own, raw in zip(documents, docs[:n], docs[n : 2 * n], docs[2 * n :], strict=True):
        gold = gold_parse(document)
        counts = {
            name: c
            for name, c in score_parse(predicted_parse(given, document), gold).items()
            if name not in ("tokens", "sentences")
        }
        for mode, parse, wanted in (
            ("own sentences", predicted_parse(own, document), gold),
            ("raw text", predicted_parse(raw), gold_parse(document, by_character=True)),
        ):
            scores = score_parse(parse, wanted)
            counts |= {
                f"{mode}: {name}": c for name, c in scores.items() if (mode, name) != ("own sentences", "tokens")
            }
        rows.append((document.genre, counts))
    return rows


def sentences(nlp: Language, data: Path, limit: int | None, step: Step) -> list[Row]:
    """Sentence boundaries of GUM's news articles, from raw text and with gold tokens."""
    rows = syntax(nlp, data, limit, step, "gum-dev", "news")
    wanted = {"raw text: sentences": "sentences", "own sentences: sentences": "gold tokens: sentences"}
    return [(group, {shown: counts[name] for name, shown in wanted.items()}) for group, counts in rows]


def piped(nlp: Language, inputs: Sequence[str | Doc], step: Step) -> Iterator[Doc]:
    """Docs in order, telling how many are done."""
    for done, doc in enumerate(nlp.pipe(inputs), 1):
        step(done, len(inputs))
        yield doc
