"""Who is meant by a country's name: ISO 3166-1 countries, and how English news writes them.

The tables in `kg/annotate/data` are our own and reviewed by hand; English short names come from CLDR through Babel.

countries.tsv    one row per ISO 3166-1 alpha-2 code, and XK. Several forms in a cell are separated by `|`. `ambiguous`
                 holds `form=why` for forms that also mean something else: they are matched, and flagged. `unmatched`
                 lists forms of the row that are never looked for, as another country or a plain word has them.
blocked.tsv      longer phrases in which a country's form is no mention of it ("New Mexico", "go Dutch").
things.tsv       what is called after a country and is no mention of it, by form ("French fries", "Irish stew").
contexts.tsv     for a form with several readings, the words that speak for each (`-`: no country at all).
first_names.tsv  given names with gender; they tell the person from the country ("Michael Jordan").
neighbours.tsv   words that tell another sense by standing next to a form: a person, a language, a river, a longer name
                 (`kg.annotate.senses`).

Regions and well-known organisations (`kg.annotate.wellknown`), authorities of a state apart, keep the country inside
their names from matching too.

Decisions. England, Scotland, Wales and Northern Ireland are places inside GB: neither they nor "English", "Scottish",
"Welsh" are mentions of GB ("English" is mostly a language). Of unqualified forms, "Korea" is KR, "Congo" and
"Congolese" CD, "Dominican" DO, "America" US; all flagged. States that are no more (Soviet Union, Yugoslavia) are no
countries; former names of a state that goes on (Burma, Zaire, Swaziland) are. The White House and the Kremlin stand for
their states; the Pentagon, the Capitol or a ministry is an organisation. A country's form inside the name of a less
known organisation ("Jordan Phosphate Mines") is matched: whether a longer name covers it is for the caller to see.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal, cast

from kg.annotate.columns import texts_of
from kg.annotate.senses import Form, is_headline, is_other_sense, is_person, long_name, may_be_namesake, neighbours
from kg.annotate.tables import cell, read_table, spellings
from kg.annotate.wellknown import organisations, regions

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

FormKind = Literal["name", "abbreviation", "demonym", "capital", "seat"]

SPANS_KEY = "countries"
_LARGER = ("state", "subdivision")  # kinds of regions after a comma: "Peru, Indiana", "Jamaica, Queens"
_OF_STATES = frozenset("ambassador army embassy foreign minister ministers ministry parliament premier prime".split())
_SHORTER = (" SAR China",)  # CLDR's short names of HK and MO leave this out


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory of ISO 3166-1, or Kosovo (XK), and the forms that news use for it.

    `name` is the CLDR English name, short where CLDR brackets it. `ambiguous` maps a form to why it is so: person (a
    given name too), surname, place, word, people, country, company or organisation. `unmatched` forms are known but
    not looked for. `wikidata` is the item's id where we are certain of it.
    """

    iso: str
    name: str
    variants: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[str, ...]
    abbreviations: tuple[str, ...] = ()
    ambiguous: Mapping[str, str] = field(default_factory=dict, hash=False)
    unmatched: tuple[str, ...] = ()
    wikidata: str | None = None

    def forms(self) -> Iterator[tuple[str, FormKind, str | None]]:
        """Every spelling looked for, with its kind and why it is ambiguous; each spelling once, names first."""
        groups: tuple[tuple[tuple[str, ...], FormKind], ...] = (
            ((self.name, *self.variants), "name"),
            (self.abbreviations, "abbreviation"),
            (self.demonyms, "demonym"),
            (self.capitals, "capital"),
            (self.seats, "seat"),
        )
        seen = set(self.unmatched)
        for forms, kind in groups:
            for form in forms:
                for spelling in spellings(form) if form not in self.unmatched else ():
                    if spelling not in seen:
                        seen.add(spelling)
                        yield spelling, kind, self.ambiguous.get(form)


@dataclass(frozen=True, slots=True)
class CountryMatch:
    """Tokens `start` to `end` (exclusive) of a Doc that stand for the country `iso`.

    `ambiguous` is why the form may mean something else, or None when it cannot.
    """

    start: int
    end: int
    iso: str
    kind: FormKind
    ambiguous: str | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """One of the things an ambiguous form can mean; `iso` is None for none of the countries."""

    iso: str | None
    default: bool
    company: frozenset[str]


@cache
def countries() -> tuple[Country, ...]:
    """All countries, in the order of their ISO codes. The table is read once."""
    return tuple(_country(row) for row in read_table("countries.tsv"))


@cache
def _by_iso() -> Mapping[str, Country]:
    return {country.iso: country for country in countries()}


def country(iso: str) -> Country:
    """The country of an ISO 3166-1 alpha-2 code (or XK), in capitals; KeyError when there is none."""
    return _by_iso()[iso]


def country_name(iso: str) -> str:
    """The English CLDR name of a country, short where CLDR brackets it: "MM" → "Myanmar". KeyError when unknown."""
    return country(iso).name


