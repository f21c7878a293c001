"""Placing calls through the provider, and finding out about them.

A request for a call is sent once. What came of it is told apart with care: whoever asks again after a doubtful answer
may phone somebody twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast, get_args

from ivr.messages.message import Message
from ivr.service.outgoing.dialler_port import (
    CallStatus,
    Doubtful,
    FoundCall,
    NotPlaced,
    Placed,
    Placing,
    PlacingResult,
    ProviderUnavailable,
)
from ivr.twilio.rest_client import Access, client_of, never_connected

if TYPE_CHECKING:
    from twilio.rest import Client
    from twilio.rest.api.v2010.account.call import CallInstance

EVENTS = ("initiated", "ringing", "answered", "completed")
RETRIED = "#rc=2&rp=5xx,ct,rt"
"""The provider sends a notice again that we could not take. This is no part of the URL it asks."""
NEVER = frozenset({21211, 21214, 21215, 21216, 21217})
"""The number itself cannot be phoned: invalid, out of reach, in a country that is not allowed, blocked."""
DETECTION_SECONDS = 5
MOST_FOUND = 1000
NO_ANSWER_YET = frozenset({408, 425, 499})
"""Errors that a server between us and the provider gives when it does not know what became of a request."""


class TwilioDialler:
    """A dialler for one account. Safe for one thread at a time."""

    def __init__(self, access: Access, client: Callable[[Access], Client] = client_of) -> None:
        self._client = client(access)

    def place(self, placing: Placing) -> PlacingResult:
        """Ask for a call, once. Whatever happens is a result; it raises nothing."""
        try:
            made = self._client.calls.create(**_wishes(placing))
        except Exception as failed:  # of whatever kind: the call may have been placed
            return _failed(failed)
        return Placed(made.sid) if made.sid else Doubtful(Message("dialler.no-id"))

    def find(self, to: str, from_number: str, since: datetime) -> Sequence[FoundCall]:
        """The calls from one of our numbers to this one accepted at `since` or later, newest first.

        Asked for by number alone: a call that waits has no start yet, so any filter on time would hide it.
        """
        since = since.astimezone(UTC).replace(microsecond=0)
        found: list[FoundCall] = []
        with _asking():
            for row in self._client.calls.stream(to=to, limit=MOST_FOUND, page_size=50):
                call = _found(row)
                if call and call.created_at < since:
                    break
                if call and call.from_number == from_number:
                    found.append(call)
        return found

    def look(self, call: str) -> FoundCall | None:
        """How a call stands; None where there is none of this id."""
        from twilio.base.exceptions import TwilioRestException

        with _asking():
            try:
                return _found(self._client.calls(call).fetch())
            except TwilioRestException as failed:
                if failed.status == 404:
                    return None
                raise

    def own_numbers(self) -> Sequence[str]:
        """The numbers of the account, and those it has proved to be its own."""
        with _asking():
            ours = [str(row.phone_number) for row in self._client.incoming_phone_numbers.stream()]
            return [*ours, *(str(row.phone_number) for row in self._client.outgoing_caller_ids.stream())]

    def account_status(self) -> str:
        """`active`, `suspended` or `closed`. `ProviderUnavailable` where nobody can say, or we may not ask."""
        with _asking():
            return str(self._client.api.accounts(self._client.account_sid).fetch().status)


def _wishes(placing: Placing) -> Mapping[str, Any]:
    """The call in the client's words."""
    wishes: dict[str, Any] = {
        "to": placing.to,
        "from_": placing.from_number,
        "url": placing.url,
        "method": "POST",
        "fallback_url": placing.fallback,
        "fallback_method": "POST",
        "status_callback": placing.status_callback + RETRIED,
        "status_callback_method": "POST",
        "status_callback_event": list(EVENTS),
        "timeout": placing.ring_seconds,
        "time_limit": placing.longest_seconds,
    }
    if placing.detection != "off":
        wishes |= {"machine_detection": "Enable", "machine_detection_timeout": DETECTION_SECONDS}
    if placing.detection == "async":
        callback = placing.detection_callback + RETRIED
        wishes |= {
            "async_amd": "true",
            "async_amd_status_callback": callback,
            "async_amd_status_callback_method": "POST",
        }
    return wishes


def _failed(failed: Exception) -> NotPlaced | Doubtful:
    status, code = _numbers(failed)
    if status == 429:
        return NotPlaced(sentence=Message("dialler.too-many"), again=True, code=code)
    if 400 <= status < 500 and status not in NO_ANSWER_YET:
        said = Message("dialler.refused", status=status, why=_why(failed))
        return NotPlaced(sentence=said, never=code in NEVER, code=code)
    if not status and never_connected(failed):
        return NotPlaced(sentence=Message("dialler.no-connection", why=_why(failed)), again=True)
    return Doubtful(Message("dialler.doubtful", why=_why(failed)))


def _numbers(failed: Exception) -> tuple[int, int]:
    """The HTTP status of an answer and the provider's error number, each 0 where there is none."""
    status, code = getattr(failed, "status", 0), getattr(failed, "code", 0)
    status = status if isinstance(status, int) else 0
    return status, code if isinstance(code, int) and code != status else 0


def _why(failed: Exception) -> str:
    """What the provider or the connection says, on one line without colours."""
    said = getattr(failed, "msg", "") or getattr(failed, "title", "") or str(failed) or type(failed).__name__
    code = _numbers(failed)[1]
    return " ".join(f"{code}: {said}".split() if code else str(said).split())[:300]


@contextmanager
def _asking() -> Iterator[None]:
    """Asking changes nothing, so every failure of it is the same: nobody can say now."""
    try:
        yield
    except Exception as failed:
        raise ProviderUnavailable(Message("dialler.unavailable", why=_why(failed))) from failed


def _found(row: CallInstance) -> FoundCall | None:
    """A call of the provider's list; None where it lacks what every call has."""
    if not row.sid or row.date_created is None or row.status not in get_args(CallStatus):
        return None
    return FoundCall(
        call=row.sid,
        to=row.to or "",
        from_number=row._from or "",
        status=cast(CallStatus, row.status),
        created_at=row.date_created.astimezone(UTC),
        seconds=int(row.duration) if row.duration and row.duration.isdigit() else None,
        answered_by=row.answered_by or "",
    )
