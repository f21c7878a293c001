"""The telephone a placed call rings on: once it is taken up, the call is led like any other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ivr.carrier.delivery import Delivery
from ivr.carrier.exchange.judging import one
from ivr.carrier.exchange.placed_call import PlacedCall
from ivr.carrier.phone_call import PhoneCall, PhoneNumberSetup


@dataclass(frozen=True, slots=True, kw_only=True)
class RingingCall:
    """What a telephone needs to know of a call that rings. `detects`: whether the network looks for a machine, and
    whether the call waits until it has found out."""

    call: str
    account: str
    to: str
    from_number: str
    url: str
    fallback: str
    detects: Literal["off", "sync", "async"]

    @classmethod
    def of(cls, placed: PlacedCall) -> RingingCall:
        """A call of the exchange."""
        return cls(
            call=placed.sid,
            account=placed.account,
            to=placed.to,
            from_number=placed.from_number,
            url=one(placed.wishes, "Url"),
            fallback=one(placed.wishes, "FallbackUrl"),
            detects=placed.detects,
        )

    def telephone(self, delivery: Delivery) -> PhoneCall:
        """The customer's telephone. The exchange tells of the call's life, so the telephone itself does not."""
        return PhoneCall(
            delivery=delivery,
            number=PhoneNumberSetup(voice=self.url, fallback=self.fallback, account=self.account),
            caller=self.from_number,
            called=self.to,
            call=self.call,
            direction="outbound-api",
        )

    def take_up(self, phone: PhoneCall, by: str) -> None:
        """Say hello, a person or a machine (`by`): the first document is asked for, with what a detection has found
        that the call waited for."""
        phone.answered(by if self.detects == "sync" else "")
