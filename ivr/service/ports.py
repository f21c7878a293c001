"""What the use cases need from outside, as they see it: a store, a rendering, a way to read releases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from ivr.call.verbs import Verb
from ivr.errors import StoreUnavailable
from ivr.flow.model import Release


class Conflict(StoreUnavailable):
    """A row is no longer as it was read, or a key is taken: another transaction was faster. Nothing was written."""


class CallRow(NamedTuple):
    """A call as stored. `transfer_seconds` are not counted as handling time; `last_turn_at` and `expected_by`, the
    time by which its next webhook must come, are RFC 3339 in UTC."""

    turns_taken: int
    version: int
    number: int | None
    release: str | None
    entry: str | None
    state: bytes | None
    caller: str
    called: str
    started_at: str
    last_turn_at: str
    transfer_seconds: int
    transferred: bool
    status_seq: int
    ended_by: str | None
    disposition: str | None
    erased_at: str | None
    simulated: bool


class CallProgress(NamedTuple):
    """What one more turn changes of its call's row; columns as in `CallRow`."""

    turns_taken: int
    state: bytes
    last_turn_at: str
    expected_by: str
    transfer_seconds: int
    language: str
    transferred: bool


class TurnRow(NamedTuple):
    """The stored turn: who asked (12 bytes of the signature's HMAC) and what was answered."""

    fingerprint: bytes
    reply: str | None


class TurnRecord(NamedTuple):
    """A turn to be stored. `input` is the JSON of `Stored`; `digest` stands for its events, empty where it has none
    because its release is gone; `note` says what was unusual."""

    call: str
    turn: int
    at: str
    route: str
    fingerprint: bytes
    input: bytes
    reply: str
    digest: bytes
    note: str | None


class CaseRow(NamedTuple):
    """A case as stored; `data` is JSON."""

    number: int
    kind: str
    status: str
    partial: bool
    version: int
    data: str


class StoredCall(NamedTuple):
    """What a call is replayed from: its release, entry flow and the inputs of its turns in order, as JSON."""

    release: str
    entry: str
    inputs: Sequence[bytes]


class RecordedTurn(NamedTuple):
    """A turn on record, nothing of it decoded: its input as JSON, and the digest of its events (empty where the turn
    was only kept, because its release was gone)."""

    input: bytes
    digest: bytes


class RecordedCall(NamedTuple):
    """A call on record, with its turns in order. Times are RFC 3339 in UTC; `number` is the call's own. `taken` is the
    number of turns its row counts: where `turns` are fewer, its history is incomplete."""

    call: str
    taken: int
    number: int
    release: str
    entry: str
    language: str
    caller: str
    called: str
    started_at: str
    disposition: str | None
    simulated: bool
    turns: Sequence[RecordedTurn]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFilter:
    """Which calls on record are wanted: those named, or all; begun at or after `since` (RFC 3339, UTC); calls of the
    terminal phone and of fixtures only with `simulated`; by their names, from `first` to `last`. Erased calls never.
    """

    calls: Sequence[str] = ()
    since: str = ""
    simulated: bool = False
    first: str = ""
    last: str = ""


class CallRecords(Protocol):
    """Calls on record, read in bulk and outside live turns. `StoreUnavailable` where they cannot be read."""

    def names(self, wanted: CallFilter) -> Sequence[str]:
        """The ids of the calls, in the order `calls` gives them."""

    def calls(self, wanted: CallFilter) -> Iterator[RecordedCall]:
        """The calls with their turns, in the order of their ids."""

    def replies(self, call: str) -> Sequence[str | None]:
        """What each turn of a call was answered; None once retention has passed."""

    def transcripts(self, call: str) -> Mapping[str, str]:
        """By the id of a recording of this call, what a transcriber made of it."""


class Transaction(Protocol):
    """One webhook's transaction on one call. It commits when its context is left without an error.

    Isolation: all reads see the database of one moment, and nothing this transaction has read is changed by anybody
    else before it commits; where a database cannot promise that, the write that depends on it raises `Conflict`.
    Only `retried` repeats a transaction.
    """

    def call(self, call: str) -> CallRow | None:
        """The call's row, with the version its next write must name."""

    def reply(self, call: str, turn: int) -> TurnRow | None:
        """A stored turn, None where none was taken."""

    def current_release(self) -> str | None:
        """The release new calls get, as `Store.current_release`."""

    def next_number(self) -> int:
        """A number for a new call; no two calls get the same one. Numbers may have gaps."""

    def insert_call(self, values: Mapping[str, object]) -> None:
        """A new call, by column. `Conflict` where it is on record by now."""

    def update_call(self, call: str, version: int, values: Mapping[str, object]) -> None:
        """Change these columns and raise the version by one; `Conflict` where it is no longer `version`."""

    def advance(self, call: str, version: int, progress: CallProgress) -> None:
        """One more turn; the version and `Conflict` as in `update_call`."""

    def insert_turn(self, turn: TurnRecord) -> None:
        """A new turn. `Conflict` where the call has a turn of this number by now."""

    def cases(self, call: str) -> Sequence[CaseRow]:
        """The cases of a call."""

    def put_case(self, values: Mapping[str, object]) -> None:
        """Insert a case (`version` 0) or change one; `Conflict` where its version is no longer `version`."""

    def add_case_event(self, values: Mapping[str, object]) -> None:
        """Append to the log of a case."""

    def put_recording(self, recording: str, call: str, values: Mapping[str, object], *, fill: bool = False) -> None:
        """Make or change a recording's row; with `fill` what is known stays and only what is missing is added."""

    def overdue_calls(self, now: str) -> Sequence[str]:
        """Calls not ended whose next webhook was expected before `now` (RFC 3339, UTC)."""

    def switches(self) -> Mapping[str, bool]:
        """The switches that were ever set, by name."""

    def visits(self, caller: str, call: str) -> int:
        """How many real calls came from this number, `call` not counted."""

    def open_cases(self, caller: str) -> int:
        """How many cases of this number's calls are open."""


class Store(Protocol):
    """Where calls are kept."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Write in one transaction. `StoreUnavailable` when the writer's lock is not got in time."""

    def check_writable(self) -> None:
        """`StoreUnavailable` with the reason where nothing can be written; writes nothing."""

    def release_body(self, release: str) -> str | None:
        """A release's files as JSON, None where they are gone."""

    def current_release(self) -> str | None:
        """The release new calls get: the live one, in a watching sandbox the draft."""

    def stored_call(self, call: str) -> StoredCall | None:
        """A call that has taken a turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """What the terminal phone, fixtures and random callers set for every call of a hotline; empty: as for a real call.

    `release` is a hash, `entry` the flow a call begins in; of `facts` those not named are looked up. `simulated` calls
    are left out of figures and of the caller's history.
    """

    release: str = ""
    entry: str = ""
    language: str = ""
    facts: Mapping[str, str] | None = None
    simulated: bool = True


LIVE = Pinned(simulated=False)
"""A real call: nothing is set for it."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything a use case is given by the composition root.

    `render` makes the document of a turn (release, verbs, the next turn's number, called number); `release` gets a
    compiled release by its hash (`NoSuch` where it is gone); `clock` is the only clock; `farewell` is the document
    that only says goodbye, `apology` the last one of all.
    """

    store: Store
    render: Callable[[Release, Sequence[Verb], int, str], str]
    release: Callable[[str], Release]
    clock: Callable[[], datetime]
    farewell: str
    apology: str
    pinned: Pinned = LIVE
