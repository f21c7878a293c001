"""Never endless: without an active choice of the caller no way goes round, and no limit is used to prove it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.explore.asked_facts import INSTANT
from ivr.explore.cycles import cycles, shortest_cycle
from ivr.explore.graph import END, Edge
from ivr.explore.known_facts import contradiction, facts_after
from ivr.explore.promise_result import PromiseResult
from ivr.explore.reachable import along
from ivr.explore.replayed import replayed
from ivr.explore.search import NotReal, Search, SearchNode
from ivr.explore.state_walk import Walked
from ivr.messages.message import Message

PASSIVE = frozenset({"answer", "passive", "environment"})
NAME = "never endless"


def never_endless(walked: Walked) -> Iterator[PromiseResult]:
    """The graph without choices has no cycle a real caller could be led round in."""
    for fault, edges in walked.faults.items():
        if fault.kind == "endless turn" and (example := along(walked, [edge for edge, _ in edges])) is not None:
            why = Message("proof.endless.turn")
            yield PromiseResult(name=NAME, holds=False, why=why, example=example)
            return
    tracked: frozenset[str] = frozenset()
    while (led := _round(walked, tracked)) is not None:
        approach, cycle = led
        if (broken := contradiction(walked, [*approach, *cycle, *cycle])) is not None:
            tracked |= {broken}
            continue
        example = replayed(walked, [*approach, *cycle])
        if example is None or replayed(walked, [*approach, *cycle, *cycle]) is None:
            raise NotReal([*approach, *cycle, *cycle])
        why = Message("proof.endless.broken", turns=len(cycle))
        yield PromiseResult(name=NAME, holds=False, why=why, example=example)
        return
    yield PromiseResult(name=NAME, holds=True, evidence=Message("proof.endless.evidence"))


def _round(walked: Walked, tracked: frozenset[str]) -> tuple[list[Edge], list[Edge]] | None:
    """The path to the first cycle, and the cycle; the facts tracked agree on both. The time may move on before the
    cycle, and stands still in it: no call goes from noon to night and back."""
    search = Search(walked, tracked)
    came = search.everything()
    passive = _passive(walked, came, tracked)
    times = range(walked.questions.count(INSTANT)) if INSTANT in walked.asked else range(1)
    # Invariant: no cycle lies in the passive edges of any earlier time. A cycle that a caller is led round in lies in
    # the passive edges of one time, so when every time has been looked at there is none.
    for time in times:
        at_time = [{to: edge for to, edge, at in edges if at in (None, time)} for edges in passive]
        successors = [list(after) for after in at_time]
        if not (found := cycles(successors)):
            continue
        start = min(min(part) for part in found)
        around = shortest_cycle(successors, start)
        cycle = [at_time[source][target] for source, target in zip(around, around[1:], strict=False)]
        return search.path(*came[list(came)[start]]), cycle
    return None


def _passive(
    walked: Walked, nodes: Iterable[SearchNode], tracked: frozenset[str]
) -> list[list[tuple[int, Edge, int | None]]]:
    """By node, where a caller can be led without choosing: the node's number, the edge, and the time if it asks it."""
    number = {node: n for n, node in enumerate(nodes)}
    found: list[list[tuple[int, Edge, int | None]]] = []
    for state, _, known in number:
        found.append([])
        for edge in walked.graph.edges[state]:
            if edge.way.mover in PASSIVE and edge.target != END:
                facts = facts_after(walked, known, edge, tracked) if tracked else known
                if facts is not None:
                    found[-1].append((number[(edge.target, 0, facts)], edge, dict(edge.answers).get(INSTANT)))
    return found
