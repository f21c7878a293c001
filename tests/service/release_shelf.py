"""A database of releases, a small hotline to publish, and acts on it by one clock."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from multiprocessing import Queue
from pathlib import Path
from typing import Any

from small import small_files

from ivr.flow.release import Files
from ivr.service.releases.publishing import DraftCheck, Published, first_release, publish
from ivr.service.releases.release_ports import Check, PublishPorts, PublishRequest
from ivr.service.releases.roll_back import roll_back
from ivr.storage.release_rows import ReleaseRows
from ivr.storage.schema import engine, upgrade

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


class Shelf:
    """`now` moves on by a minute with each act."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "ivr.db"
        upgrade(f"sqlite:///{self.path}")
        self.engine = engine(f"sqlite:///{self.path}")
        self.rows = ReleaseRows(self.engine)
        self.now = START
        self.reported: list[Check] = []
        self.paused: list[float] = []
        self.ports = PublishPorts(self.rows, self._clock, self.reported.append, self.paused.append)

    def _clock(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def publish(self, title: str, *draft_checks: DraftCheck, force: bool = False, note: str = "a note") -> Published:
        """The small hotline under this title, which makes it another release."""
        return publish(self.ports, files(title), draft_checks, PublishRequest("Ops", note, force))

    def roll_back(self, wanted: str = "") -> Published:
        return roll_back(self.ports, wanted, PublishRequest("Ops", "back"))

    def call(self, call: str, release: str, *, ended: bool = False) -> None:
        """A call on this release."""
        at = self.now.isoformat()
        self.write(
            "INSERT INTO calls (call, turns_taken, version, release, direction, customer, line, started_at,"
            " last_turn_at, expected_by, transfer_seconds, status_seq, ended_at, simulated)"
            " VALUES (?, 1, 1, ?, 'incoming', '', '', ?, ?, ?, 0, -1, ?, 0)",
            call, release, at, at, at, at if ended else None,
        )  # fmt: skip

    def write(self, statement: str, *values: object) -> None:
        with closing(sqlite3.connect(self.path)) as database, database:
            database.execute(statement, values)

    def read(self, statement: str) -> list[Any]:
        with closing(sqlite3.connect(self.path)) as database:
            return database.execute(statement).fetchall()

    def log(self) -> Sequence[tuple[str, str]]:
        """Kind and release of each publication, newest first."""
        return [(entry.kind, entry.release) for entry in self.rows.publications()]


def at_once(rows: ReleaseRows) -> PublishPorts:
    """What publishing is given where nobody answers calls."""
    return PublishPorts(rows, lambda: START, pause=lambda seconds: None)


def files(title: str, **more: bytes) -> Files:
    """The small hotline under a title of its own."""
    found = small_files(keys=f"hotline: {title}\n", folder="docs/small/")
    return {**found, **{f"docs/small/{file}.yaml": raw for file, raw in more.items()}}


def start_first(path: str, title: str, came: Queue[str]) -> None:
    """What a server does at its first start; for a process of its own."""
    try:
        first_release(ReleaseRows(engine(f"sqlite:///{path}")), files(title), START)
        came.put("done")
    except Exception as failed:
        came.put(repr(failed))
