"""What ten milliseconds of a quiet machine are on this one now: a bound that moves as the work does."""

from __future__ import annotations

import time
from collections.abc import Callable

LOOP = 250_000
"""Turns of a loop that take 10 to 12 ms on a quiet core of two shared ones, Python 3.11."""


def ten_ms() -> float:
    """Seconds of processor time, measured anew: as a floor beside what is measured in the same run."""
    return max(0.01, _least(_loop))


def least(work: Callable[[], object]) -> float:
    """The least processor time of three goes of some work, in seconds."""
    return _least(work)


def _least(work: Callable[[], object]) -> float:
    took = []
    for _ in range(3):
        begun = time.process_time()
        work()
        took.append(time.process_time() - begun)
    return min(took)


def _loop() -> int:
    found = 0
    for n in range(LOOP):
        found ^= n
    return found
