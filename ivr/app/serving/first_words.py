"""What a process says on stderr until it is ready. Its parent keeps it, and tells one line of it if the process ends.

Code that is broken dies in a traceback, before it has a log, and each try of each process would print another one.
"""

from __future__ import annotations

import json
import os
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

STDERR = 2
MOST_KEPT = 16_384
AT_ONCE = 65_536
MOST_READS = 16
"""How much is taken at one look: a process that never stops talking must not hold its parent up."""
MOST_TOLD = 300
_PLACE = re.compile(r'^ +File "(.+?)", line (\d+)', re.MULTILINE)


class FirstWords:
    """The parent's side: a pipe whose other end is the process's stderr."""

    def __init__(self, link: socket.socket) -> None:
        self._ours, self._theirs = os.pipe()
        os.set_blocking(self._ours, False)
        self._kept = b""
        with suppress(OSError):  # we have no stderr ourselves
            socket.send_fds(link, [b"e"], [STDERR])

    @contextmanager
    def given(self) -> Iterator[int]:
        """The process's end, which is not needed here once the process has started."""
        try:
            yield self._theirs
        finally:
            os.close(self._theirs)

    def hear(self) -> None:
        """Take what was said, so that the process need not wait; the last of it is kept."""
        with suppress(BlockingIOError):  # nothing more now
            for _ in range(MOST_READS if self._ours >= 0 else 0):
                self._kept = (self._kept + os.read(self._ours, AT_ONCE))[-MOST_KEPT:]

    def pass_on(self) -> None:
        """Say it all: the process is ready. In a thread, for nobody may be reading what we say."""
        self.close()
        if self._kept:
            threading.Thread(target=_say, args=(self._kept,), daemon=True, name="first words").start()
        self._kept = b""

    def reason(self) -> str:
        """In one line, why the process ended; empty where it has said nothing."""
        self.close()
        return reason_of(self._kept.decode("utf-8", "replace"))

    def close(self) -> None:
        """Take what is left, and close this end."""
        self.hear()
        if self._ours >= 0:
            os.close(self._ours)
            self._ours = -1


def _say(words: bytes) -> None:
    with suppress(OSError):
        os.write(STDERR, words)


def real_stderr(link: socket.socket) -> int | None:
    """The process's side: the stderr of its parent, which waits in the link; None where no parent has sent one."""
    with suppress(OSError):
        _, found, _, _ = socket.recv_fds(link, 1, 1, socket.MSG_DONTWAIT)
        return found[0] if found else None
    return None


def reason_of(said: str) -> str:
    """The error of the last traceback and where it was raised; else the last line, of JSON what the log tells in it."""
    _, traced, last = said.rpartition("Traceback (most recent call last):\n")
    lines = [line for line in last.splitlines() if line.strip()]
    if not lines:
        return ""
    if not traced:
        return _cut(_logged(lines[-1]) or lines[-1].removeprefix("ivr: "))
    error = next((line for line in lines if not line.startswith(" ")), lines[-1])
    places = _PLACE.findall(last)
    where = f" ({'/'.join(places[-1][0].split('/')[-3:])}:{places[-1][1]})" if places else ""
    return _cut(error) + where


def _logged(line: str) -> str:
    """The error of a line of our log and where it was raised, else its event; empty where it is no such line."""
    try:
        fields = json.loads(line)
        return " < ".join(fields["trace"].split(" < ")[:2]) if "trace" in fields else str(fields["event"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return ""


def _cut(text: str) -> str:
    return text.strip() if len(text) <= MOST_TOLD else f"{text[:MOST_TOLD]} ..."
