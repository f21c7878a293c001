"""The log on its way out: lines are made where things happen and written by a thread of their own.

Whoever reads our stderr may stop reading. A caller does not wait for that: lines that cannot be written are counted and
left out.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from contextlib import suppress
from queue import Empty, SimpleQueue

from ivr.app.logs.flood import Flood
from ivr.app.logs.line import Form, line_of

MOST_A_MINUTE = 30
"""Lines of one kind, in each process. Lines of requests that were answered are not limited."""
MOST_WAITING = 2000
LOOK_SECONDS = 1.0
LAST_SECONDS = 1.0
"""How long a process that ends waits for its last lines."""
LEFT_OUT = "more of these were left out in the last minute: %s"


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
        self._owner = os.getpid()
        self._thread: threading.Thread | None = None

    def createLock(self) -> None:  # noqa: N802 - the library's name
        """None: the queue is safe, and no thread may wait for another one's line."""
        self.lock = None

    def emit(self, record: logging.LogRecord) -> None:
        """Take an event in. It never raises and never waits."""
        try:
            if self._owner != os.getpid():
                self._begin()
            limited = record.levelno >= logging.WARNING
            if limited and not self._flood.lets((record.name, str(record.msg), getattr(record, "kind", ""))):
                return
            self._put(line_of(record, self._form))
        except Exception:
            self._lost += 1  # a log that fails is told with the next line that can be written

    def _put(self, line: bytes) -> None:
        if self._waiting.qsize() >= MOST_WAITING:
            self._lost += 1
            return
        self._waiting.put(line)
        if self._thread is None:
            self._thread = threading.Thread(target=self._for_ever, daemon=True, name="log")
            self._thread.start()

    def _for_ever(self) -> None:
        while True:
            with suppress(Empty):
                taken = self._waiting.get(timeout=LOOK_SECONDS)
                if isinstance(taken, threading.Event):
                    taken.set()
                else:
                    self._write(taken)
            self._tell_left_out()

    def _tell_left_out(self) -> None:
        for kind, number in self._flood.left_out().items():
            what = f"{kind[1]} {kind[2]}".strip() if isinstance(kind, tuple) else "lines of many kinds"
            self._write(self._left_out(number, what))
        if self._lost and self._waiting.qsize() < MOST_WAITING // 2:
            lost, self._lost = self._lost, 0
            self._write(self._left_out(lost, "lines that nobody read in time"))

    def _left_out(self, number: int, what: str) -> bytes:
        record = logging.LogRecord("ivr.log", logging.WARNING, "", 0, LEFT_OUT, (what,), None)
        record.__dict__["fields"] = {"left_out": number}
        return line_of(record, self._form)

    def _write(self, line: bytes) -> None:
        try:
            os.write(self._descriptor, line)
        except OSError:
            self._lost += 1
            time.sleep(LOOK_SECONDS / 10)

    def flush(self) -> None:
        """Wait until all lines are written, but not for long."""
        if self._thread is not None and self._owner == os.getpid():
            written = threading.Event()
            self._waiting.put(written)
            written.wait(LAST_SECONDS)
