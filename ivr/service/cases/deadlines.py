"""The deadline a move of a case would set, by the calendars of the hotline."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from ivr.case.case import UNDECIDED, Case, clock_began, priority
from ivr.case.clock import next_rung
from ivr.case.clock_state import escalates, warnings
from ivr.case.deadline import Due, deadline
from ivr.case.moves import MOVES, Move
from ivr.errors import NoSuch
from ivr.flow.model import Release
from ivr.service.calls.turn_facts import case_due
from ivr.service.cases.case_rows import case_of
from ivr.service.ports import Ports
from ivr.service.rows import CaseRow, stamp

RUNG = "extended"


def with_deadline(ports: Ports, row: CaseRow, wanted: Move, now: datetime) -> Move:
    """The move with the deadline it would set, the extension that may follow, and whether the customer is phoned.

    Counted by the release that is live, which knows the holidays announced since the call; by that of the call where
    nothing is live. A clock that the hotline no longer has keeps the deadline it gave.
    """
    known = MOVES.get(wanted.kind)
    if known is None or not (known.deadline or wanted.kind in ("told", "conflicted")):
        return wanted
    release, case = release_for(ports, row), case_of(row)
    if release is None:
        return wanted
    rule = release.cases.get(row.kind)
    wanted = wanted._replace(
        follow_up=bool(rule and rule.follow_up),
        rung=next_rung(case.clock, release.clocks),
        zone=release.calendars.zone,
    )
    if wanted.kind == "conflicted" and case.due_at is not None and case.status not in UNDECIDED:
        return wanted._replace(deadline={"warn_at": stamp(next_told(case.due_at, release, now))})
    due = _due(release, case, wanted, now) if known.deadline else None
    return wanted._replace(deadline=as_facts(due, release, now)) if due else wanted


def release_for(ports: Ports, row: CaseRow) -> Release | None:
    """The live release, else that of the case's call; None where neither can be had."""
    for name in (ports.store.current_release(), _of_call(ports, row)):
        with suppress(NoSuch):
            if name:
                return ports.release(name)
    return None


def as_facts(due: Due, release: Release, now: datetime) -> Mapping[str, str]:
    """A deadline as an event of the case holds it: with why it is then, and when somebody is told of it next."""
    facts = {"clock": due.rule, "due_at": stamp(due.at), "due": due.day.isoformat(), **due.facts}
    return {**facts, "warn_at": stamp(next_told(due.at, release, now))}


def next_told(due_at: datetime, release: Release, now: datetime) -> datetime:
    """When somebody is told next that the deadline nears, or that it has passed."""
    calendars = release.calendars
    return next(iter(warnings(due_at, now, calendars)), None) or escalates(due_at, calendars)


def _of_call(ports: Ports, row: CaseRow) -> str | None:
    stored = ports.store.stored_call(row.call) if row.call else None
    return stored.release if stored else None


def _due(release: Release, case: Case, wanted: Move, now: datetime) -> Due | None:
    match wanted.kind:
        case "extended":
            return deadline(wanted.rung, clock_began(case), release.calendars) if wanted.rung else None
        case "resumed":
            since = case.life.paused_at
            pauses = [*case.life.pauses, *([(since, now)] if since else [])]
            return deadline(case.clock, clock_began(case), release.calendars, pauses)
        case "reopened" | "attempted":
            if case.kind in release.cases:
                return case_due(release, case.kind, now, priority(case))
            return deadline(case.clock.partition("+")[0], now, release.calendars)
    return None
