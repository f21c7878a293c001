"""What grows with the calls on record and what does not: the same readings and the same turn with 1,000 of them and
with 1,000,000, on SQLite and on PostgreSQL.

    python benchmarks/growth.py [--calls 1000000] [--rounds 15] [--quick]

Milliseconds by the clock, the best of the rounds; a menu turn besides by this process's processor time.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from calls import Exchange, stated_versions
from many_calls import HEAVY, ORDINARY, fill
from postgres_database import postgres_databases, stated_server
from turns import Spent, Stopwatch, timed

from ivr.app.database import opened
from ivr.service.cases.case_report import CaseReports
from ivr.service.ports import CallFilter
from ivr.service.rows import stamp
from ivr.service.stored_rows import CaseFilter
from ivr.storage.bulk import engine
from ivr.storage.case_rows import CaseRows

SMALL = 1000
Reading = Callable[[], object]


@dataclass(frozen=True)
class Grown:
    """A database with so many calls on record, and what is asked of it, by name."""

    database: str
    calls: int
    exchange: Exchange
    readings: dict[str, Reading]

    def menu_turn(self, each: int) -> Spent:
        """A menu turn of new calls, led there among all those on record."""
        held = self.exchange.hold("menu", each)
        random.shuffle(held)
        return timed(self.exchange.app, held)


@contextmanager
def grown(database: str, url: str, calls: int) -> Iterator[Grown]:
    """The database, filled."""
    exchange = Exchange(url, "NORMAL")
    store = exchange.hotline.ports.store
    release = str(store.current_release())
    store.close()  # SQLite gives up its journal only to the one connection there is
    fill(url, release, calls)
    day = stamp(datetime.now(UTC) - timedelta(days=1))
    with opened(exchange.settings) as base:
        kept = engine(url, keep=True)  # on PostgreSQL connecting takes longer than all of a page
        reports = CaseReports(base.ports, CaseRows(kept))

        def visits(customer: str) -> Reading:
            return lambda: _in_transaction(exchange, customer, visits=True)

        def open_cases(customer: str) -> Reading:
            return lambda: _in_transaction(exchange, customer, visits=False)

        yield Grown(
            database,
            calls,
            exchange,
            {
                "`ivr cases list --limit 100`, newest": lambda: reports.page(CaseFilter(most=100)),
                "`ivr cases list --limit 100 --open`": lambda: reports.page(CaseFilter(most=100, open_only=True)),
                "caller.visits, an ordinary customer": visits(ORDINARY),
                "caller.visits, one who phones all day": visits(HEAVY),
                "caller.open_cases, an ordinary customer": open_cases(ORDINARY),
                "caller.open_cases, one who phones all day": open_cases(HEAVY),
                "overdue calls, at most 20": lambda: store.overdue_calls(20),
                "a piece of work claimed": lambda: store.claim_work("benchmark", "me", timedelta(minutes=1)),
                "names of the last day's calls": lambda: base.calls.names(CallFilter(since=day)),
                "the last day's calls with their turns": lambda: list(base.calls.calls(CallFilter(since=day))),
            },
        )
        store.close()
        kept.dispose()


def _in_transaction(exchange: Exchange, customer: str, *, visits: bool) -> int:
    with exchange.hotline.ports.store.transaction() as tx:
        return tx.visits(customer, "") if visits else tx.open_cases(customer)


def measured(all_grown: list[Grown], rounds: int, each: int) -> dict[tuple[str, int], dict[str, list[Spent]]]:
    """All databases in turn, so many rounds; a first round warms up and is not counted."""
    found: dict[tuple[str, int], dict[str, list[Spent]]] = {(one.database, one.calls): {} for one in all_grown}
    for turn in range(rounds + 1):
        for one in random.sample(all_grown, len(all_grown)):
            rows = found[one.database, one.calls]
            for name, reading in one.readings.items():
                watch = Stopwatch()
                reading()
                if turn:
                    rows.setdefault(name, []).append(watch.spent(1))
            spent = one.menu_turn(each)
            if turn:
                rows.setdefault("a menu turn", []).append(spent)
    return found


def table(found: dict[tuple[str, int], dict[str, list[Spent]]]) -> str:
    """The best of the rounds, in milliseconds."""
    heads = ["", *(f"{database}, {calls:,} calls" for database, calls in found)]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for name in next(iter(found.values())):
        best = [Spent(*map(min, zip(*rows[name], strict=True))) for rows in found.values()]
        lines.append(f"| {name} | {' | '.join(f'{one.clock / 1000:.2f}' for one in best)} |")
        if name == "a menu turn":
            cells = " | ".join(f"{one.processor / 1000:.3f}" for one in best)
            lines.append(f"| of it the processor's | {cells} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--quick", action="store_true", help="two hundred calls, once: only whether it works")
    options = parser.parse_args()
    small, each = SMALL, 60
    if options.quick:
        small, options.calls, options.rounds, each = 100, 200, 1, 2
    with tempfile.TemporaryDirectory() as name, postgres_databases(Path(name), 2) as (few, many):
        folder = Path(name)
        with (
            grown("SQLite", f"sqlite:///{folder / 'few.db'}", small) as sqlite_few,
            grown("SQLite", f"sqlite:///{folder / 'many.db'}", options.calls) as sqlite_many,
            grown("PostgreSQL", few, small) as postgres_few,
            grown("PostgreSQL", many, options.calls) as postgres_many,
        ):
            all_grown = [sqlite_few, sqlite_many, postgres_few, postgres_many]
            gc.collect()
            gc.freeze()  # else each reading begins with a look at all that was loaded
            found = measured(all_grown, options.rounds, each)
            print(f"{stated_versions()}; {stated_server(few)}")
    print(f"{options.rounds} rounds, the best of each; milliseconds; load {os.getloadavg()[0]:.0f}\n")
    print(table(found))


if __name__ == "__main__":
    main()
