"""The exchange in place of the network of a house that phones its customers: the official client in front of it, the
real webhooks behind it, and no wire between them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
from placed_house import CUSTOMER, PlacedHouse
from small_hotline import CALLED, TOKEN
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from ivr.carrier.delivery import Delivery, DeliveryFailed
from ivr.carrier.exchange.account import Account
from ivr.carrier.exchange.callbacks import Callback
from ivr.carrier.exchange.exchange import Exchange
from ivr.carrier.exchange.faults import Faults
from ivr.carrier.exchange.placed_call import PlacedCall
from ivr.carrier.exchange.rest import Request, handle
from ivr.carrier.exchange.telephone import RingingCall
from ivr.carrier.phone_call import PhoneCall
from ivr.service.outgoing.dialling import Dialling, dial_round
from ivr.twilio.dialler import TwilioDialler
from ivr.twilio.rest_client import Access

SID = "AC" + "1" * 32


class InProcess(HttpClient):  # type: ignore[misc]
    """Brings the client's requests to an exchange. An answer that is lost is one that does not come in time."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange

    def request(self, method: str, uri: str, params: Any = None, data: Any = None, **more: Any) -> Response:
        signed = requests.Request(method, uri, auth=more["auth"]).prepare().headers["Authorization"]
        answer = handle(
            self.exchange,
            Request(
                method=method, path=urlsplit(uri).path, query=_form(params), form=_form(data), authorization=signed
            ),
        )
        if answer is None:
            raise requests.exceptions.ReadTimeout
        return Response(answer.status, json.dumps(answer.body))


def _form(given: Any) -> dict[str, list[str]]:
    return {name: list(map(str, v)) if isinstance(v, list) else [str(v)] for name, v in (given or {}).items()}


class Network:
    """An exchange, and what is between it and a house: calls, callbacks, and the worker's rounds."""

    def __init__(self, house: PlacedHouse, faults: Faults | None = None) -> None:
        self.house = house
        account = Account(sid=SID, token="a secret", numbers=(CALLED,))
        self.exchange = Exchange(account=account, clock=lambda: house.now, faults=faults or Faults())
        access = Access(account=SID, user=SID, secret="a secret")
        client: Callable[[Access], Client] = lambda given: Client(  # noqa: E731
            given.user, given.secret, given.account, http_client=InProcess(self.exchange)
        )
        self.dialler = TwilioDialler(access, client)

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
