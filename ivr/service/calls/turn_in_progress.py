"""The values of one webhook on its way to an answer: the request, the call before it, and the turn taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from ivr.call.inputs import Input, Stored
from ivr.call.state import State
from ivr.engine.turn import Turn
from ivr.flow.model import Release
from ivr.service.calls.turn_facts import CallHeader
from ivr.service.ports import Ports, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A verified voice request. `turn` is the one its URL names: 1 for a number's voice URL, 0 for the current one.

    `customer` is E.164, or empty where it is withheld or no number; `fingerprint` 12 bytes of the signature's HMAC;
    `hung_up` says that the caller is gone although something was still said.
    """

    call: str
    turn: int
    input: Input
    fingerprint: bytes
    customer: str
    line: str
    route: str = "turn"
    hung_up: bool = False


@dataclass(frozen=True, slots=True)
class TurnInProgress:
    """One webhook while it is answered: in `tx`, the only transaction it gets, at the instant `now`."""

    ports: Ports
    tx: Transaction
    webhook: Webhook
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
