"""The line stays up: each fault is made against a real `ivr serve`, while random callers phone and are judged.

    python benchmarks/uptime.py [FAULT ...] [--quick]

Faults: killed hung main restart stop-start half-sent lock; else all. Exit code 1 where an aim is missed.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path

from uptime_callers import today
from uptime_faults import FAULTS, QUICK, Size
from uptime_server import served


def main() -> int:
    """Run the faults and print the table; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("faults", nargs="*", metavar="FAULT", help=f"of {', '.join(FAULTS)}; else all")
    parser.add_argument("--quick", action="store_true", help="a few callers: how fast, counts for nothing")
    given = parser.parse_args()
    if unknown := set(given.faults) - set(FAULTS):
        parser.error(f"there is no fault {', '.join(sorted(unknown))}; there are {', '.join(FAULTS)}")
    size = QUICK if given.quick else Size()
    print(f"{today()}; {os.cpu_count()} cores; SQLite, 2 workers; load {os.getloadavg()[0]:.0f}\n")
    print("| fault | seen | wanted | |\n|---|---|---|---|")
    missed = unsound = 0
    with tempfile.TemporaryDirectory() as folder:
        names = given.faults or list(FAULTS)
        for together in [names] if given.quick else [[name] for name in names]:
            with served(Path(folder) / together[0]) as hotline:
                for name in together:
                    row = FAULTS[name](hotline, size)
                    missed += not row.met
                    unsound += not row.sound
                    print(f"| {row.fault} | {row.seen} | {row.wanted} | {'met' if row.met else 'MISSED'} |", flush=True)
    return 1 if unsound or (missed and not given.quick) else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # no server is left behind
    sys.exit(main())
