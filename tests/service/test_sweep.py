"""Calls that nobody ended are ended by the sweep, each by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ivr.service.calls.close import StatusChange, new_call, note_status, sweep
from ivr.service.ports import Ports
from ivr.service.rows import CallRow, stamp
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

    return Ports(store=store, render=unused, release=unused, clock=lambda: NOW, farewell="", apology="")  # type: ignore[arg-type]


def put(store: SqliteStore, call: str, expected_by: datetime, **other: str) -> None:
    with store.transaction() as tx:
        tx.put_call(new_call(call, "", "", NOW)._replace(expected_by=stamp(expected_by), **other))


def found(store: SqliteStore, call: str) -> CallRow:
    with store.transaction() as tx:
        row = tx.call(call)
    assert row is not None
    return row


def test_a_sweep_ends_overdue_calls_and_no_others(store: SqliteStore) -> None:
    put(store, "silent", NOW - timedelta(seconds=1))
    put(store, "talking", NOW + timedelta(hours=4))
    put(store, "ended", NOW - timedelta(hours=1), ended_at=stamp(NOW), ended_by="flow")
    assert sweep(ports(store)) == 1
    assert sweep(ports(store)) == 0
    ended = {call: found(store, call).ended_by for call in ("silent", "talking", "ended")}
    assert ended == {"silent": "sweeper", "talking": None, "ended": "flow"}


def test_the_provider_s_report_wins_over_a_sweep(store: SqliteStore) -> None:
    put(store, CALL, NOW - timedelta(hours=1))
    assert sweep(ports(store)) == 1
    note_status(ports(store), StatusChange(call=CALL, terminal=True, sequence=3, customer="", line=""))
    row = found(store, CALL)
    assert (row.ended_by, row.disposition, row.status_seq) == ("provider", "abandoned", 3)
