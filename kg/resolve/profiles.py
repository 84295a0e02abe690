"""What is known of an entity of one article, and of several taken together, as far as it tells who is who.

A `Profile` begins as one entity of one article and grows as others are found to be the same. Adding one costs no more
than what it brings, however much is there already.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kg.model import Article, Entity, EntityType, Evidence, Member, Span
from kg.resolve.names import fold, is_acronym, organisation_words, person_parts, sounds, tidy
from kg.resolve.tables import capitals, words_of_titles
from kg.resolve.titles import office_words

_LINKING = frozenset("a an and former from in of s the to whose who".split())
_ODD = 1  # words between a name and a country that belong to no title
_REACH = 60  # characters around a name within which a country is taken to be the bearer's
_GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """An office made comparable: the words of its title, and the body's country code or folded name ("" unknown)."""

    words: frozenset[str]
    body: str
    over: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """How often an office was seen, and the first and last day it was, as ordinals; 0 where no day is known."""

    times: int
    first: int
    last: int

    def __or__(self, other: Held) -> Held:
        first = min(filter(None, (self.first, other.first)), default=0)
        return Held(self.times + other.times, first, max(self.last, other.last))

    def meets(self, other: Held, slack: int = 0) -> bool:
        """Whether both were seen over times at most `slack` days apart; so too where no time is known."""
        unknown = not (self.first and other.first)
        return unknown or (self.first <= other.last + slack and other.first <= self.last + slack)


@dataclass(slots=True, eq=False)
class Profile:
    """Entities of articles taken for one. `company` counts who and what else their articles name, weighted by rarity.

    `days` are the first and last day of publication, as ordinals. `articles` are the keys of those that cannot speak of
    this one by another entity, too. `first` is the earliest of the members, and stands for all.
    """

    first: Member
    members: list[Member]
    types: Counter[EntityType]
    names: Counter[str]
    articles: set[str]
    offices: dict[OfficeKey, Held] = field(default_factory=dict)
    countries: Counter[str] = field(default_factory=Counter)
    genders: Counter[str] = field(default_factory=Counter)
    outlets: set[str] = field(default_factory=set)
    days: tuple[int, int] | None = None
    company: dict[str, float] = field(default_factory=dict)
    norm: float = 0.0  # the square of the length of `company`
    is_outlet: bool = False  # whether it is called as an outlet of the articles is
    own_company: bool = False  # whether `company` is this profile's alone, or shared with others of the article

    @property
    def type(self) -> EntityType:
        """The type most of them were read as; of several, the one read first."""
        return max(self.types, key=self.types.__getitem__)

    def absorb(self, other: Profile) -> None:
        """Takes in all that is known of another."""
        self.members += other.members
        self.articles |= other.articles
        self.outlets |= other.outlets
        self.is_outlet |= other.is_outlet
        for mine, its in (
            (self.types, other.types), (self.names, other.names),
            (self.countries, other.countries), (self.genders, other.genders),
        ):  # fmt: skip
            mine.update(its)  # type: ignore[arg-type]
        for office, held in other.offices.items():
            before = self.offices.get(office)
            self.offices[office] = held if before is None else before | held
        bounds = [days for days in (self.days, other.days) if days]
        self.days = (min(d[0] for d in bounds), max(d[1] for d in bounds)) if bounds else None
        if not self.own_company:
            self.company, self.own_company = dict(self.company), True
        for key, weight in other.company.items():
            known = self.company.get(key, 0.0)
            self.company[key] = known + weight
            self.norm += weight * (2 * known + weight)

    def own_keys(self) -> set[str]:
        """What `company` calls these themselves."""
        return {key for name in self.names for key in _company_keys(name)}

    def likeness(self, other: Profile) -> float:
        """The cosine of the two companies, 0 to 1, both without what they are called themselves."""
        left_out = self.own_keys() | other.own_keys()
        small, large = sorted((self.company, other.company), key=len)
        shared = sum(w * large.get(key, 0.0) for key, w in small.items() if key not in left_out)
        # fsum: the order of a set must not show
        norms = [p.norm - math.fsum(p.company.get(key, 0.0) ** 2 for key in left_out) for p in (self, other)]
        return min(shared / math.sqrt(norms[0] * norms[1]), 1.0) if shared > 0 and min(norms) > 1e-9 else 0.0


def profiles(records: Sequence[Evidence]) -> dict[Member, Profile]:
    """The profile of every person, organisation and other named entity of every article, countries left out."""
    rarity = _rarity(records)
    press = _press(record.article.outlet for record in records)
    found = {}
    for record in records:
        company = {key: rarity[key] for key in _company(record)}
        norm = sum(weight * weight for weight in company.values())
        near = _Countries(record)
        entities = {e.id: e for e in record.entities}
        day = _day(record.article)
        things = {fold(e.name) for e in record.entities if e.type != "Person"}
        for entity in record.entities:
            if entity.type == "Country":
                continue
            member = Member(record.article.key, entity.id)
            found[member] = Profile(
                first=member,
                members=[member],
                types=Counter({entity.type: 1}),
                names=Counter(_cleaned(name, things) if entity.type == "Person" else name for name in called(entity)),
                articles={record.article.key},
                offices={office: Held(1, *(day or (0, 0))) for office in _offices(entity, entities)},
                countries=Counter(near.of(entity)),
                genders=Counter(_GENDERS[w] for m in entity.mentions if (w := m.text.lower()) in _GENDERS),
                outlets={record.article.outlet} if record.article.outlet else set(),
                days=day,
                is_outlet=any(organisation_words(name) in press for name in called(entity)),
                company=company,
                norm=norm,
            )
    return found