@cache
def first_names() -> Mapping[str, str]:
    """Common given names, each with its usual gender: "m", "f", or "u" where both are common."""
    return {row["name"]: row["gender"] for row in read_table("first_names.tsv")}


def find_country(form: str) -> Country | None:
    """The country that a form names by itself ("Ivory Coast", "U.S.", "Burmese"); None when there is none.

    Case counts, as it does in text: "US" is a country and "us" is not.
    """
    iso = _isos().get(form)
    return country(iso) if iso else None


@cache
def _isos() -> Mapping[str, str]:
    return {spelling: each.iso for each in countries() for spelling, _, _ in each.forms()}


def _country(row: dict[str, str]) -> Country:
    name, bracketed = _cldr_name(row["iso"])
    variants = tuple(v for v in dict.fromkeys((*bracketed, *cell(row, "variants"))) if v != name)
    return Country(
        iso=row["iso"],
        name=name,
        variants=variants,
        demonyms=cell(row, "demonyms"),
        capitals=cell(row, "capitals"),
        seats=cell(row, "seats"),
        abbreviations=cell(row, "abbreviations"),
        ambiguous=dict(form.rsplit("=", 1) for form in cell(row, "ambiguous")),
        unmatched=cell(row, "unmatched"),
        wikidata=row["wikidata"] or None,
    )


def _cldr_name(iso: str) -> tuple[str, tuple[str, ...]]:
    """CLDR's English name without a bracket at its end, and what else CLDR calls the country."""
    full = _cldr_territories()[iso]
    for suffix in _SHORTER:
        if full.endswith(suffix):
            return full.removesuffix(suffix), (full,)
    if full.endswith(")") and " (" in full:
        short, bracketed = full[:-1].rsplit(" (", 1)
        return short, (full, bracketed)
    return full, ()


