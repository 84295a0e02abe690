"""Whose a title is, and of what body: from titles before names, appositions, and "X, who is president of Y"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.kinds import ORGANISATION_NOUNS
from kg.extract.places import Found
from kg.extract.titles import FORMER, Title
from kg.extract.words import Words

_CLOSERS = frozenset({",", ".", ";", ":", ")", "—", "–", "-", "?", "!", "”", '"'})
_LINKS = frozenset({"of", "for", "to", "at", "in", "with"})
_NP_TAGS = frozenset("DT PRP$ JJ JJR JJS RB NN NNS NNP NNPS POS HYPH CD VBN VBG".split())
_HONORIFICS = {
    "mr": "m", "mr.": "m", "sir": "m", "lord": "m", "mrs": "f", "mrs.": "f", "ms": "f", "ms.": "f", "miss": "f",
    "dame": "f", "lady": "f", "madam": "f", "dr": "", "dr.": "", "rev.": "", "hon.": "", "señor": "m", "monsieur": "m",
}  # fmt: skip
_HELD = frozenset("appoint become elect name serve swear".split())
# Those who stand for one body at another: "to" says where they are, not whose they are.
_ENVOYS = frozenset("ambassador envoy consul representative delegate nuncio attaché".split())
_LEADERS = frozenset("chair chairman chairwoman chairperson head leader president director deputy member".split())
_LEAD = {"chairs": "chair", "heads": "head", "leads": "leader", "runs": "head", "directs": "director"}
# What is led for a while is no body: whoever chairs talks holds no office.
_OCCASIONS = frozenset(
    "ceremony conference debate hearing meeting negotiation round session summit talk talks".split()
)  # fmt: skip
_APART = frozenset("nsubj obj iobj obl".split())  # a noun in one of these relations to a verb is no apposition


@dataclass(frozen=True, slots=True)
class Holding:
    """A title tied to a name mention. Token spans; `body` is a name (country, organisation, place) or None.

    `evidence` covers title, body and name. `former` also holds where the text says "was". `start` and `end` are ISO
    8601 dates where the text tells them.
    """

    title: Title
    person: Found
    body: Found | None
    evidence: tuple[int, int]
    former: bool = False
    start: str | None = None
    end: str | None = None


def honorific_gender(words: Words, start: int) -> str | None:
    """The gender told by an honorific right before token `start`, "" when it does not tell; None without honorific."""
    return _HONORIFICS.get(words.lower[start - 1]) if start else None


def is_honorific(word: str) -> bool:
    """Whether a word in lower case is a form of address and no office: "mr.", "dr."."""
    return word in _HONORIFICS


class TitleFinder:
    """The patterns, over indexes of what starts and ends at each token.

    `people` are name mentions, `bodies` the names an office may be of; all lists are in text order.
    """

    def __init__(self, words: Words, titles: Sequence[Title], people: Sequence[Found], bodies: Sequence[Found]) -> None:
        self.words, self.titles, self.people = words, titles, people
        self.person_at = {p.start: p for p in people}
        self.person_by_token = {i: p for p in people for i in range(p.start, p.end)}
        self.body_at: Mapping[int, Found] = _longest(bodies, lambda b: b.start)
        self.body_to: Mapping[int, Found] = _longest(bodies, lambda b: b.end)

    def holdings(self) -> list[Holding]:
        """Titles tied to names, in order."""
        found: dict[tuple[int, int], Holding] = {}
        for title in self.titles:
            for pattern in (self._before_name, self._around_comma, self._predicate):
                for holding in pattern(title):
                    found.setdefault((holding.title.start, holding.person.start), holding)
        return [self._spelt_out(found[key]) for key in sorted(found)]

    def predicates(self) -> list[Holding]:
        """Those of "X is president of Y" and its like alone, in order."""
        return [self._spelt_out(holding) for title in self.titles for holding in self._predicate(title)]

    def leading(self) -> list[Holding]:
        """Offices told by a verb: "X, who chairs the budget committee of the Senate"; no words are their title."""
        words, found = self.words, []
        for i, verb in enumerate(words.lower):
            if verb not in _LEAD or words.pos[i] != "VERB" or (person := self._subject(i)) is None:
                continue
            body = self.body_at.get(i + 1 + (words.lower[i + 1 : i + 2] == ["the"]))
            if body is not None:
                text, end = _LEAD[verb], body.end
            elif (within := self._within(i + 1)) is not None:
                text, body, end = f"{_LEAD[verb]} of {within[0]}", within[1], within[2]
            else:
                continue
            title = Title(i, i + 1, i, text, _keys(text), None, True, False, False)
            low, high = min(person.start, i), max(person.end, end)
            found.append(Holding(title, person, body, (low, high)))
        return found

    def _spelt_out(self, holding: Holding) -> Holding:
        """With what belongs to the title: "chairman of the budget committee", "ambassador to Chad"."""
        words, title = self.words, holding.title
        head, end = words.lower[title.head], title.end
        if head in _ENVOYS and end < len(words) and words.lower[end] == "to":
            at = end + 1 + (words.lower[end + 1 : end + 2] == ["the"])
            if (place := self.body_at.get(at)) is not None:
                text = f"{title.text} to {words.body[words.start[end + 1] : words.end[place.end - 1]]}"
                longer = replace(title, text=text, keys=title.keys | _keys(text))
                body = None if holding.body == place else holding.body
                return replace(holding, title=longer, body=body, evidence=_over(holding.evidence, place.end))
        if head not in _LEADERS or end >= len(words) or words.lower[end] != "of":
            return holding
        if (within := self._within_at(end)) is None:
            occasion = self._common_noun(end + 1)
            return replace(holding, title=replace(title, is_office=False)) if occasion in _OCCASIONS else holding
        text = f"{title.text} of {within[0]}"
        longer = replace(title, text=text, keys=title.keys | _keys(text))
        return replace(
            holding, title=longer, body=within[1] or holding.body, evidence=_over(holding.evidence, within[2])
        )

    def _within_at(self, end: int) -> tuple[str, Found | None, int] | None:
        """`_within` after "of" at token `end`; None where there is none."""
        return self._within(end + 1) if self.words.lower[end : end + 1] == ["of"] else None

    def _within(self, at: int) -> tuple[str, Found | None, int] | None:
        """ "the budget committee of the Senate" at token `at`: the part, the whole's name if there is one, where it
        ends; None where the noun phrase there is no part of a body."""
        noun = self._noun(at)
        if noun is None or self.words.lemma[noun] not in ORGANISATION_NOUNS:
            return None
        part = self.words.body[self.words.start[at] : self.words.end[noun]]
        body, end = self._complement(noun + 1)
        return " ".join(part.split()), body, max(end, noun + 1)

    def _noun(self, at: int) -> int | None:
        """The last noun of the noun phrase in small letters that begins at token `at`."""
        words, noun = self.words, None
        for i in range(at, min(at + 6, len(words))):
            if words.pos[i] == "NOUN" and words.text[i].islower():
                noun = i
            elif noun is not None or words.pos[i] not in ("DET", "ADJ", "PROPN") or (i > at and words.pos[i] == "DET"):
                break
        return noun

    def _common_noun(self, at: int) -> str:
        """The lemma of the last noun of the phrase at token `at`, names before it passed over."""
        words, noun = self.words, ""
        for i in range(at, min(at + 7, len(words))):
            if words.pos[i] not in ("DET", "ADJ", "PROPN", "NOUN"):
                break
            noun = words.lemma[i]
        return noun

    def body_of(self, title: Title) -> tuple[Found | None, int, int]:
        """The body a title is of by its own phrase, and the tokens the title spans with it."""
        start = left = title.start
        for _ in range(3):  # "Ukraine's embattled foreign minister": the possessor may stand before an adjective or two
            at = left - 1 if self.words.is_possessive(left - 1) else left
            if body := self.body_to.get(at):
                return body, body.start, title.end
            if left and self.words.pos[left - 1] == "ADJ":
                left -= 1
            else:
                break
        after, stop = self._complement(title.end)
        return after, start, stop

    def _complement(self, end: int) -> tuple[Found | None, int]:
        """The body after "of", "for", "to" at token `end`, and where it ends."""
        words = self.words
        if not (end < len(words) and words.lower[end] in _LINKS):
            return None, end
        at = end + 1
        if at < len(words) and words.lower[at] in ("the", "a", "its"):
            at += 1
        body = self.body_at.get(at)
        if words.lower[end] == "to" and words.lower[end - 1] in _ENVOYS:
            return None, end if body is None else body.end
        if body is not None and (larger := self.body_at.get(body.end)) is not None and larger.label == "ORG":
            body = larger  # "of the Romanian | foreign ministry"
        follows = body is not None and body.end < len(words) and words.is_possessive(body.end)
        return (None, end) if body is None or follows else (body, body.end)

    def _before_name(self, title: Title) -> Iterator[Holding]:
        """ "NATO Secretary General Mark Rutte", "Gov. John Kasich of Ohio", "Sens. X and Y"."""
        words = self.words
        body, start, end = self.body_of(title)
        at = next((e for e in (end, title.end) if self._name_after(e)), None)
        if at is None:
            return
        person, former = self._name_after(at), self._is_over(title, start)
        while person is not None:
            stop = person.end
            own, last = (body, stop) if body else self._after_name(stop)
            yield Holding(title, person, own, (start, max(stop, last)), former)
            if not title.plural:
                return
            while stop < len(words) and words.lower[stop] in (",", "and"):
                stop += 1
            person = self.person_at.get(stop) if stop > person.end else None

    def _is_over(self, title: Title, start: int) -> bool:
        """Whether "former" stands in the title or before the body at `start`: "former CIA director"."""
        return title.former or (start > 0 and self.words.lower[start - 1] in FORMER)

    def _name_after(self, at: int) -> Found | None:
        if at < len(self.words) and is_honorific(self.words.lower[at]):
            at += 1
        return self.person_at.get(at)

    def _after_name(self, end: int) -> tuple[Found | None, int]:
        """A body after the name: "of Ohio", "(R-Texas)", ", R-N.Y."."""
        words = self.words
        body, stop = self._complement(end)
        if body is not None and words.lower[end] == "of":
            return body, stop
        at = end + (end < len(words) and words.text[end] in (",", "("))
        if at + 2 < len(words) and words.text[at] in ("R", "D", "I") and words.text[at + 1] in ("-", "–", "—"):
            body = self.body_at.get(at + 2)
            return body, self._closing(body.end) if body else end
        return None, end

    def _closing(self, end: int) -> int:
        return end + (end < len(self.words) and self.words.text[end] == ")")

    def _around_comma(self, title: Title) -> Iterator[Holding]:
        """ "Mark Rutte, the secretary general of NATO," and "NATO's secretary general, Mark Rutte,"."""
        words = self.words
        body, start, end = self.body_of(title)
        if words.lower[title.head] in _LEADERS and (within := self._within_at(title.end)) is not None:
            end = within[2]
        if end < len(words) and words.text[end] == "," and (after := self.person_at.get(end + 1)):
            if title.plural:
                yield from self._each(title, body, start, after)
                return
            closed = after.end >= len(words) or words.text[after.end] in _CLOSERS
            if closed and self._is_apposition(after.start, after.end, title.start, title.end):
                yield Holding(title, after, body, (start, after.end), self._is_over(title, start))
                return
        if self._name_after(title.end) is not None or (before := self._name_before(start)) is None:
            return
        if self._is_apposition(title.start, title.end, before.start, before.end) and not title.plural:
            yield Holding(title, before, body, (before.start, max(end, title.end)), self._is_over(title, start))

    def _each(self, title: Title, body: Found | None, start: int, first: Found) -> Iterator[Holding]:
        """ "The four ministers, A, B and C": all of them, where "and" ends the list."""
        words, listed, ended = self.words, [first], False
        while not ended and words.lower[listed[-1].end : listed[-1].end + 1] in ([","], ["and"]):
            at = listed[-1].end + 1
            ended = words.lower[at - 1] == "and"
            if words.lower[at : at + 1] == ["and"]:
                at, ended = at + 1, True
            if (person := self.person_at.get(at)) is None:
                return
            listed.append(person)
        if ended:
            for person in listed:
                yield Holding(title, person, body, (start, person.end), self._is_over(title, start))

    def _name_before(self, start: int) -> Found | None:
        """The person whose name and comma stand before the noun phrase that reaches token `start`."""
        words = self.words
        at = start - 1
        while at >= 0 and start - at <= 8 and words.tag[at] in _NP_TAGS and at not in self.person_by_token:
            at -= 1
        if at < 1 or words.text[at] not in (",", "—", "–", "("):
            return None
        person = self.person_by_token.get(at - 1)
        return person if person is not None and person.end == at else None

    def _is_apposition(self, start: int, end: int, other_start: int, other_end: int) -> bool:
        """Whether the noun phrase at `start` explains the one at `other_start`, as far as the parse tells."""
        words = self.words
        if not words.parsed:
            return end < len(words) and words.text[end] in _CLOSERS | _LINKS
        root = _root(words, start, end)
        other = _root(words, other_start, other_end)
        if words.head[root] == other or words.head[other] == root:
            return words.dep[root if words.head[root] == other else other] != "conj"
        if words.head[root] == words.head[other] and words.dep[root] == words.dep[other] == "nsubj":
            return True  # of two subjects side by side one explains the other
        return words.head[root] != root and words.dep[root].split(":")[0] not in _APART | {"conj", "root"}

    def _predicate(self, title: Title) -> Iterator[Holding]:
        """ "X is president of Y", "X, who is president of Y", "X was elected president of Y"."""
        words = self.words
        if not words.parsed or title.plural or self._name_after(title.end):
            return
        root = _root(words, title.start, title.end)
        verb, past = self._linking(root)
        if verb is None or words.children_of(verb, "advmod", "aux") != self._harmless(verb):
            return
        person = self._subject(verb)
        if person is not None:
            body, start, end = self.body_of(title)
            span = (min(person.start, start), max(person.end, end, title.end))
            yield Holding(title, person, body, span, title.former or past)

    def _linking(self, root: int) -> tuple[int | None, bool]:
        """The predicate whose subject holds the title with this root, and whether it is over."""
        words = self.words
        copula = words.children_of(root, "cop")
        if copula:
            form = words.lower[copula[0]]
            return (
                (root, form in ("was", "were")) if form in ("is", "was", "'s", "’s", "are", "were") else (None, False)
            )
        head = words.head[root]
        if words.lemma[head] in _HELD and words.dep[root].split(":")[0] in ("xcomp", "obj", "obl"):
            return head, False
        return None, False

    def _harmless(self, verb: int) -> list[int]:
        """Adverbs and auxiliaries of a predicate that leave it a fact: no "not", "would", "will", "never"."""
        fine = ("is", "was", "has", "been", "had", "currently", "now", "also", "still", "who", "were", "are")
        return [c for c in self.words.children_of(verb, "advmod", "aux") if self.words.lower[c] in fine]

    def _subject(self, verb: int) -> Found | None:
        words = self.words
        if words.lower[verb - 1 : verb] == ["who"] and (beside := self._name_before(verb - 1)) is not None:
            return beside
        for child in words.children_of(verb, "nsubj", "nsubj:pass"):
            if words.lower[child] == "who" and words.dep[verb].startswith("acl"):
                child = words.head[verb]
                if words.dep[child] == "appos":  # "X, the lawmaker who leads the committee"
                    child = words.head[child]
            person = self.person_by_token.get(child)
            if person is not None and not words.is_possessive(person.end):
                return person
        return None


def possessor_of(words: Words, title: Title) -> int | None:
    """A token of whoever's the title is: "his then-deputy", "Kay's deputy", "the deputy of the minister"."""
    before, after = title.start - 1, title.end
    while before > 0 and (words.lower[before] in FORMER or words.text[before] == "-" or words.pos[before] == "ADJ"):
        before -= 1
    if words.lower[before : before + 1] in (["his"], ["her"], ["their"]):
        return before
    if before > 0 and words.is_possessive(before):
        return before - 1
    if words.lower[after : after + 1] not in (["of"], ["to"]):
        return None
    after += 1
    while after + 1 < len(words) and (words.lower[after] == "the" or is_honorific(words.lower[after])):
        after += 1
    return after if after < len(words) else None


def deputy_to(holding: Holding, superior: Holding) -> Holding:
    """A deputy's office as named after the office of the one whose deputy it is."""
    text = f"{holding.title.text} {superior.title.text.removeprefix('former ')}"
    title = replace(holding.title, text=text, keys=_keys(text), body=superior.title.body)
    return replace(holding, title=title, body=superior.body)


def _keys(text: str) -> frozenset[str]:
    return frozenset(text.lower().replace("-", " ").split()) - {"of", "the", "to"}


def _over(evidence: tuple[int, int], end: int) -> tuple[int, int]:
    return evidence[0], max(evidence[1], end)


def _longest(bodies: Sequence[Found], key: Callable[[Found], int]) -> dict[int, Found]:
    table: dict[int, Found] = {}
    for body in sorted(bodies, key=lambda b: b.end - b.start):
        table[key(body)] = body
    return table


def _root(words: Words, start: int, end: int) -> int:
    return next((i for i in range(start, end) if not start <= words.head[i] < end), end - 1)
