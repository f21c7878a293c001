"""The rows of calls to customers: what is to be asked, each attempt to reach somebody, and who wants no calls.

An attempt is written with its follow-up and under that one's version, as an event is with its case: whoever changes
either has seen both. Times are RFC 3339 in UTC, by the store's clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from ivr.service.rows import NetworkEnd

FollowUpState = Literal["waiting", "dialling", "done", "stopped"]
AttemptState = Literal["intended", "placed", "refused", "unknown", "ended"]
LIVE: tuple[AttemptState, ...] = ("intended", "placed")
"""Somebody may be on the telephone."""
SURVEY_STOPPED = "survey_stopped"
"""Why a person of a survey is not phoned any more. One who is on the telephone has it too, and is not tried again."""
SWITCH = "outgoing.calls"
"""The row of switches without which no machine dials."""
SANDBOX = "sandbox"
"""The row of switches that says that all calls in the database are a sandbox's: no customer ever had one of them."""


class FollowUpRow(NamedTuple):
    """Somebody who is to be phoned. `number` is the case it is about, None for a survey; `to` is None once erased, and
    `to_key` its keyed hash. `reason` says why it is done or stopped. `due_at` is when it may be tried next, and its
    place among all that wait; `not_before` until when it is put off, which leaves it that place; `made_at` begins the
    round in which tries are counted."""

    follow_up: str
    number: int | None
    survey: str | None
    flow: str
    to: str | None
    to_key: str
    language: str
    state: FollowUpState
    reason: str | None
    made_at: str
    due_at: str
    version: int
    simulated: bool
    not_before: str | None = None


class AttemptRow(NamedTuple):
    """One dialling. `result` is the customer's word, else the network's; `error` why it was not placed."""

    attempt: str
    follow_up: str
    n: int
    to_key: str
    from_number: str
    intended_at: str
    state: AttemptState
    call: str | None = None
    answered_by: str | None = None
    network_end: NetworkEnd | None = None
    status_seq: int = -1
    result: str | None = None
    error: str | None = None
    ended_at: str | None = None


class BlockedRow(NamedTuple):
    """A number that no machine calls. `hint` is the number masked."""

    to_key: str
    since: str
    why: str
    by: str
    hint: str


class Claim(NamedTuple):
    """A follow-up that is about to be phoned, as it was read, and its attempt. `keys` are all keyed hashes its number
    may be blocked under; `asked` when the customer asked to be called about the case, empty where they did not. It
    holds only while nobody has blocked the number since, or switched calls off, the number was phoned fewer than `most`
    times since `since`, and the flow's next moment (`next_dial`, microseconds) is the one read."""

    row: FollowUpRow
    attempt: AttemptRow
    keys: Sequence[str]
    since: str
    most: int
    dialled: int
    next_dial: int
    asked: str = ""
