"""Cases near their deadline and beyond it: on workday mornings their log says so, and who is late goes to a lead.

A warning is an event `warned`, three workdays and one before the day it is due; on the first workday on which it is
late it is `escalated`, which raises the priority.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ivr.case.case import By, Case
from ivr.case.case_fold import fold
from ivr.case.clock_state import escalates
from ivr.case.moves import Move, move
from ivr.case.refused import Refused
from ivr.flow.model import Release
from ivr.service.cases.case_rows import case_of, case_row, event_row
from ivr.service.cases.deadlines import next_told, release_for
from ivr.service.ports import Ports, Transaction
from ivr.service.rows import CaseRow, Piece, stamp
from ivr.service.work import WorkKind

EVERY = timedelta(minutes=5)
AT_ONCE = 20
"""Cases in one transaction: a few milliseconds, so that no caller waits for it."""
SYSTEM = By("system", "system")


def warn(ports: Ports, piece: Piece, tx: Transaction | None) -> timedelta:
    """Warn of the next cases whose morning has come; when to come again."""
    assert tx is not None
    numbers = ports.store.cases_to_warn_of(AT_ONCE)
    for number in numbers:
        row = tx.case(number)
        if row is not None and row.warn_at and not row.ended_at and row.warn_at <= stamp(tx.now()):
            _tell(ports, tx, row)
    return timedelta() if len(numbers) == AT_ONCE else EVERY


def _tell(ports: Ports, tx: Transaction, row: CaseRow) -> None:
    case, now = case_of(row), tx.now()
    event = move(case, _wanted(case, release_for(ports, row), now), SYSTEM, now)
    if isinstance(event, Refused):  # its status needs no warning: it is not looked at again
        event = move(case, Move("noted", {"text": str(event)}, deadline={"warn_at": ""}), SYSTEM, now)
    assert not isinstance(event, Refused), str(event)
    after = case_row(row.number, fold(case, event))
    tx.put_case(after._replace(version=row.version), [event_row(row.number, event)])


def _wanted(case: Case, release: Release | None, now: datetime) -> Move:
    """What is said of the case now, and when it is looked at next; without calendars never again."""
    assert case.due_at is not None and case.due is not None
    late = release is None or now.astimezone(UTC) >= escalates(case.due_at, release.calendars).astimezone(UTC)
    if not late and release is not None:
        return Move("warned", {"due": case.due}, deadline={"warn_at": stamp(next_told(case.due_at, release, now))})
    if case.status == "decided":
        return Move("warned", {"due": case.due}, deadline={"warn_at": ""})
    return Move("escalated", {"reason": f"due {case.due}"}, deadline={"warn_at": ""})


WARN = WorkKind(name="warn", how="inside", effect=warn, every=EVERY)
