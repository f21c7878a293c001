"""What the network says of a call in every request about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PLACES = ("From", "To", "Caller", "Called")
Direction = Literal["inbound", "outbound-api"]


@dataclass(frozen=True, slots=True)
class CallFields:
    """A call's ids and numbers. `caller` is who has phoned: our own number in a call that we have placed."""

    call: str
    account: str
    caller: str
    called: str
    direction: Direction

    def standard(self, status: str) -> list[tuple[str, str]]:
        """The parameters of a request, with how far the call is. What is not known of its places is blank."""
        numbers = {"From": self.caller, "To": self.called, "Caller": self.caller, "Called": self.called}
        pairs = [("CallSid", self.call), ("AccountSid", self.account), ("CallStatus", status)]
        pairs += [*numbers.items(), ("ApiVersion", "2010-04-01"), ("Direction", self.direction)]
        return pairs + [(f"{who}{what}", "") for who in PLACES for what in ("City", "State", "Zip", "Country")]
