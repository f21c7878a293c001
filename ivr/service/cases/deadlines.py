"""The deadline a move of a case would set, by the calendars of the hotline."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from ivr.case.case import Case, clock_began, priority
from ivr.case.moves import MOVES, Move
from ivr.errors import NoSuch
from ivr.flow.model import Release
from ivr.service.calls.turn_facts import case_due
from ivr.service.cases.case_rows import case_of
from ivr.service.ports import Ports
from ivr.service.rows import CaseRow, stamp


def with_deadline(ports: Ports, row: CaseRow, wanted: Move, now: datetime) -> Move:
    """The move with the deadline it would set, and with whether the customer is phoned after having been told.

    Counted by the release that is live: it knows the holidays announced since the call.
    """
    known = MOVES.get(wanted.kind)
    if known is None or not (known.deadline or wanted.kind == "told"):
        return wanted
    release = live_release(ports, row)
    if release is None:
        return wanted
    case, rule = case_of(row), release.cases.get(row.kind)
    wanted = wanted._replace(follow_up=bool(rule and rule.follow_up))
    return wanted._replace(deadline=_deadline(release, case, wanted, now)) if known.deadline else wanted
