"""What a process counts of its requests, and the figures' names: they are a promise to whoever draws them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from ivr.app.observed.seen import Seen

BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 15.0)
"""Seconds. The provider gives up after 15."""
OUTCOMES = ("taken", "repeated", "farewell", "hold", "apology", "refused")
APOLOGIES = ("error", "held_too_often", "no_call", "release_gone")
REFUSALS = (
    "signature", "unsigned", "account", "no_length", "too_large", "no_form", "short_body", "bad_body",
    "too_many_fields", "no_such_url", "method", "slow_request", "bad_request", "other",
)  # fmt: skip
MOST_KINDS = 40
"""Kinds of cases that are counted apart; those of more are counted as `other`."""


class Counting(Protocol):
    """Counts requests."""

    def saw(self, request: Seen) -> None:
        """Count a request whose answer has left."""


class NoCounting:
    """Where no metrics are wanted."""

    def saw(self, request: Seen) -> None:
        """Nothing."""


class PrometheusCounting:
    """Counts with the library. Every figure that can be named in advance begins at nought, so that its first rise is
    seen; must be made after the process has its place (`ivr.app.metrics.places`)."""

    def __init__(self) -> None:
        from prometheus_client import Counter, Histogram

        turns = Counter(
            "ivr_turns", "Requests for a turn of a call, by what became of them.", ["outcome"], registry=None
        )
        refused = Counter("ivr_refusals", "Requests that were refused, by why.", ["reason"], registry=None)
        apologies = Counter("ivr_apologies", "Callers who heard the apology, by why.", ["reason"], registry=None)
        self._cases = Counter("ivr_cases_opened", "Cases opened by real calls, by kind.", ["kind"], registry=None)
        seconds = Histogram(
            "ivr_turn_seconds", "From a turn's request to its document.", registry=None, buckets=BUCKETS
        )
        starts = Counter("ivr_worker_starts", "Processes that began to answer calls.", registry=None)
        self._turns = {outcome: turns.labels(outcome).inc for outcome in OUTCOMES}
        self._refused = {reason: refused.labels(reason).inc for reason in REFUSALS}
        self._apologies = {reason: apologies.labels(reason).inc for reason in APOLOGIES}
        self._kinds: dict[str, Callable[[], None]] = {}
        self._observe = seconds.observe
        starts.inc()

    def saw(self, request: Seen) -> None:
        """Count a request whose answer has left. A turn that was refused has no latency: nothing was done."""
        if request.refused:
            self._refused.get(request.refused, self._refused["other"])()
        if request.outcome:
            self._turns[request.outcome]()
            if request.outcome != "refused":
                self._observe(request.seconds)
        if request.apology:
            self._apologies[request.apology]()
        for kind in request.cases:
            self._case(kind)

    def _case(self, kind: str) -> None:
        known = kind if kind in self._kinds or len(self._kinds) < MOST_KINDS else "other"
        if known not in self._kinds:
            self._kinds[known] = partial(self._cases.labels(known).inc)
        self._kinds[known]()
