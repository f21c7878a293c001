"""The first turns of calls after `ivr publish`: a release is compiled before new calls get it, so none should wait.

    python benchmarks/after_publish.py [--publishes 5] [--steps 0] [--quick]

`ivr serve` with two workers answers calls all the time while changed flows are published; the client takes its share of
the same cores. `--steps` makes a service of about so many in place of the shipped flows. Which release a call got, and
when, is read from the database.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from multiprocessing.synchronize import Event
from pathlib import Path
from urllib.parse import urlsplit

from calls import CALLED, CALLER, PUBLIC_URL, TOKEN, stated_versions
from over_http import served
from services import FLOWS, service

from ivr.carrier.delivery import Delivery
from ivr.carrier.line import HttpLine, Reply
from ivr.carrier.phone_call import PhoneCall, PhoneNumberSetup

SMALL = Path(__file__).parent.parent / "docs" / "small"
"""Proved in a moment."""
FORK = multiprocessing.get_context("fork")
PAUSE = 0.03
"""Seconds between two calls."""
AFTER, QUICK_AFTER = 100, 5
"""How many first turns after a switch are looked at: some for each worker, and what a compilation beside them costs."""


class TimedLine:
    """Over HTTP to the server on loopback, whatever the public URL; says how long the last request took."""

    def __init__(self, port: int) -> None:
        self._line, self._base, self.took = HttpLine(), f"http://127.0.0.1:{port}", 0.0

    def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Reply:
        began = time.perf_counter()
        reply = self._line.post(self._base + urlsplit(url).path, body, headers, timeout)
        self.took = time.perf_counter() - began
        return reply


def dialled(line: TimedLine) -> PhoneCall:
    """A call that has heard the answer to its first turn."""
    setup = PhoneNumberSetup(voice=f"{PUBLIC_URL}/voice")
    phone = PhoneCall(delivery=Delivery(line, TOKEN), number=setup, caller=CALLER, called=CALLED)
    phone.dial()
    assert not phone.refused, phone.refused
    return phone


def keep_calling(port: int, stop: Event) -> None:
    """Calls that go on for a few turns, one after the other, in a process of its own."""
    line = TimedLine(port)
    while not stop.wait(PAUSE):
        phone = dialled(line)
        phone.press("1")
        phone.press("8")


def publish(folder: Path, database: Path, edition: int) -> subprocess.Popen[bytes]:
    """Change a flow and begin to publish."""
    flow = folder / "flows" / "main.yaml"
    flow.write_bytes(flow.read_bytes() + f"# edition {edition}\n".encode())
    environ = {**os.environ, "IVR_DATABASE_URL": f"sqlite:///{database}", "IVR_FLOWS": str(folder / "flows")}
    command = [str(Path(sys.executable).parent / "ivr"), "publish", "-m", f"edition {edition}", "--author", "benchmark"]
    return subprocess.Popen([*command, "--force"], cwd=folder, env=environ, stdout=subprocess.DEVNULL)


def first_turns(port: int, folder: Path, database: Path, publishes: int, after: int) -> dict[str, float]:
    """By call the milliseconds of its first turn, while flows are published again and again."""
    found: dict[str, float] = {}
    line = TimedLine(port)

    def call() -> None:
        phone = dialled(line)
        found[phone.call] = line.took * 1000
        time.sleep(PAUSE)

    for _ in range(after):
        call()
    for edition in range(1, publishes + 1):
        publishing = publish(folder, database, edition)
        while publishing.poll() is None:
            call()
        assert publishing.returncode == 0, "it was not published"
        for _ in range(after):
            call()
    return found


def by_release(database: Path, found: Mapping[str, float]) -> list[list[float]]:
    """The first turns of each release in the order of their calls; the releases in the order they went live."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT call, release FROM calls ORDER BY started_at").fetchall()
    releases: dict[str, list[float]] = {}
    for call, release in rows:
        if call in found:
            releases.setdefault(release, []).append(found[call])
    return list(releases.values())


def row(name: str, found: list[float]) -> str:
    """Half, 99 of 100 and the slowest."""
    ordered = sorted(found)
    cells = (statistics.median(ordered), ordered[int(len(ordered) * 0.99)], ordered[-1])
    return f"| {name} | {len(found):,} | {' | '.join(f'{one:.1f}' for one in cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--publishes", type=int, default=5)
    parser.add_argument("--steps", type=int, default=0, help="a service of about so many steps; 0: the shipped flows")
    parser.add_argument("--quick", action="store_true", help="the small hotline, published once: only whether it works")
    options = parser.parse_args()
    publishes, most = (1, QUICK_AFTER) if options.quick else (options.publishes, AFTER)
    print(stated_versions())
    with tempfile.TemporaryDirectory() as name:
        folder, database = Path(name), Path(name) / "ivr.db"
        (folder / "flows").mkdir()
        found = {f"flows/{file.name}": file.read_bytes() for file in (SMALL if options.quick else FLOWS).glob("*.yaml")}
        for path, body in (service(options.steps) if options.steps else found).items():
            (folder / path).write_bytes(body)
        with served("", "FULL", database, flows=str(folder / "flows")) as port:
            stop = FORK.Event()
            others = FORK.Process(target=keep_calling, args=(port, stop), daemon=True)
            others.start()
            releases = by_release(database, first_turns(port, folder, database, publishes, most))
            stop.set()
            others.join(10)
    assert len(releases) == publishes + 1, f"{len(releases)} releases had calls"
    after = [one for release in releases[1:] for one in release[:most]]
    very = [one for release in releases[1:] for one in release[:4]]
    before = releases[0] + [one for release in releases[1:] for one in release[most:]]
    print(f"{publishes} times published; milliseconds of first turns over HTTP; load {os.getloadavg()[0]:.0f}\n")
    print("| first turns | how many | p50 | p99 | slowest |\n|---|---|---|---|---|")
    print(row("at other times", before))
    print(row("the first 4 after a switch", very))
    print(row(f"the first {most} after a switch", after))


if __name__ == "__main__":
    main()
