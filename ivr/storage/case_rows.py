"""Cases as stored, each with its call and its recording: for lists and reports, not for live turns."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Engine, Row, Select, and_, or_, select, tuple_
from sqlalchemy.exc import SQLAlchemyError

from ivr.case.case import LIVING
from ivr.errors import StoreUnavailable
from ivr.messages.message import Message
from ivr.service.rows import CaseEventRow, CaseRow
from ivr.service.stored_rows import CaseFilter, CaseOnRecord, StoryOnRecord
from ivr.storage.bulk import reason
from ivr.storage.json_text import json_text
from ivr.storage.tables import calls, case_events, cases, recordings

_CASE = len(CaseRow._fields)
_LAST_MIDNIGHT = "T12:00"
"""By this time of a day, in UTC, the day before has ended in every zone: so an index on moments finds days."""
WAITING = "follow_up_due"
"""Told, in time or not: it is the customer who is waited for, so it counts as due for nobody."""
_CALL = ("language", "release", "disposition", "ending")


class CaseRows:
    """Reads cases. `StoreUnavailable` where the database cannot be read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, wanted: CaseFilter) -> Sequence[CaseOnRecord]:
        """The wanted cases, in the order the filter says."""
        return self._found(page_of(wanted))

    def case(self, number: int) -> CaseOnRecord | None:
        """A case by its number."""
        return next(iter(self._found(_with_call().where(cases.c.number == number))), None)

    def of_call(self, call: str) -> Sequence[CaseOnRecord]:
        """The cases of a call, in the order of their kinds."""
        return self._found(_with_call().where(cases.c.call == call).order_by(cases.c.ordinal))

    def recorded(self, calls: Collection[str]) -> Mapping[str, StoryOnRecord]:
        """The recordings of these calls, by their names."""
        told = (recordings.c[name] for name in StoryOnRecord._fields)
        wanted = select(recordings.c.recording, *told).where(recordings.c.call.in_(calls))
        return {row[0]: StoryOnRecord._make(row[1:]) for row in self.rows(wanted)} if calls else {}

    def events(self, number: int) -> Sequence[CaseEventRow]:
        """What happened to a case, in order."""
        columns = (case_events.c[name] for name in CaseEventRow._fields)
        wanted = select(*columns).where(case_events.c.number == number).order_by(case_events.c.seq)
        return list(map(CaseEventRow._make, self.rows(wanted)))

    def disposition(self, call: str) -> str | None:
        """How a call ended, None while it goes on."""
        rows = self.rows(select(calls.c.disposition).where(calls.c.call == call))
        return rows[0][0] if rows else None

    def rows(self, wanted: Select[Any]) -> Sequence[Row[Any]]:
        """What a statement finds."""
        try:
            with self._engine.connect() as connection:
                return connection.execute(wanted).all()
        except SQLAlchemyError as failed:
            raise StoreUnavailable(Message("store.unreadable", why=reason(failed))) from failed

    def _found(self, wanted: Select[Any]) -> list[CaseOnRecord]:
        return list(map(_on_record, self.rows(wanted)))


def page_of(wanted: CaseFilter) -> Select[Any]:
    """The one statement of a page of cases, made so that an index gives them in their order and nothing is sorted. A
    kind, a team and an ended status are picked out of that order: an index of their own would make turns dearer."""
    found = _with_call().where(*_conditions(wanted)).limit(wanted.most)
    column, rises = _order(wanted)
    place = (column, cases.c.number)
    beyond: Any = None
    if wanted.behind is not None:
        beyond = tuple_(*wanted.behind)
    elif wanted.after is not None:
        beyond = select(*place).where(cases.c.number == wanted.after).correlate(None).scalar_subquery()
    if beyond is not None:
        here: Any = tuple_(*place)
        found = found.where(here > beyond if rises else here < beyond)
    return found.order_by(*(each if rises else each.desc() for each in place))


def _order(wanted: CaseFilter) -> tuple[Column[Any], bool]:
    """The column a page is ordered by, and whether it rises."""
    if wanted.by_due:
        return cases.c.due_at, True
    return (cases.c.risk, False) if wanted.risk else (cases.c.opened_at, False)


def _conditions(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    equal = {"kind": wanted.kind, "owner": wanted.owner, "customer": wanted.customer, "team": wanted.team}
    found = [cases.c[name] == value for name, value in equal.items() if value]
    if wanted.statuses:
        found.append(cases.c.status.in_(wanted.statuses) if len(wanted.statuses) > 1
                     else cases.c.status == wanted.statuses[0])  # fmt: skip
    if wanted.nobody:
        found += [cases.c.owner.is_(None), cases.c.due_at.is_not(None)]
    if wanted.risk:
        found.append(cases.c.risk >= wanted.risk)
    if wanted.opened_since:
        found.append(cases.c.opened_at >= wanted.opened_since)
    if wanted.overdue_at:
        found.append(cases.c.due_at < wanted.overdue_at)
    if wanted.due_since:
        found.append(cases.c.due_at >= wanted.due_since)
    if wanted.due_until:
        found.append(cases.c.due_at < wanted.due_until)
    if wanted.due_before:
        found += [cases.c.due < wanted.due_before, cases.c.due_at < wanted.due_before + _LAST_MIDNIGHT]
    living = bool(wanted.statuses) and set(wanted.statuses) <= set(LIVING)
    if wanted.open_only or wanted.by_due or wanted.risk or living:
        found.append(cases.c.ended_at.is_(None))
    if wanted.by_due and WAITING not in wanted.statuses:
        found.append(cases.c.status != WAITING)
    if wanted.simulated is not None:
        found.append(cases.c.simulated.is_(wanted.simulated))
    return found


def _with_call() -> Select[Any]:
    """Cases with their call and recording. The recording is found among the few of the call, never by its name: a
    caller's words are no key."""
    made = recordings.alias("made")
    saved = json_text(cases.c.personal, "story")
    unclaimed = and_(saved.is_(None), cases.c.personal.is_not(None), cases.c.partial, made.c.turn > cases.c.turn)
    story = (
        select(made.c.recording)
        .where(made.c.call == cases.c.call, or_(made.c.recording == saved, unclaimed))
        .order_by(made.c.turn)
        .limit(1)
        .correlate(cases)
        .scalar_subquery()
    )
    return (
        select(
            *(cases.c[name] for name in CaseRow._fields),
            *(calls.c[name].label(f"call_{name}") for name in _CALL),
            recordings.c.recording,
            *(recordings.c[name] for name in StoryOnRecord._fields),
        )
        .select_from(cases)
        .outerjoin(calls, calls.c.call == cases.c.call)
        .outerjoin(recordings, recordings.c.recording == story)
    )


def _on_record(row: Row[Any]) -> CaseOnRecord:
    language, release, disposition, ending, recording, *story = row[_CASE:]
    told = StoryOnRecord._make(story) if recording else None
    return CaseOnRecord(CaseRow._make(row[:_CASE]), language, release, disposition, ending, told)
