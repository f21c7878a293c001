"""Calls on record with their turns, read in bulk: for replaying, capturing and comparing, not for live turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Engine, Select, select
from sqlalchemy.exc import SQLAlchemyError

from ivr.errors import StoreUnavailable
from ivr.service.ports import CallFilter, RecordedCall, RecordedTurn
from ivr.storage.tables import calls, recordings, turns

_CALL = tuple(name for name in RecordedCall._fields if name != "turns")
AT_ONCE = 2000
"""Rows fetched from the driver at a time."""


class CallRows:
    """Reads calls on record. `StoreUnavailable` where the database cannot be read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def names(self, wanted: CallFilter) -> Sequence[str]:
        """The ids of the calls, in the order `calls` gives them."""
        return [row[0] for row in self._rows(_of(select(calls.c.call), wanted).order_by(calls.c.call))]

    def calls(self, wanted: CallFilter) -> Iterator[RecordedCall]:
        """The calls with their turns, in the order of their ids. Two ordered readings of one snapshot, merged."""
        columns = (calls.c[{"taken": "turns_taken"}.get(name, name)] for name in _CALL)
        heads = _of(select(*columns), wanted).order_by(calls.c.call)
        taken = select(turns.c.call, turns.c.input, turns.c.digest).join(calls, calls.c.call == turns.c.call)
        with self._reading() as read:
            groups = groupby(read(_of(taken, wanted).order_by(calls.c.call, turns.c.turn)), key=itemgetter(0))
            call, rows = next(groups, ("", iter(())))
            for head in read(heads):
                found: list[RecordedTurn] = []
                if call == head[0]:
                    found = [RecordedTurn(raw, digest) for _, raw, digest in rows]
                    call, rows = next(groups, ("", iter(())))
                yield RecordedCall._make((*head, found))

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
    def _reading(self) -> Iterator[Callable[[Select[Any]], Iterator[Sequence[Any]]]]:
        """Readings that all see the database at one moment."""
        try:
            with self._engine.connect() as connection:
                connection.exec_driver_sql("BEGIN")  # the driver begins none for a SELECT
                yield lambda wanted: self._read(connection, wanted)
        except (SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error) as failed:
            raise StoreUnavailable(f"the database cannot be read: {getattr(failed, 'orig', failed)}") from failed

    def _read(self, connection: Connection, wanted: Select[Any]) -> Iterator[Sequence[Any]]:
        """Rows as the driver has them: going through Core for each of a million turns costs more than taking it."""
        statement = wanted.compile(self._engine, compile_kwargs={"render_postcompile": True})
        cursor = connection.connection.cursor()
        cursor.execute(str(statement), tuple(statement.params[name] for name in statement.positiontup or ()))
        return chain.from_iterable(iter(lambda: cursor.fetchmany(AT_ONCE), []))


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
