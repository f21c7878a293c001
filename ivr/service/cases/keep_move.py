"""The moves of staff and of the system: the only way to change a case that is not a call's own turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ivr.case.case import By, CaseEvent
from ivr.case.case_fold import fold
from ivr.case.moves import Move, move
from ivr.case.refused import Refused, refused
from ivr.errors import NoSuch
from ivr.messages.message import Message
from ivr.service.cases.case_rows import case_of, case_row, event_of, event_row
from ivr.service.cases.deadlines import with_deadline
from ivr.service.outgoing.follow_case import follow_case
from ivr.service.ports import Ports, Transaction
from ivr.service.retried import MOST_BY_STAFF, retried
from ivr.service.rows import CaseRow


class Changed(NamedTuple):
    """Somebody has moved the case since the version that was looked at: what came between, the oldest first."""

    version: int
    since: Sequence[CaseEvent]


def keep_move(
    ports: Ports, number: int, wanted: Move, by: By, *, version: int | None = None
) -> CaseRow | Refused | Changed:
    """The case after the move; or why it is not allowed, and nothing has changed. `NoSuch` where the number is
    nobody's.

    With `version`, the move is made on the case as it was looked at, and on no other. Without it, if somebody else is
    faster, the move is judged again by what they did.
    """

    def work(tx: Transaction) -> CaseRow | Refused | Changed:
        row = looked_at(tx, number, version)
        return row if isinstance(row, Changed) else made_on(ports, tx, row, wanted, by)

    return retried(ports.store, work, most=MOST_BY_STAFF)


def looked_at(tx: Transaction, number: int, version: int | None) -> CaseRow | Changed:
    """The case as it is, or what has come since the version that was looked at. `NoSuch` where there is none."""
    row = tx.case(number)
    if row is None:
        raise NoSuch(Message("service.case.none", case=str(number)))
    if version is not None and row.version != version:
        between = range(version + 1, row.version + 1)  # another event may have come since we read the row
        return Changed(row.version, [event_of(each) for each in tx.case_events(number) if each.seq in between])
    return row


def made_on(ports: Ports, tx: Transaction, row: CaseRow, wanted: Move, by: By) -> CaseRow | Refused:
    """The case after the move, which the transaction keeps; or why it is not allowed."""
    case, now = case_of(row), ports.clock()
    event = move(case, with_deadline(ports, row, wanted, now), by, now)
    if isinstance(event, Refused):
        return event
    if wanted.kind == "linked" and (why := _link_back(tx, row.number, event)):
        return why
    moved = fold(case, event)
    after = case_row(row.number, moved)
    tx.put_case(after._replace(version=row.version), [event_row(row.number, event)])
    follow_case(ports, tx, row, moved, event)
    return after


def _link_back(tx: Transaction, number: int, event: CaseEvent) -> Refused | None:
    """Link the other case to this one as well: whoever opens either sees both."""
    other = int(event.facts["case"])
    row = tx.case(other)
    if other == number or row is None:
        code = "move.refused.linked-to-itself" if other == number else "move.refused.no-such-case"
        return refused(code, case=str(other))
    case = case_of(row)
    if number not in case.life.links:
        back = event._replace(seq=case.version + 1, facts={**event.facts, "case": str(number)})
        after = case_row(other, fold(case, back))
        tx.put_case(after._replace(version=row.version), [event_row(other, back)])
    return None
