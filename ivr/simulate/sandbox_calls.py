"""Random callers over HTTP, against a sandbox that runs on this machine."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from ivr.carrier.arrivals import some_number
from ivr.carrier.delivery import Delivery, DeliveryFailed
from ivr.carrier.line import HttpLine
from ivr.carrier.phone_call import PhoneCall, PhoneNumberSetup
from ivr.config import LOOPBACK, Settings
from ivr.errors import InvalidArgument, SettingInvalid
from ivr.messages.message import Message
from ivr.simulate.audit.audit import audit, audit_answers
from ivr.simulate.hotline_ports import SandboxRecords
from ivr.simulate.random_calls import EARLY_END, IncomingCall, RandomCallResult, chance_of, check_sensitive, lead


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A running hotline: its URL and number, and the settings it was started with."""

    url: str
    called: str
    settings: Settings
    seed: int

    @classmethod
    def at(cls, url: str, called: str, settings: Settings, seed: int) -> Sandbox:
        """`InvalidArgument` where it is not on this machine, does not answer, or does not take our signature;
        `SettingInvalid` where its account or token cannot be used."""
        made = cls(url.rstrip("/"), called, settings, seed)
        host = urlsplit(made.url).hostname or ""
        if host not in LOOPBACK or not made.url.startswith("http://"):
            raise InvalidArgument(Message("simulate.sandbox.elsewhere", url=url))
        if settings.accounts:
            raise SettingInvalid(Message("simulate.sandbox.account"))
        if not settings.tokens:
            raise SettingInvalid(Message("simulate.sandbox.token"))
        try:
            made.delivery().post(f"{made.url}/voice/status", [], "notice")
        except DeliveryFailed as failed:
            raise InvalidArgument(_why(made.url, failed)) from failed
        return made

    def delivery(self) -> Delivery:
        """A ledger of its own for each call."""
        return Delivery(HttpLine(), self.settings.tokens[0])

    def phone(self, incoming: IncomingCall) -> PhoneCall:
        """A telephone for one call."""
        return PhoneCall(
            delivery=self.delivery(), number=PhoneNumberSetup.of(self.url), caller=incoming.caller,
            called=incoming.called, call=incoming.call, early_end=incoming.early_end,
        )  # fmt: skip


def run_over_http(sandbox: Sandbox, stored: SandboxRecords, numbers: Sequence[int]) -> list[RandomCallResult]:
    """Lead these calls. They are judged by what the sandbox has stored where that is here, else by its answers."""
    found: list[RandomCallResult] = []
    with stored.opened() as opened:
        for number in numbers:
            phone, result = _call(sandbox, number)
            if opened is not None and opened[0].call(phone.call) is not None:
                result.audit = audit(phone, *opened)
            found.append(result)
        if opened is not None and any(result.audit.secrets for result in found):
            check_sensitive(found, opened[0], [])
    return found


def _call(sandbox: Sandbox, number: int) -> tuple[PhoneCall, RandomCallResult]:
    """A call that is over, judged by the answers alone."""
    chance = chance_of(sandbox.seed, number)
    call = "CA" + secrets.token_hex(16)  # the seed's own may be on record from another run
    caller, early = some_number(chance), chance.random() < EARLY_END
    incoming = IncomingCall(number, datetime.now(UTC), caller, sandbox.called, call, early)
    phone = sandbox.phone(incoming)
    person = lead(phone, sandbox.seed, number)
    return phone, RandomCallResult(incoming, person.persona.name, person.done, audit_answers(phone))


def _why(url: str, failed: DeliveryFailed) -> Message:
    if "403" in str(failed):
        return Message("simulate.sandbox.signature", url=url)
    return Message("simulate.sandbox.silent", url=url, error=str(failed))
