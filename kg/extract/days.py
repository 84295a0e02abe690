"""Days, weeks, months, seasons: the arithmetic of the calendar (proleptic Gregorian), without any language."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The first month of each season, on the northern half of the earth."""


class Days(NamedTuple):
    """An interval of days, both included; one day when they are equal."""

    first: date
    last: date

    @property
    def iso(self) -> str:
        """ISO 8601: a date, or two dates parted by a solidus."""
        return f"{self.first}" if self.first == self.last else f"{self.first}/{self.last}"

    def until(self, last: date) -> Days:
        """As much of it as does not lie after a day."""
        return Days(self.first, max(self.first, min(self.last, last)))


def one(day: date) -> Days:
    """A single day."""
    return Days(day, day)


def week_of(day: date) -> Days:
    """The week of a day, Monday to Sunday."""
    monday = day - timedelta(day.weekday())
    return Days(monday, monday + timedelta(6))


def month_of(year: int, month: int) -> Days:
    """A month; `month` may lie outside 1 to 12 and counts on into other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def months(year: int, first: int, count: int) -> Days:
    """So many months from the first of one on."""
    return Days(month_of(year, first).first, month_of(year, first + count - 1).last)


def year_of(year: int) -> Days:
    """A year."""
    return Days(date(year, 1, 1), date(year, 12, 31))


def decade_of(year: int) -> Days:
    """The ten years from this one on."""
    return Days(date(year, 1, 1), date(year + 9, 12, 31))


def moved(day: date, count: int, unit: str) -> Days:
    """The day, week, month or year that is so many units away."""
    if unit == "day":
        return one(day + timedelta(count))
    if unit == "week":
        return week_of(day + timedelta(weeks=count))
    return month_of(day.year, day.month + count) if unit == "month" else year_of(day.year + count)


def around(day: date, unit: str) -> Days:
    """The day itself, or the week, month or year it lies in."""
    return moved(day, 0, unit)


def weekday(published: date, number: int, ahead: bool = False, strictly: bool = False) -> date:
    """The last day of this number (Monday is 0) not after a date; the next one not before it when it lies `ahead`.

    `strictly` leaves the date itself out.
    """
    away = (number - published.weekday()) % 7 if ahead else (published.weekday() - number) % 7
    away = 7 if strictly and not away else away
    return published + timedelta(away if ahead else -away)


def weekend(published: date, ahead: bool = False, strictly: bool = False) -> Days:
    """The last Saturday and Sunday begun not after a date, the next when ahead; `strictly` another than the present."""
    saturday = weekday(published, 5, ahead and published.weekday() != 6)
    if strictly and saturday <= published <= saturday + timedelta(1):
        saturday -= timedelta(7)
    return Days(saturday, saturday + timedelta(1))


def dated(day: int, month: int, published: date, ahead: bool = False) -> date | None:
    """The last such date not after another one; the next when it lies ahead. None for a day no month has."""
    for step in range(9):  # 29 February may be eight years away
        year = published.year + (step if ahead else -step)
        found = exact(year, month, day)
        if found and (found >= published if ahead else found <= published):
            return found
    return None


def exact(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def recurring(published: date, first: int, count: int, ahead: bool = False) -> Days:
    """The last stretch of so many months from this month on that began not after a date; the next when ahead."""
    found = months(published.year, first, count)
    if ahead:
        return found if found.last >= published else months(published.year + 1, first, count)
    return found if found.first <= published else months(published.year - 1, first, count)


def day_of(published: str | None) -> date | None:
    """The day that an ISO 8601 date or date-time begins with; None where there is none."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def in_calendar(year: int) -> bool:
    """Whether arithmetic around this year stays inside the calendar."""
    return MINYEAR + 100 < year < MAXYEAR - 100
