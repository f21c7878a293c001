"""What of a state later turns can still read. States that differ in nothing else behave alike (docs/adr/0001).

The analysis errs on the side of keeping: a value stays while any step that can still be reached in its flow reads it,
while the flow gives it to its caller, or while a second `back` could lead to a question that reads it.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from ivr.call.state import NO_VALUES, Frame, State
from ivr.flow.model import Flow, Release


def cut(release: Release, state: State) -> State:
    """The state without what no later turn reads: cutting commutes with taking a turn."""
    if not state.stack:
        return State(stack=(), language=state.language)
    wide = _read_anywhere(release)
    return msgspec.structs.replace(
        state,
        stack=tuple(_cut_frame(release, frame) for frame in state.stack),
        trail=tuple(_cut_frame(release, frame) for frame in state.trail),
        call={name: value for name, value in state.call.items() if name in wide},
        case=state.case if any(name.startswith("case.") for name in wide) else "",
    )


def _cut_frame(release: Release, frame: Frame) -> Frame:
    live = live_values(release, frame.flow)[frame.step]
    kept = {name: value for name, value in frame.values.items() if name in live}
    return Frame(frame.flow, frame.step, kept or NO_VALUES, frame.case)


@lru_cache(maxsize=1024)
def live_values(release: Release, flow: str) -> dict[str, frozenset[str]]:
    """By step, the names of the flow's own values that may still be read from there on."""
    whole = release.flows[flow]
    always = frozenset(whole.gives)
    if whole.first_question:
        always |= _reads_from(whole, whole.first_question)
    return {step: always | _reads_from(whole, step) for step in whole.steps}


def _reads_from(flow: Flow, start: str) -> frozenset[str]:
    seen, ahead, reads = {start}, [start], set[str]()
    while ahead:
        step = flow.steps[ahead.pop()]
        reads |= step.declared.reads | step.declared.unsaved
        for target in step.declared.exits.values():
            if target.to == "step" and target.name not in seen:
                seen.add(target.name)
                ahead.append(target.name)
    return frozenset(name for name in reads if "." not in name)


@lru_cache(maxsize=64)
def _read_anywhere(release: Release) -> frozenset[str]:
    """What any step reads, and what any prompt of the hotline itself speaks."""
    spoken = {name for prompt in release.prompts.values() for name in prompt.slots}
    steps = [step for flow in release.flows.values() for step in flow.steps.values()]
    return frozenset(spoken.union(*(step.declared.reads | step.declared.unsaved for step in steps)))
