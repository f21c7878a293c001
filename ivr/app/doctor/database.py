"""The database: there, of this version, writable, whole, for its owner alone, with room to grow."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ivr.app.doctor.line import Line, ok, problem, warning
from ivr.app.wiring import system_clock
from ivr.config import Settings
from ivr.errors import SettingInvalid, StoreUnavailable
from ivr.storage.bulk import NEWEST
from ivr.storage.database_url import database_name, file_is_missing, is_postgres, sqlite_path
from ivr.storage.health import (
    NETWORK_DISKS,
    PostgresHealth,
    SqliteHealth,
    free_space,
    newest_call,
    postgres_health,
    sqlite_damage,
    sqlite_health,
    try_writing,
)
from ivr.storage.opening import open_store
from ivr.storage.schema import files_for_all, revision, why_not_current

LEAST_FREE = 500_000_000
LONG_LOG = 100_000_000
SLOW_CLOCK, WRONG_CLOCK = timedelta(seconds=2), timedelta(seconds=30)
"""Machines of one hotline may differ by so much; a clock that is further off tells callers wrong hours."""
NEEDED = {
    "synchronous_commit": ("on", "remote_write", "remote_apply", "local"),
    "fsync": ("on",),
    "full_page_writes": ("on",),
}


def examine_database(settings: Settings) -> Iterator[Line]:
    """All lines about the database; `StoreUnavailable` and `SettingInvalid` where it cannot be asked further."""
    url = settings.database_url
    name = database_name(url)
    if file_is_missing(url):
        yield from _to_be_made(sqlite_path(url))
        return
    if is_postgres(url):
        yield from _server(name, postgres_health(url), settings.workers * (settings.threads + 2) + 2)
    if is_postgres(url) and revision(url) is None:
        yield warning("database", f"{name} has no tables yet.", "`ivr db upgrade` or `ivr serve` makes them.")
        return
    if why := why_not_current(url):
        yield problem("database", why, "")
        return
    if not is_postgres(url) and (damage := sqlite_damage(url)):  # what cannot be read is not to be written to
        do = "Stop ivr, copy the file and the two beside it away, and restore the last backup (docs/operating.md)."
        yield problem("integrity", f"SQLite finds it damaged: {damage}.", do)
        return
    _check_writable(settings)
    yield ok("database", f"{name if is_postgres(url) else Path(name).absolute()} is of this version and can be written")
    if not is_postgres(url):
        yield from _file(url, sqlite_health(url, sqlite_path(url)))
    yield _clock(newest_call(url), datetime.now(UTC))


def _check_writable(settings: Settings) -> None:
    """A store opens a file to serve calls and would make it WAL: one that is not yet is asked otherwise."""
    url = settings.database_url
    if not is_postgres(url) and sqlite_health(url, sqlite_path(url)).journal != "wal":
        try_writing(url)
        return
    with closing(open_store(settings, system_clock)) as store:
        store.check_writable()


def _to_be_made(path: str) -> Iterator[Line]:
    folder = Path(path).absolute().parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        says = f"{folder} cannot be written, so no {Path(path).name} can be made there."
        yield problem("database", says, "Make the folder, for the user that runs ivr, or set IVR_DATABASE_URL.")
        return
    yield warning("database", f"there is no {folder / path} yet.", "`ivr db upgrade` or `ivr serve` makes it.")
    yield _room(free_space(path), 0)


def _file(url: str, health: SqliteHealth) -> Iterator[Line]:
    yield ok("integrity", f"SQLite finds no damage in its {health.size / 1e6:,.1f} MB")
    if wide := files_for_all(url):
        yield problem("rights", "It can be read by every user of this machine.", f"Run `chmod 600 {' '.join(wide)}`.")
    else:
        group = Path(sqlite_path(url)).stat().st_mode & 0o070
        yield ok("rights", "its user can read it" + (", and its group" if group else ", nobody else"))
    if health.journal != "wal":
        says = f"its log is of the kind {health.journal}; `ivr serve` makes it WAL when it opens it"
        do = "Ask again while `ivr serve` runs; if it is not WAL then, move it to a disk of this machine."
        yield warning("log", f"{says}, and calls are in it.", do) if newest_call(url) else ok("log", says)
    elif health.log_size > LONG_LOG:
        do = "Look for a program that has had it open for long, such as a forgotten sqlite3 shell, and end it."
        yield warning("log", f"the log beside it has grown to {health.log_size / 1e6:,.0f} MB.", do)
    else:
        yield ok("log", f"WAL, {health.log_size / 1e6:,.1f} MB")
    if health.disk in NETWORK_DISKS:
        do = "Move it to a disk of this machine, or use PostgreSQL (docs/scaling.md)."
        yield problem("disk", f"it lies on a network disk ({health.disk}), where SQLite loses data.", do)
    yield _room(health.free, health.size)


def _room(free: int, size: int) -> Line:
    left = f"{free / 1e9:,.1f} GB are free"
    if free < LEAST_FREE:
        do = "Make room: when the disk is full, callers hear an apology."
        return problem("disk", f"only {free / 1e6:,.0f} MB are free on its disk.", do)
    if free < 10 * size:
        return warning("disk", f"{left}, less than ten times the database.", "Make room for its growth and backups.")
    return ok("disk", f"{left} on its disk")


def _server(name: str, health: PostgresHealth, connections: int) -> Iterator[Line]:
    if health.standby:
        yield problem("server", f"{name} is a standby, which takes no writing.", "Name the primary server.")
    elif health.version > NEWEST:
        do = f"Tried are versions up to {NEWEST}; try this one with a copy of the database first."
        yield warning("server", f"PostgreSQL {health.version} was never tried with this version of ivr.", do)
    else:
        yield ok("server", f"PostgreSQL {health.version}")
    for setting, good in NEEDED.items():
        if health.settings.get(setting) not in good:
            says = f"{setting} is {health.settings.get(setting)}: a crash loses turns that callers were answered for."
            yield problem("server", says, f"Set {setting} to {good[0]} (docs/scaling.md).")
    if int(health.settings.get("max_connections", "0")) < connections:
        says = (
            f"max_connections is {health.settings.get('max_connections')}; this machine alone may need {connections}."
        )
        yield warning("server", says, "Raise it, so that commands get one too (docs/scaling.md).")
    if health.settings.get("idle_session_timeout", "0") != "0":
        says = "idle_session_timeout ends connections that wait for a caller."
        yield warning("server", says, "Set it to 0 for the hotline's user.")
    yield _difference(health.ahead)


def _difference(ahead: timedelta) -> Line:
    seconds = abs(ahead).total_seconds()
    what = f"the server's clock is {seconds:.0f} s {'ahead of' if ahead > timedelta() else 'behind'} this machine's"
    do = "Set both by NTP: callers are told hours and dates by this machine's."
    if abs(ahead) > WRONG_CLOCK:
        return problem("clock", f"{what}.", do)
    if abs(ahead) > SLOW_CLOCK:
        return warning("clock", f"{what}.", do)
    return ok("clock", "the server's clock and this machine's agree")


def _clock(newest: datetime | None, now: datetime) -> Line:
    """A clock cannot be before what is on record; whether it is ahead, nothing here knows."""
    if newest is not None and newest - now > WRONG_CLOCK:
        says = f"this machine's clock says {now:%Y-%m-%d %H:%M} UTC, but a call began at {newest:%Y-%m-%d %H:%M} UTC."
        return problem("clock", says, "Set it by NTP: callers are told hours and dates by it.")
    return ok("clock", f"{now:%Y-%m-%d %H:%M} UTC, no call on record is later")


def safely(settings: Settings) -> Iterator[Line]:
    """The lines about the database; where it cannot be asked, that too is a line."""
    try:
        yield from examine_database(settings)
    except SettingInvalid as wrong:
        yield problem("database", str(wrong), "Set it right where the hotline gets its environment.")
    except StoreUnavailable as failed:
        yield problem("database", f"{failed}.", "See that it runs, and that this user may read and write it.")
