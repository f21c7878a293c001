"""Random callers against `ivr serve` over HTTP; afterwards the database is compared with what was sent.

    python benchmarks/callers.py [CALLS]

Exit code 1 where a document was refused, a turn lost or a case doubled.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from ivr.carrier.callers import RandomCaller
from ivr.carrier.delivery import Delivery
from ivr.carrier.line import HttpLine
from ivr.carrier.phone_call import Number, PhoneCall

TOKEN = "an-invented-token"
ROOT = Path(__file__).parents[1]
APOLOGY = b"something went wrong"


def some_calls(url: str, seeds: Sequence[int]) -> tuple[list[str], int, int]:
    """Play these callers; the documents refused, the turns sent, and the answers that were none or an apology."""
    number = Number(voice=f"{url}/voice", status=f"{url}/voice/status", fallback=f"{url}/voice/fallback")
    refused: list[str] = []
    turns = bad = 0
    for seed in seeds:
        delivery = Delivery(HttpLine(), TOKEN)
        caller = f"+120255501{seed % 100:02d}"
        call = PhoneCall(
            delivery=delivery, number=number, caller=caller, called="+862155500000", call=f"CA{seed:032x}"
        )
        RandomCaller(seed).play(call)
        refused += call.refused
        turns += call.turns
        replies = [exchange.reply for exchange in delivery.exchanges]
        bad += sum(reply is None or reply.status not in (200, 204) or APOLOGY in reply.body for reply in replies)
    return refused, turns, bad


def main(calls: int) -> int:
    """Serve, call, compare."""
    folder = Path(tempfile.mkdtemp())
    shutil.copytree(ROOT / "flows", folder / "flows")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {"PATH": os.environ["PATH"], "TWILIO_AUTH_TOKEN": TOKEN, "IVR_PORT": str(port)}
    command = [str(Path(sys.executable).parent / "ivr"), "serve"]
    server = subprocess.Popen(command, cwd=folder, env=environ, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    url = server.stdout.readline().split()[1]
    started = time.monotonic()
    try:
        with ProcessPoolExecutor(4) as pool:
            parts = list(pool.map(some_calls, [url] * 40, [range(n, calls, 40) for n in range(40)]))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
    seconds = time.monotonic() - started
    found = compare(folder / "ivr.db")
    shutil.rmtree(folder)
    sent = sum(turns for _, turns, _ in parts)
    refused = [line for lines, _, _ in parts for line in lines]
    bad = sum(part[2] for part in parts)
    print(f"{calls} calls, {sent} turns sent, {found['turns']} on record, {seconds:.0f} s")
    print(f"refused documents {len(refused)}, answers that were none or an apology {bad}")
    print(f"turns lost {sent - found['turns']}")
    print(f"cases {found['cases']}, doubled {found['cases'] - found['kinds']}, calls left open {found['open']}")
    good = not refused and not bad and sent == found["turns"] and found["cases"] == found["kinds"]
    return 0 if good and found["calls"] == calls and found["open"] == 0 else 1


def compare(path: Path) -> dict[str, Any]:
    """What lies in the database."""
    questions = {
        "calls": "SELECT count(*) FROM calls",
        "turns": "SELECT count(*) FROM turns",
        "cases": "SELECT count(*) FROM cases",
        "kinds": "SELECT count(*) FROM (SELECT DISTINCT call, kind FROM cases)",
        "open": "SELECT count(*) FROM calls WHERE ended_at IS NULL",
    }
    database = sqlite3.connect(path)
    try:
        return {name: database.execute(question).fetchone()[0] for name, question in questions.items()}
    finally:
        database.close()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
