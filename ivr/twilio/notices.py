"""From status, recording and transcription webhooks to what the use cases keep. They never take turns."""

from __future__ import annotations

from ivr.service.calls.close import StatusChange
from ivr.service.calls.keep_recordings import RecordingNews
from ivr.twilio.request import FormFields, call_id, caller_number, plain, printable

TERMINAL = frozenset(("completed", "busy", "no-answer", "failed", "canceled"))
LONGEST_TRANSCRIPT = 20_000


def status_change(fields: FormFields) -> StatusChange | None:
    """What a status webhook says of its call, None where it names none."""
    call = call_id(fields)
    if not call:
        return None
    return StatusChange(
        call=call,
        terminal=fields.get("CallStatus", "") in TERMINAL,
        sequence=_number(fields.get("SequenceNumber", ""), -1),
        customer=caller_number(fields.get("From", "")),
        line=plain(fields.get("To", "")),
    )


def recording_news(fields: FormFields, turn: int) -> RecordingNews | None:
    """What a webhook reports of a recording; its form has no From, To or CallStatus. None if it names no recording."""
    call, recording = call_id(fields), plain(fields.get("RecordingSid") or fields.get("RecordingUrl", ""))
    if not call or not recording:
        return None
    text = printable(fields.get("TranscriptionText", "")).strip()[:LONGEST_TRANSCRIPT]
    seconds = _number(fields.get("RecordingDuration", ""), -1)
    return RecordingNews(
        recording=recording,
        call=call,
        turn=turn,
        url=printable(fields.get("RecordingUrl", ""))[:500] or None,
        seconds=seconds if seconds >= 0 else None,
        status=fields.get("RecordingStatus"),
        transcript=text or None,
    )


def _number(raw: str, otherwise: int) -> int:
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= 9 else otherwise
