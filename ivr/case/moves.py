"""The moves of a case: what may happen to it, from where, by whom, and what it needs.

A new move is a row of `MOVES`; what it must check besides is its `check`. Callers' moves are never refused once a case
is open, for what a caller has said is on record whatever staff have done meanwhile; but they do not undo it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import NamedTuple

from ivr.call.case_kinds import NOT_OWED
from ivr.case.case_fields import split
from ivr.case.case_fold import LIVING, STATUSES, By, Case, CaseEvent, Status
from ivr.case.refused import Refused, refused


class Move(NamedTuple):
    """What somebody wants to do. `given` is what the move needs and what the caller gave; `call` and `turn` where a
    call says it, in `language`. `sooner` is the deadline (`clock`, `due_at`, `due`) of the priority that it says."""

    kind: str
    given: Mapping[str, str] = {}
    call: str | None = None
    turn: int | None = None
    language: str | None = None
    sooner: Mapping[str, str] = {}


Check = Callable[[Case, Move, By], Refused | None]
Stays = Callable[[Case], bool]


class MoveRow(NamedTuple):
    """A row: the status it leads to from each it is allowed in; the roles that may; what it needs; which of that are
    facts; when it leaves the status alone all the same; and what else would be wrong with it."""

    leads: Mapping[Status, Status]
    roles: tuple[str, ...]
    needs: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    stays: Stays = lambda case: False
    check: Check = lambda case, move, by: None


def _to(status: Status, *sources: Status) -> Mapping[Status, Status]:
    return dict.fromkeys(sources, status)


def _same(*sources: Status) -> Mapping[Status, Status]:
    return {status: status for status in sources}


def _whole_and_owed(case: Case) -> bool:
    """The caller was promised an answer before: that they are content with another one does not take it back."""
    return not case.partial


def _handled(case: Case) -> bool:
    """Closed by whoever handled it, not by the call itself."""
    return case.owner is not None


def _owned(case: Case, move: Move, by: By) -> Refused | None:
    if case.owner not in (None, by.name) and by.role != "lead":
        return refused("has_owner", owner=str(case.owner))
    return None


def _extendable(case: Case, move: Move, by: By) -> Refused | None:
    """The day and the moment are told apart: the day is the hotline's, which is not known in here."""
    if case.due_at is None:
        return refused("no_deadline", clock=case.clock)
    if move.given["approver"] in (by.name, case.owner):
        return refused("own_approval")
    wanted, day = _moment(move.given["due_at"]), _day(move.given["due"])
    if wanted is None:
        return refused("not_a_time", value=move.given["due_at"])
    if day is None or abs((day - wanted.date()).days) > 1:
        return refused("not_its_day", value=move.given["due"], due_at=move.given["due_at"])
    return None if wanted > case.due_at else refused("not_later", due_at=case.due_at.isoformat())


def _moment(text: str) -> datetime | None:
    """A time with its zone, None where it is none that could be stored."""
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else None
    return None


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None


CALLER, STAFF = ("caller", "system"), ("agent", "lead")
OPENING = ("kind", "clock", "opened_at", "due_at", "due", "simulated")
MOVES: Mapping[str, MoveRow] = {
    "opened": MoveRow({}, CALLER, ("kind", "clock", "opened_at"), OPENING),
    "noted": MoveRow(_same(*STATUSES), (*CALLER, *STAFF, "quality")),
    "completed": MoveRow(_same(*STATUSES), CALLER),
    "answered": MoveRow({**_same(*STATUSES), "open": "closed"}, CALLER, stays=_whole_and_owed),
    "unanswered": MoveRow({**_same(*STATUSES), "closed": "open"}, CALLER, stays=_handled),
    "taken": MoveRow(_to("in_progress", *LIVING), STAFF, check=_owned),
    "extended": MoveRow(
        _same(*LIVING), ("lead",), ("due", "due_at", "approver", "reason"), ("due", "due_at", "approver"),
        check=_extendable,
    ),
    "withdrawn": MoveRow(_to("withdrawn", *LIVING), STAFF, ("reason",)),
}  # fmt: skip


def move(case: Case | None, wanted: Move, by: By, now: datetime) -> CaseEvent | Refused:
    """The event that this move adds to the case's log (None: it has none yet), or why it is not allowed."""
    row = MOVES.get(wanted.kind)
    if row is None:
        return refused("no_such_move", move=wanted.kind, moves=tuple(MOVES))
    why = _not_by(row, wanted, by) or _not_from(case, row, wanted)
    if why is None and case is not None:
        why = row.check(case, wanted, by)
    if why is not None:
        return why
    facts, personal = split({name: value for name, value in wanted.given.items() if name not in row.facts})
    facts |= {name: value for name in row.facts if (value := wanted.given.get(name))}
    facts |= _changes(case, row, wanted, by)
    if case is not None and wanted.sooner and _brings_forward(case, wanted.sooner):
        facts |= wanted.sooner
    seq = case.version + 1 if case else 1
    return CaseEvent(seq, now, wanted.kind, by, wanted.call, wanted.turn, facts, personal)


def _brings_forward(case: Case, sooner: Mapping[str, str]) -> bool:
    """Whether a deadline comes before that of a case which has not ended, and which nobody of staff has moved."""
    if not {"clock", "due", "due_at"} <= sooner.keys() or case.ended_at is not None:
        return False
    if case.due != case.promised or case.clock == sooner["clock"]:
        return False
    return case.due_at is None or datetime.fromisoformat(sooner["due_at"]) <= case.due_at


def _not_by(row: MoveRow, wanted: Move, by: By) -> Refused | None:
    if by.role not in row.roles:
        return refused("other_role", move=wanted.kind, roles=row.roles, name=by.name, role=by.role)
    missing = tuple(name for name in row.needs if not wanted.given.get(name))
    return refused("missing", move=wanted.kind, names=missing) if missing else None


def _not_from(case: Case | None, row: MoveRow, wanted: Move) -> Refused | None:
    if wanted.kind == "opened":
        return refused("opened_before") if case else None
    if case is None:
        return refused("not_opened", move=wanted.kind)
    if case.status not in row.leads:
        return refused("not_now", move=wanted.kind, status=case.status)
    return None


def _changes(case: Case | None, row: MoveRow, wanted: Move, by: By) -> dict[str, str]:
    """What of the case's row the move changes."""
    changes: dict[str, str] = {}
    if case is None:
        changes["status"] = "closed" if wanted.given["kind"] in NOT_OWED else "open"
    else:
        after = case.status if row.stays(case) else row.leads[case.status]
        if after != case.status:
            changes["status"] = after
        if wanted.kind == "taken":
            changes["owner"] = by.name
        if (wanted.kind, after) in (("answered", "closed"), ("unanswered", "open")):
            changes["outcome"] = wanted.kind
    if wanted.language and wanted.language != (case.language if case else None):
        changes["language"] = wanted.language
    return changes
