"""A block of random calls, on a database of its own: led, repeated, and judged."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from ivr.app.database import prepare_database
from ivr.app.preparing import store_draft
from ivr.carrier.arrivals import some_moment, some_number
from ivr.carrier.caller_actions import CallerAction, HangUp, perform, shown
from ivr.carrier.callers import RandomCaller
from ivr.carrier.ledger import Broken
from ivr.carrier.phone_call import PhoneCall, WrongAction
from ivr.carrier.repeats import Repeats
from ivr.cli.in_process import Switchboard, a_second_a_turn
from ivr.config import Settings
from ivr.flow.model import Release
from ivr.flow.release import Files
from ivr.lint.findings import compiled
from ivr.simulate.audit.audit import Audit, audit, leaked
from ivr.storage.audit_rows import AuditRows
from ivr.storage.schema import engine

BLOCK = 50
"""Calls to a database. The calls of a run do not depend on how many jobs share them."""
UNLISTED = "+862155500001"
"""A number that a hotline is not likely to list: its default flow is entered."""

EARLY_END = 0.3


@dataclass(frozen=True, slots=True)
class Setting:
    """What all calls of a run share: the flows, where callers enter them, and a database to copy."""

    files: Files
    release: str
    flow: str
    template: Path
    seed: int

    @classmethod
    def made(cls, files: Files, flow: str, seed: int, folder: Path) -> Setting:
        """With a fresh database in a folder."""
        path = folder / "template.db"
        settings = Settings(database_url=f"sqlite:///{path}")
        prepare_database(settings)
        release = store_draft(settings, files, datetime.now(UTC))
        return cls(files, release, flow, path, seed)


@dataclass(frozen=True, slots=True)
class Ring:
    """How a call of a run begins: all of it follows from the seed and the call's number. With `early_end` the news of
    its end overtakes its last message."""

    number: int
    at: datetime
    caller: str
    called: str
    call: str
    early_end: bool


@dataclass(slots=True)
class Led:
    """A call that was led and judged. `dialogue` is what was heard and done, a line each."""

    ring: Ring
    persona: str
    acts: tuple[CallerAction, ...]
    audit: Audit
    dialogue: list[str] = field(default_factory=list)


def ring_of(setting: Setting, release: Release, number: int) -> Ring:
    """The beginning of a call."""
    chance = Random(f"{setting.seed}/{number}/ring")  # noqa: S311 - chance, not secrecy
    call = "CA" + sha256(f"{setting.seed}/{number}".encode()).hexdigest()[:32]
    listed = [*release.numbers]
    called = chance.choice(listed) if listed and chance.random() < 0.95 else UNLISTED
    at, caller = some_moment(chance, ZoneInfo(release.time_zone)), some_number(chance)
    return Ring(number, at, caller, called, call, early_end=chance.random() < EARLY_END)


def lead(phone: PhoneCall, seed: int, number: int) -> RandomCaller:
    """Lead the call of a run as its caller does; the network repeats some of it."""
    caller = RandomCaller(f"{seed}/{number}")
    repeats = Repeats(phone.delivery, f"{seed}/{number}/repeats")
    caller.play(phone, after=repeats.after_act)
    repeats.after_call()
    return caller


def run_block(setting: Setting, numbers: Sequence[int], folder: Path) -> list[Led]:
    """Lead these calls, one after another."""
    release = compiled(setting.files)
    with Bench(setting, release, folder / f"{numbers[0]}.db") as bench:
        found = [bench.random(number) for number in numbers]
        bench.check_sensitive(found)
    return found


def check_sensitive(calls: Sequence[Led], rows: AuditRows, log: Sequence[str]) -> None:
    """I8, over all these calls together."""
    found = leaked({secret for call in calls for secret in call.audit.secrets}, rows, log)
    for call in calls:
        call.audit.broken += [found[secret] for secret in sorted(call.audit.secrets) if secret in found]


class Bench:
    """A hotline on a fresh database, and what is needed to judge the calls made on it."""

    def __init__(self, setting: Setting, release: Release, path: Path) -> None:
        self._setting, self._release, self._path = setting, release, path
        shutil.copy(setting.template, path)
        settings = Settings(database_url=f"sqlite:///{path}", sqlite_sync="OFF")
        self._board = Switchboard(settings, setting.release, entry=setting.flow, compiled=release)
        self._engine = engine(settings.database_url)
        self._rows = AuditRows(self._engine)
        self._log: list[str] = []

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()
        getattr(self._board.hotline.ports.store, "close", lambda: None)()
        for ending in ("", "-wal", "-shm"):
            Path(f"{self._path}{ending}").unlink(missing_ok=True)

    def random(self, number: int) -> Led:
        """A call of the run, as its caller leads it; the network repeats some of it."""
        ring = ring_of(self._setting, self._release, number)
        phone = self._phone(ring)
        with self._logged() as logged:
            caller = lead(phone, self._setting.seed, number)
        return Led(ring, caller.persona.name, caller.done, self._judge(phone, logged))

    def again(self, ring: Ring, acts: Sequence[CallerAction]) -> Led:
        """A call led by these acts; those the line does not wait for are left out. All of it is repeated."""
        phone = self._phone(ring)
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
        led = Led(ring, "", tuple(done), self._judge(phone, logged), dialogue)
        self.check_sensitive([led])
        return led

    def check_sensitive(self, calls: Sequence[Led]) -> None:
        """I8, over all these calls together."""
        check_sensitive(calls, self._rows, self._log)

    def _phone(self, ring: Ring) -> PhoneCall:
        phone = self._board.phone(at=a_second_a_turn(ring.at), caller=ring.caller, called=ring.called, call=ring.call)
        phone.early_end = ring.early_end
        return phone

    def _judge(self, phone: PhoneCall, logged: list[logging.LogRecord]) -> Audit:
        found = audit(phone, self._rows, self._board.hotline.ports)
        for record in logged:
            if record.levelno >= logging.ERROR:
                why = f": {record.exc_info[1]!r}" if record.exc_info and record.exc_info[1] else ""
                found.broken.append(Broken("I5", f"the log says: {record.getMessage()}{why}"))
        return found

    @contextmanager
    def _logged(self) -> Iterator[list[logging.LogRecord]]:
        """What is logged while a call is led: kept here instead of being printed."""
        records: list[logging.LogRecord] = []
        handler = _Keeping(records)
        logger = logging.getLogger("ivr")
        logger.addHandler(handler)
        try:
            yield records
        finally:
            logger.removeHandler(handler)
            self._log += [f"{record.getMessage()} {record.exc_text or ''}" for record in records]


class _Keeping(logging.Handler):
    def __init__(self, records: list[logging.LogRecord]) -> None:
        super().__init__()
        self._records = records
        self.setFormatter(logging.Formatter())

    def emit(self, record: logging.LogRecord) -> None:
        self.format(record)  # writes out the exception, as a log file would
        self._records.append(record)
