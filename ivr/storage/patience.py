"""How long a thread waits for the database: all that one request waits for, together, and no longer than the deadline.

Opening, reading and beginning to write each have their own waits. One after the other they would keep a caller for
several times as long as was promised.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Patience:
    """A store's waits. `deadline` is how many seconds a caller may be kept waiting."""

    deadline: float
    _local: threading.local

    @contextmanager
    def together(self, spent: float = 0.0) -> Iterator[None]:
        """All waits of this thread inside last no longer than the deadline, of which so many seconds have passed
        already. Where such a time goes on, that one counts."""
        if getattr(self._local, "until", None) is not None:
            yield
            return
        self._local.until = time.monotonic() + max(0.0, self.deadline - spent)
        try:
            yield
        finally:
            self._local.until = None

    def until(self) -> float:
        """When waiting ends, by `time.monotonic`: of what goes on in this thread, else of what begins now."""
        known: float | None = getattr(self._local, "until", None)
        return time.monotonic() + self.deadline if known is None else known
