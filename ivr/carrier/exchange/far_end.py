"""The exchange as a telephone of this machine sees it, over HTTP."""

from __future__ import annotations

import http.client
import json
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from ivr.carrier.delivery import Delivery
from ivr.carrier.exchange.telephone import RingingCall
from ivr.carrier.line import LineFailed, Reply


@dataclass(frozen=True, slots=True)
class FarAccount:
    """What calls are placed with at an exchange: the account, a key of it with its secret, and the beginning of the
    URLs that calls may be led by, empty for any."""

    account: str
    user: str
    secret: str = field(repr=False)
    hotline: str = ""


SECONDS = 40.0
"""The longest an answer takes: a webhook and then some."""


class ExchangeGone(Exception):
    """No exchange answers at this port of this machine, or something else does."""


class TakenElsewhere(Exception):
    """The call does not ring any more: its caller gave up, or another telephone has it."""


@dataclass(frozen=True, slots=True)
class FarExchange:
    """The exchange that listens at a port of this machine."""

    port: int

    def account(self) -> FarAccount:
        """What calls are placed with."""
        found = self.ask("GET", "/account")
        return FarAccount(*(str(found.get(name, "")) for name in ("account", "user", "secret", "hotline")))

    def ringing(self, wait: int) -> Sequence[RingingCall]:
        """The calls that ring; where none does, after so many seconds."""
        found = self.ask("GET", f"/ringing?wait={wait}").get("calls", [])
        try:
            return [RingingCall(**call) for call in found]
        except TypeError as other:
            raise ExchangeGone(str(other)) from other

    def answer(self, call: str, by: str) -> None:
        """Take a call up. `TakenElsewhere` where it does not ring any more."""
        self.ask("POST", f"/ringing/{call}/answer", urlencode({"by": by}))

    def decline(self, call: str, status: str) -> None:
        """Do not take it up. `TakenElsewhere` where it does not ring any more."""
        self.ask("POST", f"/ringing/{call}/decline", urlencode({"status": status}))

    def hang_up(self, call: str) -> None:
        """The call is over. `TakenElsewhere` where the network has ended it already."""
        self.ask("POST", f"/ringing/{call}/hang-up")

    def delivery(self, call: str) -> Delivery:
        """The way of a call's webhooks: the exchange signs and sends them."""
        return Delivery(RelayedLine(self, call), "")

    def ask(self, method: str, path: str, form: str = "", headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        """The JSON of an answer. `TakenElsewhere` where the call is in no state for it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request(method, path, form.encode(), dict(headers or {}))
            response = connection.getresponse()
            found = json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError) as failed:
            raise ExchangeGone(str(failed) or type(failed).__name__) from failed
        finally:
            connection.close()
        if response.status == 409:
            raise TakenElsewhere(path)
        if response.status != 200 or not isinstance(found, dict):
            raise ExchangeGone(f"HTTP {response.status}")
        return found


@dataclass(frozen=True, slots=True)
class RelayedLine:
    """A line on which the exchange sends what the telephone says."""

    exchange: FarExchange
    call: str

    def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Reply:
        """The reply to a form. `LineFailed` where there is none."""
        del headers, timeout  # the exchange has its own
        try:
            found = self.exchange.ask("POST", f"/ringing/{self.call}/webhook", body.decode(), {"X-Webhook-Url": url})
        except (ExchangeGone, TakenElsewhere) as gone:
            raise LineFailed(f"{url}: {gone}", "rt") from gone
        if "failed" in found:
            raise LineFailed(str(found["failed"]), str(found.get("cause", "rt")))
        return Reply(int(found["status"]), str(found["kind"]), b64decode(found["body"]))
