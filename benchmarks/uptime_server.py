"""A real `ivr serve` on a port of its own, which can be hurt; on SQLite, with the shipped flows."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from chaos_servers import wait_until

FLOWS = str(Path(__file__).parent.parent / "flows")
TOKEN = "an-invented-token"
HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ["LISTEN_PID"] = str(os.getpid())
os.execv(sys.argv[2], sys.argv[2:])
"""
"""How a service manager hands a socket over: as the third file, to the process whose number it names."""


class Served:
    """One `ivr serve`. `held` is a listening socket that is handed to it."""

    def __init__(self, folder: Path, held: socket.socket, workers: int = 2) -> None:
        self.port = held.getsockname()[1]
        self.url, self.database, self.log = f"http://127.0.0.1:{self.port}", folder / "ivr.db", folder / "log.txt"
        self._held, self._workers = held, workers
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def environ(self) -> dict[str, str]:
        """What it runs with."""
        return {
            "PATH": os.environ["PATH"], "TWILIO_AUTH_TOKEN": TOKEN, "IVR_PORT": str(self.port), "IVR_FLOWS": FLOWS,
            "IVR_DATABASE_URL": f"sqlite:///{self.database}", "IVR_WORKERS": str(self._workers), "LISTEN_FDS": "1",
        }  # fmt: skip

    def start(self) -> float:
        """Start it and wait until it is ready; the seconds that took."""
        began = time.monotonic()
        command = [str(Path(sys.executable).parent / "ivr"), "serve", "--no-console"]
        file = self._held.fileno()
        command = [sys.executable, "-c", HAND_OVER, str(file), *command]
        at = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=self.environ, stdout=log, stderr=log, pass_fds=(file,))
        wait_until(lambda: b"ready http" in self.log.read_bytes()[at:] or self.ended(), 60)
        if self.ended():
            raise SystemExit(f"ivr serve ended at once: {self.log.read_text()}")
        return time.monotonic() - began

    def ended(self) -> bool:
        """Whether the main process has ended."""
        return self.process is not None and self.process.poll() is not None

    def voice(self) -> list[psutil.Process]:
        """The processes that take calls."""
        assert self.process is not None
        try:
            children = psutil.Process(self.process.pid).children()
        except psutil.NoSuchProcess:
            return []
        return [child for child in children if _is_voice(child)]

    def send(self, how: signal.Signals) -> None:
        """A signal to the main process."""
        assert self.process is not None
        self.process.send_signal(how)

    def stop(self) -> None:
        """SIGTERM, and wait."""
        if self.process is not None and not self.ended():
            self.send(signal.SIGTERM)
            self.process.wait(60)

    def seconds_to_answer(self, path: str) -> float:
        """How long a health route takes; 60 where it does not answer with 200 or 503."""
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            return time.monotonic() - began if answer.status in (200, 503) else 60.0
        except (OSError, http.client.HTTPException):
            return 60.0
        finally:
            connection.close()


def _is_voice(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return any("voice_process" in word for word in process.cmdline()) and process.status() != "zombie"
    return False


@contextlib.contextmanager
def served(folder: Path, workers: int = 2) -> Iterator[Served]:
    """Ready when the body is entered. Its socket is held here, as a service manager does, so that it can be restarted
    by stopping and starting it."""
    folder.mkdir()
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen(1024)
        made = Served(folder, held, workers)
        made.start()
        try:
            yield made
        finally:
            made.stop()
