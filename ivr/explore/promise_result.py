"""The result of a promise: it holds, or the shortest call that breaks it, with the time and the facts of that call."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.explore.replayed import ExampleCall
from ivr.explore.state_walk import Walked
from ivr.flow.promises import Occurrence, PromiseFields
from ivr.messages.message import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseResult:
    """`why` says in a sentence what happens at the end of `example`, a call really taken.

    `evidence` is what the promise rests on: how often its parts occurred at all, or the worst case that still holds.
    `written` is the promise's number in the file, None for one that is built in.
    """

    name: str
    holds: bool
    evidence: str = ""
    why: str = ""
    example: ExampleCall | None = None
    written: int | None = None


@dataclass(frozen=True, slots=True)
class PromiseUnderTest:
    """A promise of the release, its number in the file, and the walk it is tested on."""

    walked: Walked
    fields: PromiseFields
    number: int

    def holds(self, evidence: Message) -> PromiseResult:
        """It holds."""
        return PromiseResult(name=str(self.fields), holds=True, evidence=evidence, written=self.number)

    def broken(self, why: Message, example: ExampleCall | None) -> PromiseResult:
        """It is broken by a call, or, without one, cannot be proved."""
        return PromiseResult(name=str(self.fields), holds=False, why=why, example=example, written=self.number)

    def untested(self, what: Occurrence) -> PromiseResult:
        """It says something of what never occurs: it would go on holding when that breaks."""
        why = Message("proof.untested", what=str(what))
        return self.broken(why, None)
