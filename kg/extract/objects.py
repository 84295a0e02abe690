"""To whom or what it is done, or what it is: the objects and complements of clauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from kg.annotate.tables import cell, read_table
from kg.extract.lexicon import lemmas_of
from kg.extract.subjects import Subjects
from kg.extract.tree import ADJUNCTS, DASHES, RELATIVES, SUBORDINATORS, Stretch

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "VERB", "X"})
_TELLING = frozenset(
    "advise ask beg command convince direct implore inform instruct invite order persuade remind tell urge warn".split()
)
_ANY_VERB = frozenset({"about", "against", "of"})  # prepositions that hardly ever begin an adjunct
_FOR_SOMETHING = frozenset(
    """
    ability anything attempt authority capacity chance decision desire duty effort enough everything freedom intention
    means need nothing obligation opportunity plan plans permission pledge power promise reason right something
    steps time way ways willingness
    """.split()
)
_AIMING = frozenset(
    """
    afford agree aim ask attempt begin cease choose claim continue dare decide decline demand deserve expect fail
    hesitate hope intend learn like love manage mean need offer plan pledge prefer prepare promise prove refuse seek
    start struggle swear threaten try volunteer vow want wish
    """.split()
)  # verbs whose infinitive is their object
_NEAR = 6  # tokens between a noun and the subject of a relative clause without a pronoun


class Objects(Subjects):
    """A tree that is asked for objects, too."""

    def object(self, i: int) -> Stretch | None:
        """What it is done to, or what it is; None for a verb without one."""
        be = self.copula(i)
        if be is not None:
            return self.complement(i, be)
        words, children = self.words, self.children(i)
        nouns = [
            c
            for c in children
            if words.dep[c] == "obj" and words.pos[c] in _NOMINAL and (c > i or words.tag[c] in RELATIVES)
        ]
        clauses = [c for c in children if words.dep[c] in ("ccomp", "xcomp") and c > i and not self._is_joined(c)]
        noun = next(iter(nouns), None)
        relative = words.dep[i] == "acl:relcl" and self._is_relative_object(i, noun)
        if noun is not None and words.tag[noun] in RELATIVES and clauses:
            return self.whole(clauses[0])
        if noun is not None and not relative:
            return self._with_clause(i, noun, clauses)
        if clauses and self._is_adjective(clauses[0]):
            return self.phrase(clauses[0], predicate=True)  # "seems dull", without the relative clause behind it
        if clauses:
            return self._with_sequel(i, self.whole(clauses[0], i))
        free = relative and words.tag[words.head[i]] == "WP"  # "what they see as justice"
        found = self._oblique(i) if free or not relative else None
        found = found or (self.antecedent(i, noun if noun is not None else i) if relative else None)
        return found or self._right_behind(i) or self._to_do(i)

    def _to_do(self, i: int) -> Stretch | None:
        """What somebody wants or tries to do, where the tree takes the infinitive for an adjunct."""
        words = self.words
        if (
            i + 1 not in self.inside
            or words.lower[i + 1] != "to"
            or _AIMING.isdisjoint(_forms(words.lemma[i], words.lower[i]))
        ):
            return None
        below = next((c for c in self.children(i) if c > i + 1 and self.relation(c) in ("advcl", "acl", "obl")), None)
        return (i + 1, self.whole(below)[1]) if below is not None else None

    def _right_behind(self, i: int) -> Stretch | None:
        """The noun right behind a verb, without a preposition, that the tree takes for an adjunct."""
        words = self.words
        if words.pos[i] != "VERB" or any(words.dep[c] in ("aux:pass", "nsubj:pass") for c in self.children(i)):
            return None
        for child in self.children(i):
            if child <= i or words.dep[child] != "obl" or words.pos[child] not in ("NOUN", "PROPN", "PRON"):
                continue
            start, end = self.phrase(child)
            case = any(words.dep[c] in ("case", "mark") for c in self.children(child))
            if start == i + 1 and not case and not self._is_adjunct(child):
                return start, end
        return None

    def _is_adjective(self, i: int) -> bool:
        """Whether a complement is an adjective alone: "seems dull", not "wants to be neutral"."""
        return self.words.dep[i] == "xcomp" and self.words.pos[i] == "ADJ" and self.copula(i) is None

    def _is_joined(self, i: int) -> bool:
        """Whether "and" or "but" opens a clause: it is not the object of the verb before it."""
        return any(self.words.dep[c] == "cc" and c < i for c in self.children(i))

    def _is_relative_object(self, i: int, noun: int | None) -> bool:
        """Whether the noun that a relative clause belongs to is its object: "the camps (that) it closed"."""
        words = self.words
        if noun is not None:
            return words.tag[noun] in ("WDT", "WP") or (words.lower[noun] == "that" and noun < i)
        children = self.children(i)
        subject = next((c for c in children if self.relation(c) == "nsubj"), None)
        if subject is None or words.tag[subject] in RELATIVES or words.head[i] > i:
            return False
        if any(words.dep[c] in ("ccomp", "nsubj:pass", "aux:pass") for c in children):
            return False
        relatives = [c for c in children if words.tag[c] in RELATIVES]
        noun, start = words.head[i], self.phrase(subject)[0]
        near = words.tag[noun] == "WP" or all(
            words.text[k] not in DASHES and self.is_word(k) for k in range(noun + 1, start)
        )
        return near and not relatives and words.lower[noun] not in ADJUNCTS and start - noun < _NEAR

    def _with_clause(self, i: int, noun: int, clauses: Sequence[int]) -> Stretch:
        """An object, with the infinitive or participle said of it ("premiums to rise"); of telling, what is told."""
        words = self.words
        told = next((c for c in clauses if c > noun), None)
        if told is not None and words.pos[told] == "VERB":
            whole = self._with_sequel(i, self.whole(told, i))
            participle = words.dep[told] == "ccomp" and not self.is_finite(told) and not self.is_infinitive(told)
            if (words.dep[told] == "ccomp" and not participle) or words.lemma[i] in _TELLING:
                return whole
            start = self.phrase(noun)[0]
            return min(start, whole[0]), whole[1]
        start, end = self.phrase(noun)
        for other in (c for c in self.children(i) if c > noun and words.dep[c] == "obj"):
            first, last = self.phrase(other)
            end = last if first == end or words.text[end - 1] == "$" else end  # "$ 12 | an hour"
        return start, self._with_purpose(noun, end)

    def _with_purpose(self, noun: int, end: int) -> int:
        """The end of an object with the infinitive that says what it is for: "nothing to boost the economy"."""
        words = self.words
        if words.lower[noun] in _FOR_SOMETHING and end + 1 in self.inside and words.lower[end] == "to":
            verb = next((k for k in range(end + 1, end + 3) if k in self.inside and words.tag[k] == "VB"), None)
            return self.whole(verb, end)[1] if verb is not None else end
        return end

    def _with_sequel(self, i: int, clause: Stretch) -> Stretch:
        """An object clause with the adverbial clause right behind it: the nearer verb is the likelier."""
        for child in self.children(i):
            if self.words.dep[child] == "advcl" and child >= clause[1]:
                start, end = self.whole(child, i)
                if start == clause[1] and self.mark(child) not in SUBORDINATORS - {"when", "before", "after", "if"}:
                    clause = clause[0], end
        return clause

    def complement(self, i: int, be: int) -> Stretch | None:
        """What somebody or something is: the predicate's words after "be", without adverbs at its edge."""
        words = self.words
        if self.is_infinitive(i):  # "the goal is to stop it"
            return self.whole(i, be + 1 if be < i else be)
        start, end = self.phrase(i, predicate=True, bound=be + 1 if be < i else None)
        while start < i and (
            words.dep[start] in ("advmod", "punct", "cc")
            and (words.lower[start] in ("not", "n't", "n’t", "never") or words.pos[i] != "ADJ")
        ):
            start += 1
        return start, end

    def _oblique(self, i: int) -> Stretch | None:
        """By whom, of a passive; else the noun after a preposition that the verb governs."""
        words = self.words
        children = [c for c in self.children(i) if self.relation(c) in ("obl", "advcl") and c > i]
        passive = any(words.dep[c] in ("aux:pass", "nsubj:pass") for c in self.children(i))
        governed = _governed(words.lemma[i], words.lower[i])
        for child in children:
            case = next((c for c in self.children(child) if words.dep[c] in ("case", "mark") and c < child), None)
            if case is None or self.is_finite(child):
                continue
            if words.dep[child] == "obl:agent" or (passive and words.lower[case] == "by"):
                return self._after(child, case)
        for child in children:
            case = next((c for c in self.children(child) if words.dep[c] in ("case", "mark") and c < child), None)
            if case is None or self.is_finite(child) or not self._near(i, case):
                continue
            gerund = words.dep[child] == "advcl" and words.tag[child] != "VBG"
            preposition = words.lower[case]
            if (preposition in governed or preposition in _ANY_VERB) and not gerund and not self._is_adjunct(child):
                return self._after(child, case)
        return None

    def _near(self, verb: int, case: int) -> bool:
        """Whether a preposition follows its verb, with nothing but adverbs or a particle in between."""
        words = self.words
        return all(
            words.pos[k] in ("ADV", "PART", "ADP", "PUNCT") or not self.is_word(k) for k in range(verb + 1, case)
        )

    def _is_adjunct(self, i: int) -> bool:
        """Whether a noun tells when, why or how much rather than what."""
        words = self.words
        measure = words.pos[i] in ("NUM", "SYM") or words.lower[i] in ("percent", "cent", "dollars", "euros", "pounds")
        return words.lower[i] in ADJUNCTS or (measure and words.lower[i] not in ("one", "both"))

    def _after(self, i: int, case: int) -> Stretch:
        start, end = self.whole(i) if self.words.dep[i] == "advcl" else self.phrase(i)
        return max(start, case + 1), end


@cache
def _table() -> Mapping[str, frozenset[str]]:
    return {row["verb"]: frozenset(cell(row, "prepositions")) for row in read_table("governed.tsv", "extract")}


@cache
def _governed(lemma: str, form: str) -> frozenset[str]:
    """The prepositions a verb governs; looked up by form too, since the tagger's lemma may be wrong."""
    table = _table()
    return next((table[each] for each in _forms(lemma, form) if each in table), frozenset())


def _forms(lemma: str, form: str) -> tuple[str, ...]:
    """The lemmas a verb may have, the likeliest first."""
    stems = (form.removesuffix(end) + ending for end in ("ing", "ed", "d", "es", "s") for ending in ("", "e"))
    return lemma, form, *sorted(lemmas_of(form)), *(stem for stem in stems if stem != form)
