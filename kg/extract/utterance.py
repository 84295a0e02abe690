"""What belongs to an utterance, as against what it tells: which words around a cue modify the cue or its occasion."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extract.edges import OCCASIONS
from kg.extract.words import Words
from kg.model import Claim, Span

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CLAUSES = frozenset({"acl:relcl", "ccomp", "csubj", "csubj:pass", "csubj:outer"})
_FARTHEST = 60  # tokens to either side of a cue
_STEPS = 12  # from a word up to the cue
_BEFORE = frozenset("on in at during over late early earlier of by via for from , ( ) - – — and".split())
_ELSEWHEN = frozenset({"ahead", "before", "until", "till", "since", "for", "through", "between", "by", "to", "than"})
_ADDRESSING = frozenset({"speaking", "talking", "testifying", "writing", "spoke", "talked"})
_DATELINE = 12  # tokens it is long at most
_DASHES = frozenset({"—", "–", "-", "--"})
_SENDING = frozenset({"be", "aired", "broadcast", "televised", "air"})


@dataclass(frozen=True, slots=True)
class Utterance:
    """One claim's cue, and source as token ranges, and the level of its cue: the claim it is told within."""

    words: Words
    cue: range
    head: int
    level: int
    levels: Sequence[int] = field(repr=False)
    spoken: Sequence[int] = field(repr=False)

    @property
    def window(self) -> tuple[int, int]:
        """The tokens around the cue, in its sentence, that are looked at: first and end."""
        number, starts = self.words.sentence[self.cue.start], self.words.sentence_start
        end = starts[number + 1] if number + 1 < len(starts) else len(self.words)
        return max(starts[number], self.cue.start - _FARTHEST), min(end, self.cue.stop + _FARTHEST)

    def is_free(self, i: int) -> bool:
        """Whether a token is neither told by this claim, or by one it is not part of, nor anybody's source or cue."""
        return self.levels[i] == self.level and (i in self.cue or not self.spoken[i])

    def distance(self, start: int, end: int) -> int | None:
        """How far a free phrase is from the cue it modifies; None when it modifies something else."""
        if not all(self.is_free(i) for i in range(start, end)):
            return None
        gap = max(self.cue.start - end, start - self.cue.stop, 0)
        if any(self.words.lower[i] in _ELSEWHEN for i in range(max(start - 2, 0), start)) or self._in_dateline(end):
            return None
        if start in self.cue:
            return 0
        return gap if self._hangs_on(start, end) or self._touches(start, end) else None

    def _hangs_on(self, start: int, end: int) -> bool:
        """Whether the phrase depends on the cue, with no finite clause in between."""
        words, i = self.words, self._top(start, end)
        for _ in range(_STEPS):
            if i in self.cue or (self.is_free(i) and words.lower[i] in OCCASIONS):
                return True  # the occasion of the utterance, whatever it is said to hang on
            if not self.is_free(i) or self._is_barrier(i):
                return False
            above = words.head[i]
            if above == i:
                return False
            if self._shares(above):
                return i < self.head
            i = above
        return False

    def _top(self, start: int, end: int) -> int:
        return next((i for i in range(start, end) if not start <= self.words.head[i] < end), start)

    def _shares(self, i: int) -> bool:
        """Whether the cue is joined to the verb `i`: "went to Oslo on Monday and said"."""
        words = self.words
        return words.head[self.head] == i and words.dep[self.head] in ("conj", "advcl", "parataxis") and i != self.head

    def _is_barrier(self, i: int) -> bool:
        """Whether what hangs below token `i` belongs to another clause than what stands above it."""
        words, relation = self.words, self.words.dep[i]
        if relation in _CLAUSES or words.lower[i] in _SENDING:
            return True
        if relation.startswith(("advcl", "acl", "parataxis", "conj")) and words.pos[i] in ("VERB", "AUX"):
            finite = words.tag[i] in _FINITE or any(words.tag[c] in _FINITE for c in words.children.get(i, ()))
            return finite or any(words.lower[c] == "to" for c in words.children_of(i, "mark"))
        spoken_to = words.lower[words.head[i]] in _ADDRESSING  # "speaking to farmers in Tarlac"
        return any(
            words.lower[c] in _ELSEWHEN and not (spoken_to and words.lower[c] == "to")
            for c in words.children_of(i, "case", "mark")
        )

    def _touches(self, start: int, end: int) -> bool:
        """Whether nothing but commas, prepositions and the source stand between the phrase and the cue."""
        low, high = (end, self.cue.start) if end <= self.cue.start else (self.cue.stop, start)
        if high - low > _STEPS * 2:
            return False
        plain = (self.words.lower[i] in _BEFORE or self.words.pos[i] == "PROPN" for i in range(low, high))
        return all(self.spoken[i] or fits for i, fits in zip(range(low, high), plain, strict=True))

    def _in_dateline(self, end: int) -> bool:
        """Whether a phrase that ends here belongs to a line such as "PARIS, 3 May (AP) —"."""
        words, first = self.words, self.window[0]
        if not words.text[first].isupper() or len(words.text[first]) < 3 or end - first > _DATELINE:
            return False
        return any(words.text[i] in _DASHES for i in range(end, min(first + _DATELINE, self.cue.start)))


def utterances_of(words: Words, claims: Sequence[Claim]) -> list[Utterance | None]:
    """The utterances of claims, None for one without a cue. Linear in the lengths of text and contents."""
    contents = [tuple(tokens_of(words, s) for s in claim.content) for claim in claims]
    levels, spoken = [-1] * len(words), bytearray(len(words))
    inner_last = sorted(((c.start, -c.stop, n) for n, ranges in enumerate(contents) for c in ranges))
    for start, stop, n in inner_last:
        levels[start:-stop] = [n] * (-stop - start)
    found: list[Utterance | None] = []
    for span in (s for claim in claims for s in (claim.source, claim.cue) if s is not None):
        tokens = tokens_of(words, span)
        spoken[tokens.start : tokens.stop] = b"\1" * len(tokens)
    for claim in claims:
        if claim.cue is None:
            found.append(None)
            continue
        cue = tokens_of(words, claim.cue)
        found.append(Utterance(words, cue, _head(words, cue), levels[cue.start], levels, spoken))
    return found


def tokens_of(words: Words, span: Span) -> range:
    """The tokens that begin within a span of characters."""
    return range(bisect_left(words.start, span.start), bisect_left(words.start, span.end))


def _head(words: Words, cue: range) -> int:
    """The token of a cue that hangs on one outside it; a verb before others."""
    tops = [i for i in cue if words.head[i] not in cue or words.head[i] == i]
    return min(tops, key=lambda i: (words.pos[i] not in ("VERB", "AUX"), i), default=cue.start)
