"""The worker: in `ivr serve` by default, or a process of its own, on any machine that reaches the database."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from ivr.app.outgoing import dialling_of, rounds_of
from ivr.app.wiring import system_clock, wire
from ivr.config import Settings
from ivr.errors import IvrError
from ivr.messages.message import Message
from ivr.service.calls.sweep import SWEEP
from ivr.service.cases.move_once import FORGET_ANSWERS
from ivr.service.cases.warn import WARN
from ivr.service.outgoing.dialler_port import Dialler
from ivr.service.work import Worker
from ivr.storage.opening import open_store

log = logging.getLogger("ivr.work")
KINDS = {kind.name: kind for kind in (SWEEP, WARN, FORGET_ANSWERS)}
BUSY_SECONDS, IDLE_SECONDS = 1.0, 10.0
"""How long until it looks again: after a look that found something, and after a minute of looks that found nothing."""
IDLE_AFTER = 60
KEEP_SECONDS = 60
"""How often it sees that work which is repeated is due in time."""


def worker_of(
    settings: Settings,
    complain: Callable[[str], None],
    clock: Callable[[], datetime] | None = None,
    dialler: Dialler | None = None,
) -> Worker:
    """A worker on the database of the settings. Its name says where it runs. `clock` stands for the machine's and the
    database's; at its time nobody is phoned but by this `dialler`."""
    ports = wire(settings, clock=clock or system_clock).ports
    if clock is not None:
        ports = replace(ports, store=open_store(settings, clock, for_deadlines=True))
    name = f"{socket.gethostname()[:80]}:{os.getpid()}:{secrets.token_hex(4)}"
    rounds = [rounds_of(dialling_of(settings, ports, dialler))] if clock is None or dialler else []
    return Worker(ports, KINDS, name, complain, rounds)


def work_for_ever(
    worker: Worker, complain: Callable[[str], None], stop: threading.Event, well: Callable[[], None] = lambda: None
) -> None:
    """Do what is due until told to stop, whatever comes: a worker that died would look like one with nothing to do.
    `well` is called each second that nothing is done, and after each look."""
    idle, looked = 0, float("-inf")

    def go_on() -> bool:
        well()
        return not stop.is_set()

    while not stop.is_set():
        try:
            if time.monotonic() - looked >= KEEP_SECONDS:
                worker.keep_repeated()
                looked = time.monotonic()
            idle = 0 if worker.all_due(go_on) else idle + 1
        except IvrError as failed:
            complain(Message("command.failed", why=failed.message))
            idle = IDLE_AFTER
        except Exception:
            log.exception("the worker goes on after an error")
            idle = IDLE_AFTER
        until = time.monotonic() + (BUSY_SECONDS if idle < IDLE_AFTER else IDLE_SECONDS)
        while not stop.is_set() and (left := until - time.monotonic()) > 0:
            well()
            stop.wait(min(left, 1.0))
