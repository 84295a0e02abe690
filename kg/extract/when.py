"""Time expressions of English news: found by their words, and normalised to days or intervals of days (ISO 8601).

`find_times` looks at the words alone; `value_of` counts from the day of publication ("on Tuesday", "last month") or
from days told elsewhere in the text ("the day before", "the following month"). Weeks run from Monday to Sunday. What
leaves its day open ("recently", "a few weeks ago") has no value. Days are written as TimeML (ISO 24617-1) does, weeks
and seasons as intervals.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from kg.extract import days
from kg.extract.days import SEASONS, Days

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SMALL = {"a": 1, "an": 1} | {
    word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}

_DAY = rf"(?P<weekday>{'|'.join(_WEEKDAYS)})"
_MONTH = (
    r"(?P<month>january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?![\d-])"
_PART = r"(?:\s(?:morning|lunchtime|afternoon|evening|night))?"
_DATE = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d%:]|[.,]\d)"
_SEASON = rf"(?P<season>{'|'.join(SEASONS)})"
_VAGUE = "a few|a couple of|a couple|a number of|couple of|couple|several|some|many|countless"
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(sorted(_SMALL, key=len, reverse=True))}|{_VAGUE})"
_UNIT = r"(?P<unit>day|week|month|year)"
_NO_EVENT = r"(?!\s(?:the|a|an|his|her|its|our|their|my|that|this|these|who|\w+ing)\b|\s[A-Z0-9])"
"""After "the day before" an event would follow that has no date here."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What an expression is counted from: the day of publication, days told elsewhere, whether it lies ahead."""

    published: date | None
    told: Days | None = None
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression without its preposition: characters `start` to `end` (exclusive), and the rule that fits."""

    start: int
    end: int
    text: str
    rule: int

    @property
    def told(self) -> bool:
        """Whether it is counted from days told elsewhere in the text."""
        return _RULES[self.rule].told


_Value = Callable[[re.Match[str], Setting], Days | None]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern, how its value is found, whether that is counted from days told elsewhere, what must stand before."""

    pattern: str
    value: _Value
    told: bool = False
    behind: str = ""


