"""From a verified voice request to what `handle_call` is asked: which call, which turn, and what came in."""

from __future__ import annotations

from ivr.call.inputs import Input, ReplyRefused, Resume
from ivr.service.calls.turn_in_progress import Webhook
from ivr.twilio.fallback import document_refused, error_code, parts_of, turn_of_error
from ivr.twilio.request import FormFields, call_id, caller_number, input_of, plain


def turn_request(fields: FormFields, fingerprint: bytes, turn: int) -> Webhook | None:
    """The caller's answer to the question of the turn before; None where no call is named."""
    return _webhook(fields, fingerprint, turn, input_of(fields), "turn")


def again_request(fields: FormFields, fingerprint: bytes, turn: int) -> Webhook | None:
    """After a "please wait" document; None where no call is named."""
    return _webhook(fields, fingerprint, turn, Resume(), "again")


def fallback_request(fields: FormFields, fingerprint: bytes, public_url: str) -> Webhook | None:
    """Twilio could not get, or could not use, the document of the turn its error names; None as above."""
    code, url = error_code(fields.get("ErrorCode", "")), fields.get("ErrorUrl", "")
    if document_refused(code):
        came: Input = ReplyRefused(code)
    else:
        came = Resume() if parts_of(url).path.endswith("/again") else input_of(fields)
    return _webhook(fields, fingerprint, turn_of_error(url, public_url), came, "fallback")


def transferred_call(fields: FormFields) -> str:
    """The call a whisper belongs to: its request comes on the desk's own leg."""
    return plain(fields.get("ParentCallSid", "")) or call_id(fields)


def _webhook(fields: FormFields, fingerprint: bytes, turn: int, came: Input, route: str) -> Webhook | None:
    call = call_id(fields)
    if not call:
        return None
    return Webhook(
        call=call,
        turn=turn,
        input=came,
        fingerprint=fingerprint,
        customer=caller_number(fields.get("From", "")),
        line=plain(fields.get("To", "")),
        route=route,
        hung_up=fields.get("CallStatus") == "completed",
    )
