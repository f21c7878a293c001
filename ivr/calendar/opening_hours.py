"""Opening hours: whether a desk is open at an instant, why, and when it opens next. Times are wall-clock times."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

from ivr.calendar.workdays import Workdays

Opening = Literal["open", "closed", "holiday"]
Spans = tuple[tuple[int, int], ...]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"(\d{2}):(\d{2})-(\d{2}):(\d{2})\Z")


def parse_week(written: Mapping[str, str]) -> Mapping[int, Spans]:
    """`{mon-fri: 08:30-20:00, sat: closed}` to spans of minutes by weekday (Monday 0). ValueError with a sentence."""
    week: dict[int, Spans] = {}
    for days, text in written.items():
        spans = _spans(text)
        for day in _days(days):
            if day in week:
                raise ValueError(f"{DAYS[day]} is written in two lines")
            week[day] = spans
    return week


def _days(text: str) -> list[int]:
    days: list[int] = []
    for part in text.replace(" ", "").split(","):
        ends = part.split("-")
        if not 1 <= len(ends) <= 2 or any(end not in DAYS for end in ends):
            raise ValueError(f'"{text}" names no days: write mon-fri, sat or sat,sun')
        first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
        days += [(first + n) % 7 for n in range((last - first) % 7 + 1)]
    return days


def _spans(text: str) -> Spans:
    if text.strip() == "closed":
        return ()
    spans: list[tuple[int, int]] = []
    for part in text.split(","):
        found = _SPAN.match(part.strip())
        if not found:
            raise ValueError(f'"{part.strip()}" is no time of day: write 08:30-20:00')
        h1, m1, h2, m2 = map(int, found.groups())
        start, end = h1 * 60 + m1, h2 * 60 + m2
        if m1 > 59 or m2 > 59 or end > 1440 or start >= end:
            raise ValueError(f'"{part.strip()}" does not end after it begins: write 08:30-20:00, at most 24:00')
        if spans and start < spans[-1][1]:
            raise ValueError(f'"{text}" overlaps itself')
        spans.append((start, end))
    return tuple(spans)


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """A desk's hours by weekday; closed on public holidays where `holidays` is given."""

    open: Mapping[int, Spans]
    holidays: Workdays | None = None
    closed_on: frozenset[date] = frozenset()
    open_on: frozenset[date] = frozenset()

    def status(self, at: datetime) -> Opening:
        """Whether the desk is open at an instant given in its own zone."""
        if self._holiday(at.date()):
            return "holiday"
        minute = at.hour * 60 + at.minute
        return "open" if any(start <= minute < end for start, end in self._spans_on(at.date())) else "closed"

    def _holiday(self, day: date) -> bool:
        if day in self.open_on:
            return False
        return day in self.closed_on or (self.holidays is not None and self.holidays.is_holiday(day))

    def _made_up(self, day: date) -> bool:
        return self.holidays is not None and self.holidays.is_weekend(day) and self.holidays.is_workday(day)

    def _spans_on(self, day: date) -> Spans:
        """A make-up workday on a weekend keeps Monday's hours; so does a day opened that has none of its own."""
        own = self.open.get(day.weekday(), ())
        return self.open.get(0, ()) if self._made_up(day) or (day in self.open_on and not own) else own

    def _open_from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The stretches the desk is open from `at` on, in UTC, within 400 days."""
        start = at.astimezone(UTC)
        for later in range(401):
            day = at.date() + timedelta(days=later)
            spans = () if self._holiday(day) else self._spans_on(day)
            for begin, close in sorted(found for span in spans for found in _stretches(day, span, at.tzinfo)):
                if close > start:
                    yield max(begin, start), close

    def opens(self, at: datetime) -> datetime | None:
        """The next instant from `at` on when the desk opens or is open; None: not within 400 days."""
        return next((begin.astimezone(at.tzinfo) for begin, _ in self._open_from(at)), None)

    def add_open_time(self, at: datetime, span: timedelta) -> datetime | None:
        """The instant when so much open time has passed since `at`; None: not within 400 days."""
        for begin, close in self._open_from(at):
            if close - begin >= span:
                return (begin + span).astimezone(at.tzinfo)
            span -= close - begin
        return None

    def explain(self, at: datetime) -> str:
        """One sentence: the status and why."""
        day = at.date()
        spans = ", ".join(f"{a // 60:02d}:{a % 60:02d}-{b // 60:02d}:{b % 60:02d}" for a, b in self._spans_on(day))
        name = self.holidays.name(day) if self.holidays else ""
        if self._holiday(day):
            return f"holiday: {day:%A %Y-%m-%d} is {name or 'a day it is closed on'}."
        weekend = self.holidays.is_weekend(day) if self.holidays else day.weekday() > 4
        note = " (a weekend)" if weekend and spans else ""
        if self._made_up(day):
            note = " (a make-up workday: Monday's hours)"
        return f"{self.status(at)}: {day:%A %Y-%m-%d}{note}, hours {spans or 'none'}."


def _stretches(day: date, span: tuple[int, int], zone: tzinfo | None) -> list[tuple[datetime, datetime]]:
    """When a day's clock reads within a span, in UTC: up to two stretches on a day its clocks are changed."""
    midnight, next_midnight = _clock(day, zone), _clock(day + timedelta(days=1), zone)
    before, after = midnight.utcoffset(), next_midnight.utcoffset()
    since, until = midnight.astimezone(UTC), next_midnight.astimezone(UTC)
    start, end = (since + timedelta(minutes=minute) for minute in span)
    if before is None or after is None or before == after:
        return [(start, end)]
    minutes = [since + timedelta(minutes=n) for n in range((until - since) // timedelta(minutes=1) + 1)]
    change = minutes[bisect_left(minutes[:-1], True, key=lambda m: m.astimezone(zone).utcoffset() != before)]
    shift = before - after
    found = [(start, min(end, change)), (max(start + shift, change), end + shift)]
    return [(begin, close) for begin, close in found if begin < close]


def _clock(day: date, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, time(), zone)
