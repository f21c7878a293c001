"""A call that was asked for: what it is to be, how far it is, and the resource that tells of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any, Literal

from ivr.carrier.exchange.judging import Form, one
from ivr.carrier.standard_fields import CallFields

Status = Literal["queued", "ringing", "in-progress", "completed", "busy", "no-answer", "failed", "canceled"]
Event = Literal["initiated", "ringing", "answered", "completed"]
OVER: frozenset[Status] = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})
NOT_ANSWERED: frozenset[Status] = frozenset({"busy", "no-answer", "failed", "canceled"})


@dataclass(slots=True, kw_only=True)
class PlacedCall:
    """A call, from the moment it was accepted. `wishes` are the parameters it was asked for with."""

    sid: str
    account: str
    made: datetime
    wishes: Form = field(repr=False)
    status: Status = "queued"
    rang: datetime | None = None
    answered: datetime | None = None
    ended: datetime | None = None
    answered_by: str = ""
    nth: int = 1
    """Which call to this number it is, from 1."""
    told: int = 0
    """How many of its events were told: the next one's sequence number."""

    @property
    def to(self) -> str:
        """The number phoned."""
        return one(self.wishes, "To")

    @property
    def from_number(self) -> str:
        """The number its owner sees."""
        return one(self.wishes, "From")

    @property
    def detects(self) -> Literal["off", "sync", "async"]:
        """Whether a machine is told from a person, and whether the call waits for it."""
        if not one(self.wishes, "MachineDetection"):
            return "off"
        return "async" if one(self.wishes, "AsyncAmd") == "true" else "sync"

    @property
    def events(self) -> Sequence[str]:
        """The events that are wanted; the end alone where none was named."""
        return self.wishes.get("StatusCallbackEvent") or ("completed",)

    @property
    def seconds(self) -> int:
        """How long it lasted; 0 while it lasts, and where nobody answered."""
        return round((self.ended - self.answered).total_seconds()) if self.answered and self.ended else 0

    def rings_until(self) -> datetime:
        """When nobody has answered."""
        return (self.rang or self.made) + timedelta(seconds=int(one(self.wishes, "Timeout", "60")))

    def lasts_until(self) -> datetime:
        """When the network ends it."""
        return (self.answered or self.made) + timedelta(seconds=int(one(self.wishes, "TimeLimit", "14400")))

    def fields(self) -> CallFields:
        """Its ids and numbers, as every request about it has them."""
        return CallFields(self.sid, self.account, self.from_number, self.to, "outbound-api")

    def resource(self) -> Mapping[str, Any]:
        """The call as the provider shows it. It holds neither its URLs nor anything else of ours."""
        uri = f"/2010-04-01/Accounts/{self.account}/Calls/{self.sid}"
        told = (self.ended or self.answered or self.rang or self.made).replace(microsecond=0)
        return {
            "sid": self.sid,
            "account_sid": self.account,
            "parent_call_sid": None,
            "to": self.to,
            "to_formatted": self.to,
            "from": self.from_number,
            "from_formatted": self.from_number,
            "phone_number_sid": None,
            "status": self.status,
            "direction": "outbound-api",
            "date_created": _rfc2822(self.made),
            "date_updated": _rfc2822(told),
            "start_time": _rfc2822(self.rang),
            "end_time": _rfc2822(self.ended),
            "duration": str(self.seconds) if self.status == "completed" else None,
            "answered_by": self.answered_by or None,
            "price": None,
            "price_unit": "USD",
            "queue_time": str(round(((self.rang or told) - self.made).total_seconds() * 1000)),
            "api_version": "2010-04-01",
            "forwarded_from": None,
            "group_sid": None,
            "caller_name": None,
            "trunk_sid": None,
            "uri": f"{uri}.json",
            "subresource_uris": {"recordings": f"{uri}/Recordings.json"},
        }


def _rfc2822(at: datetime | None) -> str | None:
    return format_datetime(at.replace(microsecond=0)) if at else None
