"""The promise that nothing of a case is said before it is known that the customer is on the line.

The customer is who says so: by the choices under `person` of the call's flow in hotline.yaml or, where none are
written, by key 1 at the question that the call asks first, such as "Am I speaking to {case.caller_name}?".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ivr.explore.graph import END, Edge
from ivr.explore.occurrence import edges_with, event_positions
from ivr.explore.placed_calls import about_a_case, of_placed, placed_edges
from ivr.explore.promise_result import PromiseResult
from ivr.explore.said_values import saying, says_positions
from ivr.explore.search import FOUND, shortest
from ivr.explore.state_walk import Walked
from ivr.flow.promises import Occurrence
from ivr.messages.message import Message

NAME = "the person first"
YES = "1"
MATTER = "case.*"


def the_person_first(walked: Walked) -> Iterator[PromiseResult]:
    """In each call about a case, nothing of it but the customer's name is said before the person is known. Nothing
    where no call is about a case."""
    entries, matter = about_a_case(walked), saying(walked.release, MATTER, of_taken=True)
    person = {entry: persons(walked, entry) for entry in entries}
    for entry in entries:
        if (broken := _broken(walked, entry, person[entry], matter)) is not None:
            yield broken
            return
    if entries:
        heard = [not matter.isdisjoint(prompts) for prompts in walked.graph.prompts()]
        said = sum(heard[edge.heard] for edge in placed_edges(walked, entries))
        turns = sum(len(edges_with(walked, what)) for known in person.values() for what in known)
        evidence = Message("proof.person-first.evidence", said=said, turns=turns)
        yield PromiseResult(name=NAME, holds=True, evidence=evidence)


def persons(walked: Walked, entry: str) -> Sequence[Occurrence]:
    """What tells that the customer is on the line, in calls that begin in a flow."""
    written = walked.release.outgoing[entry].person if entry in walked.release.outgoing else ()
    if written:
        return written
    graph = walked.graph
    begun = [root.target for root, at in zip(graph.roots, graph.entries, strict=True) if at == entry]
    asked = [graph.states[target].stack[-1] for target in begun if target != END]
    places = dict.fromkeys((top.flow, top.step) for top in asked)
    return [Occurrence("choice", flow, step, YES) for flow, step in places]


def _broken(walked: Walked, entry: str, person: Sequence[Occurrence], matter: Collection[str]) -> PromiseResult | None:
    says = says_positions(walked, matter)
    frees = [event_positions(walked, what) for what in person]

    def rule(edge: Edge, phase: int) -> int | None:
        freed = min((at for known in frees for at in known(edge)), default=None)
        if any(freed is None or at < freed for at in says(edge)):
            return FOUND
        return phase if freed is None else None

    example = shortest(walked, of_placed(walked, rule, [entry]))
    if example is None:
        return None
    why = Message("proof.person-first.broken", person=tuple(map(str, person)))
    if not any(edges_with(walked, what) for what in person):
        why = Message("proof.person-first.nobody", flow=entry)
    return PromiseResult(name=NAME, holds=False, why=why, example=example)
