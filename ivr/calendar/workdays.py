"""Workdays of a country, with China's make-up working weekends, which a plain list of holidays gets wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=64)
def _country(country: str) -> Any:
    import holidays  # a second of import: only where a calendar is asked

    try:
        return holidays.country_holidays(country)
    except NotImplementedError:
        raise ValueError(f'no calendar of public holidays is known for "{country}"') from None


def supported(country: str) -> bool:
    """Whether the public holidays of a country are known."""
    try:
        _country(country)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Workdays:
    """Which days are worked. `country` is an ISO code, or empty for weekends only; own days win over the country's."""

    country: str = ""
    closed: frozenset[date] = frozenset()
    open: frozenset[date] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Whether people work on a day, make-up workdays included."""
        if day in self.open:
            return True
        if day in self.closed:
            return False
        if self.country:
            return bool(_country(self.country).is_working_day(day))
        return day.weekday() < 5

    def is_holiday(self, day: date) -> bool:
        """Whether a day is a public holiday (a plain weekend is none)."""
        if day in self.open:
            return False
        return day in self.closed or bool(self.country and day in _country(self.country))

    def name(self, day: date) -> str:
        """What the holiday is called, or an empty string."""
        return str(_country(self.country).get(day) or "") if self.country else ""

    def add(self, day: date, workdays: int) -> date:
        """The n-th workday after a day."""
        while workdays > 0:
            day += timedelta(days=1)
            workdays -= self.is_workday(day)
        return day
