"""Clocks: by when a case is owed an answer, under a named rule on the hotline's calendar.

A new clock is a name in `ClockName`, a function and a row of `CLOCKS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from ivr.calendar.opening_hours import OpeningHours
from ivr.calendar.workdays import Workdays

ClockName = Literal["cn-2020", "three-workdays", "two-hours-open", "none"]


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: its instant, its date in the hotline's zone, the rule, and why it reads so."""

    at: datetime
    day: date
    rule: ClockName
    why: str


class Received(NamedTuple):
    """When the call of a case began, in the hotline's zone, and the calendars its clock may count in."""

    at: datetime
    workdays: Workdays
    hours: OpeningHours | None


Deadline = tuple[datetime, str]
"""The instant, and why."""


def _cn_2020(received: Received) -> Deadline:
    """CBIRC Order 2020 No. 3, simple and clear facts: decide and tell within 15 days."""
    today = received.at.date()
    why = f"15 calendar days from {today}, CBIRC Order 2020 No. 3"
    return _end_of(today + timedelta(days=15), received), why


def _three_workdays(received: Received) -> Deadline:
    today = received.at.date()
    return _end_of(received.workdays.add(today, 3), received), f"three workdays after {today}"


def _two_hours_open(received: Received) -> Deadline:
    """Without opening hours, or where they are closed for good, two hours of the clock on the wall."""
    at, span = received.at, timedelta(hours=2)
    found = received.hours.add_open_time(at, span) if received.hours else None
    found = found or (at.astimezone(UTC) + span).astimezone(at.tzinfo)
    return found, f"two hours of opening time from {at:%Y-%m-%d %H:%M}"


class Clock(NamedTuple):
    """How a clock counts (None: it never runs), and whether `{case.due}` is a date or a time of day."""

    deadline: Callable[[Received], Deadline] | None
    spoken: Literal["date", "time"] = "date"


CLOCKS: Mapping[ClockName, Clock] = {
    "cn-2020": Clock(_cn_2020),
    "three-workdays": Clock(_three_workdays),
    "two-hours-open": Clock(_two_hours_open, "time"),
    "none": Clock(None),
}


def due(
    rule: ClockName, started: datetime, zone: ZoneInfo, workdays: Workdays, hours: OpeningHours | None = None
) -> Due | None:
    """The deadline of a case whose call began at `started`, also at night; None under the clock `none`."""
    counts = CLOCKS[rule].deadline
    if counts is None:
        return None
    at, why = counts(Received(started.astimezone(zone), workdays, hours))
    return Due(at, at.date(), rule, why)


def _end_of(day: date, received: Received) -> datetime:
    return datetime.combine(day, time(23, 59, 59), received.at.tzinfo)
