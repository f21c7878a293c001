"""Delivering one webhook: signed, with the retries its URL asks for, within the provider's fifteen seconds."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import parse_qsl, urldefrag, urlencode

from ivr.carrier.line import Line, LineFailed, Reply
from ivr.carrier.signing import FormPairs, sign

WHOLE = 15.0
CONNECTION_FAILED, BAD_STATUS, REDIRECTED = 11205, 11200, 11217


Purpose = Literal["voice", "whisper", "notice"]


@dataclass(frozen=True, slots=True)
class DeliveredRequest:
    """One request and its reply, None where none came. `repeats` is the exchange this one only repeats."""

    url: str
    pairs: FormPairs
    reply: Reply | None
    purpose: Purpose = "voice"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    repeats: DeliveredRequest | None = None


class DeliveryFailed(Exception):
    """No usable reply after all retries: the provider's error code."""

    def __init__(self, code: int, why: str, cause: str) -> None:
        super().__init__(f"{code}: {why}")
        self.code, self.why, self.cause = code, why, cause


@dataclass(slots=True)
class Delivery:
    """Sends webhooks for one account. `exchanges` is the ledger of all that was sent and answered."""

    line: Line
    token: str
    clock: Callable[[], float] = time.monotonic
    exchanges: list[DeliveredRequest] = field(default_factory=list)

    def post(self, url: str, pairs: FormPairs, purpose: Purpose = "voice") -> Reply:
        """The reply, whose status is below 300. `DeliveryFailed` otherwise."""
        bare, fragment = urldefrag(url)
        wishes = dict(parse_qsl(fragment))
        retries = int(wishes.get("rc", "1"))
        policy = wishes.get("rp", "ct").split(",")
        body = urlencode(pairs).encode()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "Content-Length": str(len(body)),
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
            "X-Twilio-Signature": sign(self.token, bare, pairs),
            "I-Twilio-Idempotency-Token": str(uuid.uuid4()),
        }
        until = self.clock() + WHOLE
        while True:
            failed = self._try(
                DeliveredRequest(bare, pairs, None, purpose, headers), body, max(0.1, until - self.clock())
            )
            if isinstance(failed, Reply):
                return failed
            if retries <= 0 or not {failed.cause, "all"} & set(policy) or self.clock() >= until:
                raise failed
            retries -= 1

    def repeat(self, exchange: DeliveredRequest) -> None:
        """Send a request once more as it was, byte for byte; its reply goes into the ledger and nowhere else."""
        again = replace(exchange, reply=None, repeats=exchange)
        self._try(again, urlencode(exchange.pairs).encode(), WHOLE)

    def _try(self, asked: DeliveredRequest, body: bytes, timeout: float) -> Reply | DeliveryFailed:
        try:
            reply = self.line.post(asked.url, body, asked.headers, timeout)
        except LineFailed as failed:
            self.exchanges.append(asked)
            return DeliveryFailed(CONNECTION_FAILED, str(failed), failed.cause)
        self.exchanges.append(replace(asked, reply=reply))
        if reply.status < 300:
            return reply
        code = BAD_STATUS if reply.status >= 500 else REDIRECTED
        said = reply.body[:80].decode(errors="replace").strip()
        return DeliveryFailed(code, f"HTTP {reply.status}: {said}", f"{reply.status // 100}xx")
