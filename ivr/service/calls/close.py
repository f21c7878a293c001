"""The end of a call, as its turns, the provider or a sweep report it: a mark beside the position, in any order.

A later turn is taken all the same and only concludes the call again. Of three reports the provider's wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from ivr.call.events import Disposition, Ended
from ivr.call.verbs import Ask, RecordVerb, TransferVerb, Verb
from ivr.engine.conclude import conclude
from ivr.service.calls.turn_in_progress import TurnInProgress, TurnTaken
from ivr.service.ports import Ports, Transaction
from ivr.service.retried import retried
from ivr.service.rows import CallRow, CaseRow, stamp

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
    customer: str
    line: str


def after_turn(exchange: TurnInProgress, row: CallRow, taken: TurnTaken, cases: Sequence[CaseRow] | None) -> CallRow:
    """The call's row with its end marked, where this turn ends it or an earlier report has.

    `row` is as the turn leaves it, but for its end; `cases` those of the call as the turn leaves them, None where it
    left them alone. A call that only a sweep had ended is open again.
    """
    hung_up = exchange.webhook.hung_up
    flow_ended = next((e.disposition for e in reversed(taken.turn.events) if isinstance(e, Ended)), None)
    if not (flow_ended or row.ended_by or hung_up):
        return row
    if hung_up and row.transferred:
        flow_ended = None  # gone while talking to a person: what the flow said after it was for nobody
    if row.ended_by == "sweeper" and not flow_ended and not hung_up:
        return row._replace(ended_at=None, ended_by=None, disposition=None)
    by = "provider" if hung_up or row.ended_by == "provider" else "flow"
    found = exchange.tx.cases(row.call) if cases is None else cases
    return _ended(row, exchange.now, by, flow_ended, found)


def note_status(ports: Ports, change: StatusChange) -> None:
    """Keep what a status webhook says. A call not yet known is marked before its first turn."""

    def note(tx: Transaction) -> None:
        now = ports.clock()
        known = tx.call(change.call)
        if known and known.erased_at:
            return
        row = known or new_call(change.call, change.customer, change.line, now)._replace(
            simulated=ports.pinned.simulated
        )
        row = row._replace(status_seq=max(change.sequence, row.status_seq))
        if change.terminal and row.ended_by != "provider":
            row = _reported_ended(tx, row, now, by="provider")
        if row != known:
            tx.put_call(row)

    retried(ports.store, note)


def swept(tx: Transaction, row: CallRow, now: datetime) -> CallRow:
    """The row of a call that is ended because its next webhook is overdue."""
    return _reported_ended(tx, row, now, by="sweeper")


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


def _reported_ended(tx: Transaction, row: CallRow, now: datetime, *, by: str) -> CallRow:
    by_flow = cast("Disposition", row.disposition) if row.ended_by == "flow" else None
    return _ended(row, now, by, by_flow, tx.cases(row.call))


def _ended(row: CallRow, now: datetime, by: str, flow_ended: Disposition | None, cases: Sequence[CaseRow]) -> CallRow:
    complete = any(not case.partial for case in cases)
    disposition = conclude(flow_ended=flow_ended, transferred=bool(row.transferred), complete_case=complete)
    return row._replace(ended_at=stamp(now), ended_by=by, disposition=disposition)


def new_call(call: str, customer: str, line: str, now: datetime) -> CallRow:
    """The row of a call that is not on record yet and has taken no turn."""
    at = stamp(now)
    return CallRow(
        call=call,
        version=0,
        turns_taken=0,
        number=None,
        direction="incoming",
        release=None,
        entry=None,
        state=None,
        language=None,
        customer=customer,
        address=None,
        line=line,
        started_at=at,
        last_turn_at=at,
        expected_by=at,
        transfer_seconds=0,
        transferred=False,
        status_seq=-1,
        network_end=None,
        ended_at=None,
        ended_by=None,
        disposition=None,
        ending=None,
        erased_at=None,
        simulated=False,
    )
