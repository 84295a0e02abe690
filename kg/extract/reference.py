"""Who is meant by "he", "it", "the minister", "the alliance": reference to entities without their names.

The article is read from its beginning. Every anaphor is given the entities that may be meant: those its number, gender
and kind allow, and that stand near enough. Things and people without a name ("a senior official") compete too, so that
their pronouns are not given to someone else. `ranking` says how likely each is; a link is made where one named entity
is likely enough, and then counts as a mention of it for what follows.

What stands between quotation marks is linked last: then it is known who speaks there, and nobody calls themselves "he".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.extract.anaphors import (
    PRONOUNS,
    Anaphor,
    TitlePhrase,
    descriptions,
    find_anaphors,
    nouns,
    of_name,
    predicate_of,
)
from kg.extract.discourse import Discourse, Seen, Standing
from kg.extract.features import Candidate, Scene, clause_subject, mention_weight, role_weight
from kg.extract.ranking import Option, probabilities, threshold
from kg.extract.referents import Ref
from kg.extract.speaking import Attribution, Speaking
from kg.extract.titles import Title
from kg.extract.words import Words

_REACH = 3  # sentences a pronoun may look back
_MARGIN = 1.05  # how much likelier than the next an entity must be
_RECENT = 12  # entities of its kind that a noun may go back to, the latest first


@dataclass(frozen=True, slots=True)
class Held:
    """A title somebody named in the article holds: its words, who holds it, of what body, and from which token on.

    `sort` is the kind of body it is held in, "press" for those who only report; "any" where the title does not tell.
    """

    keys: frozenset[str]
    former: bool
    person: int
    body: int | None
    since: int
    sort: str = "any"


Choose = Callable[[Anaphor, Sequence[Option], Discourse], "int | None"]
"""Decides what an anaphor means: the number of an option's entity, or None."""


def most_likely(anaphor: Anaphor, options: Sequence[Option], discourse: Discourse) -> int | None:
    """The entity that an anaphor most likely means; a negative number is nobody with a name, None nobody at all.

    First whether anybody with a name is meant, by the probabilities of all who have one together; then who.
    """
    shares = probabilities(anaphor.form, options)
    named = [o.node is not None and discourse.standings[o.node].named for o in options]
    found = sum(share for share, has_name in zip(shares, named, strict=True) if has_name) >= threshold(anaphor.form)
    order = sorted((k for k in range(len(options)) if named[k] == found), key=lambda k: (-shares[k], k))
    tied = found and len(order) > 1 and shares[order[0]] < _MARGIN * shares[order[1]]
    return None if tied else options[order[0]].node


