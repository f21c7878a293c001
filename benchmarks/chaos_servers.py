"""Several `ivr serve` on one database, each killed as a machine dies: main process and workers at once, with -9."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

LIBFAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
"""Debian's package `libfaketime`: it shows a process another time, the production code knows nothing of it."""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clock_off_by(seconds: int) -> Mapping[str, str]:
    """What must stand in the environment of a process whose clock is wrong by so many seconds."""
    if not seconds:
        return {}
    return {"LD_PRELOAD": str(LIBFAKETIME), "FAKETIME": f"{seconds:+d}", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


class Server:
    """One `ivr serve` in a process group of its own. It is started again whenever it ends by itself."""

    def __init__(self, environ: Mapping[str, str], workers: int, log: Path) -> None:
        self.port, self.log = free_port(), log
        self._environ = {**environ, "IVR_PORT": str(self.port)}
        self._command = [str(Path(sys.executable).parent / "ivr"), "serve", "--workers", str(workers)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it listens some seconds later."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, env=self._environ, stdout=log, stderr=log, start_new_session=True
            )

    def end(self, how: signal.Signals) -> None:
        """End the whole group and wait for its main process."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def died(self) -> bool:
        """Whether it ended although nobody ended it, such as when the database was away as it started."""
        return self._process is not None and self._process.poll() is not None

    def listens(self) -> bool:
        """Whether it takes connections."""
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True


class Servers:
    """All of them, and who looks after them: what ends by itself is started again, as a service manager does."""

    def __init__(self, environs: Sequence[Mapping[str, str]], workers: int, folder: Path) -> None:
        self.all = [Server(environ, workers, folder / f"server-{n}.log") for n, environ in enumerate(environs)]
        self.kills = 0
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._manager = threading.Thread(target=self._look_after, daemon=True)

    def start(self) -> None:
        """Start the first, which makes the database; then the others."""
        for server in self.all:
            server.start()
            wait_until(server.listens, 60)
        self._manager.start()

    def kill(self, victims: Sequence[Server]) -> None:
        """Kill them at the same moment and start them again at once."""
        with self._lock:
            for server in victims:
                server.end(signal.SIGKILL)
            for server in victims:
                server.start()
            self.kills += len(victims)

    def stop(self) -> None:
        """Let them finish what they do, and end."""
        self._over.set()
        with self._lock:
            for server in self.all:
                server.end(signal.SIGTERM)

    def tracebacks(self) -> list[str]:
        """The last line of each traceback in their logs."""
        found: list[str] = []
        for server in self.all:
            inside = False
            for line in server.log.read_text(errors="replace").splitlines():
                if line.startswith("Traceback "):
                    inside = True
                elif inside and line and not line.startswith(" "):
                    found.append(line)
                    inside = False
        return found

    def _look_after(self) -> None:
        while not self._over.wait(0.2):
            with self._lock:
                for server in self.all:
                    if server.died() and not self._over.is_set():
                        server.start()


def wait_until(true: Callable[[], bool], seconds: float) -> None:
    """Wait until a question is answered with yes. `SystemExit` where it takes too long."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            raise SystemExit(f"waited {seconds:.0f} s in vain; the servers' logs say why")
        time.sleep(0.05)
