"""The values of one webhook on its way to an answer: the request, the call before it, and the turn taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from ivr.call.inputs import Input, Stored
from ivr.call.state import State
from ivr.engine.turn import Turn
from ivr.flow.model import Release
from ivr.service.calls.opening import CallDetails, Opening
from ivr.service.calls.turn_facts import CallHeader
from ivr.service.ports import Ports, Transaction


class Webhook(CallDetails, frozen=True, kw_only=True, gc=False):
    """A verified voice request. `turn` is the one its URL names: 1 for a number's voice URL, 0 for the current one.

    `input` is what its parameters say; what it means depends on the call. `fingerprint` is 12 bytes that tell one
    request from another; `after_hold` says that a "please wait" document sent it; `hung_up` that the customer is gone
    although something was still said. `answered_by` is `human`, `machine` or `unknown`, empty where
    nothing was detected.
    """

    turn: int
    input: Input
    fingerprint: bytes
    route: str = "turn"
    after_hold: bool = False
    hung_up: bool = False
    answered_by: str = ""


Outcome = Literal["taken", "repeated", "farewell", "apology"]


class Answer(NamedTuple):
    """What a webhook is answered with. `after` is done when the document has left: nobody waits for it, and where it
    fails the call is none the worse. `outcome` and `opened`, the kinds of the cases that a real call's turn has opened,
    are for whoever counts."""

    document: str
    after: Sequence[Callable[[], None]] = ()
    outcome: Outcome = "taken"
    opened: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class TurnInProgress:
    """One webhook while it is answered: in `tx`, the only transaction it gets, at the instant `now`."""

    ports: Ports
    tx: Transaction
    webhook: Webhook
    opening: Opening | None
    now: datetime


class CallBefore(NamedTuple):
    """A call as the turn finds it. `turns` it has taken; `transfer_seconds` are not counted as handling time."""

    header: CallHeader
    release: Release
    state: State
    turns: int = 0
    transfer_seconds: int = 0


class TurnTaken(NamedTuple):
    """A turn the engine has taken, and its input with the facts it read, as they go on record."""

    before: CallBefore
    turn: Turn
    stored: Stored

    @property
    def number(self) -> int:
        """The turn's number in its call, from 1."""
        return self.before.turns + 1
