"""A content's part of the tree: what is asked of it, and the stretches of tokens that phrases and clauses make.

Trees are Universal Dependencies, read by a parser that errs: where the order of words tells more, it counts.
"""

from __future__ import annotations

from kg.extract.words import Words, has_letters

Stretch = tuple[int, int]
"""Tokens, the second exclusive."""

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
VERBS = frozenset({"VERB", "AUX"})
INSIDE = frozenset({"aux", "aux:pass", "cop"})
RELATIVES = frozenset({"WDT", "WP", "WP$", "WRB"})
DASHES = frozenset({",", "-", "–", "—", "--", "(", ";", ":"})
OPENING = frozenset({"“", "``", "‘", "(", "[", '"'})
ADJUNCTS = frozenset(
    """
    today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday january february march
    april may june july august september october november december morning afternoon evening night day days week weeks
    month months year years decade decades hour hours minute minutes moment time times while weekend century reason
    reasons addition example instance
    """.split()
)
SUBORDINATORS = frozenset(
    "because while when if unless although though since after before until as where whereas once".split()
)
LONGEST_LIST = 12  # verbs joined to each other that share a subject
_CLAUSAL = frozenset({"ROOT", "root", "ccomp", "conj", "advcl", "acl:relcl", "parataxis"})
_HANGING = frozenset({"vocative", "discourse", "reparandum", "dislocated"})
_OF_CLAUSE = frozenset({"nsubj", "csubj", "cop", "aux", "expl", "mark", "advcl", "parataxis", "cc", "iobj", "obj"})
_LEADING = frozenset({"to", "be", "been", "being", "not"})  # what the tree may cut off an infinitive
_CLOSING = {"”": "“", "''": "``", "’": "‘", ")": "(", "]": "["}


