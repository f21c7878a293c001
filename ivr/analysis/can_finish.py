"""The steps from which a caller can come to an end or a person, if they and the world choose well."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.analysis.reach import Reach, entered_flows, step_at
from ivr.flow.model import Flow, Release
from ivr.steps.step import Listening, Step
from ivr.steps.target import Target

Place = tuple[str, str]


class CanFinish:
    """Grown from the ends backwards, until nothing is added."""

    def __init__(self, release: Release, reach: Reach) -> None:
        self.release, self.reach = release, reach
        self.returned_to: dict[str, set[Place]] = {}
        for flow, step in release.steps():
            for name in entered_flows(step):
                self.returned_to.setdefault(name, set()).add((flow.name, step.name))
        self.places: set[Place] = set()
        growing = True
        while growing:
            found = {(flow.name, step.name) for flow, step in release.steps() if self._out(flow, step)}
            growing = found != self.places
            self.places = found

    def _out(self, flow: Flow, step: Step) -> bool:
        exits = dict(self.reach.exits(step))
        if not step.declared.exits or "transfer outcome" in step.declared.inputs or self._enters(step.declared.runs):
            return True
        return any(self._leads_out(flow, step, target) for target in (*exits.values(), *self._shortcuts(step)))

    def _shortcuts(self, step: Step) -> Iterator[Target]:
        listening: Listening | None = getattr(step, "listening", None)
        for key, shortcut in self.release.shortcuts.items():
            if listening is not None and (listening.shortcuts or key == "0"):
                yield shortcut.next

    def _leads_out(self, flow: Flow, step: Step, target: Target) -> bool:
        match target.to:
            case "goodbye":
                return True
            case "step":
                to = step_at(flow, target.name)
                return to is None or (flow.name, to.name) in self.places
            case "flow":
                return self._enters(target.name)
            case "return":
                below = self.returned_to.get(flow.name, set())
                return self._begins(flow.name) or bool(below & self.places)
            case "back":
                return any(place[0] == flow.name and place[1] != step.name for place in self.places)
        return False

    def _enters(self, name: str) -> bool:
        if not name:
            return False
        flow = self.release.flows.get(name)
        return flow is None or (name, flow.first) in self.places

    def _begins(self, name: str) -> bool:
        """A flow that a call begins with ends the call when it returns."""
        return name in self.release.entries
