"""The arrows between steps, read from what each step declares: what is reached, and what a flow may return."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivr.flow.model import Flow, Release
from ivr.flow.parse import did_you_mean
from ivr.steps.step import Step
from ivr.steps.target import Target


def asks(step: Step) -> bool:
    """Whether a step is a question: a caller may be silent at it."""
    return "silence" in step.declared.inputs


def step_at(flow: Flow, name: str) -> Step | None:
    """The step of a name, or of the name most likely meant: one slip of the pen is one finding, not three."""
    if name in flow.steps:
        return flow.steps[name]
    meant = did_you_mean(name, flow.steps)
    return next((step for known, step in flow.steps.items() if f'"{known}"' in meant), None)


class Reach:
    """What can be reached inside each flow once it is entered, and by which words it returns ("" the plain one)."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.steps: dict[str, set[str]] = {name: set() for name in release.flows}
        self._returns: dict[str, set[str]] = {name: set() for name in release.flows}
        growing = True
        while growing:
            growing = any([self._grow(flow) for flow in release.flows.values()])

    def _grow(self, flow: Flow) -> bool:
        seen: set[str] = set()
        words: set[str] = set()
        open_ = [flow.first]
        while open_:
            name = open_.pop()
            if name in seen:
                continue
            seen.add(name)
            for _, target in self.exits(flow.steps[name]):
                if target.to == "return":
                    words.add(target.name)
                elif target.to == "step" and (step := step_at(flow, target.name)) is not None:
                    open_.append(step.name)
        grown = seen != self.steps[flow.name] or words != self._returns[flow.name]
        self.steps[flow.name], self._returns[flow.name] = seen, words
        return grown

    def returns(self, flow: str) -> set[str]:
        """The words a flow may return by."""
        return self._returns[flow]

    def exits(self, step: Step) -> Iterator[tuple[str, Target]]:
        """The exits of a step that can be taken: of a `run`, those its flow returns by."""
        exits: Mapping[str, Target] = step.declared.exits
        ran = step.declared.runs
        if ran not in self.release.flows:
            yield from exits.items()
            return
        taken = {exit_of(step, word) for word in self._returns[ran]}
        yield from ((exit, target) for exit, target in exits.items() if exit in taken)


def exit_of(step: Step, word: str) -> str:
    """The exit of a `run` that a returned word takes; one it does not name goes on by `next`."""
    return word if word in step.declared.exits else "next"


def entered_flows(step: Step) -> Iterator[str]:
    """The flows a step may enter, by `run` or by an exit."""
    if step.declared.runs:
        yield step.declared.runs
    yield from (target.name for target in step.declared.exits.values() if target.to == "flow")
