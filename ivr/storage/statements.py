"""The statements of a live turn: defined once in Core, compiled once for the dialect, run on the driver's connection.

Going through Core on every turn costs more than all the rest of it (docs/adr/0002); this keeps one definition of
each table and pays that price at start.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, bindparam, false, func, insert, literal_column, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import ClauseElement

from ivr.service.ports import CallProgress, CallRow, TurnRecord
from ivr.storage.tables import calls, case_events, cases, counters, recordings, served_releases, switches, turns

_DIALECT = sqlite.dialect(paramstyle="named")


ONE: Any = literal_column("1")
"""Constants are written out, so that a statement's parameters are just its columns."""


def compiled(statement: ClauseElement) -> str:
    """A statement's text with named parameters."""
    return str(statement.compile(dialect=_DIALECT))


def _insert(table: Table, names: Iterable[str]) -> str:
    return compiled(insert(table).values({name: bindparam(name) for name in names}))


def insert_into(table: Table, values: Any) -> str:
    """An insert of just these columns."""
    return _insert(table, values)


def update_of(table: Table, key: str, values: Any, *, version: bool = True) -> str:
    """An update of just these columns by key, guarded by the version that was read."""
    changed: dict[str, Any] = {name: bindparam(name) for name in values}
    where = table.c[key] == bindparam(f"_{key}")
    if version:
        changed["version"] = table.c.version + ONE
        where = where & (table.c.version == bindparam("_version"))
    return compiled(update(table).where(where).values(changed))


READ_CALL = compiled(select(*(calls.c[name] for name in CallRow._fields)).where(calls.c.call == bindparam("_call")))
READ_REPLY = compiled(
    select(turns.c.fingerprint, turns.c.reply).where(
        turns.c.call == bindparam("_call"), turns.c.turn == bindparam("_turn")
    )
)
CURRENT = compiled(select(served_releases.c.release).where(served_releases.c.name == bindparam("_name")))
NEXT_NUMBER = compiled(
    update(counters)
    .where(counters.c.name == literal_column("'call'"))
    .values(value=counters.c.value + ONE)
    .returning(counters.c.value)
)
ADVANCE = update_of(calls, "call", CallProgress._fields)
INSERT_TURN = _insert(turns, TurnRecord._fields)
READ_CASES = compiled(
    select(cases.c.number, cases.c.kind, cases.c.status, cases.c.partial, cases.c.version, cases.c.data).where(
        cases.c.call == bindparam("_call")
    )
)
NEXT_SEQ = compiled(
    select(func.coalesce(func.max(case_events.c.seq), literal_column("0")) + ONE).where(
        case_events.c.number == bindparam("_number")
    )
)
RECORDED = ("turn", "url", "seconds", "status", "transcript")
READ_RECORDING = compiled(
    select(*(recordings.c[name] for name in RECORDED)).where(recordings.c.recording == bindparam("_recording"))
)
OVERDUE_CALLS = compiled(
    select(calls.c.call).where(calls.c.ended_at.is_(None), calls.c.expected_by < bindparam("_now"))
)
SWITCHES = compiled(select(switches.c.name, switches.c.on))
VISITS = compiled(
    select(func.count())
    .select_from(calls)
    .where(
        calls.c.caller == bindparam("_caller"),
        calls.c.call != bindparam("_call"),
        calls.c.simulated.is_(false()),
    )
)
OPEN_CASES = compiled(
    select(func.count())
    .select_from(cases.join(calls, calls.c.call == cases.c.call))
    .where(calls.c.caller == bindparam("_caller"), cases.c.status == literal_column("'open'"))
)
