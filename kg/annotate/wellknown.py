"""Places that are no countries, and organisations and parties that news take for known.

regions.tsv        name, variants, demonyms, type (continent, region, sea, river, state, constituent country, former
                   country, disputed territory, subdivision, city), the ISO code of the country it belongs to where that
                   is one, and `form=why` for forms that also mean something else.
organisations.tsv  the name news use first, long name, acronym, variants, kind, the ISO code of its country where it has
                   one, and the forms that mean it only in its company ("VA", "Apple", "Senate").
parties.tsv        political parties, alliances, their youth wings and movements, since about 1900: the usual
                   English name, native names (in Latin letters), acronyms, variants, the ISO codes of their countries
                   and the forms that are also a plain word or another frequent name ("Labour", "Forward", "ETA"). A
                   form stands once in a country; several countries may each have a Labour Party.

Where a place is disputed, its row says `disputed territory`; the code there is the state that most states see it part
of, and empty where there is no such state.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, cast

from kg.annotate.tables import cell, read_table, spellings

RegionType = Literal[
    "continent", "region", "sea", "river", "state", "constituent country", "former country", "disputed territory",
    "subdivision", "city",
]  # fmt: skip
OrganisationKind = Literal["igo", "agency", "government", "media", "party", "company", "ngo"]


@dataclass(frozen=True, slots=True)
class Region:
    """A place that is no country. `iso` is the country it belongs to, None when there are several or none.

    `ambiguous` maps a form to why it may mean something else: a word, a person, a place, an organisation, …
    """

    name: str
    variants: tuple[str, ...]
    demonyms: tuple[str, ...]
    type: RegionType
    iso: str | None = None
    ambiguous: Mapping[str, str] = field(default_factory=dict, hash=False)

    def forms(self) -> Iterator[str]:
        """Its name, variants and demonyms, as the table writes them."""
        yield from (self.name, *self.variants, *self.demonyms)


@dataclass(frozen=True, slots=True)
class Organisation:
    """A well-known organisation. `name` is what news use first; `iso` the country it belongs to, if one.

    kind: igo (international organisation, alliance or court), agency (of a state: ministry, service, force, central
    bank), government (parliament, administration, court), media, party (armed movements too), company, ngo (also
    churches, unions, universities and think tanks). `ambiguous` forms mean it only where the text speaks of it anyway.
    """

    name: str
    long: str | None
    acronym: str | None
    variants: tuple[str, ...]
    kind: OrganisationKind
    iso: str | None = None
    ambiguous: tuple[str, ...] = ()

    def forms(self) -> Iterator[str]:
        """Its name, long name, acronym and variants, as the table writes them."""
        yield from dict.fromkeys(form for form in (self.name, self.long, self.acronym, *self.variants) if form)


@dataclass(frozen=True, slots=True)
class Party:
    """A political party, alliance or movement. `isos` are its countries, none for an international one.

    `ambiguous` forms are also a plain word or another frequent name.
    """

    name: str
    native: tuple[str, ...]
    acronyms: tuple[str, ...]
    variants: tuple[str, ...]
    isos: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()

    def forms(self) -> Iterator[str]:
        """Its name, native names, acronyms and variants, as the table writes them."""
        yield from (self.name, *self.native, *self.acronyms, *self.variants)


@cache
def regions() -> tuple[Region, ...]:
    """All regions, by name. The table is read once."""
    return tuple(
        Region(
            name=row["name"],
            variants=cell(row, "variants"),
            demonyms=cell(row, "demonyms"),
            type=cast(RegionType, row["type"]),
            iso=row["iso"] or None,
            ambiguous=dict(form.rsplit("=", 1) for form in cell(row, "ambiguous")),
        )
        for row in read_table("regions.tsv")
    )


@cache
def organisations() -> tuple[Organisation, ...]:
    """All well-known organisations, by name. The table is read once."""
    return tuple(
        Organisation(
            name=row["name"],
            long=row["long"] or None,
            acronym=row["acronym"] or None,
            variants=cell(row, "variants"),
            kind=cast(OrganisationKind, row["kind"]),
            iso=row["iso"] or None,
            ambiguous=cell(row, "ambiguous"),
        )
        for row in read_table("organisations.tsv")
    )


@cache
def parties() -> tuple[Party, ...]:
    """All parties, by name and country. The table is read once."""
    return tuple(
        Party(
            name=row["name"],
            native=cell(row, "native"),
            acronyms=cell(row, "acronyms"),
            variants=cell(row, "variants"),
            isos=cell(row, "iso"),
            ambiguous=cell(row, "ambiguous"),
        )
        for row in read_table("parties.tsv")
    )


def find_region(form: str) -> Region | None:
    """The region of this name, variant or demonym; case counts, all capitals are understood. None when unknown."""
    return _regions().get(_bare(form))


def find_organisation(form: str) -> Organisation | None:
    """The well-known organisation of this name, with or without "the"; case counts as for `find_region`."""
    return _organisations().get(form) or _organisations().get(_bare(form))


def _bare(form: str) -> str:
    return form.removeprefix("the ").removeprefix("The ").removeprefix("THE ")


@cache
def _regions() -> Mapping[str, Region]:
    return {spelling: each for each in reversed(regions()) for form in each.forms() for spelling in spellings(form)}


@cache
def _organisations() -> Mapping[str, Organisation]:
    return {s: each for each in reversed(organisations()) for form in each.forms() for s in spellings(form)}
