"""Names made comparable. All functions are pure; none of the results is for showing to people."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_COMBINING = re.compile(r"[\u0300-\u036f]")  # accents of Latin, Greek and Cyrillic; marks of other scripts are letters
_APOSTROPHES = re.compile(r"(?:['’‘ʼ`´]s?(?=\W|$))|['’‘ʼ`´.]")
_BRITISH = re.compile(r"iz(?=(?:e|ed|es|ing|ation|ations|ational)\b)")
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,}|[A-Z][A-Z0-9&]+")


def tidy(name: str) -> str:
    """The name as one line: runs of white space become one space."""
    return " ".join(name.split())


def fold(name: str) -> str:
    """Case, accents, hyphens, full stops and apostrophes gone: "Jean-Rémy O’Neill" → "jean remy oneill"."""
    folded = unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS)
    folded = _APOSTROPHES.sub("", _COMBINING.sub("", folded))
    return " ".join("".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in folded).split())


def fold_organisation(name: str) -> str:
    """As `fold`, without a leading article, and "organization" spelt as "organisation"."""
    return _BRITISH.sub("is", fold(name).removeprefix("the "))


def is_full_name(name: str) -> bool:
    """Whether a person's name has two parts or more that are not initials: "Mark Rutte", not "Rutte" or "M. Rutte"."""
    return sum(len(fold(part)) > 1 for part in name.split()) >= 2


def is_acronym(name: str) -> bool:
    """Whether an organisation's name is written as letters: "NATO", "U.N.", "G20"."""
    return len(name) <= 12 and _ACRONYM.fullmatch(name) is not None
