"""Other pipelines' labels as ours: entity types, and ClearNLP dependencies as Universal Dependencies.

A spaCy pipeline with tags, parse and entities of its own can be read by `kg` when our components stand behind them:

    nlp = spacy.load("en_core_web_sm")
    nlp.add_pipe("kg_scheme")
    nlp.add_pipe("kg_reader")
    nlp.add_pipe("kg_attribution")
    nlp.add_pipe("kg_countries")

`kg_scheme` looks at the labels of the components before it when it is added, and again when the pipeline is loaded
from disk. Labels that no table here covers raise ValueError. To add a scheme, add a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.annotate.clearnlp import RELATIONS as CLEARNLP
from kg.annotate.clearnlp import Tree, to_universal
from kg.annotate.labels import NAME_TYPES

AUTO = "auto"

# Entity types to ours, which pass in every scheme; None drops what is no name.
_OURS = {name: name for name in NAME_TYPES}
ENTITIES: Mapping[str, Mapping[str, str | None]] = {
    "conll": _OURS,  # CoNLL-2003, WikiNER
    "ontonotes": {
        **_OURS,
        "PERSON": "PER",
        **dict.fromkeys(("GPE", "FAC"), "LOC"),
        **dict.fromkeys(("NORP", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT", "LANGUAGE"), "MISC"),
        **dict.fromkeys(("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL")),
    },
}

# The 37 relations of Universal Dependencies v2 (de Marneffe et al. 2021); subtypes, "obl:agent", belong to them.
UNIVERSAL = frozenset(
    "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl fixed "
    "flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative "
    "xcomp".split()
)
DEPENDENCIES = ("universal", "clearnlp")


@Language.factory(
    "kg_scheme",
    default_config={"entities": AUTO, "dependencies": AUTO},
    assigns=["doc.ents", "token.ent_type", "token.ent_iob", "token.dep", "token.head"],
)
def make_scheme(nlp: Language, name: str, entities: str, dependencies: str) -> SchemeComponent:
    """Entities and parse of the components before it, in our scheme.

    `entities` is "conll" or "ontonotes", `dependencies` "universal" or "clearnlp"; "auto" tells them by the labels
    that the components declare, or else by those found on a Doc. ValueError names labels that no scheme has.
    """
    for value, known in ((entities, tuple(ENTITIES)), (dependencies, DEPENDENCIES)):
        if value not in (AUTO, *known):
            raise ValueError(f"kg_scheme: no scheme {value!r}; there are {AUTO}, {', '.join(known)}")
    return SchemeComponent(nlp, name, entities, dependencies)


class SchemeComponent:
    """Rewrites `doc.ents`, `token.dep_` and `token.head`. ValueError for a Doc with labels of no scheme.

    What is lost: entities of numbers, dates and amounts; the finer types (a facility is a LOC, a law MISC). Entities
    keep their boundaries: OntoNotes has "the" and "'s" inside names. A converted parse has no `orphan`, `goeswith`,
    `list`, `dislocated` or `vocative`; of multi-word prepositions only common ones are `fixed`, and only people's names
    are `flat`; complement clauses with a subject of their own stay `ccomp` ("made [him leave]"), direct speech too;
    commas between conjuncts stay with the first; ellipsis is left as the parser had it.
    """

    def __init__(self, nlp: Language, name: str, entities: str, dependencies: str) -> None:
        self._nlp, self._name = nlp, name
        self.entities, self.dependencies = entities, dependencies
        self._check()

    def __call__(self, doc: Doc) -> Doc:
        if doc.ents:
            labels = self._names | {ent.label_ for ent in doc.ents}
            _rename(doc, ENTITIES[_entity_scheme(labels, self.entities)])
        if doc.has_annotation("DEP"):
            labels = self._relations | {token.dep_ for token in doc if token.dep_}
            if _dependency_scheme(labels, self.dependencies) == "clearnlp":
                _convert(doc)
        return doc

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Nothing to store: the settings are in the pipeline's config."""

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> SchemeComponent:
        """Look at the components' labels again: when they were created from a config, they had none yet."""
        self._check()
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Nothing to store."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> SchemeComponent:
        """As `from_disk`."""
        self._check()
        return self

    def _check(self) -> None:
        """Refuse what the components before this one say they will write, if no scheme has it."""
        self._names, self._relations = _declared(self._nlp, self._name)
        _entity_scheme(self._names, self.entities)
        _dependency_scheme(self._relations, self.dependencies)


