"""Fills the database of the settings with realistic days of calls, and checks that all of them were kept."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, time
from time import monotonic
from zoneinfo import ZoneInfo

from ivr.app.database import opened, prepare_database
from ivr.app.preparing import prepare
from ivr.cli.shared.command_line import local_settings
from ivr.cli.shared.in_process_hotline import InProcessHotline
from ivr.cli.shared.spread import with_bar
from ivr.config import Settings
from ivr.errors import InvalidArgument, SettingInvalid, StoreUnavailable
from ivr.flow.release import read_files
from ivr.lint.findings import compiled
from ivr.messages.message import Message
from ivr.service.calls.opening import Opening
from ivr.simulate.fill import Filling, Period


def fill_database(days: str, a_day: int, seed: int) -> Message:
    """Fill it; a sentence with what it holds then. The calls are not simulated: figures are to count them.

    `InvalidArgument` where it holds real calls already, for nobody could tell them apart afterwards.
    """
    period = Period.up_to(datetime.now(UTC), days)
    if "IVR_DATABASE_URL" not in os.environ:
        raise SettingInvalid(Message("fuzz-command.fill.no-database"))
    settings = local_settings()
    release = compiled(read_files(settings.flows))
    prepare_database(settings)
    _refuse_real_calls(settings)
    zone = ZoneInfo(release.time_zone)
    period = Period.up_to(datetime.now(zone), days)
    live = prepare(settings, datetime.combine(period.first, time(), zone).astimezone(UTC))
    arrivals = period.arrivals(seed, a_day, zone)
    started = monotonic()
    with closing(InProcessHotline(replace(settings, sqlite_sync="NORMAL"), Opening(release=live), release)) as hotline:
        filling = Filling(hotline, next(iter(release.numbers), "+862155500000"), seed)
        turns = sum(with_bar(filling.calls(arrivals), len(arrivals), Message("fuzz-command.bar")))
    spent = monotonic() - started
    with opened(settings) as database:
        name, kept = database.name, database.audited.real_calls()
    if kept != (len(arrivals), turns):
        raise StoreUnavailable(Message("fuzz-command.fill.lost", database=name, kept=kept[1], turns=turns))
    span = {"first": f"{period.first}", "until": f"{period.until:%Y-%m-%d %H:%M}"}
    pace = {"seconds": f"{spent:.0f}", "rate": f"{len(arrivals) / max(spent, 0.001):.0f}"}
    return Message("fuzz-command.fill.done", database=name, calls=len(arrivals), turns=turns, **span, **pace)


def _refuse_real_calls(settings: Settings) -> None:
    with opened(settings) as database:
        real, _ = database.audited.real_calls()
    if real:
        raise InvalidArgument(Message("fuzz-command.fill.real-calls", database=database.name, calls=real))
