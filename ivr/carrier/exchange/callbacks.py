"""The callbacks about a placed call: what each says, and when it is on its way."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime

from ivr.carrier.exchange.faults import Faults
from ivr.carrier.exchange.judging import one
from ivr.carrier.exchange.placed_call import OVER, Event, PlacedCall
from ivr.carrier.signing import FormPairs

STATUS_OF: Mapping[Event, str] = {"initiated": "initiated", "ringing": "ringing", "answered": "in-progress"}
"""The status an event is told by; the end is told by how the call ended."""
DETECTION = -1
"""Stands for a sequence number where a callback has none."""


@dataclass(frozen=True, slots=True)
class Callback:
    """A callback on its way: a form to be posted to `url`."""

    call: str
    url: str
    pairs: FormPairs


@dataclass(slots=True)
class Callbacks:
    """Those not delivered yet, by the time each copy comes; faults lose, double and delay them."""

    faults: Faults
    _waiting: list[tuple[datetime, int, Callback]] = field(default_factory=list)
    _count: int = 0

    def tell(self, call: PlacedCall, event: Event, at: datetime) -> None:
        """Tell of an event, where it is wanted."""
        url = one(call.wishes, "StatusCallback")
        if not url or event not in call.events:
            return
        pairs = [*call.fields().standard(STATUS_OF.get(event, call.status)), ("SequenceNumber", str(call.told))]
        pairs += [("Timestamp", format_datetime(at)), ("CallbackSource", "call-progress-events")]
        if call.answered_by:
            pairs.append(("AnsweredBy", call.answered_by))
        if call.status in OVER:
            pairs += [("CallDuration", str(call.seconds)), ("Duration", str(-(-call.seconds // 60)))]
        self._send(call, Callback(call.sid, url, pairs), at, call.told)
        call.told += 1

    def tell_detection(self, call: PlacedCall, by: str, at: datetime, milliseconds: int) -> None:
        """Tell what an asynchronous detection has found, where that is wanted."""
        url = one(call.wishes, "AsyncAmdStatusCallback")
        if url:
            pairs = [("CallSid", call.sid), ("AccountSid", call.account), ("AnsweredBy", by)]
            pairs.append(("MachineDetectionDuration", str(milliseconds)))
            self._send(call, Callback(call.sid, url, pairs), at + timedelta(milliseconds=milliseconds), DETECTION)

    def due(self, now: datetime) -> Iterator[Callback]:
        """Those that come now, each once, in the order they come in."""
        while self._waiting and self._waiting[0][0] <= now:
            yield heapq.heappop(self._waiting)[2]

    def next_at(self) -> datetime | None:
        """When the next one comes."""
        return self._waiting[0][0] if self._waiting else None

    def _send(self, call: PlacedCall, callback: Callback, at: datetime, sequence: int) -> None:
        for seconds in self.faults.of_callback(call.to, call.nth, sequence):
            self._count += 1
            heapq.heappush(self._waiting, (at + timedelta(seconds=seconds), self._count, callback))
