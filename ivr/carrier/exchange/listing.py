"""Which calls a list shows. A call that waits in the queue has no start, so a filter on the start leaves it out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from ivr.carrier.exchange.judging import Form, one
from ivr.carrier.exchange.placed_call import PlacedCall


def chosen(calls: Sequence[PlacedCall], query: Form) -> list[PlacedCall]:
    """Those of the calls that the filters of a query let through, in their order."""
    return [call for call in calls if _fits(call, query)]


def _fits(call: PlacedCall, query: Form) -> bool:
    if one(query, "ParentCallSid"):
        return False  # no leg of another call is placed here
    for name, value in (("From", call.from_number), ("Status", call.status)):
        if one(query, name, value) != value:
            return False
    return _in_time(call.rang, query, "StartTime") and _in_time(call.ended, query, "EndTime")


def _in_time(at: datetime | None, query: Form, name: str) -> bool:
    for sign in ("", "<", ">"):
        text = one(query, f"{name}{sign}")
        if not text:
            continue
        if at is None:
            return False
        since = datetime.fromisoformat(text).replace(tzinfo=UTC)
        after, on = at >= since, since <= at < since + timedelta(days=1)
        if not {"": on, "<": not after, ">": after}[sign]:
            return False
    return True
