"""Random callers against `ivr serve` over HTTP; every call is judged against the database as in `ivr fuzz`.

    python benchmarks/callers.py [CALLS] [--quick]

Exit code 1 where an invariant is broken or the database holds more than the calls made.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from ivr.cli.shared.fuzz_databases import SandboxDatabase
from ivr.config import Settings
from ivr.simulate.random_calls import RandomCallResult
from ivr.simulate.sandbox_calls import Sandbox, run_over_http

TOKEN = "an-invented-token"
CALLED = "+862155500000"
ROOT = Path(__file__).parents[1]
BLOCK = 100


def main() -> int:
    """Serve, call, compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("calls", type=int, nargs="?", default=1000)
    parser.add_argument("--quick", action="store_true", help="five calls: only whether it works")
    given = parser.parse_args()
    calls, callers = (5, 1) if given.quick else (given.calls, 4)
    folder = Path(tempfile.mkdtemp())
    shutil.copytree(ROOT / "flows", folder / "flows")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {"PATH": os.environ["PATH"], "TWILIO_AUTH_TOKEN": TOKEN, "IVR_PORT": str(port)}
    command = [str(Path(sys.executable).parent / "ivr"), "serve", "--no-console"]
    server = subprocess.Popen(command, cwd=folder, env=environ, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    url = server.stdout.readline().split()[1]
    settings = Settings(database_url=f"sqlite:///{folder / 'ivr.db'}", tokens=(TOKEN,), public_url=url)
    started = time.monotonic()
    try:
        sandbox = Sandbox.at(url, CALLED, settings, seed=1)
        blocks = [range(first, min(first + BLOCK, calls)) for first in range(0, calls, BLOCK)]
        with ProcessPoolExecutor(callers) as pool:
            found = [
                result
                for block in pool.map(partial(run_over_http, sandbox, SandboxDatabase(settings)), blocks)
                for result in block
            ]
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
    seconds = time.monotonic() - started
    stored = on_record(folder / "ivr.db")
    shutil.rmtree(folder)
    return judge(found, stored, seconds)


def judge(found: list[RandomCallResult], stored: dict[str, int], seconds: float) -> int:
    """Print what came of it; the exit code."""
    made = {"calls": len(found), "turns": sum(result.audit.turns for result in found)}
    made["cases"] = sum(result.audit.cases for result in found)
    broken = Counter(one.invariant for result in found for one in result.audit.broken)
    compared: Counter[str] = sum((result.audit.counts for result in found), Counter())
    turns = f"{made['turns']:,} turns acknowledged, {stored['turns']:,} on record"
    print(f"{made['calls']:,} calls, {turns}, {seconds:.0f} s")
    for name, count in sorted(compared.items()):
        print(f"{name}: {count:,} compared, {broken[name]} broken")
    for result in found:
        for one in result.audit.broken[:1]:
            print(f"call {result.incoming.number}: {one.invariant}, {one.what}")
    return 0 if made == stored and not broken else 1


def on_record(path: Path) -> dict[str, int]:
    """What lies in the database."""
    database = sqlite3.connect(path)
    try:
        counted = {name: f"SELECT count(*) FROM {name}" for name in ("calls", "turns", "cases")}
        return {name: database.execute(question).fetchone()[0] for name, question in counted.items()}
    finally:
        database.close()


if __name__ == "__main__":
    sys.exit(main())
