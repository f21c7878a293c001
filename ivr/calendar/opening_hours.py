"""Opening hours: whether a desk is open at an instant, why, and when it opens next. Times are wall-clock times."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

from ivr.calendar.dates import LATEST
from ivr.calendar.passing import Stretch, in_order, run_out
from ivr.calendar.week import DAY, DAYS, Spans, parse_week, shown
from ivr.calendar.workdays import Workdays
from ivr.messages.message import Message

__all__ = ["DAYS", "Opening", "OpeningHours", "Spans", "parse_week"]
Opening = Literal["open", "closed", "holiday"]
_A_DAY = timedelta(days=1)
_LONGEST_CLOSED = timedelta(days=400)
_WEEKDAYS = (
    "calendar.day.mon", "calendar.day.tue", "calendar.day.wed", "calendar.day.thu", "calendar.day.fri",
    "calendar.day.sat", "calendar.day.sun",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """A desk's hours by weekday; closed on public holidays where `holidays` is given."""

    open: Mapping[int, Spans]
    holidays: Workdays | None = None
    closed_on: frozenset[date] = frozenset()
    open_on: frozenset[date] = frozenset()

    def status(self, at: datetime) -> Opening:
        """Whether the desk is open at an instant given in its own zone."""
        day, minute = at.date(), at.hour * 60 + at.minute
        if _within(self._on_clock(day), minute):
            return "open"
        return "holiday" if self._holiday(day) else "closed"

    def _holiday(self, day: date) -> bool:
        if day in self.open_on:
            return False
        return day in self.closed_on or (self.holidays is not None and self.holidays.is_holiday(day))

    def _made_up(self, day: date) -> bool:
        return self.holidays is not None and self.holidays.is_weekend(day) and self.holidays.is_workday(day)

    def _workday(self) -> int:
        """The day of the week whose hours stand for a workday's: Monday, or the first after it with any."""
        return next((day for day in range(5) if self.open.get(day)), 0)

    def _spans_on(self, day: date) -> Spans:
        """The hours that begin on a day, were it no holiday.

        A make-up workday on a weekend has a workday's hours and its own, so that it is never shorter than either; a
        day opened by the author that has none of its own has a workday's.
        """
        own, workday = self.open.get(day.weekday(), ()), self.open.get(self._workday(), ())
        if self._made_up(day):
            return _together([*own, *workday])
        return workday if day in self.open_on and not own else own

    def _begun_on(self, day: date) -> Spans:
        return () if self._holiday(day) else self._spans_on(day)

    def _night_before(self, day: date) -> Spans:
        """What of a day is still the evening before's: hours belong to the day they begin on, holiday or not."""
        if not any(end > DAY for spans in self.open.values() for _, end in spans):
            return ()
        return tuple((0, end - DAY) for _, end in self._begun_on(day - _A_DAY) if end > DAY)

    def _on_clock(self, day: date) -> Spans:
        """When the desk is open from a day's midnight to the next, in minutes of its clock."""
        own = [(start, min(end, DAY)) for start, end in self._begun_on(day)]
        return _together([*self._night_before(day), *own])

    def open_from(self, at: datetime) -> Iterator[Stretch]:
        """The stretches the desk is open from `at` on, in UTC; they end where it does not open for 400 days."""
        start, day, last = at.astimezone(UTC), at.date(), at.date()
        while day - last <= _LONGEST_CLOSED and day.year <= LATEST:
            spans = self._on_clock(day)
            for begin, close in sorted(found for span in spans for found in _stretches(day, span, at.tzinfo)):
                if close > start:
                    yield max(begin, start), close
                    last = day
            day += _A_DAY

    def opens(self, at: datetime) -> datetime | None:
        """The next instant from `at` on when the desk opens or is open; None: not within 400 days."""
        return next((begin.astimezone(at.tzinfo) for begin, _ in self.open_from(at)), None)

    def add_open_time(self, at: datetime, span: timedelta, left_out: Sequence[Stretch] = ()) -> datetime | None:
        """The instant when so much open time has passed since `at`, without what is left out; None: it does not open
        for 400 days before."""
        found = run_out(self.open_from(at), span, in_order(left_out))
        return found.astimezone(at.tzinfo) if found else None

    def unannounced(self, first: date, last: date) -> tuple[int, ...]:
        """The years from one day to another whose make-up workdays are not known yet, and of which no day is given."""
        given = {day.year for day in (*self.closed_on, *self.open_on)}
        years = self.holidays.unannounced(first, last) if self.holidays else ()
        return tuple(year for year in years if year not in given)

    def explain(self, at: datetime) -> Message:
        """One sentence: the status and why."""
        day, minute = at.date(), at.hour * 60 + at.minute
        named = {"day": _weekday(day.weekday()), "date": day.isoformat()}
        if _within(self._night_before(day), minute):
            before = day - _A_DAY
            spans = tuple(shown(span) for span in self._spans_on(before) if span[1] > DAY)
            return Message("calendar.hours.by-night", **named, before=_weekday(before.weekday()), spans=spans)
        if self._holiday(day):
            name = self.holidays.name(day) if self.holidays else None
            if name is None:
                return Message("calendar.hours.closed-on", **named)
            return Message("calendar.hours.holiday", **named, name=name)
        is_open = self.status(at) == "open"
        status = Message("calendar.hours.open") if is_open else Message("calendar.hours.closed")
        spans = tuple(map(shown, self._spans_on(day)))
        hours = Message("calendar.hours.spans", spans=spans) if spans else Message("calendar.hours.no-spans")
        unusual = self._unusual(day)
        if unusual is None:
            return Message("calendar.hours.now", status=status, **named, hours=hours)
        return Message("calendar.hours.now-unusual", status=status, **named, unusual=unusual, hours=hours)

    def _unusual(self, day: date) -> Message | None:
        """What is unusual about a day."""
        own, workday = self.open.get(day.weekday(), ()), self._workday()
        if self._made_up(day):
            if self._spans_on(day) == self.open.get(workday, ()):
                return Message("calendar.hours.made-up", day=_weekday(workday))
            if self._spans_on(day) == own:
                return Message("calendar.hours.made-up-own")
            return Message("calendar.hours.made-up-both", day=_weekday(workday))
        weekend = self.holidays.is_weekend(day) if self.holidays else day.weekday() > 4
        return Message("calendar.hours.weekend") if weekend and self._spans_on(day) else None


def _weekday(day: int) -> Message:
    return Message(_WEEKDAYS[day])


def _within(spans: Spans, minute: int) -> bool:
    return any(start <= minute < end for start, end in spans)


def _together(spans: list[tuple[int, int]]) -> Spans:
    """Spans in order, those that overlap put into one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


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
