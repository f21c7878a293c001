"""What calls to customers need of the store, beside what all use cases need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ivr.service.outgoing.outgoing_rows import AttemptRow, BlockedRow, Claim, FollowUpRow


class OutgoingTransaction(Protocol):
    """The part of a transaction that is about calls to customers; reading and writing as `Transaction` says. A number
    may have two keyed hashes: `keys` are both."""

    def follow_up(self, follow_up: str) -> FollowUpRow | None:
        """A follow-up by its name."""

    def follow_ups(self, number: int) -> Sequence[FollowUpRow]:
        """Those of a case, the oldest first."""

    def attempt(self, attempt: str) -> tuple[AttemptRow, FollowUpRow] | None:
        """An attempt with its follow-up."""

    def attempts(self, follow_up: str) -> Sequence[AttemptRow]:
        """All attempts of a follow-up, in order."""

    def phoned_since(self, keys: Sequence[str], since: str) -> Sequence[tuple[str, str]]:
        """When this number was phoned after `since`, over all follow-ups, and the state of each attempt."""

    def dialled_since(self, flow: str, since: str) -> int:
        """How many calls of a flow were placed, or may have been, since then."""

    def next_dial(self, flow: str) -> int:
        """When the flow may dial next, in microseconds since 1970; 0 where it never did."""

    def blocked_number(self, keys: Sequence[str]) -> BlockedRow | None:
        """Why no machine calls a number, and since when: the last time that somebody said so."""

    def put_follow_up(self, row: FollowUpRow, attempts: Sequence[AttemptRow] = ()) -> None:
        """Write a follow-up's row whole, with the attempts that have changed. Its version is the one that was read."""

    def claim(self, claim: Claim) -> None:
        """Claim a follow-up and put its attempt on record: from here on somebody may be phoned."""

    def block(self, row: BlockedRow) -> None:
        """Let no machine call a number; one that is blocked already is so from now on, and for this reason."""


class OutgoingStore(Protocol):
    """The part of the store that is about calls to customers."""

    def due_follow_ups(self, flow: str, now: str, of: tuple[bool, bool], most: int) -> Sequence[FollowUpRow]:
        """Those of a flow that wait and are due, but for numbers being phoned now; the longest due first. `of`: those
        of customers (False) and of invented cases (True), from the one to the other."""

    def live_attempts(self, state: str, before: str, most: int) -> Sequence[tuple[AttemptRow, FollowUpRow]]:
        """Attempts that are `intended` or `placed` since before then, the oldest first."""

    def outgoing_attempt(self, attempt: str) -> tuple[AttemptRow, FollowUpRow] | None:
        """An attempt with its follow-up."""

    def attempts_of(self, follow_up: str) -> Sequence[AttemptRow]:
        """All attempts of a follow-up, in order."""

    def follow_ups_of(self, number: int) -> Sequence[FollowUpRow]:
        """Those of a case, the oldest first."""

    def follow_ups_to(self, keys: Sequence[str], most: int = 20) -> Sequence[FollowUpRow]:
        """Those of a number, the newest first."""

    def follow_ups_page(self, after: str = "", most: int = 500) -> Sequence[FollowUpRow]:
        """Those that are not done, by name."""

    def is_known_call(self, call: str) -> bool:
        """Whether some attempt has become this call."""

    def blocked_page(self, after: str = "", most: int = 500) -> Sequence[BlockedRow]:
        """Numbers that no machine calls."""

    def unblock(self, keys: Sequence[str]) -> bool:
        """Let machines call it again, and what was stopped for that wait again; whether it was blocked."""

    def set_switch(self, name: str, *, on: bool) -> None:
        """Set a switch, for all machines at once."""

    def secret(self, name: str, new: str = "") -> str:
        """A secret kept in the database; where there is none, `new` is kept, unless that is empty too."""
