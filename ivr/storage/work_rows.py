"""The table of work, on both databases: pieces are claimed by one statement, so that no two workers get the same."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Delete, Update, bindparam, delete, literal_column, null, select, update

from ivr.service.rows import DeadPiece, Piece, stamp
from ivr.storage.tables import work

FOR_GOOD = "9999-12-31T00:00:00.000000+00:00"
"""Until when a piece is claimed that nobody may claim again."""
UNSETTLED = timedelta(minutes=15)
"""After so long a piece that was claimed for good should have been ended."""
ONE: Any = literal_column("1")


def _named(name: str) -> Any:
    """A parameter, spelt as `Statements` wants them."""
    return bindparam(f"_{name}", type_=work.c[name].type) if name in work.c else bindparam(f"_{name}")


_MINE = (work.c.id == _named("id")) & (work.c.claimed_by == _named("claimed_by"))
_FREE = work.c.claimed_until.is_(None) | (work.c.claimed_until < _named("now"))
_DUE = work.c.dead_at.is_(None) & (work.c.due_at <= _named("now")) & _FREE
_UNCLAIMED: dict[str, Any] = {"claimed_by": null(), "claimed_until": null()}


ENDED_WORK = ("id", "claimed_by", "due_at")
"""What a piece is ended by: which, by whom, and when it is due again."""


def drop_work() -> Delete:
    """End a piece for good."""
    return delete(work).where(_MINE)


def repeat_work() -> Update:
    """End a piece until it is due again."""
    again = {"due_at": _named("due_at"), "tries": literal_column("0"), "trouble": null(), **_UNCLAIMED}
    return update(work).where(_MINE).values(again)


def work_statements(insert: Any) -> Mapping[str, Any]:
    """The statements by name; `Statements` compiles them. `insert` is the one of the dialect."""
    return {
        "put_off_work": update(work)
        .where(_MINE)
        .values(due_at=_named("due_at"), trouble=_named("trouble"), dead_at=_named("dead_at"), **_UNCLAIMED),
        "add_work": insert(work).values(_new()).on_conflict_do_nothing(),
        "keep_repeated": _keep_repeated(insert(work).values(_new())),
        "due_kinds": select(work.c.kind).where(_DUE).distinct(),
        "claim_work": _claim(),
        "dead_work": _dead(),
        "revive_work": update(work)
        .where(work.c.id == _named("id"), work.c.dead_at.is_not(None))
        .values(dead_at=null(), due_at=_named("due_at"), tries=literal_column("0"), **_UNCLAIMED)
        .returning(work.c.id),
    }


def _new() -> dict[str, Any]:
    given = {name: _named(name) for name in ("kind", "ref", "due_at")}
    return {**given, "tries": literal_column("0"), "data": literal_column("'{}'")}


def _keep_repeated(new: Any) -> Any:
    too_late = (work.c.due_at > new.excluded.due_at) | (work.c.claimed_until > _named("claimed_until"))
    soon = {"due_at": new.excluded.due_at, **_UNCLAIMED}
    return new.on_conflict_do_update(index_elements=["kind", "ref"], set_=soon, where=too_late)


def _claim() -> Any:
    """SQLite leaves the lock out: there one statement is one writer."""
    first = select(work.c.id).where(work.c.kind == _named("kind"), _DUE).order_by(work.c.due_at, work.c.id)
    first = first.limit(ONE).offset(literal_column("0")).with_for_update(skip_locked=True)
    taken = {
        "due_at": _named("now"),
        "claimed_by": _named("claimed_by"),
        "claimed_until": _named("claimed_until"),
        "tries": work.c.tries + ONE,
    }
    claimed = update(work).where(work.c.id.in_(first.scalar_subquery())).values(taken)
    return claimed.returning(*(work.c[name] for name in Piece._fields))


def _dead() -> Any:
    unsettled = (work.c.claimed_until == _named("claimed_until")) & (work.c.due_at < _named("due_at"))
    columns = (
        work.c.id,
        work.c.kind,
        work.c.ref,
        work.c.tries,
        work.c.due_at,
        work.c.trouble,
        work.c.dead_at.is_not(None),
    )
    return select(*columns).where(work.c.dead_at.is_not(None) | unsettled).order_by(work.c.due_at, work.c.id)


class WorkRows(ABC):
    """The part of the port `Store` that is about work."""

    sql: Any

    @abstractmethod
    def now(self) -> datetime:
        """The store's clock."""

    @abstractmethod
    def read(self, text: str, values: Mapping[str, Any]) -> list[Any]:
        """What a statement finds."""

    @abstractmethod
    def run(self, text: str, values: Mapping[str, Any], *, returns: bool = True) -> list[Any]:
        """A statement that writes, committed; the rows it returns."""

    def add_work(self, kind: str, ref: str, due_in: timedelta) -> None:
        values = {"kind": kind, "ref": ref, "due_at": stamp(self.now() + due_in)}
        self.run(self.sql.add_work, values, returns=False)

    def keep_repeated(self, kind: str, every: timedelta, lease: timedelta) -> None:
        now = self.now()
        values = {"kind": kind, "ref": "", "due_at": stamp(now + every), "claimed_until": stamp(now + lease)}
        self.run(self.sql.keep_repeated, values, returns=False)

    def overdue_work(self) -> Sequence[str]:
        return [row[0] for row in self.read(self.sql.due_kinds, {"now": stamp(self.now() - UNSETTLED)})]

    def due_kinds(self) -> Sequence[str]:
        return [row[0] for row in self.read(self.sql.due_kinds, {"now": stamp(self.now())})]

    def claim_work(self, kind: str, worker: str, lease: timedelta | None) -> Piece | None:
        now = self.now()
        until = FOR_GOOD if lease is None else stamp(now + lease)
        values = {"kind": kind, "claimed_by": worker, "claimed_until": until, "now": stamp(now)}
        found = self.run(self.sql.claim_work, values)
        return Piece._make(found[0]) if found else None

    def put_off_work(self, piece: int, worker: str, pause: timedelta, trouble: str, *, dead: bool) -> None:
        now = self.now()
        values = {"id": piece, "claimed_by": worker, "due_at": stamp(now + pause), "trouble": trouble}
        self.run(self.sql.put_off_work, {**values, "dead_at": stamp(now) if dead else None}, returns=False)

    def dead_work(self) -> Sequence[DeadPiece]:
        values = {"claimed_until": FOR_GOOD, "due_at": stamp(self.now() - UNSETTLED)}
        return list(map(DeadPiece._make, self.read(self.sql.dead_work, values)))

    def revive_work(self, piece: int) -> bool:
        return bool(self.run(self.sql.revive_work, {"id": piece, "due_at": stamp(self.now())}))
