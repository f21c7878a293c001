"""SQLite for live turns: one connection a thread, one writer at a time, and a deadline for waiting.

Readings take no lock; a transaction takes the writer's when it commits. Writers that wait in SQLite's own busy handler
sleep up to 100 ms at a time, which was the whole tail; the gate below asks again each half millisecond (docs/adr/0002).
After the deadline the caller hears a "please wait" document.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from sqlalchemy.dialects import sqlite

from ivr.errors import StoreUnavailable
from ivr.messages.message import Message
from ivr.service.ports import Conflict
from ivr.service.rows import CallRow, TurnRow
from ivr.storage.bulk import reason
from ivr.storage.kept_writes import Values
from ivr.storage.patience import Patience
from ivr.storage.probe import probe
from ivr.storage.statements import Statements
from ivr.storage.store_rows import StoreRows
from ivr.storage.transaction_rows import TransactionRows

DEADLINE = 4.0
"""Seconds a webhook waits for the file and its locks, all waits together; the provider gives up after 15."""
KEY_TAKEN = ("SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_UNIQUE")
NONE: Values = {}
RETRY = 0.0005
"""Seconds between two attempts to get the lock of another process."""
sql = Statements(sqlite.dialect(paramstyle="named"), "qmark")


def machine_clock() -> datetime:
    """The time of this machine, which is the only one that can use the file."""
    return datetime.now(UTC)


class SqliteStore(StoreRows, Patience):
    """The store of one database file. Connections are opened on first use, so a fork shares none."""

    sql = sql

    def __init__(
        self,
        path: str,
        *,
        synchronous: str = "FULL",
        deadline: float = DEADLINE,
        serves: str = "live",
        clock: Callable[[], datetime] = machine_clock,
    ) -> None:
        self.path, self.synchronous, self.deadline = path, synchronous, deadline
        self.serves, self.clock = serves, clock
        self._local = threading.local()
        self._gate = threading.Lock()

    def connection(self) -> sqlite3.Connection:
        """This thread's connection. `StoreUnavailable` where the file cannot be opened."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        file = self._file()
        if found is not None:
            if self._local.file == file:
                return found
            self.close()
        opened = None
        try:
            opened = sqlite3.connect(
                f"file:{quote(self.path)}?mode=rw", uri=True, isolation_level=None, timeout=0, check_same_thread=False
            )
            self._patiently(opened, "PRAGMA journal_mode=WAL", self.until())
            opened.execute(f"PRAGMA synchronous={self.synchronous}")
            opened.execute("PRAGMA foreign_keys=ON")
        except (sqlite3.Error, StoreUnavailable) as failed:
            if opened is not None:
                opened.close()
            if isinstance(failed, StoreUnavailable):
                raise
            said = Message("store.sqlite.not-opened", database=self.path, why=reason(failed))
            raise StoreUnavailable(said) from failed
        self._local.connection, self._local.file = opened, file
        return opened

    def _file(self) -> tuple[int, int]:
        """Which file the path names now. SQLite would keep writing to one that was moved or deleted."""
        try:
            found = os.stat(self.path)
        except OSError as failed:
            raise StoreUnavailable(
                Message("store.sqlite.not-opened", database=self.path, why=failed.strerror)
            ) from failed
        return found.st_dev, found.st_ino

    def close(self) -> None:
        """Close this thread's connection; the next use opens a new one."""
        found = getattr(self._local, "connection", None)
        if found is not None:
            self._local.connection = None
            found.close()

    @contextmanager
    def transaction(self) -> Iterator[SqliteTransaction]:
        """One use case's reading and writing, as the port says."""
        with self.together():
            tx = SqliteTransaction(self, self.connection())
            try:
                yield tx
                tx.commit()
            except sqlite3.IntegrityError as taken:
                if taken.sqlite_errorname not in KEY_TAKEN:
                    raise
                raise Conflict("store.conflict.database", str(taken)) from taken
            except sqlite3.DatabaseError as failed:
                self.close()
                raise StoreUnavailable(
                    Message("store.sqlite.failed", database=self.path, why=reason(failed))
                ) from failed
            finally:
                tx.take_back()

    def begin(self, connection: sqlite3.Connection) -> None:
        """Take the writer's lock of this process, then of the file; `end` gives both back."""
        until = self.until()
        if not self._gate.acquire(timeout=max(0.0, until - time.monotonic())):
            raise StoreUnavailable(Message("store.sqlite.busy", database=self.path, seconds=self.deadline))
        try:
            self._patiently(connection, "BEGIN IMMEDIATE", until)
        except BaseException:
            self._gate.release()
            raise

    def end(self, connection: sqlite3.Connection, *, keep: bool) -> None:
        """Commit what was written since `begin`, or take it back."""
        try:
            if keep:
                connection.execute("COMMIT")
        finally:
            self._roll_back(connection)
            self._gate.release()

    def check_writable(self) -> None:
        """Do what a turn does, to the disk: a read-only file lets a transaction begin."""
        with self._writing() as connection:
            for asked in probe(sql):
                if not connection.execute(asked.text, asked.values).fetchall() and asked.finds:
                    raise StoreUnavailable(Message("store.row-lost"))

    def now(self) -> datetime:
        """The time of the only machine."""
        return self.clock()

    def run(self, text: str, values: Mapping[str, Any], *, returns: bool = True) -> list[Any]:
        """A statement that writes, committed."""
        with self._writing() as connection:
            return connection.execute(text, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Statements that are committed together, unless one of them fails."""
        try:
            with self.together():
                connection = self.connection()
                self.begin(connection)
            written = False
            try:
                yield connection
                written = True
            finally:
                self.end(connection, keep=written)
        except sqlite3.DatabaseError as failed:
            self.close()
            raise StoreUnavailable(Message("store.sqlite.failed", database=self.path, why=reason(failed))) from failed

    def _patiently(
        self, connection: sqlite3.Connection, statement: str, until: float, values: Values = NONE
    ) -> sqlite3.Cursor:
        """Wait for another process's lock, but not for ever."""
        while True:
            try:
                return connection.execute(statement, values)
            except sqlite3.OperationalError as failed:
                if "locked" not in str(failed) and "busy" not in str(failed):
                    raise
                if time.monotonic() >= until:
                    raise StoreUnavailable(
                        Message("store.sqlite.locked", database=self.path, seconds=self.deadline)
                    ) from failed
                time.sleep(RETRY)

    def _roll_back(self, connection: sqlite3.Connection) -> None:
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except sqlite3.Error:
            self.close()

    def reading(self, connection: sqlite3.Connection, text: str, values: Values) -> sqlite3.Cursor:
        """A reading, which waits for one thing: the first to open the file after a process was killed repairs its log,
        and all others are told "locked" meanwhile.
        """
        return self._patiently(connection, text, self.until(), values)

    def read(self, text: str, values: Mapping[str, Any]) -> list[Any]:
        """What a statement finds."""
        try:
            with self.together():
                return self.reading(self.connection(), text, values).fetchall()
        except sqlite3.DatabaseError as failed:
            self.close()
            raise StoreUnavailable(Message("store.sqlite.failed", database=self.path, why=reason(failed))) from failed


class SqliteTransaction(TransactionRows):
    """One transaction, on the driver's connection. Its methods are those of the port `Transaction`."""

    __slots__ = ("_begun", "_connection", "_store")
    sql = sql

    def __init__(self, store: SqliteStore, connection: sqlite3.Connection) -> None:
        super().__init__()
        self._store, self._connection = store, connection
        self._begun = False

    def now(self) -> datetime:
        return self._store.clock()

    def found(self, text: str, values: Values = NONE) -> sqlite3.Cursor:
        try:
            return self._connection.execute(text, values)
        except sqlite3.OperationalError:
            return self._store.reading(self._connection, text, values)

    def call(self, call: str) -> CallRow | None:
        found = self.found(sql.read_call, {"call": call}).fetchone()
        if found is None:
            return None
        row = self.known_calls[call] = CallRow._make(found)
        return row

    def reply(self, call: str, turn: int) -> TurnRow | None:
        row = self.found(sql.read_reply, {"call": call, "turn": turn}).fetchone()
        return TurnRow._make(row) if row else None

    def current_release(self) -> str | None:
        row = self.found(sql.current_release, {"name": self._store.serves}).fetchone()
        return row[0] if row else None

    def next_number(self) -> int:
        self._begin()
        return int(self._connection.execute(sql.next_number).fetchall()[0][0])

    def switches(self) -> Mapping[str, bool]:
        return {name: bool(on) for name, on in self.found(sql.switches).fetchall()}

    def visits(self, customer: str, call: str) -> int:
        return int(self.found(sql.visits, {"customer": customer, "call": call}).fetchone()[0])

    def open_cases(self, customer: str) -> int:
        return int(self.found(sql.open_cases, {"customer": customer}).fetchone()[0])

    def commit(self) -> None:
        """Write all that was kept, under the writer's lock. `Conflict` where what it stands on holds no longer."""
        writes = list(self.writes(sql))
        if not writes and not self._begun:
            return
        self._begin()
        if self.release is not None and self.current_release() != self.release:
            raise Conflict("store.conflict.release")
        for write in writes:
            if self._connection.execute(write.text, write.values).rowcount != 1 and not write.any_number:
                raise Conflict(write.otherwise)
        self._end(keep=True)

    def take_back(self) -> None:
        """Take back what was begun and not committed."""
        self._end(keep=False)

    def _begin(self) -> None:
        if not self._begun:
            self._store.begin(self._connection)
            self._begun = True

    def _end(self, *, keep: bool) -> None:
        if self._begun:
            self._begun = False
            self._store.end(self._connection, keep=keep)
