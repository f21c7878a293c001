"""Where a call stands: the stack of flow runs and the one question that is remembered for `back`."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.call.state import NO_VALUES, Frame, State, Values
from ivr.flow.model import Release
from ivr.steps.step import Step


class Places:
    """The thawed stack: the frames below, and the current flow, step and values."""

    __slots__ = (
        "arriving", "asked", "below", "flow", "flows", "may_rewind", "over", "own_case", "step", "trail", "values",
    )  # fmt: skip

    def __init__(self, flows: Release, state: State) -> None:
        stack = state.stack
        self.flows = flows
        self.trail = state.trail
        self.may_rewind = state.may_rewind
        self.arriving = False
        self.asked = stack
        if stack:
            self.over = False
            self._stand(stack)
        else:
            self.over = True
            self._nowhere()

    def _stand(self, stack: tuple[Frame, ...]) -> None:
        top = stack[-1]
        self.below: tuple[Frame, ...] = stack[:-1]
        flow = self.flow = self.flows.flows[top.flow]
        self.step: Step = flow.steps[top.step]
        self.values: Values = top.values
        self.own_case = top.case

    def _nowhere(self) -> None:
        self.below, self.values, self.own_case = (), NO_VALUES, ""

    def entered(self) -> None:
        """A flow was entered (the walk knows what that means)."""

    def frames(self) -> tuple[Frame, ...]:
        """The stack as it is now."""
        if self.over:
            return ()
        return (*self.below, Frame(self.flow.name, self.step.name, self.values, self.own_case))

    def clear(self) -> None:
        """The flow has ended the call."""
        self.over = True
        self.below, self.values, self.trail, self.may_rewind = (), NO_VALUES, (), False

    def move(self, step: str) -> None:
        """Go to a step of this flow."""
        self.step = self.flow.steps[step]
        self.arriving = True

    def enter_flow(self, name: str, values: Mapping[str, str], *, restart: bool) -> None:
        """Enter a flow. With `restart`, a flow that is on the stack begins again and drops everything above it."""
        frames = self.frames()
        if restart:
            for depth, frame in enumerate(frames):
                if frame.flow == name:
                    frames = frames[:depth]
                    break
        self.below = frames
        self.flow = self.flows.flows[name]
        self.step = self.flow.steps[self.flow.first]
        self.values = values
        self.own_case = ""
        self.arriving = True
        self.entered()

    def leave_flow(self) -> bool:
        """Drop the current run; False where nothing is below it."""
        if not self.below:
            return False
        self._stand(self.below)
        return True

    def remember(self) -> None:
        """The question just answered is the one `back` leads to, with the values as they were when it was asked."""
        self.trail, self.may_rewind = self.asked, False

    def forget(self) -> None:
        """Clear the target of `back`: a finished case or transfer cannot be undone."""
        self.trail, self.may_rewind = (), False

    def can_go_back(self) -> bool:
        """Whether `back` leads anywhere but here."""
        return bool(self.trail) or (self.may_rewind and self.step.name != self.flow.first_question)

    def step_back(self) -> bool:
        """Go to the question before; after that to where that flow begins; False: there is none."""
        if self.trail:
            self._stand(self.trail)
            self.trail, self.may_rewind = (), True
            return True
        if self.may_rewind and self.step.name != self.flow.first_question:
            self.step, self.may_rewind = self.flow.steps[self.flow.rewind], False
            return True
        return False
