"""The longest call of an ordinary caller: no silence, no mistake, no 0, 9 or star, no cycle gone round twice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import cast

from ivr.call.events import ExitTaken
from ivr.explore.call_costs import CallCosts, TurnKind
from ivr.explore.graph import Edge
from ivr.explore.longest_path import longest_path
from ivr.explore.replayed import ExampleCall
from ivr.explore.search import FOUND, shortest
from ivr.explore.state_walk import Walked
from ivr.flow.promises import Unit

QuestionKey = tuple[str, str, str]
"""Flow, step and phase of a question."""
BEGUN: QuestionKey = ("", "", "")
OVER: QuestionKey = ("", "", "over")


@dataclass(frozen=True, slots=True)
class LongestCall:
    """Its cost, and the questions it passes."""

    cost: float
    places: Sequence[QuestionKey]

    def questions(self) -> list[tuple[str, str]]:
        """The questions it passes, by flow and step."""
        return [place[:2] for place in self.places if place not in (BEGUN, OVER)]

    def example(self, walked: Walked) -> ExampleCall | None:
        """A real call that passes these questions, where there is one."""
        last = len(self.places) - 1

        def rule(edge: Edge, phase: int) -> int | None:
            place = self.places[phase + 1]
            if not ordinary(edge) or (place != OVER and _place(walked, edge.target) != place):
                return None
            return FOUND if phase + 1 == last else phase + 1

        return shortest(walked, rule) if last > 0 else None


def ordinary(edge: Edge) -> bool:
    """Whether an ordinary caller takes this edge: by a choice, an answer, or the result of a transfer."""
    return edge.way.mover in ("begin", "chosen", "answer", "environment") and not edge.way.means.startswith("shortcut")


@dataclass(frozen=True, slots=True)
class OrdinaryTurns:
    """The turns of ordinary callers between numbered questions: 0 is the beginning, 1 the end."""

    questions: Sequence[QuestionKey]
    turns: Collection[tuple[int, int, TurnKind]]

    def longest(self, costs: CallCosts) -> LongestCall:
        """The longest path through them."""
        arrows: dict[tuple[int, int], float] = {}
        cost_of: dict[TurnKind, float] = {}
        for source, target, kind in self.turns:
            cost = cost_of[kind] if kind in cost_of else cost_of.setdefault(kind, costs(kind))
            arrows[(source, target)] = max(cost, arrows.get((source, target), 0.0))
        cost, path = longest_path(len(self.questions), arrows)
        return LongestCall(cost, [self.questions[n] for n in path])


def longest_call(walked: Walked, unit: Unit | str, most: float, until: Collection[Edge] = ()) -> LongestCall:
    """The longest ordinary call in `menus`, `questions`, `keys`, `turns` or `seconds`, up to one of the edges `until`.

    First, states are merged by the question they wait at and the flows below it, which is quick and never too low;
    only where that costs more than `most` are they told apart.
    """
    costs = CallCosts(walked.release, unit)
    merged = ordinary_turns(walked, until).longest(costs)
    if merged.cost <= most:
        return merged
    apart = _turns(walked, until, lambda state: (*_place(walked, state), state)).longest(costs)
    return min(merged, apart, key=lambda longest: longest.cost)  # told apart, a question may be passed twice


def ordinary_turns(walked: Walked, until: Collection[Edge] = ()) -> OrdinaryTurns:
    """The turns of ordinary callers, states merged by the question they wait at and the flows below it."""
    return _turns(walked, until, lambda state: (*_place(walked, state), _flows_below(walked, state)))


def _turns(walked: Walked, until: Collection[Edge], name: Callable[[int], tuple[object, ...]]) -> OrdinaryTurns:
    states, flows = walked.graph.states, walked.release.flows
    said = [
        tuple(filter(None, (flows[e.flow].steps[e.step].declared.says for e in events if isinstance(e, ExitTaken))))
        for events in walked.graph.labels
    ]
    numbers: dict[tuple[object, ...], int] = {BEGUN: 0, OVER: 1}
    number = [numbers.setdefault(name(state), len(numbers)) for state in range(len(states))]
    ends = set(map(id, until))
    known: set[tuple[int, int, int, str]] = set()
    found: dict[tuple[int, int, TurnKind], None] = {}
    for edge in walked.graph.all_edges():
        mover = edge.way.mover
        done = id(edge) in ends
        source, target = 0 if mover == "begin" else number[edge.source], 1 if done else number[edge.target]
        if (arrow := (source, target, edge.label, mover)) in known or source == target or not ordinary(edge):
            continue
        known.add(arrow)  # turns between the same questions with the same events cost the same
        stack = () if done else states[edge.target].stack
        asks = (stack[-1].flow, stack[-1].step) if stack else None
        found[(source, target, TurnKind(said[edge.label], asks, mover in ("chosen", "answer")))] = None
    return OrdinaryTurns([cast("QuestionKey", each[:3]) for each in numbers], found.keys())


def _place(walked: Walked, state: int) -> QuestionKey:
    found = walked.graph.states[state]
    return (found.stack[-1].flow, found.stack[-1].step, found.phase) if found.stack else OVER


def _flows_below(walked: Walked, state: int) -> tuple[tuple[str, str], ...]:
    """Where the flows below the question's own wait: they go on to different steps."""
    return tuple((frame.flow, frame.step) for frame in walked.graph.states[state].stack[:-1])
