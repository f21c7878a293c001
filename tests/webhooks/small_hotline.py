"""A small hotline of our own behind the real WSGI application, and a client that posts what Twilio would."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote_plus, urlencode

import webhooks
from ivr.app.preparing import prepare
from ivr.app.wiring import Hotline, wire
from ivr.carrier.delivery import Delivery
from ivr.carrier.line import Reply, WsgiLine
from ivr.carrier.phone_call import PhoneCall, PhoneNumberSetup
from ivr.carrier.signing import FormPairs, sign
from ivr.config import Settings
from ivr.service.calls.opening import CallDetails, Opening, by_number_dialled

TOKEN = "a token for tests"
URL = "http://127.0.0.1:8000"
CALL, CALLER, CALLED = "CA" + "5" * 32, "+12025550101", "+862155500000"
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
HOTLINE = """\
hotline: A small hotline
numbers: {"+862155500000": main}
default: other
time_zone: Asia/Shanghai
country: CN
calls_to: [CN, US]
languages:
  en-US:
    name: English
    speak: en-US
    listen: en-US
    voice: Polly.Joanna-Neural
    announce: "For {label}, press {key}."
    keys: {star: star, pound: pound}
    yes_no: For yes, press 1. For no, press 2.
    "yes": ["yes"]
    "no": ["no"]
defaults:
  no_input: {tries: 3, say: [{en-US: We heard nothing.}], next: goodbye}
  no_match: {tries: 3, say: [{en-US: That is no choice.}], next: goodbye}
  confirm: {en-US: "You entered {value}. Is that right?"}
  consent: {en-US: May we record this?}
  connecting: {en-US: Please hold the line.}
hours: {always: {open: {mon-sun: "00:00-24:00"}}}
destinations: {desk: {number: "+862155500100", hours: always, ring: 25s}}
cases: {complaint: {clock: cn-2020}}
limits: {steps_in_a_turn: 50, turns: 200, call: 30m, next: goodbye}
trouble: {en-US: Something went wrong.}
goodbye: {en-US: Thank you and goodbye.}
"""
MAIN = """\
flow: main
title: {en-US: Front door}
steps:
  menu:
    menu: {en-US: How can we help?}
    choices:
      1: {label: {en-US: a complaint}, words: {en-US: [complaint]}, next: flow complaint}
      2: {label: {en-US: a person}, words: {en-US: [agent]}, next: desk}
      3: {label: {en-US: your account}, words: {en-US: [account]}, next: pin}
  desk:
    transfer: desk
    whisper: A call in {call.language}.
    otherwise: menu
  pin:
    collect: {en-US: Enter your code and press pound.}
    type: digits
    length: 4-8
    sensitive: yes
    next: thanks
  thanks:
    say: {en-US: Thank you.}
    next: menu
"""
COMPLAINT = """\
flow: complaint
title: {en-US: Complaints}
intake: complaint
steps:
  product:
    menu: {en-US: What is it about?}
    save: product
    choices:
      1: {is: card, label: {en-US: cards}, words: {en-US: [card]}}
      2: {is: loan, label: {en-US: loans}, words: {en-US: [loan]}}
    next: story
  story:
    record: {en-US: Tell us what happened.}
    save: story
    no_input: {tries: 2, next: open}
    next: open
  open:
    case: complaint
    with: [product, story]
    next: receipt
  receipt:
    say: {en-US: "Your number is {case.number:digits}."}
    next: goodbye
"""
OTHER = """\
flow: other
title: {en-US: A number not listed}
steps:
  what:
    menu: {en-US: You have reached another number.}
    choices:
      1: {label: {en-US: the end}, words: {en-US: [end]}, next: goodbye}
"""


class House:
    """The hotline, what it answers, and its database."""

    made: ClassVar[bytes] = b""

    def __init__(self, folder: Path, last_resort: str = "") -> None:
        flows = folder / "flows"
        flows.mkdir(exist_ok=True)
        for name, text in (("hotline", HOTLINE), ("main", MAIN), ("complaint", COMPLAINT), ("other", OTHER)):
            (flows / f"{name}.yaml").write_text(text, encoding="utf-8")
        self.path = folder / "ivr.db"
        self.settings = Settings(
            database_url=f"sqlite:///{self.path}", flows=str(flows), public_url=URL, sqlite_sync="OFF",
            tokens=(TOKEN,), last_resort=last_resort,
        )  # fmt: skip
        self.now = NOW
        if not self.path.exists():
            self._copy_or_make()
        self.openings: dict[str, Opening] = {}
        self.hotline: Hotline = wire(self.settings, clock=lambda: self.now, opening=self._opening)
        self.store: Any = self.hotline.ports.store
        self.store.deadline = 0.05
        self.app = webhooks.create_app(hotline=self.hotline)
        self.line = WsgiLine(self.app)

    def _opening(self, details: CallDetails) -> Opening | None:
        return self.openings.get(details.call) or by_number_dialled(details)

    def _copy_or_make(self) -> None:
        """Made once, then copied: the release is named by what its files hold."""
        if not House.made:
            prepare(self.settings, NOW)
            House.made = self.path.read_bytes()
        self.path.write_bytes(House.made)

    def form(self, *pairs: tuple[str, str], call: str = CALL, status: str = "in-progress") -> FormPairs:
        return [("CallSid", call), ("CallStatus", status), ("From", CALLER), ("To", CALLED), *pairs]

    def send(self, path: str, pairs: FormPairs) -> Reply:
        """A signed form, as Twilio posts it."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "X-Twilio-Signature": sign(TOKEN, URL + path, pairs),
        }
        return self.line.post(URL + path, urlencode(pairs, quote_via=quote_plus).encode(), headers, 15)

    def voice(self, path: str, *pairs: tuple[str, str], call: str = CALL, status: str = "in-progress") -> str:
        """The document that answers a voice request: always 200 and text/xml."""
        reply = self.send(path, self.form(*pairs, call=call, status=status))
        assert (reply.status, reply.kind) == (200, "text/xml; charset=utf-8"), reply
        return reply.body.decode()

    def press(self, turn: int, keys: str, call: str = CALL) -> str:
        return self.voice(f"/voice/t/{turn}", ("Digits", keys), call=call)

    def raw(self, method: str, path: str, body: bytes = b"", **environ: Any) -> tuple[int, str]:
        """Status and text of a request made by hand; `None` takes a variable away."""
        wanted: dict[str, Any] = {
            "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "x",
            "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.version": (1, 0),
            "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(), "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded", **environ,
        }  # fmt: skip
        started: list[str] = []
        parts = self.app(
            {name: value for name, value in wanted.items() if value is not None},
            lambda status, headers, info=None: started.append(status),
        )
        try:
            text = b"".join(parts).decode()
        finally:
            parts.close()
        return int(started[0].split()[0]), text

    def phone(self, **more: Any) -> PhoneCall:
        """A telephone on this hotline, led by the carrier."""
        number = PhoneNumberSetup(voice=f"{URL}/voice", status=f"{URL}/voice/status", fallback=f"{URL}/voice/fallback")
        return PhoneCall(
            delivery=Delivery(self.line, TOKEN), number=number, caller=CALLER, called=CALLED, call=CALL, **more
        )

    def rows(self, statement: str, *values: object) -> list[Any]:
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(statement, values).fetchall()

    def write(self, statement: str, *values: object) -> None:
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute(statement, values)

    def count(self) -> dict[str, int]:
        tables = ("calls", "turns", "cases", "case_events", "recordings")
        return {name: self.rows(f"SELECT count(*) FROM {name}")[0][0] for name in tables}

    def close(self) -> None:
        self.store.close()
