"""A copy of a SQLite database, whole at one moment, made while calls go on."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from ivr.errors import InvalidArgument, StoreUnavailable
from ivr.messages.message import Message
from ivr.storage.bulk import reason

PAGES = 256
"""Pages copied at a time; they are on the disk before the next ones are."""
FLUSH_STEPS = 4
"""Of so many times one waits for the disk. A whole copy in one flush kept a turn of a call waiting for 170 ms."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds; `size` in bytes, `newest` when its newest call began, empty without calls."""

    size: int
    calls: int
    newest: str


def back_up(path: str, to: str) -> Copied:
    """Copy the database to a file that is not there yet, for its owner alone, and check the copy.

    No transaction waits for it. The copy holds what was committed when it began, and nothing later. `InvalidArgument`
    where the file cannot be made, `StoreUnavailable` where the database cannot be read or is damaged: then no file is
    left.
    """
    target = Path(to)
    if target.exists() or target.is_symlink():
        raise InvalidArgument(Message("store.backup.exists", file=to))
    try:
        made, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)  # readable for its owner alone
    except OSError as failed:
        raise InvalidArgument(Message("store.backup.not-made", file=to, why=failed.strerror)) from failed
    part = Path(name)
    try:
        try:
            _copy(path, part, made)
        finally:
            os.close(made)
        found = _checked(part)
        _put_in_place(part, target)
        return found
    except OSError as failed:
        raise InvalidArgument(Message("store.backup.not-written", file=to, why=failed.strerror)) from failed
    finally:
        part.unlink(missing_ok=True)


def _copy(path: str, part: Path, file: int) -> None:
    """One reading of the source is held open all the while. Without it every write of another process would make the
    copy begin again (https://www.sqlite.org/c3ref/backup_finish.html), under calls for ever."""
    try:
        with (
            closing(_open(path, "rw")) as source,
            closing(sqlite3.connect(part, isolation_level=None)) as copy,
        ):
            if source.execute("PRAGMA journal_mode=WAL").fetchone()[0] != "wal":  # in any other a reading stops writers
                raise StoreUnavailable(Message("store.backup.no-log", database=path))
            copy.execute("PRAGMA synchronous=OFF")  # it is flushed below, and thrown away where that fails
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            source.backup(copy, pages=PAGES, progress=_Flushing(file))
            source.execute("COMMIT")
            source.execute("PRAGMA wal_checkpoint(PASSIVE)")  # else the next turn of a call had to clear the log
        os.fsync(file)
    except sqlite3.Error as failed:
        raise StoreUnavailable(Message("store.backup.not-copied", database=path, why=reason(failed))) from failed


class _Flushing:
    """Keeps the copy from piling up in memory, to be flushed under somebody's commit."""

    def __init__(self, file: int) -> None:
        self._file, self._steps = file, 0

    def __call__(self, status: int, remaining: int, total: int) -> None:
        self._steps += 1
        if self._steps % FLUSH_STEPS == 0:
            os.fsync(self._file)


def _checked(part: Path) -> Copied:
    """What the copy holds. `StoreUnavailable` where SQLite finds it damaged."""
    try:
        with closing(_open(str(part), "ro&immutable=1")) as copy:
            said = [row[0] for row in copy.execute("PRAGMA integrity_check(3)")]
            if said != ["ok"]:
                raise StoreUnavailable(Message("store.backup.damaged", why=" ".join(said[0].split())))
            calls, newest = 0, ""
            with suppress(sqlite3.OperationalError):  # a database that has no tables yet
                calls, newest = copy.execute("SELECT count(*), coalesce(max(started_at), '') FROM calls").fetchone()
    except sqlite3.DatabaseError as failed:
        raise StoreUnavailable(Message("store.backup.damaged", why=reason(failed))) from failed
    return Copied(part.stat().st_size, calls, newest)


def _put_in_place(part: Path, target: Path) -> None:
    """Give the copy its name, unless somebody has taken it meanwhile."""
    try:
        os.link(part, target)
    except FileExistsError as taken:
        raise InvalidArgument(Message("store.backup.made-meanwhile", file=str(target))) from taken
    except OSError:  # a disk without hard links
        part.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _open(path: str, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(path)}?mode={mode}", uri=True, timeout=4, isolation_level=None)
