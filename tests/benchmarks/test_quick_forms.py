"""Every benchmark runs: with `--quick` it takes its real path once, on little, so that none is found broken when it is
needed. What it measures then means nothing and is not looked at."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
QUICK = {
    "after_publish": "| the first 5 after a switch | 5 |",
    "attacks": "| numbers that cost the house | 200 | 0 |",
    "callers": "5 calls",
    "chaos": "| errors that no server expected, by its log (0) | 0 |",
    "cases": "0 logs that do not make their row",
    "drawing": "memory of the whole process",
    "follow_ups": "| phoned outside their hours (0) | 0 | 0 |",
    "growth": "| of it the processor's |",
    "impact": "| a condition turned round (with 1 more) |",
    "lint": "x floor",
    "lives": "| PostgreSQL | 2 | 3 | 0 |",
    "over_http": "| menu turn, NORMAL |",
    "planted": "| all | 1 |",
    "planted_calls": "| all | 5 |",
    "servers": "| memory |",
    "replay": "| whole |",
    "speech": "| tests/speech | zh | 1615 |",
    "nets": "| tests/speech | zh | person | 183 |",
    "spoken_entries": "| tests/speech | zh | phone | 208 | 207 |",
    "ten_edits": "| the story of a complaint is not asked for | 0 errors | 1 |",
    "topics": "| zh | all others | 21 |",
    "uptime": "| the database locked for 6 s |",
    "turns": "| case turn, PostgreSQL |",
}
"""By benchmark, what it prints when it has come to its end."""
SLOW = {"explore", "api_fuzz"}
"""Benchmarks that have no quick form; tests/console/test_api_fuzz.py runs that of the API for some seconds."""


@pytest.mark.parametrize("name", QUICK)
def test_a_benchmark_runs_to_its_end(name: str, tmp_path: Path) -> None:
    command = [sys.executable, str(BENCHMARKS / f"{name}.py"), "--quick"]

    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)

    assert ran.returncode == 0, ran.stderr
    assert QUICK[name] in ran.stdout


def test_no_benchmark_is_left_out() -> None:
    started = {
        file.stem
        for file in BENCHMARKS.glob("*.py")
        if '__name__ == "__main__"' in file.read_text(encoding="utf-8") and file.stem != "floors"
    }

    assert started == QUICK.keys() | SLOW
