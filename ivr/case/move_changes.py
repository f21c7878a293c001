"""What a move changes of the case's row, as facts of its event: decided once, so that folding decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from ivr.call.case_number import parse_case_number
from ivr.case.case import NEVER, UNDECIDED, By, Case
from ivr.case.case_fields import PRIORITIES, urgency
from ivr.case.move_checks import Move, reopens


class Change(NamedTuple):
    """A move that is allowed: who makes it, when, and whether its row counts the deadline anew."""

    wanted: Move
    by: By
    at: datetime
    deadline: bool


def changes_of(case: Case | None, change: Change) -> dict[str, str]:
    """The facts of the event beside what was given."""
    wanted = change.wanted
    changes = _language(case, wanted)
    if case is None:
        return changes
    anew = wanted.kind == "reopened" or (wanted.kind == "attempted" and reopens(case, wanted.given["result"]))
    if (
        change.deadline
        and (wanted.kind != "attempted" or anew)
        or wanted.deadline
        and wanted.kind != "attempted"
        and brings_forward(case, wanted.deadline)
    ):
        changes |= wanted.deadline
    if anew:
        changes |= {"ladder_at": _stamp(change.at), "paused_at": ""}
    return changes | _by_kind(case, change)


def brings_forward(case: Case, sooner: Mapping[str, str]) -> bool:
    """Whether a deadline comes before that of a case which has not ended, and which nobody of staff has moved."""
    if not {"clock", "due", "due_at"} <= sooner.keys() or case.ended_at is not None:
        return False
    if case.due != case.promised or case.clock == sooner["clock"]:
        return False
    return case.due_at is None or datetime.fromisoformat(sooner["due_at"]) <= case.due_at


def _language(case: Case | None, wanted: Move) -> dict[str, str]:
    known = case.language if case else None
    return {"language": wanted.language} if wanted.language and wanted.language != known else {}


def _by_kind(case: Case, change: Change) -> dict[str, str]:
    wanted, now = change.wanted, _stamp(change.at)
    match wanted.kind:
        case "taken":
            return {"owner": change.by.name}
        case "assigned":
            busy = (case.owner or "") if case.status == "in_progress" else ""  # somebody works on it: they go on
            return {"owner": wanted.given.get("owner", busy), "team": wanted.given.get("team", "") or case.team or ""}
        case "conflicted" if wanted.given["person"] == case.owner:
            return {"owner": "", "answered_at": "", **({} if case.status in UNDECIDED else wanted.deadline)}
        case "told":
            return {"answered_at": now, "warn_at": NEVER}
        case "paused":
            return {"paused_at": now, "warn_at": NEVER}
        case "resumed":
            return {"paused_at": ""}
        case "linked":
            return {"case": str(parse_case_number(wanted.given["case"]))}
        case "reopened":
            return {"promised": ""}
        case "extended":
            return {"promised": wanted.deadline.get("due", "")}
        case "escalated":
            raised = min(urgency(case.facts.get("priority", "")) + 1, len(PRIORITIES) - 1)
            return {"priority": PRIORITIES[raised]}
    return {}


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
