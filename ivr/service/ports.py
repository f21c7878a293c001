"""What the use cases need from outside, as they see it: a store, a rendering, a way to read releases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from ivr.call.verbs import Verb
from ivr.errors import StoreUnavailable
from ivr.flow.model import Release
from ivr.messages.message import Message
from ivr.service.calls.opening import CallDetails, Opening, by_number_dialled
from ivr.service.outgoing.outgoing_ports import OutgoingStore, OutgoingTransaction
from ivr.service.rows import (
    CallRow,
    CaseEventRow,
    CaseRow,
    DeadPiece,
    KeptAnswer,
    Piece,
    RecordingRow,
    TurnRecord,
    TurnRow,
)

MOST_COUNTED = 1000
"""How far the store counts a caller's history: a number that phones all day must not make anybody wait."""


class Conflict(StoreUnavailable):
    """What was read holds no longer, or a key is taken: another transaction was faster. Nothing was written.

    Made of a code of the catalogue and of what the database said, where it said something. Conflicts are usual and are
    tried again: the sentence is made only for whoever reads it.
    """

    def __init__(self, code: str, why: str = "") -> None:
        Exception.__init__(self, code, why)
        self.code, self.why = code, why

    @property
    def message(self) -> Message:
        return Message(self.code, why=self.why) if self.why else Message(self.code)

    def __str__(self) -> str:
        return str(self.message)


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
    customer: str
    line: str
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


class Transaction(OutgoingTransaction, Protocol):
    """One use case's reading and writing, mostly of one call.

    Readings are answered at once, from what is committed at that moment; none sees what this transaction has written.
    Writings are kept back and committed together when the context is left without an error: all of them, or none. Rows
    of calls and cases are written under the version they were read with, so whatever was decided by such a row still
    held when it was written; turns and events of cases are never changed. `Conflict` at the end: a version is no
    longer the one that was read, a key is taken, or another release is live than `require_release` named. Only
    `retried` repeats a transaction.
    """

    def now(self) -> datetime:
        """The store's clock, in UTC: deadlines are written and compared by it alone, for machines' clocks differ."""

    def call(self, call: str) -> CallRow | None:
        """The call's row."""

    def reply(self, call: str, turn: int) -> TurnRow | None:
        """A stored turn, None where none was taken."""

    def current_release(self) -> str | None:
        """The release new calls get, as `Store.current_release`."""

    def require_release(self, release: str) -> None:
        """Commit only if this is still the release new calls get."""

    def next_number(self) -> int:
        """A number for a new call; no two calls get the same one. Numbers may have gaps. On SQLite it begins the
        writing, so that everybody else's waits: read what is slow before."""

    def cases(self, call: str) -> Sequence[CaseRow]:
        """The cases of a call."""

    def case(self, number: int) -> CaseRow | None:
        """A case by its number."""

    def case_events(self, number: int) -> Sequence[CaseEventRow]:
        """What happened to a case, in order."""

    def kept_answer(self, key: str) -> KeptAnswer | None:
        """What was answered to a request with this key."""

    def switches(self) -> Mapping[str, bool]:
        """The switches that were ever set, by name."""

    def visits(self, customer: str, call: str) -> int:
        """How many real calls there were with this number, `call` not counted; `MOST_COUNTED` stands for more."""

    def open_cases(self, customer: str) -> int:
        """How many cases of this number's real calls have not ended; `MOST_COUNTED` stands for more."""

    def put_call(self, row: CallRow) -> None:
        """Write a call's row whole."""

    def add_turn(self, turn: TurnRecord) -> None:
        """Add a turn; once a transaction."""

    def put_case(self, row: CaseRow, events: Sequence[CaseEventRow]) -> None:
        """Write a case's row whole, with the events that made it so. The row's version is the one that was read; each
        event raises it by one."""

    def keep_answer(self, answer: KeptAnswer) -> None:
        """Keep an answer under its key. `Conflict` where one is kept there already."""

    def drop_answers(self, made_before: str) -> None:
        """Remove answers made before this time: the oldest, so many that nobody waits for it."""

    def put_recording(self, row: RecordingRow, *, fill: bool = False) -> None:
        """Make or change a recording's row, once a transaction. What is None in `row` stays as it is; with `fill` all
        that is known does. The row of another call's recording is never touched."""

    def end_work(self, piece: int, worker: str, again: timedelta | None) -> None:
        """End a piece of work that this worker has claimed: for good, or until it is due `again`. `Conflict` where
        another has claimed it since."""


