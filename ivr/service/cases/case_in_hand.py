"""A case on which one transaction makes several moves: its row is written once, with all their events."""

from __future__ import annotations

from ivr.case.case import By, Case, CaseEvent
from ivr.case.case_fold import fold
from ivr.case.moves import Move, move
from ivr.case.refused import Refused
from ivr.service.cases.case_rows import case_of, case_row, event_row
from ivr.service.cases.deadlines import with_deadline
from ivr.service.ports import Ports, Transaction
from ivr.service.rows import CaseRow


class CaseInHand:
    """The case of a row as it was read; `case` is what the moves have made of it so far."""

    def __init__(self, ports: Ports, tx: Transaction, row: CaseRow) -> None:
        self._ports, self._tx, self._row = ports, tx, row
        self._events: list[CaseEvent] = []
        self.case: Case = case_of(row)
        self.number = row.number

    def make(self, wanted: Move, by: By) -> Refused | None:
        """Make a move; why not, where it is not allowed."""
        now = self._ports.clock()
        as_it_is = case_row(self._row.number, self.case)
        event = move(self.case, with_deadline(self._ports, as_it_is, wanted, now), by, now)
        if isinstance(event, Refused):
            return event
        self.case = fold(self.case, event)
        self._events.append(event)
        return None

    def keep(self) -> None:
        """Write what was made of it; once, and nothing where nothing was."""
        if self._events:
            after = case_row(self._row.number, self.case)._replace(version=self._row.version)
            self._tx.put_case(after, [event_row(self._row.number, event) for event in self._events])
