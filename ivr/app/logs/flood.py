"""At most so many lines a minute of one kind, with a count of those left out: nobody outside can fill the disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable

MINUTE = 60.0
MOST_KINDS = 200
"""More kinds than this count as one."""


class Flood:
    """Lines by kind in the minute that goes on."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._lock = threading.Lock()
        self._began = clock()
        self._counted: dict[Hashable, int] = {}

    def lets(self, kind: Hashable) -> bool:
        """Whether one more line of this kind may be written."""
        with self._lock:
            known = kind if kind in self._counted or len(self._counted) < MOST_KINDS else None
            self._counted[known] = counted = self._counted.get(known, 0) + 1
            return counted <= self._most

    def left_out(self) -> dict[Hashable, int]:
        """Once a minute has passed: what was left out in it, by kind. Then the next minute begins."""
        with self._lock:
            if self._clock() - self._began < MINUTE:
                return {}
            counted, self._counted, self._began = self._counted, {}, self._clock()
        return {kind: number - self._most for kind, number in counted.items() if number > self._most}
