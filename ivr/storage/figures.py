"""What metrics say of a database: few small statements by indexes, with an end."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Executable, and_, case, func, literal, select
from sqlalchemy.exc import SQLAlchemyError

from ivr.errors import StoreUnavailable
from ivr.messages.message import Message
from ivr.service.outgoing.outgoing_rows import LIVE
from ivr.service.rows import stamp
from ivr.storage.bulk import engine, reason
from ivr.storage.outgoing_tables import is_due
from ivr.storage.tables import attempts, calls, follow_ups, served_releases, work
from ivr.storage.work_rows import UNSETTLED

SECONDS = 2
"""How long all statements together may take."""
STEPS = 10_000
"""SQLite looks at the clock after so many of its own steps."""
Ask = Callable[[Executable], Any]


class WorkFigures(NamedTuple):
    """Pieces of one kind of work: all that live, those due, those due for a quarter of an hour and those claimed."""

    kind: str
    alive: int
    due: int
    overdue: int
    claimed: int


class Figures(NamedTuple):
    """A database at one moment. `calls_open` are real calls that go on; `calls_overdue` those of them whose next
    webhook is overdue, so that a sweep should end them. `releases` are those served, by what they are served as.
    `follow_ups_due` are real customers to be phoned by now, `attempts` those under way, by state."""

    calls_open: int
    calls_overdue: int
    work: Sequence[WorkFigures]
    dead: int
    releases: Sequence[tuple[str, str]]
    follow_ups_due: int = 0
    attempts: Sequence[tuple[str, int]] = ()


class FigureRows:
    """Reads them, on a connection of its own for each reading."""

    def __init__(self, url: str) -> None:
        self._engine = engine(url)

    def read(self) -> Figures:
        """The figures now. `StoreUnavailable` where they cannot be read in time."""
        try:
            with self._engine.connect() as connection:
                ask = _asking(connection)
                now = ask(select(func.clock_timestamp())).scalar_one() if _postgres(connection) else datetime.now(UTC)
                going_on = ask(_open_calls(stamp(now))).one()
                pieces = [WorkFigures(*row) for row in ask(_work(now))]
                found = ask(select(func.count()).select_from(work)).scalar_one()
                due = ask(_follow_ups(stamp(now))).scalar_one()
                live = [(row[0], row[1]) for row in ask(_attempts())]
                served = ask(select(served_releases.c.name, served_releases.c.release)).all()
        except SQLAlchemyError as failed:
            raise StoreUnavailable(Message("store.unreadable", why=reason(failed))) from failed
        dead = found - sum(kind.alive for kind in pieces)
        releases = [(row[0], row[1]) for row in served]
        return Figures(going_on[0], going_on[1] or 0, pieces, max(0, dead), releases, due, live)


def _asking(connection: Connection) -> Ask:
    """How to ask, from now on for `SECONDS` in all: PostgreSQL's own limit is for each statement by itself."""
    until = time.monotonic() + SECONDS
    if not _postgres(connection):
        driver: Any = connection.connection.driver_connection
        driver.set_progress_handler(lambda: time.monotonic() > until, STEPS)
        return connection.execute

    def ask(statement: Executable) -> Any:
        left = int((until - time.monotonic()) * 1000)
        if left < 1:  # 0 would be no limit
            raise StoreUnavailable(Message("store.figures-slow", seconds=SECONDS))
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {left}")
        return connection.execute(statement)

    return ask


def _postgres(connection: Connection) -> bool:
    """Then deadlines were written by the server's clock, else by this machine's."""
    return connection.dialect.name == "postgresql"


def _counted(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))


def _open_calls(now: str) -> Any:
    """By the index of open calls, which are few beside all."""
    late = _counted(calls.c.expected_by < literal(now))
    return select(func.count(), late).where(calls.c.ended_at.is_(None), calls.c.simulated.is_(False))


def _follow_ups(now: str) -> Any:
    """By the index of those that wait."""
    due = (follow_ups.c.state == "waiting", is_due(literal(now)), follow_ups.c.simulated.is_(False))
    return select(func.count()).select_from(follow_ups).where(*due)


def _attempts() -> Any:
    """By the index of those under way."""
    live = attempts.c.state.in_(LIVE)
    return select(attempts.c.state, func.count()).where(live).group_by(attempts.c.state).order_by(attempts.c.state)


def _work(now: datetime) -> Any:
    """By the index of living work. A piece nobody has claimed is free; one whose claim has run out is too."""
    free = work.c.claimed_until.is_(None) | (work.c.claimed_until < literal(stamp(now)))
    due, long_due = work.c.due_at <= literal(stamp(now)), work.c.due_at <= literal(stamp(now - UNSETTLED))
    figures = (_counted(and_(due, free)), _counted(and_(long_due, free)), _counted(~free))
    alive = select(work.c.kind, func.count(), *figures).where(work.c.dead_at.is_(None))
    return alive.group_by(work.c.kind).order_by(work.c.kind)
