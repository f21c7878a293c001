"""The shortest call that does something: a breadth-first search over the finished graph, in one or more phases.

A search goes through phases 0, 1, …: in each an edge may be allowed or not, and may lead on to the next phase. So
"after A never B before C" is a search and not a bit in every state. Facts of the caller must agree along a path.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from ivr.explore.graph import END, Edge
from ivr.explore.known_facts import NOTHING_KNOWN, KnownFacts, contradiction, facts_after
from ivr.explore.replayed import ExampleCall, replayed
from ivr.explore.state_walk import Walked
from ivr.messages.message import Message

PhaseRule = Callable[[Edge, int], int | None]
"""The phase after an edge taken in a phase, None where it may not be taken; FOUND ends the search."""
FOUND = -1
UNUSUAL = frozenset({"limit", "hold"})
SearchNode = tuple[int, int, KnownFacts]
"""A state, a phase, and the tracked facts that are known there."""
Goal = TypeVar("Goal", bound=Hashable)
NODES_PER_STATE = 8
"""A search gives up at so many times the cap on states: a proof may take long, and must end."""


class Undecided(Exception):
    """The graph cannot tell whether a promise holds; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class NotReal(Undecided):
    """The real engine does not take a path of the graph: the walk has merged states that differ."""

    def __init__(self, path: Sequence[Edge]) -> None:
        moves = " > ".join(edge.way.means for edge in path)
        super().__init__(Message("proof.undecided.not-real", moves=moves))


class TooManyCallers(Undecided):
    """To tell what can happen from what cannot, too many different callers must be kept apart."""

    def __init__(self, tracked: Collection[str], most: int) -> None:
        super().__init__(Message("proof.undecided.callers", states=most, facts=tuple(sorted(tracked))))


def shortest(walked: Walked, rule: PhaseRule, *, merged: bool = True) -> ExampleCall | None:
    """The shortest real call a search finds, None where there is none: then it cannot happen.

    It tracks only the facts on which paths contradict themselves, as few as will do. The time may move on, and so may
    a switch; a call in which nothing does is preferred, and one that meets no limit. A rule that asks an edge for its
    answers or for itself needs `merged=False`.
    """
    found = _shortest(walked, rule, merged)
    if found is None or not any(edge.way.mover in UNUSUAL for edge in found.edges):
        return found
    ordinary = _shortest(walked, lambda edge, phase: None if edge.way.mover in UNUSUAL else rule(edge, phase), merged)
    return ordinary or found


def _shortest(walked: Walked, rule: PhaseRule, merged: bool) -> ExampleCall | None:
    tracked: frozenset[str] = frozenset()
    # Invariant: every call that FOUND describes is a path of the search, whatever is tracked. Each round tracks one
    # fact more, so the loop ends; it ends at a path that does not contradict itself, or at none.
    while (path := Search(walked, tracked, merged=merged).first(rule)) is not None:
        if (broken := contradiction(walked, path)) is not None:
            tracked |= {broken}
            continue
        found = replayed(walked, path)
        if found is None:
            raise NotReal(path)
        return _at_rest(walked, rule, tracked, found) if found.moving else found
    return None


def _at_rest(walked: Walked, rule: PhaseRule, tracked: frozenset[str], moving: ExampleCall) -> ExampleCall:
    """A call in which no fact changes, where there is one; else the one in which some do."""
    held = tracked | moving.moving
    try:
        path = Search(walked, held).first(rule)
        while path is not None and (broken := contradiction(walked, path)) is not None:
            held |= {broken}
            path = Search(walked, held).first(rule)
    except TooManyCallers:
        return moving
    return (replayed(walked, path) if path is not None else None) or moving


