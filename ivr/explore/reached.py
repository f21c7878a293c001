"""Every step and every exit is reached: for each the shortest call that takes it, and what no call ever takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ivr.analysis.transitions import Transitions
from ivr.call.events import ExitTaken
from ivr.explore.graph import Edge
from ivr.explore.state_walk import Walked
from ivr.flow.model import StepKey
from ivr.steps.step import UNANSWERED, Step


class ExitName(NamedTuple):
    """An exit of a step, by its meaning."""

    flow: str
    step: str
    exit: str


def exits_taken(walked: Walked) -> Mapping[ExitName, Edge]:
    """By exit, the first edge that takes it: the end of a shortest path. Shortcuts are exits too."""
    by_label: dict[int, Edge] = {}
    for edge in walked.graph.all_edges():  # states are numbered by their depth, so the first edge is no deeper
        if edge.label not in by_label:
            by_label[edge.label] = edge
    names = exits_by_label(walked)
    found: dict[ExitName, Edge] = {}
    for label, edge in sorted(by_label.items(), key=lambda item: item[1].source):
        for name in names[label]:
            found.setdefault(name, edge)
    return found


def exits_by_label(walked: Walked) -> Sequence[Sequence[ExitName]]:
    """By label, the exits its edges take, in turn."""
    return [
        [ExitName(event.flow, event.step, event.exit) for event in events if isinstance(event, ExitTaken)]
        for events in walked.graph.labels
    ]


def steps_entered(walked: Walked, taken: Mapping[ExitName, Edge]) -> set[StepKey]:
    """The steps some call reaches: it leaves them, or waits or ends there."""
    entered = {StepKey(name.flow, name.step) for name in taken}
    for state in walked.graph.states:
        entered |= {StepKey(frame.flow, frame.step) for frame in state.stack}
    transitions = Transitions(walked.release)
    for name in taken:
        exits = transitions.exits(StepKey(name.flow, name.step))
        entered |= {each.to for each in exits if each.exit == name.exit and each.to is not None}
    ways_in = [*walked.graph.entries, *(shortcut.next.name for shortcut in walked.release.shortcuts.values())]
    ways_in += [walked.release.flows[flow].steps[step].declared.runs for flow, step in entered]
    flows = walked.release.flows
    return entered | {StepKey(name, flows[name].first) for name in ways_in if name in flows}


def never_taken(walked: Walked, taken: Mapping[ExitName, Edge]) -> list[ExitName]:
    """The steps (no exit) and exits no call takes, in the order of the files.

    An inherited give-up, or an outcome that leads where another of its step does, is no finding: nothing was written
    for it alone.
    """
    entered = steps_entered(walked, taken)
    found: list[ExitName] = []
    for flow in walked.release.flows.values():
        for step in flow.steps.values():
            if (flow.name, step.name) not in entered:
                found.append(ExitName(flow.name, step.name, ""))
                continue
            exits = step.declared.exits
            seen = {str(exits[e]) for e in exits if ExitName(flow.name, step.name, e) in taken}
            for exit, target in exits.items():
                if ExitName(flow.name, step.name, exit) not in taken and _own(walked, step, exit, str(target) in seen):
                    found.append(ExitName(flow.name, step.name, exit))
    return found


def _own(walked: Walked, step: Step, exit: str, same_as_taken: bool) -> bool:
    """Whether an exit was written for itself."""
    if exit in UNANSWERED:
        usual = walked.release.limits.next
        return not same_as_taken and exit != "declined" and step.declared.exits[exit] != usual
    return step.kind.own_exits or not same_as_taken
