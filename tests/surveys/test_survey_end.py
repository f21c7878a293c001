"""When a survey ends is told before it starts: by its pace, its hours, its days, its calls a day and its tries."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from ivr.calendar.workdays import Workdays
from ivr.flow.outgoing import Outgoing
from ivr.service.outgoing.decent_hours import DecentHours
from ivr.service.surveys.survey_end import survey_end

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def ends(
    people: int, start: str, zones: tuple[str, ...] = ("Asia/Shanghai",), **changes: object
) -> tuple[str, str] | None:
    outgoing = Outgoing(flow="survey", from_number="+862155500000", pace=60.0, **changes)  # type: ignore[arg-type]
    workdays = Workdays("CN") if outgoing.workdays else None
    hours = DecentHours(tuple(map(ZoneInfo, zones)), *outgoing.between, workdays)
    found = survey_end(people, outgoing, hours, at(start))
    return found and (
        f"{found.once.astimezone(SHANGHAI):%m-%d %H:%M}",
        f"{found.last.astimezone(SHANGHAI):%m-%d %H:%M}",
    )


@pytest.mark.parametrize(
    ("people", "start", "changes", "end"),
    [
        (1, "2026-03-02T10:00", {"tries": 1}, ("03-02 10:00", "03-02 10:00")),
        (1, "2026-03-02T10:00", {"tries": 3}, ("03-02 10:00", "03-04 10:00")),
        (1, "2026-03-02T22:00", {"tries": 1}, ("03-03 09:30", "03-03 09:30")),
        (1, "2026-03-06T22:00", {"tries": 1}, ("03-09 09:30", "03-09 09:30")),  # Friday night
        (1, "2026-03-06T22:00", {"tries": 1, "workdays": False}, ("03-07 09:30", "03-07 09:30")),
        (1, "2026-09-30T20:00", {"tries": 1}, ("10-08 09:30", "10-08 09:30")),  # National Day
        (61, "2026-03-02T10:00", {"tries": 1}, ("03-02 11:00", "03-02 11:00")),
        (301, "2026-03-02T09:30", {"tries": 1, "a_day": 100}, ("03-05 09:30", "03-05 09:30")),
        (2, "2026-03-02T10:00", {"tries": 2, "spacing": 60.0}, ("03-02 10:01", "03-02 10:03")),
    ],
)  # fmt: skip
def test_when_a_survey_ends(people: int, start: str, changes: dict[str, object], end: tuple[str, str]) -> None:
    assert ends(people, start, **changes) == end


def test_zones_that_share_no_hour_or_a_pace_of_years_have_no_end() -> None:
    assert ends(1, "2026-03-02T10:00", ("Asia/Shanghai", "America/New_York")) is None
    assert ends(2000, "2026-03-02T10:00", a_day=1) is None
    assert ends(1, "2026-03-02T10:00", between=(time(9, 30), time(9, 31))) == ("03-03 09:30", "03-05 09:30")
