"""Chaos: several `ivr serve` on one database behind a balancer, killed while random callers phone; then every reply
that a caller got is compared with what is on record.

    python benchmarks/chaos.py [MODE ...] [--seconds 120] [--every 2] [--on postgres|sqlite] [--quick]

Modes: one (a server at a time), all (a total outage), database (PostgreSQL stopped at once), mixed (each by chance).
PostgreSQL is a scratch one of its own; there the servers' clocks are 150 seconds apart.
Exit code 1 where an invariant is broken.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from pathlib import Path

from chaos_faults import MODES
from chaos_report import broken_lines, table
from chaos_run import Plan, run

APART = 150
"""Seconds between two servers' clocks: more than the margin after which a call is overdue (`SWEEP_MARGIN`) and the time
a question waits, so that a deadline written or read by a machine's clock is noticed."""


def main() -> int:
    """Run each mode, print what came of it; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("modes", nargs="*", metavar="MODE", help=f"of {', '.join(MODES)}; else all but mixed")
    parser.add_argument("--seconds", type=float, default=120, help="how long new calls begin, in each mode")
    parser.add_argument("--every", type=float, default=2, help="seconds from one fault to the next")
    parser.add_argument("--on", choices=("postgres", "sqlite"), default="postgres")
    parser.add_argument("--servers", type=int, default=3)
    parser.add_argument("--workers", type=int, default=1, help="of each server")
    parser.add_argument("--callers", type=int, default=24, help="at the same time")
    parser.add_argument("--apart", type=int, default=APART, help="seconds between two servers' clocks (postgres)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="keep databases and logs in this new folder")
    parser.add_argument("--quick", action="store_true", help="a few calls on SQLite: only whether it works")
    given = parser.parse_args()
    if unknown := set(given.modes) - set(MODES):
        parser.error(f"there is no mode {', '.join(sorted(unknown))}; there are {', '.join(MODES)}")
    plan = Plan(
        on=given.on, seconds=given.seconds, every=given.every, servers=given.servers, workers=given.workers,
        callers=given.callers, apart=given.apart if given.on == "postgres" else 0, seed=given.seed,
    )  # fmt: skip
    modes = given.modes or [mode for mode in MODES if mode != "mixed" and (mode, given.on) != ("database", "sqlite")]
    if given.quick:
        plan, modes = Plan(on="sqlite", seconds=1.5, every=1, servers=2, workers=1, callers=4, apart=0, seed=1), ["one"]
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch) / "runs"
        folder.mkdir()
        folder.chmod(0o755)
        Path(scratch).chmod(0o755)
        outcomes = {mode: run(mode, plan, folder / mode) for mode in modes}
    print(plan.stated())
    print()
    print(table(outcomes))
    print("\n".join(broken_lines(outcomes)))
    return 1 if any(outcome.broken for outcome in outcomes.values()) else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # no server is left behind
    sys.exit(main())
