"""Calls on record are read in bulk, each with its turns in order, and only those asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ivr.errors import StoreUnavailable
from ivr.service.ports import CallFilter, RecordedTurn
from ivr.storage.call_rows import CallRows
from ivr.storage.schema import engine, upgrade

DAY = "2026-03-0{}T02:00:00+00:00"


def put(path: Path, call: str, turns: int, *, day: int = 2, simulated: bool = False, forgotten: bool = False) -> None:
    """A call of so many turns, which are written in the wrong order."""
    at = DAY.format(day)
    with closing(sqlite3.connect(path)) as database, database:
        number = database.execute("SELECT count(*) FROM calls").fetchone()[0] + 1
        database.execute(
            "INSERT INTO calls (call, number, turns_taken, version, release, entry, language, customer, line, direction, "
            "started_at, last_turn_at, expected_by, transfer_seconds, transferred, status_seq, simulated, erased_at) "
            "VALUES (?, ?, ?, 1, 'r', 'main', 'en-US', '+12025550101', '', 'incoming', ?, '', '', 0, 0, -1, ?, ?)",
            (call, number, turns, at, simulated, at if forgotten else None),
        )
        for n in reversed(range(1, turns + 1)):
            row = (call, n, at, b"%s %d" % (call.encode(), n), f"<{n}>", b"%d" % n)
            database.execute("INSERT INTO turns VALUES (?, ?, ?, 'turn', x'00', ?, ?, ?, NULL)", row)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "ivr.db"
    upgrade(f"sqlite:///{made}")
    with closing(sqlite3.connect(made)) as database:
        database.execute("PRAGMA journal_mode=WAL")  # as the hotline keeps it
    return made


@pytest.fixture
def rows(path: Path) -> Iterator[CallRows]:
    made = engine(f"sqlite:///{path}")
    yield CallRows(made)
    made.dispose()


def test_calls_come_in_order_with_their_turns_in_order(path: Path, rows: CallRows) -> None:
    put(path, "CAb", 2)
    put(path, "CAa", 3)

    found = list(rows.calls(CallFilter()))

    assert [(call.call, call.number, call.taken) for call in found] == [("CAa", 2, 3), ("CAb", 1, 2)]
    assert found[1].turns == [RecordedTurn(b"CAb 1", b"1"), RecordedTurn(b"CAb 2", b"2")]
    assert [turn.digest for turn in found[0].turns] == [b"1", b"2", b"3"]


def test_a_call_without_its_turns_is_still_returned(path: Path, rows: CallRows) -> None:
    for call in ("CAa", "CAb", "CAc"):
        put(path, call, 1)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DELETE FROM turns WHERE call IN ('CAa', 'CAc')")

    assert [(call.call, len(call.turns)) for call in rows.calls(CallFilter())] == [("CAa", 0), ("CAb", 1), ("CAc", 0)]


def test_only_the_wanted_calls_come(path: Path, rows: CallRows) -> None:
    put(path, "CAa", 1, day=1)
    put(path, "CAb", 1, day=3)
    put(path, "CAc", 1, simulated=True)
    put(path, "CAd", 1, forgotten=True)

    assert rows.names(CallFilter()) == ["CAa", "CAb"]
    assert rows.names(CallFilter(simulated=True)) == ["CAa", "CAb", "CAc"]
    assert rows.names(CallFilter(since=DAY.format(2))) == ["CAb"]
    assert rows.names(CallFilter(calls=("CAb", "CAd", "CAz"))) == ["CAb"]
    assert rows.names(CallFilter(first="CAa", last="CAa")) == ["CAa"]
    assert [call.call for call in rows.calls(CallFilter(first="CAb", last="CAc", simulated=True))] == ["CAb", "CAc"]


def test_a_call_is_read_as_it_was_when_the_reading_began(path: Path, rows: CallRows) -> None:
    put(path, "CAa", 1)
    reading = rows.calls(CallFilter())
    first = next(reading)

    put(path, "CAb", 1)

    assert first.call == "CAa" and list(reading) == []


def test_replies_come_in_order(path: Path, rows: CallRows) -> None:
    put(path, "CAa", 3)

    assert rows.replies("CAa") == ["<1>", "<2>", "<3>"]


def test_a_file_that_is_no_database_is_reported_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "ivr.db").write_text("not a database, but long enough to be looked at as one" * 10)
    made = engine(f"sqlite:///{tmp_path / 'ivr.db'}")

    with pytest.raises(StoreUnavailable, match="the database cannot be read: file is not a database"):
        CallRows(made).names(CallFilter())
    made.dispose()
