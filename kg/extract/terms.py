"""Since when and until when an office is held: "since 2022", "from 2015 to 2019", "resigned on Friday".

Dates are ISO 8601, as exact as the text: a day, a month or a year. What a date belongs to is told by where it stands:
right behind or before the words of the office, or hanging from them in the parse.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.extract.days import Days, day_of, month_of, one, year_of
from kg.extract.when import Setting, find_times, value_of
from kg.extract.words import Words

_TO = frozenset({"to", "until", "till", "through", "and", "-", "–", "—"})
_LINKS = frozenset({",", "its", "the", "his", "her", "their", "a", "an"})
_STEPS = 3
_ENDS = frozenset({"resign", "resigns", "resigned", "quit", "quits"})
_STARTS = frozenset({"sworn", "appointed", "elected", "inaugurated", "named"})


@dataclass(frozen=True, slots=True)
class Term:
    """An interval in the text: its tokens `first` to `end` (exclusive), and its bounds, None where open."""

    first: int
    end: int
    start: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody enters or leaves office: the subject's token, and the day; `since` None means that they leave."""

    subject: int
    since: str | None
    until: str | None


class Terms:
    """The intervals and turns of one article. `published` is its ISO 8601 date or date-time."""

    def __init__(self, words: Words, published: str | None) -> None:
        self.words = words
        self._setting = Setting(day_of(published))

    def of(self, start: int, end: int, head: int) -> tuple[str | None, str | None]:
        """The bounds of the office whose words are tokens `start` to `end` (exclusive), with this head."""
        for term in self._terms:
            before = term.end <= start <= term.end + 3 and all(
                self.words.lower[i] in _LINKS for i in range(term.end, start)
            )
            if term.first == end or before or self._hangs(term.first, term.end, head):
                return term.start, term.until
        return None, None

    def turns(self) -> Iterator[Turn]:
        """Who takes or leaves an office that is not named there: "took office in June", "resigned on Wednesday"."""
        words = self.words
        for i, word in enumerate(words.lower):
            if words.pos[i] not in ("VERB", "AUX") and word != "office":
                continue
            leaves = word in _ENDS or (word in ("steps", "stepped") and words.lower[i + 1 : i + 2] == ["down"])
            if leaves and (subject := self.subject(i)) is not None and (day := self._on(i)):
                yield Turn(subject, None, day)
            if word == "office" and i and (words.lower[i - 1] in ("took", "takes") or words.lower[i - 1] == "in"):
                yield from self._in_office(i)
            if word in ("held", "holds") and any(
                words.lower[c] in ("post", "office", "job", "position") for c in words.children_of(i, "obj")
            ):
                subject, post = self.subject(i), words.children_of(i, "obj")[0]
                start, until = self.of(i, post + 1, i)
                if subject is not None and (start or until):
                    yield Turn(subject, start, until)

    def _in_office(self, i: int) -> Iterator[Turn]:
        words = self.words
        verb = words.head[i]
        for at in (i, verb):
            subject = self.subject(at)
            if subject is None:
                continue
            start, until = self.of(i, i + 1, verb)
            if words.lower[i - 1] != "in" and start is None:
                start = self._on(at)
            if start or until:
                yield Turn(subject, start, until)
            return

    def entered(self, verb: int) -> str | None:
        """The day on which somebody was sworn in, appointed or elected, where this verb says so."""
        return self._on(verb) if self.words.lower[verb] in _STARTS else None

    def subject(self, verb: int) -> int | None:
        """The token that is the subject of a verb; of "who" in a relative clause, what it goes back to."""
        words = self.words
        at = verb
        for _ in range(2):
            for child in words.children_of(at, "nsubj", "nsubj:pass"):
                if words.lower[child] not in ("who", "that") or not child:
                    return child
                before = child - 1 - (words.text[child - 1] == "," and child > 1)
                return words.head[at] if words.dep[at].startswith("acl") else before
            if words.dep[at] != "conj":
                return None
            at = words.head[at]
        return None

    def _on(self, verb: int) -> str | None:
        """The one time that hangs from a verb, or stands right behind it."""
        for (first, end), days in self._times.items():
            near = 0 < first - verb <= 3 and self.words.sentence[first] == self.words.sentence[verb]
            if near or self._hangs(first, end, verb):
                return _iso(days, first=True)
        return None

    def _hangs(self, first: int, end: int, head: int) -> bool:
        words = self.words
        if not words.parsed:
            return False
        root = next((i for i in range(first, end) if not first <= words.head[i] < end), end - 1)
        for _ in range(_STEPS):
            root = words.head[root]
            if root == head:
                return True
            if words.pos[root] in ("VERB", "AUX"):
                return False
        return False

    @cached_property
    def _times(self) -> dict[tuple[int, int], Days]:
        words = self.words
        starts = {start: i for i, start in enumerate(words.start)}
        ends = {end: i + 1 for i, end in enumerate(words.end)}
        found = {}
        for time in find_times(words.body):
            days = value_of(time, self._setting)
            if days is not None and time.start in starts and time.end in ends:
                found[starts[time.start], ends[time.end]] = days
        covered = {i for first, end in found for i in range(first, end)}
        for i, text in enumerate(words.text):
            if i not in covered and len(text) == 4 and text.isdigit() and text[:2] in ("19", "20"):
                found[i, i + 1] = year_of(int(text))
        return found

    @cached_property
    def _terms(self) -> Sequence[Term]:
        at = {first: (end, days) for (first, end), days in self._times.items()}
        found = []
        for i, word in enumerate(self.words.lower):
            if word not in ("since", "until", "till", "from", "between") or i + 1 not in at:
                continue
            end, days = at[i + 1]
            if word == "since":
                found.append(Term(i, end, _iso(days, first=True), None))
            elif word in ("until", "till"):
                found.append(Term(i, end, None, _iso(days, first=False)))
            elif end < len(self.words) and self.words.lower[end] in _TO and end + 1 in at:
                last, until = at[end + 1]
                found.append(Term(i, last, _iso(days, first=True), _iso(until, first=False)))
        return found


def _iso(days: Days, *, first: bool) -> str:
    """A year or a month where these are all that is told; else the first or the last day."""
    if days == year_of(days.first.year):
        return f"{days.first.year:04}"
    if days == month_of(days.first.year, days.first.month):
        return f"{days.first:%Y-%m}"
    return one(days.first if first else days.last).iso
