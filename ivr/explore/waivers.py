"""Built-in promises that a hotline waives: which are broken and excused, and which hold, so that nothing is waived."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from ivr.explore.promise_result import PromiseResult
from ivr.messages.message import Message

WaivedFor = str | Mapping[str, str]
"""Why a promise is waived: one reason, or one by each flow that calls begin in."""


class Waiver(NamedTuple):
    """A promise that is waived, for what reason, and how it would be broken: empty where there is nothing to waive.

    `flow`: it is waived for the calls that begin there; empty for all calls.
    """

    promise: str
    flow: str
    reason: str
    broken: str

    def __str__(self) -> str:
        return str(self.sentence())

    def sentence(self) -> Message:
        """Its line in a report."""
        where = Message("proof.waiver.in", promise=self.promise, flow=self.flow)
        name = where if self.flow else self.promise
        if self.broken:
            return Message("proof.waiver.waived", name=name, reason=self.reason, broken=self.broken)
        return Message("proof.waiver.holds", name=name, reason=self.reason)


def waived(
    results: list[PromiseResult],
    why: WaivedFor,
    entries: Sequence[str],
    prove_from: Callable[[Sequence[str]], list[PromiseResult]],
) -> tuple[list[PromiseResult], list[Waiver]]:  # fmt: skip
    """The results of a promise that count, and its waivers. `prove_from`: its results for calls that begin there."""
    name = results[0].name
    if isinstance(why, str):
        broken = _broken(results)
        return ([] if broken else results), [Waiver(name, "", why, broken)]
    found = [Waiver(name, flow, why[flow], _broken(prove_from([flow]))) for flow in entries if flow in why]
    excused = {waiver.flow for waiver in found if waiver.broken}
    if not excused:
        return results, found
    others = [flow for flow in entries if flow not in excused]
    return prove_from(others) if others else [], found


def _broken(results: Iterable[PromiseResult]) -> str:
    return next((result.why for result in results if not result.holds), "")
