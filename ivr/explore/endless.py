"""Never endless: without an active choice of the caller no way goes round, and no limit is used to prove it."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.explore.asked_facts import INSTANT
from ivr.explore.cycles import rings, shortest_ring
from ivr.explore.graph import END, Edge
from ivr.explore.replayed import replayed
from ivr.explore.search import Node, NotReal, Search, along, disagreement, told_after
from ivr.explore.state_walk import Walked
from ivr.explore.verdict import Verdict

PASSIVE = frozenset({"answer", "passive", "world"})
NAME = "never endless"


def never_endless(walked: Walked) -> Iterator[Verdict]:
    """The graph without choices has no ring a real caller could be led round in."""
    for fault, edges in walked.faults.items():
        if fault.kind == "endless turn" and (example := along(walked, [edge for edge, _ in edges])) is not None:
            why = "steps lead round in a ring in which nothing is asked, until the limit of steps in a turn."
            yield Verdict(name=NAME, holds=False, why=why, example=example)
            return
    tracked: frozenset[str] = frozenset()
    while (led := _round(walked, tracked)) is not None:
        approach, ring = led
        if (broken := disagreement(walked, [*approach, *ring, *ring])) is not None:
            tracked |= {broken}
            continue
        example = replayed(walked, [*approach, *ring])
        if example is None or replayed(walked, [*approach, *ring, *ring]) is None:
            raise NotReal([*approach, *ring, *ring])
        why = f"from here on the last {len(ring)} {'turn repeats' if len(ring) == 1 else 'turns repeat'} for ever."
        yield Verdict(name=NAME, holds=False, why=why, example=example)
        return
    yield Verdict(name=NAME, holds=True, seen="no ring without an active choice")


def _round(walked: Walked, tracked: frozenset[str]) -> tuple[list[Edge], list[Edge]] | None:
    """The way to the ring come to first, and the ring; what is tracked agrees on both. The time may move on before the
    ring, and stands still in it: nobody is led round from noon to night and back."""
    search = Search(walked, tracked)
    came = search.everything()
    nodes = {node: n for n, node in enumerate(came)}
    times = range(walked.questions.count(INSTANT)) if INSTANT in walked.asked else range(1)
    for time in times:
        passive = [_passive(walked, node, tracked, time, nodes) for node in came]
        successors = [list(after) for after in passive]
        if not (found := rings(successors)):
            continue
        start = min(min(part) for part in found)
        around = shortest_ring(successors, start)
        ring = [passive[source][target] for source, target in zip(around, around[1:], strict=False)]
        return search.way(*came[list(came)[start]]), ring
    return None


def _passive(walked: Walked, node: Node, tracked: frozenset[str], time: int, nodes: dict[Node, int]) -> dict[int, Edge]:
    """Where a caller can be led from a node without choosing, at one time."""
    found: dict[int, Edge] = {}
    for edge in walked.graph.edges[node[0]]:
        if edge.way.doing in PASSIVE and edge.target != END and dict(edge.answers).get(INSTANT, time) == time:
            told = told_after(walked, node[2], edge, tracked)
            if told is not None:
                found.setdefault(nodes[(edge.target, 0, told)], edge)
    return found
