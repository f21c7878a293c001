"""A transaction that lost to another writer is run again, and only so often."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ivr.service.calls.close import new_call
from ivr.service.ports import Conflict, Transaction
from ivr.service.retried import MOST_CONFLICTS, retried
from ivr.service.rows import CallRow
from ivr.storage.schema import upgrade
from ivr.storage.sqlite import SqliteStore


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    path = tmp_path / "ivr.db"
    upgrade(f"sqlite:///{path}")
    return SqliteStore(str(path), synchronous="OFF")


def loses(times: int) -> Callable[[Transaction], int]:
    """Work that takes a number, and loses so often."""
    left = [times]

    def work(tx: Transaction) -> int:
        number = tx.next_number()
        if left[0]:
            left[0] -= 1
            raise Conflict("store.conflict.version")
        return number

    return work


def test_work_that_loses_is_run_again_and_leaves_nothing_of_its_first_runs(store: SqliteStore) -> None:
    assert retried(store, loses(MOST_CONFLICTS)) == 1


def test_after_the_last_conflict_it_gives_up(store: SqliteStore) -> None:
    with pytest.raises(Conflict):
        retried(store, loses(MOST_CONFLICTS + 1))

    with closing(sqlite3.connect(store.path)) as database:
        assert database.execute("SELECT value FROM counters WHERE name = 'call'").fetchall() == [(0,)]


def test_a_key_that_is_taken_is_a_conflict(store: SqliteStore) -> None:
    known: list[CallRow | None] = []

    def work(tx: Transaction) -> None:
        known.append(tx.call("CA1"))
        tx.put_call(new_call("CA1", "", "", datetime(2026, 3, 2, tzinfo=UTC)))

    retried(store, work)
    with pytest.raises(Conflict, match="another request was faster: UNIQUE") as lost:
        retried(store, work)
    assert lost.value.message.in_language("zh-CN").startswith("数据已被另一个请求先行修改：UNIQUE")
    assert [row is None for row in known] == [True, *[False] * (MOST_CONFLICTS + 1)]
