"""Who speaks: the speakers of the claims before an anaphor, and of each quotation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.extract.anaphors import Anaphor
from kg.extract.discourse import Discourse
from kg.extract.referents import Ref, phrase_heads
from kg.extract.words import Words

_GOING_ON = frozenset("add continue conclude further also".split())


@dataclass(frozen=True, slots=True)
class Attribution:
    """The token spans of one claim as the reader model marked them: source, cue and content."""

    number: str
    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Speaking:
    """Looks up who speaks in an article, as far as its anaphors are linked by then. `refs` grows."""

    words: Words
    refs: Mapping[int, Sequence[Ref]]
    discourse: Discourse
    attributions: Sequence[Attribution]
    sources: dict[int, Attribution] = field(init=False)  # by each token of their sources

    def __post_init__(self) -> None:
        self.sources = {i: a for a in self.attributions for s, e in a.source for i in range(s, e)}

    def before(self, a: Anaphor) -> set[int]:
        """Who made the claim before, when the anaphor is itself the source of a claim outside quotations."""
        i = a.head
        attribution = self.sources.get(i)
        if attribution is None or self.words.quoted[i] or self.words.tag[i] == "PRP$":
            return set()
        for start in range(i - 1, max(-1, i - 120), -1):
            earlier = self.sources.get(start)
            if earlier is not None and earlier is not attribution and not self.words.quoted[start]:
                return self._heads(earlier)
        return set()

    def adds(self, a: Anaphor) -> bool:
        """Whether an anaphor's claim goes on from one before: "he added"."""
        attribution = self.sources.get(a.head)
        words = self.words
        return attribution is not None and any(
            words.lemma[i] in _GOING_ON or words.lower[i] in _GOING_ON for s, e in attribution.cue for i in range(s, e)
        )

    def spoken_of(self, a: Anaphor) -> set[int]:
        """Who is named in what an anaphor's claim says, before the anaphor: hardly whoever says it."""
        attribution = self.sources.get(a.head)
        if attribution is None:
            return set()
        return {
            seen.node
            for start, end in attribution.content
            if start < a.head
            for seen in self.discourse.between(start, min(end, a.head))
            if seen.how == "name"
        }

    def after_quotation(self, a: Anaphor) -> bool:
        """Whether a quotation has just ended before the anaphor: "…," he said."""
        quoted = self.words.quoted
        return not quoted[a.head] and any(quoted[a.first - 4 : a.first] if a.first > 3 else quoted[: a.first])

    def _heads(self, attribution: Attribution) -> set[int]:
        return {r.node for s, e in attribution.source for r in phrase_heads(self.words, self.refs, s, e)}

    def in_quotations(self) -> dict[int, set[int]]:
        """Who speaks in each quotation: the source of the claim it belongs to; else whoever spoke just before in the
        same paragraph; else the subject of the sentence around it."""
        words = self.words
        speakers: dict[int, set[int]] = {}
        for attribution in self.attributions:
            quotations = {words.quoted[i] for s, e in attribution.content for i in range(s, e)} - {0}
            outside = any(not words.quoted[i] for s, e in attribution.source for i in range(s, e))
            if outside:
                for quotation in quotations:
                    speakers.setdefault(quotation, set()).update(self._heads(attribution))
        first: dict[int, int] = {}
        for i, quotation in enumerate(words.quoted):
            if quotation:
                first.setdefault(quotation, i)
        for quotation, i in first.items():
            if quotation in speakers:
                continue
            if quotation - 1 in speakers and words.paragraph[i] == words.paragraph[first[quotation - 1]]:
                speakers[quotation] = speakers[quotation - 1]
            else:
                speakers[quotation] = self._subjects_around(i)
        return speakers

    def _subjects_around(self, i: int) -> set[int]:
        return {
            s.node
            for s in self.discourse.near(self.words.sentence[i], i)
            if s.node >= 0 and self.words.dep[self.discourse.head(s.root)] == "nsubj" and not self.words.quoted[s.root]
        }
