"""Calls and their turns as stored, and every text in the database: for audits, not for live turns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import LargeBinary, String, Text, func, select

from ivr.service.stored_rows import CallOnRecord, TurnOnRecord
from ivr.storage.case_rows import CaseRows
from ivr.storage.tables import calls, metadata, turns


class AuditRows(CaseRows):
    """Reads calls, turns and cases. `StoreUnavailable` where the database cannot be read."""

    def call(self, call: str) -> CallOnRecord | None:
        """A call, None where it is not on record."""
        rows = self.rows(select(*(calls.c[name] for name in CallOnRecord._fields)).where(calls.c.call == call))
        return CallOnRecord._make(rows[0]) if rows else None

    def turns(self, call: str) -> Sequence[TurnOnRecord]:
        """The turns of a call, in order."""
        columns = (turns.c[name] for name in TurnOnRecord._fields)
        wanted = select(*columns).where(turns.c.call == call).order_by(turns.c.turn)
        return list(map(TurnOnRecord._make, self.rows(wanted)))

    def real_calls(self) -> tuple[int, int]:
        """How many calls are on record that were not simulated, and their turns."""
        counted = select(func.count(), func.coalesce(func.sum(calls.c.turns_taken), 0)).where(
            calls.c.simulated.is_(False)
        )
        count, taken = tuple(self.rows(counted)[0])
        return count, taken

    def texts(self) -> Iterable[str]:
        """All that is text, or holds text, in every table but the releases."""
        for table in metadata.sorted_tables:
            wanted = [column for column in table.c if isinstance(column.type, String | Text | LargeBinary)]
            if table.name != "releases" and wanted:
                for row in self.rows(select(*wanted)):
                    yield from (_text(value) for value in row if value)


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("utf-8", "replace")
