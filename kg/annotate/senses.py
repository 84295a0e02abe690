"""What else a country's form can be: a person, a language, a river, a part of another name, another place.

The words next to the form tell. They stand in `kg/annotate/data/neighbours.tsv`, by class; what is a fixed expression
stands in blocked.tsv and things.tsv. Everything here looks at a few words around a form, so the whole is linear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.annotate.tables import read_table

_DASHES = ("-", "–")
_ARTICLES = frozenset({"the", "a", "an"})
_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "their", "its", "our", "my"})
_SPEAKING = frozenset({"speaking", "language", "spoken", "speaker", "speakers", "medium"})
_TRANSLATING = frozenset({"translate", "translated", "translating", "translation", "translates"})
_INTO, _FROM = frozenset({"from", "into"}), frozenset({"from"})
_OTHER_LANGUAGES = frozenset(
    """
    Afrikaans Amharic Arabic Aramaic Basque Bengali Berber Breton Cantonese Catalan Cornish Creole Dari English
    Esperanto Farsi Flemish Frisian Gaelic Galician Guarani Gujarati Hausa Hawaiian Hebrew Hindi Igbo Inuktitut
    Kurdish Latin Malay Mandarin Maori Marathi Mayan Nahuatl Oromo Pashto Punjabi Quechua Romani Romansh Sanskrit
    Sinhala Swahili Tagalog Tamil Tatar Telugu Tibetan Tigrinya Urdu Uyghur Welsh Wolof Xhosa Yiddish Yoruba Zulu
    """.split()
)
_GOES_ON = frozenset(
    """
    alone and are as at badly because before but by first fluently for from has if in instead is nor of on only or
    rather remained remains since than that then to too until was well were when where which while who with without
    became after fluent poorly perfectly
    """.split()
)
_VERBS_OF_BEING = frozenset({"is", "was", "has", "remains", "remained", "became", "becomes"})
_PLACE_CASES = frozenset(
    "across against along around at between beyond for from in inside into near of on outside over through throughout "
    "to toward towards via with within without".split()
)
_RELATIVES = frozenset({"who", "that", "which", "whose", "where", "of", "in", "from", "near", "with", "for", "at"})
_FAR = 12  # words beside a form in which talk of languages or rivers is looked for


@dataclass(frozen=True, slots=True)
class Form:
    """A form at tokens `start` to `end`: its kind (see `FormKind`), why it is ambiguous, its text."""

    start: int
    end: int
    kind: str
    ambiguous: str | None
    text: str


@cache
def neighbours(kind: str) -> frozenset[str]:
    """The words of a class of neighbours.tsv."""
    return frozenset(row["word"] for row in read_table("neighbours.tsv") if row["class"] == kind)


def is_other_sense(words: Sequence[str], form: Form, attributive: bool) -> bool:
    """Whether the words around a form make it no country.

    `attributive` tells whether it is said to stand before a noun ("the Niger junta").
    """
    if form.kind == "seat":
        return False
    return (
        (form.kind == "demonym" and (_is_language(words, form) or _before(words, form.start) == "ethnic"))
        or _in_other_name(words, form)
        or (form.kind == "name" and (_is_water(words, form, attributive) or _is_told_apart(words, form)))
    )


def _at(words: Sequence[str], i: int) -> str:
    return words[i] if 0 <= i < len(words) else ""


def _before(words: Sequence[str], start: int) -> str:
    return _at(words, start - 1).lower()


def _is_language(words: Sequence[str], form: Form) -> bool:
    """ "In French", "her Turkish", "spoke Danish and Greek", "Czech spelling", "Russian is spoken"."""
    if form.text.title() not in neighbours("language"):
        return False
    after, before = _at(words, form.end), _before(words, form.start)
    nouns = neighbours("language noun")
    if after in _DASHES and _at(words, form.end + 1).lower() in _SPEAKING:
        return True
    if after.lower() in nouns or (after.lower() == "speaker" and before in ("a", "native", "fluent")):
        return True
    first, last = _listed(words, form)
    if not _is_bare(words, last):
        return False
    head, second = _at(words, first - 1).lower(), _at(words, first - 2).lower()
    telling = neighbours("before a language")
    if head in telling or (second in telling - _INTO - {"in"} and head.isalpha() and head not in _PLACE_CASES):
        return True
    if head in _FROM and _TRANSLATING & {w.lower() for w in words[max(first - 6, 0) : first]}:
        return True
    return (
        _at(words, last).lower() in _VERBS_OF_BEING
        and head not in _ARTICLES
        and not neighbours("language talk").isdisjoint(w.lower() for w in words[last : last + _FAR])
    )


def _listed(words: Sequence[str], form: Form) -> tuple[int, int]:
    """Where a list of languages begins and ends that the form stands in ("English, French and Arabic")."""
    languages = neighbours("language") | _OTHER_LANGUAGES
    first, last = form.start, form.end
    while _at(words, first - 1) in (",", "and", "or", "nor") and _at(words, first - 2) in languages:
        first -= 2
    while _at(words, last) in (",", "and", "or", "nor"):
        step = 2 if _at(words, last) == "," and _at(words, last + 1) in ("and", "or") else 1
        if _at(words, last + step) not in languages:
            break
        last += step + 1
    return first, last


def _is_bare(words: Sequence[str], end: int) -> bool:
    """Whether a noun phrase ends here."""
    after = _at(words, end)
    return not after or after.lower() in _GOES_ON or (not after[0].isalnum() and after not in _DASHES)


def _in_other_name(words: Sequence[str], form: Form) -> bool:
    """Whether the form stands in a longer name: "Lake Malawi", "Gulf of Guinea", "the Vietnam War", "Air Canada"."""
    start, end = form.start, form.end
    if _at(words, start - 1) in neighbours("before a place of this name"):
        return True
    of = start - 1 if _before(words, start) != "the" else start - 2
    if _at(words, of) == "of" and _at(words, of - 1) in neighbours('after "of" in a name'):
        return True
    if is_headline(words, start):
        return False
    after = end
    while after < min(end + 3, len(words)) and words[after][:1].isupper() and words[after][-1:].isalpha():
        after += 1
    run = words[end:after]
    return bool(run) and run[-1] in neighbours("name of a body or work") and list(run[-2:]) != ["Central", "Bank"]


def _is_water(words: Sequence[str], form: Form, attributive: bool) -> bool:
    """ "The Congo basin", "the Niger": waters and lands that only have the name."""
    if _at(words, form.end) in neighbours("water or land"):
        return True
    river = form.text in neighbours("river of this name") and _before(words, form.start) == "the" and not attributive
    near = {w.lower() for w in words[max(form.start - _FAR, 0) : form.end + _FAR]}
    return river and not neighbours("river talk").isdisjoint(near)


def _is_told_apart(words: Sequence[str], form: Form) -> bool:
    """Whether an apposition says that it is none: "Iceland, the frozen-food chain", "Chad, a consultant"."""
    if _at(words, form.end) != ",":
        return False
    person = form.ambiguous in ("person", "surname") and _before(words, form.start) not in _PLACE_CASES
    first = _at(words, form.end + 1)
    if person and ((first.isdigit() and len(first) == 2 and _at(words, form.end + 2) == ",") or first == "who"):
        return True
    at = form.end + 1 + (first.lower() in _DETERMINERS)
    for i in range(at, min(at + 5, len(words))):
        if words[i] in (",", ".", ";"):
            return False
        if words[i].lower() in neighbours("no country by apposition"):
            after = _at(words, i + 1)
            return not after[:1].isalnum() or after.lower() in _RELATIVES
    return False


def is_person(words: Sequence[str], form: Form, first_names: frozenset[str]) -> bool:
    """Whether the words next to it make it a person's name: "Michael Jordan", "Mr. Holland", "told Chad he …"."""
    if form.ambiguous not in ("person", "surname"):
        return False
    before, after = _at(words, form.start - 1), _at(words, form.end)
    initial = len(before) == 2 and before[0].isupper() and before[1] == "."
    if before in first_names or before in neighbours("honorific") or initial:
        return True
    if form.ambiguous != "person":
        return False
    if after in ("he", "she") and before.lower() not in _PLACE_CASES:
        return True
    surname = after.istitle() and after.isalpha() and after not in neighbours("no surname")
    return surname and not is_headline(words, form.end)


