"""What goes wrong between us and the provider, by chance but the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Literal

RequestFault = Literal["too many", "failed before", "failed after", "lost before", "lost after"]
"""A request to place a call: refused with 429; answered 5xx, or not at all, before or after the call was accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """How often what happens, as shares of one.

    The chance of each request and callback hangs on the number phoned, on which call to it this is and on `seed`, not
    on the order they come in: many clients at once meet the same faults in every run.
    """

    seed: int = 0
    too_many: float = 0.0
    failed_before: float = 0.0
    failed_after: float = 0.0
    lost_before: float = 0.0
    lost_after: float = 0.0
    callback_lost: float = 0.0
    callback_doubled: float = 0.0
    callback_late: float = 0.0
    late_seconds: float = field(default=30.0)
    """The longest a late callback takes; a short call's callbacks so come in any order."""

    def of_request(self, to: str, nth: int) -> RequestFault | None:
        """What becomes of the `nth` request to place a call to this number; None: nothing is wrong with it."""
        roll = self._chance("request", to, nth).random()
        shares: tuple[tuple[RequestFault, float], ...] = (
            ("too many", self.too_many), ("failed before", self.failed_before), ("failed after", self.failed_after),
            ("lost before", self.lost_before), ("lost after", self.lost_after),
        )  # fmt: skip
        for fault, share in shares:
            if roll < share:
                return fault
            roll -= share
        return None

    def of_callback(self, to: str, nth: int, sequence: int) -> tuple[float, ...]:
        """After how many seconds each copy of a callback comes: none where it is lost, two where it is doubled."""
        chance = self._chance("callback", to, nth, sequence)
        if chance.random() < self.callback_lost:
            return ()
        copies = 2 if chance.random() < self.callback_doubled else 1
        return tuple(
            chance.uniform(0.0, self.late_seconds) if chance.random() < self.callback_late else 0.0
            for _ in range(copies)
        )

    def _chance(self, *what: str | int) -> Random:
        return Random("/".join(map(str, (self.seed, *what))))  # noqa: S311 - chance, not secrecy
