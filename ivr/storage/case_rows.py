"""Cases as they lie in the database, with their call and its recordings: for lists and reports, not for live turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from ivr.errors import StoreUnavailable
from ivr.storage.tables import calls, case_events, cases, recordings

Row = Mapping[str, Any]
_CALL = ("caller", "language", "release", "disposition", "simulated", "entry")


class CaseRows:
    """Reads cases. `StoreUnavailable` where the database cannot be read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def cases(self, *, number: int | None = None, call: str = "", most: int = 1000) -> Sequence[Row]:
        """Cases, newest first: all, one by its number, or those of a call."""
        wanted = (
            select(cases, *(calls.c[name].label(f"call_{name}") for name in _CALL))
            .join(calls, calls.c.call == cases.c.call)
            .order_by(cases.c.opened_at.desc(), calls.c.number.desc(), cases.c.ordinal)
            .limit(most)
        )
        if number is not None:
            wanted = wanted.where(cases.c.number == number)
        if call:
            wanted = wanted.where(cases.c.call == call)
        return self._rows(wanted)

    def events(self, number: int) -> Sequence[Row]:
        """What happened to a case, in order."""
        return self._rows(select(case_events).where(case_events.c.number == number).order_by(case_events.c.seq))

    def recordings(self, call: str) -> Sequence[Row]:
        """The recordings of a call, in the order of their turns."""
        return self._rows(select(recordings).where(recordings.c.call == call).order_by(recordings.c.turn))

    def disposition(self, call: str) -> str | None:
        """How a call ended, None while it goes on."""
        rows = self._rows(select(calls.c.disposition).where(calls.c.call == call))
        return rows[0]["disposition"] if rows else None

    def _rows(self, wanted: Any) -> Sequence[Row]:
        try:
            with self._engine.connect() as connection:
                return [dict(row._mapping) for row in connection.execute(wanted)]
        except SQLAlchemyError as failed:
            raise StoreUnavailable(f"the database cannot be read: {getattr(failed, 'orig', failed)}") from failed
