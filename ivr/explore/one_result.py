"""The promise that every call to a customer records exactly one result, and that nobody is put through before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ivr.call.events import Event, FollowedUp, TransferBegun
from ivr.explore.graph import END, Edge
from ivr.explore.placed_calls import of_placed, placed_edges, placed_entries
from ivr.explore.promise_result import PromiseResult
from ivr.explore.search import FOUND, PhaseRule, shortest
from ivr.explore.state_walk import Walked
from ivr.messages.message import Message

NAME = "one result"
NONE, ONE = 0, 1
"""The phases of the search: so many results are on record."""


def one_result(walked: Walked) -> Iterator[PromiseResult]:
    """Each end but a hang-up has one result; a transfer comes after it. Nothing where no call is placed."""
    if not (entries := placed_entries(walked)):
        return
    example = shortest(walked, of_placed(walked, _rule(walked)))
    if example is not None:
        why = _why([event for turn in example.turns for event in turn.events])
        yield PromiseResult(name=NAME, holds=False, why=why, example=example)
        return
    recording = [any(isinstance(event, FollowedUp) for event in events) for events in walked.graph.labels]
    ways = sum(recording[edge.label] for edge in placed_edges(walked, entries))
    yield PromiseResult(name=NAME, holds=True, evidence=Message("proof.result.evidence", turns=ways))


def _rule(walked: Walked) -> PhaseRule:
    after = [[_after(events, phase) for phase in (NONE, ONE)] for events in walked.graph.labels]

    def rule(edge: Edge, phase: int) -> int | None:
        now = after[edge.label][phase]
        if now == NONE and edge.target == END and edge.way.mover != "hang up":
            return FOUND
        return now

    return rule


def _after(events: Sequence[Event], phase: int) -> int:
    """The phase after these events; FOUND where one of them may not be."""
    for event in events:
        if isinstance(event, FollowedUp):
            if phase == ONE:
                return FOUND
            phase = ONE
        elif isinstance(event, TransferBegun) and phase == NONE:
            return FOUND
    return phase


def _why(events: Sequence[Event]) -> Message:
    results = [event.result for event in events if isinstance(event, FollowedUp)]
    if results[1:]:
        return Message("proof.result.two", first=results[0], second=results[1])
    if any(isinstance(event, TransferBegun) for event in events):
        return Message("proof.result.transfer")
    return Message("proof.result.none")
