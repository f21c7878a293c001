"""Calls on record are read in bulk, each with its turns in order, and only those asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, func, insert, select

from ivr.errors import StoreUnavailable
from ivr.service.ports import CallFilter, RecordedTurn
from ivr.storage import call_rows
from ivr.storage.bulk import engine
from ivr.storage.call_rows import CallRows
from ivr.storage.tables import calls, turns

DAY = "2026-03-0{}T02:00:00.000000+00:00"


class Shelf:
    """Calls of a database."""

    def __init__(self, made: Engine) -> None:
        self.engine, self.rows = made, CallRows(made)

    def put(self, call: str, count: int, *, day: int = 2, simulated: bool = False, erased: bool = False) -> None:
        """A call of so many turns, which are written in the wrong order."""
        at = DAY.format(day)
        head = {
            "call": call, "turns_taken": count, "version": 1, "direction": "incoming", "release": "r", "entry": "main",
            "language": "en-US", "customer": "+12025550101", "line": "", "started_at": at, "last_turn_at": at,
            "expected_by": at, "transfer_seconds": 0, "person": None, "status_seq": -1, "simulated": simulated,
            "erased_at": at if erased else None,
        }  # fmt: skip
        taken = [
            {"call": call, "turn": n, "at": at, "route": "turn", "input": b"%s %d" % (call.encode(), n),
             "reply": f"<{n}>", "digest": b"%d" % n}
            for n in reversed(range(1, count + 1))
        ]  # fmt: skip
        with self.engine.begin() as connection:
            number = connection.execute(select(func.count()).select_from(calls)).scalar_one() + 1
            connection.execute(insert(calls).values(number=number, **head))
            connection.execute(insert(turns), taken)


@pytest.fixture
def shelf(database_url: str) -> Iterator[Shelf]:
    made = engine(database_url)
    if made.dialect.name == "sqlite":
        with made.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")  # as the hotline keeps it
    yield Shelf(made)
    made.dispose()


def test_calls_come_in_order_with_their_turns_in_order(shelf: Shelf) -> None:
    shelf.put("CAb", 2)
    shelf.put("CAa", 3)

    found = list(shelf.rows.calls(CallFilter()))

    assert [(call.call, call.number, call.taken) for call in found] == [("CAa", 2, 3), ("CAb", 1, 2)]
    assert found[1].turns == [RecordedTurn(b"CAb 1", b"1"), RecordedTurn(b"CAb 2", b"2")]
    assert [turn.digest for turn in found[0].turns] == [b"1", b"2", b"3"]


def test_a_call_without_its_turns_is_still_returned(shelf: Shelf) -> None:
    for call in ("CAa", "CAb", "CAc"):
        shelf.put(call, 1)
    with shelf.engine.begin() as connection:
        connection.execute(delete(turns).where(turns.c.call.in_(["CAa", "CAc"])))

    found = [(call.call, len(call.turns)) for call in shelf.rows.calls(CallFilter())]
    assert found == [("CAa", 0), ("CAb", 1), ("CAc", 0)]


def test_only_the_wanted_calls_come(shelf: Shelf) -> None:
    shelf.put("CAa", 1, day=1)
    shelf.put("CAb", 1, day=3)
    shelf.put("CAc", 1, simulated=True)
    shelf.put("CAd", 1, erased=True)

    assert shelf.rows.names(CallFilter()) == ["CAa", "CAb"]
    assert shelf.rows.names(CallFilter(simulated=True)) == ["CAa", "CAb", "CAc"]
    assert shelf.rows.names(CallFilter(since=DAY.format(2))) == ["CAb"]
    assert shelf.rows.names(CallFilter(calls=("CAb", "CAd", "CAz"))) == ["CAb"]
    assert shelf.rows.names(CallFilter(first="CAa", last="CAa")) == ["CAa"]
    assert [call.call for call in shelf.rows.calls(CallFilter(first="CAb", last="CAc", simulated=True))] == [
        "CAb",
        "CAc",
    ]


def test_a_call_is_read_as_it_was_when_the_reading_began(shelf: Shelf) -> None:
    shelf.put("CAa", 1)
    reading = shelf.rows.calls(CallFilter())
    first = next(reading)

    shelf.put("CAb", 1)

    assert first.call == "CAa" and list(reading) == []


def test_calls_of_a_period_come_in_the_order_of_their_ids_however_many_they_are(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_rows, "LOOKED_UP", 2)
    for n in range(4):
        shelf.put(f"CA{n}", 1, day=2 - n % 2)
    shelf.put("CAz", 2, day=3)

    found = [call.call for call in shelf.rows.calls(CallFilter(since=DAY.format(1)))]

    assert found == shelf.rows.names(CallFilter(since=DAY.format(1))) == sorted(found)
    assert len(found) == 5
    assert [len(call.turns) for call in shelf.rows.calls(CallFilter(since=DAY.format(3)))] == [2]


def test_a_period_is_found_by_its_index(shelf: Shelf) -> None:
    with shelf.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            connection.exec_driver_sql("SET enable_seqscan = off")  # which is faster for so few rows
        explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
        order = select(calls.c.call).where(calls.c.started_at >= DAY.format(2)).order_by(calls.c.started_at)
        text = str(order.compile(connection, compile_kwargs={"literal_binds": True}))
        plan = str(connection.exec_driver_sql(explain + text).all())

    assert "calls_started" in plan


def test_two_readings_of_one_snapshot_may_be_in_progress(shelf: Shelf) -> None:
    shelf.put("CAa", 1)
    shelf.put("CAb", 1)

    one, two = shelf.rows.calls(CallFilter()), shelf.rows.calls(CallFilter())

    assert [next(one).call, next(two).call, next(one).call, next(two).call] == ["CAa", "CAa", "CAb", "CAb"]


def test_replies_come_in_order(shelf: Shelf) -> None:
    shelf.put("CAa", 3)

    assert shelf.rows.replies("CAa") == ["<1>", "<2>", "<3>"]


def test_a_file_that_is_no_database_is_reported_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "ivr.db").write_text("not a database, but long enough to be looked at as one" * 10)
    made = engine(f"sqlite:///{tmp_path / 'ivr.db'}")

    with pytest.raises(StoreUnavailable, match="the database cannot be read: file is not a database"):
        CallRows(made).names(CallFilter())
    made.dispose()
