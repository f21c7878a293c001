"""By when a case is owed an answer: its clock, counted in the hotline's zone and calendars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from ivr.calendar.opening_hours import OpeningHours
from ivr.calendar.passing import Stretch, in_order, run_out
from ivr.calendar.workdays import Workdays
from ivr.case.clock import CLOCKS, Clocks, DayClock, OpenTime, in_units, parse
from ivr.case.why_due import Facts, said
from ivr.messages.message import Message

Pauses = Sequence[Stretch]
"""From when to when a clock stood still. They may overlap, and come in any order."""
_EVER = datetime.max.replace(tzinfo=UTC)


class Calendars(NamedTuple):
    """What clocks count in: the hotline's zone, its workdays, its opening hours by name, and the clocks of its own."""

    zone: ZoneInfo
    workdays: Workdays
    hours: Mapping[str, OpeningHours] = {}
    clocks: Clocks = {}


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: its instant and date in the hotline's zone, the clock as cases hold it, what it was counted from,
    and whether `{case.due}` is its date or its time of day."""

    at: datetime
    day: date
    rule: str
    facts: Facts
    spoken: Literal["date", "time"] = "date"

    @property
    def why(self) -> Message:
        """Why it is then."""
        return said(self.facts)


def deadline(clock: str, start: datetime, calendars: Calendars, pauses: Pauses = ()) -> Due | None:
    """The deadline of a case under a clock, or under a rung of its ladder, from its receipt or its last reopening.

    `pauses` only count for a clock that stops while the house waits. None: nothing is owed, or the hotline does not
    have this clock any more, and the deadline that the case has stays.
    """
    rule, began = parse(clock, calendars.clocks), start.astimezone(calendars.zone)
    if isinstance(rule, DayClock):
        return _in_days(rule, began, calendars)
    return _in_open_time(clock, rule, began, calendars, pauses) if rule else None


def summary_until(clock: str, start: datetime, calendars: Calendars) -> date | None:
    """The last day on which a short answer does in place of the whole one; None where the rule knows no such thing."""
    rule = parse(clock, calendars.clocks)
    if not isinstance(rule, DayClock) or not rule.summary:
        return None
    return calendars.workdays.add(start.astimezone(calendars.zone).date(), rule.summary)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The last second of a day, which may be the second 23:59:59 where clocks go back at midnight."""
    return datetime.combine(day, time(23, 59, 59), zone).replace(fold=1)


def _in_days(rule: DayClock, began: datetime, calendars: Calendars) -> Due:
    received, workdays = began.date(), calendars.workdays
    in_workdays = rule.of == "workdays"
    day = workdays.add(received, rule.days) if in_workdays else received + timedelta(days=rule.days)
    unknown = workdays.unannounced(received + timedelta(days=1), day) if in_workdays else ()
    facts = _facts(rule.name, began, f"{rule.days} {rule.of}", unknown)
    if rule.source and rule.name.partition("+")[0] not in CLOCKS:
        facts["source"] = rule.source
    return Due(end_of(day, calendars.zone), day, rule.name, facts)


def _in_open_time(clock: str, rule: OpenTime, began: datetime, calendars: Calendars, pauses: Pauses) -> Due:
    """Of hours that are not there, or are closed for good, the time of the clock on the wall counts."""
    kept, span = in_order(pauses) if rule.pauses else [], timedelta(seconds=rule.within)
    hours = calendars.hours.get(rule.hours)
    open_until = hours.add_open_time(began, span, kept) if hours else None
    at = open_until or run_out([(began.astimezone(UTC), _EVER)], span, kept)
    assert at is not None, "time on the wall does not end"
    at = at.astimezone(calendars.zone)
    unknown = hours.unannounced(began.date(), at.date()) if hours and open_until else ()
    facts = _facts(clock, began, in_units(rule.within), unknown)
    facts |= {name: value for name, value in (("hours", rule.hours), ("wall", "" if open_until else "yes")) if value}
    if kept:
        facts["pauses"] = " ".join("/".join(_stamp(end, calendars.zone) for end in pause) for pause in kept)
    return Due(at, at.date(), clock, facts, "time")


def _stamp(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat(timespec="minutes")


def _facts(clock: str, began: datetime, count: str, unknown: Sequence[int]) -> dict[str, str]:
    facts = {"clock": clock, "start": began.isoformat(timespec="minutes"), "count": count}
    return {**facts, "unknown": " ".join(map(str, unknown))} if unknown else facts
