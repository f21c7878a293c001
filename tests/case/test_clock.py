"""By when a case is owed an answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.calendar.opening_hours import OpeningHours, parse_week
from ivr.calendar.workdays import Workdays
from ivr.case.clock import CLOCKS, ClockName, ClockRule, Due, OpenTime, due

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHINA = Workdays("CN")
AGENTS = OpeningHours(parse_week({"mon-fri": "08:30-20:00", "sat-sun": "09:00-17:30"}), CHINA)


def deadline(rule: ClockRule, started: str, hours: OpeningHours | None = None) -> Due:
    found = due(rule, datetime.fromisoformat(started).replace(tzinfo=SHANGHAI), SHANGHAI, CHINA, hours)
    assert found is not None
    return found


def test_every_clock_has_its_row() -> None:
    assert get_args(ClockName) == tuple(CLOCKS)


@pytest.mark.parametrize(
    ("started", "day"),
    [
        ("2026-03-02 10:00", "2026-03-17"),
        ("2026-01-31 10:00", "2026-02-15"),
        ("2026-04-16 10:00", "2026-05-01"),
        ("2026-04-30 10:00", "2026-05-15"),
        ("2026-12-31 23:59", "2027-01-15"),
        ("2026-02-28 10:00", "2026-03-15"),
        ("2028-02-28 10:00", "2028-03-14"),
        ("2028-02-29 10:00", "2028-03-15"),
        ("2028-02-14 10:00", "2028-02-29"),
        ("2026-09-25 10:00", "2026-10-10"),
        ("2026-03-02 00:00", "2026-03-17"),
        ("2026-03-02 23:30", "2026-03-17"),
    ],
)
def test_a_complaint_is_decided_within_fifteen_calendar_days_holidays_or_not(started: str, day: str) -> None:
    found = deadline("cn-2020", started)

    assert found.day == date.fromisoformat(day)
    assert found.at.isoformat() == f"{day}T23:59:59+08:00"
    assert found.rule == "cn-2020"


@settings(max_examples=300, derandomize=True, deadline=None)
@given(started=st.integers(0, 10_000_000).map(lambda n: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=n)))
def test_the_fifteenth_day_is_counted_from_the_callers_own_date(started: datetime) -> None:
    found = due("cn-2020", started, SHANGHAI, CHINA)

    assert found is not None
    assert (found.day - started.astimezone(SHANGHAI).date()).days == 15
    assert found.at > started


@pytest.mark.parametrize(
    ("started", "day"),
    [
        ("2026-03-02 10:00", "2026-03-05"),
        ("2026-03-05 10:00", "2026-03-10"),
        ("2026-03-06 23:30", "2026-03-11"),
        ("2026-03-07 10:00", "2026-03-11"),
        ("2026-02-12 10:00", "2026-02-24"),
        ("2026-09-30 10:00", "2026-10-10"),
        ("2026-12-31 10:00", "2027-01-06"),
        ("2028-02-28 10:00", "2028-03-02"),
    ],
)
def test_an_inquiry_is_answered_within_three_workdays_make_up_days_counted(started: str, day: str) -> None:
    found = deadline("three-workdays", started)

    assert found.day == date.fromisoformat(day)
    assert found.at.isoformat() == f"{day}T23:59:59+08:00"


@pytest.mark.parametrize(
    ("utc", "rule", "day"),
    [
        ("2026-03-02 15:30", "cn-2020", "2026-03-17"),
        ("2026-03-02 16:30", "cn-2020", "2026-03-18"),
        ("2026-03-02 15:30", "three-workdays", "2026-03-05"),
        ("2026-03-02 16:30", "three-workdays", "2026-03-06"),
        ("2026-12-31 16:30", "cn-2020", "2027-01-16"),
    ],
)
def test_a_call_at_half_past_eleven_at_night_is_dated_in_the_hotlines_zone(utc: str, rule: str, day: str) -> None:
    found = due(rule, datetime.fromisoformat(utc).replace(tzinfo=UTC), SHANGHAI, CHINA)

    assert found is not None
    assert found.day == date.fromisoformat(day)


def test_the_same_instant_has_the_same_deadline_whatever_zone_it_is_given_in() -> None:
    started = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    berlin = ZoneInfo("Europe/Berlin")

    for rule in CLOCKS:
        assert due(rule, started, berlin, Workdays("DE"), AGENTS) == due(
            rule, started.astimezone(SHANGHAI), berlin, Workdays("DE"), AGENTS
        )


@pytest.mark.parametrize(
    ("started", "at"),
    [
        ("2026-03-02 10:00", "2026-03-02T12:00:00+08:00"),
        ("2026-03-02 19:00", "2026-03-03T09:30:00+08:00"),
        ("2026-03-02 23:30", "2026-03-03T10:30:00+08:00"),
        ("2026-09-30 23:30", "2026-10-08T10:30:00+08:00"),
    ],
)
def test_a_callback_is_owed_within_two_hours_of_opening_time(started: str, at: str) -> None:
    found = deadline(OpenTime(7200, "agents"), started, AGENTS)

    assert found.at.isoformat() == at
    assert found.day == found.at.date()


def test_a_callback_of_a_hotline_without_hours_is_owed_two_hours_later_also_when_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    never = OpeningHours(parse_week({"mon-sun": "closed"}))

    for hours in (None, never):
        found = due(OpenTime(7200, "agents"), datetime(2026, 3, 29, 1, 0, tzinfo=berlin), berlin, Workdays("DE"), hours)
        assert found is not None
        assert found.at.isoformat() == "2026-03-29T04:00:00+02:00"


@pytest.mark.parametrize(
    ("started", "at"),
    [
        ("2026-03-02 03:00", "2026-03-02T05:00:00+08:00"),
        ("2026-10-01 03:00", "2026-10-01T05:00:00+08:00"),
        ("2026-12-31 23:30", "2027-01-01T01:30:00+08:00"),
    ],
)
def test_a_clock_of_hours_that_never_close_runs_day_and_night(started: str, at: str) -> None:
    always = OpeningHours(parse_week({"mon-sun": "00:00-24:00"}))

    found = deadline(OpenTime(7200, "always"), started, always)

    assert (found.at.isoformat(), found.rule, found.spoken) == (at, "2h always", "time")


def test_nothing_is_owed_for_feedback() -> None:
    assert due("none", datetime(2026, 3, 2, tzinfo=UTC), SHANGHAI, CHINA, AGENTS) is None


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("cn-2020", "15 calendar days from 2026-03-02, CBIRC Order 2020 No. 3"),
        ("three-workdays", "three workdays after 2026-03-02"),
        (OpenTime(7200, "agents"), "2h of opening time (agents) from 2026-03-02 23:30"),
        (OpenTime(1800, "always"), "30m of opening time (always) from 2026-03-02 23:30"),
        (OpenTime(45, "always"), "45s of opening time (always) from 2026-03-02 23:30"),
    ],
)
def test_a_deadline_says_why_it_reads_so(rule: ClockRule, why: str) -> None:
    assert deadline(rule, "2026-03-02 23:30", AGENTS).why == why


@settings(derandomize=True, deadline=None)
@given(
    rule=st.sampled_from(["cn-2020", "three-workdays", OpenTime(7200, "agents"), OpenTime(60, "agents")]),
    started=st.integers(0, 480_000).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n)),
    later=st.timedeltas(timedelta(0), timedelta(days=3)),
)
def test_who_calls_later_is_never_owed_an_answer_sooner(rule: ClockRule, started: datetime, later: timedelta) -> None:
    first = due(rule, started, SHANGHAI, CHINA, AGENTS)
    second = due(rule, started + later, SHANGHAI, CHINA, AGENTS)

    assert first is not None
    assert second is not None
    assert started < first.at <= second.at
