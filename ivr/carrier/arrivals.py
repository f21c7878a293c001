"""Who phones when: random moments and numbers for tests, and the arrivals of realistic days for demonstrations.

All numbers are fictional: the examples' exchange +86 21 5550, and +1 202 555 01xx.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from ivr.carrier.callers import SECOND_LANGUAGE
from ivr.carrier.personas import Persona, some_persona

YEAR = 2026
"""Random moments lie in this year, whatever today is: the same seed makes the same calls for ever."""
WORKDAY = (2, 1, 1, 1, 1, 2, 5, 14, 46, 78, 92, 84, 56, 60, 76, 80, 74, 62, 44, 36, 28, 18, 10, 5)
WEEKEND = (3, 2, 1, 1, 1, 1, 3, 8, 22, 40, 48, 46, 36, 34, 38, 38, 34, 30, 26, 24, 20, 14, 9, 5)
"""How calls spread over the hours of a day, against each other."""
OF_THE_WEEK = (1.35, 1.15, 1.1, 1.05, 1.1, 0.7, 0.55)
"""A day's calls against the average day, from Monday on."""
COMES_BACK = 0.28
"""The share of calls by somebody who has phoned before."""
WITHHELD = 0.03
OURS = "+86215550"
"""The exchange of the examples; the hotline's own numbers are below 1000."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who phones, now and again: the number (empty: withheld), persona and language stay."""

    number: str
    persona: Persona
    second_language: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """A call that comes in: when, and whose."""

    at: datetime
    person: Person


def some_moment(chance: Random, zone: ZoneInfo) -> datetime:
    """Any second of the year."""
    return datetime(YEAR, 1, 1, tzinfo=zone) + timedelta(seconds=chance.randrange(365 * 86_400))


def some_number(chance: Random) -> str:
    """A fictional number, now and then one from abroad or none."""
    roll = chance.random()
    if roll < WITHHELD:
        return ""
    if roll < 0.08:
        return f"+120255501{chance.randrange(100):02d}"
    return f"{OURS}{chance.randrange(1000, 10_000)}"


@dataclass(slots=True)
class Days:
    """Arrivals of days that follow each other; `a_day` is how many calls an average day has."""

    seed: int
    a_day: int
    zone: ZoneInfo
    _known: list[Person] = field(default_factory=list)
    _numbers: list[int] = field(default_factory=list)

    def between(self, first: date, until: datetime) -> Iterator[Arrival]:
        """All arrivals from the first day's start to an instant, in order."""
        day = first
        while datetime.combine(day, time(), self.zone) < until:
            for arrival in self._day(day):
                if arrival.at < until:
                    yield arrival
            day += timedelta(days=1)

    def _day(self, day: date) -> list[Arrival]:
        chance = Random(f"{self.seed}/{day}")  # noqa: S311 - chance, not secrecy
        mean = self.a_day * OF_THE_WEEK[day.weekday()]
        calls = max(0, round(chance.gauss(mean, mean**0.5)))
        hours = chance.choices(range(24), WEEKEND if day.weekday() > 4 else WORKDAY, k=calls)
        midnight = datetime.combine(day, time(), self.zone)
        moments = sorted(hour * 3600 + chance.randrange(3600) for hour in hours)
        return [Arrival(midnight + timedelta(seconds=at), self._person(chance)) for at in moments]

    def _person(self, chance: Random) -> Person:
        if self._known and chance.random() < COMES_BACK:
            recent = min(len(self._known), int(chance.expovariate(1 / 200)) + 1)
            return self._known[-recent]
        person = Person(self._number(chance), some_persona(chance), chance.random() < SECOND_LANGUAGE)
        if person.number:
            self._known.append(person)
        return person

    def _number(self, chance: Random) -> str:
        """A number nobody has had, as long as there are any."""
        number = some_number(chance)
        if not number.startswith(OURS):
            return number
        if not self._numbers:
            self._numbers = list(range(1000, 10_000))
            Random(f"{self.seed}/numbers").shuffle(self._numbers)  # noqa: S311 - chance, not secrecy
        return f"{OURS}{self._numbers.pop()}"
