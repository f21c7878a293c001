"""What is reached inside each flow once it is entered, and by which words a flow may return."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.analysis.transitions import Transition, Transitions, exit_of
from ivr.flow.model import Flow, StepKey


class Reach:
    """What can be reached inside each flow once it is entered, and by which words it returns ("" the plain one)."""

    def __init__(self, transitions: Transitions) -> None:
        self.transitions = transitions
        flows = transitions.release.flows
        self.steps: dict[str, set[str]] = {name: set() for name in flows}
        self._returns: dict[str, set[str]] = {name: set() for name in flows}
        growing = True
        # Invariant: each word noted is one its flow may return by, and each step noted is reached if the flows run
        # before it return by the words noted so far. Sets only grow, so this ends, at the least solution.
        while growing:
            growing = any([self._grow(flow) for flow in flows.values()])

    def _grow(self, flow: Flow) -> bool:
        seen: set[str] = set()
        words: set[str] = set()
        open_ = [flow.first]
        while open_:
            name = open_.pop()
            if name in seen:
                continue
            seen.add(name)
            for transition in self.exits(StepKey(flow.name, name)):
                if transition.leads == "return":
                    words.add(transition.word)
                elif transition.leads == "step" and transition.to is not None:
                    open_.append(transition.to.step)
        grown = seen != self.steps[flow.name] or words != self._returns[flow.name]
        self.steps[flow.name], self._returns[flow.name] = seen, words
        return grown

    def returns(self, flow: str) -> set[str]:
        """The words a flow may return by."""
        return self._returns[flow]

    def exits(self, key: StepKey) -> Iterator[Transition]:
        """The exits of a step that can be taken: of a `run`, those its flow returns by."""
        run = self.transitions.entering(key)
        if run is None or run.to is None:
            yield from self.transitions.exits(key)
            return
        taken = {exit_of(self.transitions.step(key), word) for word in self._returns[run.to.flow]}
        yield from (transition for transition in self.transitions.exits(key) if transition.exit in taken)
