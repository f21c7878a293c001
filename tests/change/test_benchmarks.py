"""The benchmarks of impact run: their quick forms, a process each as people start them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def quick(name: str) -> list[str]:
    """The lines a benchmark prints."""
    command = [sys.executable, str(ROOT / "benchmarks" / name), "--quick"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_benchmark_of_impact_measures_each_planted_edit() -> None:
    lines = quick("impact.py")

    assert "300 calls: 300 replayed, 0 skipped, 0 unreadable." in lines
    rows = [line for line in lines if line.endswith(" | 1.0000 | 1.0000 |")]
    assert len(rows) == 24


def test_the_benchmark_of_ten_edits_asks_each_command() -> None:
    *_, row = quick("ten_edits.py")

    edit, lint, failing, walked, broken, impact = row.strip("| ").split(" | ")
    assert edit == "the story of a complaint is not asked for"
    assert (lint, failing, broken) == ("0 errors", "1", "0, 1")
    assert walked.endswith(" of 346") and impact.endswith(" diverted")
