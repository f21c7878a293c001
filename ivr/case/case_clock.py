"""How a case stands with its clock, and why its deadline is when it is: read from its own log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ivr.case.case import Case, CaseEvent
from ivr.case.clock_state import ClockState, state
from ivr.case.why_due import COUNTED, said
from ivr.messages.message import Message


def clock_state(case: Case, now: datetime) -> ClockState:
    """Where the case stands with its present deadline."""
    answered = case.life.told_at or case.ended_at
    return state(case.due_at, now, answered_at=answered, paused_at=case.life.paused_at)


def why(events: Iterable[CaseEvent]) -> Message | None:
    """Why the deadline is when it is; None where the case has none."""
    facts: dict[str, str] = {}
    extension: dict[str, str] = {}
    reopened = False
    for event in events:
        given = event.facts
        reopened = reopened or bool(given.get("ladder_at"))
        if given.get("ladder_at"):
            extension = {}
        if event.kind == "extended":
            extension = {"extended": given["to"], "approver": given["approver"], "told": given["told_at"][:10]}
        if "count" in given:
            facts = {name: given[name] for name in ("clock", *COUNTED) if name in given}
    if not facts:
        return None
    return said({**facts, **extension, **({"reopened": "yes"} if reopened else {})})
