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
    """A row is no longer as it was read: somebody else has changed it in between. Nothing was written."""


class CallRow(NamedTuple):
    """A call as stored. `turn` is the number of turns taken; `away` the seconds in transfers, not counted."""

    turn: int
    version: int
    number: int | None
    release: str | None
    entry: str | None
    state: bytes | None
    caller: str
    called: str
    started_at: str
    touched_at: str
    away: int
    transferred: bool
    status_seq: int
    ended_by: str | None
    disposition: str | None
    forgotten_at: str | None
    simulated: bool


class TurnRow(NamedTuple):
    """The stored turn: who asked (12 bytes of the signature's HMAC) and what was answered."""

    fingerprint: bytes
    reply: str | None


class CaseRow(NamedTuple):
    """A case as stored; `data` is JSON."""

    number: int
    kind: str
    status: str
    partial: bool
    version: int
    data: str


class StoredCall(NamedTuple):
    """What a call is taken again from: its release, entry flow and the inputs of its turns in order, as JSON."""

    release: str
    entry: str
    inputs: Sequence[bytes]


class RecordedTurn(NamedTuple):
    """A turn as it lies on record, nothing of it decoded: its input as JSON, and the digest of its events (empty where
    the turn was only kept, because its release was gone)."""

    input: bytes
    digest: bytes


class RecordedCall(NamedTuple):
    """A call as it lies on record, with its turns in order. Times are RFC 3339 in UTC; `number` is the call's own,
    `taken` the number of turns it says it has taken: where `turns` are fewer, its history is not whole."""

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
    """One webhook's transaction on one call. It commits when its context is left without an error."""

    def call(self, call: str) -> CallRow | None: ...

    def reply(self, call: str, turn: int) -> TurnRow | None: ...

    def current_release(self) -> str | None: ...

    def next_number(self) -> int: ...

    def insert_call(self, values: Mapping[str, object]) -> None: ...

    def update_call(self, call: str, version: int, values: Mapping[str, object]) -> None:
        """Bump the version; `Conflict` where somebody else has."""

    def advance(self, values: Mapping[str, object]) -> None:
        """A plain turn: turn, state, touched_at, quiet_until, away, language, transferred. `Conflict` as above."""

    def insert_turn(self, values: Mapping[str, object]) -> None: ...

    def cases(self, call: str) -> Sequence[CaseRow]: ...

    def put_case(self, values: Mapping[str, object]) -> None: ...

    def add_case_event(self, values: Mapping[str, object]) -> None: ...

    def put_recording(self, recording: str, call: str, values: Mapping[str, object], *, fill: bool = False) -> None:
        """Make or change a recording's row; with `fill` what is known stays and only what is missing is added."""

    def silent_calls(self, now: str) -> Sequence[str]:
        """Calls not ended whose line was allowed to be quiet until before `now` (RFC 3339, UTC)."""

    def switches(self) -> Mapping[str, bool]: ...

    def visits(self, caller: str, call: str) -> int:
        """How many real calls came from this number, `call` not counted."""

    def open_cases(self, caller: str) -> int: ...


class Store(Protocol):
    """Where calls are kept."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Write in one transaction. `StoreUnavailable` when the writer's lock is not got in time."""

    def check_writable(self) -> None:
        """`StoreUnavailable` with the reason where nothing can be written; writes nothing."""

    def release_body(self, release: str) -> str | None: ...

    def current_release(self) -> str | None:
        """The release new calls get: the live one, in a watching sandbox the draft."""

    def stored_call(self, call: str) -> StoredCall | None:
        """A call that has taken a turn."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything a use case is given by the composition root.

    `render` makes the document of a turn (release, its hash, verbs, the next turn's number, called number);
    `release` gets a compiled release by its hash (`NoSuch` where it is gone); `clock` is the only clock; `farewell` is
    the document that only says goodbye, `apology` the last one of all.
    The rest is pinned by the terminal phone and by fixtures.
    """

    store: Store
    render: Callable[[Release, Sequence[Verb], int, str], str]
    release: Callable[[str], Release]
    clock: Callable[[], datetime]
    farewell: str
    apology: str
    simulated: bool = False
    entry: str = ""
    language: str = ""
    pinned_facts: Mapping[str, str] | None = None
    pinned_release: str = ""
