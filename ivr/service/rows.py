"""The rows a use case reads and writes, column by column. Times are RFC 3339 in UTC, all of one form (`stamp`), so
that they are in order as text.

A row of a call or case carries the `version` it was read with; one that is new has version 0. Writing it raises the
version, and fails where somebody else was faster (`ivr.service.ports.Conflict`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal, NamedTuple

from ivr.call.events import Ending, PersonAsked
from ivr.flow.model import Direction

NetworkEnd = Literal["completed", "busy", "no_answer", "failed", "canceled"]


def stamp(at: datetime) -> str:
    """A time as rows hold it: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


class CallRow(NamedTuple):
    """A call. `turns_taken` is its own count of turns; `number` is its own, from which those of its cases are made.

    `customer` is the number at the other end in E.164, empty where it is withheld or none; `address` what the provider
    sent in place of one; `line` our own number. `expected_by` is the time, by the store's clock, at which the next
    webhook is overdue. `transfer_seconds` are not counted as handling time; `status_seq` is that of the status
    webhook which told the `network_end` (-1: none). `attempt` is the dialling it came of, where we have placed it.
    """

    call: str
    version: int
    turns_taken: int
    number: int | None
    direction: Direction
    release: str | None
    entry: str | None
    state: bytes | None
    language: str | None
    customer: str
    address: str | None
    line: str
    started_at: str
    last_turn_at: str
    expected_by: str
    transfer_seconds: int
    person: PersonAsked | None
    status_seq: int
    network_end: NetworkEnd | None
    ended_at: str | None
    ended_by: str | None
    disposition: str | None
    ending: Ending | None
    erased_at: str | None
    simulated: bool
    attempt: str | None = None


class TurnRow(NamedTuple):
    """A turn: who asked (12 bytes of the signature's HMAC; None where that would give a sensitive entry away) and what
    was answered (None once retention has passed)."""

    fingerprint: bytes | None
    reply: str | None


class TurnRecord(NamedTuple):
    """A turn to be stored. `input` is the JSON of `Stored`; `digest` stands for its events, empty where it has none
    because its release is gone; `note` says what was unusual."""

    call: str
    turn: int
    at: str
    route: str
    fingerprint: bytes | None
    input: bytes
    reply: str
    digest: bytes
    note: str | None


class CaseRow(NamedTuple):
    """A case: the fold of its events, whose number is its version.

    `call` is None for a case that no call has opened, `turn` the last turn of its call that changed it, `owner` who
    handles it. `due` is a day on the hotline's calendar, `due_at` its last moment; `promised` the day the caller was
    told. `facts` and `personal` are JSON; only `personal` goes when the customer is erased.
    """

    number: int
    version: int
    call: str | None
    ordinal: int
    kind: str
    status: str
    partial: bool
    owner: str | None
    turn: int | None
    customer: str
    language: str | None
    opened_at: str
    due_at: str | None
    due: str | None
    clock: str
    promised: str | None
    ended_at: str | None
    simulated: bool
    facts: str
    personal: str | None
    warn_at: str | None = None
    team: str | None = None
    life: str | None = None
    risk: int | None = None


class CaseEventRow(NamedTuple):
    """What happened to a case, from `seq` 1: who did it and in which role; `call` and `turn` where a call said it."""

    number: int
    seq: int
    at: str
    kind: str
    by: str
    role: str
    call: str | None
    turn: int | None
    facts: str
    personal: str | None


class RecordingRow(NamedTuple):
    """A voice message; None for what is not known yet. `turn` is None where no turn has claimed it."""

    recording: str
    call: str
    turn: int | None = None
    url: str | None = None
    seconds: int | None = None
    status: str | None = None
    transcript: str | None = None


class KeptAnswer(NamedTuple):
    """What was answered to a request that may be repeated. `key` is the hash of who asked and of their idempotency key,
    `request` that of what was asked; `body` is JSON."""

    key: str
    request: str
    status: int
    body: str
    made_at: str


class Piece(NamedTuple):
    """A piece of work as it was claimed. `ref` says what it is about, `data` is JSON; `tries` counts this one."""

    id: int
    kind: str
    ref: str
    tries: int
    data: str


class DeadPiece(NamedTuple):
    """A piece that was given up, or claimed for good and never ended: somebody has to look. `at` is RFC 3339 in UTC."""

    id: int
    kind: str
    ref: str
    tries: int
    at: str
    trouble: str | None
    given_up: bool
