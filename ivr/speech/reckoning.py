"""Days reckoned from the day a call began."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_WEEKEND = 5
_LONG_AGO = 4
"""Days."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What a day is reckoned by: the day the call began (None: not known, so that only whole dates are understood),
    whether a day without a year is `ahead` of it or before, and the `order` of a date in figures."""

    today: date | None
    ahead: bool = False
    order: str = ""

    def from_today(self, days: int) -> date | None:
        """A day so many days from today."""
        try:
            return self.today + timedelta(days) if self.today else None
        except OverflowError:
            return None

    def year(self, years: int) -> int | None:
        """A year so many years from this one."""
        return self.today.year + years if self.today else None

    def of(self, year: int | None, month: int | None, day: int | None) -> date | None:
        """A day of a month; without a year the nearest one."""
        if not month or not day:
            return None
        if year is not None:
            return _day(year, month, day)
        if self.today is None:
            return None
        for n in range(9):  # from one February 29 to the next
            found = _day(self.today.year + (n if self.ahead else -n), month, day)
            if found and (found >= self.today if self.ahead else found <= self.today):
                return found
        return None

    def of_month(self, months: int, day: int | None) -> date | None:
        """A day of the month so many months from this one."""
        if self.today is None or not day:
            return None
        month = self.today.month - 1 + months
        return _day(self.today.year + month // 12, month % 12 + 1, day)

    def of_first(self, first: date, nth: int, weekday: int) -> date | None:
        """The nth such day of the month that begins with `first`."""
        found = first + timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))
        return found if found.month == first.month else None

    def day_of_month(self, day: int | None) -> date | None:
        """The nearest day with this number."""
        if self.today is None or not day or not 0 < day < 32:
            return None
        for n in range(62):
            found = self.today + timedelta(n if self.ahead else -n)
            if found.day == day:
                return found
        return None

    def weekday(self, weekday: int) -> date | None:
        """The nearest such day; none on that day of the week itself, when it may be today."""
        if self.today is None or weekday == self.today.weekday():
            return None
        days = (weekday - self.today.weekday()) % 7
        return self.today + timedelta(days if self.ahead else days - 7)

    def nearest_weekday(self, which: int, weekday: int) -> date | None:
        """The last such day before today (-1), or the next one after it (1)."""
        if self.today is None:
            return None
        away = (weekday - self.today.weekday()) % 7
        return self.from_today((away or 7) if which > 0 else (away - 7))

    def of_week(self, days: int) -> date | None:
        """A day counted from Monday of this week."""
        return self.from_today(days - self.today.weekday()) if self.today else None

    def named_weekday(self, which: int, weekday: int) -> date | None:
        """ "last", "this" or "next" Friday: none where people mean either of two.

        The last Monday is also the nearest one where that was long enough ago: a week before it, it would be called
        something else. Yesterday is no "last Friday".
        """
        of_week = self.of_week(7 * which + weekday)
        if self.today is None or of_week is None:
            return of_week
        if not which:  # "this Friday" on a Saturday may be yesterday or the next one
            over = self.ahead or self.today.weekday() >= _WEEKEND
            return None if over and of_week < self.today else of_week
        nearest = self.nearest_weekday(which, weekday)
        ago = (self.today - nearest).days if nearest else 0
        return nearest if ago >= _LONG_AGO or (nearest == of_week and ago != 1) else None

    def short_year(self, digits: str) -> int | None:
        """A year in four digits, or in two: then the nearest one."""
        if len(digits) == 4 and digits[0] != "0":
            return int(digits)
        if len(digits) != 2 or self.today is None:
            return None
        year = self.today.year - self.today.year % 100 + int(digits)
        if self.ahead:
            return year if year >= self.today.year else year + 100
        return year if year <= self.today.year else year - 100

    def whole_year(self, digits: str) -> int | None:
        """The same; one of two digits only where these can be no day of a month, and the year is a past one."""
        return self.short_year(digits) if len(digits) == 4 or (int(digits) > 31 and not self.ahead) else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= 1000 else None
    except ValueError:
        return None
