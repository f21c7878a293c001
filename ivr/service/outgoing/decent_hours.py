"""When a customer may be phoned: within the hours of the flow, on workdays, by the clocks of every zone their number
may be in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ivr.calendar.workdays import Workdays
from ivr.flow.outgoing import Outgoing

DAYS_AHEAD = 40
"""So many days are looked at: no country has so long a holiday."""


class DecentHours(NamedTuple):
    """Hours that all `zones` share; a workday everywhere counts, unless every day does."""

    zones: tuple[ZoneInfo, ...]
    first: time
    last: time
    workdays: Workdays | None

    def include(self, at: datetime) -> bool:
        """Whether a customer may be phoned at this instant."""
        return all(self._in(at.astimezone(zone)) for zone in self.zones)

    def _in(self, local: datetime) -> bool:
        return self.first <= local.time() < self.last and self._worked(local.date())

    def _worked(self, day: date) -> bool:
        return self.workdays is None or self.workdays.is_workday(day)

    def begin(self, day: date) -> datetime:
        """When that day's hours begin in the zone where they begin last."""
        return max(datetime.combine(day, self.first, zone).astimezone(UTC) for zone in self.zones)

    def next(self, at: datetime) -> datetime | None:
        """The first instant from `at` on at which a customer may be phoned; None where there is none in weeks: zones
        may be too far apart to share any hour. Hours shared by all begin where those of one zone do."""
        if self.include(at):
            return at
        begins: list[datetime] = []
        for zone in self.zones:
            day = at.astimezone(zone).date()
            days: Sequence[date] = [day + timedelta(days=n) for n in range(-1, DAYS_AHEAD)]
            begins += [datetime.combine(each, self.first, zone).astimezone(UTC) for each in days]
        return next((each for each in sorted(begins) if each >= at and self.include(each)), None)


def hours_of(outgoing: Outgoing, number: str, zone: str, workdays: Workdays) -> DecentHours:
    """The hours of a number: those of the longest of its prefixes under `areas`, else of the hotline's own `zone`."""
    named = max((prefix for prefix in outgoing.areas if number.startswith(prefix)), key=len, default="")
    zones = outgoing.areas[named] if named else (zone,)
    first, last = outgoing.between
    return DecentHours(tuple(map(ZoneInfo, zones)), first, last, workdays if outgoing.workdays else None)
