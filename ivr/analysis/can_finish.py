"""The steps from which a caller can reach an end or a person, if they and the environment choose well."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.analysis.reach import Reach
from ivr.analysis.transitions import Transition
from ivr.flow.model import StepKey


class CanFinish:
    """Grown from the ends backwards, until nothing is added."""

    def __init__(self, reach: Reach) -> None:
        self.reach, self.transitions = reach, reach.transitions
        self.places: set[StepKey] = set()
        self._found_in: dict[str, set[str]] = {}
        keys = [StepKey(flow.name, step.name) for flow, step in self.transitions.release.steps()]
        leading_to: dict[StepKey, list[StepKey]] = {}
        backs: dict[str, list[StepKey]] = {}
        for key in keys:
            for place in self._waits_for(key):
                leading_to.setdefault(place, []).append(key)
            if any(each.leads == "back" for each in self._ways(key)):
                backs.setdefault(key.flow, []).append(key)
        ahead = keys[::-1]
        # Invariant: from each place a way to an end is known that leads only through places found before it; a step
        # that is no place yet is looked at again whenever one that it leads to is found. So each way is looked at once.
        while ahead:
            key = ahead.pop()
            if key in self.places or not self._out(key):
                continue
            self.places.add(key)
            found = self._found_in.setdefault(key.flow, set())
            found.add(key.step)
            ahead += leading_to.get(key, ())
            if len(found) <= 2:  # `back` leads to another step of the flow, whichever that is
                ahead += backs.get(key.flow, ())

    def _ways(self, key: StepKey) -> Iterator[Transition]:
        yield from self.reach.exits(key)
        yield from self.transitions.shortcuts(key)

    def _waits_for(self, key: StepKey) -> Iterator[StepKey]:
        """The places one of which a step may need to be one itself, but for those `back` leads to."""
        run = self.transitions.entering(key)
        for transition in (*((run,) if run is not None else ()), *self._ways(key)):
            if transition.to is not None:
                yield transition.to
            if transition.leads == "return":
                yield from self.transitions.below(key.flow)

    def _out(self, key: StepKey) -> bool:
        declared = self.transitions.step(key).declared
        if not (declared.exits or declared.runs) or "transfer outcome" in declared.inputs:
            return True
        if declared.runs and ((run := self.transitions.entering(key)) is None or run.to in self.places):
            return True
        return any(self._leads_out(key, each) for each in self._ways(key))

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
                found = self._found_in.get(key.flow, ())
                return len(found) > (key.step in found)
        return False
