"""Workdays of a country, with China's make-up working weekends, which a plain list of holidays gets wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from ivr.messages.message import Message

_DAY = timedelta(days=1)


@lru_cache(maxsize=512)
def _year(country: str, year: int, language: str = "en_US") -> Any:
    """The days of a year, filled before anybody asks: one that fills itself is read half full by another thread.

    In English on every machine: the library's own choice follows the machine's locale.
    """
    import holidays  # a second of import: only where a calendar is asked

    country, _, region = country.partition("-")
    try:
        return holidays.country_holidays(country, region or None, years=year, expand=False, language=language)
    except NotImplementedError:
        raise ValueError(Message("calendar.no-country", country=country)) from None


class HolidayName(Message):
    """What a holiday is called, in each language that the calendar of its country has."""

    country: str
    day: date

    @classmethod
    def of(cls, country: str, day: date) -> HolidayName | None:
        """The name of a country's holiday; None where the day is none."""
        name = _year(country, day.year).get(day) if country else None
        if not name:
            return None
        made = cls("calendar.hours.holiday-named", name=str(name))
        made.country, made.day = country, day
        return made

    def in_language(self, language: str) -> str:
        """The name in the reader's language, in English where the calendar has no other."""
        tag = language.replace("-", "_")
        if tag not in _year(self.country, self.day.year).supported_languages:
            return str(self)
        return str(_year(self.country, self.day.year, tag).get(self.day) or self)


def supported(country: str) -> bool:
    """Whether the public holidays of a country, or of a region such as GB-ENG, are known."""
    try:
        _year(country, 2026)
    except ValueError:
        return False
    return True


def code_of(name: str) -> str:
    """The two letters of a country written as its English name or in small letters; empty where it is not known."""
    for written in (name.strip().upper(), name.title().replace(" ", "")):
        if supported(written):
            return str(_year(written, 2026).country)
    return ""


def regions_of(country: str) -> Mapping[str, str]:
    """The regions of a country that have holidays of their own: by the code, a name where it has one."""
    year = _year(country.partition("-")[0], 2026)
    names = {code: name for name, code in getattr(year, "subdivisions_aliases", {}).items()}
    return {code: names.get(code, "") for code in year.subdivisions if re.fullmatch(r"[A-Z0-9]{1,3}", code)}


def announced(country: str, year: int) -> bool:
    """Whether a year's make-up workdays are known, where a country works some weekends every year (China does)."""
    made_up = [_made_up(country, each) for each in range(year, year - 6, -1)]
    last = next((back for back, some in enumerate(made_up) if some), 0)
    return last == 0 or last > 3 or not all(made_up[last : last + 3])


def _made_up(country: str, year: int) -> bool:
    return any(day.year == year for day in _year(country, year).weekend_workdays)


@dataclass(frozen=True, slots=True)
class Workdays:
    """Which days are worked. `country` is an ISO code, or that of a region such as GB-ENG, or empty for weekends only;
    own days win over the country's."""

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
            return bool(_year(self.country, day.year).is_working_day(day))
        return day.weekday() < 5

    def is_weekend(self, day: date) -> bool:
        """Whether a day is one of the country's weekend, worked or not."""
        return bool(_year(self.country, day.year).is_weekend(day)) if self.country else day.weekday() > 4

    def is_holiday(self, day: date) -> bool:
        """Whether a day is a public holiday (a plain weekend is none)."""
        if day in self.open:
            return False
        return day in self.closed or self._listed(day) or self._amid(day) is not None

    def _listed(self, day: date) -> bool:
        return bool(self.country and day in _year(self.country, day.year))

    def _amid(self, day: date) -> date | None:
        """The holiday before a weekend day amid one of China's long holidays: the list leaves such days out."""
        if self.country.partition("-")[0] != "CN" or self.is_workday(day) or not self.is_weekend(day):
            return None
        before, after = day - _DAY, day + _DAY
        while self._weekend_off(before):
            before -= _DAY
        while self._weekend_off(after):
            after += _DAY
        return before if self._listed(before) and self._listed(after) else None

    def _weekend_off(self, day: date) -> bool:
        return self.is_weekend(day) and not self._listed(day) and not self.is_workday(day)

    def name(self, day: date) -> HolidayName | None:
        """What the holiday is called, None where it has no name."""
        return HolidayName.of(self.country, self._amid(day) or day)

    def add(self, day: date, workdays: int) -> date:
        """The n-th workday after a day."""
        while workdays > 0:
            day += timedelta(days=1)
            workdays -= self.is_workday(day)
        return day

    def back(self, day: date, workdays: int) -> date:
        """The n-th workday before a day."""
        while workdays > 0:
            day -= _DAY
            workdays -= self.is_workday(day)
        return day

    def between(self, first: date, last: date) -> int:
        """How many workdays come after a day, up to another one and with it; below zero where that one is before."""
        if last < first:
            return -self.between(last, first)
        return sum(self.is_workday(first + n * _DAY) for n in range(1, (last - first).days + 1))

    def unannounced(self, first: date, last: date) -> tuple[int, ...]:
        """The years from one day to another whose make-up workdays are not known yet, and of which no day is given."""
        given = {day.year for day in (*self.closed, *self.open)}
        years = range(first.year, last.year + 1) if self.country else ()
        return tuple(year for year in years if year not in given and not announced(self.country, year))
