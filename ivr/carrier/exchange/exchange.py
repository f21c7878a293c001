"""The exchange: an account's calls from the request that asks for one to its end.

It stands still by itself: `advance` does what is due by its clock, so that a test leads it through a day in no time.
"""

from __future__ import annotations

import secrets
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from ivr.carrier.exchange.account import Account
from ivr.carrier.exchange.answering import Answer, error
from ivr.carrier.exchange.callbacks import Callback, Callbacks
from ivr.carrier.exchange.faults import Faults
from ivr.carrier.exchange.judging import Form, judge_call
from ivr.carrier.exchange.placed_call import NOT_ANSWERED, OVER, PlacedCall, Status

LONGEST_QUEUE = timedelta(hours=24)
DETECTION_MS = 3200


class CallOver(Exception):
    """The call does not ring any more, or is over, or there is none."""


@dataclass(slots=True, kw_only=True)
class Exchange:
    """One account's calls. `a_second` is how many it dials a second; those asked for faster wait in its queue.

    `hotlines`: the beginnings of URLs that calls may be led by; empty: any. Safe for threads.
    """

    account: Account
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    a_second: float = 1.0
    faults: Faults = field(default_factory=Faults)
    hotlines: tuple[str, ...] = ()
    new_sid: Callable[[], str] = lambda: "CA" + secrets.token_hex(16)
    calls: dict[str, PlacedCall] = field(default_factory=dict)
    callbacks: Callbacks = field(init=False)
    _of_number: dict[str, list[PlacedCall]] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    """How many requests for a call came, by the number to be phoned."""
    _queue: deque[tuple[datetime, PlacedCall]] = field(default_factory=deque)
    _live: dict[str, PlacedCall] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=lambda: threading.Condition(threading.RLock()))

    def __post_init__(self) -> None:
        self.callbacks = Callbacks(self.faults)

    def place(self, form: Form) -> Answer | None:
        """A request for a call: its resource, a refusal, or None where the answer is lost on the way."""
        with self._changed:
            to = (form.get("To") or [""])[-1]
            self.asked[to] = self.asked.get(to, 0) + 1
            fault = self.faults.of_request(to, self.asked[to])
            if fault == "too many":
                return error(20429, "Too Many Requests")
            if fault == "failed before":
                return error(20503, "Service unavailable")
            if fault == "lost before":
                return None
            refused = judge_call(form, self.account) or self._elsewhere(form) or self._queue_full()
            if refused:
                return refused
            call = self._accept(form)
            if fault == "failed after":
                return error(20500, "Internal Server Error")
            return None if fault == "lost after" else Answer(201, call.resource())

    def calls_to(self, number: str) -> list[PlacedCall]:
        """The calls to a number, or to all, newest first."""
        with self._changed:
            found = self._of_number.get(number, []) if number else list(self.calls.values())
            return found[::-1]

    def advance(self) -> list[Callback]:
        """Do what is due: dial, give up ringing, end what lasts too long. The callbacks that come now."""
        with self._changed:
            now = self.clock()
            while self._queue and self._queue[0][0] <= now:
                self._ring(*self._queue.popleft())
            for call in list(self._live.values()):
                if call.status == "ringing" and call.rings_until() <= now:
                    self._end(call, "no-answer", call.rings_until())
                elif call.status == "in-progress" and call.lasts_until() <= now:
                    self._end(call, "completed", call.lasts_until())
            return list(self.callbacks.due(now))

    def ringing(self) -> list[PlacedCall]:
        """The calls that ring, the one that rings longest first."""
        with self._changed:
            return [call for call in self._live.values() if call.status == "ringing"]

    def wait_for_ringing(self, seconds: float) -> list[PlacedCall]:
        """The same; where none rings, wait so long for one."""
        with self._changed:
            self._changed.wait_for(self.ringing, seconds)
            return self.ringing()

    def answer(self, sid: str, by: str = "human") -> PlacedCall:
        """Somebody, or something, takes the call up: `human`, `machine_start`, ... `CallOver` where it does not ring.

        A synchronous detection is done before the call is led, an asynchronous one tells of it by a callback.
        """
        with self._in_state(sid, "ringing") as call:
            now = self.clock()
            call.status, call.answered = "in-progress", now
            if call.detects == "sync":
                call.answered_by = by
            self.callbacks.tell(call, "answered", now)
            if call.detects == "async":
                call.answered_by = by
                self.callbacks.tell_detection(call, by, now, DETECTION_MS)
            return call

    def decline(self, sid: str, status: Status) -> None:
        """Nobody takes it up: busy, no-answer, failed or canceled. `CallOver` where it does not ring."""
        if status not in NOT_ANSWERED:
            raise ValueError(f"a call that nobody answers does not end {status}")
        with self._in_state(sid, "ringing") as call:
            self._end(call, status, self.clock())

    def hang_up(self, sid: str) -> None:
        """The call ends, by either side. `CallOver` where it does not last."""
        with self._in_state(sid, "in-progress") as call:
            self._end(call, "completed", self.clock())

    def end(self, sid: str, status: str) -> Answer:
        """A request that ends a call: `canceled` before it is answered, `completed` always."""
        with self._changed:
            call = self.calls.get(sid)
            if call is None:
                return error(20404, f"The requested resource /Calls/{sid}.json was not found")
            if call.status in OVER or (status == "canceled" and call.status == "in-progress"):
                return error(21220, f"Invalid call state: the call is {call.status}")
            self._end(call, "completed" if call.status == "in-progress" else "canceled", self.clock())
            return Answer(200, call.resource())

    def _elsewhere(self, form: Form) -> Answer | None:
        """A stand-in that is open to all of its machine must not be made to phone other servers."""
        for name, values in form.items():
            for value in values if name.endswith(("Url", "Callback")) else ():
                if self.hotlines and not value.startswith(self.hotlines):
                    return error(21205, f"'{name}' is not the sandbox's own hotline: {value}")
        return None

    def _queue_full(self) -> Answer | None:
        if self._turn() - self.clock() > LONGEST_QUEUE:
            return error(20429, "Too Many Requests: calls are queued for 24 hours")
        return None

    def _turn(self) -> datetime:
        """When the next call accepted is dialled."""
        now = self.clock()
        return max(now, self._queue[-1][0] + timedelta(seconds=1 / self.a_second)) if self._queue else now

    def _accept(self, form: Form) -> PlacedCall:
        made = PlacedCall(sid=self.new_sid(), account=self.account.sid, made=self.clock(), wishes=form)
        to_it = self._of_number.setdefault(made.to, [])
        to_it.append(made)
        made.nth = len(to_it)
        self.calls[made.sid] = made
        self._queue.append((self._turn(), made))
        return made

    def _ring(self, at: datetime, call: PlacedCall) -> None:
        if call.status == "queued":  # it may be canceled
            call.status, call.rang = "ringing", at
            self._live[call.sid] = call
            self.callbacks.tell(call, "initiated", at)
            self.callbacks.tell(call, "ringing", at)
            self._changed.notify_all()

    def _end(self, call: PlacedCall, status: Status, at: datetime) -> None:
        call.status, call.ended = status, at
        self._live.pop(call.sid, None)
        self.callbacks.tell(call, "completed", at)

    @contextmanager
    def _in_state(self, sid: str, status: Status) -> Iterator[PlacedCall]:
        with self._changed:
            call = self.calls.get(sid)
            if call is None or call.status != status:
                raise CallOver(sid)
            yield call
