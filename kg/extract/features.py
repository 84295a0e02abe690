"""The features of an entity as what an anaphor may mean. Their weights are in `data/reference.tsv`."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from kg.extract.anaphors import Anaphor
from kg.extract.discourse import Discourse, Seen, Standing
from kg.extract.ranking import Features, Option

_ROLE_WEIGHT = {
    "subject": 8.0, "passive": 7.5, "object": 5.0, "oblique": 4.0, "apposition": 4.0, "possessor": 3.5, "modifier": 2.0,
}  # fmt: skip
_OTHER_ROLE = 3.0
_QUOTED = 0.4
_HELD = frozenset({"held", "held by several"})
_STEPS = ((8, "8"), (4, "4"), (3, "3"), (2, "2"), (1, "1"), (0, "0"))


@dataclass(slots=True)
class Candidate:
    """An entity that an anaphor may mean: its latest mention, its salience by all within reach, and the grammatical
    roles it has in the nearest sentence, the weightiest first."""

    node: int
    near: Seen
    salience: float
    roles: tuple[str, ...]
    cataphoric: bool = False


def mention_weight(discourse: Discourse, seen: Seen, i: int) -> float:
    """What a mention adds to its entity's salience for an anaphor at token `i`: by role, halved with every sentence in
    between, and less when only the mention stands in a quotation."""
    quoted = discourse.words.quoted
    weight = _ROLE_WEIGHT.get(discourse.role(seen.root), _OTHER_ROLE) * (
        _QUOTED if quoted[seen.root] and not quoted[i] else 1.0
    )
    return float(weight * 0.5 ** max(0, discourse.distance(seen.root, i)))


@dataclass(slots=True)
class Scene:
    """What all candidates of one anaphor share."""

    discourse: Discourse
    anaphor: Anaphor
    sources: Collection[int]  # tokens in sources of claims
    speakers: Collection[int]  # who made the claim before
    held: Mapping[int, str] = field(default_factory=dict)  # how a person holds the anaphor's title
    totals: Mapping[str, int] = field(default_factory=dict)  # mentions so far by type
    again: int | None = None  # what the same noun was last linked to
    after_quotation: bool = False  # whether a quotation stands before the anaphor in its sentence
    adds: bool = False  # whether the anaphor's claim goes on from one before: "he added"
    spoken_of: Collection[int] = ()  # who is named in what the anaphor's claim says, where that stands before it

    def options(self, candidates: Sequence[Candidate]) -> list[Option]:
        """Every candidate with its features, and nobody last."""
        top = max((c.salience for c in candidates), default=0.0)
        nearest = max((self._place(c) for c in candidates if not c.cataphoric), default=-1)
        made = []
        for c in candidates:
            features = self._features(c)
            features["most salient"] = float(c.salience == top)
            features["nearest"] = float(self._place(c) == nearest)
            made.append(Option(c.node, features))
        return [*made, self._nobody(len(candidates))]

    def _place(self, c: Candidate) -> int:
        """Where a candidate stands; of those joined by "and" where the first does, for none of them is nearer."""
        words, root = self.discourse.words, c.near.root
        for _ in range(4):
            if words.dep[root] not in ("conj", "flat"):
                break
            root = words.head[root]
        return root

    def _nobody(self, rivals: int) -> Option:
        a, words = self.anaphor, self.discourse.words
        role = self.discourse.role(a.head)
        features: Features = {
            "nobody": 1.0,
            f"nobody: {words.lower[a.first]}": 1.0,
            f"nobody: {role}": 1.0,
            "nobody: rivals": math.log1p(rivals),
            "nobody: quoted": float(words.quoted[a.head] > 0),
            "nobody: source": float(a.head in self.sources),
        }
        if a.form not in ("he", "it", "they"):
            features["nobody: plural"] = float(a.plural)
            features["nobody: modified"] = float(bool(a.modifiers))
            after = words.lower[a.end] if a.end < len(words) else ""
            features["nobody: complement"] = float(after in ("that", "which", "who", "where", "in"))
            features["nobody: title"] = float(a.title is not None)
        elif a.form == "it":
            head = words.head[a.head]
            features[f"nobody: it is {words.pos[head]}"] = 1.0
            features["nobody: clause"] = float(bool(words.children_of(head, "ccomp", "csubj", "xcomp", "advcl")))
        return Option(None, features)

    def _features(self, c: Candidate) -> Features:
        a, words, near = self.anaphor, self.discourse.words, c.near
        standing = self.discourse.standings[c.node]
        distance = self.discourse.distance(near.root, a.head)
        apart = (words.quoted[a.head] > 0) != (words.quoted[near.root] > 0)
        role, own = c.roles[0], self.discourse.role(a.head)
        step = next((name for least, name in _STEPS if distance >= least), "0")
        features: Features = {
            f"type: {standing.type}": 1.0,
            f"distance: {step}": 1.0,
            f"role: {role}": 1.0,
            f"how: {near.how}": 1.0,
            "salience": math.log1p(c.salience),
            "count": math.log1p(standing.count),
            "lead": float(standing.lead),
            "paragraph": float(words.paragraph[a.head] == words.paragraph[near.root]),
            "parallel": float(own in c.roles),
            "subject before": float(distance == 1 and role in ("subject", "passive") and not apart),
            "spoke": float(near.root in self.sources),
            "speaks on": float(c.node in self.speakers),
            "quoted apart": float(apart),
            "speaks on after quotation": float(c.node in self.speakers and self.after_quotation),
            "cataphora": float(c.cataphoric),
            "speaks on in paragraph": float(
                c.node in self.speakers and words.paragraph[a.head] == words.paragraph[near.root]
            ),
            "speaks on, adding": float(c.node in self.speakers and self.adds),
            "spoken of": float(c.node in self.spoken_of),
            "subject of clause": float(self.discourse.head(near.root) == clause_subject(self.discourse, a.head)),
        }
        if a.head in self.sources:
            features[f"source: {standing.type}"] = 1.0
        if a.gender is not None:
            features["gender known"] = float(standing.gender == a.gender)
            if standing.gender is None and standing.likely is not None:
                features["gender likely" if standing.likely == a.gender else "gender unlikely"] = 1.0
        if a.form not in ("he", "it", "they"):
            self._noun_features(c, standing, features)
        elif a.predicate:
            features["predicate fits" if standing.type in a.predicate else "predicate unlike"] = 1.0
        if a.possessed is not None:
            features[f"possesses {a.possessed}: {standing.type}"] = 1.0
        return features

    def _lemma(self, i: int) -> str:
        words = self.discourse.words
        return words.lemma[i] if words.tag[i] in ("NNS", "NNPS") else words.lower[i]

    def _noun_features(self, c: Candidate, standing: Standing, features: Features) -> None:
        a = self.anaphor
        features["named so"] = float(a.lemma in standing.words)
        features["called otherwise"] = float(c.near.how == "noun" and self._lemma(c.near.root) != a.lemma)
        features["called so"] = float(standing.called.get(a.lemma, a.first) < a.first)
        if a.kinds:
            known = "kind" if standing.kind in a.kinds else "kind unlike"
            features[known if standing.kind is not None else "kind unknown"] = 1.0
        if self.again is not None:
            features["again" if self.again == c.node else "again another"] = 1.0
        total = self.totals.get(standing.type, 0)
        features["share"] = standing.count / total if total else 0.0
        if a.modifiers:
            fitting = sum(m in standing.words or m in standing.described for m in a.modifiers) / len(a.modifiers)
            features["modifiers known"], features["modifiers unknown"] = fitting, 1.0 - fitting
        if a.title is not None:
            how = self.held.get(c.node)
            if standing.members and all(self.held.get(m) in _HELD for m in standing.members):
                how = "held"
            if how is not None:
                features[how] = 1.0
            elif not _HELD.isdisjoint(self.held.values()):
                features["held by another"] = 1.0


def role_weight(role: str) -> float:
    """How much a mention in this role makes its entity stand out."""
    return _ROLE_WEIGHT.get(role, _OTHER_ROLE)


def clause_subject(discourse: Discourse, i: int) -> int | None:
    """The subject of the nearest clause above token `i` that has one; of a relative clause its noun."""
    words = discourse.words
    if not words.parsed:
        return None
    at = i
    for _ in range(12):
        if words.head[at] == at:
            return None
        at = words.head[at]
        for child in words.children_of(at, "nsubj", "nsubj:pass"):
            if words.tag[child] in ("WP", "WDT") and words.dep[at].startswith("acl"):
                child = words.head[at]
            return child if child < i else None
    return None