@cache
def _cldr_territories() -> Mapping[str, str]:
    from babel import Locale

    return cast(Mapping[str, str], Locale("en").territories)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a phrase of the matcher means. `iso` is None for a phrase that only keeps shorter ones from matching."""

    iso: str | None
    kind: str
    form: str = ""
    ambiguous: str | None = None


class CountryMatcher:
    """Finds the countries of a Doc: leftmost-longest phrases over token texts, each looked up once, in linear time.

    Token texts are compared exactly (a single line break between two tokens of a phrase is passed over), so "turkey",
    "chad" and "us" never match. `tokenizer` is the one that makes the documents; by default spaCy's English one.
    """

    def __init__(self, vocab: Vocab, tokenizer: Callable[[str], Doc] | None = None) -> None:
        import spacy

        self._tokenize = tokenizer or spacy.blank("en", vocab=vocab).tokenizer
        self._phrases: dict[str, list[tuple[tuple[str, ...], _Entry]]] = {}
        for phrase, entry in _phrases().items():
            words = tuple(t.text for t in self._tokenize(phrase))
            self._phrases.setdefault(words[0], []).append((words, entry))
        for same_start in self._phrases.values():
            same_start.sort(key=lambda item: len(item[0]), reverse=True)
        self._readings = _readings()

    def __call__(self, doc: Doc) -> list[CountryMatch]:
        """The country matches of a Doc, in order, none overlapping another."""
        words = texts_of(doc)
        found = list(self._longest(words))
        company: frozenset[str] | None = None
        people: dict[str, int] = {}  # by form, where somebody of that name first stands
        matches = []
        for (start, end, entry), after in zip_longest(found, found[1:]):
            if entry.kind == "person":
                people.setdefault(words[end - 1], start)
            if entry.iso is None or _in_state(words, end, entry, after):
                continue
            form = Form(start, end, entry.kind, entry.ambiguous, entry.form)
            if _is_pronoun(words, form):
                continue
            if is_person(words, form, _first_names()):
                people.setdefault(entry.form, start)
                continue
            attributive = end < len(doc) and doc[end].pos_ in ("NOUN", "PROPN", "ADJ")
            if is_other_sense(words, form, attributive):
                continue
            iso: str | None = entry.iso
            if entry.form in self._readings:
                company = company or frozenset(words) | {word.lower() for word in words}
                iso = (
                    None if _in_city(words, start, form, self._readings) else _best(self._readings[entry.form], company)
                )
            if iso:
                first, last, kind = long_name(words, start, end, entry.kind)
                matches.append((CountryMatch(first, last, iso, cast(FormKind, kind), entry.ambiguous), form))
        # One sense per discourse (Gale, Church and Yarowsky 1992): after "Jim Jordan", "Jordan" is he.
        return [
            match
            for match, form in matches
            if not (people.get(form.text, len(words)) < form.start and may_be_namesake(words, form))
        ]

    def _longest(self, words: list[str]) -> Iterator[tuple[int, int, _Entry]]:
        start = 0
        while start < len(words):
            for phrase, entry in self._phrases.get(words[start], ()):
                end = _end_of(phrase, words, start)
                if end:
                    yield start, end, entry
                    start = end
                    break
            else:
                start += 1


def annotate_countries(doc: Doc, matcher: CountryMatcher) -> Doc:
    """Writes the countries of a Doc to `doc.spans["countries"]`: `label_` is the ISO code, `id_` the kind of form."""
    from spacy.tokens import Span

    doc.spans[SPANS_KEY] = [Span(doc, m.start, m.end, label=m.iso, span_id=m.kind) for m in matcher(doc)]
    return doc


def _phrases() -> dict[str, _Entry]:
    """Every phrase of the matcher. What is a country by its own name is never blocked by another table."""
    named = {f: _Entry(each.iso, kind, f, why) for each in countries() for f, kind, why in each.forms()}
    starts = {form.split()[0] for form in named}
    blocked = {
        spelling: _Entry(None, kind, iso)
        for phrase, kind, iso in _blockers()
        for spelling in spellings(phrase)
        if kind in _LARGER or not starts.isdisjoint(re.split(r"[\s'’-]+", spelling))
    }
    return blocked | named


def _blockers() -> Iterator[tuple[str, str, str]]:
    """Phrase, kind and ISO code of what keeps a country inside it from matching: other places and names."""
    for row in read_table("blocked.tsv"):
        yield row["phrase"], row["reason"], ""
    for row in read_table("things.tsv"):
        for form in cell(row, "form"):
            for thing in cell(row, "things"):
                yield from ((f"{form} {each}", "thing", "") for each in (thing, thing + "s"))
    for region in regions():
        for form in region.forms():
            yield form, region.type, region.iso or ""
    for organisation in organisations():
        if organisation.kind not in ("agency", "government"):  # "Russian" in "Russian Foreign Ministry" is Russia
            for form in organisation.forms():
                yield form, "organisation", ""


@cache
def _readings() -> Mapping[str, tuple[_Reading, ...]]:
    readings: dict[str, list[_Reading]] = {}
    for row in read_table("contexts.tsv"):
        iso = None if row["reading"] == "-" else row["reading"]
        reading = _Reading(iso, row["default"] == "yes", frozenset(row["company"].split()))
        for spelling in spellings(row["form"]):
            readings.setdefault(spelling, []).append(reading)
    return {form: tuple(each) for form, each in readings.items()}


def _best(readings: Iterable[_Reading], company: frozenset[str]) -> str | None:
    """The reading with the most of its words in the document; of equals the default one."""
    return max(readings, key=lambda r: (len(r.company & company), r.default)).iso


def _end_of(phrase: tuple[str, ...], words: list[str], start: int) -> int | None:
    """Where the phrase that begins at `start` ends, or None when the words there are others."""
    at = start
    for position, wanted in enumerate(phrase):
        if position and at + 1 < len(words) and words[at] == "\n":
            at += 1
        if at >= len(words) or words[at] != wanted:
            return None
        at += 1
    return at


@cache
def _first_names() -> frozenset[str]:
    return frozenset(first_names())


def _is_pronoun(words: Sequence[str], form: Form) -> bool:
    """Whether it is "us" in capitals: "CONTACT US"; or another word in a line of capitals."""
    if form.text == "US":
        return bool(form.start) and words[form.start - 1] in neighbours("before a pronoun")
    return form.text == "CAR" and is_headline(words, form.start)


def _in_city(words: Sequence[str], start: int, form: Form, readings: Mapping[str, tuple[_Reading, ...]]) -> bool:
    """Whether it is where a town lies that is not the country's: "Rome, Georgia"."""
    if form.ambiguous != "place" or form.kind != "name" or start < 2 or words[start - 1] != ",":
        return False
    if _has_state_office(words, form.end):
        return False  # "Ketevan Roe, Georgia's economy minister"
    town = words[start - 2]
    known = next((r.company for r in readings[form.text] if r.iso is not None), frozenset())
    other = any(r.iso is None for r in readings[form.text])
    country = find_country(town)
    listed = country is not None and town not in country.capitals  # "Armenia, Georgia and …"
    return other and town[:1].isupper() and not listed and town not in known


def _has_state_office(words: Sequence[str], end: int) -> bool:
    """Whether what a possessor has is an office or body that states have, and towns and provinces do not."""
    possessed = words[end + 1 : end + 5] if words[end : end + 1] in (["'s"], ["’s"]) else ()
    return not _OF_STATES.isdisjoint(word.lower() for word in possessed)


def _in_state(words: list[str], end: int, entry: _Entry, after: tuple[int, int, _Entry] | None) -> bool:
    """Whether a state or province follows that makes it another place: "Moscow, Idaho", "London, Ontario"."""
    return (
        after is not None
        and after[0] == end + 1
        and words[end] == ","
        and after[2].kind in _LARGER
        and after[2].form != entry.iso
    )
