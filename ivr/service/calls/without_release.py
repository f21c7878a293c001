"""A turn of a call whose release is gone: nothing can be asked any more, but what came in is kept."""

from __future__ import annotations

import msgspec

from ivr.call.inputs import Digits, Input, Masked, Recording, Speech, Stored
from ivr.service.calls.close import ended_as_failed
from ivr.service.calls.turn_in_progress import TurnInProgress
from ivr.service.rows import CallRow, RecordingRow, TurnRecord, stamp

_encode = msgspec.json.Encoder(order="sorted").encode


def fail_call(exchange: TurnInProgress, row: CallRow) -> str:
    """Record the turn and end the call as failed; the apology. Entries are kept as their length only, for without the
    release nobody knows which of them are sensitive."""
    tx, webhook, now = exchange.tx, exchange.webhook, exchange.now
    turn, came, ports = row.turns_taken + 1, webhook.input, exchange.ports
    apology = ports.neutral if row.attempt else ports.apology(row.line)
    kept = _hidden(came)
    tx.add_turn(
        TurnRecord(
            call=webhook.call,
            turn=turn,
            at=stamp(now),
            route=webhook.route,
            fingerprint=None if isinstance(kept, Masked) else webhook.fingerprint,
            input=_encode(Stored(at=now, input=kept)),
            reply=apology,
            digest=b"",
            note="release gone",
        )
    )
    if isinstance(came, Recording):
        tx.put_recording(RecordingRow(came.recording, webhook.call, turn, came.url or None, came.seconds), fill=True)
    ended = row._replace(
        turns_taken=turn,
        last_turn_at=stamp(now),
    )
    tx.put_call(ended_as_failed(tx, ended, now))
    return apology


def _hidden(came: Input) -> Input:
    match came:
        case Digits(keys=entry) | Speech(text=entry):
            return Masked(len(entry), fits=False)
    return came
