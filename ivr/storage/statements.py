"""The statements of a live turn: defined once in Core, compiled once for each dialect, run on the driver's connection.

Going through Core on every turn costs more than all the rest of it (docs/adr/0002); this keeps one definition of
each table and pays that price at start.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    Dialect,
    Insert,
    String,
    Table,
    Update,
    bindparam,
    cast,
    delete,
    false,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_or_update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert_or_update
from sqlalchemy.sql import ClauseElement

from ivr.service.ports import MOST_COUNTED
from ivr.service.rows import CallRow, CaseEventRow, CaseRow, KeptAnswer, RecordingRow, TurnRecord, TurnRow
from ivr.storage import tables
from ivr.storage.outgoing_statements import outgoing_statements, row_statements
from ivr.storage.tables import (
    ADVANCED,
    calls,
    case_events,
    cases,
    counters,
    kept_answers,
    recordings,
    served_releases,
    switches,
    turns,
)
from ivr.storage.work_rows import ENDED_WORK, drop_work, repeat_work, work_statements

NOUGHT: Any = literal_column("0")
ONE: Any = literal_column("1")
"""Constants are written out, so that a statement's parameters are just its columns."""
RAISED: Any = bindparam("_raised")
MOST_DROPPED: Any = literal_column("500")
"""Kept answers removed by one statement: a few milliseconds."""


class RowStatement(NamedTuple):
    """A statement that writes a row. `values` puts the columns of that row, and whatever is said to follow them, in the
    order of its parameters: a driver spends several times as long on parameters with names."""

    text: str
    values: Callable[[Sequence[Any]], tuple[Any, ...]]


class Statements:
    """The texts of all statements in one dialect; parameters that are not a whole row's are named as the columns are.

    The dialect says how names are written, `positional` how places are.
    """

    def __init__(self, dialect: Dialect, positional: str) -> None:
        self._dialect, self._positional = dialect, copy.copy(dialect)
        self._positional.paramstyle, self._positional.positional = positional, True
        upsert = sqlite_insert_or_update if dialect.name == "sqlite" else insert_or_update
        self.read_call = self._compiled(_rows(calls, CallRow._fields, "call"))
        self.read_reply = self._compiled(_rows(turns, TurnRow._fields, "call", "turn"))
        self.read_cases = self._compiled(_rows(cases, CaseRow._fields, "call"))
        self.read_case = self._compiled(_rows(cases, CaseRow._fields, "number"))
        read_events = _rows(case_events, CaseEventRow._fields, "number").order_by(case_events.c.seq)
        self.read_case_events = self._compiled(read_events)
        self.read_answer = self._compiled(_rows(kept_answers, KeptAnswer._fields, "key"))
        self.current_release = self._compiled(_rows(served_releases, ("release",), "name"))
        self.release_body = self._compiled(_rows(tables.releases, ("body",), "hash"))
        begun = calls.c.turns_taken > NOUGHT
        self.call_s_release = self._compiled(_rows(calls, ("release", "entry"), "call").where(begun))
        self.call_s_inputs = self._compiled(_rows(turns, ("input",), "call").order_by(turns.c.turn))
        self.switches = self._compiled(select(switches.c.name, switches.c.on))
        self.visits = self._compiled(_visits())
        self.open_cases = self._compiled(_open_cases())
        self.overdue_calls = self._compiled(_overdue())
        self.unwatched_cases = self._compiled(_unwatched())
        self.cases_to_warn_of = self._compiled(_to_warn_of())
        self.drop_work = self._of_row(drop_work(), ENDED_WORK)
        self.repeat_work = self._of_row(repeat_work(), ENDED_WORK)
        about_work = {name: self._compiled(statement) for name, statement in work_statements(upsert).items()}
        self.add_work = about_work["add_work"]
        self.keep_repeated = about_work["keep_repeated"]
        self.due_kinds = about_work["due_kinds"]
        self.claim_work = about_work["claim_work"]
        self.put_off_work = about_work["put_off_work"]
        self.dead_work = about_work["dead_work"]
        self.revive_work = about_work["revive_work"]
        self.outgoing = {name: self._compiled(statement) for name, statement in outgoing_statements(upsert).items()}
        self.outgoing_row = {n: self._of_row(made, values) for n, (made, values) in row_statements(upsert).items()}
        self.next_number = self._compiled(_next_number(dialect))
        self.touch = self._compiled(_counted("ready"))
        self.number_source = self._compiled(_number_source(dialect))
        self.drop_probe = [self._compiled(statement) for statement in _drop_probe()]
        raised_call, raised_case = (*CallRow._fields, "raised"), (*CaseRow._fields, "raised")
        self.insert_call = self._of_row(_insert(calls, CallRow._fields), CallRow._fields)
        self.update_call = self._of_row(_update(calls, CallRow._fields, "call"), raised_call)
        self.advance_call = self._of_row(_update(calls, ADVANCED["calls"], "call"), raised_call)
        self.insert_turn = self._of_row(_insert(turns, TurnRecord._fields), TurnRecord._fields)
        self.insert_case = self._of_row(_insert(cases, CaseRow._fields), CaseRow._fields)
        self.update_case = self._of_row(_update(cases, CaseRow._fields, "number"), raised_case)
        self.advance_case = self._of_row(_update(cases, ADVANCED["cases"], "number"), raised_case)
        self.insert_case_event = self._of_row(_insert(case_events, CaseEventRow._fields), CaseEventRow._fields)
        self.insert_answer = self._of_row(_insert(kept_answers, KeptAnswer._fields), KeptAnswer._fields)
        self.drop_answers = self._of_row(_drop_answers(), ("made_at",)).text
        self.put_recording = self._of_row(_recorded(upsert(recordings), fill=False), RecordingRow._fields)
        self.fill_recording = self._of_row(_recorded(upsert(recordings), fill=True), RecordingRow._fields)

    def _compiled(self, statement: ClauseElement) -> str:
        """A statement's text. Core wants parameters named otherwise than the columns they are compared with: they
        begin with an underscore, which goes here, so that a row alone is all the parameters of its statement."""
        return re.sub(r"(?<=[:(])_(?=\w)", "", str(statement.compile(dialect=self._dialect)))

    def _of_row(self, statement: ClauseElement, columns: Sequence[str]) -> RowStatement:
        """A statement whose parameters are these columns."""
        compiled: Any = statement.compile(dialect=self._positional)
        order = [columns.index(name.removeprefix("_")) for name in compiled.positiontup]
        return RowStatement(str(compiled), itemgetter(*order))


