"""How names are written: the parts of a person's name, the key of an organisation's, and what an acronym stands for.

Pure functions on strings; nothing here knows of documents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.annotate.gazetteer import first_names
from kg.annotate.tables import read_table

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
PARTICLES = frozenset("al af bin bint da das de del den der di do dos du el ibn la le st ten ter van von zu".split())
COMPANY_FORMS = frozenset(
    "ab ag bv co company corp corporation gmbh group holding holdings inc incorporated kg limited llc llp ltd nv plc "
    "pte pty sa sarl se spa".split()
)
# A longer name that only adds one of these to a shorter one names the same house: "NBC" and "NBC News".
GENERIC_TAILS = COMPANY_FORMS | frozenset("agency channel network news newspaper online press television tv".split())
_SMALL_WORDS = frozenset("a an and at by for in of on the to und de la del des du".split())


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in parts: lower case, without accents, full stops and hyphens; the suffix ("jr") apart."""

    parts: tuple[str, ...]
    suffix: str = ""
    abbreviated: bool = False  # the first part is an initial ("H. Clinton", "J.D. Vance")

    @property
    def is_full(self) -> bool:
        """Whether it has a given name and a surname, as far as its form tells."""
        return len(self.parts) > 1 and self.parts[0] not in PARTICLES


def fold(text: str) -> str:
    """Lower case without accents, with plain apostrophes."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=65536)
def parse_person(text: str) -> PersonName:
    """The parts of a person's name as written. Nicknames in quotation marks or brackets are left out."""
    bare = re.sub(r"[“\"‘(][^”\"’)]*[”\"’)]", " ", text) if re.search(r"\w\W+[“\"‘(]", text) else text
    words = [w for w in re.split(r"[\s,\-‐‑–]+", fold(bare)) if w]
    clean = [w.replace(".", "").strip("'\"“”()") for w in words]
    parts = [c for c in clean if c]
    suffix = ""
    while len(parts) > 1 and parts[-1] in SUFFIXES:
        suffix = parts.pop()
    short = len(parts) > 1 and (len(parts[0]) == 1 or bool(re.match(r"(\w\.)+$", words[0])))
    return PersonName(tuple(parts), suffix, short)


def fits(a: PersonName, b: PersonName) -> bool:
    """Whether two full names may be of one person: no part contradicts another."""
    if a.suffix != b.suffix:
        return False
    if a.parts == b.parts:
        return True
    if a.parts[-1] != b.parts[-1] or not _given_fits(a, b):
        return False
    middle_a, middle_b = a.parts[1:-1], b.parts[1:-1]
    return all(_part_fits(x, y) for x, y in zip(middle_a, middle_b, strict=False))


def _given_fits(a: PersonName, b: PersonName) -> bool:
    x, y = a.parts[0], b.parts[0]
    if a.abbreviated or b.abbreviated:
        return x[0] == y[0]
    return x == y or y in nicknames().get(x, frozenset())


def _part_fits(x: str, y: str) -> bool:
    """Whether two middle names agree: equal, or one the other's initials ("W" and "Walker", not "W" and "HW")."""
    return x == y or (1 in (len(x), len(y)) and x[0] == y[0] and 2 not in (len(x), len(y)))


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Every given name with the names it may stand for or be short for."""
    table: dict[str, set[str]] = {}
    for row in read_table("nicknames.tsv", "extract"):
        names = row["names"].split()
        for name in names:
            table.setdefault(name, set()).update(names)
    return {name: frozenset(others) for name, others in table.items()}


@cache
def given_name_genders() -> dict[str, str]:
    """Given names borne by one gender almost always, in lower case without accents, with "f" or "m"."""
    return {fold(name): gender for name, gender in first_names().items() if gender in ("f", "m")}


@cache
def _more_genders() -> tuple[dict[str, str], dict[str, str]]:
    """The rarer names of `data/given_names.tsv` that are sure, and what only makes a gender likely."""
    rows = read_table("given_names.tsv", "extract")
    return tuple({row["name"]: row["gender"] for row in rows if row["sure"] == sure} for sure in ("yes", "no"))  # type: ignore[return-value]


def usual_gender(given: str) -> str | None:
    """The gender of nearly all who bear a given name (in lower case without accents), where it is known."""
    return given_name_genders().get(given) or _more_genders()[0].get(given)


def likely_gender(given: str) -> str | None:
    """The gender of most who bear a given name, or names that end like it."""
    likely = _more_genders()[1]
    return likely.get(given) or likely.get(f"-{given[-3:]}") or likely.get(f"-{given[-2:]}")


@lru_cache(maxsize=65536)
def organisation_key(text: str) -> str:
    """What two spellings of one organisation's name share: no article, company form, full stops or capitals."""
    words = [w.replace(".", "") for w in re.split(r"[\s,]+", fold(text)) if w]
    words = [w.removesuffix("'s") for w in words]
    if words and words[0] == "the":
        del words[0]
    while len(words) > 1 and words[-1] in COMPANY_FORMS:
        words.pop()
    return " ".join("and" if w == "&" else w for w in words)


def is_acronym(text: str) -> bool:
    """Whether a name has the shape of an acronym: two to eight letters, mostly capitals ("NATO", "DoD", "U.N.")."""
    letters = text.replace(".", "").replace("&", "")
    return (
        letters.isalpha() and 2 <= len(letters) <= 8 and sum(c.isupper() for c in letters) >= max(2, len(letters) - 2)
    )


def stands_for(acronym: str, name: str) -> bool:
    """Whether the initials of a name give an acronym, counting or leaving out small words and company forms."""
    target = fold(acronym).replace(".", "").replace("&", "a")
    words = [w for w in re.split(r"[\s\-–/]+", fold(name).replace("&", "and")) if w and w[0].isalnum()]
    words = words[1:] if words[:1] == ["the"] else words
    if len(words) < 2:
        return False
    variants: Iterable[list[str]] = (
        words,
        [w for w in words if w not in _SMALL_WORDS],
        [w for w in words if w not in _SMALL_WORDS and w.strip(".") not in COMPANY_FORMS],
    )
    return any("".join(w[0] for w in v) == target for v in variants)
