"""The end of a call, as its turns, the provider or a sweep report it: a mark beside the position, in any order.

A later turn is taken all the same and only concludes the call again. Of three reports the provider's wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from ivr.call.events import Disposition, Ended
from ivr.call.state import decode_state
from ivr.call.verbs import Ask, RecordVerb, TransferVerb, Verb
from ivr.case.case import taken_down
from ivr.engine.conclude import conclude, ending_of, said_of_end
from ivr.engine.placed import result_of
from ivr.service.calls.opening import CallDetails, Opening
from ivr.service.calls.turn_in_progress import TurnInProgress, TurnTaken
from ivr.service.cases.case_rows import case_of
from ivr.service.ports import Ports, Transaction
from ivr.service.retried import retried
from ivr.service.rows import CallRow, CaseRow, NetworkEnd, stamp

SWEEP_MARGIN = 120
"""Seconds the sweep waits beyond what a call may take: more than all pauses of its "please wait" documents together
(`ivr/twilio/fixed.py`), lest a waiting caller's call is ended."""
NETWORK_ENDS: tuple[NetworkEnd, ...] = ("completed", "busy", "no_answer", "failed", "canceled")
"""How far each got, the farthest first."""
RINGING = timedelta(minutes=10)
"""The longest a call may ring before its first turn; the provider itself gives up after ten minutes."""
TRANSFER_SECONDS = 4 * 3600
"""The longest a provider keeps two legs connected."""


class StatusChange(CallDetails, frozen=True, kw_only=True, gc=False):
    """A status webhook. `ended` is how the network ended the call, None while it goes on; `sequence` orders the status
    webhooks of a call (-1 where none was sent)."""

    ended: NetworkEnd | None
    sequence: int


def after_turn(exchange: TurnInProgress, row: CallRow, taken: TurnTaken, cases: Sequence[CaseRow] | None) -> CallRow:
    """The call's row with its end marked, where this turn ends it or an earlier report has.

    `row` is as the turn leaves it, but for its end; `cases` those of the call as the turn leaves them, None where it
    left them alone. A call that only a sweep had ended is open again.
    """
    hung_up = exchange.webhook.hung_up
    said = next((e.disposition for e in reversed(taken.turn.events) if isinstance(e, Ended)), None)
    if said and hung_up and row.person == "answered":
        said = None  # gone while talking to a person: what the flow said after it was for nobody
    elif not said:
        said = _said_before(row, flow_over=not taken.before.state.stack)
    if not (said or row.ended_by or hung_up):
        return row
    if row.ended_by == "sweeper" and not said and not hung_up:
        return row._replace(ended_at=None, ended_by=None, disposition=None, ending=None)
    by = "provider" if hung_up or row.ended_by == "provider" else "flow"
    found = exchange.tx.cases(row.call) if cases is None else cases
    return _ended(row, exchange.now, by, said, found)


def note_status(ports: Ports, change: StatusChange) -> None:
    """Keep what a status webhook says. A call not yet known is marked before its first turn; one that nothing explains
    is not kept."""
    opening = ports.opening(change)

    def note(tx: Transaction) -> None:
        now = ports.clock()
        known = row = tx.call(change.call)
        if row is None and opening:
            row = begun_by(new_call(change.call, change.customer, change.line, now), change, opening)
            row = row._replace(expected_by=stamp(tx.now() + RINGING))
        if row is None or row.erased_at:
            return
        if change.ended:
            row = _told_by_network(row, change.ended, change.sequence)
            row = row if row.ended_by == "provider" else _reported_ended(tx, row, now, by="provider")
        if row != known:
            tx.put_call(row)

    retried(ports.store, note)


def _told_by_network(row: CallRow, end: NetworkEnd, sequence: int) -> CallRow:
    """Where two webhooks contradict each other the later sent one is right, else the one that says more was reached."""
    known = (row.status_seq, -NETWORK_ENDS.index(row.network_end)) if row.network_end else (-1, -len(NETWORK_ENDS))
    told = (sequence, -NETWORK_ENDS.index(end))
    return row if told <= known else row._replace(network_end=end, status_seq=sequence)


def swept(tx: Transaction, row: CallRow, now: datetime) -> CallRow:
    """The row of a call that is ended because its next webhook is overdue."""
    return _reported_ended(tx, row, now, by="sweeper")


def ended_as_failed(tx: Transaction, row: CallRow, now: datetime) -> CallRow:
    """The row of a call that has heard the apology, because its release is gone."""
    return _ended(row, now, "provider" if row.ended_by == "provider" else "flow", "failed", tx.cases(row.call))


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


def _said_before(row: CallRow, *, flow_over: bool) -> Disposition | None:
    """What an earlier turn said of the end; what was only concluded is concluded again."""
    return cast("Disposition", row.disposition) if row.ended_by == "flow" or flow_over else None


def _reported_ended(tx: Transaction, row: CallRow, now: datetime, *, by: str) -> CallRow:
    return _ended(row, now, by, _said_before(row, flow_over=False), tx.cases(row.call))


def _ended(row: CallRow, now: datetime, by: str, said: Disposition | None, cases: Sequence[CaseRow]) -> CallRow:
    began, person = row.turns_taken > 0, row.person
    whole = any(not case.partial for case in cases)
    disposition = conclude(said=said, person=person, whole_case=whole)
    down = [taken_down(case_of(case)) for case in cases]
    result = result_of(decode_state(row.state).call) if row.attempt and row.state else None
    told = said_of_end(said, result)
    ending = ending_of(began=began, said=told, person=person, whole_case=any(down), partial_case=not all(down))
    return row._replace(ended_at=stamp(now), ended_by=by, disposition=disposition, ending=ending)


def begun_by(row: CallRow, details: CallDetails, opening: Opening) -> CallRow:
    """The row of a call that begins so."""
    return row._replace(
        direction=opening.direction,
        customer=details.customer,
        address=details.address,
        line=details.line,
        simulated=opening.simulated,
        attempt=opening.attempt or None,
    )


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
        person=None,
        status_seq=-1,
        network_end=None,
        ended_at=None,
        ended_by=None,
        disposition=None,
        ending=None,
        erased_at=None,
        simulated=False,
    )
