"""Calls and cases as they are stored, for reports and audits. Times are RFC 3339 in UTC."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from ivr.service.rows import CaseEventRow, CaseRow


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
    simulated: bool


class TurnOnRecord(NamedTuple):
    """A turn: its number from 1, its input as JSON, the digest of its events, and the TwiML it was answered (None once
    retention has passed)."""

    turn: int
    input: bytes
    digest: bytes
    reply: str | None


class StoryOnRecord(NamedTuple):
    """A voice message on a case; `transcript` is what a transcriber made of it."""

    url: str | None
    seconds: int | None
    transcript: str | None


class CaseOnRecord(NamedTuple):
    """A case's row with what its call knows of it: the last language, the release and how the call ended; all None
    where no call has opened it. `story` is its recording, if there is one: the one the case names; or, where the
    caller hung up while it was made, the one of its call that no turn of the case has claimed."""

    row: CaseRow
    language: str | None
    release: str | None
    disposition: str | None
    ending: str | None
    story: StoryOnRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases are wanted; what is empty or None asks for nothing. At most `most`, the newest first; with a day, a
    moment or `nobody` the one that is due first, and only those that have not ended; with `risk` (at least so much) the
    riskiest.

    `owner`, `team` and `customer` are exact; `nobody`: cases that nobody has taken. `opened_since`, `overdue_at`,
    `due_since` and `due_until` are moments as rows hold them, `due_before` is a day. `simulated`: only cases of such
    calls, or only of customers. `after` is the case behind which the page begins; `behind` says that by a place: what
    the list is ordered by, and a case's number.
    """

    kind: str = ""
    statuses: Sequence[str] = ()
    owner: str = ""
    nobody: bool = False
    team: str = ""
    risk: int = 0
    customer: str = ""
    opened_since: str = ""
    due_since: str = ""
    due_until: str = ""
    due_before: str = ""
    overdue_at: str = ""
    open_only: bool = False
    simulated: bool | None = None
    after: int | None = None
    behind: tuple[str, int] | None = None
    most: int = 1000

    @property
    def by_due(self) -> bool:
        """Whether the one that is due first comes first."""
        asked = (self.due_before, self.due_since, self.due_until, self.overdue_at, self.nobody, self.waiting)
        return any(asked)

    @property
    def waiting(self) -> bool:
        """Only cases that wait for the customer's word."""
        return tuple(self.statuses) == ("follow_up_due",)


class CaseReader(Protocol):
    """Cases on record. Every method: `StoreUnavailable` where the database cannot be read."""

    def page(self, wanted: CaseFilter) -> Sequence[CaseOnRecord]:
        """The wanted cases, in the order the filter says."""

    def case(self, number: int) -> CaseOnRecord | None:
        """A case by its number."""

    def of_call(self, call: str) -> Sequence[CaseOnRecord]:
        """The cases of a call, in the order of their kinds."""

    def recorded(self, calls: Collection[str]) -> Mapping[str, StoryOnRecord]:
        """The recordings of these calls, by their names."""

    def events(self, number: int) -> Sequence[CaseEventRow]:
        """What happened to a case, in order."""
