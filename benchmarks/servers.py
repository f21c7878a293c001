"""WSGI servers compared for a telephone line, each with the same application: what slow and idle clients, killed and
hung workers do to callers, and how fast it answers.

    python benchmarks/servers.py [SERVER ...] [--each 2000] [--quick]

Servers: ivr gunicorn granian waitress; one that is not installed is left out. Absolute times mean nothing beside those
of another run.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psutil
from calls import FLOWS, PUBLIC_URL, TOKEN, Exchange, stated_versions
from chaos_servers import free_port, wait_until
from over_http import measured, request_of
from uptime_callers import percentile
from uptime_faults import HALF

from ivr.app.preparing import prepare
from ivr.config import Settings

BIN = Path(sys.executable).parent
COMMANDS = {
    "ivr": ["ivr", "serve", "--no-worker", "--no-console", "--port", "{port}"],
    "gunicorn": [
        "gunicorn", "-w", "2", "-k", "gthread", "--threads", "8", "--timeout", "10", "webhooks:app", "-b", "{address}",
    ],
    "granian": [
        "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "8", "--respawn-failed-workers",
        "webhooks:app", "--port", "{port}",
    ],
    "waitress": ["waitress-serve", "--threads", "8", "--channel-timeout", "5", "--listen={address}", "webhooks:app"],
}  # fmt: skip
RATES = (100, 300, 600, 1200)
"""Turns a second at which the latency is measured, whether the server keeps up or not."""


@dataclass(slots=True)
class Candidate:
    """A server that runs."""

    name: str
    folder: Path
    each: int
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        environ = {
            "PATH": f"{BIN}:{os.environ['PATH']}", "TWILIO_AUTH_TOKEN": TOKEN, "IVR_FLOWS": FLOWS,
            "IVR_PUBLIC_URL": PUBLIC_URL, "IVR_DATABASE_URL": f"sqlite:///{self.folder / 'ivr.db'}",
        }  # fmt: skip
        command = [word.format(port=self.port, address=f"127.0.0.1:{self.port}") for word in COMMANDS[self.name]]
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen([str(BIN / command[0]), *command[1:]], env=environ, stdout=log, stderr=log)
        wait_until(lambda: self.answers("/readyz"), 30)

    def stop(self) -> None:
        """End it and all its processes, however."""
        for one in self.processes():
            with contextlib.suppress(psutil.Error):
                one.kill()
        if self.process is not None:
            self.process.wait(20)

    def processes(self) -> list[psutil.Process]:
        """The main process and its children."""
        assert self.process is not None
        with contextlib.suppress(psutil.Error):
            main = psutil.Process(self.process.pid)
            return [main, *main.children(recursive=True)]
        return []

    def workers(self) -> list[psutil.Process]:
        """The processes that answer: those that hold an application, which is large."""
        found = self.processes()
        large = [one for one in found[1:] if _memory(one) > 50]
        return large or found[:1]

    def answers(self, path: str = "/healthz", timeout: float = 2.0) -> bool:
        """Whether a route answers with 200 in time."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def slowest_health(self, asked: int = 3) -> str:
        """What `/healthz` takes while something is wrong."""
        seconds = []
        for _ in range(asked):
            began = time.monotonic()
            seconds.append(time.monotonic() - began if self.answers(timeout=5.0) else 5.0)
        return _milliseconds(max(seconds))


def _memory(process: psutil.Process) -> float:
    """Megabytes, shared pages counted by share."""
    with contextlib.suppress(psutil.Error):
        return float(process.memory_full_info().pss) / 2**20
    return 0.0


def _milliseconds(seconds: float) -> str:
    return "no answer" if seconds >= 5.0 else f"{seconds * 1000:.0f} ms"


def with_connections(candidate: Candidate, sent: bytes, count: int) -> str:
    """The slowest of some health requests while so many connections have sent this and no more."""
    with contextlib.ExitStack() as stack:
        for _ in range(count):
            with contextlib.suppress(OSError):
                line = socket.create_connection(("127.0.0.1", candidate.port), timeout=1)
                stack.enter_context(line)
                line.sendall(sent)
        return candidate.slowest_health()


def half_sent(candidate: Candidate) -> str:
    """40 half requests."""
    return with_connections(candidate, HALF, 40)


def idle(candidate: Candidate) -> str:
    """200 connections that say nothing."""
    return with_connections(candidate, b"", 200)


def killed_twice(candidate: Candidate) -> str:
    """A worker killed, and another two seconds later."""
    for _ in range(2):
        candidate.workers()[0].kill()
        time.sleep(2)
    with contextlib.suppress(SystemExit):
        wait_until(candidate.answers, 10)
        return "goes on"
    return "gives up"


def hung(candidate: Candidate) -> str:
    """A worker stopped: of 20 requests ten seconds later, how many get no answer in a second."""
    victim = candidate.workers()[0]
    victim.send_signal(signal.SIGSTOP)
    time.sleep(10)
    unanswered = sum(not candidate.answers(timeout=1.0) for _ in range(20))
    with contextlib.suppress(psutil.Error):
        victim.kill()
    return f"{unanswered} of 20"


