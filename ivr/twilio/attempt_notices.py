"""From the notices of a call that we placed to what is heard of its attempt."""

from __future__ import annotations

from ivr.service.outgoing.hear import News
from ivr.twilio.notices import status_change
from ivr.twilio.parties import is_child_leg
from ivr.twilio.request import FormFields, plain


def attempt_news(fields: FormFields) -> News | None:
    """What a notice says; None where it names no call, or only a leg that our own document has dialled."""
    change = status_change(fields)
    if change is None or is_child_leg(fields):
        return None
    return News(call=change.call, answered_by=answered_by(fields), ended=change.ended, sequence=change.sequence)


def answered_by(fields: FormFields) -> str:
    """`human`, `machine` or `unknown`, empty where nothing was detected. A fax is a machine too."""
    raw = plain(fields.get("AnsweredBy", ""))
    if raw.startswith("machine") or raw == "fax":
        return "machine"
    return raw if raw in ("human", "") else "unknown"
