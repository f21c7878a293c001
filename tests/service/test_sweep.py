"""Calls that nobody ended are ended by the sweep, each by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ivr.service.calls.close import StatusChange, new_call, note_status
from ivr.service.calls.sweep import AT_ONCE, SWEEP
from ivr.service.ports import Ports
from ivr.service.rows import CallRow, stamp
from ivr.service.work import Worker
from ivr.storage.schema import upgrade
from ivr.storage.sqlite import SqliteStore

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
CALL = "CA" + "5" * 32


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    upgrade(f"sqlite:///{tmp_path / 'ivr.db'}")
    made = SqliteStore(str(tmp_path / "ivr.db"), synchronous="OFF", deadline=0.1, clock=lambda: NOW)
    yield made
    made.close()


def ports(store: SqliteStore) -> Ports:
    def unused(*_: object) -> str:
        raise AssertionError("neither a release nor a document is needed here")

    return Ports(store=store, render=unused, release=unused, clock=lambda: NOW, farewell="", apology=unused)  # type: ignore[arg-type]


def put(store: SqliteStore, call: str, expected_by: datetime, **other: str) -> None:
    with store.transaction() as tx:
        tx.put_call(new_call(call, "", "", NOW)._replace(expected_by=stamp(expected_by), **other))


def found(store: SqliteStore, call: str) -> CallRow:
    with store.transaction() as tx:
        row = tx.call(call)
    assert row is not None
    return row


def sweep(store: SqliteStore) -> None:
    """As a worker does it, a minute after the last time."""
    store.clock = lambda: NOW
    worker = Worker(ports(store), {SWEEP.name: SWEEP}, "a worker", fail)
    store.connection().execute("UPDATE work SET due_at = ''")
    worker.keep_repeated()
    assert worker.all_due()


def fail(line: str) -> None:
    raise AssertionError(line)


def test_a_sweep_ends_overdue_calls_and_no_others(store: SqliteStore) -> None:
    put(store, "silent", NOW - timedelta(seconds=1))
    put(store, "talking", NOW + timedelta(hours=4))
    put(store, "ended", NOW - timedelta(hours=1), ended_at=stamp(NOW), ended_by="flow")
    sweep(store)
    sweep(store)
    ended = {call: found(store, call).ended_by for call in ("silent", "talking", "ended")}
    assert ended == {"silent": "sweeper", "talking": None, "ended": "flow"}
    assert found(store, "silent").version == 2


def test_many_overdue_calls_end_in_one_look(store: SqliteStore) -> None:
    for n in range(2 * AT_ONCE + 1):
        put(store, f"CA{n}", NOW - timedelta(seconds=1))
    sweep(store)
    assert all(found(store, f"CA{n}").ended_by == "sweeper" for n in range(2 * AT_ONCE + 1))


def test_a_call_that_goes_on_meanwhile_is_left_alone_and_the_others_end_all_the_same(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for call in ("A", "B", "C"):
        put(store, call, NOW - timedelta(seconds=1))
    listed = SqliteStore.overdue_calls

    def then_one_speaks(self: SqliteStore, most: int) -> Sequence[str]:
        overdue = listed(self, most)
        if found(store, "B").version == 1:
            with store.transaction() as tx:
                tx.put_call(found(store, "B")._replace(expected_by=stamp(NOW + timedelta(minutes=2))))
        return overdue

    monkeypatch.setattr(SqliteStore, "overdue_calls", then_one_speaks)
    sweep(store)
    assert [found(store, call).ended_by for call in ("A", "B", "C")] == ["sweeper", None, "sweeper"]


def test_the_provider_s_report_wins_over_a_sweep(store: SqliteStore) -> None:
    put(store, CALL, NOW - timedelta(hours=1))
    sweep(store)
    note_status(ports(store), StatusChange(call=CALL, ended="completed", sequence=3, customer="", line=""))
    row = found(store, CALL)
    assert (row.ended_by, row.disposition, row.status_seq) == ("provider", "abandoned", 3)
