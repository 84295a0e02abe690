"""The people, organisations, countries and places of one article, with all that refers to them there.

`find_referents` runs the whole of it over a Doc: names are mended and typed, grouped by what they name, given their
titles and offices, and joined by the pronouns, titles and nouns that go back to them. The order of steps matters: who
holds which title must be known before "the minister" can be anybody, and who "he" may be before quotations are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from kg.annotate.gazetteer import country_name
from kg.annotate.wellknown import find_organisation, find_region
from kg.extract.anaphors import TitlePhrase
from kg.extract.bodies import nicknames
from kg.extract.discourse import Standing
from kg.extract.kinds import kind_of
from kg.extract.names import fold, is_acronym, likely_gender, parse_person, stands_for
from kg.extract.offices import Holding, TitleFinder, deputy_to, honorific_gender, possessor_of
from kg.extract.organisations import NamedOrganisation, cluster_organisations, fullest
from kg.extract.people import NamedPerson, cluster_people, gender_of
from kg.extract.places import Found, find_countries
from kg.extract.recognise import recognise
from kg.extract.reference import Choose, Held, Resolver, most_likely
from kg.extract.referents import Ref, Referents
from kg.extract.speaking import Attribution
from kg.extract.terms import Terms
from kg.extract.titles import OF_THE_PRESS, Title, cut_title, find_titles
from kg.extract.unnamed import Unnamed, find_unnamed
from kg.extract.words import Words, read_words
from kg.model import Entity, EntityType, Mention, MentionKind, Office, Span

# Offices of a state that a country has many of.
_LOCAL = frozenset("attorney chief comptroller district governor mayor police sheriff superintendent treasurer".split())


@dataclass(slots=True)
class _Node:
    """An entity in the making. `names` are its name mentions' texts in order of the article."""

    type: EntityType
    refs: list[Ref] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    iso: str | None = None
    gender: str | None = None


def find_entities(doc: Doc, published: str | None = None) -> tuple[Entity, ...]:
    """The entities of a document, numbered e1, e2, … in order of first mention. Pure; linear in the text's length.

    Reads tags, parse (where there is one), `doc.ents` (PER, ORG, LOC, MISC), `doc.spans["countries"]` and
    `doc.spans["claims"]`; each of them may be missing.
    """
    return find_referents(doc, published=published).entities


def find_referents(doc: Doc, choose: Choose = most_likely, published: str | None = None) -> Referents:
    """The entities of a document and the look-up of what its spans refer to; `choose` decides what pronouns mean.

    From `published`, the article's ISO 8601 date, the dates of offices are counted ("resigned on Wednesday").
    """
    return _Builder(read_words(doc), choose, published).build()


def read_attributions(doc: Doc) -> list[Attribution]:
    """The claims that the reader model marked in `doc.spans["claims"]`, in order of their first token."""
    parts: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for span in doc.spans.get("claims", ()):
        parts.setdefault(span.id_, {}).setdefault(span.label_.lower(), []).append((span.start, span.end))
    found = [
        Attribution(number, *(tuple(sorted(roles.get(role, []))) for role in ("source", "cue", "content")))
        for number, roles in parts.items()
    ]
    return sorted(found, key=lambda a: min(a.source + a.cue + a.content))


