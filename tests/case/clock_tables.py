"""The calendars of the date table (tests/case/dates), and its rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ivr.calendar.opening_hours import OpeningHours
from ivr.calendar.passing import Stretch
from ivr.calendar.week import parse_week
from ivr.calendar.workdays import Workdays
from ivr.case.clock import DayClock
from ivr.case.deadline import Calendars

HOUSE = {"house": DayClock("house", 10, "workdays", (20,), source="service handbook, page 12")}
WEEKS = {
    "office": {"mon-fri": "09:00-17:00"},
    "shop": {"mon-fri": "08:30-12:00, 13:30-20:00", "sat": "09:00-17:30"},
    "night": {"mon-fri": "22:00-06:00"},
    "always": {"mon-sun": "00:00-24:00"},
}


class Row(NamedTuple):
    """A deadline as somebody else worked it out: a date, or an instant for time within hours."""

    clock: str
    zone: str
    region: str
    start: str
    pauses: str
    due: str
    note: str

    def __str__(self) -> str:
        return f"{self.clock} {self.region} {self.start}"


def calendars(zone: str = "Asia/Shanghai", region: str = "CN") -> Calendars:
    """A hotline's calendars in a zone, with the hours and the house's clock of the table."""
    holidays = Workdays(region) if region else None
    hours = {
        name: OpeningHours(parse_week(week), holidays if name != "always" else None) for name, week in WEEKS.items()
    }
    return Calendars(ZoneInfo(zone), Workdays(region), hours, HOUSE)


def rows() -> Iterator[Row]:
    """All rows of all files; lines with # say how they were worked out."""
    for path in sorted((Path(__file__).parent / "dates").glob("*.csv")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        yield from (Row(*fields) for fields in list(csv.reader(lines))[1:])


def pauses_of(row: Row) -> list[Stretch]:
    """The pauses of a row."""
    return [
        (datetime.fromisoformat(begin), datetime.fromisoformat(end))
        for begin, end in (pause.split("/") for pause in row.pauses.split())
    ]