class Search:
    """One breadth-first search that tracks some facts. `TooManyCallers` where they make it too wide.

    Two paths reach one node. The path with fewer known facts allows every move of the other, and was not longer. The
    search drops the other, unless it lists `everything`.
    """

    def __init__(self, walked: Walked, tracked: frozenset[str], *, merged: bool = True) -> None:
        self.walked, self.tracked = walked, tracked
        self.came: dict[SearchNode, tuple[SearchNode | None, Edge]] = {}
        self._edges_from = walked.graph.edges if tracked or not merged else walked.graph.merged()
        self._freest: dict[tuple[int, int, KnownFacts], list[KnownFacts]] = {}

    def first(self, rule: PhaseRule) -> list[Edge] | None:
        """The shortest path on which `rule` says FOUND."""
        if not self.tracked:
            return self._first_of_all(rule)
        for node, edge, after, facts in self._edges(rule):
            if after == FOUND:
                return self.path(node, edge)
            self._reach(node, edge, after, facts)
        return None

    def _first_of_all(self, rule: PhaseRule) -> list[Edge] | None:
        """The same where nothing is tracked, as most searches are: what `_edges` and `_reach` do, without a call for
        each of some millions of edges."""
        edges_from, came = self._edges_from, self.came
        node: SearchNode | None = None
        edges: Sequence[Edge] = self.walked.graph.roots
        phase, ahead = 0, deque[SearchNode]()
        while True:
            for edge in edges:
                after = rule(edge, phase)
                if after is None:
                    continue
                if after == FOUND:
                    return self.path(node, edge)
                reached = (edge.target, after, NOTHING_KNOWN)
                if edge.target != END and reached not in came:
                    came[reached] = (node, edge)
                    ahead.append(reached)
            if not ahead:
                return None
            node = ahead.popleft()
            edges, phase = edges_from[node[0]], node[1]

    def each(self, goals: set[Goal], goals_of: Callable[[Edge], Iterable[Goal]]) -> dict[Goal, list[Edge]]:
        """The shortest path to each of the goals that can be reached."""
        found: dict[Goal, list[Edge]] = {}
        for node, edge, after, facts in self._edges(_everywhere):
            for goal in goals_of(edge):
                if goal in goals and goal not in found:
                    found[goal] = self.path(node, edge)
            if len(found) == len(goals):
                break
            self._reach(node, edge, after, facts)
        return found

    def freest(self) -> dict[SearchNode, tuple[SearchNode | None, Edge]]:
        """Each node with the edge that first led to it, in that order; of each state those with the fewest facts."""
        self.first(_everywhere)
        return self.came

    def everything(self) -> dict[SearchNode, tuple[SearchNode | None, Edge]]:
        """All nodes that can be reached, each with the edge that first led to it, in that order."""
        for node, edge, after, facts in self._edges(_everywhere):
            self._reach(node, edge, after, facts, freest=False)
        return self.came

    def _edges(self, rule: PhaseRule) -> Iterator[tuple[SearchNode | None, Edge, int, KnownFacts]]:
        """Every edge that may be taken, in the order of the search."""
        walked, tracked, edges_from = self.walked, self.tracked, self._edges_from
        self.ahead: deque[SearchNode] = deque()
        node: SearchNode | None = None
        edges: Sequence[Edge] = walked.graph.roots
        phase, known = 0, NOTHING_KNOWN
        # Invariant: `came` holds every node at the depth of `node` or less that some allowed path reaches with no fewer
        # facts known than its own; `ahead` holds those whose edges are still to be taken, the shallowest first.
        while True:
            for edge in edges:
                after = rule(edge, phase)
                facts = facts_after(walked, known, edge, tracked) if after is not None and tracked else known
                if after is not None and facts is not None:
                    yield node, edge, after, facts
            if not self.ahead:
                return
            node = self.ahead.popleft()
            edges, phase, known = edges_from[node[0]], node[1], node[2]

    def _reach(
        self, before: SearchNode | None, edge: Edge, after: int, facts: KnownFacts, *, freest: bool = True
    ) -> None:
        node = (edge.target, after, facts)
        if edge.target == END or node in self.came:
            return
        if self.tracked and freest and not self._is_freer(node):
            return
        self.came[node] = (before, edge)
        self.ahead.append(node)
        if self.tracked and len(self.came) > (most := NODES_PER_STATE * self.walked.most):
            raise TooManyCallers(self.tracked, most)

    def _is_freer(self, node: SearchNode) -> bool:
        """True if no earlier path reached this node with the same or fewer known facts. Values the flow has set must
        be equal."""
        state, phase, facts = node
        outside = frozenset(fact for fact in facts if not self.walked.release.is_of_call(fact[0]))
        known = self._freest.setdefault((state, phase, facts - outside), [])
        if any(other <= outside for other in known):
            return False
        known.append(outside)
        return True

    def path(self, node: SearchNode | None, last: Edge) -> list[Edge]:
        """The path by which a node was reached, and one edge more."""
        path = [last]
        while node is not None:
            node, edge = self.came[node]
            path.append(edge)
        return path[::-1]


def _everywhere(edge: Edge, phase: int) -> int:
    return 0
