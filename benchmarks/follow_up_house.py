"""Thousands of customers who are to be phoned, in one process with the exchange, the webhooks and their telephones."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from typing import Any

from calls import TOKEN
from follow_up_worker import Place
from sqlalchemy import select

from ivr.app.dialler import HOTLINE_PATH
from ivr.app.exchange.sandbox_exchange import numbers_of
from ivr.app.preparing import prepare
from ivr.app.wiring import wire
from ivr.carrier.delivery import Delivery
from ivr.carrier.exchange.account import Account
from ivr.carrier.exchange.desk import Desk
from ivr.carrier.exchange.exchange import CallOver, Exchange
from ivr.carrier.exchange.faults import Faults
from ivr.carrier.exchange.placed_call import PlacedCall
from ivr.carrier.exchange.server import ExchangeServer
from ivr.carrier.exchange.telephone import RingingCall
from ivr.carrier.line import WsgiLine
from ivr.case.case import By
from ivr.case.case_fold import fold
from ivr.case.moves import Move, move
from ivr.case.refused import Refused
from ivr.service.cases.case_rows import case_row, event_row
from ivr.service.outgoing.by_staff import block
from ivr.service.outgoing.number_keys import hasher
from ivr.service.outgoing.outgoing_rows import SANDBOX, SWITCH, FollowUpRow
from ivr.service.rows import stamp
from ivr.storage.bulk import engine
from ivr.storage.tables import case_events, cases, follow_ups
from webhooks import create_app

HOTLINE = """\
hotline: Illustrative Bank
numbers: {"+862155500000": main}
default: main
time_zone: Asia/Shanghai
country: CN
calls_to: [CN]
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
cases: {complaint: {clock: cn-2020, follow_up: ask}}
limits: {steps_in_a_turn: 50, turns: 200, call: 30m, next: goodbye}
trouble: {en-US: Something went wrong.}
goodbye: {en-US: Goodbye.}
outgoing:
  ask:
    name: {en-US: This is Illustrative Bank.}
    from: "+862155500000"
    between: 09:30-19:30
    areas: {"+86991": Asia/Urumqi}
    tries: 3
    spacing: 10m
    pace: 1s
    a_day: 1000000
"""
MAIN = """\
flow: main
title: {en-US: Front door}
steps:
  menu:
    menu: {en-US: How can we help?}
    choices: {1: {label: {en-US: nothing}, words: {en-US: [nothing]}, next: goodbye}}
"""
ASK = """\
flow: ask
title: {en-US: Follow-up}
takes: {case: case}
steps:
  person:
    menu: {en-US: Did you call us?}
    choices:
      1: {label: {en-US: "yes"}, words: {en-US: [I did]}, next: accepted}
      2: {label: {en-US: "no"}, words: {en-US: [wrong number]}, next: wrong}
      4: {label: {en-US: no more calls}, words: {en-US: [stop calling]}, next: stop}
    no_input: {tries: 2, next: later}
    no_match: {tries: 2, next: later}
  accepted: {follow_up: accepted, next: goodbye}
  wrong: {follow_up: wrong_person, next: goodbye}
  stop: {follow_up: opted_out, next: goodbye}
  later: {follow_up: later, next: goodbye}
