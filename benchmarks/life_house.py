"""A house whose customers are phoned on a clock that we move: the real webhooks, worker and moves of staff, and the
exchange in place of the network, all in one process."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from calls import CALLED, FLOWS, PUBLIC_URL, TOKEN

from ivr.app.database import Database, opened
from ivr.app.exchange.in_process import dialler_at
from ivr.app.exchange.sandbox_exchange import numbers_of
from ivr.app.preparing import prepare
from ivr.app.wiring import Hotline, wire
from ivr.app.working import worker_of
from ivr.carrier.delivery import Delivery
from ivr.carrier.exchange.account import Account
from ivr.carrier.exchange.exchange import Exchange
from ivr.carrier.exchange.placed_call import OVER, PlacedCall, Status
from ivr.carrier.exchange.telephone import RingingCall
from ivr.carrier.line import WsgiLine
from ivr.carrier.phone_call import PhoneCall, PhoneNumberSetup
from ivr.case.case import By
from ivr.case.case_words import word
from ivr.case.moves import Move
from ivr.cli.shared.terminal_phone import typed_turn
from ivr.config import Settings
from ivr.flow.release import read_files
from ivr.replay.fixture import TurnFields
from ivr.replay.play import act
from ivr.service.cases.keep_move import keep_move
from ivr.service.outgoing.outgoing_rows import SANDBOX, SWITCH
from ivr.service.releases.publishing import publish
from ivr.service.releases.release_ports import PublishPorts, PublishRequest
from ivr.service.rows import CaseRow
from webhooks import create_app

ZONE = ZoneInfo("Asia/Shanghai")
BEGIN = datetime(2026, 3, 2, 10, 0, tzinfo=ZONE)
COMPLAINTS = {
    "en-US": ("2", "/silence", "3", "1", "/record I was charged twice", "1", "/hang-up"),
    "zh-CN": ("1", "/silence", "3", "1", "/record 信用卡被重复扣费", "1", "/hang-up"),
}
ANSWERS = {"en-US": "We have paid it back.", "zh-CN": "我们已退还重复扣收的费用。"}
HANGS_UP_SPEAKING = "(hangs up while speaking)"
ACT_SECONDS, RING_SECONDS = 6, 8


@dataclass(slots=True)
class Ring:
    """What a customer's telephone does when it rings. `by`: who takes it up, or how nobody does; then the acts, as they
    are typed to `ivr call`; after the last one the phone is put down."""

    by: str = "human"
    acts: Sequence[str] = ()


@dataclass(slots=True)
class Dialogue:
    """A call to a customer as it went. `said` is what they heard, in order; `hung_up`: whether they ended it."""

    placed: PlacedCall
    said: list[str] = field(default_factory=list)
    hung_up: bool = False
    refused: list[Any] = field(default_factory=list)


class LifeHouse:
    """The house. `lines` is the timeline; `dialogues` are the calls to customers. `rests` is how long the worker rests
    between two rounds while nothing rings."""

    def __init__(self, url: str, folder: Path, rests: timedelta) -> None:
        self.now, self.rests = BEGIN, rests
        self.flows = folder / "flows"
        shutil.copytree(FLOWS, self.flows)
        self.settings = Settings(
            database_url=url, flows=str(self.flows), public_url=PUBLIC_URL, sqlite_sync="OFF", tokens=(TOKEN,)
        )
        prepare(self.settings, self.now)
        self.hotline: Hotline = wire(self.settings, clock=self.clock)
        store: Any = self.hotline.ports.store
        store.clock = self.clock  # PostgreSQL's deadlines go by the database's own else
        self.line = WsgiLine(create_app(hotline=self.hotline))
        account = Account(sid="AC" + "0" * 32, token="a token of the exchange")
        self.exchange = Exchange(account=account, clock=self.clock, hotlines=(f"{PUBLIC_URL}/voice/",))
        self.worker = worker_of(self.settings, self.told, self.clock, dialler_at(self.exchange))
        self.lines: list[str] = []
        self.dialogues: list[Dialogue] = []
        self.rings: dict[str, list[Ring]] = {}
        store.set_switch(SWITCH, on=True)
        store.set_switch(SANDBOX, on=True)  # all its customers are invented
        self._know_numbers()

    def clock(self) -> datetime:
        """The time of the house, of its database and of the exchange."""
        return self.now

    def told(self, line: str) -> None:
        """A line of the timeline."""
        self.lines.append(f"{self.now.astimezone(ZONE):%a %m-%d %H:%M:%S}  {line}")

    def complaint(self, customer: str, language: str) -> int:
        """Somebody phones the hotline with a complaint; its number."""
        phone = PhoneCall(
            delivery=Delivery(self.line, TOKEN), number=PhoneNumberSetup.of(PUBLIC_URL), caller=customer, called=CALLED
        )
        phone.dial()
        for typed in COMPLAINTS[language]:
            self.now += timedelta(seconds=ACT_SECONDS)
            act(phone, typed_turn(typed, phone.waiting))
        assert not phone.refused, phone.refused
        with opened(self.settings) as database:
            (case,) = database.reports().of_call(phone.call)
        self.told(f"{customer} phones the hotline: case {case['number']}, due {case['due']}")
        return int(case["number"])

    def moves(self, number: int, *moves: tuple[str, dict[str, str]]) -> None:
        """A lead moves a case."""
        for kind, given in moves:
            self.now += timedelta(minutes=1)
            done = keep_move(self.hotline.ports, number, Move(kind, given), By("li", "lead"))
            assert isinstance(done, CaseRow), f"{kind} of case {number}: {done}"
            self.told(f"li: {kind} {number} {' '.join(given.values())}".rstrip())

    def answered(self, number: int, language: str) -> None:
        """A complaint is taken, decided, and the customer told of it."""
        decided = {"outcome": "upheld", "reasons": "the card was charged twice", "answer": ANSWERS[language]}
        self.moves(number, ("taken", {}), ("decided", decided), ("told", {"how": "phone"}))

    def go_on(self, **time: float) -> None:
        """Time passes, with the worker's rounds; whatever rings meanwhile is answered as it is to be."""
        until = self.now + timedelta(**time)
        while self.now < until:
            self._round()
            busy = any(call.status not in OVER for call in self.exchange.calls.values())
            self.now = min(until, self.now + (timedelta(seconds=RING_SECONDS) if busy else self._rest()))
            self._deliver()
            for call in self.exchange.ringing():
                self._rings(call)
        self._round()

    def recognise_machines(self) -> None:
        """Publish the same flows with one line more: the network tells a machine from a person."""
        file = self.flows / "hotline.yaml"
        before = "    first_try: after 1 workday"
        text = file.read_text(encoding="utf-8")
        assert text.count(before) == 1
        file.write_text(text.replace(before, f"    detection: sync\n{before}"), encoding="utf-8")
        with opened(self.settings) as database:
            ports = PublishPorts(database.releases, self.clock, pause=lambda seconds: None)
            published = publish(ports, read_files(self.settings.flows), [], PublishRequest("li", "recognise machines"))
        assert published.done, published
        self._know_numbers()

    def report(self, number: int) -> dict[str, Any]:
        """The case as staff read it, with its log."""
        with opened(self.settings) as database:
            return self._reports(database, number)

    def close(self) -> None:
        """Close what is open."""
        with closing(self.worker), closing(self.hotline.ports.store):
            pass

    def _reports(self, database: Database, number: int) -> dict[str, Any]:
        store = self.hotline.ports.store
        follow_ups = [(row, store.attempts_of(row.follow_up)) for row in store.follow_ups_of(number)]
        return {**database.reports().one(number), "follow_ups": follow_ups}

    def _know_numbers(self) -> None:
        store = self.hotline.ports.store
        release = self.hotline.ports.release(store.current_release() or "")
        account = self.exchange.account
        self.exchange.account = Account(sid=account.sid, token=account.token, numbers=numbers_of(release))

    def _rest(self) -> timedelta:
        """Until the next whole rest, so that rounds come at the same times of every day."""
        into = (self.now - BEGIN.replace(hour=0, minute=0)) % self.rests
        return self.rests - into

    def _round(self) -> None:
        self.worker.keep_repeated()
        self.worker.all_due()
        self._deliver()

    def _deliver(self) -> None:
        for callback in self.exchange.advance():
            Delivery(self.line, TOKEN).post(callback.url, callback.pairs, "notice")

    def _rings(self, call: PlacedCall) -> None:
        """A customer's telephone rings; the next of what it is to do is done."""
        waiting = self.rings.get(call.to)
        ring = waiting.pop(0) if waiting else Ring("no-answer")
        self.told(f"the telephone of {call.to} rings")
        made = Dialogue(call)
        self.dialogues.append(made)
        if ring.by in ("busy", "no-answer", "failed"):
            self.lines.append(f"                    ({ring.by})")
            status: Status = ring.by  # type: ignore[assignment]
            self.exchange.decline(call.sid, status)
        else:
            self._talks(made, ring)
        self._deliver()

    def _talks(self, made: Dialogue, ring: Ring) -> None:
        rings = RingingCall.of(self.exchange.answer(made.placed.sid, ring.by))
        phone = rings.telephone(Delivery(self.line, TOKEN))
        rings.take_up(phone, ring.by)
        self._hears(made, phone)
        for typed in ring.acts:
            self.now += timedelta(seconds=ACT_SECONDS)
            act(phone, _turn(typed, phone))
            self.lines.append(f"                    > {typed}")
            self._hears(made, phone)
        made.hung_up = phone.waiting != "ended"
        if made.hung_up:
            phone.hang_up()
            self.lines.append(f"                    {'> hangs up' if ring.by == 'human' else '(the machine ends)'}")
        made.hung_up |= HANGS_UP_SPEAKING in ring.acts
        made.refused += phone.refused
        self.exchange.hang_up(made.placed.sid)

    def _hears(self, made: Dialogue, phone: PhoneCall) -> None:
        made.said += [said.text for said in phone.heard]
        self.lines += [f"                      {said.text}" for said in phone.heard]


def _turn(typed: str, phone: PhoneCall) -> TurnFields:
    if typed == HANGS_UP_SPEAKING:
        return TurnFields.model_validate({"record": {"seconds": 4, "hang up": "yes"}})
    return typed_turn(typed, phone.waiting)


def status_word(status: str) -> str:
    """A status as staff read it."""
    return str(word("status", status))
