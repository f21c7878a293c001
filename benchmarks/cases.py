"""Cases by the million: what staff ask of them, and ten thousand moves by four processes at once, on both databases.

    python benchmarks/cases.py [--cases 1000000] [--moves 10000] [--rounds 15] [--quick]

Milliseconds by the clock, the best and the middle of the rounds. Every case is open, so that every index is as long as
it can get. After the moves each log is folded once more: it must make its row, and no move may be missing.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from calls import FLOWS, stated_versions
from postgres_database import postgres_databases, stated_server

from ivr.app.database import Database, opened
from ivr.app.preparing import prepare
from ivr.case.case import By
from ivr.case.case_fold import folded
from ivr.case.moves import Move
from ivr.cli.shared.due_lists import DueOptions, due_now
from ivr.config import Settings
from ivr.service.cases.case_report import CaseReports
from ivr.service.cases.case_rows import case_row, event_of
from ivr.service.cases.keep_move import keep_move
from ivr.service.rows import CaseRow, stamp
from ivr.service.stored_rows import CaseFilter
from ivr.storage.bulk import engine
from ivr.storage.case_rows import CaseRows

DAYS, AHEAD = 90, 30
OWNERS = 200
PROCESSES = 4


def fill(url: str, count: int) -> None:
    """So many open complaints: half of them taken, a tenth waiting for the customer, their deadlines over four months,
    a tenth with a risk."""
    began = datetime.now(UTC) - timedelta(days=DAYS)
    with closing(engine(url).connect()) as connection:
        sqlite = connection.dialect.name == "sqlite"
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF") if sqlite else ():
            connection.exec_driver_sql(f"PRAGMA {pragma}")
        spread = f"({began.timestamp()} + (i * 7919 % {count}) * {(DAYS + AHEAD) * 86400 / count})"
        at = (
            f"strftime('%Y-%m-%dT%H:%M:%f000+00:00', {spread}, 'unixepoch')" if sqlite
            else f"to_char(to_timestamp({spread}) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')"
        )  # fmt: skip
        numbers = f"WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
        opened_at = stamp(began)
        status = "CASE WHEN i % 10 = 0 THEN 'follow_up_due' WHEN i % 2 = 0 THEN 'in_progress' ELSE 'open' END"
        case = (
            "INSERT INTO cases (number, version, ordinal, kind, status, partial, owner, customer, language, opened_at, "
            f"due_at, due, clock, simulated, facts, personal, risk, warn_at) {numbers} SELECT i * 16, 1, 1, "
            f"'complaint', {status}, false, CASE WHEN i % 2 = 0 THEN 'p' || (i % {OWNERS}) END, "
            f"'+86138' || substr('' || (100000000 + i % {max(count // 3, 10)}), 2), 'zh-CN', '{opened_at}', {at}, "
            f"substr({at}, 1, 10), 'cn-2020', false, '{{}}', '{{}}', CASE WHEN i % 10 = 3 THEN 1 + i % 100 END, {at} "
            "FROM n"
        )
        event = (
            f"INSERT INTO case_events (number, seq, at, kind, by, role, facts, personal) {numbers} SELECT i * 16, 1, "
            f"'{opened_at}', 'opened', 'caller', 'caller', "
            "'{\"kind\":\"complaint\",\"status\":\"' || " + status + " || '\",\"clock\":\"cn-2020\",\"opened_at\":\""
            + opened_at + "\",\"due_at\":\"' || " + at + " || '\",\"due\":\"' || substr(" + at + ", 1, 10) || "
            "'\",\"simulated\":\"no\"}', '{}' FROM n"
        )  # fmt: skip
        for statement in (case, event, "ANALYZE"):
            connection.exec_driver_sql(statement if sqlite else statement.replace("%", "%%"))


@contextmanager
def filled(url: str, count: int) -> Iterator[Settings]:
    """Settings of a database with so many cases."""
    settings = Settings(database_url=url, flows=FLOWS, public_url="http://127.0.0.1:8000", sqlite_sync="NORMAL")
    prepare(settings, datetime.now(UTC))
    fill(url, count)
    yield settings


def asked(database: Database, url: str, count: int) -> dict[str, Callable[[], object]]:
    """What staff ask, by name."""
    kept = engine(url, keep=True)  # on PostgreSQL connecting takes longer than all of a page
    reports, chance = CaseReports(database.ports, CaseRows(kept)), random.Random(1)
    by = By("lead", "lead")

    def number() -> int:
        return chance.randrange(1, count) * 16

    def move() -> object:
        return keep_move(database.ports, number(), Move("noted", {"text": "asked the branch"}), by)

    return {
        "`ivr cases list --limit 100`": lambda: reports.page(CaseFilter(most=100)),
        "... `--owner p4`": lambda: reports.page(CaseFilter(most=100, owner="p4")),
        "... `--owner none`": lambda: reports.page(CaseFilter(most=100, nobody=True)),
        "... `--overdue`": lambda: reports.page(CaseFilter(most=100, overdue_at=stamp(datetime.now(UTC)))),
        "... `--risk 90`": lambda: reports.page(CaseFilter(most=100, risk=90)),
        "`ivr cases due`": lambda: due_now(reports, DueOptions("", "", 20)),
        "`ivr cases due --owner p4`": lambda: due_now(reports, DueOptions("p4", "", 20)),
        "`ivr cases show`": lambda: reports.one(number()),
        "a move": move,
        "cases to warn of, at most 20": lambda: database.ports.store.cases_to_warn_of(20),
    }


def milliseconds(run: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The best and the middle; a first run warms up."""
    found = []
    for _ in range(rounds + 1):
        began = time.perf_counter()
        run()
        found.append((time.perf_counter() - began) * 1000)
    return min(found[1:]), statistics.median(found[1:])


