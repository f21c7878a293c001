"""Thousands of customers phoned by four worker processes, two of which are killed with -9 every two seconds and
started anew, while the exchange fails one request in twenty: SQLite, then PostgreSQL.

    python benchmarks/follow_ups.py [--follow-ups 10000] [--database sqlite|postgresql] [--quick]

The clock of the house runs thirty times as fast as the machine's, so that a doubtful call is found out about after two
seconds. Every customer takes up and accepts, so whoever is phoned again after that was phoned once too often. A
hundredth of the numbers is blocked before, another one meanwhile; a tenth of the customers lives two hours west and
may not be phoned yet when it begins. The hotline is a small one of its own: one call a second, tries ten minutes apart.
Exit code 1: one of what must be 0 is not.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import socket
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from calls import stated_versions
from follow_up_house import FollowUpHouse, number_of
from follow_up_judge import Found, judge
from follow_up_worker import FastClock, Place, dial_for_ever
from postgres_database import postgres_databases, stated_server

WORKERS, KILLED = 4, 2
"""Each second round kills the other two, so that none lives for more than four seconds."""
PROCESSES = multiprocessing.get_context("forkserver")
MORNING = datetime(2026, 3, 3, 1, 25, tzinfo=UTC)
"""A Tuesday, 09:25 in Shanghai: nobody may be phoned for five minutes, and out west for two hours."""
LATE_MORNING = datetime(2026, 3, 3, 3, 15, tzinfo=UTC)
MANY = 5_000
"""Fewer begin at 11:15, so that nobody waits for nothing but the hour out west."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many, how fast, how often they are killed, and how long it may take; seconds of the machine."""

    count: int
    speed: float
    kill_every: float
    most: float
    begin: datetime


def run(url: str, folder: Path, plan: Plan) -> tuple[Found, int, float]:
    """One run: what was found, how many workers were killed, and how many seconds it took."""
    place = Place(url, folder / "flows", _free_port(), FastClock(time.monotonic(), plan.begin, plan.speed))
    house = FollowUpHouse(place)
    house.fill(plan.count)
    chance = random.Random(7)
    numbers = chance.sample([number_of(n) for n in range(plan.count)], max(2, plan.count // 50))
    early, late = numbers[: len(numbers) // 2], numbers[len(numbers) // 2 :]
    for number in early:
        house.block(number)
    began = time.monotonic()
    blocked = dict.fromkeys(early, plan.begin - timedelta(days=1))
    with house.open():
        killed = _worked(house, plan, late, blocked)
    return judge(house, blocked), killed, time.monotonic() - began


def _worked(house: FollowUpHouse, plan: Plan, late: list[str], blocked: dict[str, datetime]) -> int:
    """Let the workers dial until nobody is to be phoned any more; how many were killed."""
    killed, began, workers = 0, time.monotonic(), _started(house.place, WORKERS)
    while time.monotonic() - began < plan.most and set(house.waiting()) - set(blocked):
        time.sleep(plan.kill_every)
        for number in late[: max(1, len(late) // 10)]:
            house.block(number)
            blocked[number] = house.place.clock()
            late.remove(number)
        for worker in workers[:KILLED]:
            worker.kill()
            worker.join()
        killed += KILLED
        workers = [*workers[KILLED:], *_started(house.place, KILLED)]
    for worker in workers:
        worker.kill()
        worker.join()
    return killed


def _started(place: Place, count: int) -> list[Any]:
    made = [PROCESSES.Process(target=dial_for_ever, args=(place,), daemon=True) for _ in range(count)]
    for each in made:
        each.start()
    return made


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--follow-ups", type=int, default=10_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="one of the two alone")
    parser.add_argument("--quick", action="store_true", help="a few dozen: only whether it works")
    options = parser.parse_args()
    os.environ["PYTHONPATH"] = str(Path(__file__).parent)  # a forkserver does not know where this file is
    PROCESSES.set_forkserver_preload(["follow_up_loaded", "follow_up_house", "follow_up_judge"])
    plan = Plan(options.follow_ups, 30.0, 2.0, 3600.0, MORNING if options.follow_ups > MANY else LATE_MORNING)
    if options.quick:
        plan = Plan(30, 120.0, 2.0, 90.0, LATE_MORNING)
    with tempfile.TemporaryDirectory() as name, postgres_databases(Path(name), 1) as (postgres,):
        print(f"{stated_versions()}; {stated_server(postgres)}; load {os.getloadavg()[0]:.0f}\n")
        found: dict[str, tuple[Found, int, float]] = {}
        for kind, url in (("sqlite", f"sqlite:///{Path(name) / 'ivr.db'}"), ("postgresql", postgres)):
            if options.database in (None, kind):
                (folder := Path(name) / kind).mkdir()
                found[kind] = run(url, folder, plan)
    print(*table(found), sep="\n")
    sys.exit(any(count for each, _, _ in found.values() for count in each.wrong.values()))


def table(found: dict[str, tuple[Found, int, float]]) -> list[str]:
    """The rows of the table, by database."""
    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    lines = [f"|  | {' | '.join(names[kind] for kind in found)} |", "|---" * (len(found) + 1) + "|"]
    told = {"workers killed": {kind: killed for kind, (_, killed, _) in found.items()}}
    for kind, (each, _, _) in found.items():
        for what, count in each.told.items():
            told.setdefault(what, {})[kind] = count
    for kind, (each, _, _) in found.items():
        for what, count in each.wrong.items():
            told.setdefault(f"{what} (0)", {})[kind] = count
    told["seconds"] = {kind: round(seconds) for kind, (_, _, seconds) in found.items()}
    return lines + [f"| {what} | {' | '.join(f'{by.get(kind, 0):,}' for kind in found)} |" for what, by in told.items()]


if __name__ == "__main__":
    main()