def may_be_namesake(words: Sequence[str], form: Form) -> bool:
    """Whether a form can be a person named before: one that is no place here, by the word before it."""
    if form.ambiguous == "person":
        return True
    return form.ambiguous == "surname" and form.kind == "name" and _before(words, form.start) not in _PLACE_CASES


def is_headline(words: Sequence[str], at: int) -> bool:
    """Whether the line around a token is a headline in title case, where a capital says nothing."""
    first, last = at, at
    while first > 0 and "\n" not in words[first - 1]:
        first -= 1
    while last < len(words) and "\n" not in words[last]:
        last += 1
    return not any(len(w) > 3 and w.islower() for w in words[first:last])


def long_name(words: Sequence[str], start: int, end: int, kind: str) -> tuple[int, int, str]:
    """The whole of a state's long name around a form, and its kind: "Union of the Comoros", "Gabonese Republic"."""
    heads, inside = neighbours("head of a state's long name"), neighbours("within a state's long name")
    of = start - 1 if _at(words, start - 1) != "the" else start - 2
    if kind == "name" and _at(words, of) == "of" and _at(words, of - 1) in heads:
        first = of - 1
        while first and words[first - 1] in inside:
            first -= 1
        while words[first] not in heads and not words[first][0].isupper():
            first += 1
        return first, end, kind
    last = end
    while last < len(words) and words[last] in inside:
        last += 1
    if kind in ("name", "demonym") and _at(words, last) in neighbours("end of a state's long name"):
        return start, last + 1, "name"
    return start, end, kind