def moves(settings: Settings, process: int, count: int) -> int:
    """So many moves on a hundred cases that all the processes write on; how many were kept."""
    chance, kept = random.Random(process), 0
    with opened(settings) as database:
        for n in range(count):
            number = chance.randrange(1, 101) * 16
            done = keep_move(
                database.ports, number, Move("noted", {"text": f"{process}.{n}"}), By(f"p{process}", "agent")
            )
            kept += isinstance(done, CaseRow)
    return kept


def at_once(settings: Settings, count: int) -> tuple[int, float, int]:
    """Moves by four processes: how many were kept, in how many seconds, and how many logs do not make their row."""
    began = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES) as pool:
        kept = sum(pool.map(moves, [settings] * PROCESSES, range(PROCESSES), [count // PROCESSES] * PROCESSES))
    seconds = time.perf_counter() - began
    wrong = noted = 0
    with opened(settings) as database:
        for n in range(1, 101):
            with database.ports.store.transaction() as tx:
                row, log = tx.case(n * 16), tx.case_events(n * 16)
            assert row is not None
            row = row._replace(partial=bool(row.partial), simulated=bool(row.simulated))
            made = case_row(n * 16, folded([event_of(event) for event in log]))
            same = ("version", "status", "due", "facts", "personal")
            wrong += any(getattr(made, name) != getattr(row, name) for name in same)
            noted += sum(event.kind == "noted" for event in log)
    assert noted >= kept, f"{kept} moves were acknowledged, {noted} are on record"
    return kept, seconds, wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--moves", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--quick", action="store_true", help="few of all: only whether it works")
    options = parser.parse_args()
    if options.quick:
        options.cases, options.moves, options.rounds = 500, 40, 1
    with tempfile.TemporaryDirectory() as name, postgres_databases(Path(name), 1) as (postgres,):
        print(f"{stated_versions()}; {stated_server(postgres)}; load {os.getloadavg()[0]:.0f}\n")
        found: dict[str, dict[str, tuple[float, float]]] = {}
        lines = []
        for kind, url in (("SQLite", f"sqlite:///{Path(name) / 'cases.db'}"), ("PostgreSQL", postgres)):
            with filled(url, options.cases) as settings:
                with opened(settings) as database:
                    found[kind] = {
                        what: milliseconds(run, options.rounds)
                        for what, run in asked(database, url, options.cases).items()
                    }
                kept, seconds, wrong = at_once(settings, options.moves)
                lines.append(
                    f"{kind}: {kept:,} of {options.moves:,} moves by {PROCESSES} processes on 100 cases kept in "
                    f"{seconds:.0f} s, {wrong} logs that do not make their row"
                )
        print(f"| {options.cases:,} open cases | {' | '.join(f'{kind}: best, middle' for kind in found)} |")
        print("|---" * (len(found) + 1) + "|")
        for what in found["SQLite"]:
            cells = " | ".join(f"{best:.1f}, {middle:.1f} ms" for best, middle in (one[what] for one in found.values()))
            print(f"| {what} | {cells} |")
        print("", *lines, sep="\n")


if __name__ == "__main__":
    main()
