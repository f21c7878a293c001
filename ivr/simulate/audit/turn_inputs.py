"""I1: every acknowledged input of the caller is in the database, in its order and as it was."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.call.inputs import (
    Digits,
    Input,
    NoInput,
    Recording,
    Speech,
    Start,
    TransferOutcome,
    Transferred,
    known_confidence,
)
from ivr.carrier.delivery import DeliveredRequest
from ivr.carrier.ledger import Broken, caller_did
from ivr.messages.message import Message
from ivr.replay.carrier_words import said_by_carrier
from ivr.service.calls.replay_call import decode_stored
from ivr.simulate.audit.audited_call import AuditedCall

OUTCOMES: Mapping[str, TransferOutcome] = {
    "completed": "answered", "busy": "busy", "no-answer": "no_answer", "failed": "failed",
}  # fmt: skip


def check_inputs(call: AuditedCall) -> list[Broken]:
    """One turn on record for each request acknowledged, and what it holds is what the caller did."""
    rows = {row.turn: row for row in call.rows}
    broken: list[Broken] = []
    for n, sent in enumerate(call.sent, 1):
        did = said_by_carrier(caller_did(sent.pairs))
        row = rows.pop(n, None)
        if row is None:
            broken.append(Broken("I1", Message("simulate.input.missing", turn=n, did=did)))
            continue
        came = decode_stored(row.input).input
        expected = _meant(sent, n)
        if expected is not None and not call.sensitive(n - 1) and came != expected:
            broken.append(Broken("I1", Message("simulate.input.other", turn=n, did=did, came=str(came))))
    broken += [Broken("I1", Message("simulate.input.unmade", turn=n)) for n in rows]
    if call.row is not None and call.row.turns_taken != len(call.sent):
        said = Message("simulate.input.count", answered=len(call.sent), counted=call.row.turns_taken)
        broken.append(Broken("I1", said))
    return broken


def check_answers_kept(call: AuditedCall) -> list[Broken]:
    """I4: what a repeated request would get is what was answered the first time."""
    rows = {row.turn: row for row in call.rows}
    return [
        Broken("I4", Message("simulate.input.answer", turn=n))
        for n, sent in enumerate(call.sent, 1)
        if n in rows and sent.reply is not None and (rows[n].reply or "").encode() != sent.reply.body
    ]


def _meant(sent: DeliveredRequest, turn: int) -> Input | None:
    """The input a request tells of; None where it comes back from a hold or by the fallback, and may be another."""
    fields = dict(sent.pairs)
    if "ErrorCode" in fields or "/again?" in sent.url:
        return None
    if turn == 1:
        return Start()
    if "DialCallStatus" in fields:
        return Transferred(OUTCOMES[fields["DialCallStatus"]])
    if "RecordingSid" in fields:
        seconds, key = int(fields["RecordingDuration"]), fields.get("Digits", "")
        return Recording(fields["RecordingSid"], seconds, key, fields["RecordingUrl"])
    if fields.get("Digits"):
        return Digits(fields["Digits"])
    if said := fields.get("SpeechResult", "").strip():
        return Speech(said, known_confidence(float(fields["Confidence"])))
    return NoInput()
