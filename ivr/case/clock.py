"""Clocks: by when a case is owed an answer, under a rule on the hotline's calendar.

A clock is a name with a rule behind it (a new one is a name in `ClockName`, a function and a row of `CLOCKS`), or a
time within named opening hours (`OpenTime`).
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
WITHOUT_HOURS: ClockName = "two-hours-open"
"""Counts opening time and does not say whose: kept for stored releases alone, where it counts the clock on the wall."""


class OpenTime(NamedTuple):
    """So many seconds of the opening time of the hours called `hours`, which may be open day and night."""

    within: int
    hours: str

    def __str__(self) -> str:
        """As cases hold it: `2h agents`."""
        for size, unit in ((3600, "h"), (60, "m")):
            if self.within % size == 0:
                return f"{self.within // size}{unit} {self.hours}"
        return f"{self.within}s {self.hours}"


ClockRule = ClockName | OpenTime


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: its instant, its date in the hotline's zone, the clock, why it reads so, and whether `{case.due}` is
    its date or its time of day."""

    at: datetime
    day: date
    rule: str
    why: str
    spoken: Literal["date", "time"] = "date"


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


def _two_hours(received: Received) -> Deadline:
    return _open_time(received, OpenTime(7200, ""))


def _open_time(received: Received, wanted: OpenTime) -> Deadline:
    """Without opening hours, or where they are closed for good, the time of the clock on the wall."""
    at, span = received.at, timedelta(seconds=wanted.within)
    found = received.hours.add_open_time(at, span) if received.hours else None
    found = found or (at.astimezone(UTC) + span).astimezone(at.tzinfo)
    of = f"of opening time ({wanted.hours})" if wanted.hours else "on the clock"
    return found, f"{str(wanted).split()[0]} {of} from {at:%Y-%m-%d %H:%M}"


class Clock(NamedTuple):
    """How a clock counts (None: it never runs), and whether `{case.due}` is a date or a time of day."""

    deadline: Callable[[Received], Deadline] | None
    spoken: Literal["date", "time"] = "date"


CLOCKS: Mapping[ClockName, Clock] = {
    "cn-2020": Clock(_cn_2020),
    "three-workdays": Clock(_three_workdays),
    WITHOUT_HOURS: Clock(_two_hours, "time"),
    "none": Clock(None),
}


def due(
    rule: ClockRule, started: datetime, zone: ZoneInfo, workdays: Workdays, hours: OpeningHours | None = None
) -> Due | None:
    """The deadline of a case whose call began at `started`, also at night; None under the clock `none`.

    `hours` are those that the clock names.
    """
    received = Received(started.astimezone(zone), workdays, hours)
    if isinstance(rule, OpenTime):
        at, why = _open_time(received, rule)
        return Due(at, at.date(), str(rule), why, "time")
    clock = CLOCKS[rule]
    if clock.deadline is None:
        return None
    at, why = clock.deadline(received)
    return Due(at, at.date(), rule, why, clock.spoken)


def _end_of(day: date, received: Received) -> datetime:
    return datetime.combine(day, time(23, 59, 59), received.at.tzinfo)


RUNGS = {"cn-2020": "cn-2020+30", "cn-2020+30": "cn-2020+60", "us-cfpb": "us-cfpb+60"}


def next_rung(clock: str) -> str | None:
    """The extension that may follow on a clock; None: there is none."""
    return RUNGS.get(clock)


def may_pause(clock: str) -> bool:
    """Whether a clock stops while we wait for the customer."""
    return clock.endswith(" pauses")
