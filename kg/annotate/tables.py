"""Reading the tables of forms, and how print varies a form."""

from __future__ import annotations

import csv
import unicodedata
from importlib.resources import files

_SWAPS = (("&", "and"), ("St. ", "Saint "), ("St. ", "St "), ("’", "'"), ("'", "’"))


def read_table(name: str, stage: str = "annotate") -> list[dict[str, str]]:
    """The rows of a tab-separated table in a stage's `data` folder, by column name. Empty cells are ''."""
    text = (files("kg") / stage / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE, restval=""))


def cell(row: dict[str, str], column: str) -> tuple[str, ...]:
    """The forms of a cell, which `|` separates."""
    return tuple(form for form in row[column].split("|") if form)


def spellings(form: str) -> tuple[str, ...]:
    """A form as print varies it: apostrophes, "&" or "and", "St." or "Saint", without accents, in capitals."""
    variants = [form]
    for old, new in _SWAPS:
        variants += [v.replace(old, new) for v in variants if old in v]
    variants += [unaccented(v) for v in variants]
    variants += [v.upper() for v in variants]
    return tuple(dict.fromkeys(variants))


def unaccented(form: str) -> str:
    """A form without the marks on its letters."""
    return (
        form
        if form.isascii()
        else "".join(c for c in unicodedata.normalize("NFKD", form) if not unicodedata.combining(c))
    )
