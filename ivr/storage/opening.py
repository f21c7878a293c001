"""Which store a database URL means."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ivr.config import Settings
from ivr.service.ports import Store
from ivr.storage.database_url import is_postgres, sqlite_path


def open_store(settings: Settings, clock: Callable[[], datetime], *, for_deadlines: bool = False) -> Store:
    """The store of the settings; opens no connection yet. A driver is imported only for the database that is used.

    `clock` is the one of SQLite's only machine; on PostgreSQL deadlines go by the database's own, unless
    `for_deadlines` puts this one in its place.
    """
    serves = "draft" if settings.serves_draft else "live"
    if is_postgres(settings.database_url):
        from ivr.storage.postgres import PostgresStore

        return PostgresStore(settings.database_url, serves=serves, clock=clock if for_deadlines else None)
    from ivr.storage.sqlite import SqliteStore

    path = sqlite_path(settings.database_url)
    return SqliteStore(path, synchronous=settings.sqlite_sync, serves=serves, clock=clock)
