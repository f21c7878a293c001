"""The shortest call that does something: a breadth-first search over the finished graph, in one or more phases.

A search goes through phases 0, 1, …: in each an edge may be allowed or not, and may lead on to the next phase. So
"after A never B before C" is a search and not a bit in every state. Facts of the caller must agree along a way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from ivr.explore.facts import INSTANT
from ivr.explore.graph import END, Edge
from ivr.explore.replayed import Example, replayed, way_to
from ivr.explore.walk import Walked

Step = Callable[[Edge, int], int | None]
"""The phase after an edge taken in a phase, None where it may not be taken; FOUND ends the search."""
FOUND = -1
Told = frozenset[tuple[str, int | str]]
_Node = tuple[int, int, Told]


class NotReal(Exception):
    """The real engine does not go a way of the graph: the walk has merged what must be kept apart."""


def shortest(walked: Walked, step: Step) -> Example | None:
    """The shortest real call a search finds, None where there is none: then it cannot happen.

    A way that is told one thing now and another later is none; only the facts that such ways disagree on are kept
    track of, as few as will do. The time may move on, but a call within one moment is preferred.
    """
    tracked: frozenset[str] = frozenset()
    while (way := _search(walked, step, tracked)) is not None:
        broken = _disagreement(walked, way)
        if broken is not None:
            tracked |= {broken}
            continue
        found = replayed(walked, way)
        if found is None:
            raise NotReal(way)
        return found if not found.moving or INSTANT in tracked else _at_once(walked, step, tracked) or found
    return None


def _at_once(walked: Walked, step: Step, tracked: frozenset[str]) -> Example | None:
    way = _search(walked, step, tracked | {INSTANT})
    return replayed(walked, way) if way is not None and _disagreement(walked, way) is None else None


def to_edge(walked: Walked, edge: Edge) -> Example | None:
    """The shortest real call along an edge."""
    if (found := replayed(walked, way_to(walked, edge))) is not None:
        return found
    return shortest(walked, lambda each, phase: FOUND if each is edge else 0)


def _search(walked: Walked, step: Step, tracked: frozenset[str]) -> list[Edge] | None:
    graph = walked.graph
    came: dict[_Node, tuple[_Node | None, Edge]] = {}
    ahead: deque[_Node] = deque()

    def passed(before: _Node | None, phase: int, known: Told, edges: list[Edge]) -> Edge | None:
        for edge in edges:
            after = step(edge, phase)
            facts = _told(walked, known, edge, tracked) if after is not None and tracked else known
            if after is None or facts is None:
                continue
            if after == FOUND:
                return edge
            node = (edge.target, after, facts)
            if node not in came and edge.target != END:
                came[node] = (before, edge)
                ahead.append(node)
        return None

    last, node = passed(None, 0, frozenset(), graph.roots), None
    while last is None and ahead:
        node = ahead.popleft()
        last = passed(node, node[1], node[2], graph.edges[node[0]])
    if last is None:
        return None
    way = [last]
    while node is not None:
        node, edge = came[node]
        way.append(edge)
    return way[::-1]


def _told(walked: Walked, known: Told, edge: Edge, tracked: frozenset[str]) -> Told | None:
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
    if question.startswith("call."):
        value = walked.questions.answers(question)[answer]
        return facts.get(question, walked.release.call_values.get(question)) != value
    return facts.setdefault(question, answer) != answer


def _disagreement(walked: Walked, way: Sequence[Edge]) -> str | None:
    """The first fact or whole-call value that a way is told otherwise than it is; None where it agrees with itself."""
    facts: dict[str, int | str] = {}
    for edge in way:
        for question, answer in edge.answers:
            if question != INSTANT and _differs(walked, facts, question, answer):
                return question
        facts.update(edge.sets)
    return None
