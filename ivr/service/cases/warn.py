"""Cases near their deadline and beyond it: on workday mornings their log says so, and who is late goes to a lead.

A warning is an event `warned`, three workdays and one before the day it is due; on the first workday on which it is
late it is `escalated`, which raises the priority.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from ivr.case.case import NEVER, By, Case
from ivr.case.case_fold import fold
from ivr.case.clock_state import escalates
from ivr.case.moves import Move, move
from ivr.case.refused import Refused
from ivr.errors import StoreUnavailable
from ivr.flow.model import Release
from ivr.service.cases.case_rows import case_of, case_row, event_row
from ivr.service.cases.deadlines import next_told, release_for
from ivr.service.ports import Ports, Transaction
from ivr.service.rows import Piece, stamp
from ivr.service.work import WorkKind

log = logging.getLogger("ivr.work")
EVERY = timedelta(minutes=5)
AT_ONCE = 20
"""Cases in one transaction: a few milliseconds, so that no caller waits for it."""
SYSTEM = By("system", "system")


def warn(ports: Ports, piece: Piece, tx: Transaction | None) -> timedelta:
    """Warn of the next cases whose morning has come; when to come again. A row that cannot be read stops no other."""
    assert tx is not None
    due, unknown = ports.store.cases_to_warn_of(AT_ONCE), ports.store.unwatched_cases(AT_ONCE)
    told = 0
    for number in dict.fromkeys([*due, *unknown]):
        try:
            told += _tell(ports, tx, number)
        except StoreUnavailable as damaged:
            log.error("%s", damaged)
    return timedelta() if told and max(len(due), len(unknown)) == AT_ONCE else EVERY


def _tell(ports: Ports, tx: Transaction, number: int) -> bool:
    """Tell what is due of a case now; whether there was anything to tell."""
    row, now = tx.case(number), tx.now()
    if row is None or row.ended_at or (row.warn_at and row.warn_at > stamp(now)):
        return False
    case, release = case_of(row), release_for(ports, row)
    event = move(case, _wanted(case, release, now), SYSTEM, now)
    if isinstance(event, Refused):  # its status needs no warning: it is not looked at again
        event = move(case, Move("watched", deadline={"warn_at": NEVER}), SYSTEM, now)
    if isinstance(event, Refused):
        return False
    after = case_row(row.number, fold(case, event))
    tx.put_case(after._replace(version=row.version), [event_row(row.number, event)])
    return True


def _wanted(case: Case, release: Release | None, now: datetime) -> Move:
    """What is said of the case now, and when it is looked at next; without calendars never again."""
    assert case.due_at is not None and case.due is not None
    late = release is None or now.astimezone(UTC) >= escalates(case.due_at, release.calendars).astimezone(UTC)
    if not late and release is not None:
        then = {"warn_at": stamp(next_told(case.due_at, release, now))}
        return Move("warned", {"due": case.due}, deadline=then) if case.warn_at else Move("watched", deadline=then)
    if case.status == "decided":
        return Move("warned", {"due": case.due}, deadline={"warn_at": NEVER})
    return Move("escalated", {"reason": f"due {case.due}"}, deadline={"warn_at": NEVER})


WARN = WorkKind(name="warn", how="inside", effect=warn, every=EVERY)
