"""Cases from a turn's events, written in the turn's own transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from ivr.call.case_number import case_number
from ivr.call.events import CASE_KINDS, CaseCompleted, CaseKind, CaseNoted, CaseOpened, Event
from ivr.case.case_record import CaseRecord, fold, owed
from ivr.flow.model import Release
from ivr.service.calls.turn_facts import case_due
from ivr.service.ports import CaseRow, Transaction

ABOUT_CASES = CaseOpened | CaseNoted | CaseCompleted
_decode = msgspec.json.Decoder(CaseRecord).decode
_encode = msgspec.json.Encoder(order="sorted").encode


def keep_cases(
    tx: Transaction, release: Release, events: Sequence[Event], *,
    call: str, number: int, turn: int, started: datetime, now: datetime,
) -> bool:  # fmt: skip
    """Write what the events say of cases; whether any of the call's cases is complete now."""
    about = [event for event in events if isinstance(event, ABOUT_CASES)]
    if not about:
        return False
    rows = {row.kind: row for row in tx.cases(call)}
    complete = False
    for kind in dict.fromkeys(event.kind for event in about):
        row = rows.get(kind)
        before = _decode(row.data) if row else None
        after = before
        for event in about:
            if event.kind == kind:
                after = fold(after, event)
        assert after is not None
        complete = complete or not after.partial
        if after != before:
            _put(tx, release, after, row, call=call, number=number, turn=turn, started=started, now=now)
        _log(tx, [event for event in about if event.kind == kind], row, number, now)
    return complete


def _put(
    tx: Transaction, release: Release, record: CaseRecord, row: CaseRow | None, *,
    call: str, number: int, turn: int, started: datetime, now: datetime,
) -> None:  # fmt: skip
    deadline = case_due(release, record.kind, started) if owed(record) else None
    rule = release.cases.get(record.kind)
    values: dict[str, object] = {
        "number": case_number(number, record.kind),
        "kind": record.kind,
        "status": record.status,
        "partial": record.partial,
        "turn": turn,
        "due_at": deadline.at.isoformat() if deadline else None,
        "due": deadline.day.isoformat() if deadline else None,
        "clock": rule.clock if rule else "none",
        "version": row.version if row else 0,
        "data": _encode(record).decode(),
    }
    if row is None:
        values |= {"call": call, "ordinal": CASE_KINDS.index(record.kind), "opened_at": started.isoformat()}
    tx.put_case(values)


def _log(
    tx: Transaction,
    events: Sequence[CaseOpened | CaseNoted | CaseCompleted],
    row: CaseRow | None,
    number: int,
    now: datetime,
) -> None:
    for event in events:
        data: Mapping[str, str] = {}
        what = "opened"
        if isinstance(event, CaseOpened) and row is not None:
            continue
        if isinstance(event, CaseNoted):
            what, data = "noted", event.fields
        elif isinstance(event, CaseCompleted):
            what, data = event.outcome or "completed", event.fields
        kind: CaseKind = event.kind
        tx.add_case_event(
            {
                "number": case_number(number, kind),
                "at": now.isoformat(),
                "kind": what,
                "by": "caller",
                "data": _encode(data).decode(),
            }
        )
