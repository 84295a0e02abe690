"""The spaCy components that write the reader's findings where a spaCy user expects them.

Each can be left out, or stand in another pipeline beside components of its own (`nlp.add_pipe("kg_names")`), as long
as `kg_reader` runs before.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import compile_infix_regex
from spacy.vocab import Vocab

from kg.annotate.attribution import Attribution
from kg.annotate.columns import texts_of
from kg.annotate.gazetteer import CountryMatcher, annotate_countries
from kg.annotate.labels import Labels, apply_edit
from kg.annotate.reader import ReaderComponent, reading_of, word_indices
from kg.annotate.weights import FOLDER, load_labels
from kg.config import version

Component = Callable[[Doc], Doc]
LEAST = 0.33  # confidence of a claim: below half of the F1 reached, a claim lowers it (Lipton et al. 2014)
_WITH_WEIGHTS = ("kg_reader", "kg_tagger", "kg_parser")
PIPELINE = ("kg_reader", "kg_tagger", "kg_parser", "kg_names", "kg_attribution", "kg_countries")


@Language.factory("kg_reader", default_config={"weights": None})
def make_reader(nlp: Language, name: str, weights: str | None) -> ReaderComponent:
    """The network itself. Keeps sentence starts that an earlier component set. `weights` is a folder of others."""
    return ReaderComponent(_folder(weights))


@Language.factory("kg_tagger", default_config={"weights": None}, assigns=["token.tag", "token.pos", "token.lemma"])
def make_tagger(nlp: Language, name: str, weights: str | None) -> Component:
    """Penn tags, universal parts of speech and lemmas."""
    return TaggerComponent(nlp, load_labels(_folder(weights)))


@Language.factory(
    "kg_parser",
    default_config={"weights": None},
    assigns=["token.head", "token.dep", "token.is_sent_start", "doc.sents"],
)
def make_parser(nlp: Language, name: str, weights: str | None) -> Component:
    """Universal Dependencies trees and, with them, sentences."""
    return ParserComponent(nlp, load_labels(_folder(weights)))


def _folder(weights: str | None) -> Path:
    return Path(weights) if weights else FOLDER


@Language.factory("kg_names", assigns=["doc.ents", "token.ent_iob", "token.ent_type"])
def make_names(nlp: Language, name: str) -> Component:
    """Names of people, organisations, places and the rest: PER, ORG, LOC, MISC."""
    return write_names


@Language.factory("kg_attribution")
def make_attribution(nlp: Language, name: str) -> Component:
    """`doc.spans["claims"]`: spans labelled source, cue and content, of one attribution when they share an id.

    `doc.spans["fragments"]` holds, in the same way, attributions that lack cue or content, or are likelier wrong.
    """
    return write_attributions


@Language.factory("kg_countries")
def make_countries(nlp: Language, name: str) -> Component:
    """`doc.spans["countries"]`: spans labelled with ISO codes; the id says name, demonym, capital, seat or so."""
    matcher = CountryMatcher(nlp.vocab, nlp.tokenizer)

    def write(doc: Doc) -> Doc:
        annotate_countries(doc, matcher)
        return doc

    return write


class TaggerComponent:
    """Writes `token.tag_`, `token.pos_` and `token.lemma_`."""

    def __init__(self, nlp: Language, labels: Labels) -> None:
        self.tags = np.array([nlp.vocab.strings.add(tag) for tag in labels.tags], dtype=np.uint64)
        self.pos = np.array([nlp.vocab.strings.add(pos) for pos in labels.pos], dtype=np.uint64)
        self.edits = labels.lemmas
        self.lemmas: dict[tuple[str, int], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        reading = reading_of(doc)
        columns = np.zeros((len(doc), 3), dtype=np.uint64)
        columns[:, 0], columns[:, 1] = doc.vocab.strings.add("_SP"), doc.vocab.strings.add("SPACE")
        columns[:, 2] = doc.to_array("ORTH")
        if reading is not None:
            at = word_indices(doc)
            columns[at, 0], columns[at, 1] = self.tags[reading.tags], self.pos[reading.pos]
            texts = texts_of(doc)
            lemmas = zip(at, reading.lemmas.tolist(), strict=True)
            columns[at, 2] = [self._lemma(doc.vocab, texts[i], edit) for i, edit in lemmas]
        return _write(doc, ["TAG", "POS", "LEMMA"], columns)

    def _lemma(self, vocab: Vocab, text: str, edit: int) -> int:
        key = text, edit
        if key not in self.lemmas:
            self.lemmas[key] = vocab.strings.add(apply_edit(text, self.edits[edit]))
        return self.lemmas[key]


class ParserComponent:
    """Writes heads, relations and sentence starts; white space hangs on the word before it."""

    def __init__(self, nlp: Language, labels: Labels) -> None:
        self.deps = np.array([nlp.vocab.strings.add(_spacy_dep(dep)) for dep in labels.deps], dtype=np.uint64)

    def __call__(self, doc: Doc) -> Doc:
        reading = reading_of(doc)
        if reading is None:
            return doc
        at = np.array(word_indices(doc))
        heads = np.zeros(len(doc), dtype=np.int64)
        deps = np.full(len(doc), doc.vocab.strings.add("dep"), dtype=np.uint64)
        heads[at] = at[reading.heads] - at
        deps[at] = self.deps[reading.deps]
        spaces = np.setdiff1d(np.arange(len(doc)), at)
        before = np.searchsorted(at, spaces) - 1
        heads[spaces] = at[np.maximum(before, 0)] - spaces
        return _write(doc, ["HEAD", "DEP"], np.stack([heads.astype(np.uint64), deps], axis=1))


def _write(doc: Doc, attributes: list[str], columns: NDArray[np.uint64]) -> Doc:
    written: Doc = doc.from_array(attributes, columns)  # type: ignore[arg-type]  # spaCy's own stub wants thinc arrays
    return written


def _spacy_dep(dep: str) -> str:
    """The relation as spaCy writes it: roots in capitals."""
    return "ROOT" if dep == "root" else dep


def write_names(doc: Doc) -> Doc:
    """Set `doc.ents` from the reading."""
    reading = reading_of(doc)
    if reading is not None:
        at = word_indices(doc)
        doc.set_ents([Span(doc, at[a], at[b - 1] + 1, label=label) for a, b, label in reading.names])
    return doc


def write_attributions(doc: Doc) -> Doc:
    """Set `doc.spans["claims"]` and "fragments" from the reading; attrs["confidence"] lists one figure an id."""
    reading = reading_of(doc)
    found = reading.attributions if reading is not None else ()
    at = word_indices(doc)
    for group, claims in (("claims", True), ("fragments", False)):
        some = [a for a in found if (a.whole and a.confidence >= LEAST) == claims]
        doc.spans[group] = [span for n, attribution in enumerate(some) for span in _spans(doc, at, n, attribution)]
        doc.spans[group].attrs["confidence"] = [attribution.confidence for attribution in some]
    return doc


def _spans(doc: Doc, at: list[int], number: int, attribution: Attribution) -> list[Span]:
    roles = [("source", attribution.source), ("cue", attribution.cue)]
    roles += [("content", content) for content in attribution.contents]
    return [
        Span(doc, at[span[0]], at[span[1] - 1] + 1, label=role, span_id=str(number))
        for role, span in roles
        if span is not None
    ]


def split_compounds(nlp: Language) -> None:
    """Let "U.S.-led" be three tokens, as "Russian-led" is."""
    infixes = [*(nlp.Defaults.infixes or ()), r"(?<=[A-Z]\.)[-–](?=[A-Za-z])"]
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer


def load(exclude: tuple[str, ...] = (), weights: Path | None = None) -> Language:
    """A blank English pipeline with our components, in order; without those named in `exclude`.

    `weights` is a folder that `kg.train` wrote; by default the shipped ones are used. RunError when it is incomplete.
    """
    from spacy.lang.en import English

    nlp = English(meta={"name": "kg", "version": version()})
    split_compounds(nlp)
    nlp.max_length = 10_000_000  # nothing here needs memory beyond the text's own size
    for name in PIPELINE:
        if name not in exclude:
            own = {"weights": str(weights)} if weights and name in _WITH_WEIGHTS else {}
            nlp.add_pipe(name, config=own)
    return nlp
