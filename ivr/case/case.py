"""A case and its events, as values. `ivr/case/case_fold.py` makes the one of the others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple, get_args

import msgspec

from ivr.call.case_kinds import CaseKind
from ivr.case.case_fields import PRIORITIES

Status = Literal[
    "open", "acknowledged", "in_progress", "decided", "follow_up_due", "closed", "closed_unconfirmed", "withdrawn"
]
STATUSES: tuple[Status, ...] = get_args(Status)
UNDECIDED: tuple[Status, ...] = ("open", "acknowledged", "in_progress")
"""Somebody still has to find out and decide."""
FINAL: tuple[Status, ...] = ("closed", "closed_unconfirmed", "withdrawn")
"""A case with one of these has ended: nobody waits for an answer any more."""
LIVING: tuple[Status, ...] = tuple(status for status in STATUSES if status not in FINAL)

NEVER = "9999-12-31T00:00:00.000000+00:00"
"""When somebody is told of a deadline of which nobody need be told any more."""

Words = Mapping[str, str]
Pause = tuple[datetime, datetime]


class By(NamedTuple):
    """Who acts, and in which role: `caller` and `system` are their own role; `teams` are those a person is in."""

    name: str
    role: str
    teams: tuple[str, ...] = ()


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


class Life(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What staff and the system have made of a case, beside its status and owner.

    `ladder_at`: when its clock began anew, at the last reopening. `told_at`: when the customer was told the last
    decision. `asked_at`: when the caller asked to be called about it. `conflicts`: who may not handle it.
    `stopped`: the number reached somebody else. `late`: how many deadlines were missed before the present one.
    `triage`: what the first analysis proposes.
    """

    ladder_at: datetime | None = None
    told_at: datetime | None = None
    asked_at: datetime | None = None
    decision: str | None = None
    paused_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    conflicts: tuple[str, ...] = ()
    links: tuple[int, ...] = ()
    codes: Mapping[str, str] = {}
    represented: str | None = None
    reopened: int = 0
    escalated: int = 0
    attempts: int = 0
    late: int = 0
    triage: Mapping[str, str] = {}
    stopped: bool = False


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """Where a case stands. `version` is the number of its events; nothing is in here that they do not say.

    `due_at` is kept when the case ends; `promised` is the day the customer was told; `warn_at` when
    somebody is told next that it nears or has passed. `facts` and `personal` are what
    the caller gave, and in `facts` the `outcome` and the `priority`. `clock` is the rung its deadline is on.
    """

    version: int
    kind: CaseKind
    status: Status
    partial: bool = True
    owner: str | None = None
    team: str | None = None
    call: str | None
    turn: int | None
    customer: str
    language: str | None
    opened_at: datetime
    due_at: datetime | None
    due: str | None
    warn_at: datetime | None = None
    clock: str
    promised: str | None
    ended_at: datetime | None
    simulated: bool
    facts: Words
    personal: Words | None
    life: Life = Life()


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
    """How urgent it is; `normal` unless a flow, the triage or somebody has said otherwise."""
    return case.facts.get("priority", PRIORITIES[0])


def clock_began(case: Case) -> datetime:
    """Receipt, or the last reopening: what the clock and its extensions are counted from."""
    return case.life.ladder_at or case.opened_at


def asked_at(case: Case, number: str) -> datetime | None:
    """When the caller asked to be called about it on this number; None where they did not, or phoned from another one:
    nobody asks for calls to somebody else."""
    return case.life.asked_at if number and number == case.customer else None


def missed(case: Case, now: datetime) -> bool:
    """Whether the present deadline was not kept, or is over and nobody was told."""
    met_at = case.life.told_at or case.ended_at or now
    return case.due_at is not None and case.life.paused_at is None and met_at > case.due_at
