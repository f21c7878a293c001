"""One mode of a chaos run from beginning to end: servers, faults, callers, sweep, judgement."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from chaos_balancer import Balancer
from chaos_callers import PUBLIC_URL, TOKEN, Callers, Watcher
from chaos_faults import MODES, Faults
from chaos_judge import CallJudge
from chaos_ledger import CallLedger
from chaos_postgres import ScratchPostgres
from chaos_record import Record
from chaos_servers import Servers, clock_off_by

from ivr.app.database import opened
from ivr.app.preparing import prepare
from ivr.app.working import worker_of
from ivr.carrier.ledger import Broken
from ivr.config import Settings
from ivr.flow.release import read_files
from ivr.lint.findings import compiled

FLOWS = str(Path(__file__).parent.parent / "flows")
LATER = timedelta(hours=6)
"""When the last sweep looks: no document keeps a line silent for longer than a transfer's four hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What all modes of a run share. `apart` is the seconds between the clocks of two servers."""

    on: str
    seconds: float
    every: float
    servers: int
    workers: int
    callers: int
    apart: int
    seed: int

    def clocks(self) -> list[int]:
        """By how many seconds each server's clock is wrong."""
        return [(n - 1) * self.apart for n in range(self.servers)]

    def stated(self) -> str:
        """The plan in a line."""
        clocks = ", ".join(f"{off:+d}" for off in self.clocks())
        servers = f"{self.servers} servers of {self.workers} worker(s), clocks {clocks} s"
        callers = f"{self.callers} callers for {self.seconds:.0f} s a mode, a fault every {self.every:g} s"
        return f"{datetime.now(UTC):%Y-%m-%d}; {os.cpu_count()} cores; {self.on}, {servers}; {callers}"


@dataclass(slots=True)
class Outcome:
    """What came of a mode: `counts` of what happened, and what is broken with the call it is about."""

    counts: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[str, Broken]] = field(default_factory=list)


def run(mode: str, plan: Plan, folder: Path) -> Outcome:
    """Run a mode on a database of its own."""
    folder.mkdir()
    folder.chmod(0o755)
    with ExitStack() as stack:
        postgres = started_postgres(folder / "postgres", stack) if plan.on == "postgres" else None
        url = postgres.url if postgres else f"sqlite:///{folder / 'ivr.db'}"
        settings = Settings(database_url=url, tokens=(TOKEN,), public_url=PUBLIC_URL, flows=FLOWS)
        environ = {"PATH": os.environ["PATH"], "TWILIO_AUTH_TOKEN": TOKEN, "IVR_PUBLIC_URL": PUBLIC_URL}
        environ |= {"IVR_DATABASE_URL": url, "IVR_FLOWS": FLOWS}
        servers = Servers([{**environ, **clock_off_by(off)} for off in plan.clocks()], plan.workers, folder)
        stack.callback(servers.stop)
        prepare(settings, datetime.now(UTC))
        servers.start()
        with opened(settings) as database:
            callers, watcher = phoned(mode, plan, servers, postgres, Record(database))
            servers.stop()
            outcome = judged(callers.ledgers, Record(database), settings)
        outcome.broken += watcher.broken
        outcome.broken += [("", Broken("tracebacks", line)) for line in servers.tracebacks()]
        outcome.counts["servers killed"] = servers.kills
        outcome.counts["crashes of the database"] = postgres.crashes if postgres else 0
    return outcome


def started_postgres(folder: Path, stack: ExitStack) -> ScratchPostgres:
    """A database server that is stopped with the stack."""
    made = ScratchPostgres(folder)
    made.start()
    stack.callback(made.stop)
    return made


def phoned(
    mode: str, plan: Plan, servers: Servers, postgres: ScratchPostgres | None, record: Record
) -> tuple[Callers, Watcher]:
    """Phone while things go wrong; the calls that were begun are led to their end in peace."""
    balancer = Balancer([server.port for server in servers.all], plan.callers * 2)
    callers = Callers(balancer, lines_of(FLOWS), plan.seed, time.monotonic() + plan.seconds)
    with Watcher(record, callers) as watcher:
        with Faults(MODES[mode], plan.every, plan.seconds, servers, postgres):
            callers.phone(plan.callers)
        balancer.close()
    return callers, watcher


def lines_of(folder: str) -> Sequence[str]:
    """The numbers that are phoned: the hotline's, and one that it does not list."""
    return (*compiled(read_files(folder)).numbers, "+862155500001")


def judged(ledgers: Sequence[CallLedger], record: Record, settings: Settings) -> Outcome:
    """Compare both sides, before and after the last sweep."""
    outcome = Outcome()
    last = [record.ports.apology(line) for line in lines_of(FLOWS)]
    unspecific = [document.encode() for document in (*last, record.ports.farewell)]
    for ledger in ledgers:
        judge = CallJudge(ledger, record.call(ledger.call), unspecific)
        found = [*judge.broken(), *record.replayed(ledger.call)]
        outcome.broken += [(ledger.call, one) for one in found]
        outcome.counts.update(judge.worth(attempt) for attempt in ledger.attempts if attempt.turn)
        outcome.counts["not taken"] += judge.unacknowledged()
        outcome.counts["turns acknowledged"] += len({attempt.turn for attempt in judge.answered})
        outcome.counts["turns on record"] += len(judge.rows)
        outcome.counts["cases"] += len(judge.record.cases)
        outcome.counts["copies compared"] += judge.compared_copies()
    outcome.counts["calls"] = len(ledgers)
    outcome.counts["backward"] = record.backward_calls()
    strangers = record.names() - {ledger.call for ledger in ledgers}
    outcome.broken += [(call, Broken("strangers", "no caller has made it")) for call in sorted(strangers)]
    before = record.open_calls()
    later = datetime.now(UTC) + LATER
    worker = worker_of(settings, print, lambda: later)
    worker.keep_repeated()
    worker.all_due()
    left = record.open_calls()
    outcome.counts["ended by the last sweep"] = len(before - left)
    outcome.broken += [(call, Broken("swept", "it has no end")) for call in sorted(left)]
    return outcome