class PostgresStatements(Statements):
    """Besides, a turn in one statement: its call's row under the version that was read, and the turn if that was
    written."""

    def __init__(self, dialect: Dialect, positional: str) -> None:
        super().__init__(dialect, positional)
        turn_of = (*CallRow._fields, *TurnRecord._fields)
        self.first_turn = self._of_row(_turn_after(_insert_while_live()), (*turn_of, "serves"))
        self.next_turn = self._of_row(_turn_after(_update(calls, ADVANCED["calls"], "call")), (*turn_of, "raised"))
        self.clock = "SELECT clock_timestamp()"
        self.still_live = self._of_row(_still_live(), ("serves", "release"))
        self.read_call_and_clock = self._compiled(
            _rows(calls, CallRow._fields, "call").add_columns(literal_column("clock_timestamp()"))
        )


def _given(table: Table, names: Iterable[str]) -> dict[str, Any]:
    return {name: bindparam(f"_{name}", type_=table.c[name].type) for name in names}


def _rows(table: Table, names: Iterable[str], *keys: str) -> Any:
    wanted = select(*(table.c[name] for name in names))
    return wanted.where(*(table.c[key] == bindparam(f"_{key}") for key in keys))


def _insert(table: Table, names: Iterable[str]) -> Insert:
    return insert(table).values(_given(table, names))


def _update(table: Table, names: Iterable[str], key: str) -> Update:
    """These columns of a row, where its version still is the one that was read."""
    changed = {name: value for name, value in _given(table, names).items() if name not in (key, "version")}
    as_read = (table.c[key] == bindparam(f"_{key}")) & (table.c.version == bindparam("_version"))
    return update(table).where(as_read).values({**changed, "version": table.c.version + RAISED})


def _turn_after(written: Any) -> Insert:
    call = written.returning(calls.c.call).cte("written")
    turn = _typed(turns, TurnRecord._fields).select_from(call)
    return insert(turns).from_select(list(TurnRecord._fields), turn)


