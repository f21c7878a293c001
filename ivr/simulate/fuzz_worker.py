"""Random calls on a hotline with a fresh database: led, repeated by the provider, and judged."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from ivr.carrier.caller_actions import CallerAction, HangUp, perform, shown
from ivr.carrier.ledger import Broken
from ivr.carrier.phone_call import PhoneCall, WrongAction
from ivr.carrier.repeats import Repeats
from ivr.flow.model import Release
from ivr.messages.message import Message
from ivr.replay.scene import a_second_a_turn
from ivr.simulate.audit.audit import Audit, audit
from ivr.simulate.hotline_ports import FuzzHotlines, HotlineOnRecord
from ivr.simulate.random_calls import IncomingCall, RandomCallResult, check_sensitive, incoming_call, lead

BLOCK = 50
"""Calls to a database. The calls of a run do not depend on how many processes share them."""


@dataclass(frozen=True, slots=True)
class FuzzRun:
    """What all calls of a run share: its seed, the flow callers enter (empty: by the number dialled), its hotlines."""

    seed: int
    flow: str
    hotlines: FuzzHotlines


def blocks(calls: int) -> list[range]:
    """The numbers of the calls of a run, from 1, a database each."""
    return [range(first, min(first + BLOCK, calls + 1)) for first in range(1, calls + 1, BLOCK)]


def run_block(run: FuzzRun, numbers: Sequence[int]) -> list[RandomCallResult]:
    """Lead these calls one after another, on one database."""
    release = run.hotlines.release()
    with run.hotlines.opened(release, str(numbers[0])) as open_hotline:
        worker = FuzzWorker(run.seed, release, open_hotline)
        found = [worker.random(number) for number in numbers]
        worker.check_sensitive(found)
    return found


class FuzzWorker:
    """Leads calls on one hotline and judges them by its records."""

    def __init__(self, seed: int, release: Release, open_hotline: HotlineOnRecord) -> None:
        self._seed, self._release = seed, release
        self._hotline, self._records = open_hotline
        self._log: list[str] = []

    def random(self, number: int) -> RandomCallResult:
        """A call of the run, as its caller leads it; the provider repeats some of it."""
        incoming = incoming_call(self._seed, number, self._release)
        phone = self._phone(incoming)
        with self._logged() as logged:
            caller = lead(phone, self._seed, number)
        return RandomCallResult(incoming, caller.persona.name, caller.done, self._judge(phone, logged))

    def again(self, incoming: IncomingCall, acts: Sequence[CallerAction]) -> RandomCallResult:
        """A call with these acts, as far as they fit; every request is repeated, at once and late."""
        phone = self._phone(incoming)
        repeats = Repeats(phone.delivery, 0, always=True)
        done: list[CallerAction] = []
        dialogue: list[str] = []
        with self._logged() as logged:
            phone.dial()
            repeats.after_act()
            for act in (*acts, HangUp()):
                dialogue += [said.text for said in phone.heard]
                if phone.waiting == "ended":
                    break
                try:
                    perform(phone, act)
                except WrongAction:
                    continue
                done.append(act)
                dialogue.append(f"> {shown(act)}")
                repeats.after_act()
            repeats.after_call()
        result = RandomCallResult(incoming, "", tuple(done), self._judge(phone, logged), dialogue)
        self.check_sensitive([result])
        return result

    def check_sensitive(self, calls: Sequence[RandomCallResult]) -> None:
        """I8, over all these calls together."""
        check_sensitive(calls, self._records, self._log)

    def _phone(self, incoming: IncomingCall) -> PhoneCall:
        phone = self._hotline.phone(
            caller=incoming.caller, called=incoming.called, call=incoming.call, at=a_second_a_turn(incoming.at)
        )
        phone.early_end = incoming.early_end
        return phone

    def _judge(self, phone: PhoneCall, logged: Sequence[logging.LogRecord]) -> Audit:
        found = audit(phone, self._records, self._hotline.ports)
        for record in logged:
            if record.levelno >= logging.ERROR:
                why = f": {record.exc_info[1]!r}" if record.exc_info and record.exc_info[1] else ""
                found.broken.append(Broken("I5", Message("simulate.logged", line=f"{record.getMessage()}{why}")))
        return found

    @contextmanager
    def _logged(self) -> Iterator[list[logging.LogRecord]]:
        """What is logged during a call: kept here instead of being printed."""
        handler = _KeepingHandler()
        logger = logging.getLogger("ivr")
        logger.addHandler(handler)
        try:
            yield handler.records
        finally:
            logger.removeHandler(handler)
            self._log += [f"{record.getMessage()} {record.exc_text or ''}" for record in handler.records]


class _KeepingHandler(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []
        self.setFormatter(logging.Formatter())

    def emit(self, record: logging.LogRecord) -> None:
        self.format(record)  # writes out the exception, as a log file would
        self.records.append(record)
