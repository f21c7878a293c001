"""Calls on record taken again for `ivr replay`, a range of them in each process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ivr.app.wiring import wire
from ivr.cli.spread import spread
from ivr.config import Settings, read_settings
from ivr.errors import NoSuch
from ivr.replay.stored import ReplayTotals, replay_stored
from ivr.service.ports import CallFilter, CallRecords, Ports
from ivr.storage.call_rows import CallRows
from ivr.storage.schema import engine, sqlite_path

A_PART = 500
"""Calls a process takes at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The database calls are read from, whether documents are compared too, and which calls are wanted."""

    settings: Settings
    twiml: bool
    wanted: CallFilter


def settings_for(database: str) -> Settings:
    """The settings of the environment, with another database where one is named (a file or a URL)."""
    settings = read_settings({"IVR_HOST": "127.0.0.1", **os.environ})
    if not database:
        return settings
    return replace(settings, database_url=database if "://" in database else f"sqlite:///{database}")


@contextmanager
def records(settings: Settings) -> Iterator[tuple[Ports, CallRecords]]:
    """The calls on record, and the ports to take them again with. `NoSuch` where there is no database."""
    path = sqlite_path(settings.database_url)
    if not Path(path).exists():
        raise NoSuch(f"there is no database {path} yet; `ivr serve` or `ivr call` makes it.")
    made = engine(settings.database_url)
    try:
        yield wire(settings).ports, CallRows(made)
    finally:
        made.dispose()


def replay_calls(source: Source, jobs: int) -> ReplayTotals:
    """Take the calls again. `NoSuch` where one that is named is not on record."""
    with records(source.settings) as (_, calls):
        names = calls.names(source.wanted)
    missing = [call for call in source.wanted.calls if call not in names]
    if missing:
        path = sqlite_path(source.settings.database_url)
        raise NoSuch(f"call {missing[0]} is not on record in {path}, and no file or folder has that name.")
    parts = [(names[at], names[min(at + A_PART, len(names)) - 1]) for at in range(0, len(names), A_PART)]
    whole = ReplayTotals()
    for tally in spread(partial(_part, source), parts, jobs):
        whole.add(tally)
    return whole


def _part(source: Source, part: tuple[str, str]) -> ReplayTotals:
    whole = ReplayTotals()
    wanted = replace(source.wanted, first=part[0], last=part[1])
    with records(source.settings) as (ports, calls):
        for tally in replay_stored(calls, wanted, ports.release, ports.render, twiml=source.twiml):
            whole.add(tally)
    return whole