class _Builder:
    """The steps, over the state they share."""

    def __init__(self, words: Words, choose: Choose, published: str | None) -> None:
        self.words = words
        self.terms = Terms(words, published)
        self.choose = choose
        self.nodes: list[_Node] = []
        self.refs: dict[int, list[Ref]] = {}
        self.owner: dict[tuple[int, int], int] = {}  # name mention, by tokens -> node
        self.unnamed: list[Unnamed] = []
        self.held: dict[int, list[tuple[Holding, int | None]]] = {}  # person -> titles and the nodes they are of
        all_titles = find_titles(words)
        names = recognise(words, all_titles)
        self.titles = _outside_names(words, all_titles, names)
        self.countries, places = find_countries(words, names)
        taken = {(c.start, c.end) for c in self.countries} | {(p.start, p.end) for p in places}
        names = [n for n in names if (n.start, n.end) not in taken]
        self.people = [n for n in names if n.label == "PER"]
        self.organisations = [n for n in names if n.label == "ORG"]
        self.places = sorted([*(n for n in names if n.label == "LOC"), *places], key=lambda n: (n.start, n.end))

    def build(self) -> Referents:
        self._add_people()
        self._add_organisations()
        self._add_countries()
        self._add_places()
        finder = TitleFinder(self.words, self.titles, self.people, self._bodies())
        holdings = finder.holdings()
        held, alone = self._add_titles(finder, holdings)
        self._add_references(held, alone)
        self._add_offices([*holdings, *finder.leading(), *self._of_pronouns()])
        return self._finish()

    def _of_pronouns(self) -> list[Holding]:
        """ "She was ambassador to Chad": offices of those that pronouns go back to."""
        pronouns = []
        for node, made in enumerate(self.nodes):
            for ref in made.refs if made.type == "Person" else ():
                if ref.kind == "pronoun":
                    pronouns.append(Found(ref.start, ref.end, "PER"))
                    self.owner[ref.start, ref.end] = node
        return TitleFinder(
            self.words, self.titles, sorted(pronouns, key=lambda p: p.start), self._bodies()
        ).predicates()

    def _bodies(self) -> list[Found]:
        return [*self.organisations, *self.places, *(Found(c.start, c.end, "LOC") for c in self.countries)]

    def _text(self, start: int, end: int) -> str:
        words = self.words
        return " ".join(words.body[words.start[start] : words.end[end - 1]].split())

    def _new(self, type: EntityType) -> int:
        self.nodes.append(_Node(type))
        return len(self.nodes) - 1

    def _refer(self, node: int, start: int, end: int, kind: MentionKind) -> None:
        ref = Ref(start, end, kind, node, self.nodes[node].type)
        self.nodes[node].refs.append(ref)
        group = self.refs.setdefault(start, [])
        group.append(ref)
        group.sort(key=lambda r: -r.end)

    def _name(self, node: int, found: Found, kind: MentionKind = "name", name: str | None = None) -> None:
        self.nodes[node].names.append(name or self._text(found.start, found.end))
        self.owner[found.start, found.end] = node
        self._refer(node, found.start, found.end, kind)

    def _add_people(self) -> None:
        title_to = {t.end: t for t in self.titles}
        named = []
        for person in self.people:
            honorific = honorific_gender(self.words, person.start)
            title = title_to.get(person.start - (honorific is not None))
            gender = honorific or (title.gender if title else None)
            name = parse_person(self._text(person.start, person.end))
            named.append(
                NamedPerson(
                    person.start,
                    person.end,
                    name,
                    gender,
                    title.keys if title else frozenset(),
                    self._is_another(person),
                )
            )
        for members in cluster_people(named):
            node = self._new("Person")
            for i in members:
                self._name(node, self.people[i])
            told = [g for i in members if (g := named[i].gender)]
            self.nodes[node].gender = gender_of([named[i].name for i in members], told)

    def _is_another(self, person: Found) -> bool:
        """Whether the words before a name say that it is another one's, too: ", also John Smith", "a namesake, …"."""
        words, at = self.words, person.start - 1
        if at >= 1 and words.lower[at] == "also":
            return words.text[at - 1] in (",", "(")
        return at >= 0 and words.lower[at] in ("another", "namesake")

    def _add_organisations(self) -> None:
        countries = {c.start: c.end for c in self.countries}
        called = {
            (name.start, name.end): self._text(other.start, other.end)
            for name, other in nicknames(self.words, self.organisations)
        }
        named = []
        for found in self.organisations:
            start = countries.get(found.start, found.start)
            start += start < found.end and self.words.is_possessive(start)
            text = self._text(found.start, found.end)
            rest = self._text(start, found.end) if start < found.end else text
            known = find_organisation(text)
            named.append(
                NamedOrganisation(
                    found.start,
                    found.end,
                    text,
                    rest,
                    called.get((found.start, found.end)) or self._acronym_after(found, text),
                    known.name if known else None,
                )
            )
        for members in cluster_organisations(named):
            node = self._new("Organisation")
            for i in members:
                self._name(node, self.organisations[i])

    def _acronym_after(self, found: Found, text: str) -> str | None:
        """The acronym in brackets after a name, when the name gives it."""
        words, at = self.words, found.end
        if at + 2 < len(words) and words.text[at] == "(" and words.text[at + 2] == ")":
            acronym = words.text[at + 1]
            if is_acronym(acronym) and (stands_for(acronym, text) or acronym[0].lower() == fold(text)[0]):
                return acronym
        return None

    def _add_countries(self) -> None:
        nodes: dict[str, int] = {}
        for mention in self.countries:
            if mention.iso not in nodes:
                nodes[mention.iso] = self._new("Country")
                self.nodes[nodes[mention.iso]].iso = mention.iso
            self._refer(nodes[mention.iso], mention.start, mention.end, mention.kind)
            self.owner[mention.start, mention.end] = nodes[mention.iso]

    def _add_places(self) -> None:
        nodes: dict[str, int] = {}
        for found in self.places:
            text = self._text(found.start, found.end)
            region = find_region(text)
            key = fold(region.name if region else text)
            if key not in nodes:
                nodes[key] = self._new("Place")
            demonym = region is not None and text in region.demonyms
            self._name(nodes[key], found, "demonym" if demonym else "name", region.name if region else None)

    def _add_titles(self, finder: TitleFinder, holdings: Sequence[Holding]) -> tuple[list[Held], list[TitlePhrase]]:
        """Title mentions beside their holder's name; who holds which title, and the titles that stand alone."""
        held, tied = [], set()
        for h in holdings:
            person = self._node_of(h.person)
            tied.add(h.title.start)
            if person is not None:
                self._refer(person, h.title.start, h.title.end, "title")
                former = h.title.former or h.former
                sort = "press" if self.words.lower[h.title.head] in OF_THE_PRESS else h.title.body
                held.append(Held(h.title.keys, former, person, self._node_of(h.body), h.evidence[0], sort))
                if self.nodes[person].gender is None:
                    self.nodes[person].gender = h.title.gender
        return held, [self._phrase(finder, t) for t in self.titles if t.start not in tied]

    def _phrase(self, finder: TitleFinder, title: Title) -> TitlePhrase:
        body, start, end = finder.body_of(title)
        return TitlePhrase(title, self._node_of(body), start, end)

    def _node_of(self, found: Found | None) -> int | None:
        return None if found is None else self.owner.get((found.start, found.end))

    def _add_references(self, held: Sequence[Held], titles: Sequence[TitlePhrase]) -> None:
        """Pronouns, titles standing alone and nouns that go back to an entity."""
        standings = {i: self._standing(n) for i, n in enumerate(self.nodes)}
        attributions = read_attributions(self.words.doc)
        resolver = Resolver(self.words, self.refs, standings, attributions, titles, held, self.choose)
        for ref in resolver.resolve():
            self.nodes[ref.node].refs.append(ref)
        for group in self.refs.values():
            group.sort(key=lambda r: (-r.end, r.node))
        self.unnamed = find_unnamed(self.words, titles, self.refs, resolver.chains())

    def _standing(self, node: _Node) -> Standing:
        words = frozenset(word for name in node.names for word in name.lower().split())
        standing = Standing(node.type, node.gender, kind_of(node.type, node.names), words)
        if node.type == "Person" and node.gender is None:
            full = next((n for n in map(parse_person, node.names) if n.is_full and not n.abbreviated), None)
            standing.likely = likely_gender(full.parts[0]) if full is not None else None
        return standing

    def _add_offices(self, holdings: Iterable[Holding]) -> None:
        by_person: dict[int, list[Holding]] = {}
        for h in holdings:
            person = self._node_of(h.person)
            if person is not None and (h.title.is_office or (h.body is not None and h.body.label == "ORG")):
                by_person.setdefault(person, []).append(self._dated(h))
        by_person = {
            p: [d for h in own if (d := self._as_deputy(h, by_person)) is not None] for p, own in by_person.items()
        }
        countries = [i for i, n in enumerate(self.nodes) if n.type == "Country"]
        only_country = countries[0] if len(countries) == 1 else None
        for person, own in by_person.items():
            kept: list[tuple[Holding, int | None]] = []
            for h in sorted(own, key=lambda h: (h.body is None, -len(h.title.keys), h.evidence)):
                body = self._node_of(h.body)
                if body is None and self._is_of_a_state(h.title):
                    body = only_country
                if not any(_says_less(h, body, other, its) for other, its in kept):
                    kept.append((h, body))
            self.held[person] = sorted(kept, key=lambda pair: pair[0].evidence)
        self._add_turns()

    def _as_deputy(self, h: Holding, by_person: dict[int, list[Holding]]) -> Holding | None:
        """ "The energy minister's deputy" as deputy energy minister; None for one of somebody without an office."""
        if h.title.keys != {"deputy"} or h.body is not None:
            return h
        owner, at = self._node_of(h.person), possessor_of(self.words, h.title)
        if at is None:
            return h
        refs = [r for group in self.refs.values() for r in group if r.start <= at < r.end and r.node != owner]
        offices = [its for r in refs for its in by_person.get(r.node, ()) if its.title.is_office]
        return deputy_to(h, max(offices, key=lambda o: (len(o.title.keys), o.body is not None))) if offices else None

    def _dated(self, h: Holding) -> Holding:
        """With the dates that the text gives for this office."""
        title, words = h.title, self.words
        end = max(title.end, h.body.end if h.body else 0)
        start, until = self.terms.of(min(title.start, h.body.start if h.body else title.start), end, title.head)
        if start is None and until is None:
            start = next(
                (day for verb in (title.head, words.head[title.head]) if (day := self.terms.entered(verb))), None
            )
        return replace(h, start=start, end=until)

    def _add_turns(self) -> None:
        """Dates told of somebody's taking or leaving office, for the office they hold or held by then."""
        owners = {i: ref for group in self.refs.values() for ref in group for i in range(ref.start, ref.end)}
        for turn in self.terms.turns():
            ref = owners.get(turn.subject)
            own = self.held.get(ref.node, []) if ref is not None else []
            # somebody who leaves may be called former already; whoever is in office is not
            fit = [n for n, (h, _) in enumerate(own) if not (h.start or h.end) and (turn.until or not h.former)]
            if fit:
                best = max(fit, key=lambda n: (not own[n][0].title.former, len(own[n][0].title.keys), -n))
                holding, body = own[best]
                own[best] = (replace(holding, start=turn.since, end=turn.until), body)

    def _is_of_a_state(self, title: Title) -> bool:
        """Whether a title is of a country and its phrase names no body that was missed ("AFL-CIO President")."""
        before, after = title.start - 1, title.end
        named = before >= 0 and (self.words.pos[before] in ("PROPN", "NOUN") or self.words.is_possessive(before))
        named = named or (after < len(self.words) and self.words.lower[after] in ("of", "for", "at"))
        return title.body == "state" and not title.keys & _LOCAL and not named and " to " not in title.text

    def _finish(self) -> Referents:
        words = self.words
        order = sorted(range(len(self.nodes)), key=lambda i: (min((r.start, -r.end) for r in self.nodes[i].refs), i))
        ids = {node: f"e{number}" for number, node in enumerate(order, 1)}
        entities = tuple(self._entity(node, ids) for node in order)
        marks = sorted((m.start, m.end, e.id) for e in entities for m in e.mentions)
        unnamed = tuple(self._unnamed_entity(n, one, ids) for n, one in enumerate(self.unnamed, 1))
        titles = {
            start: (Ref(start, end, kind, -n, "Person"),)
            for n, one in enumerate(self.unnamed, 1)
            for start, end, kind in one.mentions
        }
        return Referents(
            entities=entities,
            words=words,
            unnamed=unnamed,
            _titles=titles,
            _refs=self.refs,
            _ids={**ids, **{-n: entity.id for n, entity in enumerate(unnamed, 1)}},
            _starts=tuple(start for start, _, _ in marks),
            _marks=tuple((end, id) for _, end, id in marks),
        )

    def _entity(self, node: int, ids: dict[int, str]) -> Entity:
        made = self.nodes[node]
        mentions = sorted({Mention(*self._chars(r.start, r.end), r.kind) for r in made.refs})
        offices = tuple(
            Office(
                title=("former " if h.former and not h.title.former else "") + h.title.text,
                of=None if body is None else ids[body],
                evidence=Span(*self._chars(*h.evidence)),
                start=h.start,
                end=h.end,
            )
            for h, body in self.held.get(node, [])
        )
        name = country_name(made.iso) if made.iso else fullest(made.names)
        return Entity(ids[node], made.type, name, tuple(mentions), made.iso, offices)

    def _unnamed_entity(self, number: int, one: Unnamed, ids: dict[int, str]) -> Entity:
        """One known by an office alone, called by the words for it."""
        title, span = one.phrase.title, Span(*self._chars(one.start, one.end))
        text = title.text if title.former or not one.former else f"former {title.text}"
        office = Office(text, None if one.body is None else ids[one.body], span)
        mentions = tuple(Mention(*self._chars(start, end), kind) for start, end, kind in one.mentions)
        return Entity(f"u{number}", "Person", " ".join(span.text.split()), mentions, offices=(office,))

    def _chars(self, start: int, end: int) -> tuple[int, int, str]:
        a, b = self.words.start[start], self.words.end[end - 1]
        return a, b, self.words.body[a:b]


def _outside_names(words: Words, titles: Sequence[Title], names: Sequence[Found]) -> list[Title]:
    """Titles that are no part of a name ("Department of Justice"), without what is ("Treasury Secretary")."""
    owner = {i: n for n in names for i in range(n.start, n.end)}
    free = [t for t in titles if t.head not in owner]
    before = [owner.get(t.start) for t in free]
    return [t if n is None else cut_title(words, t, n.end) for t, n in zip(free, before, strict=True)]


def _says_less(h: Holding, body: int | None, other: Holding, its_body: int | None) -> bool:
    """Whether an office adds nothing to one already kept: fewer words, and the same body or none."""
    same_time = (h.former or h.title.former) == (other.former or other.title.former)
    return same_time and h.title.keys <= other.title.keys and (body is None or h.body is None or body == its_body)
