"""Who is meant by "he", "the minister", "the alliance": reference to entities without their names.

Pronouns go to the person who stands out most among those before them, in the manner of Lappin and Leass (1994): each
mention lends its entity a weight by its grammatical role, halved with every sentence in between. News adds two things:
whoever spoke last goes on speaking ("He added"), and nobody calls themselves "he" between their own quotation marks.
People without a name ("a senior official") compete too, so that their pronouns are not given to someone else.
A title or a common noun refers only where exactly one entity fits.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.extract.referents import Ref, phrase_heads
from kg.extract.titles import Title
from kg.extract.words import Words

PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
_ROLE_WEIGHT = {"nsubj": 8.0, "nsubj:pass": 7.5, "obj": 5.0, "iobj": 5.0, "obl": 4.0, "appos": 4.0, "nmod:poss": 3.5}
_OTHER_ROLE = 3.0
_SPOKE = 3.0
_SPEAKS_ON = 5.0
_QUOTED = 0.4
_REACH = 3  # sentences a pronoun may look back
_CROWD = 50  # mentions before and after a pronoun that are weighed in one sentence
_MARGIN = 1.1  # how much the best must outweigh the next
_PEOPLE_NOUNS = frozenset(
    """
    attorney boy brother candidate colleague daughter doctor driver expert father friend girl guy husband judge lady
    lawyer man mother neighbor neighbour nephew niece nurse officer official parent person professor reporter
    resident sister soldier son source student suspect teacher uncle victim voter wife witness woman worker
    """.split()
)
_NOUN_GENDERS = {
    **dict.fromkeys("brother father boy guy husband man nephew son uncle".split(), "m"),
    **dict.fromkeys("daughter girl lady mother niece sister wife woman aunt".split(), "f"),
}


@dataclass(frozen=True, slots=True)
class Attribution:
    """The token spans of one claim as the reader model marked them: source, cue and content."""

    number: str
    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Candidate:
    """A mention a pronoun may go back to; `node` is negative for a person without a name."""

    start: int
    end: int
    root: int
    node: int
    gender: str | None


@dataclass(slots=True)
class PronounResolver:
    """Links third-person pronouns of one article. `genders` (by person) grows as pronouns tell more."""

    words: Words
    refs: dict[int, list[Ref]]  # by first token; pronouns are added as they are resolved
    genders: dict[int, str | None]  # of every person, by entity number
    attributions: Sequence[Attribution]
    titles: Sequence[Title]
    _by_sentence: dict[int, list[_Candidate]] = field(default_factory=dict)
    _sources: dict[int, Attribution] = field(default_factory=dict)
    _speakers: dict[int, set[int]] = field(default_factory=dict)

    def resolve(self) -> list[Ref]:
        """The pronouns that could be linked, as mentions, in order. Those outside quotation marks are linked first:
        they tell who is quoted."""
        self._gather()
        self._sources = {i: a for a in self.attributions for s, e in a.source for i in range(s, e)}
        pronouns = [i for i, w in enumerate(self.words.lower) if w in PRONOUNS and self._is_pronoun(i)]
        found = [self._link(i) for i in pronouns if not self.words.quoted[i]]
        self._speakers = self._quoted_speakers()
        found += [self._link(i) for i in pronouns if self.words.quoted[i]]
        return sorted((r for r in found if r is not None), key=lambda r: r.start)

    def _is_pronoun(self, i: int) -> bool:
        return self.words.text[i] not in ("HIS", "HER") and (
            self.words.tag[i].startswith("PRP") or not self.words.tag[i]
        )

    def _gather(self) -> None:
        """Everybody a pronoun may refer to, by sentence: named people, and nouns for people without a name."""
        words = self.words
        taken: set[int] = set()
        for group in self.refs.values():
            for ref in group:
                taken.update(range(ref.start, ref.end))
                if ref.type == "Person" and ref.kind != "title":
                    self._add(_Candidate(ref.start, ref.end, _root(words, ref.start, ref.end), ref.node, None))
        heads = {t.head: t for t in self.titles if not t.plural}
        unnamed = 0
        for i in range(len(words)):
            if i in taken or words.tag[i] not in ("NN", "NNP"):
                continue
            lemma = words.lemma[i]
            title = heads.get(i)
            if (lemma in _PEOPLE_NOUNS or title is not None) and words.dep[i] in _ROLE_WEIGHT:
                unnamed -= 1
                gender = title.gender if title else _NOUN_GENDERS.get(lemma)
                self._add(_Candidate(i, i + 1, i, unnamed, gender))

    def _add(self, candidate: _Candidate) -> None:
        insort(self._by_sentence.setdefault(self.words.sentence[candidate.root], []), candidate, key=_start)

    def _link(self, i: int) -> Ref | None:
        gender = PRONOUNS[self.words.lower[i]]
        node = self._reflexive(i) if self.words.lower[i].endswith("self") else None
        node = self._best(i, gender) if node is None else node
        if node is None:
            return None
        self._add(_Candidate(i, i + 1, i, node, gender))
        if node < 0:
            return None
        self.genders[node] = gender
        ref = Ref(i, i + 1, "pronoun", node, "Person")
        self.refs.setdefault(i, []).append(ref)
        return ref

    def _reflexive(self, i: int) -> int | None:
        """The subject of the clause of "himself"."""
        for subject in self.words.children_of(self.words.head[i], "nsubj", "nsubj:pass"):
            for candidate in self._near(self.words.sentence[i], i):
                if candidate.start <= subject < candidate.end and self._agrees(
                    candidate, PRONOUNS[self.words.lower[i]]
                ):
                    return candidate.node
        return None

    def _best(self, i: int, gender: str) -> int | None:
        """The entity with the greatest weight before token `i`; None when nobody stands out."""
        weights: dict[int, float] = {}
        here = self.words.sentence[i]
        for distance in range(_REACH + 1):
            in_sentence: dict[int, float] = {}
            for candidate in self._near(here - distance, i):
                if not self._agrees(candidate, gender) or not self._may_bind(candidate, i):
                    continue
                weight = self._weight(candidate, i)
                in_sentence[candidate.node] = max(in_sentence.get(candidate.node, 0.0), weight)
            for node, weight in in_sentence.items():
                weights[node] = weights.get(node, 0.0) + weight * 0.5**distance
        for node in self._last_speakers(i):
            if node in weights:
                weights[node] += _SPEAKS_ON
        ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or (len(ranked) > 1 and ranked[0][1] < _MARGIN * ranked[1][1]):
            return None
        return ranked[0][0]

    def _near(self, sentence: int, i: int) -> Sequence[_Candidate]:
        """The candidates of a sentence; of a very long one those around token `i`."""
        group = self._by_sentence.get(sentence, [])
        at = bisect_left(group, i, key=_start)
        return group[max(0, at - _CROWD) : at + _CROWD]

    def _agrees(self, candidate: _Candidate, gender: str) -> bool:
        known = candidate.gender if candidate.node < 0 else self.genders.get(candidate.node)
        return known is None or known == gender

    def _weight(self, candidate: _Candidate, i: int) -> float:
        words = self.words
        weight = _ROLE_WEIGHT.get(words.dep[candidate.root], _OTHER_ROLE)
        if candidate.root in self._sources:
            weight += _SPOKE
        if words.quoted[candidate.root] != words.quoted[i]:
            weight *= _QUOTED if words.quoted[candidate.root] else 1.0
        return weight

    def _may_bind(self, candidate: _Candidate, i: int) -> bool:
        """Whether the syntax and the quotation marks let the pronoun at `i` go back to this mention."""
        words = self.words
        if candidate.start >= i and not self._cataphoric(candidate, i):
            return False
        if candidate.node in self._speakers.get(words.quoted[i], ()):
            return False
        root = candidate.root
        if words.dep[i] == "conj" and words.head[i] == root:
            return False
        objective = words.dep[i] in ("obj", "iobj", "obl") and not words.lower[i].endswith("self")
        return not (objective and words.head[root] == words.head[i] and words.dep[root].startswith("nsubj"))

    def _cataphoric(self, candidate: _Candidate, i: int) -> bool:
        """ "In his speech, Obama said": the subject of the main clause may follow a pronoun in what stands before."""
        words = self.words
        if words.dep[candidate.root] != "nsubj" or words.quoted[i] or words.lower[i] not in ("his", "her"):
            return False
        verb = words.head[candidate.root]
        at, steps = i, 0
        while words.head[at] not in (at, verb) and steps < 6:
            at, steps = words.head[at], steps + 1
        return words.head[at] == verb and at < candidate.root and words.dep[at] in ("obl", "advcl", "advmod")

    def _last_speakers(self, i: int) -> Iterable[int]:
        """Who made the claim before, when the pronoun at `i` is itself the source of a claim outside quotations."""
        attribution = self._sources.get(i)
        if attribution is None or self.words.quoted[i] or self.words.tag[i] == "PRP$":
            return ()
        for start in range(i - 1, max(-1, i - 120), -1):
            earlier = self._sources.get(start)
            if earlier is not None and earlier is not attribution and not self.words.quoted[start]:
                return self._heads(earlier)
        return ()

    def _heads(self, attribution: Attribution) -> set[int]:
        return {r.node for s, e in attribution.source for r in phrase_heads(self.words, self.refs, s, e)}

    def _quoted_speakers(self) -> dict[int, set[int]]:
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
            c.node
            for c in self._near(self.words.sentence[i], i)
            if c.node >= 0 and self.words.dep[c.root] == "nsubj" and not self.words.quoted[c.root]
        }


def _start(candidate: _Candidate) -> int:
    return candidate.start


def _root(words: Words, start: int, end: int) -> int:
    return next((i for i in range(start, end) if not start <= words.head[i] < end), end - 1)