def _press(outlets: Iterable[str | None]) -> set[tuple[str, ...]]:
    """What outlets are called: their names, and the beginnings of these, since few say all of it."""
    names = {organisation_words(outlet) for outlet in outlets if outlet}
    return {words[:size] for words in names for size in range(1, len(words) + 1)}


def called(entity: Entity) -> list[str]:
    """The names an article calls it by, its fullest first; not what else it is called ("the minister", "she")."""
    named = list(dict.fromkeys(tidy(m.text) for m in entity.mentions if m.kind == "name"))
    full = tidy(entity.name)
    return [full, *(n for n in named if n != full)] if full in named else named


def _cleaned(name: str, things: Collection[str]) -> str:
    """A person's name without what was read into it: "Varna R. Mileva" where Varna is named by itself, too."""
    first, _, rest = name.partition(" ")
    stray = fold(first) in things or (is_acronym(first) and "." not in first)
    return rest if stray and len(person_parts(rest)) > 1 else name


def _offices(entity: Entity, entities: Mapping[str, Entity]) -> Iterator[OfficeKey]:
    """Its offices; a body that the words of the office do not name was guessed from the article, and tells nothing."""
    for office in entity.offices:
        words, over = office_words(office.title)
        body = entities.get(office.of or "")
        named = body is not None and is_named_in(body, office.evidence)
        if words:
            name = body.iso or " ".join(organisation_words(body.name)) if body is not None and named else ""
            yield OfficeKey(words, name, over)


def is_named_in(entity: Entity, span: Span) -> bool:
    """Whether an entity of an article is mentioned within a span of it."""
    return any(span.start <= m.start and m.end <= span.end for m in entity.mentions)


def _day(article: Article) -> tuple[int, int] | None:
    try:
        day = date.fromisoformat((article.published or "")[:10]).toordinal()
    except ValueError:
        return None
    return day, day


def _rarity(records: Iterable[Evidence]) -> dict[str, float]:
    """The inverse document frequency of every key of company (Spärck Jones 1972)."""
    count: Counter[str] = Counter()
    total = 0
    for record in records:
        count.update(_company(record))
        total += 1
    return {key: math.log(1 + total / times) for key, times in count.items()}


def _company(record: Evidence) -> set[str]:
    return {
        key
        for entity in record.entities
        for key in ([f"={entity.iso}"] if entity.iso else _company_keys(tidy(entity.name)))
    }


def _company_keys(name: str) -> list[str]:
    """A name as company: the sound of its last word for whatever may be a person, all of it too."""
    parts = person_parts(name)
    return [sounds(" ".join(organisation_words(name))), *([sounds(parts[-1])] if len(parts) > 1 else [])]


class _Countries:
    """The countries that an article names, by themselves or by their capitals, to find those right beside a name."""

    def __init__(self, record: Evidence) -> None:
        self.body = record.article.body
        self.entities = {e.id: e for e in record.entities}
        self.iso = {e.id: iso for e in record.entities if (iso := e.iso or capitals().get(fold(e.name)))}
        self.mentions: list[tuple[int, int, str]] = sorted(
            (m.start, m.end, self.iso[e.id]) for e in record.entities if e.id in self.iso for m in e.mentions
        )
        self.starts = [start for start, _, _ in self.mentions]

    def of(self, entity: Entity) -> Iterator[str]:
        """Countries of the entity's offices, and those named beside it, with nothing but a comma between."""
        for office in entity.offices:
            if office.of in self.iso and is_named_in(self.entities[office.of], office.evidence):
                yield self.iso[office.of]
        for mention in entity.mentions:
            if mention.kind == "name":
                at = bisect_left(self.starts, mention.start)
                if at and self._beside(self.mentions[at - 1][1], mention.start):
                    yield self.mentions[at - 1][2]
                if at < len(self.starts) and self._beside(mention.end, self.starts[at]):
                    yield self.mentions[at][2]

    def _beside(self, end: int, start: int) -> bool:
        """Whether little but a comma and a title stands between: "Rusu, Moldova's minister", not "Rusu has no ties to
        the Moldovan minister"."""
        between = self.body[end:start]
        if len(between) > _REACH or between.count(",") > 1 or any(c in between for c in ".;:!?\n"):
            return False
        others = [word for word in fold(between).split() if word not in _LINKING and word not in words_of_titles()]
        return len(others) <= _ODD
