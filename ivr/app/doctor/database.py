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
from ivr.messages.message import Message
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
from ivr.storage.schema import can_upgrade, files_for_all, revision, why_not_current

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
    if found := _of_another_schema(url, name):
        yield found
        return
    if not is_postgres(url) and (damage := sqlite_damage(url)):  # what cannot be read is not to be written to
        says = Message("doctor.integrity.damaged", damage=damage)
        yield problem("integrity", says, Message("doctor.integrity.restore"))
        return
    _check_writable(settings)
    shown = name if is_postgres(url) else Path(name).absolute()
    yield ok("database", Message("doctor.database.right", name=shown))
    if not is_postgres(url):
        yield from _file(url, sqlite_health(url, sqlite_path(url)))
    yield _clock(newest_call(url), datetime.now(UTC))


def _of_another_schema(url: str, name: str) -> Line | None:
    """None where this version can use the database as it is."""
    schema = revision(url)
    if is_postgres(url) and schema is None:
        says = Message("doctor.database.no-tables", name=name)
        return warning("database", says, Message("doctor.database.make-tables"))
    if not why_not_current(url):
        return None
    if can_upgrade(url):
        return problem("database", Message("doctor.database.older", name=name), Message("doctor.database.upgrade"))
    says = Message("doctor.database.other-version", name=name, schema=schema)
    return problem("database", says, Message("doctor.database.use-other-version"))


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
        says = Message("doctor.database.no-folder", folder=folder, file=Path(path).name)
        yield problem("database", says, Message("doctor.database.make-folder"))
        return
    yield warning(
        "database", Message("doctor.database.no-file", file=folder / path), Message("doctor.database.make-file")
    )
    yield _room(free_space(path), 0)


def _file(url: str, health: SqliteHealth) -> Iterator[Line]:
    yield ok("integrity", Message("doctor.integrity.whole", megabytes=health.size / 1e6))
    if wide := files_for_all(url):
        close = Message("doctor.rights.close", files=" ".join(wide))
        yield problem("rights", Message("doctor.rights.everybody"), close)
    else:
        group = Path(sqlite_path(url)).stat().st_mode & 0o070
        yield ok("rights", Message("doctor.rights.group") if group else Message("doctor.rights.owner"))
    yield _log(health, calls=newest_call(url) is not None)
    if health.disk in NETWORK_DISKS:
        yield problem("disk", Message("doctor.disk.network", kind=health.disk), Message("doctor.disk.move"))
    yield _room(health.free, health.size)


def _log(health: SqliteHealth, *, calls: bool) -> Line:
    """Whoever serves calls makes it WAL: where it is not, and there are calls, that did not work."""
    if health.journal != "wal":
        if not calls:
            return ok("log", Message("doctor.log.other", kind=health.journal))
        return warning(
            "log", Message("doctor.log.other-with-calls", kind=health.journal), Message("doctor.log.ask-again")
        )
    megabytes = health.log_size / 1e6
    if health.log_size > LONG_LOG:
        return warning("log", Message("doctor.log.long", megabytes=megabytes), Message("doctor.log.find-reader"))
    return ok("log", Message("doctor.log.wal", megabytes=megabytes))


def _room(free: int, size: int) -> Line:
    if free < LEAST_FREE:
        return problem("disk", Message("doctor.disk.full", megabytes=free / 1e6), Message("doctor.disk.make-room"))
    if free < 10 * size:
        return warning("disk", Message("doctor.disk.tight", gigabytes=free / 1e9), Message("doctor.disk.grow"))
    return ok("disk", Message("doctor.disk.room", gigabytes=free / 1e9))


def _server(name: str, health: PostgresHealth, connections: int) -> Iterator[Line]:
    if health.standby:
        yield problem("server", Message("doctor.server.standby", name=name), Message("doctor.server.primary"))
    elif health.version > NEWEST:
        says = Message("doctor.server.untried", version=health.version)
        yield warning("server", says, Message("doctor.server.try-copy", newest=NEWEST))
    else:
        yield ok("server", Message("doctor.server.version", version=health.version))
    for setting, good in NEEDED.items():
        value = health.settings.get(setting)
        if value not in good:
            says = Message("doctor.server.unsafe", setting=setting, value=value)
            yield problem("server", says, Message("doctor.server.make-safe", setting=setting, good=good[0]))
    most = int(health.settings.get("max_connections", "0"))
    if most < connections:
        says = Message("doctor.server.connections", most=most, needed=connections)
        yield warning("server", says, Message("doctor.server.more-connections"))
    if health.settings.get("idle_session_timeout", "0") != "0":
        yield warning("server", Message("doctor.server.idle"), Message("doctor.server.no-idle"))
    yield _difference(health.ahead)


def _difference(ahead: timedelta) -> Line:
    seconds = abs(ahead).total_seconds()
    if abs(ahead) <= SLOW_CLOCK:
        return ok("clock", Message("doctor.clock.agree"))
    is_ahead = ahead > timedelta()
    says = Message("doctor.clock.ahead" if is_ahead else "doctor.clock.behind", seconds=seconds)
    line = problem if abs(ahead) > WRONG_CLOCK else warning
    return line("clock", says, Message("doctor.clock.set-both"))


def _clock(newest: datetime | None, now: datetime) -> Line:
    """A clock cannot be before what is on record; whether it is ahead, nothing here knows."""
    at = f"{now:%Y-%m-%d %H:%M}"
    if newest is not None and newest - now > WRONG_CLOCK:
        says = Message("doctor.clock.before-calls", now=at, newest=f"{newest:%Y-%m-%d %H:%M}")
        return problem("clock", says, Message("doctor.clock.set"))
    return ok("clock", Message("doctor.clock.right", now=at))


def safely(settings: Settings) -> Iterator[Line]:
    """The lines about the database; where it cannot be asked, that too is a line."""
    try:
        yield from examine_database(settings)
    except SettingInvalid as wrong:
        yield problem("database", wrong.message, Message("doctor.settings.correct"))
    except StoreUnavailable as failed:
        yield problem("database", failed.message, Message("doctor.database.look-after"))
