"""How much work something is, without a clock: a loaded machine makes every second longer, but no call more."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def calls_made(run: Callable[[], object]) -> int:
    """How many functions `run` calls, Python's and those written in C."""
    made = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(before)
    return made
