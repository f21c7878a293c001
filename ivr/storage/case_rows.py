"""Cases as stored, with their call and its recordings: for lists and reports, not for live turns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, Select, select
from sqlalchemy.exc import SQLAlchemyError

from ivr.errors import StoreUnavailable
from ivr.service.stored_rows import CallOnRecord, CaseEventOnRecord, CaseOnRecord, RecordingOnRecord
from ivr.storage.bulk import reason
from ivr.storage.tables import calls, case_events, cases, recordings

CALL_COLUMNS: list[ColumnElement[Any]] = [calls.c[name] for name in CallOnRecord._fields]
_CASE = [cases.c[name] for name in CaseOnRecord._fields if name != "of"]


class CaseRows:
    """Reads cases. `StoreUnavailable` where the database cannot be read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def cases(self, *, number: int | None = None, call: str = "", most: int = 1000) -> Sequence[CaseOnRecord]:
        """Cases, newest first: all, one by its number, or those of a call."""
        wanted = (
            select(*_CASE, *(column.label(f"of_{n}") for n, column in enumerate(CALL_COLUMNS)))
            .join(calls, calls.c.call == cases.c.call)
            .order_by(cases.c.opened_at.desc(), calls.c.number.desc(), cases.c.ordinal)
            .limit(most)
        )
        if number is not None:
            wanted = wanted.where(cases.c.number == number)
        if call:
            wanted = wanted.where(cases.c.call == call)
        own = len(_CASE)
        return [CaseOnRecord._make((*row[:own], CallOnRecord._make(row[own:]))) for row in self.rows(wanted)]

    def events(self, number: int) -> Sequence[CaseEventOnRecord]:
        """What happened to a case, in order."""
        columns = (case_events.c[name] for name in CaseEventOnRecord._fields)
        wanted = select(*columns).where(case_events.c.number == number).order_by(case_events.c.seq)
        return list(map(CaseEventOnRecord._make, self.rows(wanted)))

    def recordings(self, call: str) -> Sequence[RecordingOnRecord]:
        """The recordings of a call, in the order of their turns."""
        columns = (recordings.c[name] for name in RecordingOnRecord._fields)
        wanted = select(*columns).where(recordings.c.call == call).order_by(recordings.c.turn)
        return list(map(RecordingOnRecord._make, self.rows(wanted)))

    def disposition(self, call: str) -> str | None:
        """How a call ended, None while it goes on."""
        rows = self.rows(select(calls.c.disposition).where(calls.c.call == call))
        return rows[0][0] if rows else None

    def rows(self, wanted: Select[Any]) -> Sequence[Row[Any]]:
        """What a statement finds."""
        try:
            with self._engine.connect() as connection:
                return connection.execute(wanted).all()
        except SQLAlchemyError as failed:
            raise StoreUnavailable(f"the database cannot be read: {reason(failed)}") from failed
