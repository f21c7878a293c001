"""Calls that take one of some edges, or come to one of some states: what can be reached is searched once for all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from ivr.explore.graph import END, Edge
from ivr.explore.known_facts import NOTHING_KNOWN, contradiction, facts_after
from ivr.explore.replayed import ExampleCall, path_to, replayed
from ivr.explore.search import FOUND, Goal, NotReal, Search, SearchNode, TooManyCallers, shortest
from ivr.explore.state_walk import Walked


class Reachable:
    """The nodes some call reaches, with the tracked facts known there: the fewest, for those allow the most."""

    def __init__(self, walked: Walked, tracked: frozenset[str]) -> None:
        self.walked, self.tracked = walked, tracked
        self._search = Search(walked, tracked)
        self._nodes: dict[int, list[tuple[int, SearchNode]]] = {}
        for order, node in enumerate(self._search.freest()):
            self._nodes.setdefault(node[0], []).append((order, node))

    def first(self, edges: Collection[Edge]) -> list[Edge] | None:
        """A shortest path that ends with one of the edges; None if there is none."""
        best: tuple[int, SearchNode, Edge] | None = None
        for edge in edges:
            if edge.source == END:
                if facts_after(self.walked, NOTHING_KNOWN, edge, self.tracked) is not None:
                    return [edge]
                continue
            for order, node in self._nodes.get(edge.source, ()):
                if best is not None and order >= best[0]:
                    break
                if facts_after(self.walked, node[2], edge, self.tracked) is not None:
                    best = (order, node, edge)
                    break
        return self._search.path(best[1], best[2]) if best is not None else None


def along(walked: Walked, edges: Collection[Edge]) -> ExampleCall | None:
    """The shortest real call that takes one of these edges; None where no call takes any."""
    if not edges:
        return None
    wanted = set(map(id, edges))  # an edge is one object; hashing its parts takes longer than the search

    def rule(edge: Edge, phase: int) -> int:
        return FOUND if id(edge) in wanted else 0

    return shortest(walked, rule, merged=False) if _some_call(walked, edges) else None


def at_any(walked: Walked, states: Collection[int]) -> ExampleCall | None:
    """The shortest real call that comes to one of these states."""
    return along(walked, [edge for edge in walked.graph.all_edges() if edge.target in states])


def _some_call(walked: Walked, edges: Collection[Edge]) -> bool:
    """False if no call takes any of these edges; True if one does, or if too many callers had to be kept apart."""
    tracked: frozenset[str] = frozenset()
    # Invariant: as in `search`, every call along the edges is a path of `Reachable`, whatever is tracked.
    while (path := _first(walked, tracked, edges)) is not None:
        if (broken := contradiction(walked, path)) is None:
            return True
        tracked |= {broken}
        try:
            _reachable(walked, tracked)
        except TooManyCallers:
            return True  # a search for these edges alone may end sooner, and says so if it does not
    return False


def _first(walked: Walked, tracked: frozenset[str], edges: Collection[Edge]) -> Sequence[Edge] | None:
    if tracked:
        return _reachable(walked, tracked).first(edges)
    return path_to(walked, min(edges, key=lambda edge: edge.source))  # states are numbered by their depth


def _reachable(walked: Walked, tracked: frozenset[str]) -> Reachable:
    found = walked.reachable.get(tracked)
    if found is None:
        found = walked.reachable[tracked] = Reachable(walked, tracked)
    assert isinstance(found, Reachable)
    return found


def shortest_each(
    walked: Walked, wanted: Mapping[Goal, Edge], goals_of: Callable[[Edge], Iterable[Goal]]
) -> dict[Goal, ExampleCall]:
    """Of the goals wanted, those some real call reaches, with a short one; one search for all, not one for each.

    `wanted` names an edge that reaches each goal, `goals_of` the goals an edge reaches.
    """
    real: dict[Goal, ExampleCall] = {}
    tracked: set[str] = set()
    paths: Mapping[Goal, list[Edge]] = {goal: path_to(walked, edge) for goal, edge in wanted.items()}
    while paths:
        pending: set[Goal] = set()
        for goal, path in paths.items():
            if (broken := contradiction(walked, path)) is not None:
                tracked.add(broken)
                pending.add(goal)
            elif (example := replayed(walked, path)) is None:
                raise NotReal(path)
            else:
                real[goal] = example
        paths = Search(walked, frozenset(tracked)).each(pending, goals_of) if pending else {}
    return real
