"""A caller is kept waiting for the database no longer than the deadline, in however many waits it comes."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from any_store import NOW, AnyStore, MakeStore

from ivr.errors import StoreUnavailable
from ivr.service.calls.close import new_call
from ivr.service.ports import Conflict, Transaction
from ivr.service.retried import retried
from ivr.storage.postgres import PostgresStore
from ivr.storage.schema import upgrade
from ivr.storage.sqlite import SqliteStore

CALL = "CA" + "5" * 32
DEADLINE = 1.5
READ = "SELECT count(*) FROM calls"
MORE = 0.5
"""What PostgreSQL may take beyond it: `LOOK`."""


@pytest.fixture
def patient(make_store: MakeStore) -> AnyStore:
    """A store with a deadline of its own."""
    made = make_store()
    made.deadline = DEADLINE
    return made


@contextmanager
def locked(make_store: MakeStore) -> Iterator[None]:
    """Somebody else writes, and does not end."""
    other = make_store().connection()
    if isinstance(other, sqlite3.Connection):
        other.execute("BEGIN IMMEDIATE")
    else:
        other.execute("BEGIN; LOCK TABLE calls IN EXCLUSIVE MODE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")


def put(tx: Transaction) -> None:
    tx.put_call(new_call(CALL, "+12025550101", "+862155500000", NOW))


def refused(store: AnyStore) -> float:
    """How long a transaction that cannot write has waited."""
    began = time.monotonic()
    with pytest.raises(StoreUnavailable):
        retried(store, put)
    return time.monotonic() - began


def test_one_use_case_waits_for_the_deadline(patient: AnyStore, make_store: MakeStore) -> None:
    with locked(make_store):
        assert DEADLINE * 0.8 <= refused(patient) < DEADLINE + MORE + 1.0
    retried(patient, put)


def test_many_use_cases_together_wait_no_longer_than_one(patient: AnyStore, make_store: MakeStore) -> None:
    with locked(make_store), patient.together():
        began = time.monotonic()
        waits = [refused(patient) for _ in range(5)]

    assert waits[0] >= DEADLINE * 0.8 and time.monotonic() - began < DEADLINE + MORE + 1.0


def test_what_a_request_has_waited_already_is_no_longer_waited_for(patient: AnyStore, make_store: MakeStore) -> None:
    patient.current_release()
    with locked(make_store), patient.together(DEADLINE - 0.1):
        assert refused(patient) < MORE + 0.6
    with locked(make_store), patient.together(1000.0):
        assert refused(patient) < MORE + 0.6


def test_after_a_wait_together_each_use_has_its_own_time_again(patient: AnyStore, make_store: MakeStore) -> None:
    with locked(make_store):
        with patient.together(), suppress(StoreUnavailable):
            retried(patient, put)
        assert refused(patient) >= DEADLINE * 0.8


def test_each_thread_waits_for_itself(patient: AnyStore, make_store: MakeStore) -> None:
    waits: list[float] = []

    def other() -> None:
        waits.append(refused(patient))
        patient.close()

    with locked(make_store), patient.together(1000.0):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(30)

    assert waits[0] >= DEADLINE * 0.8


def test_conflicts_and_waits_come_out_of_one_time(patient: AnyStore, make_store: MakeStore) -> None:
    """Each try loses after a while: four tries would take four times as long."""
    tries: list[float] = []

    def slow(tx: Transaction) -> None:
        tries.append(time.monotonic())
        if len(tries) < 3:
            time.sleep(DEADLINE * 0.9)
            raise Conflict("somebody was faster")
        put(tx)

    with locked(make_store), pytest.raises(StoreUnavailable):
        retried(patient, slow)

    assert len(tries) == 3 and time.monotonic() - tries[-1] < MORE + 0.6


def test_reading_and_beginning_to_write_share_one_time_in_sqlite(tmp_path: Path) -> None:
    """The first wait is for whoever repairs the file, the second for whoever writes."""
    database_file = tmp_path / "ivr.db"
    upgrade(f"sqlite:///{database_file}")
    store = SqliteStore(str(database_file), synchronous="OFF", deadline=DEADLINE)
    with closing(sqlite3.connect(database_file, isolation_level=None, check_same_thread=False)) as other:
        for statement in (
            "PRAGMA journal_mode=WAL",
            READ,
            "PRAGMA locking_mode=EXCLUSIVE",
            "BEGIN IMMEDIATE",
            "ROLLBACK",
        ):
            other.execute(statement).fetchall()

        def only_write() -> None:
            other.execute("PRAGMA locking_mode=NORMAL")
            other.execute(READ).fetchall()
            other.execute("BEGIN IMMEDIATE")

        threading.Timer(DEADLINE * 0.75, only_write).start()
        began = time.monotonic()
        with pytest.raises(StoreUnavailable), store.transaction() as tx:
            assert tx.call(CALL) is None
            read_after = time.monotonic() - began
            put(tx)
        waited = time.monotonic() - began
        other.execute("ROLLBACK")
    store.close()

    assert read_after >= DEADLINE * 0.7 and waited < DEADLINE + 0.5


def test_many_slow_statements_share_one_time_in_postgres(postgres_url: str) -> None:
    """None of them takes as long as the server lets it; the server goes on with none of them."""
    store = PostgresStore(postgres_url, deadline=DEADLINE)
    began = time.monotonic()
    with pytest.raises(StoreUnavailable), store.transaction():
        for _ in range(8):
            store.first_reading("SELECT pg_sleep(%(s)s)", {"s": DEADLINE * 0.7})
    waited = time.monotonic() - began
    with psycopg.connect(postgres_url) as other:
        going_on = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(%' AND pid <> pg_backend_pid()"
        found = other.execute(going_on + " AND state = 'active'").fetchone()
    store.close()

    assert waited < DEADLINE + 2 * MORE + 0.5 and found == (0,)
