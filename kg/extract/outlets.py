"""Which names are those of newspapers, agencies, broadcasters and news sites."""

from __future__ import annotations

import re
from functools import cache

from kg.annotate.tables import cell, read_table

_WORD = re.compile(r"[\w&+]+")
_OF_THE_PRESS = frozenset(
    """
    times post news herald tribune gazette chronicle telegraph guardian observer mail mirror bulletin dispatch inquirer
    enquirer examiner sentinel courier ledger journal magazine tv television radio broadcasting newspaper weekly daily
    gazeta zeitung shimbun newswire
    """.split()
)
_BEFORE = frozenset({"daily", "radio", "channel", "tv", "télé", "rádio", "sunday", "evening", "morning"})
_BRANCHES = frozenset(
    """
    africa america arabic asia business digital english europe international live money network news online politics
    radio sports tv world
    """.split()
)  # "RT America", "Bloomberg Politics"
_DOMAIN = re.compile(r"\.(?:com|org|net|co\.uk)$")
_NOT = frozenset({"new", "good", "bad", "breaking", "fake"})  # "good news"


def is_outlet(name: str) -> bool:
    """Whether an organisation's name is that of an outlet: a known one, or one called so ("The Albany Ledger")."""
    words = _words(name)
    if not words or _is_known(words) or _is_known(_words(_DOMAIN.sub("", name.lower()))):
        return bool(words)
    last = words[-1] in _OF_THE_PRESS and words[0] not in _NOT
    return len(words) > 1 and (last or words[0] in _BEFORE)


def known_outlet(name: str) -> str | None:
    """The name that stands for a known outlet, by any of its names: "AFP" → "Agence France-Presse"; None for others."""
    return _known().get(tuple(_words(name)))


def _is_known(words: list[str]) -> bool:
    """Whether it is a known outlet or a branch of one."""
    known = _known()
    return tuple(words) in known or (len(words) > 1 and words[-1] in _BRANCHES and tuple(words[:-1]) in known)


def same_outlet(one: str, other: str) -> bool:
    """Whether two names are of one outlet, as far as their letters tell: "nyt", "wash-post", "The New York Times"."""
    a, b = _words(one), _words(other)
    if not a or not b:
        return False
    known = _known()
    if a == b or (tuple(a) in known and known.get(tuple(a)) == known.get(tuple(b))):
        return True
    short, long = (a, b) if len("".join(a)) <= len("".join(b)) else (b, a)
    joined = "".join(short)
    return joined in ("".join(long), "".join(word[0] for word in long)) or (
        len(short) == len(long) and len(short) > 1 and all(w.startswith(s) for s, w in zip(short, long, strict=True))
    )


def _words(name: str) -> list[str]:
    words = _WORD.findall(re.sub(r"(?<=\w)[.’'](?=\w)", "", name.lower()))
    return words[1:] if len(words) > 1 and words[0] == "the" else words


@cache
def _known() -> dict[tuple[str, ...], str]:
    """The words of every known name, and the name that stands for the outlet."""
    found: dict[tuple[str, ...], str] = {}
    for row in read_table("outlets.tsv", "extract"):
        for name in (row["outlet"], *cell(row, "also")):
            found.setdefault(tuple(_words(name)), row["outlet"])
    return found
