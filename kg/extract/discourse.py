"""What an article has spoken of so far, and how prominently: the memory that reference goes back to."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kg.extract.anaphors import nouns
from kg.extract.referents import Ref
from kg.extract.words import Words

Kind = Literal["Person", "Organisation", "Country", "Place", "someone", "something", "several", "joint"]
"""Types of entities; and of what has no name: a person, a thing, a group; and several entities named together."""

_ROLES = {
    "nsubj": "subject", "nsubj:pass": "passive", "csubj": "subject", "obj": "object", "iobj": "object",
    "obl": "oblique", "obl:agent": "oblique", "nmod:poss": "possessor", "nmod": "modifier", "appos": "apposition",
    "compound": "modifier", "vocative": "apposition",
}  # fmt: skip
_INSIDE = frozenset({"compound", "flat", "fixed"})
_FARTHEST = 12  # sentences that a pronoun looks back, quotations included
_CROWD = 40  # mentions around an anaphor that are weighed in one sentence


@dataclass(slots=True)
class Seen:
    """A mention by tokens; `root` is its syntactic head, `node` its entity, negative for what has no name."""

    start: int
    end: int
    root: int
    node: int
    how: Literal["name", "pronoun", "noun"]


@dataclass(slots=True)
class Standing:
    """What is known of an entity: its type and gender, the kind of body or place it is by our tables, the words of its
    names, the nouns it is described by and their modifiers; `members` of several named together;
    `likely` the gender that an unknown given name suggests.

    `count` and `last` grow as the article is read: mentions so far, and the sentence of the latest.
    """

    type: Kind
    gender: str | None = None
    kind: str | None = None
    words: frozenset[str] = frozenset()
    called: dict[str, int] = field(default_factory=dict)  # noun -> the token from which on
    described: set[str] = field(default_factory=set)
    members: tuple[int, ...] = ()
    likely: str | None = None
    count: int = 0
    last: Seen | None = None
    lead: bool = False

    @property
    def named(self) -> bool:
        """Whether it is one entity with a name, or several."""
        return self.type in ("Person", "Organisation", "Country", "Place", "joint")


class Discourse:
    """All mentions by sentence, and the standing of what they mention; grows by the links that are made."""

    def __init__(self, words: Words, standings: dict[int, Standing]) -> None:
        self.words = words
        self.standings = standings
        self.seen: list[Seen] = []
        self._by_sentence: dict[int, list[Seen]] = {}
        self._unnamed = 0
        self._told = _narrated(words)
        self.unnamed_at: dict[int, Seen] = {}  # by head token

    def gather(self, refs: Mapping[int, Sequence[Ref]], plural: frozenset[int], people: frozenset[int]) -> None:
        """Every mention by name or by a noun. `plural` and `people` are heads of titles that are so."""
        taken: set[int] = set()
        by_root: dict[int, Seen] = {}
        for group in refs.values():
            for ref in group:
                taken.update(range(ref.start, ref.end))
                if ref.kind in ("name", "metonym"):
                    root = root_of(self.words, ref.start, ref.end)
                    by_root[root] = Seen(ref.start, ref.end, root, ref.node, "name")
        for seen in by_root.values():
            self.add(seen)
        self._gather_joint(by_root)
        self._gather_nouns(taken, plural, people)

    def add(self, seen: Seen) -> None:
        """One more mention."""
        insort(self.seen, seen, key=_start)
        insort(self._by_sentence.setdefault(self.words.sentence[seen.root], []), seen, key=_start)

    def between(self, start: int, end: int) -> Sequence[Seen]:
        """The mentions that begin in tokens `start` to `end`, in order."""
        return self.seen[bisect_left(self.seen, start, key=_start) : bisect_left(self.seen, end, key=_start)]

    def near(self, sentence: int, i: int) -> Sequence[Seen]:
        """The mentions of a sentence in order; of a very long one those around token `i`."""
        group = self._by_sentence.get(sentence, [])
        if len(group) <= _CROWD:
            return group
        at = bisect_left(group, i, key=_start)
        return group[max(0, at - _CROWD) : at + _CROWD]

    def _new(self, standing: Standing) -> int:
        self._unnamed -= 1
        self.standings[self._unnamed] = standing
        return self._unnamed

    def _gather_joint(self, by_root: Mapping[int, Seen]) -> None:
        """ "Obama and Clinton": a mention of both."""
        joint: dict[tuple[int, ...], int] = {}
        by_head = {self.head(root): seen for root, seen in by_root.items()}
        for root, first in by_head.items():
            others = [by_head[k] for k in self.words.children_of(root, "conj") if k in by_head]
            members = tuple(dict.fromkeys([first.node, *(o.node for o in others)]))
            types = {self.standings[m].type for m in members}
            if len(members) > 1 and len(types) == 1:
                if members not in joint:
                    joint[members] = self._new(Standing("joint", members=members))
                self.add(Seen(first.start, others[-1].end, root, joint[members], "name"))

    def head(self, root: int) -> int:
        """The token by which a mention with this root hangs in its sentence: "Mr." in "Mr. Roe"."""
        return self.words.head[root] if self.words.dep[root] == "flat" else root

    def _gather_nouns(self, taken: set[int], plural: frozenset[int], people: frozenset[int]) -> None:
        words = self.words
        for i, pos in enumerate(words.pos):
            people_of = words.tag[i] == "NNPS"  # "Republicans", "the Swiss"
            if ((pos != "NOUN" or i in taken) and not people_of) or words.dep[i] in _INSIDE:
                continue
            many = words.tag[i] in ("NNS", "NNPS") or i in plural or bool(words.children_of(i, "conj"))
            noun = nouns().get(words.lower[i])
            person = i in people or (noun is not None and "Person" in noun.types)
            kind: Kind = "several" if many else "someone" if person else "something"
            node = self._new(Standing(kind, gender=noun.gender if noun else None))
            self.standings[node].called[words.lemma[i]] = i
            seen = Seen(i, i + 1, i, node, "noun")
            self.unnamed_at[i] = seen
            self.add(seen)

    def role(self, i: int) -> str:
        """The grammatical role of a mention by its head token; of a conjunct that of the first one, of a name in
        apposition that of its noun ("the mayor, Ana Roe")."""
        words = self.words
        for _ in range(4):
            if words.dep[i] not in ("conj", "flat") and not (words.dep[i] == "appos" and words.pos[i] == "PROPN"):
                break
            i = words.head[i]
        if words.children_of(i, "cop"):
            return "predicate"
        return _ROLES.get(words.dep[i], "other")

    def distance(self, i: int, j: int) -> int:
        """Sentences from token `j` back to `i`. Sentences that are all quotation do not count between two tokens of the
        story around them."""
        words = self.words
        if words.quoted[i] or words.quoted[j]:
            return words.sentence[j] - words.sentence[i]
        return self._told[words.sentence[j]] - self._told[words.sentence[i]]

    def windows(self, i: int, reach: int) -> Iterator[Sequence[Seen]]:
        """The mentions of the sentence of token `i` and of those before, as far as `reach` sentences of the story."""
        here, told = self.words.sentence[i], self._told
        for sentence in range(here, max(-1, here - _FARTHEST), -1):
            if told[here] - told[sentence] > reach:
                return
            yield self.near(sentence, i)


def root_of(words: Words, start: int, end: int) -> int:
    """The token of a span whose syntactic head lies outside it."""
    return next((i for i in range(start, end) if not start <= words.head[i] < end), end - 1)


def _narrated(words: Words) -> list[int]:
    """For every sentence how many up to it are no mere quotation."""
    own = [False] * len(words.sentence_start)
    for i, sentence in enumerate(words.sentence):
        own[sentence] = own[sentence] or (not words.quoted[i] and words.text[i][:1].isalpha())
    count, counts = 0, []
    for each in own:
        count += each
        counts.append(count)
    return counts


def _start(seen: Seen) -> int:
    return seen.start
