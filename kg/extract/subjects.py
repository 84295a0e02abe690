"""Who does it: the subjects of clauses."""

from __future__ import annotations

from kg.extract.tree import FINITE, INSIDE, LONGEST_LIST, OPENING, RELATIVES, VERBS, Stretch, Tree

_LONGEST_SUBJECT = 25  # tokens, where only their order tells


class Subjects(Tree):
    """A tree that is asked for subjects."""

    def subject(self, i: int) -> Stretch | None:
        """Its own subject, in a relative clause the noun that it belongs to, else that of what it is joined to."""
        words, at = self.words, i
        for _ in range(LONGEST_LIST):
            own = self._own_subject(at)
            if own is not None:
                return own if not words.is_possessive(own[1] - 1) else self._before(i)
            joined = words.dep[at] == "conj" or (words.dep[at] == "aux" and words.head[at] < at)
            if not joined or words.head[at] not in self.inside or words.head[at] == at:
                break
            at = words.head[at]
            if not (words.pos[at] in VERBS or self.copula(at) is not None):
                break
        return self._before(i)

    def _before(self, i: int) -> Stretch | None:
        """The words between the beginning of a finite clause and its verb, where the tree has no subject for it."""
        words = self.words
        if not self.is_finite(i):
            return None
        group = {i, *(c for c in self.children(i) if c < i and (words.dep[c] in INSIDE or words.dep[c] == "advmod"))}
        end = i
        while end - 1 in group or (end - 1 in self.inside and words.text[end - 1] in OPENING):
            end -= 1
        start = end
        while start - 1 in self.inside and not self._begins(start - 1, end - start) and end - start < _LONGEST_SUBJECT:
            start -= 1
        nominal = any(
            words.pos[k] in ("NOUN", "PROPN", "PRON") and words.tag[k] not in RELATIVES for k in range(start, end)
        )
        plain = start < end and words.pos[start] not in ("ADP", "SCONJ", "VERB", "AUX", "ADV", "CCONJ", "PUNCT")
        finite = any(words.tag[k] in FINITE for k in range(start, end))
        return (start, end) if nominal and plain and not finite else None

    def _begins(self, i: int, length: int) -> bool:
        """Whether a clause begins behind a token."""
        words = self.words
        opener = words.dep[i] == "mark" or words.tag[i] in RELATIVES
        joins = opener or (words.pos[i] == "CCONJ" and length == 0)
        return joins or words.text[i] in (",", ";", ":", "“", '"', "``", "—", "–", ".")

    def _own_subject(self, i: int) -> Stretch | None:
        words = self.words
        mine = [c for c in self.children(i) if self.relation(c) in ("nsubj", "csubj", "expl")]
        there = [c for c in mine if words.tag[c] == "EX"]
        mine = [c for c in mine if c not in there] or there
        below = [c for c in self.children(i) if words.dep[c] in ("xcomp", "ccomp") and c > i]
        if not mine:  # of "the team avoided taking" the tree may have "team" with "taking"
            mine = [g for c in below for g in self.children(c) if words.dep[g] == "nsubj" and g < i]
        if not mine and self.is_finite(i):
            mine = [c for c in self.children(i) if words.dep[c] == "obj" and c < i]
        if not mine:
            noun = words.head[i]
            reduced = words.dep[i] == "acl" and words.tag[i] in FINITE and noun < i and noun in self.inside
            return self.phrase(noun) if reduced else None
        dummy = [c for c in mine if words.dep[c] == "expl"]
        nouns = [c for c in mine if self.relation(c) in ("nsubj", "obj")]
        before = [c for c in nouns if c < i]
        found = dummy[0] if dummy else before[-1] if before else nouns[0] if nouns else mine[0]
        if self.relation(found) == "csubj":
            return self.whole(found)
        if words.tag[found] in RELATIVES and words.dep[i] == "acl:relcl":
            return self.antecedent(i, found)
        if words.tag[found] in ("WP", "WDT") and found - 1 in self.inside and words.pos[found - 1] in ("NOUN", "PROPN"):
            return self.phrase(found - 1)  # "the thing that goes on", where the tree has no relative clause
        start, end = self.phrase(found)
        for other in reversed([c for c in self.children(i) if c < found and words.dep[c] in ("nsubj", "obj")]):
            first, last = self.phrase(other)
            between = range(last, start)  # "most of | the vote"
            near = words.pos[found] != "PRON" and all(
                self.is_word(k) and words.tag[k] not in (*FINITE, *RELATIVES, "CC") for k in between
            )
            start = first if near and words.tag[other] not in RELATIVES else start
        return start, end

    def antecedent(self, i: int, pronoun: int) -> Stretch | None:
        """The noun that a relative clause belongs to; of a whole clause the pronoun itself stands for it."""
        words, noun = self.words, self.words.head[i]
        if noun == i or noun > i:
            return self.phrase(pronoun)
        whole = words.lower[pronoun] == "which" and (
            words.pos[noun] in VERBS or (words.pos[noun] == "ADJ" and self.copula(noun) is not None)
        )
        return (pronoun, pronoun + 1) if whole or noun not in self.inside else self.phrase(noun)
