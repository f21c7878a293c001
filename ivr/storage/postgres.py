"""PostgreSQL for live turns: any number of machines share one database, and the versions of rows are the guard.

A plain turn is two round trips: the call's row, and one statement that writes row and turn if the row still has the
version that was read. Anything more is one statement as well, made of all that is to be written. READ COMMITTED is
enough, for nothing is decided by what was read but under such a guard (docs/adr/0010).
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import lru_cache
from itertools import count
from typing import Any

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy.dialects.postgresql.psycopg import dialect

from ivr.errors import StoreUnavailable
from ivr.messages.message import Message
from ivr.service.ports import Conflict
from ivr.service.rows import CallRow, TurnRow
from ivr.storage.bulk import reason
from ivr.storage.kept_writes import Values
from ivr.storage.patience import Patience
from ivr.storage.postgres_connection import AT_ONCE, DEADLINE, Connection
from ivr.storage.probe import probe
from ivr.storage.statements import PostgresStatements, RowStatement
from ivr.storage.store_rows import StoreRows
from ivr.storage.transaction_rows import TransactionRows

LEAST_TO_CONNECT = 2.0
"""libpq waits no shorter for a server."""
OVERTAKEN = (
    errors.UniqueViolation,
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.DivisionByZero,  # a row that must be written was not there: see `_as_one`
)


sql = PostgresStatements(dialect(), "format")  # type: ignore[no-untyped-call]


class PostgresStore(StoreRows, Patience):
    """The store of one database. One connection a thread, opened on first use, so a fork shares none.

    `clock` replaces the database's own, for tests.
    """

    sql = sql

    def __init__(
        self,
        url: str,
        *,
        deadline: float = DEADLINE,
        serves: str = "live",
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._url, self.deadline, self.serves, self.clock = url, deadline, serves, clock
        self._local = threading.local()

    def connection(self) -> Connection:
        """This thread's connection, which waits as long as the thread may. `StoreUnavailable` where none can be had."""
        found: Connection | None = getattr(self._local, "connection", None)
        until = self.until()
        if found is None or found.closed:
            found = self._local.connection = self._connect(until - time.monotonic())
        found.until = until
        return found

    def _connect(self, left: float) -> Connection:
        if left < min(LEAST_TO_CONNECT, self.deadline / 2):
            raise StoreUnavailable(Message("store.no-time"))
        wait = int(self.deadline * 1000)
        options = f"-c statement_timeout={wait} -c lock_timeout={wait} -c TimeZone=UTC"
        try:
            given = conninfo_to_dict(self._url)
            own, hosts = given.get("options") or "", str(given.get("host") or "").count(",") + 1
            made = Connection.connect(
                self._url,
                autocommit=True,
                options=f"{own} {options} -c idle_in_transaction_session_timeout={2 * wait}",
                connect_timeout=max(2, int(left + AT_ONCE) // hosts),  # libpq counts it for each host
                tcp_user_timeout=wait,
            )
        except psycopg.Error as failed:
            raise StoreUnavailable(Message("store.not-reached", why=reason(failed))) from failed
        made.prepare_threshold, made.deadline = 2, self.deadline
        return made

    def close(self) -> None:
        """Close this thread's connection; the next use opens a new one."""
        found: Connection | None = getattr(self._local, "connection", None)
        if found is not None:
            self._local.connection = None
            with suppress(psycopg.Error):
                found.close()

    def first_reading(self, text: str, values: Values) -> list[Any]:
        """Rows; where the connection broke while nobody used it, by a new one. What timed out is not asked again."""
        connection = self.connection()
        try:
            return connection.run(text, values).fetchall()
        except psycopg.OperationalError:
            if not connection.broken:
                raise
            self.close()
            return self.connection().run(text, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[PostgresTransaction]:
        """One use case's reading and writing, as the port says."""
        with self.together(), self._failures():
            tx = PostgresTransaction(self)
            yield tx
            tx.commit()

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except OVERTAKEN as overtaken:
            self.close_unless_idle()
            raise Conflict("store.conflict.database", reason(overtaken)) from overtaken
        except psycopg.Error as failed:
            self.close()
            raise StoreUnavailable(Message("store.failed", why=reason(failed))) from failed

    def close_unless_idle(self) -> None:
        """A connection goes on only where no transaction is open on it."""
        found: Connection | None = getattr(self._local, "connection", None)
        if found is not None and found.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
            with suppress(psycopg.Error):
                found.rollback()
                return
            self.close()

    def check_writable(self) -> None:
        """Do what a turn does: a standby, and a disk that is full, can be read."""
        with self.together(), self._failures():
            self.first_reading(sql.clock, {})
            connection = self.connection()
            with connection.transaction():
                for asked in probe(sql):
                    done = connection.run(asked.text, asked.values)
                    if asked.finds and done.fetchone() is None:
                        raise StoreUnavailable(Message("store.row-lost"))

    def now(self) -> datetime:
        """The time of the database."""
        return self.clock() if self.clock else self.read(sql.clock, {})[0][0]

    def run(self, text: str, values: Values, *, returns: bool = True) -> list[Any]:
        """A statement that writes, committed."""
        with self.together(), self._failures():
            done = self.connection().run(text, values)
            return done.fetchall() if returns else []

    def read(self, text: str, values: Values) -> list[Any]:
        """What a statement finds."""
        with self.together(), self._failures():
            return self.first_reading(text, values)


class PostgresTransaction(TransactionRows):
    """One transaction. Its methods are those of the port `Transaction`."""

    __slots__ = ("_now", "_store")
    sql = sql

    def __init__(self, store: PostgresStore) -> None:
        super().__init__()
        self._store = store
        self._now: datetime | None = None

    def now(self) -> datetime:
        if self._store.clock:
            return self._store.clock()
        if self._now is None:
            self._now = self.found(sql.clock, {})[0][0]
        assert self._now is not None
        return self._now

    def call(self, call: str) -> CallRow | None:
        """The database's time comes with the row, without a trip of its own."""
        rows = self.found(sql.read_call_and_clock, {"call": call})
        if not rows:
            return None
        *found, self._now = rows[0]
        row = self.known_calls[call] = CallRow._make(found)
        return row

    def reply(self, call: str, turn: int) -> TurnRow | None:
        rows = self.found(sql.read_reply, {"call": call, "turn": turn})
        return TurnRow._make(rows[0]) if rows else None

    def current_release(self) -> str | None:
        rows = self.found(sql.current_release, {"name": self._store.serves})
        return rows[0][0] if rows else None

    def next_number(self) -> int:
        return int(self.found(sql.next_number, {})[0][0])

    def switches(self) -> Mapping[str, bool]:
        return dict(self.found(sql.switches, {}))

    def visits(self, customer: str, call: str) -> int:
        return int(self.found(sql.visits, {"customer": customer, "call": call})[0][0])

    def open_cases(self, customer: str) -> int:
        return int(self.found(sql.open_cases, {"customer": customer})[0][0])

    def found(self, text: str, values: Values) -> list[Any]:
        return self._store.first_reading(text, values)

    def commit(self) -> None:
        """Write all that was kept. `Conflict` where what it stands on holds no longer."""
        turn, more = self.turn, self.cases_written or self.recordings or self.ended_work or self.outgoing_written
        if turn is not None and len(self.calls_written) == 1 and not more:
            row = self.calls_written[0]
            if self.release is None and self.call_written(sql, row).text == sql.advance_call.text:
                self._in_one(sql.next_turn, (*row, *turn, 1))
                return
            if not row.version and self.release is not None:
                self._in_one(sql.first_turn, (*row._replace(version=1), *turn, self._store.serves))
                return
        self._together()

    def _in_one(self, statement: RowStatement, row: tuple[Any, ...]) -> None:
        if self._store.connection().run(statement.text, statement.values(row)).rowcount != 1:
            raise Conflict("store.conflict.changed")

    def _together(self) -> None:
        """All statements as one, which fails where one of them writes nothing that must: PostgreSQL takes all back."""
        writes = list(self.writes(sql))
        if not writes:
            return
        parts = [(write.text, not write.any_number) for write in writes]
        values = [value for write in writes for value in write.values]
        if self.release is not None:
            parts.append((sql.still_live.text, True))
            values.extend(sql.still_live.values((self._store.serves, self.release)))
        self._store.connection().run_numbered(_as_one(tuple(parts)), values)


@lru_cache(maxsize=200)
def _as_one(parts: tuple[tuple[str, bool], ...]) -> str:
    """One statement of several. Only an error undoes what another part has written: where one that `must` finds no
    row, one is divided by nought.

    Its parameters are numbered as the server wants them: psycopg looks for them each time in a statement with so many.
    """
    named = [
        f"p{n} AS ({text}{'' if text.startswith('SELECT') else ' RETURNING 1'})" for n, (text, _) in enumerate(parts)
    ]
    counted = [f"1 / (SELECT count(*) FROM p{n})" for n, (_, must) in enumerate(parts) if must]  # noqa: S608
    numbers = count(1)
    return re.sub("%s", lambda _: f"${next(numbers)}", f"WITH {', '.join(named)} SELECT {', '.join(counted)}")
