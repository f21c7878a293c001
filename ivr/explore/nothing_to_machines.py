"""The promise that a machine which answers a call of ours hears nothing but the message left on it."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.call.events import FollowedUp
from ivr.call.facts import ANSWERED_BY
from ivr.engine.placed import RESULT
from ivr.explore.graph import END, Edge
from ivr.explore.placed_calls import of_placed, placed_edges, placed_entries
from ivr.explore.promise_result import PromiseResult
from ivr.explore.search import FOUND, PhaseRule, shortest
from ivr.explore.state_walk import Walked
from ivr.messages.message import Message

NAME = "nothing to a machine"
MACHINE = "machine"


def nothing_to_a_machine(walked: Walked) -> Iterator[PromiseResult]:
    """In a turn that is told that a machine has answered, nothing is said but the `message` of the call, and the call
    ends with the result `machine`. Nothing where no call is placed."""
    if not (entries := placed_entries(walked)):
        return
    for entry in entries:
        example = shortest(walked, of_placed(walked, _rule(walked, entry), [entry]), merged=False)
        if example is not None:
            why = _why(walked, example.edges[-1], walked.release.outgoing[entry].message)
            yield PromiseResult(name=NAME, holds=False, why=why, example=example)
            return
    told = sum(_is_told(walked, edge) for edge in placed_edges(walked, entries))
    yield PromiseResult(name=NAME, holds=True, evidence=Message("proof.machine.evidence", turns=told))


def _rule(walked: Walked, entry: str) -> PhaseRule:
    message = walked.release.outgoing[entry].message

    def rule(edge: Edge, phase: int) -> int | None:
        if not _is_told(walked, edge):
            return FOUND if edge.source == END and not _asks(edge) else phase
        return FOUND if _spoken(walked, edge, message) or not _ends_well(walked, edge) else None

    return rule


def _asks(edge: Edge) -> bool:
    return any(question == ANSWERED_BY for question, _ in edge.answers)


def _is_told(walked: Walked, edge: Edge) -> bool:
    """Whether a turn asks who answered, and it was a machine: once a result is on record, a person has."""
    if RESULT in walked.graph.states[edge.source].call:
        return False
    answers = walked.questions.answers(ANSWERED_BY)
    return any(question == ANSWERED_BY and answers[answer] == MACHINE for question, answer in edge.answers)


def _spoken(walked: Walked, edge: Edge, message: str) -> list[str]:
    """What a machine hears that is not its message."""
    return [prompt for prompt in walked.graph.prompts()[edge.heard] if prompt != message]


def _ends_well(walked: Walked, edge: Edge) -> bool:
    results = [event.result for event in walked.graph.events(edge) if isinstance(event, FollowedUp)]
    return edge.target == END and results == [MACHINE]


def _why(walked: Walked, edge: Edge, message: str) -> Message:
    if not _is_told(walked, edge):
        return Message("proof.machine.unasked")
    if said := _spoken(walked, edge, message):
        return Message("proof.machine.spoken", prompt=said[0])
    return Message("proof.machine.result")
