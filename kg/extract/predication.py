"""Clauses read off the tree: who does, or is, what to whom or what.

Trees are Universal Dependencies. A clause is a finite verb or copula, a verb phrase coordinated with one, a command, or
the infinitive or gerund that a content begins with. Subject and object are stretches of tokens without the relative
clauses that belong to them; the predicate is the verb alone. Propositions in this sense are those of open information
extraction with minimal spans (Stanovsky et al. 2018), negation kept apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.extract.clauses import is_negated
from kg.extract.objects import Objects
from kg.extract.tree import DASHES, FINITE, INSIDE, LONGEST_LIST, VERBS, Stretch
from kg.extract.words import Words

_MODALS = frozenset(
    {"ca", "wo", "can", "could", "will", "would", "shall", "should", "may", "might", "must", "'d", "’d"}
)
_FILLERS = frozenset({"know", "mean", "think", "guess", "believe", "see", "suppose"})
_HELPING = frozenset(
    """
    appear appears appeared get gets got going had happen happens happened has have having seem seems seemed tend tends
    tended used 've ’ve
    """.split()
)  # with "to"
_OF_DEEDS = frozenset(
    """
    ability agreement attempt bid call campaign chance claim decision demand desire duty effort failure fight intention
    means move need offer opportunity plan plans pledge power promise proposal push readiness reason refusal request
    right threat time vow way willingness
    """.split()
)  # nouns that an infinitive explains: they do not do it
_ABLE = frozenset({"able", "unable"})


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: `verb` is a token or, with its particle, two. Subject and object are None where there is none."""

    subject: Stretch | None
    verb: Stretch
    object: Stretch | None
    negated: bool
    command: bool = False
    bare: bool = False


def clauses_in(
    words: Words, content: Sequence[range], holds: Callable[[int], bool], asked: Callable[[int], bool]
) -> Iterator[Clause]:
    """The clauses whose verbs stand in a content, in their order.

    `holds(i)` tells which predicates only hold the clause below them ("I think"), `asked(i)` which tokens are part of a
    question: neither have an entry. `bare` marks an infinitive or gerund that the content begins with, whose subject
    stands elsewhere.
    """
    if not words.parsed:
        return
    reader = _Reader(words, frozenset(i for piece in content for i in piece))
    tops = reader.bare(content)
    for i in (i for piece in content for i in piece):
        if asked(i):
            continue
        if i in tops or (reader.is_clause(i, tops) and not holds(i)):
            clause = reader.clause(i, i in tops)
            if clause is not None:
                yield clause


