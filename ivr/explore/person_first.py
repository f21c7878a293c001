"""The promise that nothing of a case is said before it is known that the customer is on the line.

The customer is who says so: by the choices under `person` of the call's flow in hotline.yaml or, where none are
written, by key 1 at the question that the call asks first, such as "Am I speaking to {case.caller_name}?".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ivr.explore.graph import END, Edge
from ivr.explore.occurrence import edges_with, event_positions
from ivr.explore.placed_calls import of_placed, placed_entries, placed_roots
from ivr.explore.promise_result import PromiseResult
from ivr.explore.said_values import saying, says_positions, takes_a_case
from ivr.explore.search import FOUND, shortest
from ivr.explore.state_walk import Walked
from ivr.flow.promises import Occurrence
from ivr.messages.message import Message

NAME = "the person first"
YES = "1"
MATTER = "case.*"


def the_person_first(walked: Walked) -> Iterator[PromiseResult]:
    """In each call about a case, nothing of it but the customer's name is said before the person is known. Nothing
    where no call is placed."""
    entries = placed_entries(walked)
    said = turns = 0
    for entry in entries:
        if not takes_a_case(walked.release.flows[entry]):
            continue
        person = persons(walked, entry)
        if (broken := _broken(walked, entry, person)) is not None:
            yield broken
            return
        wanted = saying(walked.release, MATTER, of_taken=True)
        said += sum(not wanted.isdisjoint(walked.graph.prompts()[edge.heard]) for edge in walked.graph.all_edges())
        turns += sum(len(edges_with(walked, what)) for what in person)
    if entries:
        evidence = Message("proof.person-first.evidence", said=said, turns=turns)
        yield PromiseResult(name=NAME, holds=True, evidence=evidence)


def persons(walked: Walked, entry: str) -> Sequence[Occurrence]:
    """What tells that the customer is on the line, in calls that begin in a flow."""
    written = walked.release.outgoing[entry].person if entry in walked.release.outgoing else ()
    if written:
        return written
    begun = [edge for edge in placed_roots(walked, entry) if edge.target != END]
    asked = dict.fromkeys(walked.graph.states[edge.target].stack[-1] for edge in begun)
    places = dict.fromkeys((top.flow, top.step) for top in asked)
    return [Occurrence("choice", flow, step, YES) for flow, step in places]


def _broken(walked: Walked, entry: str, person: Sequence[Occurrence]) -> PromiseResult | None:
    says = says_positions(walked, saying(walked.release, MATTER, of_taken=True))
    frees = [event_positions(walked, what) for what in person]

    def rule(edge: Edge, phase: int) -> int | None:
        freed = min((at for known in frees for at in known(edge)), default=None)
        if any(freed is None or at < freed for at in says(edge)):
            return FOUND
        return phase if freed is None else None

    example = shortest(walked, of_placed(walked, rule, entry))
    if example is None:
        return None
    why = Message("proof.person-first.broken", person=tuple(map(str, person)))
    if not any(edges_with(walked, what) for what in person):
        why = Message("proof.person-first.nobody", flow=entry)
    return PromiseResult(name=NAME, holds=False, why=why, example=example)
