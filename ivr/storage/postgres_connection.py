"""A connection to PostgreSQL that waits no longer than its request may."""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import psycopg
from psycopg import capabilities

Result = TypeVar("Result")
DEADLINE = 4.0
"""Seconds a webhook waits for the database, all its statements together; the provider gives up after 15."""
LOOK = 0.5
"""Seconds that a statement has to end by the server's own limit, before we end it; and between two looks at it."""
AT_ONCE = 0.1
"""A statement that begins so soon after the first has all the time: the server's own limit ends it."""


class Connection(psycopg.Connection[Any]):
    """A connection that waits for answers no longer than its deadline. The server ends a statement that takes so long
    by itself. A later one of the same request has less time; and where the server itself has fallen silent, or the way
    to it, only we can end it."""

    deadline = DEADLINE
    until = float("inf")
    """When the request that uses it has waited enough, by `time.monotonic`."""
    kept: psycopg.Cursor[Any] | None = None
    kept_raw: psycopg.RawCursor[Any] | None = None

    def run(self, text: str, values: Mapping[str, Any] | Sequence[Any]) -> psycopg.Cursor[Any]:
        """A statement on the one cursor of this connection: a new one each time is a tenth of a turn's time."""
        if self.kept is None:
            self.kept = self.cursor()
        return self.kept.execute(text, values)

    def run_numbered(self, text: str, values: Sequence[Any]) -> None:
        """A statement whose parameters are numbered as the server wants them."""
        if self.kept_raw is None:
            self.kept_raw = psycopg.RawCursor(self)
        self.kept_raw.execute(text, values)

    def wait(self, gen: Generator[Any, Any, Result], interval: float = LOOK, timeout: float | None = None) -> Result:
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        left = self.until - time.monotonic()
        if left > self.deadline - AT_ONCE:
            return super().wait(gen, interval, self.deadline + LOOK)
        try:
            return super().wait(gen, interval, max(left, LOOK))
        except psycopg.OperationalError:
            self._stop()
            raise

    def _stop(self) -> None:
        """Have the server end what nobody waits for any more. A libpq that is too old might wait for ever for that."""
        if self.info.transaction_status == psycopg.pq.TransactionStatus.ACTIVE and capabilities.has_cancel_safe():
            with suppress(psycopg.Error):
                self.cancel_safe(timeout=LOOK)
