"""How well pronouns, titles and nouns are linked to the entity they stand for, against the entities of GUM.

Wanted are links of third-person pronouns and of definite nouns ("the minister", "this agency") whose group in GUM has
a name of a person, an organisation or a place. Answers are the mentions of these kinds that we give to an entity. A
link is right when one of the entity's own name mentions is a name in the same group; so what counts is whom the reader
is told it is, not which earlier mention it was linked through. Answers to nouns that are no definite phrase by GUM's
trees (titles before names, appositions, predicates) are neither right nor wrong.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluate.gum import THIRD_PERSON, GoldMention, gold_mentions, is_definite, is_name, is_pronoun
from kg.evaluate.report import Row
from kg.evaluate.scores import Counts
from kg.evaluate.tasks import Step, piped
from kg.evaluate.trees import TreeDocument, trees
from kg.model import Entity

if TYPE_CHECKING:
    from spacy.language import Language

_NAMES = ("name", "demonym", "metonym")
_NOUNS = ("title", "nominal")
CONVERSATION = ("interview", "vlog")


@dataclass(frozen=True, slots=True)
class Answer:
    """One mention that a program linked: where in the gold (None: nothing that GUM marks), rightly or wrongly."""

    gold: GoldMention | None
    right: bool
    pronoun: bool


def coreference(nlp: Language, data: Path, limit: int | None, step: Step) -> list[Row]:
    """Links in GUM dev, from raw text, grouped by genre."""
    from kg.extract.entities import find_entities

    documents = list(islice(trees(data, "gum-dev"), limit))
    docs = piped(nlp, [document.text for document in documents], step)
    return [
        (document.genre, score_links(document, find_entities(doc)))
        for document, doc in zip(documents, docs, strict=True)
    ]


def score_links(document: TreeDocument, entities: Sequence[Entity]) -> dict[str, Counts]:
    """Counts of all links; of pronouns and of nouns; and of all in the written genres and in conversation."""
    gold = GoldLinks(document)
    answers = list(gold.answers(entities))
    pronouns = [a for a in answers if a.pronoun]
    nouns = [a for a in answers if not a.pronoun]
    counts = {
        "links": _counts(answers, len(gold.wanted)),
        "pronouns": _counts(pronouns, sum(is_pronoun(document, m) for m in gold.wanted)),
        "nouns": _counts(nouns, sum(not is_pronoun(document, m) for m in gold.wanted)),
    }
    spoken = document.genre in CONVERSATION
    counts["conversation" if spoken else "written"] = counts["links"]
    return counts


def _counts(answers: Iterable[Answer], wanted: int) -> Counts:
    given = list(answers)
    return Counts(sum(a.right for a in given), len(given), wanted)


class GoldLinks:
    """The links wanted of one document, and a judge of those given.

    A group whose only names are lists ("Ruiz and Cota") is joint: it is linked rightly through two or more of them.
    """

    def __init__(self, document: TreeDocument) -> None:
        self.document = document
        self.mentions = gold_mentions(document)
        names = [m for m in self.mentions if is_name(document, m)]
        lists = {m: parts for m in names if len(parts := self._parts(m, names)) > 1}
        self.names = [m for m in names if m not in lists]
        single = {m.group for m in self.names}
        self.joint = {m.group: {part.group for part in parts} for m, parts in lists.items() if m.group not in single}
        self.wanted = [
            m
            for m in self.mentions
            if (m.group in single or m.group in self.joint) and (is_pronoun(document, m) or is_definite(document, m))
        ]
        self._by_head: dict[int, list[GoldMention]] = {}
        for mention in self.mentions:
            self._by_head.setdefault(mention.head, []).append(mention)
        self._starts = [word.start for word in document.words]

    def _parts(self, outer: GoldMention, names: Iterable[GoldMention]) -> list[GoldMention]:
        """The names that a mention coordinates; of one with the same head the longest."""
        words, parts = self.document.words, dict[int, GoldMention]()
        for name in names:
            inside = name != outer and outer.start <= name.start and name.end <= outer.end
            conjunct = words[name.head].deprel == "conj" and words[name.head].head == outer.head
            if inside and (name.head == outer.head or conjunct):
                parts.setdefault(name.head, name)
        return list(parts.values())

    def answers(self, entities: Sequence[Entity]) -> Iterator[Answer]:
        """Every mention that these entities hold, in order. Offsets are characters of the document's text."""
        given: dict[tuple[int, int], list[Entity]] = {}
        kinds: dict[tuple[int, int], str] = {}
        for entity in entities:
            for mention in entity.mentions:
                if mention.kind in _NOUNS or (mention.kind == "pronoun" and mention.text.lower() in THIRD_PERSON):
                    given.setdefault((mention.start, mention.end), []).append(entity)
                    kinds[mention.start, mention.end] = mention.kind
        groups = {entity.id: self.named_groups(entity) for entity in entities}
        for span in sorted(given):
            at, named = self.words_of(*span), [groups[entity.id] for entity in given[span]]
            if kinds[span] == "pronoun":
                gold = next((m for m in self._by_head.get(at.start, ()) if is_pronoun(self.document, m)), None)
                yield Answer(gold, gold is not None and self._is_right(gold, named), pronoun=True)
            else:
                yield from self._noun(at, named)

    def _is_right(self, gold: GoldMention, named: Sequence[set[str]]) -> bool:
        if parts := self.joint.get(gold.group):
            return len(named) > 1 and all(groups & parts for groups in named)
        return all(gold.group in groups for groups in named)

    def _noun(self, at: range, named: Sequence[set[str]]) -> Iterator[Answer]:
        words = self.document.words
        head = next((i for i in at if words[i].head == i or words[i].head not in at), at.start)
        if words[head].upos != "NOUN":
            return
        gold = self._by_head.get(head, [])
        definite = [m for m in gold if is_definite(self.document, m)]
        if definite:
            right = [m for m in definite if self._is_right(m, named)]
            yield Answer((right or definite)[0], bool(right), pronoun=False)
        elif not gold and words[at.start].form.lower() == "the":
            yield Answer(None, False, pronoun=False)

    def named_groups(self, entity: Entity) -> set[str]:
        """The groups in which an entity's name mentions are names."""
        found = set()
        for mention in entity.mentions:
            if mention.kind in _NAMES:
                found |= self.named_at(mention.start, mention.end)
        return found

    def named_at(self, start: int, end: int) -> set[str]:
        """The groups that have these characters as a name."""
        at = self.words_of(start, end)
        return {m.group for m in self.names if self._is_this_name(m, at)}

    def by_head(self, word: int) -> Sequence[GoldMention]:
        """The mentions with this head."""
        return self._by_head.get(word, ())

    def _is_this_name(self, gold: GoldMention, at: range) -> bool:
        """Whether the words are a name that GUM has: they hold its head, or lie in it and hold one of its own words."""
        inside = gold.start <= at.start and at.stop <= gold.end
        proper = (i for i in gold.own if self.document.words[i].upos == "PROPN")
        return gold.head in at or (inside and any(i in at for i in proper))

    def words_of(self, start: int, end: int) -> range:
        """The words that characters `start` to `end` touch."""
        first = max(0, bisect_right(self._starts, start) - 1)
        return range(first, max(first + 1, bisect_right(self._starts, end - 1)))