"""
ZONES = {"+86991": 6, "+86": 8}
"""Hours ahead of UTC, by prefix, the longest first."""
FAULTS = Faults(too_many=0.01, failed_before=0.01, failed_after=0.01, lost_before=0.01, lost_after=0.01)
TELEPHONES = 4


def number_of(n: int) -> str:
    """The number of the nth customer; each tenth lives two hours west."""
    return f"+86991555{n:04d}" if n % 10 == 7 else f"+8621555{n + 1:05d}"


class FollowUpHouse:
    """The house, its exchange and its customers, who all take up at once and accept."""

    def __init__(self, place: Place) -> None:
        place.flows.mkdir()
        for name, text in (("hotline", HOTLINE), ("main", MAIN), ("ask", ASK)):
            (place.flows / f"{name}.yaml").write_text(text, encoding="utf-8")
        self.place, settings = place, place.settings()
        release = prepare(settings, place.clock())
        hotline = wire(settings, clock=place.clock)
        self.ports, store = hotline.ports, hotline.ports.store
        any_store: Any = store
        any_store.clock = place.clock
        store.set_switch(SWITCH, on=True)
        store.set_switch(SANDBOX, on=True)  # all its customers are invented
        self.line = WsgiLine(create_app(hotline=hotline))
        account = Account(
            sid="AC" + "0" * 32, token="a token", keys={"SK" + "0" * 32: "a secret"},
            numbers=numbers_of(self.ports.release(release)),
        )  # fmt: skip
        self.exchange = Exchange(
            account=account, clock=place.clock, a_second=1000.0, faults=FAULTS,
            hotlines=(f"{settings.public_url}{HOTLINE_PATH}",),
        )  # fmt: skip
        self.troubles: list[str] = []
        self._over = threading.Event()

    def fill(self, count: int) -> None:
        """So many complaints that were decided and told the day before, one a second; their customers are to be phoned
        since half past nine."""
        hashes, began = hasher(self.ports), self.place.clock.at
        due = began.replace(hour=1, minute=30)
        table: dict[Any, list[dict[str, Any]]] = {cases: [], case_events: [], follow_ups: []}
        for n in range(count):
            number, phone, at = (n + 1) * 16, number_of(n), began - timedelta(days=1) + timedelta(seconds=n)
            rows = _told(number, phone, at)
            table[cases].append(rows[0]._asdict())
            table[case_events] += [event._asdict() for event in rows[1]]
            made = FollowUpRow(
                follow_up=f"{number}-1", number=number, survey=None, flow="ask", to=phone, to_key=hashes(phone)[0],
                language="en-US", state="waiting", reason=None, made_at=stamp(at), due_at=stamp(due), version=1,
                simulated=False,
            )  # fmt: skip
            table[follow_ups].append(made._asdict())
        with closing(engine(self.place.url).connect()) as connection, connection.begin():
            for each, rows_of in table.items():
                connection.execute(each.insert(), rows_of)

    def block(self, number: str) -> None:
        """A lead blocks a number."""
        block(self.ports, number, "li")

    @contextmanager
    def open(self) -> Iterator[None]:
        """The exchange listens at the port of the place, and the customers sit by their telephones."""
        desk = Desk(self.exchange, self.line, TOKEN)
        server = ExchangeServer(self.exchange, desk, Delivery(self.line, TOKEN), self.place.port)
        server.start()
        threads = [threading.Thread(target=self._customers, args=(n,)) for n in range(TELEPHONES)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in threads:
                thread.join()
            server.close()

    def waiting(self) -> list[str]:
        """The numbers that are still to be phoned, or on the telephone."""
        asked = select(follow_ups.c.to).where(follow_ups.c.state.in_(("waiting", "dialling")))
        with engine(self.place.url).connect() as connection:
            return list(connection.execute(asked).scalars())

    def _customers(self, nth: int) -> None:
        """The telephones of every fourth customer."""
        while not self._over.is_set():
            ringing = self.exchange.wait_for_ringing(0.05)
            for call in ringing:
                if sum(call.to.encode()) % TELEPHONES == nth:
                    with suppress(CallOver):
                        self._accepts(call)
            if ringing:
                self._over.wait(0.005)

    def _accepts(self, call: PlacedCall) -> None:
        rings = RingingCall.of(self.exchange.answer(call.sid))
        phone = rings.telephone(Delivery(self.line, TOKEN))
        rings.take_up(phone, "human")
        if phone.waiting != "gather":
            self.troubles.append(f"{[said.text for said in phone.heard]} {phone.refused}")
            return
        phone.press("1")
        self.troubles += map(str, phone.refused)
        with suppress(CallOver):
            self.exchange.hang_up(call.sid)


def _told(number: int, phone: str, at: Any) -> tuple[Any, list[Any]]:
    """The rows of a complaint that a lead has decided and told of."""
    given = {"kind": "complaint", "clock": "cn-2020", "opened_at": stamp(at), "customer": phone, "simulated": "no"}
    staff, case, events = By("li", "lead"), None, []
    decided = {"outcome": "upheld", "reasons": "r", "answer": "We pay."}
    moves = (
        (Move("opened", given, None, None, "en-US"), By("caller", "caller")), (Move("taken", {}), staff),
        (Move("decided", decided), staff), (Move("told", {"how": "phone"}, follow_up=True), staff),
    )  # fmt: skip
    for wanted, by in moves:
        made = move(case, wanted, by, at)
        assert not isinstance(made, Refused), made
        case = fold(case, made)
        events.append(event_row(number, made))
    assert case is not None
    return case_row(number, case), events
