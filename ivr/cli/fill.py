"""A database filled with realistic days, up to now, through the webhooks: for demonstrations and benchmarks."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from time import monotonic
from zoneinfo import ZoneInfo

import click

from ivr.app.database import prepare_database
from ivr.app.preparing import prepare
from ivr.carrier.arrivals import Arrival, Days
from ivr.carrier.callers import RandomCaller
from ivr.cli.in_process import Switchboard
from ivr.cli.progress import with_bar
from ivr.config import Settings, read_settings
from ivr.errors import SettingInvalid, StoreUnavailable
from ivr.flow.model import Release
from ivr.flow.release import read_files
from ivr.lint.findings import compiled
from ivr.storage.audit_rows import AuditRows
from ivr.storage.schema import engine, sqlite_path

MOST_DAYS = 400
LONGEST_CALL = timedelta(hours=1)
"""The last call begins so long before now: none ends in the future."""


def fill_database(days: str, a_day: int, seed: int) -> None:
    """Fill the database of the settings; says how many calls it holds then. `SettingInvalid` where it holds real calls
    already, for nobody could tell them apart afterwards."""
    whole = re.fullmatch(r"(\d{1,3})d", days)
    if not whole or not 1 <= int(whole[1]) <= MOST_DAYS:
        raise SettingInvalid(f'"{days}" is no number of days; write --fill as 30d, with at most {MOST_DAYS}d.')
    if "IVR_DATABASE_URL" not in os.environ:
        raise SettingInvalid("invented calls look like real ones: name a database, IVR_DATABASE_URL=sqlite:///demo.db.")
    settings = read_settings({"IVR_HOST": "127.0.0.1", **os.environ})
    release = compiled(read_files(settings.flows))
    prepare_database(settings)
    _refuse_real_calls(settings)
    zone = ZoneInfo(release.time_zone)
    until = datetime.now(zone) - LONGEST_CALL
    first = until.date() - timedelta(days=int(whole[1]) - 1)
    name = prepare(settings, datetime.combine(first, time(), zone).astimezone(UTC))
    arrivals = list(Days(seed, a_day, zone).between(first, until))
    filling = Filling(replace(settings, sqlite_sync="NORMAL"), name, release, seed)
    started = monotonic()
    turns = sum(with_bar(filling.calls(arrivals), len(arrivals), "calls"))
    spent = monotonic() - started
    path = sqlite_path(settings.database_url)
    if (kept := _real_calls(settings)) != (len(arrivals), turns):
        raise StoreUnavailable(f"{path} holds {kept[1]:,} of {turns:,} turns: not everything was kept. Delete it.")
    rate = f"{spent:.0f} s, {len(arrivals) / max(spent, 0.001):.0f} calls/s"
    click.echo(f"{path} holds {len(arrivals):,} calls from {first} to {until:%Y-%m-%d %H:%M}, {turns:,} turns; {rate}")


def _refuse_real_calls(settings: Settings) -> None:
    if real := _real_calls(settings)[0]:
        path = sqlite_path(settings.database_url)
        raise SettingInvalid(
            f"{path} holds {real:,} real calls; invented ones beside them could not be told apart. "
            "Let IVR_DATABASE_URL name another file."
        )


def _real_calls(settings: Settings) -> tuple[int, int]:
    made = engine(settings.database_url)
    try:
        return AuditRows(made).real_calls()
    finally:
        made.dispose()


class Filling:
    """Leads the arrivals one after another, each on its own clock. The calls are not simulated: figures are to see
    them."""

    def __init__(self, settings: Settings, name: str, release: Release, seed: int) -> None:
        self._board = Switchboard(settings, name, simulated=False, compiled=release)
        self._called = next(iter(release.numbers), "+862155500000")
        self._seed = seed

    def calls(self, arrivals: list[Arrival]) -> Iterator[int]:
        """The turns of each call."""
        for n, arrival in enumerate(arrivals):
            yield self._lead(f"{self._seed}/{n}", arrival)

    def _lead(self, seed: str, arrival: Arrival) -> int:
        person = arrival.person
        call = "CA" + sha256(f"fill/{seed}".encode()).hexdigest()[:32]
        now = arrival.at.astimezone(UTC)
        latest = now + LONGEST_CALL

        def wait(seconds: float) -> None:
            nonlocal now
            now = min(now + timedelta(seconds=round(seconds, 1)), latest)

        phone = self._board.phone(
            at=None, caller=person.number, called=self._called, call=call, pause=lambda seconds: wait(seconds)
        )
        self._board.now = lambda: now
        RandomCaller(seed, person.persona, second_language=person.second_language).play(phone, wait=wait)
        return phone.turns
