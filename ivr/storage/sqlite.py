"""SQLite for live turns: one connection a thread, one writer at a time, and a deadline for waiting.

Writers that wait in SQLite's own busy handler sleep up to 100 ms at a time, which was the whole tail; the gate below
asks again each half millisecond (docs/adr/0002). After the deadline the caller hears a "please wait" document.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from sqlalchemy import Table

from ivr.errors import StoreUnavailable
from ivr.service.ports import CallProgress, CallRow, CaseRow, Conflict, StoredCall, TurnRecord, TurnRow
from ivr.storage import statements as sql
from ivr.storage.tables import calls, case_events, cases, recordings

DEADLINE = 4.0
"""Seconds a webhook waits for the writer's lock; the provider gives up after 15."""
RETRY = 0.0005
"""Seconds between two attempts to get the lock of another process."""


@lru_cache(maxsize=256)
def _insert(table: Table, names: tuple[str, ...]) -> str:
    return sql.insert_into(table, names)


@lru_cache(maxsize=256)
def _update(table: Table, key: str, names: tuple[str, ...], version: bool) -> str:
    return sql.update_of(table, key, names, version=version)


class _TakenBack(Exception):
    """Ends a transaction that was only tried."""


class SqliteStore:
    """The store of one database file. Connections are opened on first use, so a fork shares none."""

    def __init__(
        self, path: str, *, synchronous: str = "FULL", deadline: float = DEADLINE, serves: str = "live"
    ) -> None:
        self.path, self.synchronous, self.deadline, self.serves = path, synchronous, deadline, serves
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
            self._patiently(opened, "PRAGMA journal_mode=WAL", time.monotonic() + self.deadline)
            opened.execute(f"PRAGMA synchronous={self.synchronous}")
            opened.execute("PRAGMA foreign_keys=ON")
        except (sqlite3.Error, StoreUnavailable) as failed:
            if opened is not None:
                opened.close()
            raise StoreUnavailable(f"the database {self.path} cannot be opened: {failed}") from failed
        self._local.connection, self._local.file = opened, file
        return opened

    def _file(self) -> tuple[int, int]:
        """Which file the path names now. SQLite would keep writing to one that was moved or deleted."""
        try:
            found = os.stat(self.path)
        except OSError as failed:
            raise StoreUnavailable(f"the database {self.path} cannot be opened: {failed.strerror}") from failed
        return found.st_dev, found.st_ino

    def close(self) -> None:
        """Close this thread's connection; the next use opens a new one."""
        found = getattr(self._local, "connection", None)
        if found is not None:
            self._local.connection = None
            found.close()

    @contextmanager
    def transaction(self) -> Iterator[SqliteTransaction]:
        """Write in one transaction, the writer's lock taken first; committed when left without an error."""
        until = time.monotonic() + self.deadline
        if not self._gate.acquire(timeout=self.deadline):
            raise StoreUnavailable("the database was busy for too long")
        try:
            connection = self.connection()
            self._patiently(connection, "BEGIN IMMEDIATE", until)
            try:
                yield SqliteTransaction(connection, self.serves)
                connection.execute("COMMIT")
            except BaseException:
                self._roll_back(connection)
                raise
        except sqlite3.IntegrityError as taken:
            raise Conflict(f"a key is taken by another transaction: {taken}") from taken
        except sqlite3.DatabaseError as failed:
            self.close()
            raise StoreUnavailable(f"the database {self.path} failed: {failed}") from failed
        finally:
            self._gate.release()

    def check_writable(self) -> None:
        """Write and take it back: a read-only file lets a transaction begin."""
        with suppress(_TakenBack), self.transaction() as tx:
            tx.next_number()
            raise _TakenBack

    def _patiently(self, connection: sqlite3.Connection, statement: str, until: float) -> None:
        """Wait for another process's lock, but not for ever."""
        while True:
            try:
                connection.execute(statement)
                return
            except sqlite3.OperationalError as failed:
                if "locked" not in str(failed) and "busy" not in str(failed):
                    raise
                if time.monotonic() >= until:
                    raise StoreUnavailable("the database was locked for too long") from failed
                time.sleep(RETRY)

    def _roll_back(self, connection: sqlite3.Connection) -> None:
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except sqlite3.Error:
            self.close()

    def release_body(self, release: str) -> str | None:
        """The files of a release, as JSON."""
        rows = self._read("SELECT body FROM releases WHERE hash = ?", release)
        return rows[0][0] if rows else None

    def current_release(self) -> str | None:
        """The release new calls get."""
        rows = self._read("SELECT release FROM served_releases WHERE name = ?", self.serves)
        return rows[0][0] if rows else None

    def stored_call(self, call: str) -> StoredCall | None:
        """What a call is replayed from, None where it has taken no turn."""
        found = self._read("SELECT release, entry FROM calls WHERE call = ? AND turns_taken > 0", call)
        if not found:
            return None
        inputs = self._read("SELECT input FROM turns WHERE call = ? ORDER BY turn", call)
        return StoredCall(found[0][0], found[0][1], [row[0] for row in inputs])

    def _read(self, statement: str, value: str) -> list[Any]:
        try:
            return self.connection().execute(statement, (value,)).fetchall()
        except sqlite3.DatabaseError as failed:
            self.close()
            raise StoreUnavailable(f"the database {self.path} failed: {failed}") from failed


