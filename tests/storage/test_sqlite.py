"""SQLite alone: nobody waits for ever, nobody holds the lock while the engine works."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ivr.errors import IvrError, StoreUnavailable
from ivr.service.calls.close import new_call
from ivr.storage.schema import upgrade
from ivr.storage.sqlite import SqliteStore

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
CALL = "CA" + "5" * 32


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "ivr.db"
    upgrade(f"sqlite:///{made}")
    return made


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    made = SqliteStore(str(path), synchronous="OFF", deadline=0.1)
    yield made
    made.close()


def write(store: SqliteStore, call: str = CALL) -> None:
    with store.transaction() as tx:
        tx.put_call(new_call(call, "+12025550101", "", NOW))


def test_a_writer_waits_for_the_one_before_but_not_for_ever(store: SqliteStore) -> None:
    failed: list[IvrError] = []

    def second() -> None:
        try:
            write(store, "CA2")
        except StoreUnavailable as late:
            failed.append(late)

    with store.transaction() as tx:
        tx.next_number()
        other = threading.Thread(target=second)
        other.start()
        other.join(60)
    assert [str(late) for late in failed] == [f"the database {store.path} was busy for longer than 0.1 s."]


def test_another_process_s_lock_is_waited_for_but_not_for_ever(store: SqliteStore, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        with pytest.raises(StoreUnavailable, match="locked"):
            write(store)
        assert time.monotonic() - begun >= store.deadline
    with store.transaction() as tx:
        assert tx.call(CALL) is None


def test_a_repeat_is_answered_while_somebody_else_writes(store: SqliteStore, path: Path) -> None:
    write(store)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with store.transaction() as tx:
            assert tx.call(CALL) is not None


def test_a_database_is_not_made_by_the_first_call(tmp_path: Path) -> None:
    store = SqliteStore(str(tmp_path / "none.db"), deadline=0)
    with pytest.raises(StoreUnavailable, match="cannot be opened"), store.transaction():
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_path_may_hold_any_character(tmp_path: Path) -> None:
    odd = tmp_path / "a ?b#c%20d 银行"
    odd.mkdir()
    made = odd / "ivr.db"
    sqlite3.connect(made).close()
    store = SqliteStore(str(made))
    with store.transaction():
        pass
    store.close()
    assert [path.name for path in tmp_path.iterdir()] == [odd.name]


REPAIRING = """
import fcntl, sys, time
with open(sys.argv[1], "r+b") as log_index:
    fcntl.lockf(log_index, fcntl.LOCK_EX, 3, 120)  # the locks to write, to copy back and to repair
    log_index.write(bytes(96))                     # both headers: a process died while it wrote them
    log_index.flush()
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@contextmanager
def another_process_repairs(path: Path, seconds: float) -> Iterator[None]:
    command = [sys.executable, "-c", REPAIRING, f"{path}-shm", str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None and other.stdout.readline() == "held\n"
        yield


@pytest.mark.parametrize("used", ["a turn", "a command"])
def test_a_reading_waits_while_another_process_repairs_the_log_after_a_crash(path: Path, used: str) -> None:
    store = SqliteStore(str(path), synchronous="OFF", deadline=10)
    write(store)

    with another_process_repairs(path, 0.2):
        if used == "a turn":
            with store.transaction() as tx:
                found = tx.call(CALL)
            assert found is not None and found.call == CALL
        else:
            assert store.read("SELECT call FROM calls", {}) == [(CALL,)]
    store.close()


def test_a_reading_that_waited_too_long_for_a_repair_says_so(path: Path, store: SqliteStore) -> None:
    write(store)

    with another_process_repairs(path, 0.6), pytest.raises(StoreUnavailable, match="locked for longer than 0.1 s"):
        store.read("SELECT call FROM calls", {})
