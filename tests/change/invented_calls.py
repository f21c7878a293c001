"""Invented calls as they would lie on record: random callers on the bare engine, turns as production keeps them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

import msgspec
from sqlalchemy import insert

from ivr.call.events import Event
from ivr.call.inputs import Digits, Given, Input, NoInput, Recording, Speech, Start, Stored, Transferred
from ivr.call.verbs import Ask, RecordVerb, Speak, TransferVerb, Verb
from ivr.carrier.gathering import gathered
from ivr.engine.masking import masked
from ivr.engine.turn import begin, take_turn
from ivr.flow.model import Release
from ivr.flow.release import Files, body_of, hash_of
from ivr.service.calls.answer import digest
from ivr.service.calls.turn_facts import CallHeader, TurnFacts
from ivr.service.ports import RecordedCall, RecordedTurn
from ivr.storage.schema import engine
from ivr.storage.tables import releases

FIRST = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
CALLED = "+862155500000"
SAID = ("投诉", "人工", "信用卡", "贷款", "是的", "不是", "一", "没有", "yes", "no", "complaint", "agent", "{x}<&>")
encode = msgspec.json.Encoder(order="sorted").encode


class Taken(NamedTuple):
    """A turn as it was taken, for truths that must not come from a replay."""

    stored: Stored
    events: Sequence[Event]
    heard: Sequence[tuple[str, str]]


@dataclass(slots=True)
class InventedPhone:
    """A telephone on the bare engine that keeps what production would keep."""

    release: Release
    at: datetime
    number: int
    caller: str
    waiting: str = "ended"
    taken: list[Taken] = field(default_factory=list)
    state: object = None
    last: Verb | None = None

    def dial(self) -> None:
        self.state = begin(self.release, self.release.default)
        self._take(Start())

    def press(self, keys: str) -> None:
        if isinstance(self.last, RecordVerb):
            self.record(1, key=keys[:1])
            return
        assert isinstance(self.last, Ask)
        digits = gathered(keys, most=self.last.digits or 1024, finish=self.last.end_key)
        self._take(Digits(digits) if digits else NoInput())

    def speak(self, text: str, confidence: float = 0.9) -> None:
        assert isinstance(self.last, Ask)
        self._take(Speech(text, confidence) if self.last.speech else NoInput())

    def silence(self) -> None:
        self._take(NoInput())

    def record(self, seconds: int, text: str = "", key: str = "") -> None:
        assert isinstance(self.last, RecordVerb)
        self._take(Recording(self._recording(), seconds, key if key in self.last.end_keys else ""))

    def transfer(self, outcome: str) -> None:
        self._take(Transferred(outcome.replace("-", "_")))  # type: ignore[arg-type]

    def hang_up(self, recorded: int = 0) -> None:
        if self.waiting == "record" and recorded:
            self._take(Recording(self._recording(), recorded, "hangup"))
        self.waiting = "ended"

    def _recording(self) -> str:
        return f"RE{self.number:028d}{len(self.taken):04d}"

    def _take(self, came: Input) -> None:
        turn = len(self.taken) + 1
        now = self.at + timedelta(seconds=7 * (turn - 1))
        facts = TurnFacts(self.release, now, CallHeader(self.number, self.at, self.caller))
        came = masked(self.release, self.state, came)  # type: ignore[arg-type]
        done = take_turn(self.release, self.state, Given(came, turn, 7 * (turn - 1), facts), now)  # type: ignore[arg-type]
        self.state, self.last = done.state, done.verbs[-1]
        heard = [(verb.prompt, verb.language) for verb in done.verbs if isinstance(verb, Speak)]
        self.taken.append(Taken(Stored(now, came, 7 * (turn - 1), facts.read), done.events, heard))
        waits = {Ask: "gather", RecordVerb: "record", TransferVerb: "dial"}
        self.waiting = waits.get(type(self.last), "ended")


def lead(phone: InventedPhone, chance: Random) -> None:
    """Lead a call by chance: mostly keys that mean something, so that calls go deep; at most 60 acts."""
    phone.dial()
    for _ in range(60):
        if phone.waiting == "ended":
            return
        if chance.random() < 0.02:
            phone.hang_up(recorded=chance.choice((0, 5)))
        elif phone.waiting == "dial":
            phone.transfer(chance.choice(("answered", "busy", "no-answer", "failed")))
        elif phone.waiting == "record" and chance.random() < 0.9:
            phone.record(chance.randint(1, 60), key=chance.choice(("", "#", "0", "*", "9")))
        else:
            answer(phone, chance, chance.random())
    phone.hang_up()


def answer(phone: InventedPhone, chance: Random, roll: float) -> None:
    """Silence, words, many keys or one."""
    if roll < 0.1 or phone.waiting == "record":
        phone.silence()
    elif roll < 0.25:
        phone.speak(chance.choice(SAID), chance.choice((0.2, 0.6, 0.95)))
    elif roll < 0.35:
        phone.press("".join(chance.choices("0123456789*#", k=chance.randint(2, 20))))
    else:
        phone.press(chance.choice("1112223344556789*0#"))


def invented(release: Release, numbers: range, *, name: str = "r") -> Iterator[tuple[RecordedCall, list[Taken]]]:
    """Calls with these numbers, each with what happened in it; within ten days, at all hours."""
    for number in numbers:
        at = FIRST + timedelta(minutes=7 * (number % 2000))
        caller = "" if number % 20 == 0 else f"+120255501{number % 100:02d}"
        phone = InventedPhone(release, at, number, caller)
        lead(phone, Random(number))
        turns = [RecordedTurn(encode(taken.stored), digest(taken.events)) for taken in phone.taken]
        yield RecordedCall(
            call=f"CA{number:032d}", taken=len(turns), number=number, release=name, entry=release.default,
            language=release.first_language, customer=caller, line=CALLED, started_at=at.isoformat(),
            disposition=None, simulated=False, turns=turns,
        ), phone.taken  # fmt: skip


def put_release(url: str, files: Files) -> str:
    """Write a release into a database that is up to date; its name."""
    body = body_of(files)
    name = hash_of(body)
    needed = [column.name for column in releases.c if not column.nullable and column.server_default is None]
    row = {**dict.fromkeys(needed, FIRST.isoformat()), "hash": name, "body": body}
    made = engine(url)
    with made.begin() as connection:
        connection.execute(insert(releases).values(row))
    made.dispose()
    return name


def put_on_record(path: Path, calls: Sequence[RecordedCall]) -> None:
    """Write calls into a database that is up to date, in one transaction."""
    database = sqlite3.connect(path)
    with database:
        database.executemany(
            "INSERT INTO calls (call, number, turns_taken, version, release, entry, language, customer, line, "
            "direction, started_at, last_turn_at, expected_by, transfer_seconds, status_seq, simulated, ended_at) "
            "VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, 'incoming', ?, ?, ?, 0, -1, ?, ?)",
            [
                (c.call, c.number, c.taken, c.release, c.entry, c.language, c.customer, c.line, *[c.started_at] * 3,
                 c.simulated, c.started_at)
                for c in calls
            ],
        )  # fmt: skip
        database.executemany(
            "INSERT INTO turns (call, turn, at, route, fingerprint, input, reply, digest) "
            "VALUES (?, ?, ?, 'turn', x'00', ?, '<Response/>', ?)",
            [(c.call, n, c.started_at, turn.input, turn.digest) for c in calls for n, turn in enumerate(c.turns, 1)],
        )
    database.close()
