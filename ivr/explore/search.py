"""The shortest call that does something: a breadth-first search over the finished graph, in one or more phases.

A search goes through phases 0, 1, …: in each an edge may be allowed or not, and may lead on to the next phase. So
"after A never B before C" is a search and not a bit in every state. Facts of the caller must agree along a way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from ivr.explore.asked_facts import moves_on
from ivr.explore.graph import END, Edge
from ivr.explore.replayed import Example, replayed, way_to
from ivr.explore.state_walk import Walked

Step = Callable[[Edge, int], int | None]
"""The phase after an edge taken in a phase, None where it may not be taken; FOUND ends the search."""
FOUND = -1
UNUSUAL = frozenset({"limit", "hold"})
Told = frozenset[tuple[str, int | str]]
Node = tuple[int, int, Told]
Goal = TypeVar("Goal", bound=Hashable)


TOLD_APART = 8
"""A search gives up at so many times the cap on states: a proof may take long, and must not take for ever."""


class Undecided(Exception):
    """The graph cannot tell whether a promise holds. The message says why, as the end of a sentence."""


class NotReal(Undecided):
    """The real engine does not go a way of the graph: the walk has merged what must be kept apart."""

    def __init__(self, way: Sequence[Edge]) -> None:
        super().__init__(f"the real engine does not go that way: {' > '.join(edge.way.means for edge in way)}")


class TooManyCallers(Undecided):
    """To tell what can happen from what cannot, too many different callers would have to be looked at."""

    def __init__(self, tracked: Collection[str], most: int) -> None:
        facts = ", ".join(sorted(tracked))
        super().__init__(
            f"more than {most:,} situations would have to be kept apart by what was told of {facts}; "
            "let fewer conditions ask for that"
        )


def shortest(walked: Walked, step: Step) -> Example | None:
    """The shortest real call a search finds, None where there is none: then it cannot happen.

    A way that is told one thing of its caller now and another later is none; only the facts that such ways disagree on
    are kept track of, as few as will do. The time may move on, and so may a switch; a call in which nothing does is
    preferred, and one that meets no limit.
    """
    found = _shortest(walked, step)
    if found is None or not any(edge.way.doing in UNUSUAL for edge in found.edges):
        return found
    ordinary = _shortest(walked, lambda edge, phase: None if edge.way.doing in UNUSUAL else step(edge, phase))
    return ordinary or found


def _shortest(walked: Walked, step: Step) -> Example | None:
    tracked: frozenset[str] = frozenset()
    while (way := Search(walked, tracked).first(step)) is not None:
        if (broken := disagreement(walked, way)) is not None:
            tracked |= {broken}
            continue
        found = replayed(walked, way)
        if found is None:
            raise NotReal(way)
        return _at_rest(walked, step, tracked, found) if found.moving else found
    return None


def _at_rest(walked: Walked, step: Step, tracked: frozenset[str], moving: Example) -> Example:
    """A call in which no fact changes, where there is one; else the one in which some do."""
    held = tracked | moving.moving
    try:
        way = Search(walked, held).first(step)
        while way is not None and (broken := disagreement(walked, way)) is not None:
            held |= {broken}
            way = Search(walked, held).first(step)
    except TooManyCallers:
        return moving
    return (replayed(walked, way) if way is not None else None) or moving


def along(walked: Walked, edges: Collection[Edge]) -> Example | None:
    """The shortest real call along one of these edges; None where no call goes along any."""
    wanted = set(map(id, edges))  # an edge is one object; to hash all that it is takes longer than the search
    return shortest(walked, lambda edge, _: FOUND if id(edge) in wanted else 0) if wanted else None


def at_any(walked: Walked, states: Collection[int]) -> Example | None:
    """The shortest real call that comes to one of these states."""
    return shortest(walked, lambda edge, _: FOUND if edge.target in states else 0)


def shortest_each(
    walked: Walked, wanted: Mapping[Goal, Edge], goals_of: Callable[[Edge], Iterable[Goal]]
) -> dict[Goal, Example]:
    """Of the goals wanted, those some real call comes to, with a short one; one search for all, not one for each.

    `wanted` names an edge that comes to each goal, `goals_of` the goals an edge comes to.
    """
    real: dict[Goal, Example] = {}
    tracked: set[str] = set()
    ways: Mapping[Goal, list[Edge]] = {goal: way_to(walked, edge) for goal, edge in wanted.items()}
    while ways:
        pending: set[Goal] = set()
        for goal, way in ways.items():
            if (broken := disagreement(walked, way)) is not None:
                tracked.add(broken)
                pending.add(goal)
            elif (example := replayed(walked, way)) is None:
                raise NotReal(way)
            else:
                real[goal] = example
        ways = Search(walked, frozenset(tracked)).each(pending, goals_of) if pending else {}
    return real


class Search:
    """One breadth-first search that keeps track of some facts. `TooManyCallers` where they make it too wide.

    Who has been told less of can do all that one of whom more has been told can do there, and came there first; so only
    `everything` goes on with both.
    """

    def __init__(self, walked: Walked, tracked: frozenset[str]) -> None:
        self.walked, self.tracked = walked, tracked
        self.came: dict[Node, tuple[Node | None, Edge]] = {}
        self._freest: dict[tuple[int, int, Told], list[Told]] = {}

    def first(self, step: Step) -> list[Edge] | None:
        """The shortest way on which `step` says FOUND."""
        for node, edge, after, facts in self._edges(step):
            if after == FOUND:
                return self.way(node, edge)
            self._reach(node, edge, after, facts)
        return None

    def each(self, goals: set[Goal], goals_of: Callable[[Edge], Iterable[Goal]]) -> dict[Goal, list[Edge]]:
        """The shortest way to each of the goals that can be come to."""
        found: dict[Goal, list[Edge]] = {}
        for node, edge, after, facts in self._edges(lambda edge, phase: 0):
            for goal in goals_of(edge):
                if goal in goals and goal not in found:
                    found[goal] = self.way(node, edge)
            if len(found) == len(goals):
                break
            self._reach(node, edge, after, facts)
        return found

    def everything(self) -> dict[Node, tuple[Node | None, Edge]]:
        """All that can be reached, each with how it was first come by, in that order."""
        for node, edge, after, facts in self._edges(lambda edge, phase: 0):
            self._reach(node, edge, after, facts, freest=False)
        return self.came

    def _edges(self, step: Step) -> Iterator[tuple[Node | None, Edge, int, Told]]:
        """Every edge that may be taken, in the order of the search; what is reached is walked on from."""
        graph, walked, tracked = self.walked.graph, self.walked, self.tracked
        self.ahead: deque[Node] = deque()
        node: Node | None = None
        edges: Sequence[Edge] = graph.roots
        phase, known = 0, frozenset[tuple[str, int | str]]()
        while True:
            for edge in edges:
                after = step(edge, phase)
                facts = told_after(walked, known, edge, tracked) if after is not None and tracked else known
                if after is not None and facts is not None:
                    yield node, edge, after, facts
            if not self.ahead:
                return
            node = self.ahead.popleft()
            edges, phase, known = graph.edges[node[0]], node[1], node[2]

    def _reach(self, before: Node | None, edge: Edge, after: int, facts: Told, *, freest: bool = True) -> None:
        node = (edge.target, after, facts)
        if edge.target == END or node in self.came:
            return
        if self.tracked and freest and not self._is_freer(node):
            return
        self.came[node] = (before, edge)
        self.ahead.append(node)
        if self.tracked and len(self.came) > (most := TOLD_APART * self.walked.most):
            raise TooManyCallers(self.tracked, most)

    def _is_freer(self, node: Node) -> bool:
        """Whether nobody came here of whom no more was told. What was set is no telling: it must be the same."""
        state, phase, facts = node
        told = frozenset(fact for fact in facts if not self.walked.release.is_of_call(fact[0]))
        known = self._freest.setdefault((state, phase, facts - told), [])
        if any(other <= told for other in known):
            return False
        known.append(told)
        return True

    def way(self, node: Node | None, last: Edge) -> list[Edge]:
        way = [last]
        while node is not None:
            node, edge = self.came[node]
            way.append(edge)
        return way[::-1]


def told_after(walked: Walked, known: Told, edge: Edge, tracked: frozenset[str]) -> Told | None:
    """The caller's facts and the whole-call values after an edge; None where it is told otherwise than they are."""
    if not edge.answers and not edge.sets:
        return known
    facts = dict(known)
    for question, answer in edge.answers:
        if question in tracked and _differs(walked, facts, question, answer):
            return None
    facts.update((name, value) for name, value in edge.sets if name in tracked)
    return frozenset(facts.items())


def _differs(walked: Walked, facts: dict[str, int | str], question: str, answer: int) -> bool:
    if walked.release.is_of_call(question):
        real = facts.get(question, walked.release.call_values.get(question))
        return not walked.questions.agrees(question, real, answer)
    return facts.setdefault(question, answer) != answer


def disagreement(walked: Walked, way: Sequence[Edge]) -> str | None:
    """The first fact or whole-call value that a way is told otherwise than it is; None where it agrees with itself."""
    facts: dict[str, int | str] = {}
    for edge in way:
        for question, answer in edge.answers:
            if not moves_on(question) and _differs(walked, facts, question, answer):
                return question
        facts.update(edge.sets)
    return None
