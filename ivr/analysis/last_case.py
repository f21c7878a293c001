"""Where the call's last case is still spoken of: by place, whether `case.*` is read before another case takes over."""

from __future__ import annotations

from ivr.analysis.transitions import Transitions
from ivr.call.facts import CASE_FACTS
from ivr.call.state import Frame
from ivr.flow.model import StepKey
from ivr.steps.step import Step


class LastCase:
    """Backward data flow. A place is in `_read` if `case.*` is read from there on, inside its flow or in one entered;
    in `_kept` if its flow can return with the last case as it was. `_after` is the same once a run has come back."""

    def __init__(self, transitions: Transitions) -> None:
        self.transitions, self.release = transitions, transitions.release
        self._read: set[StepKey] = set()
        self._read_after: set[StepKey] = set()
        self._kept: set[StepKey] = set()
        self._kept_after: set[StepKey] = set()
        keys = [StepKey(flow.name, step.name) for flow, step in self.release.steps()]
        self._begun_again = {first.flow for key in keys for first in transitions.begun(key)}
        growing = True
        # Invariant: for each place noted there is a path that reads the case, or returns, with the case as it was.
        # Places are only added, so this ends, at the least solution.
        while growing:
            growing = any([self._grow(key) for key in reversed(keys)])

    def is_read(self, stack: tuple[Frame, ...]) -> bool:
        """Whether `case.*` is read from this stack on before another case becomes the call's last one."""
        if self._is_read_in(stack):
            return True
        for depth, frame in enumerate(stack):  # a flow begun again drops what stands above it, and goes on from there
            if frame.flow in self._begun_again:
                again = Frame(frame.flow, self.release.flows[frame.flow].first)
                if not self.release.flows[frame.flow].intake and self._is_read_in((*stack[:depth], again)):
                    return True
        return False

    def _is_read_in(self, stack: tuple[Frame, ...]) -> bool:
        for depth, frame in enumerate(reversed(stack)):
            place = StepKey(frame.flow, frame.step)
            below = depth > 0 and bool(self.transitions.step(place).declared.runs)
            if place in (self._read_after if below else self._read):
                return True
            if place not in (self._kept_after if below else self._kept):
                return False
        return False

    def _grow(self, key: StepKey) -> bool:
        """One step of the same flow backwards: is the last case read from here, can the flow return with it kept?"""
        step = self.transitions.step(key)
        reads_on, kept_on = self._behind(key, step)
        grown = _note(self._read_after, key, reads_on) | _note(self._kept_after, key, kept_on)
        run = self.transitions.entering(key)
        entered = {*self.transitions.begun(key), *([run.to] if run is not None and run.to is not None else [])}
        reads = any(first in self._read for first in entered if not self.release.flows[first.flow].intake)
        if run is not None and run.to is not None:
            passes = not self.release.flows[run.to.flow].intake and run.to in self._kept
            reads_on, kept_on = reads_on and passes, kept_on and passes
        own = bool(CASE_FACTS & (step.declared.reads | step.declared.unsaved))
        if step.declared.case and not own:
            return grown
        grown |= _note(self._read, key, own or reads or reads_on)
        return grown | _note(self._kept, key, kept_on)

    def _behind(self, key: StepKey, step: Step) -> tuple[bool, bool]:
        """Whether the case is read behind the exits of a step, and whether the flow can return with it from there."""
        on = self.transitions.exits(key)
        reads = any(each.to in self._read for each in on if each.leads == "step")
        kept = any(each.leads == "return" or (each.leads == "step" and each.to in self._kept) for each in on)
        flow = self.release.flows[key.flow]
        if step.declared.listening is not None and step.name != flow.first_question:  # a second back
            rewind = StepKey(flow.name, flow.rewind)
            reads, kept = reads or rewind in self._read, kept or rewind in self._kept
        return reads, kept


def _note(places: set[StepKey], place: StepKey, holds: bool) -> bool:
    if not holds or place in places:
        return False
    places.add(place)
    return True
