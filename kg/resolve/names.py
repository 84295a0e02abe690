"""Names made comparable. All functions are pure; none of the results is for showing to people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_COMBINING = re.compile(r"[\u0300-\u036f]")  # accents of Latin, Greek and Cyrillic; marks of other scripts are letters
_APOSTROPHES = re.compile(r"(?:['’‘ʼ`´]s?(?=\W|$))|['’‘ʼ`´.]")
_BRITISH = re.compile(r"iz(?=(?:e|ed|es|ing|ation|ations|ational)\b)")
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,}|[A-Z][A-Z0-9&]+")


def tidy(name: str) -> str:
    """The name as one line: runs of white space become one space."""
    return " ".join(name.split())


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Case, accents, hyphens, full stops and apostrophes gone: "Jean-Rémy O’Neill" → "jean remy oneill"."""
    folded = unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS)
    folded = _APOSTROPHES.sub("", _COMBINING.sub("", folded))
    return " ".join("".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in folded).split())


@lru_cache(maxsize=65536)
def fold_organisation(name: str) -> str:
    """As `fold`, without a leading article, and "organization" spelt as "organisation"."""
    return _BRITISH.sub("is", fold(name).removeprefix("the "))


def is_full_name(name: str) -> bool:
    """Whether a person's name has two parts or more that are not initials: "Mark Rutte", not "Rutte" or "M. Rutte"."""
    return sum(len(fold(part)) > 1 for part in name.split()) >= 2


def is_acronym(name: str) -> bool:
    """Whether an organisation's name is written as letters: "NATO", "U.N.", "G20"."""
    return len(name) <= 12 and _ACRONYM.fullmatch(name) is not None


# How languages spell one sound in Latin letters, longest first: "Tchaïkovski", "Tschaikowski", "Chaykovsky".
_SOUNDS = (
    ("tsch", "c"), ("sch", "s"), ("tch", "c"), ("tsh", "c"), ("ch", "c"), ("cz", "c"), ("ts", "c"), ("tz", "c"),
    ("sh", "s"), ("sz", "s"), ("zh", "s"), ("dz", "s"), ("ds", "s"), ("z", "s"), ("kh", "h"), ("gh", "g"), ("ph", "v"),
    ("th", "t"), ("w", "v"), ("f", "v"), ("ck", "k"), ("q", "k"), ("x", "ks"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
    ("y", "i"), ("j", "i"),
)  # fmt: skip
_SOUND = re.compile("|".join(spelling for spelling, _ in _SOUNDS))
_AS = dict(_SOUNDS)
_DOUBLED = re.compile(r"(.)\1+")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_COMPANY_FORMS = frozenset(
    "ab ag bv co company corp corporation gmbh inc incorporated kg limited llc llp ltd nv plc sa sarl se spa".split()
)
_SMALL_WORDS = frozenset("a an and at by for in of on the to und de la del des du".split())


@lru_cache(maxsize=65536)
def sounds(name: str) -> str:
    """A folded name as it sounds, roughly, so that transliterations agree: "tchavdarov" and "chavdarov" alike."""
    return _DOUBLED.sub(r"\1", _SOUND.sub(lambda m: _AS[m[0]], name))


@lru_cache(maxsize=65536)
def person_parts(name: str) -> tuple[str, ...]:
    """The folded parts of a person's name, without "Jr" and its like; the last is the surname."""
    parts = fold(name).split()
    while len(parts) > 1 and parts[-1] in _SUFFIXES:
        parts.pop()
    return tuple(parts)


@lru_cache(maxsize=65536)
def organisation_words(name: str) -> tuple[str, ...]:
    """The words of `fold_organisation`, without company forms at the end: "Argo Link SE" → argo, link."""
    words = fold_organisation(name).split()
    while len(words) > 1 and words[-1] in _COMPANY_FORMS:
        words.pop()
    return tuple(words)


def initials(words: Iterable[str]) -> frozenset[str]:
    """The acronyms that words give: of all of them, and without the small ones; of two letters at least."""
    every = tuple(words)
    forms = {"".join(w[0] for w in every), "".join(w[0] for w in every if w not in _SMALL_WORDS)}
    return frozenset(form for form in forms if len(form) > 1)


def nearly(one: str, other: str) -> bool:
    """Whether two words of five letters or more differ by one slip: a letter more, less, other or two swapped."""
    return min(len(one), len(other)) >= 5 and OSA.distance(one, other, score_cutoff=1) <= 1
