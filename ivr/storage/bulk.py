"""Connections for everything but live turns: migrations, releases, lists, reports and replays."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, NullPool, Pool, QueuePool, create_engine

from ivr.errors import SettingInvalid, StoreUnavailable
from ivr.messages.message import Message
from ivr.storage.database_url import database_name, is_postgres, sqlite_path

CONNECT_SECONDS = 10
LOCK_SECONDS = 10
"""Somebody who publishes waits so long for another one who does."""
STATEMENT_SECONDS = 600
"""A migration of years of calls may take minutes. A statement that takes longer than this has gone wrong."""
OLDEST, NEWEST = 14, 18
"""Versions of PostgreSQL that were tried."""


def engine(url: str, *, keep: bool = False) -> Engine:
    """An engine of this database; connects to nothing yet. `SettingInvalid` where the URL makes no sense or the driver
    is missing.

    Every connection is closed after its use, so that no two processes of a replay come to share one, and a command
    that thinks for minutes holds none. `keep` keeps one open, for what asks each second.
    """
    pool: type[Pool] = QueuePool if keep else NullPool
    if is_postgres(url):
        database_name(url)
        made = {"creator": _connector(url), "poolclass": pool, "pool_pre_ping": keep}
        return create_engine("postgresql+psycopg://", use_native_hstore=False, **made)
    return create_engine("sqlite://", creator=_opener(sqlite_path(url)), poolclass=NullPool, paramstyle="named")


def exclusive(connection: Connection) -> None:
    """Keep out everybody else who would change the schema or the releases, until the transaction ends.

    On PostgreSQL this is a lock on the one row that says which schema the database has, which no turn of a call ever
    touches. Before the first migration there is no such row: two of these exclude each other by making its table
    (`ivr.storage.schema.upgrade`).
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # the driver would begin at the first write only
    elif connection.exec_driver_sql("SELECT to_regclass('alembic_version')").scalar() is not None:
        connection.exec_driver_sql("SELECT version_num FROM alembic_version FOR UPDATE")


def reason(failed: Exception) -> str:
    """What the database said, on one line and without a full stop; without PostgreSQL's detail, which quotes rows."""
    orig = getattr(failed, "orig", None) or failed
    said = " ".join(str(getattr(getattr(orig, "diag", None), "message_primary", None) or orig).split())
    return said.rstrip(".?") or type(failed).__name__


def _opener(path: str) -> Callable[[], sqlite3.Connection]:
    """Opens a file that exists: looking at a database must not make it."""
    return lambda: sqlite3.connect(
        f"file:{quote(path)}?mode=rw", uri=True, timeout=LOCK_SECONDS, check_same_thread=False
    )


def _connector(url: str) -> Callable[[], Any]:
    """Connects as a live turn does, from the whole URL: both read its options alike."""
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as missing:
        raise SettingInvalid(Message("store.postgres.no-driver", why=str(missing))) from missing
    try:
        own = conninfo_to_dict(url).get("options") or ""
    except psycopg.Error as failed:
        raise SettingInvalid(Message("store.postgres.bad-url")) from failed
    limits = {"lock_timeout": LOCK_SECONDS, "statement_timeout": STATEMENT_SECONDS}
    options = " ".join(f"-c {name}={seconds}s" for name, seconds in limits.items())

    def connect() -> Any:
        made = psycopg.connect(url, connect_timeout=CONNECT_SECONDS, options=f"{own} {options} -c TimeZone=UTC")
        version = made.info.server_version // 10_000
        if version < OLDEST:
            made.close()
            limits_of = {"oldest": OLDEST, "newest": NEWEST}
            raise StoreUnavailable(
                Message("store.postgres.version", database=database_name(url), version=version, **limits_of)
            )
        return made

    return connect
