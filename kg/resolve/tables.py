"""The tables that resolution shares with earlier stages, read without loading those stages and what they stand on."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from kg.resolve.names import fold, sounds
from kg.resolve.titles import office_words


@cache
def given_names() -> dict[str, str]:
    """Given names, as they sound, with "f" or "m" where almost all bearers are of one gender, else ""."""
    rows = _rows("annotate", "first_names.tsv")
    return {sounds(fold(row["name"])): row["gender"] if row["gender"] in ("f", "m") else "" for row in rows}


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Every given name, as it sounds, with the names it may stand for or be short for."""
    table: dict[str, set[str]] = {}
    for row in _rows("extract", "nicknames.tsv"):
        names = {sounds(fold(name)) for name in row["names"].split()}
        for name in names:
            table.setdefault(name, set()).update(names)
    return {name: frozenset(others) for name, others in table.items()}


@cache
def _items() -> dict[str, str]:
    """The items of well-known organisations in Wikidata, by the names that mean nothing else; case counts."""
    table: dict[str, set[str]] = {}
    for row in _rows("annotate", "organisations.tsv"):
        forms = {row["name"], row["long"], row["acronym"], *row["variants"].split("|")}
        for form in forms - {"", *row["ambiguous"].split("|")}:
            table.setdefault(form.removeprefix("The "), set()).add(row["wikidata"])
    return {form: item for form, items in table.items() if len(items) == 1 and (item := min(items))}


def known_item(name: str) -> str | None:
    """The item of Wikidata ("Q7184") of a well-known organisation by its name; None where that may mean others."""
    return _items().get(name.removeprefix("the ").removeprefix("The "))


@cache
def capitals() -> dict[str, str]:
    """The ISO codes of countries by the folded names of their capitals."""
    return {
        fold(capital): row["iso"]
        for row in _rows("annotate", "countries.tsv")
        for capital in row["capitals"].split("|")
        if capital
    }


@lru_cache(maxsize=65536)
def kind_of_office(words: frozenset[str]) -> str:
    """What sort of body an office with these words in its title is of ("state", "legislature", …); "" unknown.

    A committee's is a legislature's. Else that of the longest title of the table whose words are among them; of
    equals, the first.
    """
    if "committee" in words:
        return "legislature"
    found = max((t for t in _titles_with(words) if t <= words), key=len, default=None)
    return "" if found is None else _title_kinds()[found]


def _titles_with(words: frozenset[str]) -> Iterator[frozenset[str]]:
    for word in sorted(words):
        yield from _titles_by_word().get(word, ())


@cache
def words_of_titles() -> frozenset[str]:
    """All words of titles of office."""
    return frozenset(word for title in _title_kinds() for word in title)


@cache
def _titles_by_word() -> dict[str, list[frozenset[str]]]:
    table: dict[str, list[frozenset[str]]] = {}
    for title in _title_kinds():
        for word in title:
            table.setdefault(word, []).append(title)
    return table


@cache
def _title_kinds() -> dict[frozenset[str], str]:
    kinds: dict[frozenset[str], set[str]] = {}
    for row in _rows("extract", "titles.tsv"):
        if row["type"] == "office":
            kinds.setdefault(office_words(row["title"])[0], set()).add(row["body"])
    return {title: "" if len(found) > 1 or "any" in found else min(found) for title, found in kinds.items()}


def _rows(stage: str, name: str) -> list[dict[str, str]]:
    text = (files("kg") / stage / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE, restval=""))
