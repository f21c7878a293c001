"""The moves of a case: what may happen to it, from where, by whom, and what it needs.

A new move is a row of `MOVES`; what it must check besides is its `check` (ivr/case/move_checks.py). Callers' moves are
never refused once a case is open, for what a caller has said is on record whatever staff have done meanwhile; but they
do not undo it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from ivr.call.case_kinds import NOT_OWED
from ivr.case import move_checks as checks
from ivr.case.case import FINAL, LIVING, STATUSES, UNDECIDED, By, Case, CaseEvent, Status
from ivr.case.case_fields import PRIORITIES, split
from ivr.case.case_fold import PROPOSED
from ivr.case.move_changes import Change, changes_of
from ivr.case.move_checks import Check, Move
from ivr.case.move_fields import NAME, OPTIONAL_NAME, REASON, Field, judged, visible
from ivr.case.refused import Refused, refused
from ivr.messages.message import Message

__all__ = ["MOVES", "Move", "MoveRow", "move"]
Stays = Callable[[Case, Move], bool]
OUTCOMES = ("upheld", "partly", "rejected", "explained")
TOLD_BY = tuple(["letter", "mail", "branch", "phone"])
RESULTS = ("accepted", "not_accepted", "unclear", "wrong_person", "later", "opted_out", "machine", "person", "busy",
           "no_answer", "failed")  # fmt: skip
"""What came of a call to the customer: their word, or the network's."""


class MoveRow(NamedTuple):
    """A row: the status it leads to from each it is allowed in; the roles that may; what it needs (None: whatever a
    caller's flow gives); when it leaves the status alone all the same; what else would be wrong with it; and whether
    it counts the deadline anew."""

    leads: Mapping[Status, Status]
    roles: tuple[str, ...]
    fields: Mapping[str, Field] | None = None
    stays: Stays = lambda case, wanted: False
    check: Check = lambda case, wanted, by, now: None
    deadline: bool = False


def _to(status: Status, *sources: Status) -> Mapping[Status, Status]:
    return dict.fromkeys(sources, status)


def _same(*sources: Status) -> Mapping[Status, Status]:
    return {status: status for status in sources}


def _whole_and_owed(case: Case, wanted: Move) -> bool:
    """The caller was promised an answer before: that they are content with another one does not take it back."""
    return not case.partial


def _handled(case: Case, wanted: Move) -> bool:
    """Closed by whoever handled it, not by the call itself."""
    return case.owner is not None


def _not_the_owner(case: Case, wanted: Move) -> bool:
    return wanted.given["person"] != case.owner


CALLER, STAFF, LEAD = ("caller", "system"), ("agent", "lead"), ("lead",)
CODE = Field(needed=False, fact=True, most=60)
PHONED = _same(*(status for status in STATUSES if status != "open"))
"""Where a case may stand when a call to its customer ends: staff may have moved it meanwhile."""
MOVES: Mapping[str, MoveRow] = {
    "opened": MoveRow({}, CALLER),
    "noted": MoveRow(_same(*STATUSES), (*CALLER, *STAFF, "quality"), {"text": Field(most=4000)}),
    "completed": MoveRow(_same(*STATUSES), CALLER),
    "answered": MoveRow({**_same(*STATUSES), "open": "closed"}, CALLER, stays=_whole_and_owed),
    "unanswered": MoveRow({**_same(*STATUSES), "closed": "open"}, CALLER, stays=_handled),
    "assigned": MoveRow(
        {**_same(*UNDECIDED), "open": "acknowledged"}, LEAD, {"owner": OPTIONAL_NAME, "team": OPTIONAL_NAME},
        check=checks.assigned,
    ),
    "taken": MoveRow(_to("in_progress", *UNDECIDED), STAFF, {}, check=checks.taken),
    "conflicted": MoveRow(
        _to("acknowledged", *LIVING), STAFF, {"person": NAME._replace(own=True), "reason": REASON},
        stays=_not_the_owner, check=checks.conflicted,
    ),
    "decided": MoveRow(
        _to("decided", "in_progress"), STAFF,
        {"outcome": Field(fact=True, one_of=OUTCOMES), "reasons": Field(most=4000), "answer": Field(most=120)},
        check=checks.decided,
    ),
    "told": MoveRow(
        _to("follow_up_due", "decided"), STAFF, {"how": Field(fact=True, one_of=TOLD_BY)}, check=checks.by_owner,
    ),
    "attempted": MoveRow(
        PHONED, ("system",), {"result": Field(fact=True, one_of=RESULTS), "attempt": OPTIONAL_NAME}, deadline=True,
    ),
    "unreached": MoveRow(
        _to("closed_unconfirmed", "follow_up_due"), ("system", "lead"), {"reason": REASON._replace(needed=False)},
    ),
    "contact": MoveRow(_same(*LIVING), (*STAFF, "caller"), {"phone": Field(most=40)}, check=checks.contact),
    "withdrawn": MoveRow(_to("withdrawn", *LIVING), (*STAFF, "caller"), {"reason": REASON}),
    "reopened": MoveRow(
        _to("in_progress", *FINAL), ("lead", "caller"), {"reason": REASON}, deadline=True,
    ),
    "extended": MoveRow(
        _same(*UNDECIDED), LEAD, {"to": NAME, "approver": NAME, "reason": REASON, "told_at": NAME},
        check=checks.extended, deadline=True,
    ),
    "paused": MoveRow(_same("in_progress"), STAFF, {"reason": REASON}, check=checks.paused),
    "resumed": MoveRow(
        _same(*UNDECIDED), (*STAFF, *CALLER), {"reason": REASON._replace(needed=False)}, check=checks.resumed,
        deadline=True,
    ),
    "warned": MoveRow(_same(*UNDECIDED, "decided"), ("system",), {"due": NAME}, deadline=True),
    "watched": MoveRow(_same(*UNDECIDED, "decided"), ("system",), {}, deadline=True),
    "escalated": MoveRow(_same(*UNDECIDED), ("lead", "system"), {"reason": REASON}, deadline=True),
    "prioritized": MoveRow(_same(*LIVING), STAFF, {"priority": Field(fact=True, one_of=PRIORITIES), "reason": REASON}),
    "coded": MoveRow(
        _same(*STATUSES), (*STAFF, "quality"),
        {"channel": CODE, "business": CODE, "reason": CODE, "root_cause": CODE}, check=checks.coded,
    ),
    "represented": MoveRow(
        _same(*LIVING), STAFF, {"as": Field(fact=True, one_of=("proxy", "heir", "group")), "names": REASON},
        check=checks.represented,
    ),
    "linked": MoveRow(
        _same(*STATUSES), (*STAFF, "system"), {"case": NAME, "reason": REASON}, check=checks.linked,
    ),
    "triaged": MoveRow(
        _same(*LIVING), ("system",),
        dict.fromkeys(PROPOSED, Field(False, fact=True, most=4000)), check=checks.triaged,
    ),
}  # fmt: skip
CALLED_FOR = ("noted", "completed", "answered", "unanswered", "opened")
"""What a caller's turn adds: its fields are those of the flow."""
STAFF_MOVES = tuple(
    name for name, row in MOVES.items() if row.fields is not None and set(row.roles) - {"caller", "system"}
)
"""The moves that a person can make."""