@dataclass(slots=True)
class Resolver:
    """Links the anaphors of one article. `standings` has what is known of every entity, by number; it grows."""

    words: Words
    refs: dict[int, list[Ref]]  # by first token; links are added as they are made
    standings: dict[int, Standing]
    attributions: Sequence[Attribution]
    titles: Sequence[TitlePhrase]  # beside no name
    held: Sequence[Held]
    choose: Choose = most_likely
    discourse: Discourse = field(init=False)
    _speaking: Speaking = field(init=False)
    _speakers: dict[int, set[int]] = field(default_factory=dict)
    _held_by_word: dict[str, list[Held]] = field(default_factory=dict)
    _held_by: dict[int, list[Held]] = field(default_factory=dict)
    _recent: dict[str, dict[int, None]] = field(default_factory=dict)  # by type, the latest last
    _totals: dict[str, int] = field(default_factory=dict)
    _node_at: dict[int, int] = field(default_factory=dict)  # by the tokens of names, and of pronouns that are linked
    _linked: dict[str, int] = field(default_factory=dict)  # what a noun was last linked to
    _by_word: dict[str, list[int]] = field(default_factory=dict)  # entities by the nouns they are called or named by

    def resolve(self) -> list[Ref]:
        """The mentions that could be linked, in order."""
        words = self.words
        self.discourse = Discourse(words, self.standings)
        heads = {t.title.head: t for t in self.titles}
        self.discourse.gather(self.refs, frozenset(h for h, t in heads.items() if t.title.plural), frozenset(heads))
        self._speaking = Speaking(words, self.refs, self.discourse, self.attributions)
        for held in self.held:
            self._held_by.setdefault(held.person, []).append(held)
            for key in _singular(held.keys):
                self._held_by_word.setdefault(key, []).append(held)
        self._node_at = {k: s.node for s in self.discourse.seen if s.node >= 0 for k in range(s.start, s.end)}
        described = self._describe()
        names = {
            i: ref.type for group in self.refs.values() for ref in group if ref.kind != "pronoun"
            for i in range(ref.start, ref.end)
        }  # fmt: skip
        types: dict[str, set[str]] = {}
        for i, node in described.items():
            types.setdefault(words.lemma[i], set()).add(self.standings[node].type)
        anaphors = find_anaphors(words, self.titles, names, {k: frozenset(v) for k, v in types.items()})
        found = self._read([a for a in anaphors if not words.quoted[a.head]], described)
        self._speakers = self._speaking.in_quotations()
        found += self._read([a for a in anaphors if words.quoted[a.head]], described)
        return sorted(found, key=lambda r: (r.start, r.end, r.node))

    def chains(self) -> dict[int, tuple[int, list[Seen]]]:
        """By the head of each title that goes back to nobody with a name: whom it means, by number, and all mentions of
        them. After `resolve`."""
        mentions: dict[int, list[Seen]] = {}
        for seen in self.discourse.seen:
            if seen.node < 0 and self.standings[seen.node].type == "someone":
                mentions.setdefault(seen.node, []).append(seen)
        heads = [t.title.head for t in self.titles if t.title.head in self.discourse.unnamed_at]
        nodes = {head: self.discourse.unnamed_at[head].node for head in heads}
        return {head: (node, mentions[node]) for head, node in nodes.items() if node in mentions}

    def _describe(self) -> dict[int, int]:
        """Take in what the text calls its entities; the nouns that do so, with the entity of each."""
        heads = {i: s.node for s in self.discourse.seen if s.node >= 0 for i in (s.root, self.discourse.head(s.root))}
        found = dict(descriptions(self.words, heads))
        for i, node in found.items():
            standing = self.standings[node]
            noun = nouns().get(self.words.lower[i])
            if noun is not None and standing.gender is None:
                standing.gender = noun.gender
            if i in self.discourse.unnamed_at:
                self.discourse.unnamed_at[i].node = node
            standing.called.setdefault(self.words.lemma[i], i)
            standing.described.update(self.words.lower[k] for k in self.words.children_of(i, "amod", "compound"))
        for node, standing in self.standings.items():
            if node >= 0:
                for word in standing.words | standing.called.keys():
                    self._by_word.setdefault(word, []).append(node)
        return found

    def _read(self, anaphors: Iterable[Anaphor], described: Mapping[int, int]) -> list[Ref]:
        """Go through the text, mention by mention, and link these anaphors."""
        self._recent, self._totals, self._linked = {}, {}, {}
        for standing in self.standings.values():
            standing.count, standing.last, standing.lead = 0, None, False
        found: list[Ref] = []
        mentions, at = list(self.discourse.seen), 0
        for anaphor in anaphors:
            while at < len(mentions) and mentions[at].start < anaphor.first:
                self._meet(mentions[at])
                at += 1
            found += self._link(anaphor, described)
        return found

    def _meet(self, seen: Seen) -> None:
        standing = self.standings[seen.node]
        standing.count += 1
        standing.last = seen
        standing.lead = standing.lead or self.words.sentence[seen.root] < 3
        self._totals[standing.type] = self._totals.get(standing.type, 0) + 1
        recent = self._recent.setdefault(standing.type, {})
        recent.pop(seen.node, None)
        recent[seen.node] = None

    def _link(self, a: Anaphor, described: Mapping[int, int]) -> list[Ref]:
        node = self._by_grammar(a, described)
        if node is None and a.form != "other":
            pronoun = a.form in ("he", "it", "they")
            candidates = self._for_pronoun(a) if pronoun else [] if a.complement else self._for_noun(a)
            scene = Scene(
                self.discourse,
                a,
                self._speaking.sources,
                self._speaking.before(a),
                self._held(a),
                self._totals,
                self._linked.get(a.lemma),
                self._speaking.after_quotation(a),
                self._speaking.adds(a),
                self._speaking.spoken_of(a),
            )
            node = self.choose(a, scene.options(candidates), self.discourse) if candidates else None
        return self._made(a, node) if node is not None else []

    def _by_grammar(self, a: Anaphor, described: Mapping[int, int]) -> int | None:
        """The entity that the sentence itself says is meant: "the city of Phoenix", "It is the largest town"."""
        node = described.get(a.head)
        if a.form in ("he", "it", "they"):
            return None
        if node is None and (subject := predicate_of(self.words, a.head)) is not None:
            node = self._node_at.get(subject)
        if node is None:
            node = of_name(self.words, a.head, self._node_at)
        fits = node is not None and self.standings[node].type in a.types
        return node if fits else None

    def _made(self, a: Anaphor, node: int) -> list[Ref]:
        """Take the link in, and give it as mentions of what has a name."""
        standing = self.standings[node]
        is_pronoun = a.lemma in PRONOUNS
        unnamed = self.discourse.unnamed_at.get(a.head)
        if unnamed is not None:
            unnamed.node = node
            self._meet(unnamed)
        else:
            seen = Seen(a.start, a.end, a.head, node, "pronoun" if is_pronoun else "noun")
            self.discourse.add(seen)
            self._meet(seen)
        self._node_at[a.head] = node
        if standing.named:
            self._linked[a.lemma] = node
        if a.gender is not None and standing.type in ("Person", "someone"):
            standing.gender = a.gender
        if not standing.named:
            return []
        kind = "pronoun" if is_pronoun else "title" if a.title is not None else "nominal"
        made = [
            Ref(a.start, a.end, kind, member, self.standings[member].type)  # type: ignore[arg-type]
            for member in standing.members or (node,)
        ]
        self.refs.setdefault(a.start, []).extend(made)
        return made

    def _for_pronoun(self, a: Anaphor) -> list[Candidate]:
        """What a pronoun may mean: what stands within reach, in order of first mention there."""
        found: dict[int, Candidate] = {}
        weights: dict[tuple[int, int], float] = {}
        roles: dict[int, tuple[int, set[str]]] = {}
        for group in self.discourse.windows(a.head, _REACH):
            for seen in group:
                if not self._agrees(a, self.standings[seen.node]) or not self._may_bind(seen, a):
                    continue
                distance = self.discourse.distance(seen.root, a.head)
                weight = mention_weight(self.discourse, seen, a.head)
                weights[seen.node, distance] = max(weight, weights.get((seen.node, distance), 0.0))
                roles.setdefault(seen.node, (distance, set()))
                if roles[seen.node][0] == distance:
                    roles[seen.node][1].add(self.discourse.role(seen.root))
                known = found.get(seen.node)
                if known is None or (not known.near.start > seen.start and seen.start < a.start):
                    found[seen.node] = Candidate(seen.node, seen, 0.0, (), seen.start >= a.start)
        for (node, _), weight in weights.items():
            found[node].salience += weight
        for node, candidate in found.items():
            candidate.roles = tuple(sorted(roles[node][1], key=lambda role: (-role_weight(role), role)))
        return [found[node] for node in sorted(found)]

    def _for_noun(self, a: Anaphor) -> list[Candidate]:
        """What a noun may mean: the latest of the types it names, and all that are named or called so."""
        nodes: dict[int, None] = {}
        kinds = ("joint", "several") if a.plural else sorted(a.types)
        for type in kinds:
            nodes.update(dict.fromkeys(list(self._recent.get(type, {}))[-_RECENT:]))
        if not a.plural:
            nodes.update(dict.fromkeys(self._by_word.get(a.lemma, ())))
        nodes.update(dict.fromkeys(self._held(a)))
        found = []
        for node in sorted(nodes):
            standing = self.standings[node]
            seen = standing.last
            if seen is None or seen.start >= a.first or not self._fits_noun(a, node, standing):
                continue
            if self._is_speaker(node, a) or not self._may_be_apart(seen, a):
                continue
            weight = mention_weight(self.discourse, seen, a.head)
            found.append(Candidate(node, seen, weight, (self.discourse.role(seen.root),)))
        return found

    def _fits_noun(self, a: Anaphor, node: int, standing: Standing) -> bool:
        if a.gender and standing.gender and a.gender != standing.gender:
            return False
        if a.title is not None and self._is_of_another_sort(a.title.title, node):
            return False
        if standing.named:
            members = [self.standings[m] for m in standing.members] or [standing]
            return all(m.type in a.types for m in members)
        return a.lemma in standing.called

    def _is_of_another_sort(self, title: Title, node: int) -> bool:
        """Whether somebody is said to be something else, of a sort that does not go with a title: no presenter is
        "the minister"."""
        own = self._held_by.get(node, ())
        if title.former or not title.is_office or any(title.keys & h.keys for h in own):
            return False
        return any(h.sort == "press" and not h.former for h in own)

    def _may_be_apart(self, seen: Seen, a: Anaphor) -> bool:
        """Whether a noun and an earlier mention may be one: not subject and object of one verb, nor conjuncts."""
        words, root = self.words, self.discourse.head(seen.root)
        if words.head[a.head] == root or words.head[root] == a.head:
            return words.dep[a.head if words.head[a.head] == root else root] not in ("conj", "nmod", "nmod:poss")
        subjects = [words.dep[i].startswith("nsubj") for i in (root, a.head)]  # two are an error of the parse
        return not (words.head[root] == words.head[a.head] and subjects == [True, False])

    def _agrees(self, a: Anaphor, standing: Standing) -> bool:
        if standing.type not in a.types:
            return False
        return a.gender is None or standing.gender is None or standing.gender == a.gender

    def _is_speaker(self, node: int, a: Anaphor) -> bool:
        return node in self._speakers.get(self.words.quoted[a.head], ())

    def _may_bind(self, seen: Seen, a: Anaphor) -> bool:
        """Whether the syntax and the quotation marks let a pronoun go back to this mention."""
        words, i, root = self.words, a.head, self.discourse.head(seen.root)
        if seen.start >= i and not self._cataphoric(seen, i):
            return False
        if self._is_speaker(seen.node, a) and a.form != "it":
            return False
        reflexive = words.lower[i].endswith(("self", "selves"))
        if reflexive and a.form == "he":
            subject = clause_subject(self.discourse, i)
            return subject is not None and (subject == root or seen.start <= subject < seen.end)
        if words.dep[i] == "conj" and words.head[i] == root:
            return False
        if words.head[i] == root and words.dep[i] == "nmod:poss":
            return False
        objective = words.dep[i] in ("obj", "iobj", "obl") and not reflexive
        return not (objective and words.head[root] == words.head[i] and words.dep[root].startswith("nsubj"))

    def _cataphoric(self, seen: Seen, i: int) -> bool:
        """ "In his speech, Obama said": the subject of the main clause may follow a pronoun in what stands before."""
        words, root = self.words, self.discourse.head(seen.root)
        if words.dep[root] not in ("nsubj", "nsubj:pass") or words.quoted[i] or seen.how != "name":
            return False
        verb = words.head[root]
        at, steps = i, 0
        while words.head[at] not in (at, verb) and steps < 8:
            at, steps = words.head[at], steps + 1
        return words.head[at] == verb and at < root and words.dep[at] in ("obl", "advcl", "advmod") and at != i

    def _held(self, a: Anaphor) -> dict[int, str]:
        """The people who were said to hold the title of an anaphor, and how well it fits."""
        if a.title is None:
            return {}
        found: dict[int, str] = {}
        keys = _singular(a.title.title.keys)
        head = next(iter(_singular(frozenset({a.lemma}))))
        for h in self._held_by_word.get(head, []):
            if h.since < a.title.title.start and found.get(h.person) != "held":
                found[h.person] = self._how(a.title, keys, h)
        holders = [p for p, how in found.items() if how == "held"]
        if len(holders) > 1:
            found.update(dict.fromkeys(holders, "held by several"))
        return found

    @staticmethod
    def _how(title: TitlePhrase, keys: frozenset[str], h: Held) -> str:
        """How well a title that somebody holds fits one beside no name."""
        own = _singular(h.keys)
        if title.body is not None and h.body is not None and title.body != h.body:
            return "held elsewhere"
        if not keys <= own:
            return "held in part" if own <= keys else "title unlike"
        if h.former == title.title.former:
            return "held"
        return "held before" if h.former else "held still"


def _singular(keys: frozenset[str]) -> frozenset[str]:
    """The words of a title as of one holder's: "senators" is "senator"."""
    return frozenset(re.sub(r"(?<=m)en$|(?<=[^s])s$", lambda end: "an" if end[0] == "en" else "", key) for key in keys)
