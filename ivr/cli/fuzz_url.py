"""Random callers over HTTP, against a sandbox that runs on this machine."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from ivr.app.wiring import wire
from ivr.carrier.arrivals import some_number
from ivr.carrier.delivery import Delivery, DeliveryFailed
from ivr.carrier.line import HttpLine
from ivr.carrier.phone_call import PhoneCall, PhoneNumberSetup
from ivr.cli.fuzz_block import EARLY_END, Led, Ring, check_sensitive, lead
from ivr.config import LOOPBACK, Settings
from ivr.errors import SettingInvalid
from ivr.simulate.audit.audit import audit, audit_answers
from ivr.storage.audit_rows import AuditRows
from ivr.storage.schema import engine, sqlite_path


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A running hotline: its URL and number, and the settings it was started with."""

    url: str
    called: str
    settings: Settings
    seed: int

    @classmethod
    def at(cls, url: str, called: str, settings: Settings, seed: int) -> Sandbox:
        """`SettingInvalid` where it is not on this machine, does not answer, or does not take our signature."""
        made = cls(url.rstrip("/"), called, settings, seed)
        host = urlsplit(made.url).hostname or ""
        if host not in LOOPBACK or not made.url.startswith("http://"):
            raise SettingInvalid(f"--url phones this machine only, such as http://127.0.0.1:8000, not {url}.")
        if settings.account:
            raise SettingInvalid("a sandbox has no account: its calls are invented. Unset TWILIO_ACCOUNT_SID.")
        if not settings.tokens:
            raise SettingInvalid("TWILIO_AUTH_TOKEN is missing: give the sandbox and --url the same one.")
        try:
            made.delivery().post(f"{made.url}/voice/status", [], "notice")
        except DeliveryFailed as failed:
            raise SettingInvalid(_why(made.url, failed)) from failed
        return made

    def delivery(self) -> Delivery:
        """A ledger of its own for each call."""
        return Delivery(HttpLine(), self.settings.tokens[0])

    def phone(self, ring: Ring) -> PhoneCall:
        """A telephone for one call."""
        return PhoneCall(
            delivery=self.delivery(),
            number=PhoneNumberSetup(
                voice=f"{self.url}/voice", status=f"{self.url}/voice/status", fallback=f"{self.url}/voice/fallback"
            ),
            caller=ring.caller,
            called=ring.called,
            call=ring.call,
            early_end=ring.early_end,
        )


def run_over_http(sandbox: Sandbox, numbers: Sequence[int]) -> list[Led]:
    """Lead these calls. They are judged against the sandbox's database where that is here, else by their answers."""
    path = sqlite_path(sandbox.settings.database_url)
    ports = wire(sandbox.settings).ports
    made = engine(sandbox.settings.database_url)
    rows = AuditRows(made)
    found: list[Led] = []
    try:
        for number in numbers:
            chance = Random(f"{sandbox.seed}/{number}/ring")  # noqa: S311 - chance, not secrecy
            call = "CA" + secrets.token_hex(16)  # the seed's own may be on record from another run
            caller, early = some_number(chance), chance.random() < EARLY_END
            ring = Ring(number, datetime.now(UTC), caller, sandbox.called, call, early)
            phone = sandbox.phone(ring)
            person = lead(phone, sandbox.seed, number)
            here = Path(path).exists() and rows.call(call) is not None
            judged = audit(phone, rows, ports) if here else audit_answers(phone)
            found.append(Led(ring, person.persona.name, person.done, judged))
        if any(led.audit.secrets for led in found):
            check_sensitive(found, rows, [])
    finally:
        made.dispose()
    return found


def _why(url: str, failed: DeliveryFailed) -> str:
    if "403" in str(failed):
        return f"{url} does not take our signature: start it with the same TWILIO_AUTH_TOKEN, and --url spelled alike."
    return f"no hotline answers at {url} ({failed})."
