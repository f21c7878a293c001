"""How a case stands with its clock; when somebody is warned of it, and when it goes higher."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from clock_tables import calendars
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.case.clock_state import ClockState, escalates, state, state_said, warnings
from ivr.case.deadline import Due, deadline

CHINA = calendars()
SHANGHAI = ZoneInfo("Asia/Shanghai")
DUE = datetime(2026, 3, 17, 23, 59, 59, tzinfo=SHANGHAI)
BEFORE, AFTER = DUE - timedelta(hours=1), DUE + timedelta(seconds=1)
INSTANTS = st.integers(0, 1_000_000).map(lambda n: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=n))


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def due(clock: str, started: str) -> Due:
    found = deadline(clock, shanghai(started), CHINA)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("now", "answered", "paused", "found"),
    [
        (BEFORE, None, None, "running"),
        (DUE + timedelta(milliseconds=999), None, None, "running"),
        (AFTER, None, None, "missed"),
        (BEFORE, BEFORE, None, "met"),
        (AFTER + timedelta(days=9), BEFORE, None, "met"),
        (AFTER, DUE + timedelta(milliseconds=999), None, "met"),
        (AFTER, AFTER, None, "late"),
        (AFTER + timedelta(days=9), AFTER, None, "late"),
        (BEFORE, None, BEFORE - timedelta(days=1), "paused"),
        (AFTER, None, BEFORE, "paused"),
        (AFTER + timedelta(days=1), None, AFTER, "missed"),
        (AFTER, BEFORE, BEFORE, "met"),
    ],
)
def test_a_case_stands_as_its_clock_says(
    now: datetime, answered: datetime | None, paused: datetime | None, found: ClockState
) -> None:
    for zone in (UTC, SHANGHAI):
        assert state(DUE.astimezone(zone), now, answered_at=answered, paused_at=paused) == found


def test_a_case_without_a_deadline_has_no_state() -> None:
    assert state(None, AFTER) == "none"
    assert state(None, AFTER, answered_at=AFTER) == "none"


@pytest.mark.parametrize("found", get_args(ClockState))
def test_each_state_is_said_in_both_languages(found: ClockState) -> None:
    said = state_said(found)

    assert said.isascii()
    assert not said.in_language("zh-CN").isascii()


def test_a_deadline_in_the_hour_that_comes_twice_is_judged_by_the_instant() -> None:
    london = ZoneInfo("Europe/London")
    due_at = datetime(2026, 10, 25, 1, 30, tzinfo=london, fold=0)
    told = datetime(2026, 10, 25, 1, 10, tzinfo=london, fold=1)

    assert state(due_at, told, answered_at=told) == "late"


@pytest.mark.parametrize(
    ("clock", "opened", "mornings"),
    [
        ("cn-2020", "2026-03-02 10:00", ["2026-03-12 09:00", "2026-03-16 09:00"]),
        ("cn-2020", "2026-02-14 10:00", ["2026-02-26 09:00", "2026-02-28 09:00"]),  # due on a Sunday; 28 is worked
        ("cn-2020", "2026-09-20 10:00", ["2026-09-28 09:00", "2026-09-30 09:00"]),  # due amid National Day
        ("three-workdays", "2026-03-02 08:00", ["2026-03-02 09:00", "2026-03-04 09:00"]),
        ("three-workdays", "2026-03-02 09:00", ["2026-03-04 09:00"]),
        ("three-workdays", "2026-03-02 10:00", ["2026-03-04 09:00"]),
        ("three-workdays", "2026-02-13 10:00", ["2026-02-14 09:00", "2026-02-24 09:00"][1:]),
        ("2h office", "2026-03-02 16:00", []),
        ("16h office", "2026-03-02 10:00", ["2026-03-03 09:00"]),
    ],
)
def test_a_case_is_warned_of_on_the_mornings_of_workdays(clock: str, opened: str, mornings: list[str]) -> None:
    assert warnings(due(clock, opened).at, shanghai(opened), CHINA) == [shanghai(text) for text in mornings]


@pytest.mark.parametrize(
    ("clock", "opened", "morning"),
    [
        ("cn-2020", "2026-03-02 10:00", "2026-03-18 09:00"),
        ("cn-2020", "2026-09-20 10:00", "2026-10-08 09:00"),
        ("three-workdays", "2026-03-03 10:00", "2026-03-09 09:00"),  # due on a Friday
        ("2h office", "2026-03-02 10:00", "2026-03-03 09:00"),
        ("2h always", "2026-03-03 05:00", "2026-03-03 09:00"),
        ("2h always", "2026-03-03 07:00", "2026-03-04 09:00"),  # due at nine, late a second after
        ("2h always", "2026-03-07 05:00", "2026-03-09 09:00"),  # a Saturday
    ],
)
def test_a_case_goes_higher_on_the_first_morning_it_is_late(clock: str, opened: str, morning: str) -> None:
    assert escalates(due(clock, opened).at, CHINA) == shanghai(morning)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(clock=st.sampled_from(["cn-2020", "three-workdays", "us-cfpb", "house", "16h office"]), opened=INSTANTS)
def test_warnings_come_after_the_opening_before_the_deadline_and_in_order(clock: str, opened: datetime) -> None:
    found = deadline(clock, opened, CHINA)
    assert found is not None

    mornings = warnings(found.at.astimezone(UTC), opened, CHINA)

    assert mornings == sorted(set(mornings))
    assert all(opened < at < found.at for at in mornings)
    assert all(CHINA.workdays.is_workday(at.date()) and at.hour == 9 for at in mornings)
    higher = escalates(found.at.astimezone(UTC), CHINA)
    assert higher > found.at
    assert state(found.at, higher) == "missed"
    assert CHINA.workdays.is_workday(higher.date())
