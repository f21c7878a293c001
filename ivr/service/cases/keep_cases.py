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
from ivr.service.ports import Transaction
from ivr.service.rows import CaseEventRow, CaseRow, stamp

_decode = msgspec.json.Decoder(CaseRecord).decode
_encode = msgspec.json.Encoder(order="sorted").encode


def keep_cases(tx: Transaction, taken: TurnTaken) -> Sequence[CaseRow] | None:
    """Write what the turn's events say of its call's cases, and log each event on its case. The cases as they are
    after it; None where the turn says nothing of any."""
    about = [event for event in taken.turn.events if isinstance(event, CaseEvent)]
    if not about:
        return None
    rows = {row.kind: row for row in tx.cases(taken.before.header.call)}
    for kind in dict.fromkeys(event.kind for event in about):
        row = rows.get(kind)
        after = _decode(row.personal) if row and row.personal else None
        events = [event for event in about if event.kind == kind]
        for event in events:
            after = fold(after, event)
        assert after is not None
        logged = [event for event in events if row is None or not isinstance(event, CaseOpened)]
        rows[kind] = _row(taken, after, row)
        version = row.version if row else 0
        tx.put_case(rows[kind], [_log(taken, event, version + n) for n, event in enumerate(logged, 1)])
    return list(rows.values())


def _row(taken: TurnTaken, record: CaseRecord, row: CaseRow | None) -> CaseRow:
    release, header = taken.before.release, taken.before.header
    deadline = case_due(release, record.kind, header.started) if owed(record) else None
    rule = release.cases.get(record.kind)
    return CaseRow(
        number=case_number(header.number, record.kind),
        version=row.version if row else 0,
        call=header.call,
        ordinal=CASE_KINDS.index(record.kind),
        kind=record.kind,
        status=record.status,
        partial=record.partial,
        owner=None,
        turn=taken.number,
        customer=header.customer,
        language=taken.turn.state.language,
        opened_at=stamp(header.started),
        due_at=stamp(deadline.at) if deadline else None,
        due=deadline.day.isoformat() if deadline else None,
        clock=rule.clock if rule else "none",
        promised=None,
        ended_at=stamp(taken.stored.at) if record.status == "closed" else None,
        simulated=False,
        facts="{}",
        personal=_encode(record).decode(),
    )


def _log(taken: TurnTaken, event: CaseEvent, seq: int) -> CaseEventRow:
    what, data = _entry(event)
    return CaseEventRow(
        number=case_number(taken.before.header.number, event.kind),
        seq=seq,
        at=stamp(taken.stored.at),
        kind=what,
        by="caller",
        role="caller",
        call=taken.before.header.call,
        turn=taken.number,
        facts="{}",
        personal=_encode(data).decode(),
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
