"""When a survey will have phoned everybody: told before it starts, so that nobody begins what runs into a holiday."""

from __future__ import annotations

from collections import deque
from datetime import date, datetime, timedelta
from typing import NamedTuple

from ivr.flow.outgoing import Outgoing
from ivr.service.outgoing.decent_hours import DecentHours

SLOWEST = timedelta(days=3 * 366)
"""A survey that takes longer is not foretold: the settings that its calls are bound by are wrong."""


class SurveyEnd(NamedTuple):
    """When everybody will have been phoned once, and when the last call is placed if nobody is ever reached."""

    once: datetime
    last: datetime


def survey_end(people: int, outgoing: Outgoing, hours: DecentHours, start: datetime) -> SurveyEnd | None:
    """When a survey of so many people ends that starts now and has its flow's calls to itself; None where it would
    take years, or may never phone. The times are those at which calls are placed."""
    due = deque((start, 1) for _ in range(people))
    at, pace, once = start, timedelta(seconds=outgoing.pace), start
    today: tuple[date | None, int] = (None, 0)
    while due:
        at = max(at, due[0][0])
        allowed = hours.next(at)
        if allowed is None or allowed - start > SLOWEST:
            return None
        at, day = allowed, allowed.astimezone(hours.zones[0]).date()
        placed = today[1] if day == today[0] else 0
        if placed >= outgoing.a_day:
            at = hours.begin(day + timedelta(days=1))
            continue
        today = (day, placed + 1)
        tries = due.popleft()[1]
        if tries == 1:
            once = at
        if tries < outgoing.tries:
            due.append((at + timedelta(seconds=outgoing.spacing), tries + 1))
        last, at = at, at + pace
    return SurveyEnd(once, last) if people else None
