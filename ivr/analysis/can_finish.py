"""The steps from which a caller can reach an end or a person, if they and the environment choose well."""

from __future__ import annotations

from ivr.analysis.reach import Reach
from ivr.analysis.transitions import Transition
from ivr.flow.model import StepKey


class CanFinish:
    """Grown from the ends backwards, until nothing is added."""

    def __init__(self, reach: Reach) -> None:
        self.reach, self.transitions = reach, reach.transitions
        self.places: set[StepKey] = set()
        keys = [StepKey(flow.name, step.name) for flow, step in self.transitions.release.steps()]
        growing = True
        # Invariant: from each place a way to an end is known that leads only through places found in rounds before.
        # `_out` is monotone in `places`, so the set only grows.
        while growing:
            found = {key for key in keys if self._out(key)}
            growing = found != self.places
            self.places = found

    def _out(self, key: StepKey) -> bool:
        declared = self.transitions.step(key).declared
        if not (declared.exits or declared.runs) or "transfer outcome" in declared.inputs:
            return True
        if declared.runs and ((run := self.transitions.entering(key)) is None or run.to in self.places):
            return True
        return any(self._leads_out(key, each) for each in (*self.reach.exits(key), *self.transitions.shortcuts(key)))

    def _leads_out(self, key: StepKey, transition: Transition) -> bool:
        match transition.leads:
            case "end" | "unknown":
                return True
            case "step" | "flow":
                return transition.to in self.places
            case "return":
                below = self.transitions.below(key.flow)
                return key.flow in self.transitions.begins or any(place in self.places for place in below)
            case "back":
                return any(place.flow == key.flow and place.step != key.step for place in self.places)
        return False
