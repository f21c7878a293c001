"""What a turn puts on record beside where it goes: cases, what came of phoning a customer, transfers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from ivr.call.case_kinds import CaseKind
from ivr.call.events import (
    CaseAdded,
    CaseCompleted,
    CaseOpened,
    Event,
    FollowedUp,
    FollowUpResult,
    TransferBegun,
    TransferEnded,
)
from ivr.call.state import NO_VALUES, State
from ivr.case.case_fields import urgency
from ivr.engine.placed import PERSON, RESULT, owes_result
from ivr.engine.places import Places
from ivr.flow.model import Release


def priority_of(kind: str) -> str:
    """Under what name the call remembers the priority of its case of a kind."""
    return f"case.{kind}.priority"


class OnRecord(Places):
    """The places of a call, with its events, the values of the whole call and the kind of its last case."""

    __slots__ = ("call", "events", "last_case")

    def __init__(self, flows: Release, state: State) -> None:
        Places.__init__(self, flows, state)
        self.call, self.last_case = state.call, state.case
        self.events: list[Event] = []

    def entered(self) -> None:
        """A flow was entered: an intake opens its case in this very turn."""
        if kind := self.flow.intake:
            self.events.append(CaseOpened(cast(CaseKind, kind)))
            self.last_case = self.own_case = kind
        if owes_result(self.call) and self.flow.name == self.flows.person_flow:
            self._put_through()

    def case(self, kind: CaseKind, values: Mapping[str, str], outcome: str) -> None:
        self.last_case = self.own_case = kind
        self.events.append(CaseCompleted(kind, values, outcome))
        self.prioritize(kind, values)

    def add(self, number: str, values: Mapping[str, str]) -> None:
        self.events.append(CaseAdded(number, values))

    def follow_up(self, result: FollowUpResult, values: Mapping[str, str]) -> None:
        self.events.append(FollowedUp(result, values))
        if owes_result(self.call):
            self.call = {**self.call, RESULT: result}

    def _put_through(self) -> None:
        """A customer we phoned is led to a person: that is what came of it, and nobody goes back over it."""
        self.forget()
        self.follow_up(PERSON, NO_VALUES)

    def prioritize(self, kind: str, values: Mapping[str, str]) -> None:
        """Remember a priority that has a clock of its own; of two the higher one."""
        said, rule = values.get("priority", ""), self.flows.cases.get(kind)
        if rule and said in rule.by_priority and urgency(said) > urgency(self.call.get(priority_of(kind), "")):
            self.call = {**self.call, priority_of(kind): said}

    def transfer_begun(self, destination: str) -> None:
        if owes_result(self.call):
            self._put_through()
        self.events.append(TransferBegun(destination))

    def transfer_ended(self, destination: str, outcome: str) -> None:
        self.events.append(TransferEnded(destination, outcome))
