"""Clocks: by when a case is owed an answer, under a named rule on the hotline's calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ivr.calendar.opening_hours import OpeningHours
from ivr.calendar.workdays import Workdays

CLOCKS = ("cn-2020", "three-workdays", "two-hours-open", "none")


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: its instant, its date in the hotline's zone, the rule, and why it reads so."""

    at: datetime
    day: date
    rule: str
    why: str


def due(
    rule: str, started: datetime, zone: ZoneInfo, workdays: Workdays, hours: OpeningHours | None = None
) -> Due | None:
    """The deadline of a case whose call began at `started`, also at night; None under the clock `none`.

    cn-2020: 15 calendar days (CBIRC Order 2020 No. 3, simple and clear facts: decide and tell within 15 days).
    """
    local = started.astimezone(zone)
    today = local.date()
    if rule == "cn-2020":
        why = f"15 calendar days from {today}, CBIRC Order 2020 No. 3"
        return _end_of(today + timedelta(days=15), zone, rule, why)
    if rule == "three-workdays":
        return _end_of(workdays.add(today, 3), zone, rule, f"three workdays after {today}")
    if rule == "two-hours-open":
        span = timedelta(hours=2)
        at = hours.add_open_time(local, span) if hours else None
        at = at or (started.astimezone(UTC) + span).astimezone(zone)
        return Due(at, at.date(), rule, f"two hours of opening time from {local:%Y-%m-%d %H:%M}")
    return None


def _end_of(day: date, zone: ZoneInfo, rule: str, why: str) -> Due:
    return Due(datetime.combine(day, time(23, 59, 59), zone), day, rule, why)
