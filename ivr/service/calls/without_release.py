"""A turn of a call whose release is gone: nothing can be asked any more, but what came in is kept."""

from __future__ import annotations

import msgspec

from ivr.call.inputs import Digits, Input, Masked, Recording, Speech, Stored
from ivr.service.calls.turn_in_progress import TurnInProgress
from ivr.service.ports import CallRow, TurnRecord

_encode = msgspec.json.Encoder(order="sorted").encode


def fail_call(exchange: TurnInProgress, row: CallRow) -> str:
    """Record the turn and end the call as failed; the apology. Entries are kept as their length only, for without the
    release nobody knows which of them are sensitive."""
    tx, webhook, now = exchange.tx, exchange.webhook, exchange.now
    turn, came, apology = row.turns_taken + 1, webhook.input, exchange.ports.apology
    tx.insert_turn(
        TurnRecord(
            call=webhook.call,
            turn=turn,
            at=now.isoformat(),
            route=webhook.route,
            fingerprint=webhook.fingerprint,
            input=_encode(Stored(at=now, input=_hidden(came))),
            reply=apology,
            digest=b"",
            note="release gone",
        )
    )
    if isinstance(came, Recording):
        tx.put_recording(came.recording, webhook.call, {"turn": turn, "seconds": came.seconds}, fill=True)
    values: dict[str, object] = {
        "turns_taken": turn,
        "last_turn_at": now.isoformat(),
        "ended_at": now.isoformat(),
        "ended_by": "provider" if row.ended_by == "provider" else "flow",
        "disposition": "failed",
    }
    tx.update_call(webhook.call, row.version, values)
    return apology


def _hidden(came: Input) -> Input:
    match came:
        case Digits(keys=entry) | Speech(text=entry):
            return Masked(len(entry), fits=False)
    return came
