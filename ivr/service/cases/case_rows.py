"""A case and its events as rows, both ways: the row is the fold of the events' rows, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast

import msgspec

from ivr.call.case_kinds import CASE_KINDS, CaseKind
from ivr.case.case import STATUSES, By, Case, CaseEvent, Life, Status
from ivr.errors import StoreUnavailable
from ivr.messages.message import Message
from ivr.service.rows import CaseEventRow, CaseRow, stamp

_decode = msgspec.json.Decoder(dict[str, str]).decode
_decode_life = msgspec.json.Decoder(Life).decode
_encode = msgspec.json.Encoder(order="sorted").encode


def case_row(number: int, case: Case) -> CaseRow:
    """A case as its row."""
    return CaseRow(
        number=number,
        version=case.version,
        call=case.call,
        ordinal=CASE_KINDS.index(case.kind),
        kind=case.kind,
        status=case.status,
        partial=case.partial,
        owner=case.owner,
        turn=case.turn,
        customer=case.customer,
        language=case.language,
        opened_at=stamp(case.opened_at),
        due_at=_stamp(case.due_at),
        due=case.due,
        clock=case.clock,
        promised=case.promised,
        ended_at=_stamp(case.ended_at),
        simulated=case.simulated,
        facts=_encode(case.facts).decode(),
        personal=_text(case.personal),
        warn_at=_stamp(case.warn_at),
        team=case.team,
        risk=int(case.life.triage.get("risk", "0")) or None,
        life=None if case.life == Life() else _encode(case.life).decode(),
    )


def case_of(row: CaseRow) -> Case:
    """The case of a row. `StoreUnavailable` where somebody has changed the row by hand and it cannot be read."""
    try:
        made = _case_of(row)
        if made.status in STATUSES and made.kind in CASE_KINDS:
            return made
    except (ValueError, TypeError, msgspec.MsgspecError):
        pass
    raise StoreUnavailable(Message("service.case.damaged", case=row.number))


def _case_of(row: CaseRow) -> Case:
    return Case(
        version=row.version,
        kind=cast(CaseKind, row.kind),
        status=cast(Status, row.status),
        partial=bool(row.partial),
        owner=row.owner,
        call=row.call,
        turn=row.turn,
        customer=row.customer,
        language=row.language,
        opened_at=datetime.fromisoformat(row.opened_at),
        due_at=_time(row.due_at),
        due=row.due,
        clock=row.clock,
        promised=row.promised,
        ended_at=_time(row.ended_at),
        simulated=bool(row.simulated),
        facts=_decode(row.facts),
        personal=_words(row.personal),
        warn_at=_time(row.warn_at),
        team=row.team,
        life=_decode_life(row.life) if row.life else Life(),
    )


def event_row(number: int, event: CaseEvent) -> CaseEventRow:
    """An event of a case as its row."""
    return CaseEventRow(
        number=number,
        seq=event.seq,
        at=stamp(event.at),
        kind=event.kind,
        by=event.by.name,
        role=event.by.role,
        call=event.call,
        turn=event.turn,
        facts=_encode(event.facts).decode(),
        personal=_text(event.personal),
    )


def event_of(row: CaseEventRow) -> CaseEvent:
    """The event of a row. `StoreUnavailable` where it cannot be read."""
    try:
        return _event_of(row)
    except (ValueError, TypeError, msgspec.MsgspecError):
        raise StoreUnavailable(Message("service.case.damaged", case=row.number)) from None


def _event_of(row: CaseEventRow) -> CaseEvent:
    at, by = datetime.fromisoformat(row.at), By(row.by, row.role)
    return CaseEvent(row.seq, at, row.kind, by, row.call, row.turn, _decode(row.facts), _words(row.personal))


def _text(words: Mapping[str, str] | None) -> str | None:
    return None if words is None else _encode(words).decode()


def _words(text: str | None) -> dict[str, str] | None:
    return None if text is None else _decode(text)


def _stamp(at: datetime | None) -> str | None:
    return stamp(at) if at else None


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
