"""The telephone a placed call rings on: once it is taken up, the call is led like any other."""

from __future__ import annotations

from ivr.carrier.delivery import Delivery
from ivr.carrier.exchange.judging import one
from ivr.carrier.exchange.placed_call import PlacedCall
from ivr.carrier.phone_call import PhoneCall, PhoneNumberSetup


def telephone(call: PlacedCall, delivery: Delivery) -> PhoneCall:
    """The customer's telephone. The exchange tells of the call's life, so the telephone itself does not."""
    setup = PhoneNumberSetup(
        voice=one(call.wishes, "Url"), fallback=one(call.wishes, "FallbackUrl"), account=call.account
    )
    return PhoneCall(
        delivery=delivery, number=setup, caller=call.from_number, called=call.to, call=call.sid,
        direction="outbound-api",
    )  # fmt: skip


def take_up(call: PlacedCall, phone: PhoneCall) -> None:
    """Say hello: the first document is asked for, with what a synchronous detection has found."""
    phone.answered(call.answered_by if call.detects == "sync" else "")