@lru_cache(maxsize=2)  # offices and claims ask for those of one article
def find_times(text: str) -> tuple[Time, ...]:
    """The time expressions of a text, in order, none within another. Linear in the text's length."""
    found = []
    for match in _matches(text):
        words = match.group()
        if _is_time(match):
            rule = next(n for n, pattern in enumerate(_each()) if pattern.fullmatch(text, match.start(), match.end()))
            found.append(Time(match.start(), match.end(), words, rule))
    return tuple(found)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Where a rule fits. All rules are tried together only at words that open one: that is a few in a hundred."""
    pattern, end = _any(), 0
    for word in _WORD.finditer(text):
        if word.start() >= end and (word[0].lower() in _OPENERS or word[0][0].isdigit()):
            match = pattern.match(text, word.start())
            if match:
                end = match.end()
                yield match


def value_of(time: Time, setting: Setting) -> Days | None:
    """The days an expression stands for; None where the setting or the expression leaves them open."""
    match = _each()[time.rule].fullmatch(time.text)
    if match is None or (setting.published and not days.in_calendar(setting.published.year)):
        return None
    try:
        return _RULES[time.rule].value(match, setting)
    except (ValueError, OverflowError):  # "999 years ago"
        return None


def _is_time(match: re.Match[str]) -> bool:
    """Whether "may", "march", "fall" and "second" are meant as times: a month has a capital; USA TODAY is a name."""
    words = match.group()
    return not (words.isalpha() and words.isupper()) and not words.startswith(("may", "march", "mar", "sun", "dec"))


def _weekday(match: re.Match[str], setting: Setting) -> Days | None:
    if setting.published is None:
        return None
    number, which = _WEEKDAYS.index(match["weekday"].lower()), (match["which"] or "").lower()
    if match["week"]:
        monday = days.moved(setting.published, {"last": -1, "this": 0, "next": 1}[match["week"].lower()], "week").first
        return days.moved(monday, number, "day")
    ahead = which == "next" or (setting.ahead and which not in ("last", "past"))
    return days.one(days.weekday(setting.published, number, ahead, strictly=which in ("last", "next")))


def _date(match: re.Match[str], setting: Setting) -> Days | None:
    day, month = int(match["day"]), _month_number(match)
    if match["year"]:
        found = days.exact(int(match["year"]), month, day)
    else:
        found = days.dated(day, month, setting.published, setting.ahead) if setting.published else None
    return days.one(found) if found else None


def _iso(match: re.Match[str], setting: Setting) -> Days | None:
    return days.one(date.fromisoformat(match.group()))


def _month_number(match: re.Match[str]) -> int:
    return _MONTHS.index(match["month"][:3].lower()) + 1


def _in_month(match: re.Match[str], setting: Setting) -> Days | None:
    month, published = _month_number(match), setting.published
    if match["year"]:
        return days.month_of(int(match["year"]), month)
    if published is None:
        return None
    if match["of"]:
        return days.month_of(published.year - (match["of"].lower() == "last"), month)
    which = (match["which"] or "").lower()
    found = days.recurring(published, month, 1, setting.ahead or which == "next")
    if which == "last" and found.first <= published <= found.last:
        return days.month_of(published.year - 1, month)
    return found.until(published) if which == "earlier" else found


def _relative_day(match: re.Match[str], setting: Setting) -> Days | None:
    word = match["word"].lower()
    away = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(word, 0)
    return days.moved(setting.published, away, "day") if setting.published else None


def _relative_unit(match: re.Match[str], setting: Setting) -> Days | None:
    """ "this week", "last month", "earlier this year"."""
    if setting.published is None:
        return None
    away = {"this": 0, "last": -1, "past": -1, "next": 1}[match["which"].lower()]
    found = days.moved(setting.published, away, match["unit"].lower())
    earlier = (match["within"] or "").lower() == "earlier"
    return found.until(setting.published) if earlier and not away else found


def _weekend(match: re.Match[str], setting: Setting) -> Days | None:
    which = (match["which"] or "").lower()
    ahead = which == "next" or (setting.ahead and which != "last")
    if setting.published is None:
        return None
    return days.weekend(setting.published, ahead, strictly=which == "last")


def _season(match: re.Match[str], setting: Setting) -> Days | None:
    first, which = SEASONS[match["season"].lower()], (match["which"] or "").lower()
    if match["year"]:
        return days.months(int(match["year"]), first, 3)
    if setting.published is None:
        return None
    if match["of"]:
        return days.months(setting.published.year - (match["of"].lower() == "last"), first, 3)
    found = days.recurring(setting.published, first, 3, setting.ahead or which == "next")
    if which == "last" and found.last >= setting.published:
        return days.months(found.first.year - 1, first, 3)
    return found


def _quarter(match: re.Match[str], setting: Setting) -> Days | None:
    number = _ORDINALS[match["ordinal"].lower()]
    if match["year"]:
        return days.months(int(match["year"]), 3 * number - 2, 3)
    if setting.published is None:
        return None
    if match["of"]:
        away = {"last": -1, "next": 1}.get(match["of"].lower(), 0)
        return days.months(setting.published.year + away, 3 * number - 2, 3)
    return days.recurring(setting.published, 3 * number - 2, 3, setting.ahead)


def _year(match: re.Match[str], setting: Setting) -> Days | None:
    return days.year_of(int(match["year"]))


def _decade(match: re.Match[str], setting: Setting) -> Days | None:
    return days.decade_of(int(match["decade"]))


def _count(match: re.Match[str]) -> int | None:
    number = match["number"].lower()
    return int(number) if number.isdigit() else _SMALL.get(number)


def _ago(match: re.Match[str], setting: Setting) -> Days | None:
    count = _count(match)
    if setting.published is None or count is None:
        return None
    return days.moved(setting.published, -count, match["unit"].lower())


def _from_told(match: re.Match[str], setting: Setting) -> Days | None:
    """ "three days later": counted from a day; months from a month, years from a year."""
    count = _count(match)
    sign = 1 if match["direction"].lower().startswith(("later", "after", "on")) else -1
    return _beside(setting.told, sign * count, match["unit"].lower()) if count is not None else None


def _next_to_told(match: re.Match[str], setting: Setting) -> Days | None:
    """ "the day before", "the following month", "that week"."""
    found = re.search(r"before|previous|preceding|after|following|next|same|that", match.group(), re.IGNORECASE)
    word = found.group().lower() if found else "that"
    away = -1 if word in ("before", "previous", "preceding") else 0 if word in ("same", "that") else 1
    unit = match["unit"].lower()
    return _beside(setting.told, away, unit if unit in ("week", "month", "year") else "day")


def _beside(told: Days | None, count: int, unit: str) -> Days | None:
    """The unit that is so many away from days told; None where these are longer than the unit."""
    if told is None:
        return None
    own = days.around(told.first, unit)
    return days.moved(told.first, count, unit) if own.first <= told.first and told.last <= own.last else None


def _then(match: re.Match[str], setting: Setting) -> Days | None:
    return setting.told


def _open(match: re.Match[str], setting: Setting) -> Days | None:
    return None


_AT = r"(?:(?:late|early|earlier|later|first thing)\s(?:on\s)?)?"
_LOOSELY = r"(?:(?:early|late|mid)(?:\sin\s|\s|-)|the\s(?:end|beginning|start|middle)\sof\s)"
_RULES = (
    _Rule(r"\d{4}-[01]\d-[0-3]\d(?!\d)", _iso),
    _Rule(rf"(?:{_DAY}{_PART},?\s)?(?:the\s)?{_DATE}(?:\sday)?(?:\sof)?\s{_MONTH}(?:,?\s{_YEAR})?", _date),
    _Rule(rf"(?:{_DAY}{_PART},?\s)?{_MONTH}\s{_DATE}(?:,?\s{_YEAR})?", _date),
    _Rule(
        rf"{_AT}(?:(?P<which>last|this|this past|past|next)\s)?{_DAY}{_PART}"
        r"(?:\s(?:of\s)?(?P<week>last|this|next)\sweek)?",
        _weekday,
    ),
    _Rule(rf"{_LOOSELY}{_MONTH}(?:,?\s(?:of\s)?{_YEAR})?(?!\s\d)", _open),
    _Rule(
        rf"(?:(?P<which>last|this|this past|next|earlier)\s(?:in\s)?)?{_MONTH}"
        rf"(?:,?\s(?:of\s)?(?:{_YEAR}|(?P<of>last|this)\syear))?(?!\s\d)",
        _in_month,
    ),
    _Rule(rf"{_AT}(?P<word>today|yesterday|tomorrow|tonight|last night|this (?:morning|afternoon|evening)){_PART}",
          _relative_day),
    _Rule(rf"(?:late|early)\s(?:last|this|next)\s{_UNIT}", _open),
    _Rule(rf"(?:(?P<within>earlier|later|sometime)\s)?(?P<which>this|last|next)\s{_UNIT}(?!\s(?:ago|'s|’s))",
          _relative_unit),
    _Rule(r"(?:(?P<which>the|this|last|next|this past|this coming)\s)weekend", _weekend),
    _Rule(
        rf"(?P<which>the|this|last|next|this past)\s{_SEASON}(?:\sof\s(?:{_YEAR}|(?P<of>last|this)\syear))?"
        rf"(?!\s(?!of\b|in\b|at\b|on\b|to\b|and\b|that\b)\w)",
        _season,
    ),
    _Rule(
        rf"(?:the\s)?(?P<ordinal>first|second|third|fourth|last)\squarter"
        rf"(?:\sof\s(?:{_YEAR}|(?P<of>the|this|last|next)\syear))?",
        _quarter,
    ),
    _Rule(rf"{_NUMBER}\s{_UNIT}s?\sago", _ago),
    _Rule(rf"(?:{_NUMBER})\s(?:decade|hour|minute|night|weekend|fortnight|moment|while)s?\sago|long ago", _open),
    _Rule(rf"{_NUMBER}\s{_UNIT}s?\s(?P<direction>earlier|later|afterwards?|previously|(?:before|after){_NO_EVENT})",
          _from_told, told=True),
    _Rule(r"the\s(?P<unit>day|night|evening|morning|week|month|year)\s(?:before|after)" + _NO_EVENT,
          _next_to_told, told=True),
    _Rule(
        r"(?:the\s(?:very\s)?(?:following|next|previous|preceding|same)|that(?:\s(?:very|same))?|later\sthat)\s"
        r"(?P<unit>day|night|evening|morning|afternoon|week|month|year)",
        _next_to_told,
        told=True,
    ),
    _Rule(r"(?:early|late|mid)[\s-](?:the\s)?(?:1[5-9]|20)\d\d(?![\d-])s?|(?:the\s)?(?:early|late|mid)[\s-]['’]?\d\ds"
          r"|the\s(?:early|late|mid)[\s-](?:1[5-9]|20)\d0s|(?:the\s)['’]\d0s", _open),
    _Rule(r"(?:the\s)?(?P<decade>(?:1[5-9]|20)\d0)s", _decade),
    _Rule(_YEAR + r"(?!\s(?:people|men|women|dollars|euros|votes|miles|per|million|billion))", _year,
          behind=r"(?:(?<=in\s)|(?<=during\s)|(?<=since\s)|(?<=of\s)|(?<=from\s)|(?<=until\s))"),
    _Rule(r"recently|lately|the other (?:day|night|week)|in (?:recent|past) (?:days|weeks|months|years)"
          r"|these days|earlier in the (?:day|week|month|year)|later in the (?:day|week|month|year)", _open),
)  # fmt: skip

_WORD = re.compile(r"\w+")
_OPENERS = frozenset(
    """
    jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october nov
    november dec december today tonight yesterday tomorrow the that this these last past next first second third fourth
    early earlier late later lately mid sometime recently long in couple several some many countless
    """.split()
) | {*_WEEKDAYS, *_SMALL}
"""The words that an expression without digits may begin with."""


@cache
def _each() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rule.pattern, re.IGNORECASE) for rule in _RULES)


@cache
def _any() -> re.Pattern[str]:
    """All rules as one pattern, their groups without names: these would clash."""
    patterns = (re.sub(r"\(\?P<\w+>", "(?:", rule.behind + rule.pattern) for rule in _RULES)
    return re.compile(rf"\b(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)
