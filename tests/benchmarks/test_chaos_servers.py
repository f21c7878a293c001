"""A server of the chaos run whose clock is wrong."""

from __future__ import annotations

import subprocess
import sys

import pytest
from chaos_servers import clock_off_by

SHOWS = """
import multiprocessing
from datetime import datetime, UTC
from ivr.app.wiring import wire
from ivr.config import Settings

def off():
    print(round((wire(Settings(tokens=("t",))).ports.clock() - datetime.now(UTC)).total_seconds()), flush=True)

if __name__ == "__main__":
    off()
    for method in "fork", "spawn":
        child = multiprocessing.get_context(method).Process(target=off)
        child.start()
        child.join()
"""


@pytest.mark.parametrize("seconds", [-150, 0, 150])
def test_a_server_and_its_workers_have_the_same_wrong_clock(seconds: int, tmp_path: object) -> None:
    script = f"{tmp_path}/shows.py"
    with open(script, "w") as file:
        file.write(SHOWS)

    ran = subprocess.run(
        [sys.executable, script], env=dict(clock_off_by(seconds)), capture_output=True, text=True, check=True
    )

    assert ran.stdout.split() == [str(seconds)] * 3
