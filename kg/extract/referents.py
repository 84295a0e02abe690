"""What spans of an article refer to: the look-up that claims use."""

from __future__ import annotations

from bisect import bisect_left
from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Span

from kg.extract.words import Words
from kg.model import Entity, EntityType, MentionKind

_CONJUNCTIONS = frozenset({"and", "or", "&", "nor"})
# Nouns beside a name that say only what kind of body it is: "the Gannett newspaper chain", "the agency ShipWatch".
KINDS_OF_BODIES = frozenset(
    """
    agency airline alliance bank broadcaster chain charity company consultancy corporation firm group insurer magazine
    manufacturer network newspaper organisation organization retailer thinktank union watchdog website
    """.split()
)
_TOGETHER = frozenset({"along", "together"})


@dataclass(frozen=True, slots=True)
class Ref:
    """A mention in tokens (`start` to `end`, exclusive), how it refers, and the number and type of its entity."""

    start: int
    end: int
    kind: MentionKind
    node: int
    type: EntityType


@dataclass(frozen=True, slots=True)
class Referents:
    """All entities of one article, and which of them a stretch of its text mentions or refers to."""

    entities: tuple[Entity, ...]
    words: Words = field(repr=False)
    _refs: Mapping[int, Sequence[Ref]] = field(repr=False)  # by first token, the longest first
    _ids: Mapping[int, str] = field(repr=False)
    _starts: tuple[int, ...] = field(repr=False)  # character offsets of all mentions, sorted, with …
    _marks: tuple[tuple[int, str], ...] = field(repr=False)  # … where each ends and the entity's id
    unnamed: tuple[Entity, ...] = ()
    _titles: Mapping[int, Sequence[Ref]] = field(default_factory=dict, repr=False)  # theirs, by first token

    def at(self, start_char: int, end_char: int) -> tuple[str, ...]:
        """Ids of the entities with a mention within these character offsets, in order of first mention there."""
        found: dict[str, None] = {}
        for k in range(bisect_left(self._starts, start_char), len(self._starts)):
            if self._starts[k] >= end_char:
                break
            end, id = self._marks[k]
            if end <= end_char:
                found[id] = None
        return tuple(found)

    def head_of(self, span: Span) -> tuple[str, ...]:
        """Ids of the entities a noun phrase refers to, as against those it only mentions.

        "U.S. Secretary of Defense Pete Hegseth" is Hegseth, "Hegseth and Rutte" both, "a spokesman for the Pentagon"
        and "officials in Kyiv" nobody the article names.
        """
        heads = phrase_heads(self.words, self._refs, span.start, span.end)
        return tuple(dict.fromkeys(self._ids[ref.node] for ref in heads))

    def unnamed_head_of(self, span: Span) -> tuple[str, ...]:
        """Ids of the unnamed people that a noun phrase refers to, when it refers to nobody else."""
        titles = {i: refs for i in range(span.start, span.end) if (refs := self._titles.get(i))}
        if not titles:
            return ()
        heads = phrase_heads(self.words, ChainMap(titles, dict(self._refs)), span.start, span.end)
        mine = {ref for refs in titles.values() for ref in refs}
        return tuple(dict.fromkeys(self._ids[ref.node] for ref in heads)) if mine.issuperset(heads) else ()

    def within(self, span: Span) -> tuple[str, ...]:
        """`at` for a spaCy span."""
        return self.at(span.start_char, span.end_char)


def phrase_heads(words: Words, refs: Mapping[int, Sequence[Ref]], start: int, end: int) -> list[Ref]:
    """The mentions that the noun phrase of tokens `start` to `end` refers to, in order.

    The phrase is read from left to right. Not a head: a possessor, a modifier of the next noun, what stands in a
    prepositional phrase or after a relative pronoun, and after a person's name anything that is neither another person
    nor joined by "and".
    """
    heads: list[Ref] = []
    governed = after_comma = joined = False
    i = start
    while i < end:
        ref = next((r for r in refs.get(i, ()) if r.end <= end), None)
        if ref is not None:
            person = ref.type == "Person"
            free = not governed or (after_comma and person)
            apart = not heads or joined or person or _in_list(words, ref, end)
            if free and apart and _stands_alone(words, refs, ref, end):
                heads += [ref, *(r for r in refs[i] if r.end == ref.end and r.node != ref.node)]  # "they": both
                governed = joined = False
            i = ref.end
            continue
        word, tag, pos = words.lower[i], words.tag[i], words.pos[i]
        if tag in ("WDT", "WP", "WP$", "WRB") or (heads and pos == "VERB"):
            break
        if word == ",":
            after_comma = True
        elif word in _CONJUNCTIONS:
            joined = True
        elif pos == "ADP" and i > start and words.lower[i - 1] not in ("according",):
            governed = words.lower[i - 1] not in _TOGETHER
            after_comma = False
            joined = joined or not governed
        i += 1
    return heads


def _some_of(words: Words, ref: Ref) -> bool:
    """Whether a mention is of some members, not of the body: "many Democrats", "two Tories"."""
    if words.tag[ref.end - 1] != "NNPS" or not ref.start:
        return False
    return words.pos[ref.start - 1] in ("DET", "ADJ", "NUM") and words.lower[ref.start - 1] != "the"


def _in_list(words: Words, ref: Ref, end: int) -> bool:
    """Whether a mention stands between a comma and a comma or conjunction, as in "Russia, Ukraine and NATO"."""
    follows = words.lower[ref.end] if ref.end < end else ""
    return words.text[ref.start - 1] == "," and (follows == "," or follows in _CONJUNCTIONS)


def _stands_alone(words: Words, refs: Mapping[int, Sequence[Ref]], ref: Ref, end: int) -> bool:
    """Whether a mention is a phrase of its own: no possessor, no modifier of the noun after it."""
    after = ref.end
    if ref.kind == "pronoun":
        return words.tag[ref.start] != "PRP$" or after >= end
    if ref.kind == "demonym" or _some_of(words, ref):
        return False
    if after >= end:
        return True
    if words.is_possessive(after):
        return after + 1 >= end
    if any(r.node == ref.node for r in refs.get(after, ())):
        return True  # a title before its holder's name
    if refs.get(after) and words.tag[after] in ("NNP", "NNPS") and ref.type != "Person":
        return False
    follows_noun = words.pos[after] in ("NOUN", "PROPN") or (
        words.pos[after] in ("ADJ", "NUM") and after + 1 < end and words.pos[after + 1] in ("NOUN", "PROPN")
    )
    if ref.type == "Organisation" and _says_its_kind(words, after, end):
        return True
    return not follows_noun and words.text[after] not in ("-", "/")


def _says_its_kind(words: Words, after: int, end: int) -> bool:
    """Whether only the kind of body follows a name: "newspaper chain"."""
    last = after
    while last < end and words.pos[last] in ("NOUN", "ADJ") and words.text[last].islower():
        last += 1
    return (
        last > after
        and words.lower[last - 1] in KINDS_OF_BODIES
        and all(words.lower[i] in KINDS_OF_BODIES or words.pos[i] == "ADJ" for i in range(after, last - 1))
    )