def _declared(nlp: Language, until: str) -> tuple[set[str], set[str]]:
    """Labels of the components that write entities, and of those that write a parse, before the one named."""
    names: set[str] = set()
    relations: set[str] = set()
    for name, component in nlp.pipeline:
        if name == until:
            break
        labels = set(getattr(component, "labels", ()))
        assigned = nlp.get_pipe_meta(name).assigns
        if "doc.ents" in assigned:
            names |= labels
        if "token.dep" in assigned:
            relations |= labels
    return names, relations


def _entity_scheme(labels: set[str], wanted: str) -> str:
    return _covering(
        {scheme: labels - table.keys() for scheme, table in ENTITIES.items()}, wanted, "entity", "kg_names"
    )


def _dependency_scheme(labels: set[str], wanted: str) -> str:
    unknown = {
        "universal": {label for label in labels if label.split(":")[0].lower() not in UNIVERSAL},
        "clearnlp": labels - CLEARNLP.keys(),
    }
    return _covering(unknown, wanted, "dependency", "kg_parser")


def _covering(unknown: Mapping[str, set[str]], wanted: str, kind: str, ours: str) -> str:
    """The scheme wanted, or the first, to which no label is unknown."""
    schemes = tuple(unknown) if wanted == AUTO else (wanted,)
    best = min(schemes, key=lambda scheme: len(unknown[scheme]))
    if unknown[best]:
        raise ValueError(
            f"kg_scheme: {kind} labels unknown to {', '.join(schemes)}: {', '.join(sorted(unknown[best]))}; rename "
            f"them before kg_scheme, or remove the component that writes them and add kg_reader and {ours} instead"
        )
    return best


def _rename(doc: Doc, table: Mapping[str, str | None]) -> None:
    """Entities under our labels, those that are no names left out."""
    renamed = ((ent, table[ent.label_]) for ent in doc.ents)
    doc.set_ents(
        [
            Span(doc, ent.start, ent.end, label=label, kb_id=ent.kb_id, span_id=ent.id)
            for ent, label in renamed
            if label is not None
        ]
    )


def _convert(doc: Doc) -> None:
    """The parse of a Doc, ClearNLP to Universal Dependencies."""
    people = [0] * len(doc)  # numbers the people named; only of people's names are the parts flat
    for number, ent in enumerate(doc.ents, start=1):
        if ent.label_ == "PER":
            people[ent.start : ent.end] = [number] * (ent.end - ent.start)
    tree = Tree(
        words=[token.lower_ for token in doc],
        pos=[token.pos_ or _coarse(token.tag_) for token in doc],
        heads=[token.head.i for token in doc],
        deps=[token.dep_ or "dep" for token in doc],
        people=people,
    )
    to_universal(tree)
    offsets = np.array(tree.heads, dtype=np.int64) - np.arange(len(doc))
    deps = np.array([doc.vocab.strings.add(dep) for dep in tree.deps], dtype=np.uint64)
    doc.from_array(["HEAD", "DEP"], np.stack([offsets.astype(np.uint64), deps], axis=1))  # type: ignore[arg-type]


def _coarse(tag: str) -> str:
    """The universal part of speech of a Penn tag, as far as the conversion asks."""
    starts = {"V": "VERB", "M": "AUX", "J": "ADJ", "R": "ADV", "N": "NOUN", "P": "PRON", "I": "ADP", "C": "NUM"}
    return "PROPN" if tag.startswith("NNP") else starts.get(tag[:1], "X")
