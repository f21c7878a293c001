"""What placing calls needs from the network: a `Dialler`, what it is asked for and what came of it.

Placing is not repeatable: whoever asks again after a `Doubtful` answer may phone somebody twice. So a dialler never
tries again by itself, and says of every answer which of the three it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from ivr.errors import IvrError
from ivr.flow.outgoing_fields import Detection
from ivr.messages.message import Message

CallStatus = Literal["queued", "ringing", "in-progress", "completed", "busy", "no-answer", "failed", "canceled"]
"""How far a call is, in the provider's words."""
RING_SECONDS, LONGEST_SECONDS = 30, 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """A call that is to be placed. Numbers in E.164; the URLs are ours, absolute, and name the attempt.

    `url` is asked once somebody answers, `fallback` where its answer cannot be used, `status_callback` told of all that
    becomes of the call, `detection_callback` what an asynchronous detection found. `ring_seconds` until nobody
    answered, `longest_seconds` until the network ends the call.
    """

    to: str
    from_number: str
    url: str
    fallback: str
    status_callback: str
    detection: Detection = "off"
    detection_callback: str = ""
    ring_seconds: int = RING_SECONDS
    longest_seconds: int = LONGEST_SECONDS


@dataclass(frozen=True, slots=True)
class Placed:
    """The call was accepted, and has this id. It rings now or later."""

    call: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPlaced:
    """The call was certainly not placed, for the reason of `sentence`.

    `again`: nothing was wrong with it (too many requests at once, no connection made), so it may be asked for again in
    seconds, and no try is burnt. `never`: this number cannot be phoned, today or later. `code` is the provider's error
    number, 0 where it gave none.
    """

    sentence: Message
    again: bool = False
    never: bool = False
    code: int = 0


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Nobody knows whether the call was placed: no answer, a broken one, or a failure of the provider's. `find` finds
    out, a minute later; asking again could phone somebody twice."""

    sentence: Message


PlacingResult = Placed | NotPlaced | Doubtful


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCall:
    """A call as the provider lists it. `created_at` is when it was accepted, to the second, in UTC. `seconds` is how
    long it lasted, None while it lasts; `answered_by` in the provider's words, empty where nothing was detected."""

    call: str
    to: str
    from_number: str
    status: CallStatus
    created_at: datetime
    seconds: int | None = None
    answered_by: str = ""


class ProviderUnavailable(IvrError):
    """The provider could not be asked now, or refused to answer; nothing was changed by asking."""


class Dialler(Protocol):
    """Places calls and finds out about them. It never asks a second time by itself."""

    def place(self, placing: Placing) -> PlacingResult:
        """Ask for a call, once. Whatever happens is a result; it raises nothing."""

    def find(self, to: str, from_number: str, since: datetime) -> Sequence[FoundCall]:
        """The calls from one of our numbers to this one that were accepted at `since` or later, newest first, queued
        ones too. `ProviderUnavailable` where nobody can say."""

    def look(self, call: str) -> FoundCall | None:
        """How a call stands; None where there is none of this id. `ProviderUnavailable` where nobody can say."""

    def own_numbers(self) -> Sequence[str]:
        """The numbers a call may come from: those of the account, and those it has proved to be its own.
        `ProviderUnavailable` where nobody can say."""