def move(case: Case | None, wanted: Move, by: By, now: datetime) -> CaseEvent | Refused:
    """The event that this move adds to the case's log (None: it has none yet), or why it is not allowed."""
    row = MOVES.get(wanted.kind)
    if row is None:
        return refused("move.refused.no-such-move", move=wanted.kind, moves=STAFF_MOVES)
    in_call = wanted.kind in CALLED_FOR and by.role in CALLER
    if not in_call:
        wanted = wanted._replace(given={name: text.strip() for name, text in wanted.given.items() if visible(text)})
    why = _not_by(row, wanted, by) or _not_from(case, row, wanted)
    if why is None and not in_call:
        why = judged(wanted.kind, wanted.given, row.fields or {})
    if why is None and case is not None:
        why = checks.impartial(case, wanted, by) or row.check(case, wanted, by, now)
    if why is not None:
        return why
    facts, personal = _split(wanted, None if in_call else row.fields)
    facts |= _status(case, row, wanted) | changes_of(case, Change(wanted, by, now, row.deadline))
    return CaseEvent(case.version + 1 if case else 1, now, wanted.kind, by, wanted.call, wanted.turn, facts, personal)


def _split(wanted: Move, fields: Mapping[str, Field] | None) -> tuple[dict[str, str], dict[str, str]]:
    """What is kept for ever, and what goes with the customer."""
    if fields is None:
        opening = wanted.kind == "opened"
        facts, personal = split({n: v for n, v in wanted.given.items() if not (opening and n in checks.OPENING)})
        return facts | {n: v for n in checks.OPENING if opening and (v := wanted.given.get(n))}, personal
    facts = {name: text for name, text in wanted.given.items() if fields[name].fact}
    return facts, {name: text for name, text in wanted.given.items() if name not in facts}


def _not_by(row: MoveRow, wanted: Move, by: By) -> Refused | None:
    if by.role in row.roles:
        return None
    roles = tuple(Message(checks.ROLES[role]) for role in row.roles)
    role = Message(checks.ROLES[by.role]) if by.role in checks.ROLES else by.role
    return refused("move.refused.other-role", move=wanted.kind, roles=roles, name=by.name, role=role)


def _not_from(case: Case | None, row: MoveRow, wanted: Move) -> Refused | None:
    if wanted.kind == "opened":
        missing = tuple(name for name in ("kind", "clock", "opened_at") if not wanted.given.get(name))
        if missing:
            return refused("move.refused.missing", move=wanted.kind, names=missing)
        return refused("move.refused.opened-before") if case else None
    if case is None:
        return refused("move.refused.not-opened", move=wanted.kind)
    return None if case.status in row.leads else checks.not_now(case, wanted)


def _status(case: Case | None, row: MoveRow, wanted: Move) -> dict[str, str]:
    """The status the move leads to, where that is another one."""
    if case is None:
        return {"status": "closed" if wanted.given["kind"] in NOT_OWED else "open"}
    after: Status = case.status if row.stays(case, wanted) else row.leads[case.status]
    if wanted.kind == "attempted":
        after = checks.after_attempt(case, wanted.given["result"])
    if wanted.kind == "told" and not wanted.follow_up:
        after = "closed"
    changes = {"status": str(after)} if after != case.status else {}
    if (wanted.kind, after) in (("answered", "closed"), ("unanswered", "open")):
        changes["outcome"] = wanted.kind
    return changes
