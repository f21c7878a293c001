"""A case as the fold of its own events: whatever callers, staff and the system did to it, in order.

`fold` decides nothing: an event says itself what it changed (`ivr/case/moves.py` decides that, once). So an event that
was logged under older rules still folds to the same case. And it needs nothing of what is erased with a customer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple, cast, get_args

import msgspec

from ivr.call.case_kinds import CaseKind
from ivr.case.case_fields import PRIORITIES, SAID, of_caller, urgency

Status = Literal["open", "in_progress", "closed", "withdrawn"]
STATUSES: tuple[Status, ...] = get_args(Status)
FINAL: tuple[Status, ...] = ("closed", "withdrawn")
"""A case with one of these has ended: nobody waits for an answer any more."""
LIVING = tuple(status for status in STATUSES if status not in FINAL)
COMPLETING = ("completed", "answered", "unanswered")
"""What a call says at the end of an intake: the case is whole."""

Words = Mapping[str, str]


class By(NamedTuple):
    """Who acts, and in which role: `caller` and `system` are their own role, staff are `agent`, `lead` or `quality`."""

    name: str
    role: str


class CaseEvent(NamedTuple):
    """What happened to a case, from `seq` 1. `call` and `turn` are those that said it, if it was a call.

    `facts` stay when the customer is erased; `personal` is None from then on.
    """

    seq: int
    at: datetime
    kind: str
    by: By
    call: str | None
    turn: int | None
    facts: Words
    personal: Words | None


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """Where a case stands. `version` is the number of its events; nothing is in here that they do not say.

    `due_at` is kept when the case ends; `promised` is the day the caller was told. `facts` and `personal` are what the
    caller gave, and in `facts` the `outcome`.
    """

    version: int
    kind: CaseKind
    status: Status
    partial: bool = True
    owner: str | None = None
    call: str | None
    turn: int | None
    customer: str
    language: str | None
    opened_at: datetime
    due_at: datetime | None
    due: str | None
    clock: str
    promised: str | None
    ended_at: datetime | None
    simulated: bool
    facts: Words
    personal: Words | None


def fold(case: Case | None, event: CaseEvent) -> Case:
    """The case after an event; its first one is always `opened`."""
    if case is None:
        return _opened(event)
    facts = event.facts
    changes: dict[str, Any] = {"version": event.seq}
    if "status" in facts:
        changes["status"] = facts["status"]
        changes["ended_at"] = event.at if facts["status"] in FINAL else None
    if event.kind in COMPLETING:
        changes["partial"] = False
    if event.turn is not None and event.call == case.call:
        changes["turn"] = event.turn
    for name in ("language", "owner", "clock", "due"):
        if name in facts:
            changes[name] = facts[name]
    if "due_at" in facts:
        changes["due_at"] = datetime.fromisoformat(facts["due_at"])
    if of_caller(event.by.role):
        if "due" in facts:
            changes["promised"] = facts["due"]
        news = event.personal or {}
        changes["facts"] = _with({n: v for n, v in case.facts.items() if n not in news}, facts)
        if case.personal is not None or news:
            kept = {name: value for name, value in (case.personal or {}).items() if name not in facts}
            changes["personal"] = {**kept, **news}
    return msgspec.structs.replace(case, **changes)


def folded(events: Sequence[CaseEvent]) -> Case:
    """The case its events make; there is at least one."""
    case = _opened(events[0])
    for event in events[1:]:
        case = fold(case, event)
    return case


def _opened(event: CaseEvent) -> Case:
    facts = event.facts
    status = cast(Status, facts["status"])
    due = facts.get("due")
    return Case(
        version=event.seq,
        kind=cast(CaseKind, facts["kind"]),
        status=status,
        call=event.call,
        turn=event.turn,
        customer=(event.personal or {}).get("customer", ""),
        language=facts.get("language"),
        opened_at=datetime.fromisoformat(facts["opened_at"]),
        due_at=datetime.fromisoformat(facts["due_at"]) if "due_at" in facts else None,
        due=due,
        clock=facts["clock"],
        promised=due,
        ended_at=event.at if status in FINAL else None,
        simulated=facts.get("simulated") == "yes",
        facts={},
        personal=None if event.personal is None else {},
    )


def _with(known: Words, facts: Words) -> Words:
    """A later answer to the same question stands; but of two priorities the higher one."""
    said = {name: value for name, value in facts.items() if name in SAID}
    if "priority" in known and "priority" in said:
        said["priority"] = max(known["priority"], said["priority"], key=urgency)
    return {**known, **said}


def given(case: Case) -> Words:
    """What the caller gave, by the names of the flows."""
    fields = {**(case.personal or {}), **case.facts}
    fields.pop("outcome", None)
    return fields


def taken_down(case: Case) -> bool:
    """Whether the matter is on record to its end. An answer that was none is not, while nothing is said of what is
    wanted in its place."""
    return not case.partial and (case.facts.get("outcome") != "unanswered" or bool(case.personal))


def due_of(case: Case) -> str | None:
    """The day by which somebody waits for an answer; None once the case has ended."""
    return None if case.ended_at else case.due


def priority(case: Case) -> str:
    """How urgent it is; `normal` unless a flow has said otherwise."""
    return case.facts.get("priority", PRIORITIES[0])
