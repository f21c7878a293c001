"""What is read outside of a transaction, on both databases."""

from __future__ import annotations

from collections.abc import Sequence

from ivr.service.ports import StoredCall
from ivr.service.rows import stamp
from ivr.storage.outgoing_rows import OutgoingRows
from ivr.storage.work_rows import WorkRows


class StoreRows(WorkRows, OutgoingRows):
    """The part of the port `Store` that only reads. `serves` names which release new calls get: live or draft."""

    serves: str

    def release_body(self, release: str) -> str | None:
        """The files of a release, as JSON."""
        rows = self.read(self.sql.release_body, {"hash": release})
        return rows[0][0] if rows else None

    def current_release(self) -> str | None:
        """The release new calls get."""
        rows = self.read(self.sql.current_release, {"name": self.serves})
        return rows[0][0] if rows else None

    def stored_call(self, call: str) -> StoredCall | None:
        """What a call is replayed from, None where it has taken no turn."""
        found = self.read(self.sql.call_s_release, {"call": call})
        if not found:
            return None
        inputs = self.read(self.sql.call_s_inputs, {"call": call})
        return StoredCall(found[0][0], found[0][1], [row[0] for row in inputs])

    def cases_to_warn_of(self, most: int) -> Sequence[int]:
        """Cases of whose deadline somebody is to be told by now."""
        return [row[0] for row in self.read(self.sql.cases_to_warn_of, {"now": stamp(self.now()), "most": most})]

    def unwatched_cases(self, most: int) -> Sequence[int]:
        """Cases that are due and of which nobody is to be told yet."""
        return [row[0] for row in self.read(self.sql.unwatched_cases, {"most": most})]

    def overdue_calls(self, most: int) -> Sequence[str]:
        """Calls whose next webhook is overdue."""
        return [row[0] for row in self.read(self.sql.overdue_calls, {"now": stamp(self.now()), "most": most})]
