"""Several `ivr serve` on one database, each killed as a machine dies: main process and workers at once, with -9."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from ivr import errors

OWN_ERRORS = "ivr.errors."
CHAINED = ("The above exception was", "During handling of the above")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clock_off_by(seconds: int) -> Mapping[str, str]:
    """What stands in the environment of a process whose clock is wrong by so many seconds."""
    if not seconds:
        return {}
    return {"PYTHONPATH": str(Path(__file__).parent / "wrong_clock"), "CHAOS_CLOCK_OFF": str(seconds)}


class Server:
    """One `ivr serve` in a process group of its own. It is started again whenever it ends by itself."""

    def __init__(self, environ: Mapping[str, str], workers: int, log: Path) -> None:
        self.port, self.log = free_port(), log
        self._environ = {**environ, "IVR_PORT": str(self.port)}
        self._command = [str(Path(sys.executable).parent / "ivr"), "serve", "--no-console", "--workers", str(workers)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it listens some seconds later."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, env=self._environ, stdout=log, stderr=log, start_new_session=True
            )

    def signal(self, how: signal.Signals) -> None:
        """Send a signal to the whole group."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, how)

    def wait(self) -> None:
        """Wait until the main process has ended."""
        process, self._process = self._process, None
        if process is None:
            return
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
        """Start them and wait until all listen."""
        for server in self.all:
            server.start()
        for server in self.all:
            wait_until(server.listens, 60)
        self._manager.start()

    def kill(self, victims: Sequence[Server]) -> None:
        """Kill them at the same moment and start them again at once."""
        with self._lock:
            end(victims, signal.SIGKILL)
            for server in victims:
                server.start()
            self.kills += len(victims)

    def stop(self) -> None:
        """Let them finish what they do, and end."""
        self._over.set()
        with self._lock:
            end(self.all, signal.SIGTERM)

    def tracebacks(self) -> list[str]:
        """What no server expected: the last line of each traceback in their logs, but for the engine's own errors."""
        found = [line for server in self.all for line in raised(server.log.read_text(errors="replace"))]
        return [line for line in found if not line.startswith(OWN_ERRORS)]

    def _look_after(self) -> None:
        while not self._over.wait(0.2):
            with self._lock:
                for server in self.all:
                    if server.died() and not self._over.is_set():
                        server.start()


def end(servers: Sequence[Server], how: signal.Signals) -> None:
    """End servers at the same moment, and wait for all."""
    for server in servers:
        server.signal(how)
    for server in servers:
        server.wait()


def raised(log: str) -> Iterator[str]:
    """By traceback in a log what was raised; of a chain only what it ended with. A server logs an error as one line of
    JSON; a bare traceback comes from a process that failed before it had a log."""
    last, inside = "", False
    for line in log.splitlines():
        if line.startswith("{"):
            yield from logged_error(line)
        elif line.startswith(CHAINED):
            last = ""
        elif not line or line[0].isspace():
            continue  # the places, or the further lines of a message
        elif inside:
            inside, last = False, line
        else:
            if last:
                yield last
            last, inside = "", line.startswith("Traceback ")
    if last:
        yield last


def logged_error(line: str) -> Iterator[str]:
    """The error that an event of the log carries."""
    with contextlib.suppress(ValueError):
        event = json.loads(line)
        if "trace" in event:
            own = OWN_ERRORS if hasattr(errors, event["error"]) else ""
            yield f"{own}{event['error']}: {event['event']} ({event['trace']})"
        elif event.get("level") == "critical":
            yield str(event["event"])


def wait_until(true: Callable[[], bool], seconds: float) -> None:
    """Wait until a question is answered with yes. `SystemExit` where it takes too long."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            raise SystemExit(f"waited {seconds:.0f} s in vain; the servers' logs say why")
        time.sleep(0.05)
