"""The promise that nobody is promised a call who left no number (docs/adr/0016)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ivr.call.events import PHONE, CaseCompleted, CaseNoted, Event
from ivr.explore.asked_facts import CALLER
from ivr.explore.audible_faults import PROMISED
from ivr.explore.graph import END, Edge
from ivr.explore.promise_result import PromiseResult
from ivr.explore.search import FOUND, PhaseRule, shortest
from ivr.explore.state_walk import Walked
from ivr.messages.message import Message

NAME = "a number to call"


def number_to_call(walked: Walked) -> Iterator[PromiseResult]:
    """Each promise of a call is made to a caller whose number is known: they phone from it, or have put one on the
    case. Looked for is a call with its number withheld that hears one before its case has a number."""
    promised = {fault.about: edges for fault, edges in walked.faults.items() if fault.kind == PROMISED}
    for kind, found in promised.items():
        edges = {id(edge) for edge, _ in found}
        example = shortest(walked, _without_number(walked, kind, edges), merged=False)
        if example is not None:
            why = Message("proof.number.broken", kind=kind)
            yield PromiseResult(name=NAME, holds=False, why=why, example=example)
            return
    evidence = Message("proof.number.evidence", promises=sum(map(len, promised.values())))
    yield PromiseResult(name=NAME, holds=True, evidence=evidence)


def _without_number(walked: Walked, kind: str, promised: Collection[int]) -> PhaseRule:
    callers = walked.questions.answers(CALLER)
    given = [any(_gives(event, kind) for event in events) for events in walked.graph.labels]
    dialled = {id(edge) for edge, entry in zip(walked.graph.roots, walked.graph.entries, strict=True)
               if walked.release.entries.get(entry) == "outgoing"}  # fmt: skip

    def rule(edge: Edge, phase: int) -> int | None:
        known = any(question == CALLER and callers[answer] is not None for question, answer in edge.answers)
        if known or given[edge.label] or (edge.source == END and id(edge) in dialled):
            return None
        return FOUND if id(edge) in promised else 0

    return rule


def _gives(event: Event, kind: str) -> bool:
    return isinstance(event, CaseNoted | CaseCompleted) and event.kind == kind and PHONE in event.fields
