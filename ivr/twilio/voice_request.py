"""From a verified voice request to what `handle_call` is asked: which call, which turn, and what came in."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

from msgspec.structs import replace

from ivr.call.inputs import ReplyRefused
from ivr.service.calls.turn_in_progress import Webhook
from ivr.twilio.attempt_notices import answered_by
from ivr.twilio.fallback import document_refused, error_code, failed_url
from ivr.twilio.ids import CALL
from ivr.twilio.parties import parties_of
from ivr.twilio.request import FormFields, call_id, input_of

Asked = Callable[[FormFields, bytes], Webhook | None]
"""What makes of a request's parameters and fingerprint what `handle_call` is asked."""


def turn_request(fields: FormFields, fingerprint: bytes, turn: int) -> Webhook | None:
    """The customer's answer to the question of the turn before; None where no call is named."""
    return _webhook(fields, fingerprint, turn, "turn")


def again_request(fields: FormFields, fingerprint: bytes, turn: int) -> Webhook | None:
    """After a "please wait" document; None where no call is named."""
    return _webhook(fields, fingerprint, turn, "again", after_hold=True)


def fallback_request(fields: FormFields, fingerprint: bytes, public_url: str) -> Webhook | None:
    """Twilio could not get, or could not use, the document of the turn its error names; None as above."""
    code, url = error_code(fields.get("ErrorCode", "")), fields.get("ErrorUrl", "")
    failed = failed_url(url, public_url)
    webhook = _webhook(fields, fingerprint, failed.turn, "fallback", after_hold=failed.after_hold)
    if webhook is None or not document_refused(code):
        return webhook
    told = blake2b(f"{code} {url}".encode(errors="replace"), digest_size=12).digest()
    return replace(webhook, input=ReplyRefused(code), fingerprint=told)  # the form still holds the keys of that turn


def placed_call(attempt: str, asked: Asked) -> Asked:
    """The same of a call that we placed: its URL names the attempt, and the first request may say who has answered."""

    def placed(fields: FormFields, fingerprint: bytes) -> Webhook | None:
        webhook = asked(fields, fingerprint)
        return replace(webhook, attempt=attempt, answered_by=answered_by(fields)) if webhook else None

    return placed


def transferred_call(fields: FormFields) -> str:
    """The call a whisper belongs to, empty where none is named: its request comes on the desk's own leg."""
    parent = fields.get("ParentCallSid", "")
    return parent if call_id(fields) and CALL.fullmatch(parent) else "" if parent else call_id(fields)


def _webhook(
    fields: FormFields, fingerprint: bytes, turn: int, route: str, *, after_hold: bool = False
) -> Webhook | None:
    call, parties = call_id(fields), parties_of(fields)
    if not call:
        return None
    return Webhook(
        call=call,
        direction=parties.direction,
        customer=parties.customer,
        address=parties.address,
        line=parties.line,
        turn=turn,
        input=input_of(fields),
        fingerprint=fingerprint,
        route=route,
        after_hold=after_hold,
        hung_up=fields.get("CallStatus") == "completed",
    )
