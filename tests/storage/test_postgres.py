"""PostgreSQL alone: what a turn does when its connection, the server or another turn gets in its way."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from ivr.errors import StoreUnavailable
from ivr.service.calls.close import new_call
from ivr.service.ports import Conflict
from ivr.service.rows import RecordingRow, TurnRecord, stamp
from ivr.storage.postgres import PostgresStore

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
CALL = "CA" + "5" * 32


@pytest.fixture
def store(postgres_url: str) -> Iterator[PostgresStore]:
    made = PostgresStore(postgres_url, deadline=0.5)
    yield made
    made.close()


@pytest.fixture
def other(postgres_url: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        yield connection


def turn(number: int) -> TurnRecord:
    return TurnRecord(CALL, number, stamp(NOW), "turn", b"f", b"{}", "<R/>", b"d", None)


def begin(store: PostgresStore) -> None:
    with store.transaction() as tx:
        tx.put_call(new_call(CALL, "+12025550101", "", NOW))


def kill(other: psycopg.Connection[tuple[object, ...]], store: PostgresStore) -> None:
    other.execute("SELECT pg_terminate_backend(%s)", (store.connection().info.backend_pid,))
    time.sleep(0.05)


def test_a_connection_that_died_while_nobody_used_it_is_replaced(
    store: PostgresStore, other: psycopg.Connection[tuple[object, ...]]
) -> None:
    begin(store)
    kill(other, store)
    with store.transaction() as tx:
        assert tx.call(CALL) is not None


@pytest.mark.parametrize("more", [False, True])
def test_a_connection_that_dies_before_the_writing_leaves_nothing_and_the_next_turn_goes_on(
    store: PostgresStore, other: psycopg.Connection[tuple[object, ...]], *, more: bool
) -> None:
    begin(store)

    def take() -> None:
        with store.transaction() as tx:
            row = tx.call(CALL)
            assert row is not None
            if not row.turns_taken and not killed:
                killed.append(True)
                kill(other, store)
            tx.put_call(row._replace(turns_taken=1))
            tx.add_turn(turn(1))
            if more:
                tx.put_recording(RecordingRow("RE1", CALL, 1))

    killed: list[bool] = []
    with pytest.raises(StoreUnavailable):
        take()
    assert other.execute("SELECT count(*) FROM turns").fetchone() == (0,)
    take()
    assert other.execute("SELECT count(*), (SELECT count(*) FROM recordings) FROM turns").fetchone() == (1, int(more))


def test_a_row_that_somebody_holds_is_waited_for_but_not_for_ever(store: PostgresStore, postgres_url: str) -> None:
    begin(store)
    with psycopg.connect(postgres_url) as holder:
        holder.execute("SELECT 1 FROM calls FOR UPDATE")
        begun = time.monotonic()
        with pytest.raises(StoreUnavailable, match="timeout"), store.transaction() as tx:
            row = tx.call(CALL)
            assert row is not None
            tx.put_call(row)
        assert time.monotonic() - begun >= store.deadline
    with store.transaction() as tx:
        assert tx.call(CALL) is not None


def test_two_turns_at_the_same_moment_are_one_turn_and_a_conflict(store: PostgresStore, postgres_url: str) -> None:
    begin(store)
    second = PostgresStore(postgres_url)
    with pytest.raises(Conflict), store.transaction() as slow:
        row = slow.call(CALL)
        assert row is not None
        slow.put_call(row._replace(turns_taken=1, language="en-US"))
        slow.add_turn(turn(1))
        with second.transaction() as fast:
            fast.put_call(row._replace(turns_taken=1, language="zh-CN"))
            fast.add_turn(turn(1))
    with store.transaction() as tx:
        found = tx.call(CALL)
    second.close()
    assert found is not None and (found.language, found.version) == ("zh-CN", 2)


def test_a_database_that_takes_no_writes_is_not_ready(
    store: PostgresStore, other: psycopg.Connection[tuple[object, ...]]
) -> None:
    store.check_writable()
    database = store.connection().info.dbname
    other.execute(f'ALTER DATABASE "{database}" SET default_transaction_read_only = on'.encode())
    store.close()
    with pytest.raises(StoreUnavailable, match="read-only"):
        store.check_writable()


def test_a_server_that_is_not_there_is_one_sentence() -> None:
    store = PostgresStore("postgresql://nobody@127.0.0.1:1/none", deadline=0.5)
    with pytest.raises(StoreUnavailable, match="cannot be reached") as failed, store.transaction() as tx:
        tx.call(CALL)
    assert "\n" not in str(failed.value)


def test_deadlines_go_by_the_clock_of_the_database(
    store: PostgresStore, other: psycopg.Connection[tuple[object, ...]]
) -> None:
    begin(store)
    row = other.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None and isinstance(row[0], datetime)
    with store.transaction() as tx:
        assert abs(tx.now() - row[0]) < timedelta(seconds=30)
        tx.call(CALL)
        assert abs(tx.now() - row[0]) < timedelta(seconds=30)
    assert store.overdue_calls(9) == [CALL]


def test_a_plain_turn_is_two_trips(store: PostgresStore, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(store)
    asked: list[str] = []
    connection = store.connection()
    run = connection.run
    monkeypatch.setattr(connection, "run", lambda text, values: asked.append(text) or run(text, values))  # type: ignore[func-returns-value]
    with store.transaction() as tx:
        row = tx.call(CALL)
        assert row is not None
        tx.put_call(row._replace(turns_taken=1, expected_by=stamp(tx.now())))
        tx.add_turn(turn(1))
    assert len(asked) == 2


@contextmanager
def silent_way(url: str) -> Iterator[tuple[str, threading.Event]]:
    """A way to the server that lets everything through, until the event is set: from then on nothing, either way."""
    parts = psycopg.conninfo.conninfo_to_dict(url)
    silent = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        ended = threading.Event()

        def carry(this: socket.socket, that: socket.socket) -> None:
            this.settimeout(0.05)
            while not ended.is_set():
                try:
                    sent = this.recv(65536)
                except TimeoutError:
                    continue
                except OSError:
                    return
                if not sent:
                    return
                if not silent.is_set():
                    that.sendall(sent)

        def accept() -> None:
            while not ended.is_set():
                try:
                    near, _ = listening.accept()
                except TimeoutError:
                    continue
                host, port = str(parts.get("host", "")), parts.get("port", 5432)
                far = socket.socket(socket.AF_UNIX if host.startswith("/") else socket.AF_INET)
                far.connect(f"{host}/.s.PGSQL.{port}" if host.startswith("/") else (host, int(str(port))))
                sockets.extend((near, far))
                for way in ((near, far), (far, near)):
                    carrying.append(threading.Thread(target=carry, args=way))
                    carrying[-1].start()

        sockets: list[socket.socket] = []
        carrying = [threading.Thread(target=accept)]
        carrying[0].start()
        user = f"{parts['user']}@" if parts.get("user") else ""
        yield f"postgresql://{user}127.0.0.1:{listening.getsockname()[1]}/{parts['dbname']}", silent
        ended.set()
        for thread in carrying:
            thread.join(10)
        for one in sockets:
            one.close()


@pytest.mark.parametrize("when", ["before it reads", "before it writes"])
def test_a_server_that_falls_silent_holds_a_caller_for_the_deadline_and_no_longer(postgres_url: str, when: str) -> None:
    with silent_way(postgres_url) as (url, silent):
        store = PostgresStore(url, deadline=0.5)
        begin(store)
        begun = time.monotonic()
        with pytest.raises(StoreUnavailable), store.transaction() as tx:
            if when == "before it reads":
                silent.set()
            row = tx.call(CALL)
            assert row is not None
            silent.set()
            tx.put_call(row)
        assert time.monotonic() - begun < 5
        store.close()