class _Reader(Objects):
    """A tree that is asked for clauses."""

    def is_predicate(self, i: int) -> bool:
        """Whether a token heads a clause rather than being part of another's predicate."""
        if self.relation(i) in ("amod", "compound", "case", "mark", "fixed"):
            return False
        if self.words.dep[i] in INSIDE and not self.stands_alone(i):
            return False
        return self.words.pos[i] in VERBS or self.copula(i) is not None

    def stands_alone(self, i: int) -> bool:
        """Whether what is read as an auxiliary is a verb of its own: it follows its verb, or has an object."""
        words = self.words
        objects = any(words.dep[c] in ("obj", "ccomp", "xcomp") and c > i for c in self.children(i))
        return words.dep[i] == "aux" and words.tag[i] != "MD" and (words.head[i] < i or objects)

    def is_clause(self, i: int, bare: frozenset[int]) -> bool:
        """Whether a predicate is finite, shares the auxiliary of one before it, or is a command."""
        words, at = self.words, i
        for _ in range(LONGEST_LIST):
            if not self.is_predicate(at):
                return False
            if at in bare or self.is_finite(at):
                return True
            head = words.head[at]
            joined = words.dep[at] == "conj" and words.tag[at] in ("VB", "VBN", "VBG") and not self.is_infinitive(at)
            if not (joined and head in self.inside and head != at and words.tag[head] == words.tag[at]):
                return self.is_command(at)
            at = head
        return False

    def is_command(self, i: int) -> bool:
        """Whether a verb commands: bare, without subject and auxiliary, at the top of its sentence."""
        words = self.words
        if words.tag[i] != "VB" or words.lower[i] == "let" or self.is_infinitive(i):
            return False
        if any(self.relation(c) in ("nsubj", "csubj", "expl") for c in words.children.get(i, ())):
            return False
        helping = [
            c for c in words.children.get(i, ()) if words.dep[c] in INSIDE and words.lower[c] not in ("do", "be")
        ]
        top = words.dep[i] in ("ROOT", "root", "parataxis") or words.head[i] not in self.inside
        return top and not helping and words.quoted[i] > 0

    def bare(self, content: Sequence[range]) -> frozenset[int]:
        """The infinitive or gerund that is the content's top, and those coordinated with it; none with a finite one."""
        words = self.words
        first = next((i for piece in content for i in piece if self.is_word(i)), None)
        if first is None:
            return frozenset()
        sentence = [i for i in self.inside if words.sentence[i] == words.sentence[first]]
        tops = sorted(
            i for i in sentence if self.is_word(i) and (words.head[i] not in self.inside or words.head[i] == i)
        )
        if any(self.is_predicate(i) and self.is_finite(i) for i in tops):
            return frozenset()
        below = [
            c
            for i in tops
            if words.pos[i] not in VERBS and words.lower[i] not in _OF_DEEDS
            for c in self.children(i)
            if c > i and self.is_infinitive(c)
        ]
        found = [i for i in (*tops, *below) if self.is_predicate(i) and (self.is_infinitive(i) or self._is_gerund(i))][
            :1
        ]
        if found and any(words.text[k] in DASHES or words.lower[k] == "by" for k in range(first, found[0])):
            return frozenset()
        found += [c for i in found for c in self.children(i) if words.dep[c] == "conj" and words.tag[c] == words.tag[i]]
        return frozenset(found)

    def _is_gerund(self, i: int) -> bool:
        words = self.words
        return (
            words.tag[i] == "VBG"
            and words.dep[i] != "amod"
            and not any(words.dep[c] == "aux" and words.tag[c] in FINITE for c in words.children.get(i, ()))
        )

    def clause(self, i: int, bare: bool = False) -> Clause | None:
        """The clause of a predicate; None where it has no subject although it should, or only helps another verb."""
        words = self.words
        verb, negated = i, is_negated(words.doc[i])
        below = self._main_verb(i)
        while below is not None:  # "has to go", "is going to go", "seems to be"
            negated = negated or is_negated(words.doc[below])
            verb, below = below, self._main_verb(below)
        subject = self.subject(i) or (self._top_before(i) if bare else None)
        command = subject is None and self.is_command(i)
        if subject is None and not command and not bare:
            return None
        predicate = self._predicate(verb)
        if predicate is None:
            return None
        found = self.object(verb)
        if any(words.tag[c] == "EX" for c in self.children(verb)) or self._is_there(subject):  # "there are 40 wounded"
            subject, found = (found if subject is None or self._is_there(subject) else subject), None
            if subject is None:
                return None
        elif found is None and self._is_left_over(verb):
            return None
        if found is None and subject is not None and self._is_filler(subject, verb):
            return None
        if subject is not None and found is not None and subject[0] < found[1] and found[0] < subject[1]:
            found = None
        return Clause(subject, predicate, found, negated, command, bare and subject is None)

    def _is_there(self, subject: Stretch | None) -> bool:
        """Whether "there" alone is the subject, however it is tagged."""
        return subject is not None and subject[1] - subject[0] == 1 and self.words.lower[subject[0]] == "there"

    def _is_left_over(self, verb: int) -> bool:
        """Whether a "be", "have" or "do" has lost what it helps: "we have (been making)", "I do (n't think)"."""
        words = self.words
        return words.pos[verb] == "AUX" and self.copula(verb) is None and verb + 1 in self.inside

    def _is_filler(self, subject: Stretch, verb: int) -> bool:
        """ "…, you know, …"."""
        return self.words.lower[subject[0]] in ("i", "you") and self.words.lemma[verb] in _FILLERS

    def _top_before(self, i: int) -> Stretch | None:
        """Who is to act in an infinitive: the noun before it that the content begins with ("Paris to pay")."""
        words = self.words
        nouns = [
            k
            for k in self.inside
            if k < i and words.pos[k] in ("NOUN", "PROPN", "PRON") and words.head[k] not in self.inside
        ]
        return self.phrase(max(nouns)) if nouns else None

    def _main_verb(self, i: int) -> int | None:
        """The verb that this one only helps: "have to go", "seems to be", "is able to"."""
        words = self.words
        objects = any(words.dep[c] == "obj" for c in self.children(i))
        able = words.lower[i] in _ABLE and self.copula(i) is not None
        helps = (not objects or words.lower[i] == "going") and (words.lower[i] in _HELPING or able)
        if not helps:
            return None
        below = next((c for c in self.children(i) if words.dep[c] == "xcomp" and c > i and self._has_to(c)), None)
        if below is None and i + 1 in self.inside and words.lower[i + 1] == "to":
            below = next((k for k in range(i + 2, i + 4) if k in self.inside and words.tag[k] == "VB"), None)
        return below if below != i else None

    def _has_to(self, i: int) -> bool:
        return any(self.words.lower[c] == "to" and self.words.dep[c] == "mark" for c in self.words.children.get(i, ()))

    def _predicate(self, i: int) -> Stretch | None:
        """The verb's tokens: itself with a particle next to it; for a noun or adjective the form of "be"."""
        be = self.copula(i)
        if be is not None:
            return be, be + 1
        if self.words.pos[i] not in VERBS or self.words.tag[i] == "MD" or self.words.lower[i] in _MODALS:
            return None
        particle = i + 1 in self.inside and self.words.dep[i + 1] == "compound:prt" and self.words.head[i + 1] == i
        return i, i + 1 + particle
