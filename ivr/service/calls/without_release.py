"""A turn of a call whose release is gone: nothing can be asked any more, but what came in is kept."""

from __future__ import annotations

from datetime import datetime

import msgspec

from ivr.call.inputs import Digits, Input, Masked, Recording, Speech, Stored
from ivr.service.ports import CallRow, Ports, Transaction

_encode = msgspec.json.Encoder(order="sorted").encode


def keep_turn(
    ports: Ports, tx: Transaction, row: CallRow, now: datetime, *,
    call: str, came: Input, fingerprint: bytes, route: str,
) -> str:  # fmt: skip
    """Record the turn and end the call as failed; the apology. Entries are kept as their length only, for without the
    release nobody knows which of them are sensitive."""
    turn = row.turn + 1
    tx.insert_turn(
        {
            "call": call,
            "turn": turn,
            "at": now.isoformat(),
            "route": route,
            "fingerprint": fingerprint,
            "input": _encode(Stored(at=now, input=_hidden(came))),
            "reply": ports.apology,
            "digest": b"",
            "note": "release gone",
        }
    )
    if isinstance(came, Recording):
        tx.put_recording(came.recording, call, {"turn": turn, "seconds": came.seconds}, fill=True)
    ended: dict[str, object] = {"turn": turn, "touched_at": now.isoformat(), "ended_at": now.isoformat()}
    by = "carrier" if row.ended_by == "carrier" else "flow"
    tx.update_call(call, row.version, {**ended, "ended_by": by, "disposition": "failed"})
    return ports.apology


def _hidden(came: Input) -> Input:
    match came:
        case Digits(keys=entry) | Speech(text=entry):
            return Masked(len(entry), fits=False)
    return came
