"""From status, recording and transcription webhooks to what the use cases keep. They never take turns."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.service.calls.close import StatusChange
from ivr.service.calls.keep_recordings import RecordingNews
from ivr.service.rows import NetworkEnd
from ivr.twilio.parties import is_child_leg, parties_of
from ivr.twilio.request import FormFields, call_id, printable, recording_id, recording_url

ENDED: Mapping[str, NetworkEnd] = {
    "completed": "completed",
    "busy": "busy",
    "no-answer": "no_answer",
    "failed": "failed",
    "canceled": "canceled",
}
LONGEST_TRANSCRIPT = 20_000


def status_change(fields: FormFields) -> StatusChange | None:
    """What a status webhook says of its call, None where it names none."""
    call, parties = call_id(fields), parties_of(fields)
    if not call:
        return None
    return StatusChange(
        call=call,
        direction=parties.direction,
        customer=parties.customer,
        address=parties.address,
        line=parties.line,
        ended=ENDED.get(fields.get("CallStatus", "")),
        sequence=_number(fields.get("SequenceNumber", ""), -1),
    )


def recording_news(fields: FormFields, turn: int) -> RecordingNews | None:
    """What a webhook reports of a recording; its form has no From, To or CallStatus. None where it names none, or one
    of a leg that is no call of ours."""
    call, recording = call_id(fields), recording_id(fields)
    if not call or not recording or is_child_leg(fields):
        return None
    text = printable(fields.get("TranscriptionText", "")).strip()[:LONGEST_TRANSCRIPT]
    seconds = _number(fields.get("RecordingDuration", ""), -1)
    return RecordingNews(
        recording=recording,
        call=call,
        turn=turn,
        url=recording_url(fields) or None,
        seconds=seconds if seconds >= 0 else None,
        status=fields.get("RecordingStatus"),
        transcript=text or None,
    )


def _number(raw: str, otherwise: int) -> int:
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= 9 else otherwise
