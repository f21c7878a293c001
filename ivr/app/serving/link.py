"""The link between the parent of `ivr serve` and one of its processes: a pair of sockets.

The process says that it is ready and, each second, that it is well. Either learns at once that the other has ended,
however it ended: the kernel closes its side. What the process prints until it is ready goes to its parent
(`first_words`); from then on it has the parent's stderr, which waits in the link.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from ivr.app.serving.first_words import STDERR, real_stderr

READY, WELL = b"r", b"."
WELL_SECONDS = 1.0
"""How often a process says that it is well."""


class Link:
    """A process's side of the link."""

    def __init__(self, fd: int) -> None:
        self._socket = socket.socket(fileno=fd)
        self._stderr = real_stderr(self._socket)
        self._said = float("-inf")
        self._is_ready = threading.Event()
        threading.Thread(target=self._start, daemon=True, name="starting").start()

    def ready(self) -> None:
        """Say that the process does what it is for. Until then a thread says that it is well; from now on it must."""
        if self._stderr is not None:
            os.dup2(self._stderr, STDERR)
            os.close(self._stderr)
            self._stderr = None
        self._is_ready.set()
        self._say(READY)

    def _start(self) -> None:
        while not self._is_ready.wait(WELL_SECONDS / 2):
            self.well()

    def well(self) -> None:
        """Say that the process is well; as often as one likes, it is sent once a second."""
        now = time.monotonic()
        if now - self._said >= WELL_SECONDS:
            self._said = now
            self._say(WELL)

    def when_parent_ends(self, do: Callable[[], None]) -> None:
        """Have something done, in a thread of its own, once the parent has ended."""
        threading.Thread(target=self._wait, args=(do,), daemon=True, name="parent").start()

    def _wait(self, do: Callable[[], None]) -> None:
        with suppress(OSError):
            while self._socket.recv(64):
                pass
        do()

    def _say(self, what: bytes) -> None:
        with suppress(OSError):  # a parent that has ended, or one that does not read: the reader's thread knows
            self._socket.send(what, socket.MSG_DONTWAIT)


def linked(parent_fd: int) -> tuple[Link, threading.Event]:
    """The link of a process that goes on until an event is set: by SIGTERM, or when the parent has ended. SIGINT and
    SIGHUP of the terminal are for the parent, which tells its processes what to do."""
    stop, link = threading.Event(), Link(parent_fd)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    link.when_parent_ends(stop.set)
    return link, stop
