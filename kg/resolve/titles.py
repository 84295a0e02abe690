"""Titles of office made comparable: "the former chairwoman of the committee" and "who leads the committee" as one."""

from __future__ import annotations

from functools import lru_cache

from kg.resolve.names import fold

_OVER = frozenset("former ex then late onetime erstwhile".split())
_FILL = frozenset("of the for to and in at a an s".split())
_SAME_WORDS = {
    **dict.fromkeys("chairman chairwoman chairperson chair leader".split(), "head"),
    **dict.fromkeys("spokeswoman spokesperson".split(), "spokesman"),
    **dict.fromkeys("premier pm".split(), "prime minister"),
    "ceo": "chief executive",
    "congresswoman": "congressman",
    "defense": "defence",
    "deputies": "deputy",
    "ministers": "minister",
    "senators": "senator",
    "representatives": "representative",
    "governors": "governor",
    "presidents": "president",
}
RANKS = frozenset("deputy vice assistant acting interim under junior shadow elect designate honorary".split())
"""Words that make a title another office, not a longer name of the same one."""


_SIDES = frozenset("party opposition ruling".split())
"""What a leader leads, said without its name: no other office than that of the body that is named elsewhere."""


def _title_words(title: str) -> tuple[frozenset[str], bool]:
    """The words of a title that tell it from others, and whether it says that the office is over."""
    words = frozenset(fold(title).split()) - _FILL
    return words - _OVER, bool(words & _OVER)


@lru_cache(maxsize=65536)
def office_words(title: str) -> tuple[frozenset[str], bool]:
    """The words that tell an office from others, one word for each way of saying it; and whether it is said over."""
    words, over = _title_words(title)
    found = frozenset(w for word in words for w in _SAME_WORDS.get(word, word).split())
    return (found - _SIDES if "head" in found else found), over


def same_office(one: str, other: str) -> bool:
    """Whether one title is the other, or a shorter form of it."""
    mine, its = office_words(one)[0], office_words(other)[0]
    return bool(mine and its) and mine & RANKS == its & RANKS and (mine <= its or its <= mine)
