"""The moves of staff and of the system: the only way to change a case that is not a call's own turn."""

from __future__ import annotations

from ivr.case.case_fold import By, fold
from ivr.case.moves import Move, move
from ivr.case.refused import Refused
from ivr.errors import NoSuch
from ivr.messages.message import Message
from ivr.service.cases.case_rows import case_of, case_row, event_row
from ivr.service.ports import Ports, Transaction
from ivr.service.retried import retried
from ivr.service.rows import CaseRow


def keep_move(ports: Ports, number: int, wanted: Move, by: By) -> CaseRow | Refused:
    """The case after the move; or why it is not allowed, and nothing has changed. `NoSuch` where the number is
    nobody's. If somebody else is faster, the move is judged again by what they did."""

    def work(tx: Transaction) -> CaseRow | Refused:
        row = tx.case(number)
        if row is None:
            raise NoSuch(Message("service.case.none", case=str(number)))
        event = move(case_of(row), wanted, by, ports.clock())
        if isinstance(event, Refused):
            return event
        after = case_row(number, fold(case_of(row), event))
        tx.put_case(after._replace(version=row.version), [event_row(number, event)])
        return after

    return retried(ports.store, work)