class Tree:
    """The tree within the tokens of one content."""

    def __init__(self, words: Words, inside: frozenset[int]) -> None:
        self.words, self.inside = words, inside

    def children(self, i: int) -> list[int]:
        """The dependents of a token inside the content, left to right."""
        return [c for c in self.words.children.get(i, ()) if c in self.inside]

    def relation(self, i: int) -> str:
        """A token's relation without its subtype."""
        return self.words.dep[i].partition(":")[0]

    def mark(self, i: int) -> str:
        """The word that opens a clause: "that", "to", "because"; "" without one."""
        return next((self.words.lower[c] for c in self.children(i) if self.words.dep[c] == "mark"), "")

    def is_infinitive(self, i: int) -> bool:
        """Whether "to" stands before a verb."""
        words = self.words
        return words.tag[i] == "VB" and any(
            words.lower[c] == "to" and c < i and words.dep[c] in ("mark", "aux") for c in words.children.get(i, ())
        )

    def copula(self, i: int) -> int | None:
        """The "be" of a noun, adjective, adverb or infinitive that is a predicate; other verbs have none."""
        if self.words.pos[i] == "VERB" and self.words.tag[i] not in ("VBN", "VBG") and not self.is_infinitive(i):
            return None
        return next((c for c in self.children(i) if self.words.dep[c] == "cop" and self.words.tag[c] != "MD"), None)

    def is_finite(self, i: int) -> bool:
        """Whether a predicate is finite by itself, its copula or an auxiliary."""
        words, children = self.words, self.words.children.get(i, ())
        if words.tag[i] in FINITE and words.pos[i] in VERBS:
            return True
        if any(words.tag[c] in FINITE and words.dep[c] in INSIDE and c < i for c in children):
            return True
        # The tagger takes many a past tense for a participle; a subject before it tells.
        helped = any(words.dep[c] in INSIDE for c in children)
        past = words.tag[i] == "VBN" and not helped and words.dep[i] in _CLAUSAL
        return past and any(words.dep[c] in ("nsubj", "obj") and c < i for c in children)

    def is_word(self, i: int) -> bool:
        return has_letters(self.words.text[i])

    # Stretches

    def whole(self, i: int, after: int | None = None) -> Stretch:
        """A clause with all that hangs on it, opener included, as far as it lies inside and behind a token."""
        words = self.words
        kept = {i}
        open_ = [i]
        while open_:
            for child in self.children(open_.pop()):
                if after is not None and child < after:
                    continue
                if child not in kept and not (words.dep[child] == "parataxis" and child > i):
                    kept.add(child)
                    open_.append(child)
        start, end = self._around(i, kept)
        while start - 1 in self.inside and words.lower[start - 1] in _LEADING and (after is None or start - 1 > after):
            start -= 1
        return start, end

    def phrase(self, i: int, predicate: bool = False, bound: int | None = None) -> Stretch:
        """A noun phrase, or what is said by a predicate: without relative clause, apposition and what is joined to it.

        Of a predicate its subject, copula and adverbial clauses are no part; `bound` is the first token it may have.
        """
        kept, open_ = {i}, [i]
        while open_:
            head = open_.pop()
            top = head == i
            for child in self.children(head):
                if child in kept or self._is_apart(child, head, top, predicate):
                    continue
                if bound is not None and child < bound:
                    continue
                kept.add(child)
                open_.append(child)
        if not predicate:
            first = min(kept)
            while first < i and self.words.dep[first] in ("case", "cc", "mark", "punct") and self._leads(first, i):
                kept.discard(first)
                first = min(kept)
        return self._around(i, kept)

    def _leads(self, first: int, i: int) -> bool:
        return self.words.head[first] == i or self.words.dep[first] == "punct"

    def _is_apart(self, child: int, head: int, top: bool, predicate: bool) -> bool:
        """Whether a dependent does not belong to the phrase of its head."""
        words, relation = self.words, self.relation(child)
        if words.dep[child] == "acl:relcl" and self._is_free(child, head):
            return False
        if words.dep[child] == "acl:relcl" or relation in _HANGING or relation == "parataxis":
            return True
        if relation in ("acl", "advcl") and self.is_finite(child):
            return True
        if relation == "appos":
            edge = self._left_edge(child)
            return edge > 0 and words.text[edge - 1] in DASHES and child > head
        if relation == "conj":
            clause = self.is_finite(child) or any(self.relation(c) == "nsubj" for c in self.children(child))
            return clause or (top and predicate and words.pos[child] == "VERB" and words.pos[head] != "VERB")
        if relation == "cc" and top:
            return child < head
        if not top:
            return False
        if predicate:
            if relation in ("nsubj", "csubj", "cop", "aux", "expl", "mark", "discourse"):
                return True
            if relation == "advcl":
                return self.mark(child) in SUBORDINATORS or child < head
            return relation == "obl" and (child < head or words.lower[child] in ADJUNCTS)
        if self.copula(head) is not None or words.pos[head] in VERBS:
            return relation in _OF_CLAUSE and words.pos[head] not in VERBS
        return False

    def _is_free(self, clause: int, head: int) -> bool:
        """Whether a relative clause has no noun but its pronoun: "what they call peace"."""
        return self.words.tag[head] == "WP" and self.words.lower[head] == "what" and clause > head

    def _left_edge(self, i: int) -> int:
        edge = i
        while first := next((c for c in self.children(edge) if c < edge), None):
            edge = first
        return edge

    def _around(self, i: int, kept: set[int]) -> Stretch:
        """The longest stretch of kept tokens around one, marks of punctuation between them included."""
        start = end = i
        while start - 1 in self.inside and (start - 1 in kept or self._bridges(start - 1, kept, -1)):
            start -= 1
        first = min(k for k in kept)
        gap = range(first + 1, start)
        # What stands between an article and its noun belongs to the phrase, whatever the tree says.
        if self.words.dep[first] == "det" and all(
            self.words.tag[k] not in FINITE and self.words.text[k] != "," for k in gap
        ):
            start = first
        while end + 1 in self.inside and (end + 1 in kept or self._bridges(end + 1, kept, 1)):
            end += 1
        while start < i and not self.is_word(start) and not self._opens(start, end):
            start += 1
        while end > i and not self._closes(start, end) and (not self.is_word(end) or self._dangles(end, start)):
            end -= 1
        return start, end + 1

    def _dangles(self, end: int, start: int) -> bool:
        """Whether the last word only opens what no longer belongs to the stretch."""
        words = self.words
        return words.dep[end] in ("case", "mark", "cc", "det") and not start <= words.head[end] <= end

    def _bridges(self, i: int, kept: set[int], step: int) -> bool:
        return not self.is_word(i) and self.words.text[i] != "," and i + step in kept

    def _opens(self, i: int, end: int) -> bool:
        text = self.words.text
        return text[i] in OPENING and any(
            text[k] == '"' if text[i] == '"' else _CLOSING.get(text[k]) == text[i] for k in range(i + 1, end + 1)
        )

    def _closes(self, start: int, i: int) -> bool:
        text = self.words.text
        return (
            (text[i] == '"' and '"' in text[start:i])
            or (text[i] in _CLOSING and _CLOSING[text[i]] in text[start:i])
            or (text[i] == "." and i > start and "." in text[i - 1])
        )
