"""A child process that is killed at a statement, and a network whose memory outlives it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from outgoing_house import Network

from ivr.service.outgoing.dialler_port import FoundCall, Placing
from ivr.storage.postgres_connection import Connection


class LastingNetwork(Network):
    """Keeps its calls in a file, each before it answers."""

    def __init__(self, clock: Callable[[], datetime], file: Path) -> None:
        self.file = file
        file.touch()
        super().__init__(clock)

    def accept(self, placing: Placing) -> FoundCall:
        call = f"CA{os.urandom(16).hex()}"
        told = {"call": call, "to": placing.to, "at": self.clock().isoformat(), "url": placing.url}
        with self.file.open("a", encoding="utf-8") as kept:
            kept.write(json.dumps(told) + "\n")
        return _call(told)

    @property
    def calls(self) -> list[FoundCall]:
        return [_call(each) for each in self.log()]

    @calls.setter
    def calls(self, calls: list[FoundCall]) -> None:
        """They are in the file."""

    def log(self) -> list[dict[str, str]]:
        """All calls, in the order in which they were placed."""
        return [json.loads(line) for line in self.file.read_text(encoding="utf-8").splitlines()]


def _call(told: dict[str, str]) -> FoundCall:
    return FoundCall(
        call=told["call"], to=told["to"], from_number="+862155500000", status="ringing",
        created_at=datetime.fromisoformat(told["at"]),
    )  # fmt: skip


def in_child(work: Callable[[], object]) -> int:
    """Run it in a child process; the child's status. Nothing may be connected to the database."""
    child = os.fork()
    if not child:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child


def ended(child: int) -> int:
    """How a child ended: its exit code, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@contextmanager
def killed_at(statement: int) -> Iterator[None]:
    """Kill this process when it is about to run that statement, counted from 1."""
    counted = count(1)

    def look() -> None:
        if next(counted) == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    class Counting(sqlite3.Connection):
        def execute(self, *given: Any) -> sqlite3.Cursor:
            look()
            return super().execute(*given)

    connect, run, numbered = sqlite3.connect, Connection.run, Connection.run_numbered

    def counted_run(self: Connection, *given: Any) -> Any:
        look()
        return run(self, *given)

    def counted_numbered(self: Connection, *given: Any) -> None:
        look()
        numbered(self, *given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", lambda *given, **named: connect(*given, factory=Counting, **named))
        patch.setattr(Connection, "run", counted_run)
        patch.setattr(Connection, "run_numbered", counted_numbered)
        yield
