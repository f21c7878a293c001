"""The end of a call, as its turns, the provider or a sweep report it: a mark beside the position, in any order.

A later turn is taken all the same and only concludes the call again. Of three reports the provider's wins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from ivr.call.events import Disposition, Ended
from ivr.call.verbs import Ask, RecordVerb, TransferVerb, Verb
from ivr.engine.conclude import conclude
from ivr.service.calls.turn_in_progress import TurnInProgress, TurnTaken
from ivr.service.ports import CallRow, Ports, Transaction
from ivr.service.retried import retried

SWEEP_MARGIN = 120
"""Seconds the sweep waits beyond what a call may take: more than all pauses of its "please wait" documents together
(`ivr/twilio/fixed.py`), lest a waiting caller's call is ended."""
TRANSFER_SECONDS = 4 * 3600
"""The longest a provider keeps two legs connected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """A status webhook. `sequence` orders them (-1 where none was sent); `terminal` ends the call for good."""

    call: str
    terminal: bool
    sequence: int
    caller: str
    called: str


def mark_end(exchange: TurnInProgress, taken: TurnTaken, row: CallRow | None, *, transferred: bool) -> None:
    """Mark the call as ended where this turn ends it or an earlier report has; after the call's row was written.

    `row` is the call as it was before the turn. A call that only a sweep had ended is open again.
    """
    tx, webhook = exchange.tx, exchange.webhook
    flow_ended = next((e.disposition for e in reversed(taken.turn.events) if isinstance(e, Ended)), None)
    ended_by = row.ended_by if row else None
    if not (flow_ended or ended_by or webhook.hung_up):
        return
    version = (row.version if row else 0) + 1
    if webhook.hung_up and transferred:
        flow_ended = None  # gone while talking to a person: what the flow said after it was for nobody
    if ended_by == "sweeper" and not flow_ended and not webhook.hung_up:
        tx.update_call(webhook.call, version, {"ended_at": None, "ended_by": None, "disposition": None})
        return
    by = "provider" if webhook.hung_up or ended_by == "provider" else "flow"
    complete = _has_complete_case(tx, webhook.call)
    disposition = conclude(flow_ended=flow_ended, transferred=transferred, complete_case=complete)
    tx.update_call(webhook.call, version, _end(exchange.now, by, disposition))


def note_status(ports: Ports, change: StatusChange) -> None:
    """Keep what a status webhook says. A call not yet known is marked before its first turn."""

    def note(tx: Transaction) -> None:
        now = ports.clock()
        row = tx.call(change.call)
        if row is None:
            tx.insert_call(_unknown(change, now, simulated=ports.pinned.simulated))
        elif not row.erased_at:
            values: dict[str, object] = {}
            if change.sequence > row.status_seq:
                values["status_seq"] = change.sequence
            if change.terminal and row.ended_by != "provider":
                values |= _ended(tx, change.call, row, now, by="provider")
            if values:
                tx.update_call(change.call, row.version, values)

    retried(ports.store, note)


def sweep(ports: Ports) -> int:
    """End the calls that are overdue (`expected_by`) although nobody reported it; how many. A later voice request
    reopens a call."""

    def end(tx: Transaction) -> int:
        now = ports.clock()
        overdue = tx.overdue_calls(now.isoformat())
        for call in overdue:
            row = tx.call(call)
            assert row is not None
            tx.update_call(call, row.version, _ended(tx, call, row, now, by="sweeper"))
        return len(overdue)

    return retried(ports.store, end)


def expected_by(verbs: Sequence[Verb], now: datetime) -> datetime:
    """By when the next webhook must come: the longest the last document can take, with a margin."""
    seconds: float = SWEEP_MARGIN
    match verbs[-1]:
        case Ask(wait=wait):
            seconds += wait
        case RecordVerb(at_most=at_most, wait=wait):
            seconds += at_most + wait
        case TransferVerb():
            seconds += TRANSFER_SECONDS
    return now + timedelta(seconds=seconds)


def _ended(tx: Transaction, call: str, row: CallRow, now: datetime, *, by: str) -> Mapping[str, object]:
    by_flow = cast("Disposition", row.disposition) if row.ended_by == "flow" else None
    complete = _has_complete_case(tx, call)
    return _end(now, by, conclude(flow_ended=by_flow, transferred=bool(row.transferred), complete_case=complete))


def _end(now: datetime, by: str, disposition: Disposition) -> Mapping[str, object]:
    return {"ended_at": now.isoformat(), "ended_by": by, "disposition": disposition}


def _has_complete_case(tx: Transaction, call: str) -> bool:
    return any(not case.partial for case in tx.cases(call))


def _unknown(change: StatusChange, now: datetime, *, simulated: bool) -> Mapping[str, object]:
    at = now.isoformat()
    values: dict[str, object] = {
        "call": change.call,
        "turns_taken": 0,
        "version": 1,
        "caller": change.caller,
        "called": change.called,
        "started_at": at,
        "last_turn_at": at,
        "expected_by": at,
        "transfer_seconds": 0,
        "transferred": False,
        "status_seq": change.sequence,
        "simulated": simulated,
    }
    return {**values, **_end(now, "provider", "abandoned")} if change.terminal else values
