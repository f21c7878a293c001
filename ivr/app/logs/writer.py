"""The log on its way out: lines are made where things happen and written by a thread of their own.

Whoever reads our stderr may stop reading. A caller does not wait for that: lines that cannot be written are counted and
left out.
"""

from __future__ import annotations

import logging
import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from queue import Empty, SimpleQueue
from typing import Any

from ivr.app.logs.flood import Flood
from ivr.app.logs.line import LONGEST_LINE, Form, line_of

MOST_A_MINUTE = 30
"""Lines of one kind, in each process. Lines of requests that were answered are not limited."""
MOST_WAITING = 2000
LOOK_SECONDS = 1.0
GATHER_SECONDS = 0.05
"""Lines of answered requests wait so long for others: to wake the thread costs more than to make a line."""
LAST_SECONDS = 1.0
"""How long a process that ends waits for its last lines."""
LEFT_OUT = "more of these were left out in the last minute: %s"
_VALUE = re.compile(r"%(?:\([^)]*\))?[-#0 +]*[\d*]*(?:\.[\d*]+)?[a-zA-Z%]")
"""A value in a format of `logging`, or a doubled %."""


def named(name: str, form: str) -> str:
    """A kind of line in words: who logs it, and its sentence with `...` for what differs from line to line."""
    words = _VALUE.sub(lambda found: "%" if found[0] == "%%" else "...", form)
    return ": ".join(filter(None, (name, "" if words == "..." else words)))


class Lines(logging.Handler):
    """Writes each event as one line to a file descriptor."""

    def __init__(self, form: Form, descriptor: int = 2, most: int = MOST_A_MINUTE) -> None:
        super().__init__()
        self._form, self._descriptor, self._most = form, descriptor, most
        self._lost = 0
        self._begin()

    def _begin(self) -> None:
        """The thread starts with the first line: a process that was forked has none of its parent's."""
        self._flood, self._waiting = Flood(self._most), SimpleQueue[bytes | threading.Event]()
        self._owner, self._urgent = os.getpid(), threading.Event()
        self._thread: threading.Thread | None = None
        self._starting, self._torn = threading.Lock(), False

    def createLock(self) -> None:  # noqa: N802 - the library's name
        """None: the queue is safe, and no thread may wait for another one's line."""
        self.lock = None

    def handle(self, record: logging.LogRecord) -> bool:
        """As the library does it, without its lock: from Python 3.13 on it takes one without asking for it."""
        kept: Any = self.filter(record)  # from Python 3.12 on a filter may give another record
        if kept:
            self.emit(kept if isinstance(kept, logging.LogRecord) else record)
        return bool(kept)

    def emit(self, record: logging.LogRecord) -> None:
        """Take an event in. It never raises and never waits."""
        try:
            if self._owner != os.getpid():
                self._begin()
            limited = record.levelno >= logging.WARNING
            if limited and not self._flood.lets((record.name, str(record.msg), getattr(record, "kind", ""))):
                return
            self._put(line_of(record, self._form), at_once=limited)
        except Exception:
            self._lost += 1  # a log that fails is told with the next line that can be written

    def _put(self, line: bytes, *, at_once: bool) -> None:
        if self._waiting.qsize() >= MOST_WAITING:
            self._lost += 1
            return
        self._waiting.put(line)
        if at_once:
            self._urgent.set()
        if self._thread is None and self._starting.acquire(blocking=False):
            try:
                self._start()
            finally:
                self._starting.release()

    def _start(self) -> None:
        """Where no thread can be had now, the lines wait and the next one tries again."""
        if self._thread is None:
            thread = threading.Thread(target=self._for_ever, daemon=True, name="log")
            with suppress(RuntimeError):
                thread.start()
                self._thread = thread

    def _for_ever(self) -> None:
        while True:
            with suppress(Empty):
                first = self._waiting.get(timeout=LOOK_SECONDS)
                self._urgent.wait(GATHER_SECONDS)
                self._urgent.clear()
                self._write_all(first)
            self._tell_left_out()

    def _write_all(self, first: bytes | threading.Event) -> None:
        """What waits, as many whole lines at once as a pipe takes whole."""
        together = b""
        for taken in chain([first], self._taken()):
            if isinstance(taken, threading.Event):
                self._write(together)
                together = b""
                taken.set()
                continue
            if len(together) + len(taken) > LONGEST_LINE:
                self._write(together)
                together = b""
            together += taken
        self._write(together)

    def _taken(self) -> Iterator[bytes | threading.Event]:
        with suppress(Empty):
            while True:
                yield self._waiting.get_nowait()

    def _tell_left_out(self) -> None:
        for kind, number in self._flood.left_out().items():
            name, message, reason = kind if isinstance(kind, tuple) else ("", "lines of many kinds", "")
            what = f"{name} {reason}" if reason else named(name, message)
            self._write(self._left_out(number, what))
        if self._lost and self._waiting.qsize() < MOST_WAITING // 2:
            lost, self._lost = self._lost, 0
            self._write(self._left_out(lost, "lines that nobody read in time"))

    def _left_out(self, number: int, what: str) -> bytes:
        record = logging.LogRecord("ivr.log", logging.WARNING, "", 0, LEFT_OUT, (what,), None)
        record.__dict__["fields"] = {"left_out": number}
        return line_of(record, self._form)

    def _write(self, lines: bytes) -> None:
        left = b"\n" + lines if self._torn and lines else lines
        try:
            while left:
                left = left[os.write(self._descriptor, left) :]
            self._torn = False
        except OSError:
            self._torn = self._torn or len(left) < len(lines)  # the disk took the beginning
            self._lost += left.count(b"\n")
            time.sleep(LOOK_SECONDS / 10)

    def flush(self) -> None:
        """Wait until all lines are written, but not for long."""
        if self._thread is not None and self._owner == os.getpid():
            written = threading.Event()
            self._waiting.put(written)
            self._urgent.set()
            written.wait(LAST_SECONDS)
