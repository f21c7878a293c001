"""The exchange in place of the network of a house that phones its customers: the official client in front of it, the
real webhooks behind it, and no wire between them."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from placed_house import CUSTOMER, PlacedHouse
from small_hotline import CALLED, TOKEN

from ivr.app.exchange.in_process import dialler_at
from ivr.carrier.delivery import Delivery, DeliveryFailed
from ivr.carrier.exchange.account import Account
from ivr.carrier.exchange.callbacks import Callback
from ivr.carrier.exchange.exchange import Exchange
from ivr.carrier.exchange.faults import Faults
from ivr.carrier.exchange.placed_call import PlacedCall
from ivr.carrier.exchange.telephone import RingingCall
from ivr.carrier.phone_call import PhoneCall
from ivr.service.outgoing.dialling import Dialling, dial_round

SID = "AC" + "1" * 32


class Network:
    """An exchange, and what is between it and a house: calls, callbacks, and the worker's rounds."""

    def __init__(self, house: PlacedHouse, faults: Faults | None = None) -> None:
        self.house = house
        account = Account(sid=SID, token="a secret", numbers=(CALLED,))
        self.exchange = Exchange(account=account, clock=lambda: house.now, faults=faults or Faults())
        self.dialler = dialler_at(self.exchange)

    def round(self) -> Counter[str]:
        """A worker's round."""
        ports = self.house.hotline.ports
        return dial_round(Dialling(ports=ports, dialler=self.dialler, allowed=True, url=self.house.settings.public_url))

    def passes(self, **time: float) -> list[Callback]:
        """Time passes; the callbacks that are on their way then."""
        self.house.now += timedelta(**time)
        return self.exchange.advance()

    def deliver(self, *callbacks: Callback) -> None:
        """Bring callbacks to the house. Each must be taken."""
        for callback in callbacks:
            try:
                Delivery(self.house.line, TOKEN).post(callback.url, callback.pairs, "notice")
            except DeliveryFailed as failed:
                raise AssertionError(callback) from failed

    def call(self) -> PlacedCall:
        """The call that was placed last."""
        return list(self.exchange.calls.values())[-1]

    def taken_up(self, by: str = "human") -> PhoneCall:
        """The customer's telephone, once it is taken up."""
        rings = RingingCall.of(self.exchange.answer(self.call().sid, by))
        phone = rings.telephone(Delivery(self.house.line, TOKEN))
        rings.take_up(phone, by)
        assert phone.refused == []
        return phone

    def calls_to_customer(self) -> int:
        """How often the customer's telephone was asked to ring."""
        return len(self.exchange.calls_to(CUSTOMER))
