"""The exchange without a wire: the official client in front of it, in one process, so that a clock may be moved."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import requests
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from ivr.carrier.exchange.exchange import Exchange
from ivr.carrier.exchange.rest import Request, handle
from ivr.twilio.dialler import TwilioDialler
from ivr.twilio.rest_client import Access


class InProcess(HttpClient):  # type: ignore[misc]
    """Brings the client's requests to an exchange. An answer that is lost is one that does not come in time."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange

    def request(self, method: str, uri: str, params: Any = None, data: Any = None, **more: Any) -> Response:
        """The exchange's answer. `ReadTimeout` where it is lost."""
        signed = requests.Request(method, uri, auth=more["auth"]).prepare().headers["Authorization"]
        assert isinstance(signed, str)
        asked = Request(
            method=method, path=urlsplit(uri).path, query=_form(params), form=_form(data), authorization=signed
        )
        answer = handle(self.exchange, asked)
        if answer is None:
            raise requests.exceptions.ReadTimeout
        return Response(answer.status, json.dumps(answer.body))


def dialler_at(exchange: Exchange) -> TwilioDialler:
    """A dialler that places its calls at this exchange, with the token of its account."""
    account = exchange.account
    access = Access(account=account.sid, user=account.sid, secret=account.token)

    def client(given: Access) -> Client:
        return Client(given.user, given.secret, given.account, http_client=InProcess(exchange))

    return TwilioDialler(access, client)


def _form(given: Any) -> dict[str, list[str]]:
    return {name: list(map(str, v)) if isinstance(v, list) else [str(v)] for name, v in (given or {}).items()}
