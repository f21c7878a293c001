"""What calls are placed with: the provider's account, or the exchange of a sandbox on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ivr.carrier.exchange.far_end import ExchangeGone, FarAccount, FarExchange
from ivr.config import Settings
from ivr.errors import IvrError
from ivr.messages.message import Message
from ivr.service.outgoing.dialler_port import (
    Dialler,
    FoundCall,
    NotPlaced,
    Placing,
    PlacingResult,
    ProviderUnavailable,
)
from ivr.twilio.dialler import TwilioDialler
from ivr.twilio.rest_client import Access

HOTLINE_PATH = "/voice/"
"""Below its public URL: where a sandbox's calls may be led."""


class NoExchange(IvrError):
    """No sandbox runs on this machine, so there is nothing to place calls with."""


def dialler_of(settings: Settings) -> Dialler | None:
    """What calls are placed with; None where the settings name no account, or nothing to ask in its name."""
    if settings.sandbox:
        return SandboxDialler(settings.exchange_port)
    if not settings.accounts or not (settings.api_secret or settings.tokens):
        return None
    account = settings.accounts[0]
    user, secret = settings.api_key or account, settings.api_secret or settings.tokens[0]
    return TwilioDialler(Access(account=account, user=user, secret=secret))


def sandbox_dialler(settings: Settings) -> SandboxDialler:
    """The exchange of the sandbox that runs on this machine. `NoExchange` where none does."""
    dialler = SandboxDialler(settings.exchange_port)
    try:
        dialler.connected()
    except ExchangeGone as gone:
        raise no_exchange(settings.exchange_port) from gone
    return dialler


def no_exchange(port: int) -> NoExchange:
    """That none runs."""
    return NoExchange(Message("dialler.no-exchange", port=port))


class SandboxDialler:
    """Places calls through the official client at the exchange that listens at a port of this machine.

    It asks the exchange for its key each time: a sandbox that was started anew has another one.
    """

    def __init__(self, port: int) -> None:
        self._exchange = FarExchange(port)
        self._base = f"http://127.0.0.1:{port}"
        self._key: FarAccount | None = None
        self._dialler: TwilioDialler | None = None

    def connected(self) -> TwilioDialler:
        """The client, for the exchange that runs now. `ExchangeGone` where none does."""
        key = self._exchange.account()
        if self._dialler is None or key != self._key:
            self._key = key
            access = Access(account=key.account, user=key.user, secret=key.secret, base=self._base)
            self._dialler = TwilioDialler(access)
        return self._dialler

    def hotline(self) -> str:
        """The public URL of the hotline the exchange belongs to: another terminal need not know its port.
        `NoExchange` where none runs."""
        try:
            return self._exchange.account().hotline.removesuffix(HOTLINE_PATH)
        except ExchangeGone as gone:
            raise no_exchange(self._exchange.port) from gone

    def place(self, placing: Placing) -> PlacingResult:
        """As a dialler does. Where no exchange runs nothing was placed."""
        try:
            dialler = self.connected()
        except ExchangeGone as gone:
            return NotPlaced(sentence=Message("dialler.no-connection", why=str(gone)), again=True)
        return dialler.place(placing)

    def find(self, to: str, from_number: str, since: datetime) -> Sequence[FoundCall]:
        """As a dialler does."""
        return self._asked().find(to, from_number, since)

    def look(self, call: str) -> FoundCall | None:
        """As a dialler does."""
        return self._asked().look(call)

    def own_numbers(self) -> Sequence[str]:
        """As a dialler does."""
        return self._asked().own_numbers()

    def _asked(self) -> TwilioDialler:
        try:
            return self.connected()
        except ExchangeGone as gone:
            raise ProviderUnavailable(Message("dialler.unavailable", why=str(gone))) from gone
