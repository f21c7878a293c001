"""Calls on record with their turns, read in bulk: for replaying, capturing and comparing, not for live turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import chain, count, groupby, islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Engine, Select, select
from sqlalchemy.exc import SQLAlchemyError

from ivr.errors import StoreUnavailable
from ivr.messages.message import Message
from ivr.service.ports import CallFilter, RecordedCall, RecordedTurn
from ivr.storage.bulk import reason
from ivr.storage.tables import calls, recordings, turns

_CALL = tuple(name for name in RecordedCall._fields if name != "turns")
AT_ONCE = 2000
"""Rows fetched from the driver at a time."""
LOOKED_UP = 500
"""Calls of a period looked up at a time."""
_COUNT = count()
Reader = Callable[[Select[Any]], Iterator[Sequence[Any]]]


class CallRows:
    """Reads calls on record. `StoreUnavailable` where the database cannot be read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def names(self, wanted: CallFilter) -> Sequence[str]:
        """The ids of the calls, in the order `calls` gives them."""
        with self._reading() as read:
            return _names(read, wanted)

    def calls(self, wanted: CallFilter) -> Iterator[RecordedCall]:
        """The calls with their turns, in the order of their ids, as they were when the reading began.

        Calls of a period are looked up one by one: a day's calls are spread over all ids.
        """
        with self._reading() as read:
            if not wanted.since or wanted.calls:
                yield from _merged(read, wanted)
                return
            names = iter(_names(read, wanted))
            while some := tuple(islice(names, LOOKED_UP)):
                yield from _merged(read, replace(wanted, calls=some))

    def replies(self, call: str) -> Sequence[str | None]:
        """What each turn of a call was answered; None once retention has passed."""
        wanted = select(turns.c.reply).where(turns.c.call == call).order_by(turns.c.turn)
        return [row[0] for row in self._rows(wanted)]

    def transcripts(self, call: str) -> Mapping[str, str]:
        """By the id of a recording of this call, what a transcriber made of it."""
        wanted = select(recordings.c.recording, recordings.c.transcript).where(recordings.c.call == call)
        return {recording: said for recording, said in self._rows(wanted) if said}

    def _rows(self, wanted: Select[Any]) -> list[Sequence[Any]]:
        with self._reading() as read:
            return list(read(wanted))

    @contextmanager
    def _reading(self) -> Iterator[Reader]:
        """Readings that all see the database at one moment."""
        try:
            with self._engine.connect() as connection:
                if connection.dialect.name == "sqlite":
                    connection.exec_driver_sql("BEGIN")  # the driver begins none for a SELECT
                else:
                    connection = connection.execution_options(isolation_level="REPEATABLE READ")
                yield lambda wanted: _read(connection, wanted)
        except (SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error) as failed:
            raise StoreUnavailable(Message("store.unreadable", why=reason(failed))) from failed


def _read(connection: Connection, wanted: Select[Any]) -> Iterator[Sequence[Any]]:
    """Rows as the driver has them: going through Core for each of a million turns costs more than taking it.

    PostgreSQL keeps the rows until they are asked for; its driver would fetch all of them at once otherwise.
    """
    statement = wanted.compile(connection, compile_kwargs={"render_postcompile": True})
    driver: Any = connection.connection.driver_connection
    cursor = driver.cursor() if connection.dialect.name == "sqlite" else driver.cursor(f"reading_{next(_COUNT)}")
    with closing(cursor):
        cursor.execute(str(statement), statement.params)
        yield from chain.from_iterable(iter(lambda: cursor.fetchmany(AT_ONCE), []))


def _names(read: Reader, wanted: CallFilter) -> list[str]:
    """The ids in order; those of a period are found by its index, and sorted here."""
    order = (calls.c.started_at, calls.c.call) if wanted.since else (calls.c.call,)
    return sorted(row[0] for row in read(_of(select(calls.c.call), wanted).order_by(*order)))


def _merged(read: Reader, wanted: CallFilter) -> Iterator[RecordedCall]:
    """Two ordered readings of one snapshot, merged."""
    columns = (calls.c[{"taken": "turns_taken"}.get(name, name)] for name in _CALL)
    heads = _of(select(*columns), wanted).order_by(calls.c.call)
    taken = select(turns.c.call, turns.c.input, turns.c.digest).join(calls, calls.c.call == turns.c.call)
    groups = groupby(read(_of(taken, wanted).order_by(calls.c.call, turns.c.turn)), key=itemgetter(0))
    call, rows = next(groups, ("", iter(())))
    for head in read(heads):
        found: list[RecordedTurn] = []
        if call == head[0]:
            found = [RecordedTurn(raw, digest) for _, raw, digest in rows]
            call, rows = next(groups, ("", iter(())))
        yield RecordedCall._make((*head, found))


def _of(statement: Select[Any], wanted: CallFilter) -> Select[Any]:
    statement = statement.where(calls.c.turns_taken > 0, calls.c.release.is_not(None), calls.c.erased_at.is_(None))
    if wanted.calls:
        statement = statement.where(calls.c.call.in_(wanted.calls))
    if wanted.since:
        statement = statement.where(calls.c.started_at >= wanted.since)
    if not wanted.simulated:
        statement = statement.where(calls.c.simulated.is_(False))
    if wanted.first:
        statement = statement.where(calls.c.call >= wanted.first)
    if wanted.last:
        statement = statement.where(calls.c.call <= wanted.last)
    return statement
