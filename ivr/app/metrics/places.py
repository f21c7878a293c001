"""Where processes count: numbered places in a folder, each with its files, taken by one process at a time.

The library keeps a process's counts in files named after it. Named after the process id they would grow with every
worker that is replaced, and nobody could delete one without counts going backwards (prometheus/client_python 275, 566).
So a file is named after its place. A place is locked; the kernel gives the lock back however a process ends; and
whoever takes the place next goes on counting where it ended. So there are as many files as ever processes at once, and
counts outlive a restart.
"""

from __future__ import annotations

import fcntl
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from ivr.errors import IvrError
from ivr.messages.message import Message

LAYOUT = 1
"""Changes with the names of the figures: what an older version has counted under others must not be shown for ever."""
FILES = ("counter", "histogram")
SIZE = 256 * 1024
"""Bytes of a file, from its beginning: one that grows into a full disk would end the process that answers calls."""
LOCK_SECONDS = 1.0
MEMORY = "/dev/shm"  # noqa: S108 - a folder in it is made ours alone, or not used
VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


class NoPlace(IvrError):
    """Nothing can be counted in this process; calls are answered all the same."""


def folder_of(port: int) -> Path:
    """The folder of all processes with this metrics port: in memory where there is such a place. The library's own
    variable names another one. `NoPlace` where it cannot be made, or is not ours alone."""
    named = os.environ.get(VARIABLE)
    usual = MEMORY if os.access(MEMORY, os.W_OK) else tempfile.gettempdir()
    folder = Path(named or f"{usual}/ivr-metrics-{os.getuid()}-{port}-{LAYOUT}")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError as failed:
        raise NoPlace(Message("app.metrics.unusable", folder=str(folder), why=failed.strerror)) from failed
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or (found.st_mode & 0o022):
        raise NoPlace(Message("app.metrics.not-ours", folder=str(folder)))
    return folder


class Places:
    """The places of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: int | None = None
        self._owner = self._number = -1

    def mine(self) -> int:
        """The number of this process's place, taken at the first asking; a process that was forked takes its own."""
        if self._owner != os.getpid():
            if self._held is not None:
                os.close(self._held)
            self._held, self._number = self._take()
            self._owner = os.getpid()
        return self._number

    def taken(self) -> int:
        """How many processes count now."""
        free = 0
        with self._alone():
            locks = list(self._folder.glob("place_*.lock"))
            for path in locks:
                descriptor = os.open(path, os.O_RDWR)
                free += _locked(descriptor)
                os.close(descriptor)
        return len(locks) - free

    def _take(self) -> tuple[int, int]:
        with self._alone():
            for number in count():
                descriptor = os.open(self._folder / f"place_{number}.lock", os.O_RDWR | os.O_CREAT, 0o600)
                if _locked(descriptor):
                    os.ftruncate(descriptor, 0)
                    os.write(descriptor, f"{os.getpid()}\n".encode())  # for whoever looks into the folder
                    self._make_files(number)
                    return descriptor, number
                os.close(descriptor)
        raise AssertionError

    def _make_files(self, number: int) -> None:
        for kind in FILES:
            path = self._folder / f"{kind}_{number}.db"
            if path.exists() and not can_be_read(path):
                path.unlink()  # the machine stopped while it was made
            with path.open("ab") as file:
                if os.fstat(file.fileno()).st_size < SIZE:
                    os.posix_fallocate(file.fileno(), 0, SIZE)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time looks which places are taken; one that hangs meanwhile does not hold up the others."""
        descriptor = os.open(self._folder / "places.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            until = time.monotonic() + LOCK_SECONDS
            while not _locked(descriptor) and time.monotonic() < until:
                time.sleep(0.01)
            yield
        finally:
            os.close(descriptor)


def can_be_read(path: Path) -> bool:
    """Whether the library can make sense of a file."""
    from prometheus_client.mmap_dict import MmapedDict

    try:
        return all(key for key, *_ in MmapedDict.read_all_values_from_file(str(path)))  # type: ignore[no-untyped-call]
    except Exception:
        return False


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