def _insert_while_live() -> Any:
    """A new call, unless it is on record by now or another release is live than the one it was begun on."""
    new = _typed(calls, CallRow._fields).where(_still_live().exists())
    return (
        insert_or_update(calls).from_select(list(CallRow._fields), new).on_conflict_do_nothing(index_elements=["call"])
    )


def _still_live() -> Any:
    mine = (served_releases.c.name == bindparam("_serves")) & (served_releases.c.release == bindparam("_release"))
    return select(ONE).select_from(served_releases).where(mine)


def _typed(table: Table, names: Iterable[str]) -> Any:
    """A row of parameters. PostgreSQL would take a missing value among them for text."""
    typed = {n: v if isinstance(v.type, String) else cast(v, v.type) for n, v in _given(table, names).items()}
    return select(*(value.label(name) for name, value in typed.items()))


def _recorded(made: Any, *, fill: bool) -> Any:
    """One statement, for two notices of a recording may come at once. `fill`: what is on record wins over the news."""
    made = made.values(_given(recordings, RecordingRow._fields))
    known, news = recordings.c, made.excluded
    told = [name for name in RecordingRow._fields if name not in ("recording", "call")]
    kept = {n: func.coalesce(known[n], news[n]) if fill else func.coalesce(news[n], known[n]) for n in told}
    return made.on_conflict_do_update(index_elements=["recording"], set_=kept, where=known.call == news.call)


def _drop_answers() -> Any:
    old = select(kept_answers.c.key).where(kept_answers.c.made_at < bindparam("_made_at"))
    oldest = old.order_by(kept_answers.c.made_at).limit(MOST_DROPPED).offset(NOUGHT)
    return delete(kept_answers).where(kept_answers.c.key.in_(oldest))


def _counted(name: str) -> Any:
    mine = counters.c.name == literal_column(f"'{name}'")
    return update(counters).where(mine).values(value=counters.c.value + ONE).returning(counters.c.value)


def _next_number(dialect: Dialect) -> Any:
    return _counted("call") if dialect.name == "sqlite" else select(tables.call_numbers.next_value())


def _number_source(dialect: Dialect) -> Any:
    """Finds a row where `next_number` would: asking for a number itself would use it up."""
    if dialect.name == "sqlite":
        return select(counters.c.value).where(counters.c.name == literal_column("'call'"))
    return select(literal_column("last_value")).select_from(text(tables.call_numbers.name))


def _drop_probe() -> list[Any]:
    by_number = [delete(table).where(table.c.number == bindparam("_number")) for table in (case_events, cases)]
    by_call = [delete(table).where(table.c.call == bindparam("_call")) for table in (recordings, turns, calls)]
    return by_number + by_call


def _at_most(found: Any) -> Any:
    counted = found.limit(literal_column(str(MOST_COUNTED))).offset(NOUGHT).subquery()
    return select(func.count()).select_from(counted)


def _visits() -> Any:
    """Without the calls that we placed. By the index `calls_customer` alone."""
    same = (calls.c.customer == bindparam("_customer")) & (calls.c.call != bindparam("_call"))
    return _at_most(select(ONE).where(same, calls.c.simulated.is_(false()), calls.c.attempt.is_(None)))


def _open_cases() -> Any:
    """By the index `cases_by_customer` alone."""
    theirs = (cases.c.customer == bindparam("_customer")) & cases.c.simulated.is_(false())
    return _at_most(select(ONE).select_from(cases).where(theirs, cases.c.ended_at.is_(None)))


def _overdue() -> Any:
    """By the index of open calls, which are few beside all."""
    late = calls.c.ended_at.is_(None) & (calls.c.expected_by < bindparam("_now"))
    return select(calls.c.call).where(late).order_by(calls.c.call).limit(bindparam("_most")).offset(NOUGHT)


def _to_warn_of() -> Any:
    """By the index `cases_warn` alone."""
    due = cases.c.ended_at.is_(None) & (cases.c.warn_at <= bindparam("_now"))
    return select(cases.c.number).where(due).order_by(cases.c.warn_at).limit(bindparam("_most")).offset(NOUGHT)


def _unwatched() -> Any:
    """By the index `cases_warn` alone."""
    unknown = cases.c.ended_at.is_(None) & cases.c.warn_at.is_(None) & cases.c.due_at.is_not(None)
    return select(cases.c.number).where(unknown).limit(bindparam("_most")).offset(NOUGHT)
