"""The exchange as a sandbox has it: an invented account, whose numbers are those of the live release."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import replace

from ivr.app.dialler import HOTLINE_PATH
from ivr.app.wiring import wire
from ivr.carrier.delivery import Delivery
from ivr.carrier.exchange.account import Account
from ivr.carrier.exchange.desk import Desk
from ivr.carrier.exchange.exchange import Exchange
from ivr.carrier.exchange.server import ExchangeServer
from ivr.carrier.line import HttpLine
from ivr.config import Settings
from ivr.errors import IvrError
from ivr.flow.model import Release

log = logging.getLogger("ivr.exchange")
ACCOUNT = "AC" + "0" * 32
"""The account of all invented calls."""


def sandbox_exchange(settings: Settings) -> ExchangeServer:
    """An exchange that leads calls at this hotline alone, signed as its settings want. It does not listen yet."""
    token = settings.tokens[0]
    key = "SK" + secrets.token_hex(16)
    account = Account(sid=ACCOUNT, token=secrets.token_hex(16), keys={key: secrets.token_hex(16)})
    exchange = Exchange(account=account, hotlines=(f"{settings.public_url}{HOTLINE_PATH}",))
    line = HttpLine()
    return ExchangeServer(exchange, Desk(exchange, line, token), Delivery(line, token), settings.exchange_port)


def keeps_numbers(settings: Settings, exchange: Exchange) -> Callable[[], None]:
    """What gives the account the numbers of the live release, whenever another one is live."""
    ports = wire(settings).ports
    known = ""

    def keep() -> None:
        nonlocal known
        try:
            live = ports.store.current_release() or ""
            if live and live != known:
                exchange.account = replace(exchange.account, numbers=numbers_of(ports.release(live)))
                known = live
        except IvrError as failed:
            log.warning("the exchange does not know the numbers of the live release: %s", failed)

    return keep


def numbers_of(release: Release) -> tuple[str, ...]:
    """The numbers that are answered, and those that calls of ours come from."""
    phoned_from = (outgoing.from_number for outgoing in release.outgoing.values())
    return tuple(dict.fromkeys((*release.numbers, *phoned_from)))
