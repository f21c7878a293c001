"""Random callers on the balanced line, and somebody who looks which of their calls the servers would sweep."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Protocol

from chaos_balancer import BalancedLine, Balancer
from chaos_hang_up import CallerGone, HangingUpLine
from chaos_ledger import CallLedger

from ivr.carrier.arrivals import some_number
from ivr.carrier.callers import RandomCaller
from ivr.carrier.delivery import Delivery
from ivr.carrier.ledger import Broken
from ivr.carrier.phone_call import PhoneCall, PhoneNumberSetup
from ivr.carrier.repeats import Repeats
from ivr.errors import StoreUnavailable

PUBLIC_URL = "https://hotline.example.com"
TOKEN = "an-invented-token"
RETRIES = ("", "#rc=1&rp=ct,rt", "#rc=2&rp=all")
"""What a number's URLs may say of retries: nothing, so that the fallback is asked; or what operators are told to."""
THINKS = 0.1
"""The longest a caller thinks, in seconds."""
LOOK_EVERY = 0.25


@dataclass(slots=True)
class Callers:
    """People who phone one after another until `until` (monotonic); each call has a ledger of its own."""

    balancer: Balancer
    lines: tuple[str, ...]
    seed: int
    until: float
    ledgers: list[CallLedger] = field(default_factory=list)
    on_the_line: set[str] = field(default_factory=set)
    failed: list[BaseException] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def phone(self, people: int) -> None:
        """So many at the same time; returns when the last has hung up."""
        threads = [threading.Thread(target=self._phone_again_and_again, daemon=True) for _ in range(people)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.failed:
            raise self.failed[0]

    def _phone_again_and_again(self) -> None:
        try:
            while time.monotonic() < self.until:
                self._call(next(self._numbers))
        except BaseException as failed:
            self.failed.append(failed)
            raise

    def _call(self, number: int) -> None:
        chance = Random(f"{self.seed}/{number}/ring")
        ledger = CallLedger(f"CA{chance.getrandbits(128):032x}")
        self.ledgers.append(ledger)
        setup = PhoneNumberSetup(
            voice=f"{PUBLIC_URL}/voice{chance.choice(RETRIES)}",
            status=f"{PUBLIC_URL}/voice/status{chance.choice(RETRIES)}",
            fallback=f"{PUBLIC_URL}/voice/fallback{chance.choice(RETRIES)}",
        )
        line = BalancedLine(self.balancer, ledger, f"{self.seed}/{number}/line")
        notices = Delivery(BalancedLine(self.balancer, ledger, f"{self.seed}/{number}/notices"), TOKEN)
        phone = PhoneCall(
            delivery=Delivery(HangingUpLine(line, notices, chance), TOKEN),
            number=setup,
            caller=some_number(chance),
            called=chance.choice(self.lines),
            call=ledger.call,
            pause=time.sleep,
            early_end=chance.random() < 0.3,
        )
        repeats = Repeats(phone.delivery, f"{self.seed}/{number}/repeats")
        caller = RandomCaller(f"{self.seed}/{number}")
        self.on_the_line.add(ledger.call)
        with contextlib.suppress(CallerGone):
            caller.play(phone, wait=lambda _: time.sleep(chance.uniform(0, THINKS)), after=repeats.after_act)
        self.on_the_line.discard(ledger.call)
        with contextlib.suppress(CallerGone):
            repeats.after_call()


class SweptCalls(Protocol):
    """Where the watcher looks."""

    def swept_or_overdue(self) -> set[str]:
        """The calls a sweep has ended, and those the next one would. `StoreUnavailable` where it cannot be read."""


class Watcher:
    """Looks again and again whether a sweep has ended a call that goes on, or would by the store's clock."""

    def __init__(self, record: SweptCalls, callers: Callers) -> None:
        self._record, self._callers = record, callers
        self._over = threading.Event()
        self.broken: list[tuple[str, Broken]] = []
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Watcher:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def look(self) -> None:
        """Note what a sweep ends under a caller. A call that ended during the look is none of these."""
        on_the_line = set(self._callers.on_the_line)
        found = on_the_line & self._record.swept_or_overdue() & self._callers.on_the_line
        self.broken += [(call, Broken("early", "it was swept, or would be")) for call in sorted(found)]

    def _watch(self) -> None:
        while not self._over.wait(LOOK_EVERY):
            with contextlib.suppress(StoreUnavailable):  # the database is down just now
                self.look()
