"""Time expressions: what is one, and which days it stands for."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extract.days import Days, dated, day_of, month_of, moved, one, week_of, weekday, weekend, year_of
from kg.extract.when import Setting, find_times, value_of

FRIDAY = date(2025, 2, 14)

# Words, the expression in them, and its value on Friday 14 February 2025.
PAST = [
    ("She spoke on Tuesday.", "Tuesday", "2025-02-11"),
    ("She spoke on Friday.", "Friday", "2025-02-14"),
    ("late on Monday night", "late on Monday night", "2025-02-10"),
    ("last Friday", "last Friday", "2025-02-07"),
    ("on Tuesday of last week", "Tuesday of last week", "2025-02-04"),
    ("during Monday's debate", "Monday", "2025-02-10"),
    ("this morning", "this morning", "2025-02-14"),
    ("Late last night", "Late last night", "2025-02-13"),
    ("tomorrow", "tomorrow", "2025-02-15"),
    ("on 21 November", "21 November", "2024-11-21"),
    ("on the 21st of November", "the 21st of November", "2024-11-21"),
    ("on Sept. 11, 2001,", "Sept. 11, 2001", "2001-09-11"),
    ("on Monday, 3 March 2014", "Monday, 3 March 2014", "2014-03-03"),
    ("on 29 February", "29 February", "2024-02-29"),
    ("on 30 February", "30 February", None),
    ("on 2024-12-31", "2024-12-31", "2024-12-31"),
    ("In August she", "August", "2024-08-01/2024-08-31"),
    ("in February", "February", "2025-02-01/2025-02-28"),
    ("last February", "last February", "2024-02-01/2024-02-29"),
    ("in May last year", "May last year", "2024-05-01/2024-05-31"),
    ("in December 2019", "December 2019", "2019-12-01/2019-12-31"),
    ("last week", "last week", "2025-02-03/2025-02-09"),
    ("this week", "this week", "2025-02-10/2025-02-16"),
    ("earlier this week", "earlier this week", "2025-02-10/2025-02-14"),
    ("earlier this month", "earlier this month", "2025-02-01/2025-02-14"),
    ("last month", "last month", "2025-01-01/2025-01-31"),
    ("last year", "last year", "2024-01-01/2024-12-31"),
    ("over the weekend", "the weekend", "2025-02-08/2025-02-09"),
    ("in the first quarter of the year", "the first quarter of the year", "2025-01-01/2025-03-31"),
    ("in the third quarter", "the third quarter", "2024-07-01/2024-09-30"),
    ("in the summer", "the summer", "2024-06-01/2024-08-31"),
    ("this winter", "this winter", "2024-12-01/2025-02-28"),
    ("in the spring of 2022", "the spring of 2022", "2022-03-01/2022-05-31"),
    ("In 2019 the", "2019", "2019-01-01/2019-12-31"),
    ("the 1980s", "the 1980s", "1980-01-01/1989-12-31"),
    ("three days ago", "three days ago", "2025-02-11"),
    ("Two weeks ago", "Two weeks ago", "2025-01-27/2025-02-02"),
    ("two months ago", "two months ago", "2024-12-01/2024-12-31"),
    ("a year ago", "a year ago", "2024-01-01/2024-12-31"),
    ("a few weeks ago", "a few weeks ago", None),
    ("recently", "recently", None),
    ("in recent days", "in recent days", None),
    ("in the early '80s", "the early '80s", None),
    ("late last year", "late last year", None),
    ("in early March", "early March", None),
    ("999 years ago, 9999 years ago", "999 years ago", "1026-01-01/1026-12-31"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expression", "value"), PAST, ids=[row[0] for row in PAST])
def test_values_count_back_from_publication(text: str, expression: str, value: str | None) -> None:
    time = find_times(text)[0]
    assert (time.text, text[time.start : time.end]) == (expression, expression)
    days = value_of(time, Setting(FRIDAY))
    assert (days.iso if days else None) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Monday", "2025-02-17"),
        ("on Friday", "2025-02-14"),
        ("next Friday", "2025-02-21"),
        ("on 21 November", "2025-11-21"),
        ("at the weekend", "2025-02-15/2025-02-16"),
        ("in August", "2025-08-01/2025-08-31"),
        ("next month", "2025-03-01/2025-03-31"),
        ("yesterday", "2025-02-13"),
    ],
)
def test_values_ahead(text: str, value: str) -> None:
    days = value_of(find_times(text)[0], Setting(FRIDAY, ahead=True))
    assert days is not None
    assert days.iso == value


@pytest.mark.parametrize(
    ("text", "told", "value"),
    [
        ("The day before, he", one(date(2025, 2, 9)), "2025-02-08"),
        ("three days later that", one(date(2024, 11, 18)), "2024-11-21"),
        ("two weeks earlier", one(date(2024, 11, 18)), "2024-11-04/2024-11-10"),
        ("the following month", month_of(1860, 2), "1860-03-01/1860-03-31"),
        ("that week", one(date(2024, 11, 18)), "2024-11-18/2024-11-24"),
        ("the same evening", one(date(2024, 11, 18)), "2024-11-18"),
        ("the following day", month_of(1860, 2), None),
        ("the next year", year_of(2019), "2020-01-01/2020-12-31"),
        ("the day before", None, None),
    ],
)
def test_values_count_from_what_was_told(text: str, told: Days | None, value: str | None) -> None:
    time = find_times(text)[0]
    assert time.told
    days = value_of(time, Setting(FRIDAY, told))
    assert (days.iso if days else None) == value


@pytest.mark.parametrize(
    "text",
    [
        "They may march.",
        "Prices fall in the park.",
        "20 people met 2019 others",
        "a second later the gun went off",
        "the day before the vote",
        "two days after she left",
        "He saw Sun Li.",
        "It cost 3.5 million",
        "USA TODAY says so",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert not find_times(text)


def test_without_a_date_nothing_is_counted() -> None:
    values = [value_of(find_times(text)[0], Setting(None)) for text, _, _ in PAST]
    fixed = [value.iso for value in values if value]
    assert fixed == [
        v for t, _, v in PAST if v and any(y in t for y in ("2001", "2014", "2019", "2022", "1980s", "2024-"))
    ]


def test_calendar() -> None:
    assert weekday(FRIDAY, 4, strictly=True) == date(2025, 2, 7)
    assert weekend(date(2025, 2, 16), strictly=True).first == date(2025, 2, 8)
    assert weekend(date(2025, 2, 16), ahead=True).first == date(2025, 2, 15)
    assert dated(29, 2, date(2097, 1, 1)) == date(2096, 2, 29)
    assert dated(31, 2, FRIDAY) is None
    assert moved(date(2024, 1, 31), 1, "month") == month_of(2024, 2)
    assert week_of(date(2025, 2, 16)) == Days(date(2025, 2, 10), date(2025, 2, 16))
    assert [day_of(text) for text in ("2025-02-14T10:00:00Z", "2025-02", "", None)] == [FRIDAY, None, None, None]
