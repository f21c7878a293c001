"""Where a case stands with its clock, and the mornings on which somebody is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from ivr.case.deadline import Calendars
from ivr.messages.message import Message

ClockState = Literal["running", "paused", "met", "late", "missed", "none"]
MORNING = time(9, 0)
AHEAD = (3, 1)
"""How many workdays before the day it is due a case is warned of."""
_A_SECOND = timedelta(seconds=1)
_WORDS = {
    "running": "clock.state.running",
    "paused": "clock.state.paused",
    "met": "clock.state.met",
    "late": "clock.state.late",
    "missed": "clock.state.missed",
    "none": "clock.state.none",
}


def state(
    due_at: datetime | None, now: datetime, *, answered_at: datetime | None = None, paused_at: datetime | None = None
) -> ClockState:
    """How a case stands at `now`, in its last round.

    `answered_at`: when the customer was told, or when the case ended without that. From then on the clock does not
    run: waiting for the customer to agree is not late. `paused_at`: since when it stands still, if it does.
    """
    if due_at is None:
        return "none"
    if answered_at is not None:
        return "met" if _in_time(answered_at, due_at) else "late"
    if paused_at is not None:
        return "paused" if _in_time(paused_at, due_at) else "missed"
    return "running" if _in_time(now, due_at) else "missed"


def state_said(found: ClockState) -> Message:
    """A state in a word or two."""
    return Message(_WORDS[found])


def warnings(due_at: datetime, opened_at: datetime, calendars: Calendars) -> list[datetime]:
    """When a case is warned of: at nine, three and one workdays before the day it is due, after it was opened."""
    day = due_at.astimezone(calendars.zone).date()
    mornings = (_morning(calendars.workdays.back(day, before), calendars) for before in AHEAD)
    return [at for at in mornings if at.astimezone(UTC) > opened_at.astimezone(UTC)]


def escalates(due_at: datetime, calendars: Calendars) -> datetime:
    """When a late case goes to somebody higher: at nine, on the first workday on which it is late."""
    day = due_at.astimezone(calendars.zone).date()
    return next(at for at in _workday_mornings(day, calendars) if not _in_time(at, due_at))


def _workday_mornings(day: date, calendars: Calendars) -> Iterator[datetime]:
    day -= timedelta(days=1)
    while True:
        day = calendars.workdays.add(day, 1)
        yield _morning(day, calendars)


def _morning(day: date, calendars: Calendars) -> datetime:
    return datetime.combine(day, MORNING, calendars.zone)


def _in_time(at: datetime, due_at: datetime) -> bool:
    """A deadline at 23:59:59 is kept until the second is over."""
    return at.astimezone(UTC) < due_at.astimezone(UTC) + _A_SECOND
