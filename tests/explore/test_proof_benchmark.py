"""The benchmark of proof has a quick form, so that it cannot break unnoticed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_quick_form_prints_the_ratio_to_the_bare_engine() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/explore.py", "--quick"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )

    assert done.returncode == 0, done.stderr
    assert re.fullmatch(
        r"\d+ steps: \d+ states, [\d,]+ engine turns \([\d,]+ taken\), walk [\d.]+ s = [\d.]+ x the bare engine's "
        r"turns, whole proof [\d.]+ s = [\d.]+ x, \d+ MB, holds\n",
        done.stdout,
    )
