"""Known names: where the words of a text are a name that the package's tables list.

What a small network has not seen in its training it can be told (Ratinov and Roth 2009): each word gets *clues*, such
as "opens the name of a party", and each clue a learned score for each label of names, which is added to the network's.
The tables decide nothing by themselves, so that a name is still read by its context.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from kg.annotate.decode import Scores
from kg.annotate.gazetteer import countries, first_names
from kg.annotate.tables import unaccented
from kg.annotate.wellknown import organisations, parties, regions

KINDS = ("party", "organisation", "government", "place", "demonym", "given name")
_PLACES = (1, 2, 3)  # of a word in a name: the only one, the first of several, a later one
_FLAGS = 4  # of a form: sure or ambiguous, in its own case or in small letters
CLUES = len(KINDS) * _FLAGS * len(_PLACES)
_LEAST = 4  # letters of a form that is looked for in small letters

Clues = tuple[NDArray[np.intp], NDArray[np.intp]]
"""Indices of words, and the clue that each of these has; a word may have several."""


def clues(words: Sequence[str]) -> Clues:
    """The clues of the words of a text. Of each kind of name the leftmost longest is found, in linear time."""
    found = [
        (i, (kind * _FLAGS + flags) * len(_PLACES) + (0 if end - start == 1 else 1 if i == start else 2))
        for start, end, kind, flags in _matches(words)
        for i in range(start, end)
    ]
    rows = np.array(found, dtype=np.intp).reshape(-1, 2)
    return rows[:, 0], rows[:, 1]


def with_known(scores: Scores, words: Sequence[str], known: Scores) -> Scores:
    """Scores of names [words, labels], those of the clues added: `known` is [clues, labels]."""
    at, clue = clues(words)
    scores = scores.copy()
    np.add.at(scores, at, known[clue])
    return scores


def _matches(words: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """(start, end, kind, flags) of each name; forms are compared without the gaps between words, as cut differs."""
    forms, joined = _forms(), _plain("".join(words))
    after, offset, starts = {}, 0, []
    for i, word in enumerate(words, start=1):
        starts.append(offset)
        offset += len(word)
        after[offset] = i
    taken = [0] * len(KINDS)
    for i, word in enumerate(words):
        for form, kind, flags in forms.get(_opening(word), ()):
            if i < taken[kind] or not joined.startswith(form, starts[i]):
                continue
            end = after.get(starts[i] + len(form))
            if end is not None:
                taken[kind] = end
                yield i, end, kind, flags


_cut = re.compile(r"[^\W_]+|.", re.DOTALL)


@lru_cache(maxsize=100_000)
def _opening(text: str) -> str:
    """The letters and digits that a word or form begins with; its first character when there is none."""
    found = _cut.match(text)
    return found[0] if found else ""


@cache
def _forms() -> dict[str, tuple[tuple[str, int, int], ...]]:
    """Forms without blanks, with kind and flags, longest first, by how they open."""
    flags_of: dict[tuple[str, int], int] = {}
    for kind, form, ambiguous in _listed():
        for spelling in {_plain(form), _plain(unaccented(form))}:
            key = spelling, KINDS.index(kind)
            flags_of[key] = max(flags_of.get(key, 0), 2 * ambiguous)
    for (form, number), flags in list(flags_of.items()):
        lower = form.lower()
        if not flags and lower != form and len(form) >= _LEAST:
            flags_of.setdefault((lower, number), 1)
    found = defaultdict(list)
    for (form, number), flags in flags_of.items():
        found[_opening(form)].append((form.replace(" ", ""), number, flags))
    return {opening: tuple(sorted(rows, key=lambda row: (-len(row[0]), row))) for opening, rows in found.items()}


def _plain(form: str) -> str:
    return form.replace("’", "'")


def _listed() -> Iterator[tuple[str, str, bool]]:
    """(kind, form, whether it is ambiguous) of every form of the tables."""
    for party in parties():
        yield from (("party", form, form in party.ambiguous) for form in party.forms())
    for organisation in organisations():
        kind = {"party": "party", "government": "government"}.get(organisation.kind, "organisation")
        yield from ((kind, form, form in organisation.ambiguous) for form in organisation.forms())
    for region in regions():
        yield from (("place", form, form in region.ambiguous) for form in (region.name, *region.variants))
        yield from (("demonym", form, form in region.ambiguous) for form in region.demonyms)
    for country in countries():
        for form, kind_of_form, ambiguous in country.forms():
            yield "demonym" if kind_of_form == "demonym" else "place", form, bool(ambiguous)
    yield from (("given name", name, False) for name in first_names())
