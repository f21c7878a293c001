"""Cases from a turn's events, written in the turn's own transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from ivr.call.case_kinds import CASE_KINDS
from ivr.call.case_number import case_number
from ivr.call.events import CaseCompleted, CaseEvent, CaseNoted, CaseOpened
from ivr.case.case_record import CaseRecord, fold, owed
from ivr.service.calls.turn_facts import case_due
from ivr.service.calls.turn_in_progress import TurnTaken
from ivr.service.ports import CaseRow, Transaction

_decode = msgspec.json.Decoder(CaseRecord).decode
_encode = msgspec.json.Encoder(order="sorted").encode


def keep_cases(tx: Transaction, taken: TurnTaken) -> None:
    """Write what the turn's events say of its call's cases, and log each event on its case."""
    about = [event for event in taken.turn.events if isinstance(event, CaseEvent)]
    if not about:
        return
    rows = {row.kind: row for row in tx.cases(taken.before.header.call)}
    for kind in dict.fromkeys(event.kind for event in about):
        row = rows.get(kind)
        before = _decode(row.data) if row else None
        after, events = before, [event for event in about if event.kind == kind]
        for event in events:
            after = fold(after, event)
        assert after is not None
        if after != before:
            _put(tx, taken, after, row)
        _log(tx, taken, events, row)


def _put(tx: Transaction, taken: TurnTaken, record: CaseRecord, row: CaseRow | None) -> None:
    release, header = taken.before.release, taken.before.header
    deadline = case_due(release, record.kind, header.started) if owed(record) else None
    rule = release.cases.get(record.kind)
    values: dict[str, object] = {
        "number": case_number(header.number, record.kind),
        "kind": record.kind,
        "status": record.status,
        "partial": record.partial,
        "turn": taken.number,
        "due_at": deadline.at.isoformat() if deadline else None,
        "due": deadline.day.isoformat() if deadline else None,
        "clock": rule.clock if rule else "none",
        "version": row.version if row else 0,
        "data": _encode(record).decode(),
    }
    if row is None:
        opened = {"ordinal": CASE_KINDS.index(record.kind), "opened_at": header.started.isoformat()}
        values |= {"call": header.call, **opened}
    tx.put_case(values)


def _log(tx: Transaction, taken: TurnTaken, events: Sequence[CaseEvent], row: CaseRow | None) -> None:
    for event in events:
        if isinstance(event, CaseOpened) and row is not None:
            continue
        what, data = _entry(event)
        tx.add_case_event(
            {
                "number": case_number(taken.before.header.number, event.kind),
                "at": taken.stored.at.isoformat(),
                "kind": what,
                "by": "caller",
                "data": _encode(data).decode(),
            }
        )


def _entry(event: CaseEvent) -> tuple[str, Mapping[str, str]]:
    """What the log calls an event, and what the caller gave with it."""
    match event:
        case CaseOpened():
            return "opened", {}
        case CaseNoted(fields=fields):
            return "noted", fields
        case CaseCompleted(fields=fields, outcome=outcome):
            return outcome or "completed", fields
