"""The lives of a case, from the complaint to its end, on a clock that is moved: SQLite, then PostgreSQL.

    python benchmarks/lives.py [--database URL] [--only WORDS] [--quick]

Prints the timeline and the dialogue of each life, then what was judged. Real are the webhooks, the worker, the moves of
staff, the official client and the shipped flows; the exchange stands for the network. `--database`: an empty database
to play on in place of both. Exit code 1: something does not hold.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from life_house import ZONE, LifeHouse, status_word
from life_judge import judge
from life_stories import Story, stories
from postgres_database import postgres_databases

BEFORE_A_HOLIDAY = datetime(2026, 4, 3, 10, 0, tzinfo=ZONE)
"""A Friday; the Monday after it is Qingming."""
MOST_DAYS = 20


def play(house: LifeHouse, story: Story, customer: str) -> list[str]:
    """Play a life to its end; what does not hold of it."""
    if story.holiday:
        house.now = max(house.now, BEFORE_A_HOLIDAY)
    house.lines.clear()
    house.rings[customer] = list(story.rings)
    cases = [house.complaint(customer, story.language) for _ in range(story.cases)]
    house.go_on(hours=3)
    for number in cases:
        house.answered(number, story.language)
    settled(house, cases)
    if story.again:
        house.moves(
            cases[0],
            ("decided", {"outcome": "upheld", "reasons": "and again", "answer": "We have paid both back."}),
            ("told", {"how": "phone"}),
        )
        settled(house, cases)
    for number in cases:
        report = house.report(number)
        due = f", due {report['due']}" if report["status"] == "in_progress" else ""
        house.told(f"case {number}: {status_word(report['status'])}{due}")
    calls = [each for each in house.dialogues if each.placed.to == customer]
    return list(judge(house, story, cases, calls))


def settled(house: LifeHouse, cases: list[int]) -> None:
    """Time passes until nobody is to be phoned about these any more, and then another day."""
    days = 0
    while days < MOST_DAYS and any(
        house.hotline.ports.store.follow_ups_of(number)[-1].state in ("waiting", "dialling") for number in cases
    ):
        house.go_on(days=1)
        days += 1
    house.go_on(days=1)


def play_all(kind: str, url: str, only: str, rests: timedelta) -> tuple[int, int, int]:
    """Play the lives whose title has these words on one database: how many lives and calls, and what does not hold."""
    wanted = [story for story in stories() if only in story.title]
    wanted.sort(key=lambda story: (story.machines, not story.holiday))
    broken = recognised = 0
    with tempfile.TemporaryDirectory() as folder:
        house = LifeHouse(url, Path(folder), rests)
        for n, story in enumerate(wanted):
            if story.machines and not recognised:
                house.recognise_machines()
                recognised = 1
            house.now = _next_morning(house.now)
            found = play(house, story, f"+86215555{1000 + n}")
            print(f"## {story.title} ({kind})\n")
            print("\n".join(house.lines))
            print("\n".join(f"BROKEN  {what}" for what in found), end="\n\n" if found else "\n")
            broken += len(found)
        calls = len(house.dialogues)
        house.close()
    return len(wanted), calls, broken


def _next_morning(now: datetime) -> datetime:
    """Ten o'clock of the next Monday to Thursday."""
    at = now.astimezone(ZONE).replace(hour=10, minute=0, second=0, microsecond=0)
    while at <= now or at.weekday() > 3:
        at += timedelta(days=1)
    return at


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="", help="the URL of one empty database")
    parser.add_argument("--only", default="", help="the lives whose title has these words")
    parser.add_argument("--quick", action="store_true", help="two lives: only whether it works")
    options = parser.parse_args()
    began, broken = time.monotonic(), 0
    lines = ["| database | lives | calls to customers | what does not hold (0) |", "|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as name, postgres_databases(Path(name), 1) as (postgres,):
        databases = {"SQLite": f"sqlite:///{Path(name) / 'lives.db'}", "PostgreSQL": postgres}
        if options.database:
            databases = {"PostgreSQL" if options.database.startswith("postgres") else "SQLite": options.database}
        only = "reopened" if options.quick else options.only
        for kind, url in databases.items():
            lives, calls, wrong = play_all(kind, url, only, timedelta(hours=2 if options.quick else 0.5))
            lines.append(f"| {kind} | {lives} | {calls} | {wrong} |")
            broken += wrong
    print(*lines, f"\n{time.monotonic() - began:.0f} s", sep="\n")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
