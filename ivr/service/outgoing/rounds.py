"""A follow-up's tries: how many there were in its round, and what comes after one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from ivr.service.outgoing.may_call import DAY, Rules
from ivr.service.outgoing.outgoing_rows import SURVEY_STOPPED, AttemptRow, FollowUpRow
from ivr.service.rows import stamp


def tries_of(row: FollowUpRow, attempts: Sequence[AttemptRow]) -> int:
    """How many attempts count: those of this round that may have rung. What was certainly not placed burns none."""
    return sum(each.state != "refused" and each.intended_at >= row.made_at for each in attempts)


class Next(NamedTuple):
    """What becomes of a follow-up: it waits until `due_at`; without one it has come to its end, for `reason`.
    One that is only `put_off` until then keeps its place among those that are due."""

    due_at: datetime | None
    reason: str = ""
    put_off: bool = False


ENDING = ("accepted", "not_accepted", "opted_out", "person")
"""Results after which nobody is phoned again for the same."""


def after_result(rules: Rules | None, row: FollowUpRow, result: str, tries: int, now: datetime) -> Next:
    """What comes after an attempt with this result. The customer is never phoned again before the spacing is over."""
    if result in ENDING or result == "wrong_person":
        return Next(None, result)
    if rules is None:  # a later release may have the flow again
        return Next(now + DAY)
    if tries >= rules.outgoing.tries:
        return Next(None, "unreached")
    again = now + timedelta(seconds=rules.outgoing.spacing)
    return Next(rules.hours(row.to or "").next(again) or again)


def with_next(row: FollowUpRow, after: Next) -> FollowUpRow:
    """The row of a follow-up that goes on, or ends, so. Only one that is being phoned goes on: another may wait for its
    next try already, or have ended by a word in an earlier call."""
    if after.due_at is not None and not after.put_off and row.state != "dialling":
        return row
    if after.due_at is not None and row.reason == SURVEY_STOPPED:
        return row._replace(state="stopped")
    if after.due_at is not None:
        due_at, not_before = (row.due_at, stamp(after.due_at)) if after.put_off else (stamp(after.due_at), None)
        return row._replace(state="waiting", reason=None, due_at=due_at, not_before=not_before)
    return row._replace(state="stopped" if after.reason in STOPPING else "done", reason=after.reason)


STOPPING = ("wrong_person", "not_reachable", "by_hand", "no_number", "do_not_call", "erased")
"""Reasons that somebody of the house can put right: by another number, or by hand."""
