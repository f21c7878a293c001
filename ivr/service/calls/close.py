"""The end of a call, as the network or a sweep tells it: a mark beside the position, in any order of arrival."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from ivr.call.events import Disposition
from ivr.engine.conclude import conclude
from ivr.service.ports import CallRow, Ports, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """A status webhook. `sequence` orders them (-1 where none was sent); `terminal` ends the call for good."""

    call: str
    terminal: bool
    sequence: int
    caller: str
    called: str


def note_status(ports: Ports, change: StatusChange) -> None:
    """Keep what a status webhook says. A call not yet known is marked before its first turn."""
    now = ports.clock()
    with ports.store.transaction() as tx:
        row = tx.call(change.call)
        if row is None:
            tx.insert_call(_unknown(change, now, simulated=ports.simulated))
        elif not row.forgotten_at:
            values: dict[str, object] = {}
            if change.sequence > row.status_seq:
                values["status_seq"] = change.sequence
            if change.terminal and row.ended_by != "carrier":
                values |= _ended(tx, change.call, row, now, by="carrier")
            if values:
                tx.update_call(change.call, row.version, values)


def sweep(ports: Ports) -> int:
    """Mark calls whose line must be dead by now although nobody said so; how many. A live webhook takes it back."""
    now = ports.clock()
    with ports.store.transaction() as tx:
        silent = tx.silent_calls(now.isoformat())
        for call in silent:
            row = tx.call(call)
            assert row is not None
            tx.update_call(call, row.version, _ended(tx, call, row, now, by="sweeper"))
    return len(silent)


def _ended(tx: Transaction, call: str, row: CallRow, now: datetime, *, by: str) -> dict[str, object]:
    by_flow = cast("Disposition", row.disposition) if row.ended_by == "flow" else None
    complete = any(not case.partial for case in tx.cases(call))
    disposition = conclude(flow_ended=by_flow, transferred=bool(row.transferred), complete_case=complete)
    return {"ended_at": now.isoformat(), "ended_by": by, "disposition": disposition}


def _unknown(change: StatusChange, now: datetime, *, simulated: bool) -> dict[str, object]:
    at = now.isoformat()
    values: dict[str, object] = {
        "call": change.call,
        "turn": 0,
        "version": 1,
        "caller": change.caller,
        "called": change.called,
        "started_at": at,
        "touched_at": at,
        "quiet_until": at,
        "away": 0,
        "transferred": False,
        "status_seq": change.sequence,
        "simulated": simulated,
    }
    if change.terminal:
        values |= {"ended_at": at, "ended_by": "carrier", "disposition": "abandoned"}
    return values
