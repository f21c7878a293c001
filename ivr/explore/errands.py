"""What an ordinary caller goes through: no silence, no mistake, no 0, 9 or star, no ring gone round twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from ivr.call.events import ExitTaken
from ivr.explore.graph import Edge
from ivr.explore.longest import longest
from ivr.explore.replayed import Example
from ivr.explore.search import FOUND, shortest
from ivr.explore.state_walk import Walked
from ivr.flow.promises import Unit
from ivr.steps.step import Step

Place = tuple[str, str, str]
"""Flow, step and phase of a question."""
BEGUN: Place = ("", "", "")
OVER: Place = ("", "", "over")
VALUE = "12345678"
"""Stands for a value spoken in a prompt when its length is guessed."""


@dataclass(frozen=True, slots=True)
class Errand:
    """The dearest errand: its cost, and the questions it passes."""

    cost: float
    places: Sequence[Place]

    def questions(self) -> list[tuple[str, str]]:
        """The questions it passes, by flow and step."""
        return [place[:2] for place in self.places if place not in (BEGUN, OVER)]

    def example(self, walked: Walked) -> Example | None:
        """A real call that passes these questions, where there is one."""
        last = len(self.places) - 1

        def step(edge: Edge, phase: int) -> int | None:
            place = self.places[phase + 1]
            if not ordinary(edge) or (place != OVER and _place(walked, edge.target) != place):
                return None
            return FOUND if phase + 1 == last else phase + 1

        return shortest(walked, step) if last > 0 else None


def ordinary(edge: Edge) -> bool:
    """Whether an ordinary caller goes this way: by a choice, an answer, or what comes of being put through."""
    return edge.way.doing in ("begin", "chosen", "answer", "world") and not edge.way.means.startswith("shortcut")


def longest_errand(
    walked: Walked, unit: Unit | str, most: float, until: Callable[[Edge], bool] = lambda edge: False
) -> Errand:
    """The dearest errand in `menus`, `questions`, `keys`, `turns` or `seconds`, up to an edge that counts as its end.

    First states are merged by the question they wait at and the flows it was come to by, which is quick and never too
    little; only where that comes to more than `most` they are told apart.
    """
    costs = _Costs(walked, unit)
    merged = _longest(walked, costs, until, lambda state: (*_place(walked, state), _flows_below(walked, state)))
    if merged.cost <= most:
        return merged
    apart = _longest(walked, costs, until, lambda state: (*_place(walked, state), state))
    return min(merged, apart, key=lambda errand: errand.cost)  # told apart, a question may be passed twice


def _longest(
    walked: Walked, costs: _Costs, until: Callable[[Edge], bool], name: Callable[[int], tuple[object, ...]]
) -> Errand:
    numbers: dict[tuple[object, ...], int] = {BEGUN: 0}
    names = [name(state) for state in range(len(walked.graph.states))]
    arrows: dict[tuple[int, int], float] = {}
    for edge in walked.graph.all_edges():
        if not ordinary(edge):
            continue
        source = 0 if edge.way.doing == "begin" else numbers.setdefault(names[edge.source], len(numbers))
        done = until(edge)
        target = numbers.setdefault(OVER if done else names[edge.target], len(numbers))
        if source != target:
            arrows[(source, target)] = max(costs(edge, done=done), arrows.get((source, target), 0.0))
    cost, way = longest(len(numbers), arrows)
    passed = list(numbers)
    return Errand(cost, [cast("Place", passed[n][:3]) for n in way])


def _place(walked: Walked, state: int) -> Place:
    found = walked.graph.states[state]
    return (found.stack[-1].flow, found.stack[-1].step, found.phase) if found.stack else OVER


def _flows_below(walked: Walked, state: int) -> tuple[tuple[str, str], ...]:
    """Where the flows below the question's own wait: what one of them goes on to, another does not."""
    return tuple((frame.flow, frame.step) for frame in walked.graph.states[state].stack[:-1])


class _Costs:
    """What an edge costs in a unit."""

    def __init__(self, walked: Walked, unit: Unit | str) -> None:
        self.walked, self.unit = walked, unit
        self._spoken: dict[str, float] = {}

    def __call__(self, edge: Edge, *, done: bool) -> float:
        """`done`: the errand ends on this edge, and what is asked behind it does not count."""
        stack = () if done else self.walked.graph.states[edge.target].stack
        step = self.walked.release.flows[stack[-1].flow].steps[stack[-1].step] if stack else None
        match self.unit:
            case "turns":
                return 1
            case "keys":
                return edge.way.doing in ("chosen", "answer")
            case "menus":
                return step is not None and step.kind.menu
            case "questions":
                return step is not None and hasattr(step, "listening")
        return self._heard(edge) + self._asked(step)

    def _heard(self, edge: Edge) -> float:
        """The seconds of what is said on the way."""
        steps = self.walked.release.flows
        passed = [event for event in self.walked.graph.events(edge) if isinstance(event, ExitTaken)]
        prompts = [steps[event.flow].steps[event.step].declared.says for event in passed]
        return sum(self._seconds(prompt) for prompt in prompts if prompt)

    def _asked(self, step: Step | None) -> float:
        """The seconds of a question with its choices, and of the longest message it takes."""
        listening = getattr(step, "listening", None)
        if step is None or listening is None:
            return 0.0
        said = max((sum(map(self._seconds, each)) for each in step.declared.announces.values()), default=0.0)
        wait: float = max(listening.wait.values())
        return self._seconds(listening.prompt) + said + step.declared.message + wait

    def _seconds(self, prompt: str) -> float:
        if prompt not in self._spoken:
            found = self.walked.release.prompts[prompt]
            texts = [[part if isinstance(part, str) else VALUE for part in parts] for parts in found.parts.values()]
            self._spoken[prompt] = max((seconds_spoken("".join(text)) for text in texts), default=0.0)
        return self._spoken[prompt]


def seconds_spoken(text: str) -> float:
    """About how long a voice takes for a text: four and a half Chinese characters, or fifteen letters, a second."""
    wide = sum(c >= "\u2e80" for c in text)
    return wide / 4.5 + (len(text) - wide) / 15
