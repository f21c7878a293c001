"""What would be wrong with a move beside its status, its role and its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, tzinfo
from typing import NamedTuple

from ivr.call.case_number import parse_case_number
from ivr.call.phone import E164
from ivr.case.case import FINAL, By, Case, Status
from ivr.case.clock import may_pause
from ivr.case.move_fields import shortened
from ivr.case.refused import Refused, refused
from ivr.case.triage import MOST_RISK
from ivr.case.why_due import COUNTED
from ivr.messages.message import Message


class Move(NamedTuple):
    """What somebody wants to do. `given` is what the move needs and what the caller gave; `call` and `turn` where a
    call says it, in `language`.

    From outside, where the calendars are: `deadline` is the one this move would set (`clock`, `due_at`, `due`, and
    why it is then), empty where it has none; `rung` the extension that may follow on its clock; `follow_up`: the
    customer is phoned after having been told; `zone` the hotline's.
    """

    kind: str
    given: Mapping[str, str] = {}
    call: str | None = None
    turn: int | None = None
    language: str | None = None
    deadline: Mapping[str, str] = {}
    rung: str | None = None
    follow_up: bool = False
    zone: tzinfo | None = None


Check = Callable[[Case, Move, By, datetime], Refused | None]
OPENING = ("kind", "clock", "opened_at", "due_at", "due", "simulated", "warn_at", *COUNTED)
LEAST_NUMBER = 5
"""So many digits may be a telephone or account number."""
MOST_REPRESENTATIVES = 5
"""Of a group that complains together (CBIRC Order 2020 No. 3, chapter 3)."""
ROLES = {
    "agent": "role.agent", "lead": "role.lead", "quality": "role.quality", "auditor": "role.auditor",
    "ops": "role.ops", "tester": "role.tester", "admin": "role.admin", "caller": "role.caller",
    "system": "role.system",
}  # fmt: skip
STATUS_WORDS: Mapping[str, str] = {
    "open": "status.open", "acknowledged": "status.acknowledged", "in_progress": "status.in_progress",
    "decided": "status.decided", "follow_up_due": "status.follow_up_due", "closed": "status.closed",
    "closed_unconfirmed": "status.closed_unconfirmed", "withdrawn": "status.withdrawn",
}  # fmt: skip
_FIRST = {
    ("decided", "open"): "move.refused.take-before-decide",
    ("decided", "acknowledged"): "move.refused.take-before-decide",
    ("decided", "decided"): "move.refused.decided-already",
    ("decided", "follow_up_due"): "move.refused.decided-already",
    ("told", "open"): "move.refused.nothing-to-tell",
    ("told", "acknowledged"): "move.refused.nothing-to-tell",
    ("told", "in_progress"): "move.refused.nothing-to-tell",
    ("told", "follow_up_due"): "move.refused.told-already",
    ("paused", "open"): "move.refused.take-before-pause",
    ("paused", "acknowledged"): "move.refused.take-before-pause",
}


def not_now(case: Case, wanted: Move) -> Refused:
    """Why a move is not possible in the status the case has, and what to do first."""
    status = Message(STATUS_WORDS[case.status])
    if wanted.kind == "reopened":
        return refused("move.refused.not-ended", status=status)
    if case.status in FINAL:
        ended = case.ended_at or case.opened_at
        return refused("move.refused.ended", status=status, day=ended.date().isoformat())
    if (wanted.kind, case.status) in _FIRST:
        return refused(_FIRST[wanted.kind, case.status])
    return refused("move.refused.not-now", move=wanted.kind, status=status)


def impartial(case: Case, wanted: Move, by: By) -> Refused | None:
    """Whoever has an interest in the matter has no hand in it (CBIRC Order 2020 No. 3): they may only note what they
    know, and say of others that these have one too."""
    if by.name in case.life.conflicts and wanted.kind not in ("noted", "conflicted"):
        return refused("move.refused.conflict", name=by.name)
    return None


def by_owner(case: Case, wanted: Move, by: By, now: datetime) -> Refused | None:
    """Only the owner of a case, or a lead; of a case nobody has, those of its team."""
    if by.role == "lead" or case.owner == by.name:
        return None
    if case.owner is not None:
        return refused("move.refused.has-owner", owner=case.owner)
    if case.team is not None and case.team not in by.teams:
        return refused("move.refused.other-team", team=case.team)
    return None


taken = by_owner


def assigned(case: Case, wanted: Move, by: By, now: datetime) -> Refused | None:
    """To a person, a team, or a person of a team."""
    owner = wanted.given.get("owner", "")
    if not owner and not wanted.given.get("team"):
        return refused("move.refused.nobody")
    return refused("move.refused.conflict", name=owner) if owner in case.life.conflicts else None


def conflicted(case: Case, wanted: Move, by: By, now: datetime) -> Refused | None:
    """Once is enough."""
    person = wanted.given["person"]
    return refused("move.refused.conflict-known", name=person) if person in case.life.conflicts else None


def decided(case: Case, wanted: Move, by: By, now: datetime) -> Refused | None:
    """A clock that stands still would never be met."""
    if case.life.paused_at is not None:
        return refused("move.refused.paused-now")
    return by_owner(case, wanted, by, now)


def contact(case: Case, wanted: Move, by: By, now: datetime) -> Refused | None:
    """A number that could be phoned from anywhere; whether it is, is judged when it is."""
    phone = wanted.given["phone"]
    return None if E164.fullmatch(phone) else refused("move.refused.not-a-number", value=shortened(phone))


def extended(case: Case, wanted: Move, by: By, now: datetime) -> Refused | None:
    """One rung of the clock after another, approved by somebody else, and the complainant told (CBIRC Order 2020
    No. 3)."""
    rung, given = wanted.rung, wanted.given
    if rung is None:
        return refused("move.refused.no-extension", clock=case.clock)
    if given["to"] != rung:
        return refused("move.refused.other-rung", clock=case.clock, next=rung, to=shortened(given["to"]))
    approver = given["approver"].casefold()
    if approver in (by.name.casefold(), (case.owner or "").casefold()):
        return refused("move.refused.own-approval")
    if approver in map(str.casefold, case.life.conflicts):
        return refused("move.refused.conflict", name=given["approver"])
    told = moment(given["told_at"])
    if told is None:
        return refused("move.refused.not-a-time", name="told_at", value=shortened(given["told_at"]))
    zone = wanted.zone or UTC
    day = told if len(given["told_at"]) == len("2026-03-16") else told.astimezone(zone)
    if not case.opened_at.astimezone(zone).date() <= day.date() <= now.astimezone(zone).date():
        return refused("move.refused.told-when", value=given["told_at"])
    return None


def moment(text: str) -> datetime | None:
    """A time with its zone, or a day; None where it is neither."""
    with suppress(ValueError, OverflowError):
        if len(text) == 10:
            day = date.fromisoformat(text)
            return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else None
    return None


def paused(case: Case, wanted: Move, by: By, now: datetime) -> Refused | None:
    """Most clocks do not wait for the customer."""
    if case.life.paused_at is not None:
        return refused("move.refused.paused-already")
    return None if may_pause(case.clock) else refused("move.refused.never-pauses", clock=case.clock)


def resumed(case: Case, wanted: Move, by: By, now: datetime) -> Refused | None:
    """Only what stands still goes on."""
    return None if case.life.paused_at is not None else refused("move.refused.not-paused")


def coded(case: Case, wanted: Move, by: By, now: datetime) -> Refused | None:
    """At least one axis; and no number of a customer, for codes are kept when they are erased."""
    for name, code in wanted.given.items():
        if sum(map(str.isdigit, code)) >= LEAST_NUMBER:
            return refused("move.refused.not-a-code", name=name, value=shortened(code))
    return None if wanted.given else refused("move.refused.no-code")


def represented(case: Case, wanted: Move, by: By, now: datetime) -> Refused | None:
    """A proxy or heir is one person, a group sends five at most."""
    names = [name for name in wanted.given["names"].split(";") if name.strip()]
    if not names:
        return refused("move.refused.missing", move=wanted.kind, names=("names",))
    most = MOST_REPRESENTATIVES if wanted.given["as"] == "group" else 1
    return refused("move.refused.too-many-people", count=len(names), most=most) if len(names) > most else None


def linked(case: Case, wanted: Move, by: By, now: datetime) -> Refused | None:
    """To another case, once."""
    other = parse_case_number(wanted.given["case"])
    if other is None:
        return refused("move.refused.not-a-case", value=shortened(wanted.given["case"]))
    return refused("move.refused.linked-already", case=str(other)) if other in case.life.links else None


def triaged(case: Case, wanted: Move, by: By, now: datetime) -> Refused | None:
    """The risk is a number of 0 to 100."""
    risk = wanted.given.get("risk", "0")
    if risk.isascii() and risk.isdigit() and int(risk[:4]) <= MOST_RISK:
        return None
    return refused("move.refused.not-a-risk", value=shortened(risk), most=MOST_RISK)


BY_WORD: Mapping[str, Status] = {"accepted": "closed", "opted_out": "closed_unconfirmed"}
"""What becomes of a case that waits for the customer's word, or was closed without it."""


def after_attempt(case: Case, result: str) -> Status:
    """What a call to the customer makes of the case. Their word counts also after it was closed without it, and a no
    after it has ended in any way: they hear that we look into it again. Where somebody works on it already, they do."""
    if reopens(case, result):
        return "in_progress"
    if case.status in ("follow_up_due", "closed_unconfirmed"):
        return BY_WORD.get(result, case.status)
    return case.status


def reopens(case: Case, result: str) -> bool:
    """Whether a call to the customer opens the case again."""
    return result == "not_accepted" and case.status in ("follow_up_due", *FINAL)
