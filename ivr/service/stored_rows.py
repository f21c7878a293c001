"""Calls and cases as they are stored, for reports and audits. Times are RFC 3339 in UTC, `data` is JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class CallOnRecord(NamedTuple):
    """A call; `turns_taken` is its own count of them, `release` None where none was found for it."""

    call: str
    turns_taken: int
    release: str | None
    entry: str | None
    language: str | None
    customer: str
    ended_at: str | None
    disposition: str | None
    ending: str | None
    simulated: bool


class TurnOnRecord(NamedTuple):
    """A turn: its number from 1, its input as JSON, the digest of its events, and the TwiML it was answered (None once
    retention has passed)."""

    turn: int
    input: bytes
    digest: bytes
    reply: str | None


class CaseOnRecord(NamedTuple):
    """A case with its call; `turn` is the last turn that changed it, `due` a day, `due_at` a moment."""

    number: int
    call: str
    kind: str
    status: str
    partial: bool
    turn: int
    opened_at: str
    due_at: str | None
    due: str | None
    clock: str
    personal: str
    of: CallOnRecord


class CaseEventOnRecord(NamedTuple):
    """What happened to a case, and who did it."""

    at: str
    kind: str
    by: str
    personal: str


class RecordingOnRecord(NamedTuple):
    """A voice message; `transcript` is what a transcriber made of it, `turn` None where no turn has claimed it."""

    recording: str
    turn: int | None
    url: str | None
    seconds: int | None
    transcript: str | None


class CaseReader(Protocol):
    """Cases on record. Every method: `StoreUnavailable` where the database cannot be read."""

    def cases(self, *, number: int | None = None, call: str = "", most: int = 1000) -> Sequence[CaseOnRecord]:
        """Cases, newest first: all, one by its number, or those of a call."""

    def events(self, number: int) -> Sequence[CaseEventOnRecord]:
        """What happened to a case, in order."""

    def recordings(self, call: str) -> Sequence[RecordingOnRecord]:
        """The recordings of a call, in the order of their turns."""
