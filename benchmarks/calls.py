"""Live calls, each led by the carrier to just before the turn that is measured, whose request is held back."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from ivr.app.preparing import prepare
from ivr.app.wiring import Hotline, wire
from ivr.carrier.delivery import Delivery
from ivr.carrier.line import Reply, WsgiLine
from ivr.carrier.phone_call import PhoneCall, PhoneNumberSetup
from ivr.config import Settings
from webhooks import create_app

FLOWS = str(Path(__file__).parent.parent / "flows")
TOKEN = "0123456789abcdef0123456789abcdef"
PUBLIC_URL = "https://ivr.example.com"
CALLER, CALLED = "+862155500123", "+862155500100"
Kind = Literal["menu", "case"]


@dataclass(frozen=True, slots=True)
class Held:
    """A signed request that has not been sent: a new turn of a live call."""

    call: str
    path: str
    body: bytes
    headers: Mapping[str, str]


class HoldingLine:
    """Delivers in process until told to hold; then the caller's next request is kept instead of sent."""

    def __init__(self, line: WsgiLine) -> None:
        self._line, self.holding = line, False
        self.held: list[tuple[str, bytes, Mapping[str, str]]] = []

    def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Reply:
        if not self.holding:
            return self._line.post(url, body, headers, timeout)
        self.held.append((url, body, headers))
        return Reply(200, "text/xml", b"<Response><Pause/></Response>")


class Exchange:
    """A hotline on a database of its own, and callers for it."""

    def __init__(self, url: str, synchronous: str = "FULL") -> None:
        self.settings = Settings(
            database_url=url,
            flows=FLOWS,
            public_url=PUBLIC_URL,
            sqlite_sync=synchronous,
            tokens=(TOKEN,),
        )
        prepare(self.settings, datetime.now(UTC))
        self.hotline: Hotline = wire(self.settings)
        self.app = create_app(hotline=self.hotline)

    def hold(self, kind: Kind, count: int) -> list[Held]:
        """So many calls, each with its next request in hand."""
        return [self._lead(kind) for _ in range(count)]

    def _lead(self, kind: Kind) -> Held:
        line = HoldingLine(WsgiLine(self.app))
        phone = PhoneCall(
            delivery=Delivery(line, TOKEN),
            number=PhoneNumberSetup(voice=f"{PUBLIC_URL}/voice"),
            caller=CALLER,
            called=CALLED,
        )
        phone.dial()
        phone.press("1")
        if kind == "menu":
            line.holding = True
            phone.press("8")  # the recording notice, a menu, answered; the main menu is asked
        else:
            phone.silence()
            phone.press("3")
            phone.press("1")
            phone.record(14, key="#")
            line.holding = True
            phone.press("1")  # the number to call back is right: the complaint is complete
        assert not phone.refused, phone.refused
        url, body, headers = line.held[0]
        return Held(phone.call, urlsplit(url).path, body, headers)


def stated_versions() -> str:
    """The versions of all that takes part; nothing of the machine but its number of cores."""
    import sqlite3

    names = ("flask", "werkzeug", "twilio", "msgspec", "waitress", "psycopg")
    found = ", ".join(f"{name} {version(name)}" for name in names)
    python = f"Python {platform.python_version()}"
    return f"{datetime.now(UTC):%Y-%m-%d}; {os.cpu_count()} cores; {python}, SQLite {sqlite3.sqlite_version}, {found}"
