"""Workdays, with China's make-up weekends."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.calendar.workdays import Workdays, supported

CHINA = Workdays("CN")
DAYS_OFF_2026 = {
    date(2026, month, day)
    for month, days in {
        1: range(1, 4),
        2: range(15, 24),
        4: range(4, 7),
        5: range(1, 6),
        6: range(19, 22),
        9: range(25, 28),
        10: range(1, 8),
    }.items()
    for day in days
}
MADE_UP_2026 = {date(2026, *day) for day in [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]}


@pytest.mark.parametrize("month", range(1, 13))
def test_every_day_of_2026_is_worked_in_china_as_the_state_council_announced(month: int) -> None:
    day = date(2026, month, 1)
    while day.month == month and day.year == 2026:
        worked = day in MADE_UP_2026 or (day.weekday() < 5 and day not in DAYS_OFF_2026)
        assert CHINA.is_workday(day) == worked, day
        day += timedelta(days=1)


def test_a_make_up_workday_is_a_weekend_day_that_is_worked_and_no_holiday() -> None:
    for day in MADE_UP_2026:
        assert CHINA.is_weekend(day)
        assert CHINA.is_workday(day)
        assert not CHINA.is_holiday(day)


def test_a_plain_weekend_is_neither_worked_nor_a_holiday() -> None:
    assert not CHINA.is_workday(date(2026, 3, 7))
    assert not CHINA.is_holiday(date(2026, 3, 7))


@pytest.mark.parametrize("day", [date(2026, 10, 4), date(2026, 2, 21), date(2026, 2, 22), date(2026, 5, 3)])
def test_a_weekend_day_amid_a_long_holiday_is_a_holiday_by_the_name_of_the_one_before(day: date) -> None:
    assert CHINA.is_holiday(day)
    assert CHINA.name(day)


def test_a_weekend_between_two_holidays_elsewhere_is_a_plain_one() -> None:
    easter_saturday = date(2026, 4, 4)

    assert Workdays("DE").is_holiday(date(2026, 4, 3))
    assert Workdays("DE").is_holiday(date(2026, 4, 6))
    assert not Workdays("DE").is_holiday(easter_saturday)


def test_without_a_country_only_weekends_are_free() -> None:
    plain = Workdays()

    assert plain.is_workday(date(2026, 10, 1))
    assert not plain.is_workday(date(2026, 10, 10))
    assert not plain.is_holiday(date(2026, 10, 1))
    assert plain.is_weekend(date(2026, 10, 10))
    assert plain.name(date(2026, 10, 1)) is None


def test_own_days_win_over_the_countrys_and_an_opened_day_over_a_closed_one() -> None:
    own = Workdays(
        "CN",
        closed=frozenset({date(2026, 3, 2), date(2026, 2, 14), date(2026, 10, 2)}),
        open=frozenset({date(2026, 10, 1), date(2026, 10, 2)}),
    )

    assert [own.is_workday(date(2026, 3, 2)), own.is_holiday(date(2026, 3, 2))] == [False, True]
    assert [own.is_workday(date(2026, 2, 14)), own.is_holiday(date(2026, 2, 14))] == [False, True]
    assert [own.is_workday(date(2026, 10, 1)), own.is_holiday(date(2026, 10, 1))] == [True, False]
    assert [own.is_workday(date(2026, 10, 2)), own.is_holiday(date(2026, 10, 2))] == [True, False]


def test_a_holiday_has_the_same_name_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(variable, "th_TH.UTF-8")

    assert CHINA.name(date(2032, 10, 1)) == "National Day"
    assert CHINA.name(date(2032, 10, 20)) is None


@pytest.mark.parametrize(
    ("day", "n", "then"),
    [
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
        (date(2026, 3, 2), 3, date(2026, 3, 5)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
    ],
)
def test_the_nth_workday_after_a_day_counts_make_up_days_and_skips_holidays(day: date, n: int, then: date) -> None:
    assert CHINA.add(day, n) == then


@settings(derandomize=True, deadline=None)
@given(day=st.dates(date(2024, 1, 1), date(2026, 12, 1)), n=st.integers(1, 30))
def test_between_a_day_and_the_nth_workday_after_it_lie_n_workdays(day: date, n: int) -> None:
    then = CHINA.add(day, n)

    between = [day + timedelta(days=k) for k in range(1, (then - day).days + 1)]
    assert sum(map(CHINA.is_workday, between)) == n
    assert CHINA.is_workday(then)


def test_a_year_asked_for_by_many_at_once_has_all_its_holidays_for_each() -> None:
    day = date(2039, 10, 1)

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: CHINA.is_holiday(day), range(200)))

    assert all(answers)


def test_a_country_without_a_calendar_is_refused_with_a_sentence() -> None:
    assert supported("CN")
    assert supported("DE")
    assert not supported("XX")
    assert not supported("")

    with pytest.raises(ValueError, match='no calendar of public holidays is known for "XX"'):
        Workdays("XX").is_workday(date(2026, 3, 2))


@given(st.dates(date(2026, 1, 1), date(2026, 11, 30)), st.integers(0, 15))
@settings(max_examples=50, deadline=None)
def test_workdays_between_two_days_are_those_that_add_up(day: date, workdays: int) -> None:
    later = CHINA.add(day, workdays)

    assert CHINA.between(day, later) == workdays and CHINA.between(later, day) == -workdays