class SqliteTransaction:
    """One transaction, on the driver's connection. It is the only writer from its first statement, so its reads stay
    true until it commits. Its methods are those of the port `Transaction`."""

    __slots__ = ("_execute", "_serves")

    def __init__(self, connection: sqlite3.Connection, serves: str) -> None:
        self._execute, self._serves = connection.execute, serves

    def call(self, call: str) -> CallRow | None:
        row = self._execute(sql.READ_CALL, {"_call": call}).fetchone()
        return CallRow._make(row) if row else None

    def reply(self, call: str, turn: int) -> TurnRow | None:
        row = self._execute(sql.READ_REPLY, {"_call": call, "_turn": turn}).fetchone()
        return TurnRow._make(row) if row else None

    def current_release(self) -> str | None:
        row = self._execute(sql.CURRENT, {"_name": self._serves}).fetchone()
        return row[0] if row else None

    def next_number(self) -> int:
        return int(self._execute(sql.NEXT_NUMBER).fetchall()[0][0])

    def insert_call(self, values: Mapping[str, object]) -> None:
        self._execute(_insert(calls, tuple(values)), values)

    def update_call(self, call: str, version: int, values: Mapping[str, object]) -> None:
        text = _update(calls, "call", tuple(values), True)
        self._guarded(text, {**values, "_call": call, "_version": version})

    def advance(self, call: str, version: int, progress: CallProgress) -> None:
        self._guarded(sql.ADVANCE, {**progress._asdict(), "_call": call, "_version": version})

    def _guarded(self, text: str, values: Mapping[str, object]) -> None:
        if self._execute(text, values).rowcount != 1:
            raise Conflict("a row was changed by somebody else")

    def insert_turn(self, turn: TurnRecord) -> None:
        self._execute(sql.INSERT_TURN, turn._asdict())

    def cases(self, call: str) -> Sequence[CaseRow]:
        rows = self._execute(sql.READ_CASES, {"_call": call}).fetchall()
        return [CaseRow(n, kind, status, bool(partial), v, data) for n, kind, status, partial, v, data in rows]

    def put_case(self, values: Mapping[str, object]) -> None:
        found = dict(values)
        version = found.pop("version")
        if version == 0:
            self._execute(_insert(cases, (*found, "version")), {**found, "version": 1})
            return
        number = found.pop("number")
        text = _update(cases, "number", tuple(found), True)
        self._guarded(text, {**found, "_number": number, "_version": version})

    def add_case_event(self, values: Mapping[str, object]) -> None:
        seq = self._execute(sql.NEXT_SEQ, {"_number": values["number"]}).fetchone()[0]
        self._execute(_insert(case_events, (*values, "seq")), {**values, "seq": seq})

    def put_recording(self, recording: str, call: str, values: Mapping[str, object], *, fill: bool = False) -> None:
        known = self._execute(sql.READ_RECORDING, {"_recording": recording}).fetchone()
        if known is None:
            full = {"recording": recording, "call": call, **values}
            self._execute(_insert(recordings, tuple(full)), full)
            return
        if fill:
            has = dict(zip(sql.RECORDED, known, strict=True))
            values = {name: value for name, value in values.items() if has[name] is None}
        if values:
            text = _update(recordings, "recording", tuple(values), False)
            self._execute(text, {**values, "_recording": recording})

    def overdue_calls(self, now: str) -> Sequence[str]:
        return [row[0] for row in self._execute(sql.OVERDUE_CALLS, {"_now": now}).fetchall()]

    def switches(self) -> Mapping[str, bool]:
        return {name: bool(on) for name, on in self._execute(sql.SWITCHES).fetchall()}

    def visits(self, caller: str, call: str) -> int:
        return int(self._execute(sql.VISITS, {"_caller": caller, "_call": call}).fetchone()[0])

    def open_cases(self, caller: str) -> int:
        return int(self._execute(sql.OPEN_CASES, {"_caller": caller}).fetchone()[0])
