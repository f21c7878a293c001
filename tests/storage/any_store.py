"""What the tests of both stores share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from ivr.storage.postgres import PostgresStore
from ivr.storage.sqlite import SqliteStore

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
AnyStore = SqliteStore | PostgresStore
MakeStore = Callable[[], AnyStore]


def rows(store: AnyStore, statement: str) -> list[Any]:
    """What a statement of the test's own finds."""
    return list(store.connection().execute(statement))


def write(store: AnyStore, statement: str) -> None:
    """A statement of the test's own, committed."""
    store.connection().execute(statement)
