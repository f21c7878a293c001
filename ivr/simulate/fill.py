"""Realistic days of calls up to now, led through a hotline's webhooks: for demonstrations and benchmarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from ivr.carrier.arrivals import Arrival, Days
from ivr.carrier.callers import RandomCaller
from ivr.errors import InvalidArgument
from ivr.messages.message import Message
from ivr.simulate.hotline_ports import SimulatedHotline

MOST_DAYS = 400
LONGEST_CALL = timedelta(hours=1)
"""The last call begins so long before now: none ends in the future."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days to fill: from the start of `first` to the moment `until`."""

    first: date
    until: datetime

    @classmethod
    def up_to(cls, now: datetime, days: str) -> Period:
        """So many days, such as `30d`. `InvalidArgument` where `days` says no such number."""
        whole = re.fullmatch(r"(\d{1,3})d", days)
        if not whole or not 1 <= int(whole[1]) <= MOST_DAYS:
            raise InvalidArgument(Message("simulate.days", days=days, most=MOST_DAYS))
        until = now - LONGEST_CALL
        return cls(until.date() - timedelta(days=int(whole[1]) - 1), until)

    def arrivals(self, seed: int, a_day: int, zone: ZoneInfo) -> list[Arrival]:
        """Who phones in these days, `a_day` calls on average."""
        return list(Days(seed, a_day, zone).between(self.first, self.until))


@dataclass(frozen=True, slots=True)
class Filling:
    """Leads arrivals one after another, each on its own clock."""

    hotline: SimulatedHotline
    called: str
    seed: int

    def calls(self, arrivals: list[Arrival]) -> Iterator[int]:
        """The turns of each call."""
        for n, arrival in enumerate(arrivals):
            yield self._lead(f"{self.seed}/{n}", arrival)

    def _lead(self, seed: str, arrival: Arrival) -> int:
        person = arrival.person
        call = "CA" + sha256(f"fill/{seed}".encode()).hexdigest()[:32]
        now = arrival.at.astimezone(UTC)
        latest = now + LONGEST_CALL

        def wait(seconds: float) -> None:
            nonlocal now
            now = min(now + timedelta(seconds=round(seconds, 1)), latest)

        phone = self.hotline.phone(caller=person.number, called=self.called, call=call)
        phone.pause = wait
        self.hotline.now = lambda: now
        RandomCaller(seed, person.persona, second_language=person.second_language).play(phone, wait=wait)
        return phone.turns