def main_killed(candidate: Candidate) -> str:
    """The main process killed with -9: who is left after two seconds, and whether it can be started again."""
    left = candidate.processes()
    assert candidate.process is not None
    candidate.process.kill()
    candidate.process.wait()
    time.sleep(2)
    orphans = sum(one.is_running() and one.status() != "zombie" for one in left[1:])
    for one in left[1:]:
        with contextlib.suppress(psutil.Error):
            one.kill()
    return f"{orphans} left"


def memory(candidate: Candidate) -> str:
    """All its processes together."""
    return f"{sum(map(_memory, candidate.processes())):.0f} MB"


def fastest(candidate: Candidate) -> str:
    """Menu turns a second over 8 connections, as fast as it goes, and their p99."""
    exchange = Exchange(f"sqlite:///{candidate.folder / 'ivr.db'}", "FULL")
    found = [measured(candidate.port, exchange.hold("menu", candidate.each), 8, b"<Gather ") for _ in range(3)]
    rates, tails = [one.rate for one in found], [one.p99 for one in found]
    return f"{statistics.median(rates):.0f}/s, {statistics.median(tails):.0f} ms"


def at_a_rate(rate: int) -> Callable[[Candidate], str]:
    """Half and 99 of 100 menu turns, sent at this rate whether it keeps up or not; two seconds of them."""

    def of(candidate: Candidate) -> str:
        exchange = Exchange(f"sqlite:///{candidate.folder / 'ivr.db'}", "FULL")
        held = exchange.hold("menu", min(candidate.each, 2 * rate))
        requests = [request_of(one) for one in held]
        seconds = open_loop(candidate.port, requests, rate)
        if len(seconds) < len(requests):
            return f"{len(requests) - len(seconds)} of {len(requests)} lost"
        return f"{percentile(seconds, 0.5) * 1000:.0f} / {percentile(seconds, 0.99) * 1000:.0f} ms"

    return of


def open_loop(port: int, requests: Sequence[bytes], rate: int) -> list[float]:
    """Each request at its moment, counted from that moment: a server that falls behind does not slow the clock."""
    begin, found, lock = time.monotonic() + 0.5, [], threading.Lock()

    def send(number: int, request: bytes) -> None:
        due = begin + number / rate
        time.sleep(max(0.0, due - time.monotonic()))
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=15) as line:
            line.sendall(request.replace(b"HTTP/1.1\r\n", b"HTTP/1.1\r\nConnection: close\r\n", 1))
            reply = b""
            while part := line.recv(65536):
                reply += part
            if b"<Gather " in reply:
                with lock:
                    found.append(time.monotonic() - due)

    with ThreadPoolExecutor(64) as pool:
        list(pool.map(send, range(len(requests)), requests))
    return found


MEASURES: dict[str, Callable[[Candidate], str]] = {
    "memory": memory,
    "menu turns, 8 connections: rate, p99": fastest,
    **{f"{rate} turns/s: p50 / p99": at_a_rate(rate) for rate in RATES},
    "slowest /healthz with 40 half requests": half_sent,
    "slowest /healthz with 200 idle connections": idle,
    "a worker killed twice": killed_twice,
    "a worker stopped: unanswered after 10 s": hung,
    "main killed: processes left after 2 s": main_killed,
}


def column(name: str, folder: Path, each: int, measures: Sequence[str]) -> Iterator[str]:
    """What one server shows. Each measure meets it whole; the others make no database and no release."""
    url = f"sqlite:///{folder / 'ivr.db'}"
    prepare(Settings(database_url=url, tokens=(TOKEN,), public_url=PUBLIC_URL, flows=FLOWS), datetime.now(UTC))
    for measure in measures:
        candidate = Candidate(name, folder, each)
        try:
            candidate.start()
            yield MEASURES[measure](candidate)
        except SystemExit:
            yield "did not get ready"
        finally:
            candidate.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("servers", nargs="*", metavar="SERVER", help=f"of {', '.join(COMMANDS)}; else all")
    parser.add_argument("--each", type=int, default=2000, help="turns a measure")
    parser.add_argument("--quick", action="store_true", help="one server, two measures: only whether it works")
    given = parser.parse_args()
    if unknown := set(given.servers) - set(COMMANDS):
        parser.error(f"there is no server {', '.join(sorted(unknown))}; there are {', '.join(COMMANDS)}")
    names = [name for name in given.servers or COMMANDS if (BIN / COMMANDS[name][0]).exists()]
    measures, each = list(MEASURES), given.each
    if given.quick:
        names, measures, each = ["ivr"], ["memory", "100 turns/s: p50 / p99"], 10
    with tempfile.TemporaryDirectory() as folder:
        columns = {name: list(column(name, Path(folder), each, measures)) for name in names}
    print(f"{stated_versions()}\n\n| | {' | '.join(columns)} |\n|---{'|---' * len(columns)}|")
    for number, measure in enumerate(measures):
        print(f"| {measure} | {' | '.join(found[number] for found in columns.values())} |")


if __name__ == "__main__":
    main()
