"""Finding quoted words again in a text that may have changed around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from kg.judge.records import Words
from kg.model import Span

_ALIKE = str.maketrans({
    **dict.fromkeys("’‘‛ʼ`´′", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
})  # fmt: skip


class Text:
    """An article's body for finding quotations in.

    Amounts of white space and the forms of quotation marks, apostrophes and dashes make no difference, since those
    change when a text is set anew; any other change of a passage makes it another passage.
    """

    def __init__(self, body: str) -> None:
        self._body = body
        self._plain, self._places = _plain(body)

    def find(self, passage: str, words: Words) -> Span | None:
        """Where the words stand in the passage; where both come more than once, in the surroundings most alike.

        None when the passage is not there, or the words are not in it.
        """
        wanted, prefix, suffix = (_plain(part)[0] for part in (words.text, words.prefix, words.suffix))
        whole = _plain(passage)[0].strip()

        def likeness(start: int) -> int:
            end = start + len(wanted)
            before, after = self._plain[max(0, start - len(prefix)) : start], self._plain[end : end + len(suffix)]
            return _shared(reversed(before), reversed(prefix)) + _shared(after, suffix)

        starts = {
            start
            for low in _occurrences(self._plain, whole)
            for start in _occurrences(self._plain, wanted, low, low + len(whole))
        }
        if not starts:
            return None
        best = min(starts, key=lambda start: (-likeness(start), start))
        return self._span(best, best + len(wanted))

    def holds(self, passage: str) -> bool:
        """Whether the passage is there."""
        return next(_occurrences(self._plain, _plain(passage)[0].strip()), None) is not None

    def _span(self, start: int, end: int) -> Span:
        first, last = self._places[start], self._places[end - 1] + 1
        return Span(first, last, self._body[first:last])


def _shared(one: Iterable[str], other: Iterable[str]) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _plain(text: str) -> tuple[str, list[int]]:
    """The text made comparable, and the place in it that each character comes from."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text.translate(_ALIKE)):
        if not character.isspace():
            characters.append(character)
            places.append(place)
        elif not characters or characters[-1] != " ":
            characters.append(" ")
            places.append(place)
    return "".join(characters), places


def _occurrences(text: str, wanted: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    end = len(text) if end is None else end
    while wanted and (start := text.find(wanted, start, end)) >= 0:
        yield start
        start += 1