class Store(OutgoingStore, Protocol):
    """Where calls are kept."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Write in one transaction. `StoreUnavailable` when the writer's lock is not got in time."""

    def together(self, spent: float = 0.0) -> AbstractContextManager[None]:
        """All that this thread waits for inside, in as many transactions and readings as there are, lasts no longer
        than one of them may; `spent` seconds of it have passed already."""

    def now(self) -> datetime:
        """The store's clock, in UTC."""

    def close(self) -> None:
        """Close what this thread has open; the next use opens it again."""

    def check_writable(self) -> None:
        """`StoreUnavailable` with the reason where nothing can be written."""

    def add_work(self, kind: str, ref: str, due_in: timedelta) -> None:
        """Add a piece of work, unless there is one of this kind about the same, even one that is being done now."""

    def keep_repeated(self, kind: str, every: timedelta, lease: timedelta) -> None:
        """See that there is the one piece of a kind that is repeated `every` so often, due no later than that from now
        and claimed for no longer than the lease: a clock that stood wrong must not put it off for years."""

    def due_kinds(self) -> Sequence[str]:
        """The kinds of work of which a piece is due and not claimed; takes no lock."""

    def overdue_work(self) -> Sequence[str]:
        """The kinds of work of which a piece has been due for a quarter of an hour, and nobody has claimed it."""

    def claim_work(self, kind: str, worker: str, lease: timedelta | None) -> Piece | None:
        """Claim the piece of this kind that has been due longest, for as long as the lease; None where there is none.
        Without a lease nobody claims it again."""

    def put_off_work(self, piece: int, worker: str, pause: timedelta, trouble: str, *, dead: bool) -> None:
        """A piece this worker has claimed has failed: let it be due after the pause, or give it up."""

    def dead_work(self) -> Sequence[DeadPiece]:
        """Pieces that were given up, and those claimed for good a quarter of an hour ago, the oldest first."""

    def revive_work(self, piece: int) -> bool:
        """Let a dead piece be due now; whether there is such a one."""

    def overdue_calls(self, most: int) -> Sequence[str]:
        """Calls not ended whose next webhook is overdue by the store's clock, at most so many."""

    def cases_to_warn_of(self, most: int) -> Sequence[int]:
        """Cases that have not ended of whose deadline somebody is to be told by now, by the store's clock, at most so
        many."""

    def unwatched_cases(self, most: int) -> Sequence[int]:
        """Cases that have not ended, are due, and of which it is not known when somebody is to be told: an earlier
        version has written them. At most so many."""

    def release_body(self, release: str) -> str | None:
        """A release's files as JSON, None where they are gone."""

    def current_release(self) -> str | None:
        """The release new calls get: the live one, in a watching sandbox the draft."""

    def stored_call(self, call: str) -> StoredCall | None:
        """A call that has taken a turn."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything a use case is given by the composition root.

    `render` makes the document of a turn (release, verbs, the next turn's number, our own number); `release` gets a
    compiled release by its hash (`NoSuch` where it is gone); `clock` is the only clock; `farewell` is the document
    that only says goodbye, `neutral` the same for whom we have phoned, `apology` makes the last one of all (our own
    number). `opening` is asked at each request; None where nothing explains its call: such a call never begins.
    `seal_key` is what hashes of numbers are keyed with, empty for the database's own secret.
    """

    store: Store
    render: Callable[[Release, Sequence[Verb], int, str], str]
    release: Callable[[str], Release]
    clock: Callable[[], datetime]
    farewell: str
    apology: Callable[[str], str]
    opening: Callable[[CallDetails], Opening | None] = by_number_dialled
    seal_key: bytes = b""
    neutral: str = ""
