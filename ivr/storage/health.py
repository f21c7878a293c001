"""What a database says of itself, for `ivr doctor`: facts, judged elsewhere."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.exc import SQLAlchemyError

from ivr.errors import StoreUnavailable
from ivr.messages.message import Message
from ivr.storage.bulk import engine, reason
from ivr.storage.database_url import database_name
from ivr.storage.probe import probe
from ivr.storage.sqlite import sql
from ivr.storage.tables import calls

POSTGRES_SETTINGS = ("synchronous_commit", "fsync", "full_page_writes", "max_connections", "idle_session_timeout")
NETWORK_DISKS = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "fuse.s3fs", "glusterfs")


@dataclass(frozen=True, slots=True)
class SqliteHealth:
    """Sizes in bytes. `disk` is the kind of file system, empty where this machine does not tell."""

    journal: str
    size: int
    log_size: int
    free: int
    disk: str


@dataclass(frozen=True, slots=True)
class PostgresHealth:
    """`ahead`: how far the server's clock is ahead of this machine's; `standby`: it takes no writing."""

    version: int
    standby: bool
    ahead: timedelta
    settings: Mapping[str, str]


def free_space(path: str) -> int:
    """Bytes left on the disk a file is on, or would be."""
    return shutil.disk_usage(Path(path).absolute().parent).free


def disk_of(path: str, mounts: str) -> str:
    """The kind of file system a file is on, by the lines of /proc/mounts."""
    place = Path(path).absolute().resolve()
    best, kind = -1, ""
    for line in mounts.splitlines():
        _, folder, found, *_ = line.split(" ")
        folder = folder.replace("\\040", " ")
        if place.is_relative_to(folder) and len(folder) >= best:
            best, kind = len(folder), found
    return kind


def sqlite_damage(url: str) -> str:
    """What SQLite finds damaged first, empty where it is whole. `StoreUnavailable` where it cannot be asked."""
    made = engine(url)
    try:
        with made.connect() as connection:
            said = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    except SQLAlchemyError as failed:
        raise StoreUnavailable(
            Message("store.health.unreadable", database=database_name(url), why=reason(failed))
        ) from failed
    finally:
        made.dispose()
    return "" if said == "ok" else said


def try_writing(url: str) -> None:
    """Write what a turn writes to a SQLite file and take it back, so that the file stays as it is. `StoreUnavailable`
    where that fails."""
    made = engine(url)
    try:
        with made.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            for asked in probe(sql):
                connection.exec_driver_sql(asked.text, asked.values)
            connection.rollback()
    except SQLAlchemyError as failed:
        raise StoreUnavailable(
            Message("store.health.unwritable", database=database_name(url), why=reason(failed))
        ) from failed
    finally:
        made.dispose()


def sqlite_health(url: str, path: str) -> SqliteHealth:
    """The health of a SQLite file. `StoreUnavailable` where it cannot be asked."""
    made = engine(url)
    try:
        with made.connect() as connection:
            journal = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar())
    except SQLAlchemyError as failed:
        raise StoreUnavailable(Message("store.health.unreadable", database=path, why=reason(failed))) from failed
    finally:
        made.dispose()
    log, mounts = Path(f"{path}-wal"), Path("/proc/mounts")
    return SqliteHealth(
        journal=journal,
        size=os.path.getsize(path),
        log_size=log.stat().st_size if log.exists() else 0,
        free=free_space(path),
        disk=disk_of(path, mounts.read_text(encoding="utf-8", errors="replace")) if mounts.exists() else "",
    )


def postgres_health(url: str) -> PostgresHealth:
    """The health of a PostgreSQL server. `StoreUnavailable` where it cannot be asked."""
    made = engine(url)
    try:
        with made.connect() as connection:
            before = datetime.now(UTC)
            at = datetime.fromtimestamp(
                float(connection.exec_driver_sql("SELECT extract(epoch FROM clock_timestamp())").scalar_one()), UTC
            )
            between = before + (datetime.now(UTC) - before) / 2
            version = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one()) // 10_000
            standby = bool(connection.exec_driver_sql("SELECT pg_is_in_recovery()").scalar())
            known = connection.exec_driver_sql("SELECT name, setting FROM pg_settings")
            settings = {name: value for name, value in known if name in POSTGRES_SETTINGS}
    except SQLAlchemyError as failed:
        raise StoreUnavailable(
            Message("store.health.not-asked", database=database_name(url), why=reason(failed))
        ) from failed
    finally:
        made.dispose()
    return PostgresHealth(version, standby, at - between, settings)


def newest_call(url: str) -> datetime | None:
    """When the newest call on record began."""
    found = _scalar(url, select(func.max(calls.c.started_at)))
    return datetime.fromisoformat(found) if found else None


def has_customers(url: str) -> bool:
    """Whether any call on record is no invented one."""
    return _scalar(url, select(calls.c.call).where(calls.c.simulated.is_(False)).limit(1)) is not None


def _scalar(url: str, wanted: Select[Any]) -> Any:
    made = engine(url)
    try:
        with made.connect() as connection:
            return connection.execute(wanted).scalar()
    except SQLAlchemyError as failed:
        raise StoreUnavailable(
            Message("store.health.not-asked", database=database_name(url), why=reason(failed))
        ) from failed
    finally:
        made.dispose()
